//! The words of the archive as its articles have them: what a pattern, a typing error or an unknown word stands for.
//!
//! The field of forms has a sorted dictionary in each segment; an automaton walks all of them side by side, so that what
//! is found depends on the articles and not on how they fell into segments. A form that no living article has is none.

mod documents;
pub(in crate::search) mod pattern;
mod top;

use tantivy::postings::TermInfo;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};
use tantivy_fst::Automaton;
use tantivy_fst::automaton::AlwaysMatch;

use crate::index::{FormsReader, each_form};
pub(super) use documents::AnyForm;
use pattern::Pattern;
use top::Top;

/// The most forms that a wildcard or a typing error stands for in a search.
pub(crate) const MAX_EXPANSIONS: usize = 256;

/// What a pattern stands for in an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expansion {
    /// Folded words, most frequent first, ties by the alphabet.
    pub forms: Vec<String>,
    /// Whether there are more, which are less frequent.
    pub cut: bool,
}

/// The dictionary of an archive at one commit. Its files are held open, so that an update may clear them away.
pub(super) struct Dictionary {
    searcher: Searcher,
    segments: Vec<FormsReader>,
}

impl Dictionary {
    /// Opens the dictionary of what a searcher sees.
    pub fn open(searcher: Searcher) -> tantivy::Result<Self> {
        let segments = searcher.segment_readers().iter().map(FormsReader::open).collect::<tantivy::Result<_>>()?;
        Ok(Self { searcher, segments })
    }

    /// The forms that fit a folded pattern, in which `*` is any characters or none and `?` exactly one.
    pub fn wildcard(&self, pattern: &str, limit: usize) -> tantivy::Result<Expansion> {
        self.expand(&Pattern::new(pattern), limit)
    }

    /// The forms at most `edits` (1 or 2) from a folded word, which is one of them where the archive has it. An edit is
    /// a character more, less or other, or two neighbours swapped.
    pub fn typos(&self, word: &str, edits: u8, limit: usize) -> tantivy::Result<Expansion> {
        self.expand(&near(word, edits)?, limit)
    }

    /// The words nearest to a folded one: fewer edits first, then those with its first letter, then the most frequent.
    /// None for a word of one or two letters, since almost any other is near it, nor for a number, nor is a number
    /// suggested.
    pub fn suggestions(&self, word: &str, limit: usize) -> tantivy::Result<Vec<String>> {
        nearest(word, limit, |edits, offer| self.each(&near(word, edits)?, offer))
    }

    /// Different forms, deleted articles' too until they are merged away.
    pub fn forms(&self) -> tantivy::Result<u64> {
        let mut forms = 0;
        each_form(&self.segments, &AlwaysMatch, |_| {
            forms += 1;
            Ok(())
        })?;
        Ok(forms)
    }

    fn expand<A: Automaton<State: Clone>>(&self, fits: &A, limit: usize) -> tantivy::Result<Expansion> {
        let mut top = Top::new(limit);
        self.each(fits, |word, articles, is_alive| top.offer(true, articles, word, is_alive))?;
        let (forms, cut) = top.into_sorted();
        Ok(Expansion { forms: forms.into_iter().map(|(word, _)| word).collect(), cut })
    }

    /// Calls `each` with every form that `fits`, in the order of their bytes: the word, the articles that have it,
    /// deleted ones too, and what tells whether a living one is among them.
    fn each<A: Automaton<State: Clone>>(
        &self,
        fits: &A,
        mut each: impl FnMut(&str, u64, &dyn Fn() -> bool),
    ) -> tantivy::Result<()> {
        each_form(&self.segments, fits, |form| {
            let articles = form.places.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
            each(form.word, articles, &|| form.places.iter().any(|(number, info)| self.is_alive(*number, info)));
            Ok(())
        })
    }

    /// Whether a segment has a living document with a form.
    fn is_alive(&self, number: usize, info: &TermInfo) -> bool {
        let reader = self.searcher.segment_reader(number as u32);
        // a form that more documents have than were deleted needs no look at them
        let alive = reader.alive_bitset().filter(|_| info.doc_freq <= reader.num_deleted_docs());
        alive.is_none_or(|alive| self.segments[number].docs(info).any(|doc| alive.is_alive(doc)))
    }
}

/// See [`Dictionary::suggestions`]; `each` hands on every form so many edits away, with the articles that have it and what
/// tells whether it counts.
pub(crate) fn nearest<E>(
    word: &str,
    limit: usize,
    mut each: impl FnMut(u8, &mut dyn FnMut(&str, u64, &dyn Fn() -> bool)) -> Result<(), E>,
) -> Result<Vec<String>, E> {
    let edits = match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let mut found: Vec<String> = Vec::new();
    if !is_word(word) {
        return Ok(found);
    }
    for edits in 1..=edits {
        let mut top = Top::new(limit - found.len());
        each(edits, &mut |form, articles, counts| {
            if form == word || !is_word(form) || found.iter().any(|known| known == form) {
                return;
            }
            top.offer(form.chars().next() == word.chars().next(), articles, form, counts);
        })?;
        found.extend(top.into_sorted().0.into_iter().map(|(word, _)| word));
        if found.len() >= limit {
            break;
        }
    }
    Ok(found)
}

/// Whether a word is at most `edits` edits from another.
pub(crate) fn is_near(word: &str, edits: u8, other: &str) -> bool {
    let Ok(automaton) = near(word, edits) else { return false };
    let end = other.bytes().fold(automaton.start(), |state, byte| automaton.accept(&state, byte));
    automaton.is_match(&end)
}

pub(super) fn near(word: &str, edits: u8) -> tantivy::Result<DfaWrapper> {
    // the automaton is the same whatever the field
    let term = Term::from_field_text(Field::from_field_id(0), word);
    FuzzyTermQuery::new(term, edits.clamp(1, 2), true).automaton()
}

/// Letters and marks alone, in whatever script.
fn is_word(form: &str) -> bool {
    !form.contains(|c: char| c.is_numeric() || c == '.')
}

#[cfg(test)]
mod tests;
