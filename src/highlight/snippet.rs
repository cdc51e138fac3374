//! The sentences of a passage that hold the most evidence, within a width.

mod cut;
mod window;

use std::ops::Range;

use super::matches::{Match, spans};
use crate::analysis::Language;
use crate::article::Span;
use crate::hit::Snippet;
use crate::passage::{sentences, trimmed};
use window::Window;

/// Stands where a sentence had to be cut.
const CUT: &str = "…";
/// Stands between two fragments.
const BETWEEN: &str = " … ";
/// What a match counts after the first of its leaf.
const REPEATED: f32 = 0.1;
/// How much more evidence two fragments must show than the best stretch in one piece.
const WORTH_PARTING: f32 = 1.1;
/// The fewest characters of a cut sentence that can be read.
const LEAST_CUT: usize = 40;

/// Cuts a snippet of at most `width` characters from `text`: the stretch of whole sentences with the most evidence, or two
/// of them where the evidence stands apart; of a sentence longer than that, the words around the most evidence.
/// `weights` says what a match of each leaf counts; a leaf without a weight counts 1.
/// Sentences end as in `language`.
pub fn snippet(text: &str, matches: &[Match], weights: &[f32], width: usize, language: Language) -> Snippet {
    let passage = Passage::new(text, matches, weights, language);
    let windows = window::windows(&passage, width);
    let Some(best) = window::best(&windows) else { return Snippet::default() };
    let one = passage.in_one_piece(best, width);
    let fragments = passage.in_two(&windows, &one, width).unwrap_or_else(|| vec![one]);
    passage.build(&fragments)
}

/// What a snippet is cut from. Ranges are bytes of the text, half-open, 0-based.
struct Passage<'a> {
    text: &'a str,
    sentences: Vec<Range<usize>>,
    matches: &'a [Match],
    weights: &'a [f32],
}

/// What matches count.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Evidence {
    /// Each leaf once.
    leaves: f32,
    /// The same, and a little for every further match.
    all: f32,
}

impl<'a> Passage<'a> {
    fn new(text: &'a str, matches: &'a [Match], weights: &'a [f32], language: Language) -> Self {
        let sentences = sentences(text, language).into_iter().map(|s| trimmed(text, s)).collect();
        Self { text, sentences, matches, weights }
    }

    /// The best window with its neighbours, as far as they fit; of what is longer than `width`, the best words.
    fn in_one_piece(&self, best: &Window, width: usize) -> Range<usize> {
        if best.evidence.all == 0.0
            && let Some(range) = self.across()
        {
            return cut::words(self, range, width);
        }
        if best.chars > width {
            return cut::words(self, self.range(&best.sentences), width);
        }
        self.range(&window::extended(self, vec![best.sentences.clone()], width)[0])
    }

    /// Two stretches that show clearly more than the `one`; those that show the most.
    fn in_two(&self, windows: &[Window], one: &Range<usize>, width: usize) -> Option<Vec<Range<usize>>> {
        let enough = self.evidence(std::slice::from_ref(one)).leaves * WORTH_PARTING;
        let room = width.checked_sub(chars(BETWEEN))?;
        let whole = 0..self.text.len();
        if self.evidence(std::slice::from_ref(&whole)).leaves <= enough {
            return None;
        }
        let parts = window::parts(self, windows);
        let mut most = 0.0;
        let mut best = None;
        for (n, first) in parts.iter().enumerate() {
            for second in parts[n + 1..].iter().filter(|second| second.is_apart_from(first, width)) {
                let Some(shown) = self.side_by_side(first, second, room, width) else { continue };
                let Evidence { leaves, all } = self.evidence(&shown);
                if leaves > enough && all > most {
                    most = all;
                    best = Some(([*first, *second], shown));
                }
            }
        }
        let (pair, shown) = best?;
        if pair.iter().any(|window| window.chars > width) {
            return Some(shown.to_vec());
        }
        let windows = pair.map(|window| window.sentences.clone()).to_vec();
        Some(window::extended(self, windows, width).iter().map(|window| self.range(window)).collect())
    }

    /// What is shown of two windows within `room` characters; none where there is too little of it.
    fn side_by_side(&self, first: &Window, second: &Window, room: usize, width: usize) -> Option<[Range<usize>; 2]> {
        let rooms = match (first.chars > width, second.chars > width) {
            (false, false) => (first.chars + second.chars <= room).then_some([first.chars, second.chars])?,
            (false, true) => [first.chars, room.checked_sub(first.chars)?],
            (true, false) => [room.checked_sub(second.chars)?, second.chars],
            (true, true) => [room / 2, room / 2],
        };
        let shown = |window: &Window, room: usize| match self.range(&window.sentences) {
            whole if window.chars <= width => Some(whole),
            long => (room >= LEAST_CUT).then(|| cut::words(self, long, room)),
        };
        let (first, second) = (shown(first, rooms[0])?, shown(second, rooms[1])?);
        // pieces that touch are joined by what is between them
        let between = &self.text[first.end..second.start];
        (!between.trim().is_empty() || chars(between) <= chars(BETWEEN)).then_some([first, second])
    }

    /// Where no sentences that fit hold a match, the sentences over which the weightiest match reaches: a phrase may
    /// begin in one and end in the next.
    fn across(&self) -> Option<Range<usize>> {
        let weight = |found: &&Match| self.weight(found.leaf);
        let found = self.matches.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)).then(b.span.cmp(&a.span)))?;
        let first = self.sentences.iter().rfind(|sentence| sentence.start <= found.span.start as usize)?;
        let last = self.sentences.iter().find(|sentence| sentence.end >= found.span.end as usize)?;
        Some(first.start..last.end)
    }

    /// From the start of the first of some sentences (by number) to the end of the last.
    fn range(&self, sentences: &Range<usize>) -> Range<usize> {
        self.sentences[sentences.start].start..self.sentences[sentences.end - 1].end
    }

    /// What the matches inside the `shown` ranges count.
    fn evidence(&self, shown: &[Range<usize>]) -> Evidence {
        let mut evidence = Evidence::default();
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

    fn weight(&self, leaf: usize) -> f32 {
        self.weights.get(leaf).copied().unwrap_or(1.0)
    }

    /// The snippet that shows the `fragments`, which are ascending.
    fn build(&self, fragments: &[Range<usize>]) -> Snippet {
        let mut snippet = Snippet::default();
        for fragment in joined(self.text, fragments) {
            let is_cut = !self.sentences.iter().any(|sentence| sentence.start == fragment.start);
            snippet.text.push_str(match snippet.fragments.is_empty() {
                true if is_cut => CUT,
                true => "",
                false => BETWEEN,
            });
            let inside: Vec<Match> = self.matches.iter().filter(|m| within(m.span, &fragment)).copied().collect();
            let shift = |at: u64| at - fragment.start as u64 + snippet.text.len() as u64;
            let shifted = spans(&inside).into_iter().map(|s| Span { start: shift(s.start), end: shift(s.end) });
            snippet.highlights.extend(shifted);
            snippet.text.push_str(&self.text[fragment.clone()].replace('\n', " "));
            snippet.fragments.push(Span::new(fragment.start, fragment.end));
        }
        let end = snippet.fragments.last().map_or(0, |fragment| fragment.end as usize);
        if !self.sentences.iter().any(|sentence| sentence.end == end) {
            snippet.text.push_str(CUT);
        }
        snippet
    }
}

/// The fragments; those with nothing but blanks between them are one.
fn joined(text: &str, fragments: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(fragments.len());
    for fragment in fragments {
        match joined.last_mut() {
            Some(last) if text[last.end..fragment.start].trim().is_empty() => last.end = fragment.end,
            _ => joined.push(fragment.clone()),
        }
    }
    joined
}

fn within(span: Span, range: &Range<usize>) -> bool {
    span.start as usize >= range.start && span.end as usize <= range.end
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests;
