//! Which characters may be shown as they are.

/// Whether a terminal, or whoever reads a line, may take a character for something else than a letter to show.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // line ends, marks of direction and of annotations
            '\u{2028}'..='\u{202e}' | '\u{fff9}'..='\u{fffb}'
            // Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties), but for what scripts and emoji need: the joiners
            // U+200C and U+200D, and the variation selectors U+180B..D, U+180F, U+FE00..F, U+E0100..EF
            | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180e}'
            | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("letters", 0x41, 0x7e, false),
        ] {
            for c in (first..=last).filter_map(char::from_u32) {
                assert_eq!(is_unsafe(c), unsafe_, "{what}: {:x}", c as u32);
            }
        }
    }
}
