//! A passage and its matches: what a snippet is cut from.

use std::ops::Range;

use crate::analysis::Language;
use crate::highlight::matches::Match;
use crate::passage::{sentences, trimmed};
use crate::work;

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
    /// How many characters of the text stand before each sentence, and before its end.
    chars: Vec<Range<usize>>,
    /// By place, then by leaf.
    pub matches: &'a [Match],
    pub weights: &'a [f32],
    /// One more than the last leaf that has a match.
    leaves: usize,
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
        let sentences: Vec<Range<usize>> = sentences(text, language).into_iter().map(|s| trimmed(text, s)).collect();
        let (mut at, mut counted) = (0, 0);
        let mut chars_to = |end: usize| {
            counted += chars(&text[at..end]);
            at = end;
            counted
        };
        let chars = sentences.iter().map(|sentence| chars_to(sentence.start)..chars_to(sentence.end)).collect();
        let leaves = matches.iter().map(|found| found.leaf + 1).max().unwrap_or(0);
        Self { text, sentences, chars, matches, weights, leaves }
    }

    /// Characters of some sentences (by number) and what is between them.
    pub fn chars(&self, sentences: &Range<usize>) -> usize {
        self.chars[sentences.end - 1].end - self.chars[sentences.start].start
    }

    /// The matches within a range, by place.
    pub fn inside(&self, range: &Range<usize>) -> impl Iterator<Item = &Match> {
        let first = self.matches.partition_point(|found| (found.span.start as usize) < range.start);
        let end = range.end;
        let ahead = self.matches[first..].iter().take_while(move |found| (found.span.start as usize) < end);
        ahead.inspect(|_| work::add(1)).filter(move |found| found.span.end as usize <= end)
    }

    /// From the start of the first of some sentences (by number) to the end of the last.
    pub fn range(&self, sentences: &Range<usize>) -> Range<usize> {
        self.sentences[sentences.start].start..self.sentences[sentences.end - 1].end
    }

    /// What the matches inside the `shown` ranges, which are ascending and apart, count.
    pub fn evidence(&self, shown: &[Range<usize>]) -> MatchWeight {
        let mut evidence = MatchWeight::default();
        let mut seen = vec![false; self.leaves];
        for found in shown.iter().flat_map(|range| self.inside(range)) {
            let weight = self.weight(found.leaf);
            if std::mem::replace(&mut seen[found.leaf], true) {
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

pub(super) fn chars(text: &str) -> usize {
    work::add(text.len());
    text.chars().count()
}
