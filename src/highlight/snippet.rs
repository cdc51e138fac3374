//! The sentences of a passage that hold the most evidence, within a width.

mod aside;
mod clause;
mod cut;
mod passage;
mod piece;
mod window;

use std::ops::Range;

use super::matches::{Match, spans};
use crate::analysis::Language;
use crate::article::Span;
use crate::article::in_characters;
use crate::hit::Snippet;
use passage::{BETWEEN, CUT, MatchWeight, SnippetSource, chars};
use piece::PieceKind;
use window::Window;

/// How much more evidence two fragments must show than the best stretch in one piece.
const WORTH_PARTING: f32 = 1.1;
/// The fewest characters of a cut sentence that can be read.
const LEAST_CUT: usize = 40;

/// Cuts a snippet of at most `width` characters from `text`: the stretch of whole sentences with the most evidence, or two
/// of them where the evidence stands apart; of a sentence longer than that, the words around the most evidence.
/// `weights` says what a match of each leaf counts; a leaf without a weight counts 1.
/// Sentences end as in `language`.
pub fn snippet(text: &str, matches: &[Match], weights: &[f32], width: usize, language: Language) -> Snippet {
    let passage = SnippetSource::new(text, matches, weights, language);
    let windows = window::windows(&passage, width);
    let Some(best) = window::best(&windows) else { return Snippet::default() };
    let one = passage.in_one_piece(best, width);
    let fragments = passage.in_two(&windows, &one, width).unwrap_or_else(|| vec![one]);
    let snippet = passage.build(&fragments);
    Snippet {
        highlight_chars: in_characters(&snippet.text, &snippet.highlights),
        fragment_chars: in_characters(text, &snippet.fragments),
        ..snippet
    }
}

impl SnippetSource<'_> {
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
        let one = std::slice::from_ref(one);
        let room = width.checked_sub(chars(BETWEEN))?;
        let whole = 0..self.text.len();
        if self.evidence(std::slice::from_ref(&whole)).leaves <= self.evidence(one).leaves * WORTH_PARTING {
            return None;
        }
        let enough = self.legible(one).leaves * WORTH_PARTING;
        let parts = window::parts(self, windows);
        let mut most = 0.0;
        let mut best = None;
        for (n, first) in parts.iter().enumerate() {
            for second in parts[n + 1..].iter().filter(|second| second.is_apart_from(first, width)) {
                let Some(shown) = self.side_by_side(first, second, room, width) else { continue };
                let MatchWeight { leaves, all } = self.legible(&shown);
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
        let first = self.pieces.iter().rfind(|piece| piece.range.start <= found.span.start as usize)?;
        let last = self.pieces.iter().find(|piece| piece.range.end >= found.span.end as usize)?;
        Some(first.range.start..last.range.end)
    }

    /// The snippet that shows the `fragments`, which are ascending.
    fn build(&self, fragments: &[Range<usize>]) -> Snippet {
        let mut snippet = Snippet::default();
        for fragment in joined(self.text, fragments) {
            let is_cut = !self.pieces.iter().any(|piece| piece.range.start == fragment.start && !piece.continues);
            snippet.text.push_str(match snippet.fragments.is_empty() {
                true if is_cut => CUT,
                true => "",
                false => BETWEEN,
            });
            let inside: Vec<Match> = self.inside(&fragment).copied().collect();
            let shift = |at: u64| at - fragment.start as u64 + snippet.text.len() as u64;
            let shifted = spans(&inside).into_iter().map(|s| Span { start: shift(s.start), end: shift(s.end) });
            snippet.highlights.extend(shifted);
            snippet.text.push_str(&self.text[fragment.clone()].replace('\n', " "));
            snippet.fragments.push(Span::new(fragment.start, fragment.end));
        }
        let end = snippet.fragments.last().map_or(0, |fragment| fragment.end as usize);
        let last = self.pieces.iter().position(|piece| piece.range.end == end);
        let goes_on = |n: usize| self.pieces[n + 1..].iter().find(|piece| piece.kind != PieceKind::Aside);
        if last.is_none_or(|n| goes_on(n).is_some_and(|piece| piece.continues)) {
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

#[cfg(test)]
mod tests;
