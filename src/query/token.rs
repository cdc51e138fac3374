//! Tokens, and the words that are operators or names of fields.

use super::around::Around;
use super::date::DateRange;
use super::tree::{Phrase, QueryField, Word};

/// How near `NEAR` and `PRE` without a number are.
const DEFAULT_DISTANCE: u32 = 8;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryToken<'a> {
    /// Byte offset of its first character.
    pub at: usize,
    /// The text it was read from; of a word without what stands behind it.
    pub typed: &'a str,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Word(Word),
    Phrase(Phrase),
    /// A word or phrase that says nothing, where one was asked for.
    Nothing,
    Date(DateRange),
    Around(Around),
    Field(QueryField),
    Plus,
    Minus,
    Not,
    And,
    Or,
    Same,
    Near {
        within: u32,
        ordered: bool,
    },
    /// A word that is `Near` in another system, and may be that where the archive has no such word.
    Doubtful {
        within: u32,
        ordered: bool,
    },
    Boost(f32),
    Open,
    Close,
}

impl Kind {
    /// How many words it has.
    pub fn words(&self) -> usize {
        match self {
            Self::Word(_) | Self::Doubtful { .. } => 1,
            Self::Phrase(phrase) => phrase.words.len(),
            _ => 0,
        }
    }

    /// Whether it needs something on both sides.
    pub fn is_binary(&self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Same | Self::Near { .. })
    }

    /// Whether it is a word in capitals.
    pub fn is_operator(&self) -> bool {
        self.is_binary() || *self == Self::Not
    }
}

/// Quotes of every kind; any of them opens, any of them closes.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Words that are operators in capitals.
pub(super) const SMALL_OPERATORS: [&str; 3] = ["and", "or", "not"];

/// Whether a text has operators or parentheses.
pub(super) fn has_operators(tokens: &[QueryToken<'_>]) -> bool {
    tokens.iter().any(|token| token.kind == Kind::Open || token.kind.is_operator())
}

/// The small letters before a colon at the beginning of a text.
pub(super) fn field_name(text: &str) -> Option<&str> {
    let colon = text.find(|c: char| !c.is_ascii_lowercase()).filter(|&at| text.as_bytes()[at] == b':')?;
    Some(&text[..colon])
}

/// The operator that a word is.
pub(super) fn operator(typed: &str) -> Option<Kind> {
    let near = |within, ordered| Some(Kind::Near { within, ordered });
    match typed {
        "AND" => Some(Kind::And),
        "OR" => Some(Kind::Or),
        "NOT" => Some(Kind::Not),
        "SAME" => Some(Kind::Same),
        "NEAR" => near(DEFAULT_DISTANCE, false),
        "PRE" => near(DEFAULT_DISTANCE, true),
        _ => {
            let (name, number) = typed.split_once('/')?;
            let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            let within = digits.then(|| number.parse().unwrap_or(u32::MAX))?;
            near(within, name == "PRE").filter(|_| matches!(name, "NEAR" | "PRE"))
        }
    }
}
