//! Clauses of dates.

use super::{Lexer, UNCLOSED_QUOTE};
use crate::query::calendar;
use crate::query::token::{Kind, field_name, is_quote};

impl Lexer<'_, '_> {
    /// `date:`, `after:`, `before:`, `around:` with a date; false where it is none, so that it is read as words.
    pub(super) fn date(&mut self) -> bool {
        let is_named = |name: &&str| matches!(*name, "date" | "after" | "before" | "around");
        let Some(name) = field_name(self.rest()).filter(is_named) else { return false };
        let at = self.at;
        let (value, length) = date_value(&self.rest()[name.len() + 1..]);
        let value = value.trim_end_matches([',', ';', '!', '?']);
        let read = match name {
            "around" => calendar::around(value, self.context).map(|(around, turned)| (Kind::Around(around), turned)),
            _ => calendar::clause(name, value, self.context).map(|(range, turned)| (Kind::Date(range), turned)),
        };
        match read {
            Some((kind, turned)) => {
                if turned {
                    self.tell(at, format!("\"{value}\" ends before it starts: read the other way round"));
                }
                self.push(name.len() + 1 + length, kind);
                if self.tokens.last().is_some_and(|date| date.typed.matches(is_quote).count() % 2 == 1) {
                    self.tell(at, UNCLOSED_QUOTE);
                }
                true
            }
            None => {
                let value: String = value.chars().take(40).collect();
                self.tell(at, no_date(name, &value));
                false
            }
        }
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
