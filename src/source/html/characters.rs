//! Characters of a page that stand in its text as they are, and those that do not.

/// Bytes that stand in the text as they stand in the page: no reference, single blanks, nothing unusual.
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let stops = match b {
            b'&' | 0..0x20 | 0x7F => true,
            b' ' => {
                at == 0
                    || bytes.get(at + 1).is_none_or(|next| next.is_ascii_whitespace() || *next == b'&' || *next >= 0x80)
            }
            0xC2 | 0xE1 | 0xE2 | 0xEF => is_unusual(&bytes[at..]),
            _ => false,
        };
        if stops {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a character beyond ASCII begins here that is whitespace or is not seen; in doubt yes.
fn is_unusual(bytes: &[u8]) -> bool {
    match bytes {
        [0xC2, second, ..] => matches!(second, 0x80..=0x9F | 0xA0 | 0xAD),
        [0xE1, 0x9A, ..] => true,
        [0xE2, 0x80, third, ..] => matches!(third, 0x80..=0x8F | 0xA8..=0xAF),
        [0xE2, 0x81, third, ..] => matches!(third, 0x9F..=0xAF),
        [0xEF, 0xBB, ..] => true,
        _ => false,
    }
}

/// Characters without a shape: soft hyphens, joiners, marks of direction and of byte order, controls.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}
