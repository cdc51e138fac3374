//! Shapes of a line: how long it is, how it ends, what its words look like.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use crate::lexicon;

/// How a line ends, closing quotes and brackets passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// A full stop or an ellipsis.
    Stop,
    /// A question or exclamation mark.
    Query,
    /// A colon or semicolon.
    Colon,
    /// A letter, a figure, a comma: nothing that ends a sentence.
    Open,
}

/// What a line looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Characters, roughly: bytes that begin one.
    pub chars: u32,
    /// Words, at most [`MOST_WORDS`]; estimated where the line is long.
    pub words: u8,
    /// How it ends.
    pub ending: Ending,
    /// The end stands inside closing quotes, as in `… we left."`.
    pub quoted_end: bool,
    /// It ends in an ellipsis, as a title does that was cut to a length.
    pub trails_off: bool,
}

/// No line is said to have more words.
pub(super) const MOST_WORDS: u8 = 64;
/// Lines of more bytes are not counted.
const COUNTED: usize = 220;
/// Lines of so many characters are running text whatever their end.
const LONG: u32 = 200;

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let trimmed = text.trim_end_matches(is_closer);
        let ending = match trimmed.chars().next_back() {
            Some('.' | '…' | '。') => Ending::Stop,
            Some('?' | '!' | '？' | '！') => Ending::Query,
            Some(':' | ';') => Ending::Colon,
            _ => Ending::Open,
        };
        let chars = if text.len() > COUNTED { text.len() } else { text.chars().count() };
        let words = if text.len() > COUNTED { text.len() / 6 } else { count_words(text) };
        let trails_off = trimmed.ends_with("...") || trimmed.ends_with('…');
        let (chars, words) = (u32::try_from(chars).unwrap_or(u32::MAX), words.min(MOST_WORDS.into()) as u8);
        Self { chars, words, ending, quoted_end: trimmed.len() < text.len(), trails_off }
    }

    /// Running text: long, or a sentence of some words.
    pub(super) fn is_prose(self) -> bool {
        self.chars >= LONG
            || (self.words >= 8 && matches!(self.ending, Ending::Stop | Ending::Query))
            || self.words >= 30
    }

    /// A sentence end of any length.
    pub(super) fn is_sentence(self) -> bool {
        self.ending == Ending::Stop
    }

    /// A short sentence, or some of them.
    pub(super) fn is_brief(self) -> bool {
        self.words >= 4 && self.ending == Ending::Stop
    }

    /// What may be a title at the very top, though it ends as a sentence does: a question, or a title that was cut.
    pub(super) fn may_open(self) -> bool {
        self.chars < LONG && self.words <= 24 && (self.ending == Ending::Query || self.trails_off)
    }

    /// What may be a title: some words, no full stop at the end.
    pub(super) fn is_title(self) -> bool {
        self.chars < LONG && matches!(self.ending, Ending::Open | Ending::Query)
    }
}

/// Words between blanks; where none part them (Chinese, Japanese), two characters are one more.
fn count_words(text: &str) -> usize {
    let blank = |b: u8| b == b' ' || b == b'\t';
    let starts = text.as_bytes().windows(2).filter(|two| blank(two[0]) && !blank(two[1])).count();
    let wide = if text.is_ascii() { 0 } else { text.chars().filter(|c| is_wide(*c)).count() };
    starts + usize::from(!text.is_empty()) + wide / 2
}

/// Whether a character is of a script that parts no words: kana or an ideograph.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_') || c.is_whitespace()
}

/// Whether whitespace, a mark that is not seen, or a form feed.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{c}')
}

/// Whether a word begins like a name: a capital, a figure or an apostrophe before one.
pub(super) fn is_capital(word: &str) -> bool {
    word.trim_start_matches(['\'', '’', '‘', '"', '“', '('])
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether every letter is a capital, and there is one at least.
pub(super) fn is_all_caps(text: &str) -> bool {
    let mut any = false;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        any |= c.is_uppercase();
    }
    any
}

/// Strips `prefix` without regard to ASCII case.
pub(super) fn strip_prefix_ci<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Whether `text` begins with a letter or figure, that is, whether what stood before it was cut inside a word.
pub(super) fn begins_word(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphanumeric)
}

/// Words that stay small inside a name.
static SMALL: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::NAME_WORDS.labelled("small"));

/// Name in title case: `NEW DELHI` is `New Delhi`, `ST. PETERSBURG` is `St. Petersburg`; other case stays.
pub(super) fn title_case(name: &str) -> Cow<'_, str> {
    if !is_all_caps(name) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    let mut first = true;
    for piece in name.split_inclusive([' ', '-', '/', '.']) {
        let word = piece.trim_end_matches([' ', '-', '/', '.']);
        if !first && SMALL.contains(word.to_lowercase().as_str()) && piece.len() > word.len() {
            out.push_str(&piece.to_lowercase());
        } else {
            let mut chars = piece.chars();
            out.extend(chars.next());
            out.push_str(&chars.as_str().to_lowercase());
        }
        first = false;
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_title_case() {
        for (printed, told) in [
            ("NEW DELHI", "New Delhi"),
            ("ST. PETERSBURG", "St. Petersburg"),
            ("PORT-AU-PRINCE", "Port-au-Prince"),
            ("RIO DE JANEIRO", "Rio de Janeiro"),
            ("LA PAZ", "La Paz"),
            ("MOSCOW/KIEV", "Moscow/Kiev"),
            ("Vienna", "Vienna"),
        ] {
            assert_eq!(title_case(printed), told);
        }
    }

    #[test]
    fn a_sentence_is_told_from_a_title() {
        assert!(Shape::of("The council met on Monday and agreed on nothing.").is_prose());
        assert!(Shape::of("“We never saw the ferry come in that night.”").is_prose());
        assert!(Shape::of("Council meets, agrees on nothing").is_title());
        assert!(!Shape::of("It failed.").is_title());
        assert!(Shape::of("Will the bridge hold?").is_title());
    }
}
