//! JSON string literals: their text, and how long each character is on both sides.

use std::borrow::Cow;

use memchr::memchr;

/// The text of a literal's inside (between its quotes), and whether a lone surrogate had to become U+FFFD.
pub(super) fn unescape(raw: &str) -> (Cow<'_, str>, bool) {
    if memchr(b'\\', raw.as_bytes()).is_none() {
        return (Cow::Borrowed(raw), false);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    let mut lone = false;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let (c, len) = escape(&rest.as_bytes()[at..]);
        lone |= c.is_none();
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = &rest[(at + len).min(rest.len())..];
    }
    text.push_str(rest);
    (Cow::Owned(text), lone)
}

/// The character of the escape that `raw` begins with (none for a lone surrogate), and its length in bytes.
pub(super) fn escape(raw: &[u8]) -> (Option<char>, usize) {
    let c = match raw.get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return unicode_escape(raw),
        Some(b) if b.is_ascii() => char::from(*b),
        _ => return (None, 1),
    };
    (Some(c), 2)
}

fn unicode_escape(raw: &[u8]) -> (Option<char>, usize) {
    let Some(first) = hex_unit(raw) else { return (None, 2) };
    if let Some(c) = char::from_u32(first) {
        return (Some(c), 6);
    }
    match raw.get(6..).and_then(hex_unit) {
        Some(second) if (0xD800..0xDC00).contains(&first) && (0xDC00..0xE000).contains(&second) => {
            (char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)), 12)
        }
        _ => (None, 6),
    }
}

fn hex_unit(raw: &[u8]) -> Option<u32> {
    let digits = raw.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |value, b| Some(value * 16 + char::from(*b).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_what_they_stand_for() {
        for (raw, text) in [
            ("plain", "plain"),
            (r#"a\n\"b\"\/\\"#, "a\n\"b\"/\\"),
            (r"\u00e9t\u00E9", "été"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(unescape(raw).0, text, "{raw}");
        }
        assert!(matches!(unescape("no escape").0, Cow::Borrowed(_)));
        assert!(unescape(r"\ud83d").1);
    }
}
