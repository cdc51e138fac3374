//! What a terminal is given: article text is hostile, and lines have a width.

use std::borrow::Cow;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

use super::marks::{CLOSE, Marks, OPEN};
use crate::article::{Span, has_unsafe, judged};

/// What the output can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether styles are shown.
    pub colour: bool,
    /// Columns of a line.
    pub width: usize,
}

/// Style of a match.
pub const MATCH: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
/// Style of a headline.
pub const HEADING: Style = Style::new().bold();
/// Style of what stands beside the text.
pub const FAINT: Style = Style::new().dimmed();

impl Screen {
    /// `text` in a style, where styles are shown.
    pub fn paint(self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Escaped text, wrapped and indented.
    pub fn wrap(self, text: &str, indent: usize) -> String {
        self.wrap_escaped(&escape(text), indent)
    }

    /// Escaped text with its matches marked, wrapped and indented.
    pub fn wrap_marked(self, text: &str, matches: &[Span], indent: usize, marks: &Marks) -> String {
        self.wrap_escaped(&marked(text, matches, marks), indent)
    }

    fn wrap_escaped(self, text: &str, indent: usize) -> String {
        let room = self.width.saturating_sub(indent).max(20);
        let mut out = String::new();
        let mut inside = false;
        for line in textwrap::wrap(text, room) {
            let _ = writeln!(out, "{:indent$}{}", "", self.styled(&line, &mut inside));
        }
        out
    }

    /// Escaped text with its matches marked, on one line of at most `room` columns.
    pub fn line(self, text: &str, matches: &[Span], room: usize, marks: &Marks) -> String {
        let marked = marked(text, matches, marks);
        let short = shortened(&marked, room);
        self.styled(&short, &mut false)
    }

    /// Turns marks into styles; a style that is open at the end of a line is closed there and opened on the next.
    fn styled(self, line: &str, inside: &mut bool) -> String {
        if !self.colour {
            return line.to_owned();
        }
        let mut out = String::with_capacity(line.len() + 16);
        if *inside {
            let _ = write!(out, "{MATCH}");
        }
        for c in line.chars() {
            match c {
                OPEN | CLOSE => {
                    *inside = c == OPEN;
                    let _ = if *inside { write!(out, "{MATCH}") } else { write!(out, "{MATCH:#}") };
                }
                c => out.push(c),
            }
        }
        if *inside {
            let _ = write!(out, "{MATCH:#}");
        }
        out
    }
}

/// Escapes `text`, with the marks of matches put in.
fn marked(text: &str, matches: &[Span], marks: &Marks) -> String {
    let mut out = String::with_capacity(text.len() + 8 * matches.len());
    let mut at = 0;
    for span in matches {
        let (start, end) = (span.start as usize, span.end as usize);
        if start < at || !text.is_char_boundary(start) || !text.is_char_boundary(end) || end > text.len() {
            continue;
        }
        out.push_str(&escape_behind(&text[at..start], text[..at].chars().next_back()));
        out.push_str(&marks.open);
        out.push_str(&escape_behind(&text[start..end], text[..start].chars().next_back()));
        out.push_str(&marks.close);
        at = end;
    }
    out.push_str(&escape_behind(&text[at..], text[..at].chars().next_back()));
    out
}

/// Columns that escaped text takes.
pub fn columns(text: &str) -> usize {
    display_width(text)
}

/// Escaped text cut to `room` columns, with `…` where something is missing.
pub fn shortened(text: &str, room: usize) -> Cow<'_, str> {
    if display_width(text) <= room {
        return text.into();
    }
    let mut used = 0;
    let mut short = String::new();
    for c in text.chars() {
        let width = display_width(c.encode_utf8(&mut [0; 4]));
        if used + width + 1 > room {
            break;
        }
        used += width;
        short.push(c);
    }
    let short = short.trim_end();
    // a mark that was cut off with its word is closed again
    let open = short.matches(OPEN).count() > short.matches(CLOSE).count();
    let close = if open { CLOSE.to_string() } else { String::new() };
    format!("{short}{close}…").into()
}

/// Makes text safe for a terminal: control characters, terminal escapes, and what changes the direction of writing or is
/// invisible, become `\u{…}`; line ends and tabs become blanks.
pub fn escape(text: &str) -> Cow<'_, str> {
    escape_behind(text, None)
}

/// The same of text behind a character, which it may go with.
fn escape_behind(text: &str, before: Option<char>) -> Cow<'_, str> {
    if before.is_none() && !has_unsafe(text) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for (_, c, is_unsafe) in judged(text, before) {
        match c {
            '\n' | '\t' | '\r' => safe.push(' '),
            c if is_unsafe => {
                let _ = write!(safe, "\\u{{{:x}}}", c as u32);
            }
            c => safe.push(c),
        }
    }
    safe.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Screen = Screen { colour: false, width: 40 };
    const COLOUR: Screen = Screen { colour: true, width: 40 };

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        for (text, safe) in [
            ("plain Zürich 東京", "plain Zürich 東京"),
            ("\u{1b}[31mred\u{1b}[0m", "\\u{1b}[31mred\\u{1b}[0m"),
            ("\u{9b}2J\u{7}", "\\u{9b}2J\\u{7}"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\u{61c}b\u{2028}c\u{200b}d", "a\\u{61c}b\\u{2028}c\\u{200b}d"),
            ("flag \u{e0067}\u{e007f}", "flag \\u{e0067}\\u{e007f}"),
            ("one\ntwo\tthree", "one two three"),
            ("a\u{fe0f}b\u{e0100} \u{2764}\u{fe0f} \u{e000}", "a\\u{fe0f}b\\u{e0100} \u{2764}\u{fe0f} \\u{e000}"),
            ("\u{2061}fake\u{2062}", "\\u{2061}fake\\u{2062}"),
        ] {
            assert_eq!(escape(text), safe);
        }
    }

    #[test]
    fn matches_are_bracketed_or_coloured_and_lines_keep_their_width() {
        let text = "Vienna and Helsinki were cited as possible venues.";
        let spans = [Span::new(11, 19), Span::new(43, 49)];
        assert_eq!(
            PLAIN.wrap_marked(text, &spans, 2, &Marks::new("[", "]")),
            "  Vienna and [Helsinki] were cited as\n  possible [venues].\n"
        );
        let coloured = COLOUR.wrap_marked(text, &spans, 0, &Marks::new("", "").styled());
        assert_eq!(
            anstream::adapter::strip_str(&coloured).to_string(),
            "Vienna and Helsinki were cited as\npossible venues.\n"
        );
        assert!(coloured.contains(&format!("{MATCH}Helsinki{MATCH:#}")));
    }

    #[test]
    fn a_match_that_breaks_over_a_line_is_closed_and_opened() {
        let screen = Screen { colour: true, width: 20 };
        let coloured =
            screen.wrap_marked("that the security council sat", &[Span::new(9, 25)], 0, &Marks::new("", "").styled());
        assert_eq!(coloured, format!("that the {MATCH}security{MATCH:#}\n{MATCH}council{MATCH:#} sat\n"));
    }

    #[test]
    fn long_lines_are_cut_at_their_columns() {
        assert_eq!(shortened("abcdef", 6), "abcdef");
        assert_eq!(shortened("abcdefg", 6), "abcde…");
        assert_eq!(shortened("東京都庁", 5), "東京…");
    }
}
