//! What people type who come from other systems: their operators, their names of fields and their truncation, as ours.
//!
//! Where the meaning is the same nothing is told; where something of it is lost a note tells what was read.

mod fields;
mod truncated;

pub(super) use fields::{FieldMeaning, NamedField, is_field_but_for_case, named_field};
pub(super) use truncated::{Behind, truncated};

use super::token::{Kind, is_quote};

/// Words that may stand between two for `N5` to be an operator: `N95` is a mask.
const MOST_BETWEEN: u32 = 50;

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
            ("p" | "pre" | "adj" | "next" | "onear", Some(within)) => near(within, true),
            ("" | "w" | "n" | "near" | "within" | "pre" | "adj" | "onear", None) => unit(reach),
            _ => None,
        };
    }
    let digits = small.find(|c: char| c.is_ascii_digit())?;
    match (&small[..digits], number(&small[digits..])?) {
        ("near", within) => near(within, false),
        ("adj" | "pre" | "next" | "onear", within) => near(within, true),
        _ => None,
    }
}

/// What is told of an operator that stays a word, between two operands.
pub(super) fn no_operator(typed: &str) -> Option<&'static str> {
    const NOT_NEAR: &str = "a -(a NEAR/5 b) is a not near b";
    let (name, reach) = typed.split_once('/').unwrap_or((typed, ""));
    match (name.to_ascii_lowercase().as_str(), name) {
        ("not", _) if number(reach).is_some() || unit(&reach.to_ascii_lowercase()).is_some() => Some(NOT_NEAR),
        (_, "NEAR" | "PRE" | "ADJ" | "NEXT" | "ONEAR" | "WITHIN") if !reach.is_empty() => {
            Some("behind the / stands a number of words, as in NEAR/5")
        }
        (_, "XOR") => Some("(a OR b) AND NOT (a AND b) is one of them alone"),
        _ => None,
    }
}

/// What is told of a word behind a `+` that is a reach in another system: `+3`, `+s`.
pub(super) fn no_reach(typed: &str) -> Option<&'static str> {
    match typed.to_ascii_lowercase().as_str() {
        "s" | "p" => Some("SAME asks for one passage"),
        small => number(small).map(|_| "PRE/3 is within 3 words, the first one first"),
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
        Kind::Near { within, ordered: true } if matches!(name, "adj" | "next") => {
            format!("{typed} is read as PRE/{within}, the first one first; NEAR/{within} takes either order")
        }
        Kind::Same if small.contains('/') => {
            let order = if small.starts_with(['p', 'a', 'o']) { ", in any order" } else { "" };
            format!(
                "{typed} is read as SAME: in one passage of 80 to 160 words{order}; sentences and paragraphs are not told apart"
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
        "s" | "p" | "sent" | "para" | "sentence" | "paragraph" => Some(Kind::Same),
        "seg" => Some(Kind::And),
        _ => None,
    }
}

fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u32::MAX))
}
