//! Words as tables compare them: in small letters, without accents.

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// The small letters without accents that a character stands for, handed out one by one.
pub(super) fn fold_char(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        return take(c.to_ascii_lowercase());
    }
    // joiners that are not seen, and the stroke that lengthens Arabic words
    if matches!(c, '\u{200b}'..='\u{200f}' | '\u{640}') {
        return;
    }
    for lower in c.to_lowercase() {
        let lower = match lower {
            'ı' => 'i',
            'ς' => 'σ',
            other => other,
        };
        decompose_compatible(lower, |part| {
            if canonical_combining_class(part) == 0 {
                take(part);
            }
        });
    }
}

/// A text in small letters without accents: `JÄNNER` is `janner`, `Kasım` is `kasim`.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_char(c, |part| folded.push(part)));
    folded
}
