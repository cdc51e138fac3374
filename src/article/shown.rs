//! Which characters may be shown as they are.

/// Whether a terminal, or whoever reads a line, may take a character for something else than a letter to show.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // marks of direction, and what has no width of its own; the joiners of Persian and of emoji stay
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
