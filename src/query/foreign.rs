//! What people type who come from other systems: their operators, and their names of fields, as ours.
//!
//! Where the meaning is the same nothing is told; where something of it is lost a note tells what was read.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::token::{Kind, is_quote};
use super::tree::QueryField;
use crate::lexicon;

/// Words that may stand between two for `N5` to be an operator: `N95` is a mask.
const MOST_BETWEEN: u32 = 50;

/// What a name of a field is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldMeaning {
    /// A field; and whether that is all that the name means.
    Field(QueryField, bool),
    /// Headline and body, which are searched anyway.
    Text,
    /// Nothing; and whether that may change.
    Nothing { later: bool },
}

static FIELDS: LazyLock<HashMap<&'static str, FieldMeaning>> = LazyLock::new(|| {
    let read = |row: &lexicon::Row| {
        let [name, meant, near] = row.exactly()?;
        let meant = match meant {
            "text" => FieldMeaning::Text,
            "none" => FieldMeaning::Nothing { later: false },
            "later" => FieldMeaning::Nothing { later: true },
            field => {
                let field = QueryField::named(field).ok_or_else(|| format!("no field \"{field}\""))?;
                FieldMeaning::Field(field, near == "exact")
            }
        };
        Ok((name, meant))
    };
    lexicon::SEARCH_FIELDS.read(read).into_iter().collect()
});

/// A name of a field at the beginning of a text, and the sign behind it: `:`, `=` or `(`.
pub(super) struct NamedField<'a> {
    pub name: &'a str,
    pub sign: char,
    /// What it is; none where no system that we know has it.
    pub meant: Option<FieldMeaning>,
}

/// The name of a field at the beginning of a text. One in mixed case is none.
pub(super) fn named_field(text: &str) -> Option<NamedField<'_>> {
    let end = text.find(|c: char| !(c.is_ascii_alphabetic() || c == '_'))?;
    let (name, sign) = (&text[..end], text[end..].chars().next()?);
    if !matches!(sign, ':' | '=' | '(') || name.is_empty() {
        return None;
    }
    let is_one_case = name == name.to_ascii_lowercase() || name == name.to_ascii_uppercase();
    let meant = is_one_case.then(|| FIELDS.get(name.to_ascii_lowercase().as_str()).copied()).flatten();
    Some(NamedField { name, sign, meant })
}

/// Whether a name is that of a field, but for its case.
pub(super) fn is_field_but_for_case(name: &str) -> bool {
    matches!(FIELDS.get(name.to_ascii_lowercase().as_str()), Some(FieldMeaning::Field(..)))
}

/// The operator that a word is in another system, between two operands.
pub(super) fn operator(typed: &str) -> Option<Kind> {
    match typed {
        "&&" => return Some(Kind::And),
        "||" => return Some(Kind::Or),
        "ADJ" => return near(1, true),
        _ => {}
    }
    let small = typed.to_ascii_lowercase();
    if let Some((name, reach)) = small.split_once('/') {
        return match (name, number(reach)) {
            ("" | "w" | "n" | "near" | "within", Some(within)) => near(within, false),
            ("p" | "pre" | "adj" | "onear", Some(within)) => near(within, true),
            ("" | "w" | "near", None) => unit(reach),
            _ => None,
        };
    }
    let digits = small.find(|c: char| c.is_ascii_digit())?;
    match (&small[..digits], number(&small[digits..])?) {
        ("near", within) => near(within, false),
        ("adj" | "pre" | "onear", within) => near(within, true),
        _ => None,
    }
}

/// The operator that a word may be where it is no word of the archive: `N5`, `W5`.
pub(super) fn doubtful_operator(typed: &str) -> Option<Kind> {
    let (name, digits) = typed.split_at_checked(1)?;
    let between = number(digits).filter(|&between| digits.len() < 3 && between <= MOST_BETWEEN)?;
    match name {
        "N" | "n" => near(between + 1, false),
        "W" | "w" => near(between + 1, true),
        _ => None,
    }
}

/// What is told of an operator that was read, where its meaning is not quite the same.
pub(super) fn told(typed: &str, kind: &Kind) -> Option<String> {
    let small = typed.to_ascii_lowercase();
    let name = small.trim_end_matches(|c: char| c.is_ascii_digit() || c == '/');
    Some(match kind {
        Kind::Near { within, ordered: true } if name == "adj" => {
            format!("{typed} is read as PRE/{within}, the first one first; NEAR/{within} takes either order")
        }
        Kind::Same if small.contains('/') => {
            format!(
                "{typed} is read as SAME: in one passage of 80 to 160 words; sentences and paragraphs are not told apart"
            )
        }
        Kind::And if small.contains('/') => format!("{typed} is read as AND: anywhere in the article"),
        _ => return None,
    })
}

/// What is told of a word that may be an operator and was read as one.
pub(super) fn settled(typed: &str, kind: &Kind) -> Option<String> {
    let Kind::Near { within, ordered } = kind else { return None };
    let name = if *ordered { "PRE" } else { "NEAR" };
    Some(format!("{typed} is no word of this archive: read as {name}/{within}; \\{typed} is the word"))
}

/// What stands before a sign that cuts a word off: `sanction` of `sanction!`, `earn` of `earn$2`. A word with a capital keeps its
/// sign, as `Yahoo!` does.
pub(super) fn truncated(typed: &str) -> Option<&str> {
    let stem =
        typed.strip_suffix('!').or_else(|| typed.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('$'))?;
    let is_stem = stem.chars().count() > 2 && stem.chars().all(char::is_lowercase);
    is_stem.then_some(stem)
}

/// Whether something begins here that a sign may stand before.
pub(super) fn starts_operand(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || is_quote(c) || c == '(')
}

/// The number of Europresse's `%5` and `@5`; in Turkish `%5` is five in a hundred.
pub(super) fn in_signs(typed: &str) -> Option<u32> {
    number(typed.strip_prefix(['%', '@'])?)
}

fn near(within: u32, ordered: bool) -> Option<Kind> {
    Some(Kind::Near { within, ordered })
}

/// `s`, `p` and `seg`: in one sentence, paragraph, or part of the article.
fn unit(reach: &str) -> Option<Kind> {
    match reach {
        "s" | "p" | "sent" | "para" => Some(Kind::Same),
        "seg" => Some(Kind::And),
        _ => None,
    }
}

fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u32::MAX))
}
