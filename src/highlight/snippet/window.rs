//! Neighbouring sentences that fit a width.

use std::ops::Range;

use super::cut;
use super::passage::{BETWEEN, CUT_WEIGHT, MatchWeight, SnippetSource, chars};
use super::piece::PieceKind;
use crate::highlight::matches::Match;
use crate::work;

/// The most windows that are tried as one of two fragments.
const MAX_PARTS: usize = 24;

/// Neighbouring sentences.
#[derive(Clone, Debug)]
pub(super) struct Window {
    /// Their numbers, half-open, 0-based.
    pub sentences: Range<usize>,
    pub chars: usize,
    pub evidence: MatchWeight,
}

impl Window {
    /// Whether it stands behind `other`, with something left out between what is shown of the two.
    pub fn is_apart_from(&self, other: &Self, width: usize) -> bool {
        let is_cut = self.chars > width || other.chars > width;
        self.sentences.start > other.sentences.end || (is_cut && self.sentences.start == other.sentences.end)
    }
}

/// The windows of at most `width` characters, and the longer sentences, that begin and end with a sentence of evidence:
/// others show nothing more. Where there is no such window, the first sentence. By first sentence, then by last.
pub(super) fn windows(passage: &SnippetSource<'_>, width: usize) -> Vec<Window> {
    let window = |sentences: Range<usize>| {
        work::add(1);
        Window { chars: passage.chars(&sentences), evidence: passage.evidence(&[passage.range(&sentences)]), sentences }
    };
    let (begin, end) = (with_matches(passage, |found| found.start), with_matches(passage, |found| found.end - 1));
    let mut windows = Vec::new();
    for first in begin {
        let lasts = end[end.partition_point(|&last| last < first)..].iter();
        let fit = lasts.map(|&last| first..last + 1);
        let fit = fit.take_while(|wide| wide.len() == 1 || passage.chars(wide) <= width);
        let fit = fit.filter(|wide| passage.is_readable(wide));
        windows.extend(fit.filter(|wide| is_tight(passage, wide)).map(window));
    }
    if windows.is_empty() && !passage.pieces.is_empty() {
        let first = passage.pieces.iter().position(|piece| piece.kind == PieceKind::Sentence).unwrap_or(0);
        windows.push(window(first..first + 1));
    }
    if windows.len() > 1 {
        weigh_cuts(passage, &mut windows, width);
    }
    windows
}

/// Sentences longer than `width` count what is shown of them, where they may be the best.
fn weigh_cuts(passage: &SnippetSource<'_>, windows: &mut [Window], width: usize) {
    let whole = windows.iter().filter(|window| window.chars <= width);
    let most = whole.map(|window| window.evidence.all).fold(0.0, f32::max);
    for window in windows.iter_mut().filter(|window| window.chars > width) {
        let is_close = window.evidence.all * CUT_WEIGHT > most;
        window.evidence = match is_close {
            true => passage.legible(&[cut::words(passage, passage.range(&window.sentences), width)]),
            false => window.evidence.times(CUT_WEIGHT),
        };
    }
}

/// The numbers of the sentences in which a byte of a match stands, ascending and once each.
fn with_matches(passage: &SnippetSource<'_>, byte: impl Fn(Range<usize>) -> usize) -> Vec<usize> {
    let sentence = |found: &Match| {
        let at = byte(found.span.range());
        let number = passage.pieces.partition_point(|piece| piece.range.end <= at);
        passage.pieces.get(number).filter(|piece| piece.range.start <= at).map(|_| number)
    };
    let mut numbers: Vec<usize> = passage.matches.iter().filter_map(sentence).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The window with the most evidence, of those one with the fewest sentences, of those the first.
pub(super) fn best(windows: &[Window]) -> Option<&Window> {
    let mut best: Option<&Window> = None;
    for window in windows {
        let is_better = best.is_none_or(|best| {
            let (value, top) = (window.evidence.all, best.evidence.all);
            value > top + f32::EPSILON || (value >= top && window.sentences.len() < best.sentences.len())
        });
        if is_better {
            best = Some(window);
        }
    }
    best
}

/// The windows that two fragments are made of: those that begin and end with a sentence of evidence, and are
/// no asides; of many, those with the most.
pub(super) fn parts<'w>(passage: &SnippetSource<'_>, windows: &'w [Window]) -> Vec<&'w Window> {
    let is_part = |window: &&Window| is_tight(passage, &window.sentences) && !passage.is_aside(&window.sentences);
    let mut parts: Vec<&Window> = windows.iter().filter(is_part).collect();
    if parts.len() > MAX_PARTS {
        parts.sort_by(|a, b| b.evidence.all.total_cmp(&a.evidence.all));
        parts.truncate(MAX_PARTS);
        parts.sort_by_key(|part| (part.sentences.start, part.sentences.end));
    }
    parts
}

fn is_tight(passage: &SnippetSource<'_>, sentences: &Range<usize>) -> bool {
    let range = passage.range(sentences);
    let (first, last) = (&passage.pieces[sentences.start].range, &passage.pieces[sentences.end - 1].range);
    // the first match that is inside begins first
    passage.inside(&range).next().is_some_and(|found| (found.span.start as usize) < first.end)
        && passage.inside(&range).any(|found| found.span.end as usize > last.start)
}

/// Adds whole sentences of the same paragraph to each of one or two windows, those before it first, while all of them fit
/// and stay apart.
pub(super) fn extended(passage: &SnippetSource<'_>, mut windows: Vec<Range<usize>>, width: usize) -> Vec<Range<usize>> {
    loop {
        let longer = (0..windows.len()).flat_map(|n| {
            let Range { start, end } = windows[n];
            let earlier = start.checked_sub(1).map(|start| start..end);
            let later = (end < passage.pieces.len()).then_some(start..end + 1);
            [earlier, later].into_iter().flatten().map(move |window| (n, window))
        });
        let grown = longer.map(|(n, window)| {
            let mut grown = windows.clone();
            grown[n] = window;
            (n, grown)
        });
        match grown.into_iter().find(|(n, grown)| fits(passage, grown, *n, width)) {
            Some((_, grown)) => windows = grown,
            None => return windows,
        }
    }
}

/// Whether windows of which number `changed` is new are within `width`, apart, and that one within a paragraph.
fn fits(passage: &SnippetSource<'_>, windows: &[Range<usize>], changed: usize, width: usize) -> bool {
    let shown = |window: &Range<usize>| &passage.text[passage.range(window)];
    let between = chars(BETWEEN) * (windows.len() - 1);
    windows.is_sorted_by(|a, b| a.end < b.start)
        && passage.is_readable(&windows[changed])
        && !shown(&windows[changed]).contains('\n')
        && windows.iter().map(|window| chars(shown(window))).sum::<usize>() + between <= width
}
