//! Clauses of dates.

use super::fields::DATES;
use super::{Lexer, UNCLOSED_QUOTE};
use crate::query::around;
use crate::query::calendar;
use crate::query::foreign::{FieldMeaning, named_field};
use crate::query::token::{Kind, field_name, is_quote};
use crate::query::tree::Word;

/// Comparisons that other systems write behind a date's name, and ours.
const COMPARISONS: [(&str, &str); 7] =
    [("aft ", ">"), ("bef ", "<"), (">=", ">="), ("<=", "<="), (">", ">"), ("<", "<"), ("= ", "")];

/// Those that stand in parentheses alone: elsewhere they are words.
const IN_PARENTHESES: [(&str, &str); 4] = [("after ", ">"), ("before ", "<"), ("is ", ""), ("=", "")];

/// A clause as it is typed.
struct DateClause {
    /// `date`, `after`, `before` or `around`.
    name: &'static str,
    /// What stands behind it, as ours.
    value: String,
    /// Whether it is spelled as ours.
    is_ours: bool,
    /// Bytes of all of it.
    length: usize,
}

impl Lexer<'_, '_> {
    /// `date:`, `after:`, `before:`, `around:` with a date, and what other systems write for them; false where it is none, so
    /// that it is read as words.
    pub(super) fn date(&mut self) -> bool {
        let Some(clause) = native(self.rest()).or_else(|| foreign(self.rest())).or_else(|| spelled(self.rest())) else {
            return false;
        };
        let (at, DateClause { name, value, is_ours, length }) = (self.at, clause);
        let value = value.trim_end_matches([',', ';', '!', '?']);
        if matches!(value, "[* TO *]" | "[* to *]" | "*") && name != "around" {
            self.tell(at, format!("{value} is every date: passed over"));
            // a sign before it stands for nothing else
            self.push(length, Kind::Nothing);
            return true;
        }
        let (value, told) = match name {
            "around" => around::within_bounds(value),
            _ => (value.to_owned(), None),
        };
        let read = match name {
            "around" => calendar::around(&value, self.context).map(|(around, turned)| (Kind::Around(around), turned)),
            _ => calendar::clause(name, &value, self.context).map(|(range, turned)| (Kind::Date(range), turned)),
        };
        let Some((kind, turned)) = read else {
            let value = if is_ours { value } else { self.rest()[..length].to_owned() };
            return self.no_date(name, &value, length);
        };
        if let Some(told) = told {
            self.tell(at, told);
        }
        if turned {
            self.tell(at, format!("\"{value}\" ends before it starts: read the other way round"));
        }
        self.push(length, kind);
        if self.tokens.last().is_some_and(|date| date.typed.matches(is_quote).count() % 2 == 1) {
            self.tell(at, UNCLOSED_QUOTE);
        }
        true
    }

    /// Tells that a value is no date; a half-life behind it is no number of edits, and stays part of the word.
    fn no_date(&mut self, name: &str, value: &str, length: usize) -> bool {
        let (at, typed) = (self.at, &self.rest()[..length]);
        let shown: String = value.chars().take(40).collect();
        self.tell(at, no_date(name, &shown));
        let is_word =
            name == "around" && value.contains('~') && !typed.contains(|c: char| c.is_whitespace() || is_quote(c));
        if is_word {
            self.words += 1;
            self.push(length, Kind::Word(Word::new(typed)));
        }
        is_word
    }
}

fn no_date(name: &str, value: &str) -> String {
    match value {
        "" => format!("{name}: has nothing directly behind it: read as a word"),
        "last" | "past" | "this" => {
            format!("\"{value}\" is no date, read as words; put quotes around several words: {name}:\"{value} week\"")
        }
        _ => {
            format!(
                "\"{value}\" is no date, read as words; write 2018, 2018-06, 2018-06-27, yesterday or \"last week\""
            )
        }
    }
}

/// `date:2018`, `around:june`.
fn native(text: &str) -> Option<DateClause> {
    let typed = field_name(text)?;
    let name = DATES.into_iter().find(|name| *name == typed)?;
    let (value, length) = date_value(&text[name.len() + 1..]);
    Some(DateClause { name, value, is_ours: true, length: name.len() + 1 + length })
}

/// `pd=2018`, `YR(2018)`, `date>2018`, `DATE(aft 2018)`.
fn foreign(text: &str) -> Option<DateClause> {
    let named = named_field(text)?;
    let name = match named.meant {
        Some(FieldMeaning::Date) => "date",
        _ => DATES.into_iter().find(|name| *name == named.name && named.sign == '=')?,
    };
    let behind = named.name.len() + 1;
    let (value, length) = match named.sign {
        '(' => {
            let inside = &text[behind..];
            let inside = &inside[..inside.floor_char_boundary(2 * calendar::LONGEST_VALUE)];
            let inside = &inside[..inside.find([')', '('])?];
            let is_closed = text[behind + inside.len()..].starts_with(')');
            (is_closed.then(|| as_ours(inside))?, behind + inside.len() + 1)
        }
        ':' | '=' => {
            let (value, length) = date_value(&text[behind..]);
            (value, behind + length)
        }
        _ => {
            let (value, length) = date_value(&text[behind - 1..]);
            (value, behind - 1 + length)
        }
    };
    (!value.is_empty()).then(|| DateClause { name, value: with_hyphens(value), is_ours: false, length })
}

/// A day as Factiva and ProQuest write it, `20180627`, with hyphens; anything else as it is.
fn with_hyphens(value: String) -> String {
    let figures = value.trim_start_matches(['<', '>', '=']);
    if figures.len() != 8 || !figures.bytes().all(|b| b.is_ascii_digit()) {
        return value;
    }
    let sign = &value[..value.len() - figures.len()];
    format!("{sign}{}-{}-{}", &figures[..4], &figures[4..6], &figures[6..])
}

/// `date aft 2018`, `date > 2018`.
fn spelled(text: &str) -> Option<DateClause> {
    let behind = text.strip_prefix("date ").or_else(|| text.strip_prefix("DATE "))?.trim_start();
    let (sign, ours) = COMPARISONS.into_iter().find(|(sign, _)| behind.starts_with(sign))?;
    let rest = behind[sign.len()..].trim_start();
    let (value, length) = date_value(rest);
    let is_date = sign.starts_with(char::is_alphabetic) || value.starts_with(|c: char| c.is_ascii_digit());
    let is_word = value.is_empty() || !is_date;
    let length = text.len() - rest.len() + length;
    let value = format!("{ours}{value}");
    (!is_word).then_some(DateClause { name: "date", value, is_ours: false, length })
}

/// A value with its comparison as ours: `aft 2018` as `>2018`.
fn as_ours(value: &str) -> String {
    let value: String = value.trim().chars().filter(|c| !is_quote(*c)).collect();
    let known = COMPARISONS.into_iter().chain(IN_PARENTHESES);
    let found = known.into_iter().find_map(|(sign, ours)| Some((ours, value.strip_prefix(sign)?)));
    found.map_or(value.clone(), |(ours, date)| format!("{ours}{}", date.trim()))
}

/// A value up to the next blank or parenthesis, without its quotes, and its length as typed.
fn date_value(text: &str) -> (String, usize) {
    if let Some(bracketed) = calendar::bracketed_value(text) {
        return bracketed;
    }
    let (mut value, mut quoted) = (String::new(), false);
    for (at, c) in text.char_indices() {
        let ends = !quoted && (c.is_whitespace() || matches!(c, '(' | ')'));
        if ends || value.len() > calendar::LONGEST_VALUE || at > 2 * calendar::LONGEST_VALUE {
            return (value, at);
        }
        if is_quote(c) { quoted = !quoted } else { value.push(c) }
    }
    (value, text.len())
}
