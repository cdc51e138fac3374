//! Marks that part a headline from a site's name.

/// Marks between a headline and the site's name.
pub(super) const MARKS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " ‹ ", " // ", " / ", " ~ ", " › ", " : ", " > "];

/// Whether a text has a character of a script that parts no words.
pub(super) fn has_wide(text: &str) -> bool {
    text.chars().any(|c| c >= '\u{2e80}')
}

/// The pieces of a title between the marks that part a headline from a site's name, and before `: `.
pub(in crate::extract) fn parts(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for mark in MARKS.iter().chain(&[": "]) {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    if has_wide(title) || parts.len() == 1 {
        parts = parts.into_iter().flat_map(|part| part.split(['|', '｜', '_'])).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}
