//! One character -> its folded form: lower case, without Latin and Greek accents, without compatibility forms.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// Folds small letters in composed form.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !is_accent(c)) {
        if c.is_ascii() { folded.push(c) } else { fold_into(c, &mut folded) }
    }
    folded
}

/// Appends the folded form of a character that is not ASCII.
pub(super) fn fold_into(c: char, out: &mut String) {
    if let Some(plain) = without_decomposition(c) {
        out.push_str(plain);
        return;
    }
    let mut parts = Vec::new();
    decompose_compatible(c, |part| parts.push(part));
    let base = parts.first().copied().unwrap_or(c);
    if parts.len() > 1 && !loses_its_marks(base) {
        // й, the voiced kana and the like are letters of their own: put together again
        let composed: String = parts.into_iter().nfc().collect();
        composed.chars().for_each(|c| lower_into(c, out));
        return;
    }
    parts.into_iter().filter(|&p| canonical_combining_class(p) == 0 || !is_accent(p)).for_each(|p| lower_into(p, out));
}

/// Whether a character only changes the letter before it and is dropped after a Latin or Greek one.
pub(super) fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn loses_its_marks(base: char) -> bool {
    matches!(base, 'a'..='z' | 'A'..='Z' | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
        || !base.is_alphabetic()
        || matches!(base, 'æ' | 'Æ' | 'ø' | 'Ø')
}

fn lower_into(c: char, out: &mut String) {
    match without_decomposition(c) {
        Some(plain) => out.push_str(plain),
        None => out.extend(c.to_lowercase().filter(|&l| !is_accent(l))),
    }
}

/// Letters that Unicode does not decompose though readers take them for their plain neighbours.
fn without_decomposition(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ß' | 'ẞ' => "ss",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' | 'İ' => "i",
        'ħ' | 'Ħ' => "h",
        'ё' | 'Ё' => "е",
        'ς' => "σ",
        _ => return None,
    })
}
