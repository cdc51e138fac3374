//! Which words are like one, tried out letter by letter.

use crate::search::Like;

pub fn is_like(like: Like<'_>, word: &str) -> bool {
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    match like {
        Like::Pattern(pattern) => fits(&letters(pattern), &letters(word)),
        Like::Fitting(regex) => regex.fits(word),
        Like::Near(other, edits) => is_within(&letters(other), &letters(word), edits),
    }
}

fn fits(pattern: &[char], word: &[char]) -> bool {
    match pattern.split_first() {
        None => word.is_empty(),
        Some(('*', rest)) => (0..=word.len()).any(|skip| fits(rest, &word[skip..])),
        Some((c, rest)) => word.split_first().is_some_and(|(w, words)| (*c == '?' || c == w) && fits(rest, words)),
    }
}

/// Whether one becomes the other by so many letters more, less, other or swapped.
fn is_within(a: &[char], b: &[char], edits: u8) -> bool {
    match (a, b) {
        ([x, a @ ..], [y, b @ ..]) if x == y && is_within(a, b, edits) => true,
        ([], []) => true,
        _ if edits == 0 => false,
        ([w, x, a @ ..], [y, z, b @ ..]) if w == z && x == y && is_within(a, b, edits - 1) => true,
        ([_, a @ ..], [_, b @ ..]) if is_within(a, b, edits - 1) => true,
        ([_, rest @ ..], b) if is_within(rest, b, edits - 1) => true,
        (a, [_, rest @ ..]) => is_within(a, rest, edits - 1),
        _ => false,
    }
}
