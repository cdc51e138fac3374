//! Where the atoms of a query stand in an article: from the postings, and from the stored text where those cannot tell.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, SegmentReader, TantivyDocument, TantivyError, Term};

use crate::analysis::{Analyzer, PASSAGE_POSITIONS};
use crate::index::{Fields, decode};
use crate::matching::{Atom, Name, Test, find};

/// Articles of which the stored text stays in memory, in blocks.
const STORE_BLOCKS: usize = 8;

/// Reads positions in one segment; asked for documents in ascending order.
pub(super) struct Positions {
    atoms: Vec<Atom>,
    postings: Vec<Vec<SegmentPostings>>,
    /// Where the atoms stand in the document that was read last, ascending and once each.
    found: Vec<Vec<u32>>,
    text: Option<Texts>,
    scratch: Vec<u32>,
}

/// The stored texts, for atoms that only some words with their term are.
struct Texts {
    store: StoreReader,
    fields: Fields,
    analyzer: Analyzer,
}

impl Positions {
    /// The positions of those atoms that are `wanted`; the others are nowhere.
    pub fn open(
        segment: &SegmentReader,
        atoms: &[Atom],
        wanted: impl Fn(usize) -> bool,
        fields: Fields,
        analyzer: Analyzer,
    ) -> tantivy::Result<Self> {
        let mut postings = Vec::with_capacity(atoms.len());
        let mut needs_text = false;
        for (number, atom) in atoms.iter().enumerate() {
            if !wanted(number) {
                postings.push(Vec::new());
                continue;
            }
            needs_text |= atom.test != Test::Any;
            postings.push(open_atom(segment, atom, fields)?);
        }
        let text = match needs_text {
            true => Some(Texts { store: segment.get_store_reader(STORE_BLOCKS)?, fields, analyzer }),
            false => None,
        };
        let found = vec![Vec::new(); atoms.len()];
        Ok(Self { atoms: atoms.to_vec(), postings, found, text, scratch: Vec::new() })
    }

    /// Where each atom stands in a document.
    pub fn read(&mut self, doc: DocId) -> tantivy::Result<&[Vec<u32>]> {
        let mut has_form = false;
        for (number, postings) in self.postings.iter_mut().enumerate() {
            let found = &mut self.found[number];
            found.clear();
            if self.atoms[number].test == Test::Any {
                read_terms(postings, doc, found, &mut self.scratch);
            } else {
                has_form |= postings.iter_mut().any(|postings| stands_at(postings, doc));
            }
        }
        if has_form && let Some(text) = &self.text {
            text.read(doc, &self.atoms, &mut self.found)?;
        }
        Ok(&self.found)
    }
}

/// The field of the postings that tell which documents have an atom.
pub(super) fn field_of(atom: &Atom, fields: Fields) -> Field {
    match (atom.name, &atom.test) {
        (Some(Name::Outlet), _) => fields.outlet,
        (Some(Name::Credit), _) => fields.credit,
        (None, Test::Any) => fields.text,
        (None, _) => fields.forms,
    }
}

fn open_atom(segment: &SegmentReader, atom: &Atom, fields: Fields) -> tantivy::Result<Vec<SegmentPostings>> {
    let field = field_of(atom, fields);
    let option = match atom.test {
        Test::Any => IndexRecordOption::WithFreqsAndPositions,
        _ => IndexRecordOption::Basic,
    };
    let index = segment.inverted_index(field)?;
    let mut postings = Vec::with_capacity(atom.terms.len());
    for term in &atom.terms {
        postings.extend(index.read_postings(&Term::from_field_text(field, term), option)?);
    }
    Ok(postings)
}

/// The positions of any of the terms, ascending, each once: a headline's stand in the index several times.
fn read_terms(postings: &mut [SegmentPostings], doc: DocId, found: &mut Vec<u32>, scratch: &mut Vec<u32>) {
    let mut lists = 0;
    for postings in postings {
        if !stands_at(postings, doc) {
            continue;
        }
        if lists == 0 {
            postings.positions(found);
        } else {
            postings.positions(scratch);
            found.append(scratch);
        }
        lists += 1;
    }
    if lists > 1 {
        found.sort_unstable();
    }
    found.dedup();
}

fn stands_at(postings: &mut SegmentPostings, doc: DocId) -> bool {
    if postings.doc() < doc {
        postings.seek(doc);
    }
    postings.doc() == doc
}

impl Texts {
    /// Fills in the positions of the atoms that only the text can tell.
    fn read(&self, doc: DocId, atoms: &[Atom], found: &mut [Vec<u32>]) -> tantivy::Result<()> {
        let document: TantivyDocument = self.store.get(doc)?;
        let head = document.get_first(self.fields.stored);
        let head = head.as_ref().and_then(|v| v.as_bytes()).unwrap_or_default();
        let texts = document.get_first(self.fields.passages);
        let texts = texts.as_ref().and_then(|v| v.as_str()).unwrap_or_default();
        let article = decode(head, texts, |_| true)
            .map_err(|what| TantivyError::InternalError(format!("a stored article: {what}")))?;
        let headline = article.headline.as_ref().map_or("", |field| &field.value);
        let pages = std::iter::once(headline).chain(article.passages.iter().map(|passage| passage.text.as_str()));
        for (page, text) in (0..).zip(pages) {
            let here = find(text, atoms, |atom| atoms[atom].test != Test::Any, &self.analyzer);
            for (all, positions) in found.iter_mut().zip(&here.positions) {
                let inside = positions.iter().filter(|&&at| at < PASSAGE_POSITIONS);
                all.extend(inside.map(|at| page * PASSAGE_POSITIONS + at));
            }
        }
        Ok(())
    }
}
