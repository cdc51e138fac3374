//! A passage and its matches: what a snippet is cut from.

use std::ops::Range;

use crate::analysis::Language;
use crate::article::Span;
use crate::highlight::matches::Match;
use crate::passage::{sentences, trimmed};

/// Stands where a sentence had to be cut.
pub(super) const CUT: &str = "…";
/// Stands between two fragments.
pub(super) const BETWEEN: &str = " … ";
/// What a match counts after the first of its leaf.
const REPEATED: f32 = 0.1;
/// What a snippet is cut from. Ranges are bytes of the text, half-open, 0-based.
pub(super) struct SnippetSource<'a> {
    pub text: &'a str,
    pub sentences: Vec<Range<usize>>,
    pub matches: &'a [Match],
    pub weights: &'a [f32],
}

/// What matches count.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct MatchWeight {
    /// Each leaf once.
    pub leaves: f32,
    /// The same, and a little for every further match.
    pub all: f32,
}

impl<'a> SnippetSource<'a> {
    pub fn new(text: &'a str, matches: &'a [Match], weights: &'a [f32], language: Language) -> Self {
        let sentences = sentences(text, language).into_iter().map(|s| trimmed(text, s)).collect();
        Self { text, sentences, matches, weights }
    }

    /// From the start of the first of some sentences (by number) to the end of the last.
    pub fn range(&self, sentences: &Range<usize>) -> Range<usize> {
        self.sentences[sentences.start].start..self.sentences[sentences.end - 1].end
    }

    /// What the matches inside the `shown` ranges count.
    pub fn evidence(&self, shown: &[Range<usize>]) -> MatchWeight {
        let mut evidence = MatchWeight::default();
        let is_shown = |found: &&Match| shown.iter().any(|range| within(found.span, range));
        for (n, found) in self.matches.iter().enumerate().filter(|(_, found)| is_shown(found)) {
            let weight = self.weight(found.leaf);
            let is_repeated = self.matches[..n].iter().filter(is_shown).any(|other| other.leaf == found.leaf);
            if is_repeated {
                evidence.all += REPEATED * weight;
            } else {
                evidence.leaves += weight;
                evidence.all += weight;
            }
        }
        evidence
    }

    pub fn weight(&self, leaf: usize) -> f32 {
        self.weights.get(leaf).copied().unwrap_or(1.0)
    }
}

pub(super) fn within(span: Span, range: &Range<usize>) -> bool {
    span.start as usize >= range.start && span.end as usize <= range.end
}

pub(super) fn chars(text: &str) -> usize {
    text.chars().count()
}
