//! A passage and its matches: what a snippet is cut from.

use std::ops::Range;

use super::piece::{Piece, PieceKind, pieces};
use crate::analysis::Language;
use crate::highlight::matches::Match;
use crate::work;

/// Stands where a sentence had to be cut.
pub(super) const CUT: &str = "…";
/// Stands between two fragments.
pub(super) const BETWEEN: &str = " … ";
/// What evidence counts where a sentence is cut to show it.
pub(super) const CUT_WEIGHT: f32 = 0.8;
/// What a match counts after the first of its leaf.
const REPEATED: f32 = 0.1;
/// What a snippet is cut from. Ranges are bytes of the text, half-open, 0-based.
pub(super) struct SnippetSource<'a> {
    pub text: &'a str,
    /// Sentences, titles and asides.
    pub pieces: Vec<Piece>,
    /// How many characters of the text stand before each piece, and before its end.
    chars: Vec<Range<usize>>,
    /// By place, then by leaf.
    pub matches: &'a [Match],
    pub weights: &'a [f32],
    /// What the piece in which a match begins makes of it.
    factors: Vec<f32>,
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

impl MatchWeight {
    pub fn times(self, factor: f32) -> Self {
        Self { leaves: self.leaves * factor, all: self.all * factor }
    }
}

impl<'a> SnippetSource<'a> {
    pub fn new(text: &'a str, matches: &'a [Match], weights: &'a [f32], language: Language) -> Self {
        let pieces = pieces(text, language);
        let (mut at, mut counted) = (0, 0);
        let mut chars_to = |end: usize| {
            counted += chars(&text[at..end]);
            at = end;
            counted
        };
        let chars = pieces.iter().map(|piece| chars_to(piece.range.start)..chars_to(piece.range.end)).collect();
        let factor = |found: &Match| {
            let number = pieces.partition_point(|piece| piece.range.end <= found.span.start as usize);
            pieces.get(number).map_or(1.0, |piece| piece.kind.weight())
        };
        let factors = matches.iter().map(factor).collect();
        let leaves = matches.iter().map(|found| found.leaf + 1).max().unwrap_or(0);
        Self { text, pieces, chars, matches, weights, factors, leaves }
    }

    /// Characters of some pieces (by number) and what is between them.
    pub fn chars(&self, pieces: &Range<usize>) -> usize {
        self.chars[pieces.end - 1].end - self.chars[pieces.start].start
    }

    /// The matches within a range, by place.
    pub fn inside(&self, range: &Range<usize>) -> impl Iterator<Item = &Match> {
        self.numbers_inside(range).map(|number| &self.matches[number])
    }

    fn numbers_inside(&self, range: &Range<usize>) -> impl Iterator<Item = usize> + use<'_> {
        let Range { start, end } = *range;
        let first = self.matches.partition_point(|found| (found.span.start as usize) < start);
        let ahead = (first..self.matches.len()).take_while(move |&n| (self.matches[n].span.start as usize) < end);
        ahead.inspect(|_| work::add(1)).filter(move |&n| self.matches[n].span.end as usize <= end)
    }

    /// From the start of the first of some pieces (by number) to the end of the last.
    pub fn range(&self, pieces: &Range<usize>) -> Range<usize> {
        self.pieces[pieces.start].range.start..self.pieces[pieces.end - 1].range.end
    }

    /// Whether pieces (by number) can be shown as one: an aside stands alone.
    pub fn is_readable(&self, pieces: &Range<usize>) -> bool {
        pieces.len() == 1 || self.pieces[pieces.clone()].iter().all(|piece| piece.kind != PieceKind::Aside)
    }

    /// Whether the first of some pieces (by number) is an aside.
    pub fn is_aside(&self, pieces: &Range<usize>) -> bool {
        self.pieces[pieces.start].kind == PieceKind::Aside
    }

    /// What the matches inside the `shown` ranges, which are ascending and apart, count: less in a title, least in an aside.
    pub fn evidence(&self, shown: &[Range<usize>]) -> MatchWeight {
        let mut evidence = MatchWeight::default();
        let mut best = vec![0.0_f32; self.leaves];
        for number in shown.iter().flat_map(|range| self.numbers_inside(range)) {
            let leaf = self.matches[number].leaf;
            let weight = self.weight(leaf) * self.factors[number];
            let more = (weight - best[leaf]).max(0.0);
            let again = if best[leaf] == 0.0 { 0.0 } else { REPEATED * (weight - more) };
            best[leaf] += more;
            evidence.leaves += more;
            evidence.all += more + again;
        }
        evidence
    }

    /// The same, less where a piece is cut.
    pub fn legible(&self, shown: &[Range<usize>]) -> MatchWeight {
        let is_whole = shown.iter().all(|range| self.is_whole(range));
        self.evidence(shown).times(if is_whole { 1.0 } else { CUT_WEIGHT })
    }

    /// Whether a range begins and ends where pieces do.
    fn is_whole(&self, range: &Range<usize>) -> bool {
        let first = self.pieces.partition_point(|piece| piece.range.start < range.start);
        let last = self.pieces.partition_point(|piece| piece.range.end < range.end);
        self.pieces.get(first).is_some_and(|piece| piece.range.start == range.start)
            && self.pieces.get(last).is_some_and(|piece| piece.range.end == range.end)
    }

    pub fn weight(&self, leaf: usize) -> f32 {
        self.weights.get(leaf).copied().unwrap_or(1.0)
    }
}

pub(super) fn chars(text: &str) -> usize {
    work::add(text.len());
    text.chars().count()
}
