//! Which characters may be shown as they are.

/// Whether a terminal, or whoever reads a line, may take a character for something else than a letter to show, wherever it
/// stands; variation selectors go by what stands before them ([`judged`]).
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xFFFE == 0xFFFE
        || matches!(c,
            // characters that format numbers, those of private use, and those that are none
            '\u{110bd}' | '\u{110cd}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..='\u{10ffff}'
            // line ends, marks of direction and of annotations
            | '\u{2028}'..='\u{202e}' | '\u{fff9}'..='\u{fffb}'
            // Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties), but for what scripts and emoji need: the joiners
            // U+200C and U+200D, and the variation selectors U+180B..D, U+180F, U+FE00..F, U+E0100..EF
            | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180e}'
            | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// The characters of a text with their places, and whether each is unsafe there. `before` is what stands before the text.
pub fn judged(text: &str, before: Option<char>) -> impl Iterator<Item = (usize, char, bool)> {
    let (mut before, mut chars) = (before, text.char_indices().peekable());
    std::iter::from_fn(move || {
        let (at, c) = chars.next()?;
        let next = chars.peek().map(|(_, next)| *next);
        let is_unsafe = is_unsafe_between(before, c, next);
        before = Some(c);
        Some((at, c, is_unsafe))
    })
}

/// The characters of a text that are unsafe where they stand, with their places. Most texts are plain: stretches of ASCII
/// are passed over byte by byte.
pub fn unsafe_in(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text.as_bytes()[from..].iter().position(|byte| !(b' '..=b'~').contains(byte))?;
            let mut chars = text[at..].chars();
            let c = chars.next()?;
            from = at + c.len_utf8();
            if is_unsafe_between(text[..at].chars().next_back(), c, chars.next()) {
                return Some((at, c));
            }
        }
    })
}

/// Whether a text has a character that is unsafe where it stands.
pub fn has_unsafe(text: &str) -> bool {
    unsafe_in(text).next().is_some()
}

fn is_unsafe_between(before: Option<char>, c: char, next: Option<char>) -> bool {
    is_unsafe(c) || (is_selector(c) && !before.is_some_and(|before| is_selected(before, c, next)))
}

/// Whether a character chooses a form of the one before it (Variation_Selector, but for the Mongolian ones).
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character has forms that the selector behind it may choose from.
fn is_selected(c: char, selector: char, next: Option<char>) -> bool {
    match selector {
        // ideographs
        '\u{e0100}'..='\u{e01ef}' => {
            matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
        // signs that are emoji too, and keycaps
        '\u{fe0e}' | '\u{fe0f}' => match c {
            '0'..='9' | '#' | '*' => next == Some('\u{20e3}'),
            _ => matches!(c, '©' | '®' | '\u{203c}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}'),
        },
        // letters and signs
        _ => c.is_alphanumeric() || !(c.is_ascii() || c.is_whitespace() || is_selector(c) || is_unsafe(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_is_safe_behind_what_has_forms() {
        for (what, text, unsafe_) in [
            ("an emoji", "\u{2764}\u{fe0f}", false),
            ("emoji that are joined", "\u{2764}\u{fe0f}\u{200d}\u{1f525}", false),
            ("a keycap", "1\u{fe0f}\u{20e3}", false),
            ("a digit", "1\u{fe0f}2", true),
            ("a letter", "a\u{fe0f}", true),
            ("nothing", "\u{fe0f}", true),
            ("another selector", "\u{2764}\u{fe0f}\u{fe0f}", true),
            ("an ideograph", "\u{845b}\u{e0100}", false),
            ("a letter", "f\u{e0100}x", true),
            ("a second one", "\u{845b}\u{e0100}\u{e0101}", true),
            ("a sign of mathematics", "\u{2229}\u{fe00}", false),
            ("a zero", "0\u{fe00}", false),
            ("a blank", " \u{fe00}", true),
        ] {
            assert_eq!(has_unsafe(text), unsafe_, "{what}: {text:?}");
        }
    }

    #[test]
    fn what_is_unseen_is_unsafe_and_what_scripts_need_is_not() {
        for (what, first, last, unsafe_) in [
            ("soft hyphen", 0xad, 0xad, true),
            ("grapheme joiner", 0x34f, 0x34f, true),
            ("Arabic letter mark", 0x61c, 0x61c, true),
            ("Hangul fillers", 0x115f, 0x1160, true),
            ("Khmer vowels that are not written", 0x17b4, 0x17b5, true),
            ("Mongolian selectors", 0x180b, 0x180d, false),
            ("Mongolian vowel separator", 0x180e, 0x180e, true),
            ("a fourth Mongolian selector", 0x180f, 0x180f, false),
            ("blank without width", 0x200b, 0x200b, true),
            ("joiners of Persian and of emoji", 0x200c, 0x200d, false),
            ("marks of direction", 0x200e, 0x200f, true),
            ("line ends and directions", 0x2028, 0x202e, true),
            ("invisible operators", 0x2060, 0x206f, true),
            ("Hangul filler", 0x3164, 0x3164, true),
            ("variation selectors", 0xfe00, 0xfe0f, false),
            ("byte order mark", 0xfeff, 0xfeff, true),
            ("half-wide Hangul filler", 0xffa0, 0xffa0, true),
            ("unassigned, and annotations", 0xfff0, 0xfffb, true),
            ("shorthand", 0x1bca0, 0x1bca3, true),
            ("beams and slurs", 0x1d173, 0x1d17a, true),
            ("tags", 0xe0000, 0xe00ff, true),
            ("ideographic variants", 0xe0100, 0xe01ef, false),
            ("unassigned", 0xe01f0, 0xe0fff, true),
            ("private use", 0xe000, 0xf8ff, true),
            ("no characters", 0xfdd0, 0xfdef, true),
            ("no characters either", 0xfffe, 0xffff, true),
            ("no characters of another plane", 0x1fffe, 0x1ffff, true),
            ("signs of numbers", 0x110bd, 0x110bd, true),
            ("private use of the last planes", 0xf0000, 0x10ffff, true),
            ("letters", 0x41, 0x7e, false),
        ] {
            for c in (first..=last).filter_map(char::from_u32) {
                assert_eq!(is_unsafe(c), unsafe_, "{what}: {:x}", c as u32);
            }
        }
    }
}
