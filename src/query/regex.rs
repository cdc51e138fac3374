//! Regular expressions over whole words, as Lucene has them: `/colou?rs?/`.
//!
//! ```text
//! expression = branch { "|" branch }
//! branch     = { piece }
//! piece      = atom [ "*" | "+" | "?" | "{" n [ "," [ m ] ] "}" ]
//! atom       = "." | "(" expression ")" | "[" [ "^" ] { c | c "-" c } "]" | "\d" | "\" sign | c
//! ```
//!
//! A branch outside of parentheses may begin with `^` and end with `$`, which say nothing here.
//!
//! An expression becomes the places of its characters and which may follow which (Glushkov 1961), so that what is left to be
//! fitted is a set of places: a bit each, 127 at most. How many such sets there are is bounded too, so that any automaton that
//! a back end makes of it stays small.

mod parse;
mod places;

use super::token::is_quote;
use parse::Expression;
pub(super) use parse::RegexError;
pub use parse::{MAX_EXPRESSION, MAX_PLACES};
pub use places::MAX_STATES;
use places::RegexPlaces;

/// A regular expression within the bounds of this module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regex {
    part: Expression,
    places: RegexPlaces,
}

impl Regex {
    /// Reads an expression, without the slashes around it.
    ///
    /// # Errors
    /// Where it is none, or beyond the bounds: where, and why.
    pub(super) fn read(text: &str) -> Result<Self, RegexError> {
        let part = parse::parse(text)?;
        if let Some(sign) = part.needed_sign() {
            return Err(RegexError { at: 0, why: format!("no word has {sign} in it") });
        }
        Self::of(part).map_err(|why| RegexError { at: 0, why })
    }

    /// The expression of a query's word; none where it is none.
    pub fn of_word(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    fn of(part: Expression) -> Result<Self, String> {
        let places = RegexPlaces::of(&part)?;
        Ok(Self { part, places })
    }

    /// The same for words that were folded; `fold` is what folding makes of a character.
    pub fn folded(&self, fold: &dyn Fn(char) -> String) -> Self {
        Self::of(self.part.folded(fold)).unwrap_or_else(|_| self.clone())
    }

    /// The expression as Lucene reads it.
    pub fn for_lucene(&self) -> String {
        let mut text = String::new();
        self.part.write(&mut text);
        text
    }

    /// What is to be fitted before any character: a set of places.
    pub fn start(&self) -> u128 {
        1
    }

    /// What is left to be fitted behind one more character.
    pub fn step(&self, places: u128, c: char) -> u128 {
        self.places.step(places, c)
    }

    /// Whether a word may end there.
    pub fn is_end(&self, places: u128) -> bool {
        places & self.places.ends != 0
    }

    /// Whether a whole word fits.
    pub fn fits(&self, word: &str) -> bool {
        self.is_end(word.chars().fold(self.start(), |places, c| self.step(places, c)))
    }
}

/// An expression as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypedRegex<'a> {
    /// What stands between the slashes.
    pub inside: &'a str,
    /// Bytes of all of it, with the slashes and what stands behind them.
    pub length: usize,
}

/// Letters that other systems take behind an expression, and that say nothing here: case never matters, and a word is
/// fitted as often as it stands.
const FLAGS: [&str; 5] = ["", "i", "g", "gi", "ig"];

/// The expression at the beginning of a text: it ends at a slash with nothing of a word behind it, and has no blanks and no
/// quotes.
pub(super) fn typed(text: &str) -> Option<TypedRegex<'_>> {
    let inside = text.strip_prefix('/')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            c if c.is_whitespace() || is_quote(c) => return None,
            '/' if !escaped => {
                let behind = &inside[at + 1..];
                let flags = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
                let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '^' | '~') || is_quote(c);
                let is_end = FLAGS.contains(&&behind[..flags]) && behind[flags..].chars().next().is_none_or(ends);
                return (at > 0 && is_end).then_some(TypedRegex { inside: &inside[..at], length: at + 2 + flags });
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// What stands between the slashes of a word that is an expression as a whole.
pub(super) fn inside(word: &str) -> Option<&str> {
    typed(word).filter(|typed| typed.length == word.len()).map(|typed| typed.inside)
}

#[cfg(test)]
mod tests;
