//! The words of the archive as its articles have them: what a pattern, a typing error or an unknown word stands for.
//!
//! The field of forms has a sorted dictionary in each segment; an automaton walks all of them side by side, so that what
//! is found depends on the articles and not on how they fell into segments. A form that no living article has is none.

mod documents;

use std::collections::BTreeSet;

use tantivy::postings::TermInfo;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};
use tantivy_fst::Automaton;
use tantivy_fst::automaton::AlwaysMatch;

use super::pattern::{ByCharacter, Pattern};
use crate::analysis::is_signed;
use crate::index::{FormsReader, each_form};
use crate::search::backend::{Like, Offer, Written};
pub(super) use documents::AnyForm;

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

    /// Offers every form that is meant, in the order of their bytes.
    pub fn like(&self, like: Like<'_>, offer: &mut Offer<'_>) -> tantivy::Result<()> {
        match like {
            Like::Pattern(pattern) => self.each(&ByCharacter(Pattern::new(pattern)), offer),
            Like::Fitting(regex) => self.each(&ByCharacter(regex), offer),
            Like::Near(word, edits) => self.each(&near(word, edits)?, offer),
        }
    }

    /// Different forms of living articles.
    pub fn forms(&self) -> tantivy::Result<u64> {
        let mut forms = 0;
        each_form(&self.segments, &AlwaysMatch, |form| {
            let is_word = !is_signed(form.word);
            forms += u64::from(is_word && form.places.iter().any(|(number, info)| self.is_alive(*number, info)));
            Ok(())
        })?;
        Ok(forms)
    }

    /// How the living articles write a folded word.
    pub fn written(&self, form: &str) -> tantivy::Result<Written> {
        let mut written = Written::default();
        for (number, segment) in self.segments.iter().enumerate() {
            let Some(info) = segment.get(form)? else { continue };
            let list = segment.list(&info);
            match self.searcher.segment_reader(number as u32).alive_bitset() {
                None => {
                    written.articles += u64::from(info.doc_freq);
                    written.capital_only += u64::from(list.capital_only);
                    written.unclear += u64::from(list.unclear);
                }
                Some(alive) => {
                    written.articles += list.docs().filter(|&doc| alive.is_alive(doc)).count() as u64;
                    for one in list.capitalized().filter(|one| !one.small_too && alive.is_alive(one.doc)) {
                        *if one.tells() { &mut written.capital_only } else { &mut written.unclear } += 1;
                    }
                }
            }
        }
        Ok(written)
    }

    /// The folded words of a stem, in the order of their bytes.
    pub fn family(&self, stem: &str) -> tantivy::Result<Vec<String>> {
        let mut forms = BTreeSet::new();
        for segment in &self.segments {
            forms.extend(segment.family(stem)?);
        }
        Ok(forms.into_iter().collect())
    }

    /// Offers every form that `fits`.
    fn each<A: Automaton<State: Clone>>(&self, fits: &A, offer: &mut Offer<'_>) -> tantivy::Result<()> {
        each_form(&self.segments, fits, |form| {
            if is_signed(form.word) {
                return Ok(());
            }
            let at_most = form.places.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
            offer(form.word, at_most, &|| form.places.iter().map(|(number, info)| self.living(*number, info)).sum());
            Ok(())
        })
    }

    /// Whether a segment has a living document with a form.
    fn is_alive(&self, number: usize, info: &TermInfo) -> bool {
        // a form that more documents have than were deleted needs no look at them
        info.doc_freq > self.searcher.segment_reader(number as u32).num_deleted_docs() || self.living(number, info) > 0
    }

    /// How many living documents of a segment have a form.
    fn living(&self, number: usize, info: &TermInfo) -> u64 {
        match self.searcher.segment_reader(number as u32).alive_bitset() {
            Some(alive) => self.segments[number].list(info).docs().filter(|&doc| alive.is_alive(doc)).count() as u64,
            None => u64::from(info.doc_freq),
        }
    }
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

#[cfg(test)]
mod tests;
