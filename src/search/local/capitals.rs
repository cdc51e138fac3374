//! Where documents have a word with a capital, from the dictionary of forms: no text is read for it.

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use crate::analysis::CapitalAt;
use crate::index::{CapitalizedDocs, FormList};
use crate::matching::{Atom, Test};

/// Reads where the documents of a segment have a form with a capital; asked for documents in ascending order.
pub(super) struct Capitals {
    list: OwnedBytes,
    meant: Meant,
    /// The document that was read last, and how many bytes tell of those behind it; none before the first.
    read: Option<(DocId, usize)>,
    /// A document that was read and not asked for yet, with what it has.
    ahead: Option<(DocId, bool, Vec<CapitalAt>)>,
}

/// Which places are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    /// All of the form, those without a capital too.
    Any,
    /// Those in capitals, and those with signs.
    All,
    /// Those with a capital, in documents that have one of the word's own.
    WithCapital,
}

impl Capitals {
    /// Of an atom's one form, of which the dictionary has this list; none where capitals do not tell the atom.
    pub fn of(atom: &Atom, list: OwnedBytes) -> Option<Self> {
        let meant = match atom.test {
            Test::Forms(_) | Test::Name(..) => Meant::Any,
            Test::InCapitals(_) | Test::Signed(_) => Meant::All,
            Test::WithCapital(_) => Meant::WithCapital,
            Test::Any | Test::Written(_) => return None,
        };
        Some(Self { list, meant, read: None, ahead: None })
    }

    /// Adds where a document has the word; false where only its text can tell.
    pub fn read(&mut self, doc: DocId, found: &mut Vec<u32>) -> bool {
        self.seek(doc);
        let Some((_, small_too, places)) = self.ahead.as_ref().filter(|(at, ..)| *at == doc) else {
            // no capital: of the form itself, the text tells where it stands
            return self.meant != Meant::Any;
        };
        if self.meant == Meant::Any && *small_too {
            return false;
        }
        let tells = self.meant != Meant::WithCapital || places.iter().any(|place| place.is_inside());
        let meant = places.iter().filter(|place| tells && (self.meant != Meant::All || place.is_all()));
        found.extend(meant.map(|place| place.position()));
        true
    }

    /// Goes on to a document, or to the first behind it.
    fn seek(&mut self, doc: DocId) {
        if self.ahead.as_ref().is_some_and(|(at, ..)| *at >= doc) {
            return;
        }
        let all = FormList::of(&self.list).capitalized();
        let mut rest: CapitalizedDocs<'_> = self.read.map_or(all, |(last, left)| all.behind(last, left));
        self.ahead = None;
        while let Some(one) = rest.next() {
            self.read = Some((one.doc, rest.left()));
            if one.doc >= doc {
                self.ahead = Some((one.doc, one.small_too, one.places().collect()));
                return;
            }
        }
        self.read = Some((DocId::MAX, 0));
    }
}
