//! Character references: `&amp;`, `&#8217;`, `&eacute` without its semicolon.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Longest name of a reference, in bytes.
const LONGEST: usize = 32;

/// What a name stands for, and whether it counts without its semicolon.
struct NamedCharacter {
    text: String,
    bare: bool,
}

static NAMED: LazyLock<HashMap<&'static str, NamedCharacter>> = LazyLock::new(|| {
    let rows = include_str!("entities.tsv").lines().filter(|row| !row.starts_with('#'));
    let read = |row: &'static str| {
        let mut fields = row.split('\t');
        let name = fields.next()?;
        let points = fields.next()?.split(' ').filter_map(|p| u32::from_str_radix(p, 16).ok());
        Some((
            name,
            NamedCharacter { text: points.filter_map(char::from_u32).collect(), bare: fields.next().is_some() },
        ))
    };
    rows.filter_map(read).collect()
});

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// One character, by number.
    Char(char),
    /// By name.
    Text(&'static str),
}

/// Where a reference stands: in the value of an attribute a name without its semicolon that goes on is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// The text of a page: `&notit;` is `¬it;`.
    Text,
    /// A value: `?a=1&region=5` stays an address.
    Value,
}

/// The reference that `text` begins with (an `&`), and its length in bytes; none where the `&` stands for itself.
pub(super) fn read(text: &str, within: Within) -> Option<(Reference, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') { by_number(bytes) } else { by_name(text, within) }
}

fn by_number(bytes: &[u8]) -> Option<(Reference, usize)> {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let (start, radix) = if hex { (3, 16) } else { (2, 10) };
    let digits = bytes[start.min(bytes.len())..].iter().take_while(|b| char::from(**b).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let value = bytes[start..start + digits].iter().fold(0_u32, |value, b| {
        value.saturating_mul(radix).saturating_add(char::from(*b).to_digit(radix).unwrap_or(0))
    });
    let end = start + digits;
    Some((Reference::Char(by_point(value)), end + usize::from(bytes.get(end) == Some(&b';'))))
}

/// Numbers of the C1 controls mean windows-1252, as browsers have it.
fn by_point(value: u32) -> char {
    match value {
        0x80..=0x9F => {
            let byte = [value as u8];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn by_name(text: &str, within: Within) -> Option<(Reference, usize)> {
    let bytes = text.as_bytes();
    let length = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let whole = &text[1..=length];
    if bytes.get(1 + length) == Some(&b';')
        && let Some(named) = NAMED.get(whole)
    {
        return Some((Reference::Text(&named.text), length + 2));
    }
    let goes_on = |end: usize| end < length || bytes.get(1 + length) == Some(&b'=');
    (2..=length.min(6)).rev().find_map(|end| {
        let named = NAMED.get(&whole[..end]).filter(|named| named.bare)?;
        let counts = within == Within::Text || !goes_on(end);
        counts.then_some((Reference::Text(named.text.as_str()), end + 1))
    })
}

/// A text with its references decoded: the value of an attribute.
pub(in crate::source) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let (reference, length) = read(&rest[at..], Within::Value).unwrap_or((Reference::Char('&'), 1));
        match reference {
            Reference::Char(c) => out.push(c),
            Reference::Text(text) => out.push_str(text),
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_goes_on_counts_in_text_alone() {
        for (raw, in_text, in_value) in [
            ("&notit;", Some("¬"), None),
            ("&gtBAR", Some(">"), None),
            ("&pound=23", Some("£"), None),
            ("&notin;", Some("∉"), Some("∉")),
            ("&copy 2018", Some("©"), Some("©")),
            ("&hellip", None, None),
        ] {
            for (within, stands_for) in [(Within::Text, in_text), (Within::Value, in_value)] {
                let read = read(raw, within).map(|(reference, _)| reference);
                assert_eq!(read, stands_for.map(Reference::Text), "{raw} {within:?}");
            }
        }
    }

    #[test]
    fn references_become_what_they_stand_for() {
        for (raw, text) in [
            ("Tom &amp; Ann", "Tom & Ann"),
            ("caf&eacute; caf&eacute", "café café"),
            ("&#8217;&#x2019;&#146;", "’’’"),
            ("a &lt b &copy 2018", "a < b © 2018"),
            ("?a=1&region=5&copy=2", "?a=1&region=5&copy=2"),
            ("AT&T & co &; &# &#x; &unknown;", "AT&T & co &; &# &#x; &unknown;"),
            ("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&NotEqualTilde;", "≂̸"),
            ("&", "&"),
        ] {
            assert_eq!(decode(raw), text, "{raw}");
        }
    }
}
