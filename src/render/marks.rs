//! What stands around a match in a text.

use std::str::FromStr;

use crate::article::has_unsafe;
use crate::error::{Error, Result};

/// What stands before and behind a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    pub(super) open: String,
    pub(super) close: String,
}

/// Signs of a style inside text that is still to be wrapped: invisible, and never part of escaped article text.
pub(super) const OPEN: char = '\u{2061}';
/// See [`OPEN`].
pub(super) const CLOSE: char = '\u{2062}';

/// Marks to choose from, the usual ones first.
const USUAL: [(&str, &str); 3] = [("[", "]"), ("⟦", "⟧"), ("⟪", "⟫")];

/// The way out of marks that are none.
const WAY_OUT: &str = "write what stands before and behind a match, such as --mark '<b>,</b>', or one sign for both";

impl Marks {
    pub(super) fn new(open: &str, close: &str) -> Self {
        Self { open: open.to_owned(), close: close.to_owned() }
    }

    /// The first usual marks that stand in none of the texts: a match is not mistaken for a bracket of the text. The last
    /// ones where all stand in them.
    pub(super) fn apart_from(texts: &[&str]) -> Self {
        let stands = |sign: &str| texts.iter().any(|text| text.contains(sign));
        let free = USUAL.iter().find(|(open, close)| !stands(open) && !stands(close));
        let (open, close) = free.unwrap_or(&USUAL[USUAL.len() - 1]);
        Self::new(open, close)
    }

    /// The same between the invisible signs that become a style.
    pub(super) fn styled(&self) -> Self {
        Self { open: format!("{OPEN}{}", self.open), close: format!("{}{CLOSE}", self.close) }
    }
}

impl FromStr for Marks {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (open, close) = text.split_once(',').unwrap_or((text, text));
        let is_mark = |mark: &str| !mark.trim().is_empty() && !has_unsafe(mark);
        if is_mark(open) && is_mark(close) {
            return Ok(Self::new(open, close));
        }
        Err(Error::request(format!("\"{}\" names no marks", text.escape_debug()), WAY_OUT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_they_are_written() {
        for (text, marks) in [
            ("<b>,</b>", Some(("<b>", "</b>"))),
            ("**", Some(("**", "**"))),
            ("«,»", Some(("«", "»"))),
            ("((,))", Some(("((", "))"))),
            ("", None),
            ("<,", None),
            (" , ", None),
            ("\u{1b}[1m,x", None),
        ] {
            assert_eq!(text.parse().ok(), marks.map(|(open, close)| Marks::new(open, close)), "{text}");
        }
    }

    #[test]
    fn usual_marks_stand_apart_from_the_text() {
        for (texts, open) in [
            (&["plain", "words"][..], "["),
            (&["plain", "he said [sic]"], "⟦"),
            (&["a ] alone"], "⟦"),
            (&["[a] ⟦b⟧"], "⟪"),
            (&["[a] ⟦b⟧ ⟪c⟫"], "⟪"),
        ] {
            assert_eq!(Marks::apart_from(texts).open, open, "{texts:?}");
        }
    }
}
