//! Where a long sentence can be cut: between clauses, by their marks.

use std::ops::Range;

use crate::work;

/// Where clauses begin within a range of the text's bytes, ascending.
pub(super) fn starts(text: &str, range: Range<usize>) -> impl Iterator<Item = usize> {
    bounds(text, range.clone()).map(|bound| bound.end).filter(move |&at| at <= range.end)
}

/// Where clauses end within a range of the text's bytes, ascending.
pub(super) fn ends(text: &str, range: Range<usize>) -> impl Iterator<Item = usize> {
    bounds(text, range.clone()).map(|bound| bound.start)
}

/// The marks between clauses that begin within a range, with the blanks behind them.
fn bounds(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    work::add(range.len());
    text[range.clone()].char_indices().filter_map(move |(at, mark)| {
        let at = range.start + at;
        let behind = &text[at + mark.len_utf8()..];
        let next = behind.trim_start();
        let is_apart = next.len() < behind.len();
        let parts = match mark {
            // `Portland, Maine` and `1,000` are one
            ',' => is_apart && next.starts_with(|c: char| !c.is_uppercase() && !c.is_numeric()),
            ';' | ':' | ')' => is_apart,
            '—' => true,
            '–' | '-' => is_apart && text[..at].ends_with([' ', '-']),
            _ => false,
        };
        if !parts {
            return None;
        }
        // a closing bracket belongs to what stands before it
        let end = if mark == ')' { at + 1 } else { at };
        Some(end..text.len() - next.len())
    })
}
