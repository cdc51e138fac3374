//! Places in a text in characters, for who counts so.

use super::place::Span;

/// Spans of a text, bytes -> characters (Unicode code points): half-open, 0-based. The spans are ascending and apart; a
/// place within a character counts as behind it.
pub(crate) fn in_characters(text: &str, spans: &[Span]) -> Vec<Span> {
    let (mut byte, mut character) = (0, 0);
    let mut counted = |to: u64| {
        let to = (to as usize).min(text.len());
        // bytes that begin a character
        character += text.as_bytes()[byte..to.max(byte)].iter().filter(|byte| (**byte as i8) >= -0x40).count();
        byte = to.max(byte);
        character
    };
    spans.iter().map(|span| Span::new(counted(span.start), counted(span.end))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        for (text, bytes, characters) in [
            ("plain words", &[(0, 5), (6, 11)][..], &[(0, 5), (6, 11)][..]),
            ("Zürich, Köln", &[(0, 7), (9, 14)], &[(0, 6), (8, 12)]),
            ("東京 and 🚢 sail", &[(0, 6), (11, 15), (16, 20)], &[(0, 2), (7, 8), (9, 13)]),
            ("", &[], &[]),
            ("short", &[(2, 99)], &[(2, 5)]),
        ] {
            let spans = |of: &[(usize, usize)]| of.iter().map(|(a, b)| Span::new(*a, *b)).collect::<Vec<_>>();
            assert_eq!(in_characters(text, &spans(bytes)), spans(characters), "{text}");
        }
    }
}
