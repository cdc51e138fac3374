//! Tokens that have another spelling in other systems, and regular expressions.

use super::Lexer;
use crate::analysis::Language;
use crate::query::foreign::{
    FieldMeaning, NamedField, doubtful_operator, in_signs, is_field_but_for_case, named_field, operator, truncated,
};
use crate::query::regex::{self, Regex};
use crate::query::token::{Kind, is_quote};
use crate::query::tree::{Form, QueryField, Word};
use crate::query::word::{split_suffixes, word_end};

/// Names before a colon that speak of dates, and are read elsewhere.
const DATES: [&str; 4] = ["date", "after", "before", "around"];
/// Letters that a name has at least which no system is known to have.
const A_NAME: usize = 3;

impl<'a> Lexer<'a, '_> {
    /// The name of a field that another system has; of one that none has, tells so.
    pub(super) fn foreign_field(&mut self) -> bool {
        let Some(NamedField { name, sign, meant }) = named_field(self.rest()) else { return false };
        let value = &self.rest()[name.len() + 1..];
        // an address is none, nor is `12:30`, nor `book(s)`
        let has_value = value.starts_with(|c: char| c.is_alphanumeric() || is_quote(c) || "(-=+*?/.".contains(c))
            && !value.starts_with("//")
            && !(sign == '(' && value.starts_with("s)"));
        match meant {
            _ if !has_value => self.tell_lone(name, sign, meant),
            Some(FieldMeaning::Field(field, exact)) => self.push_field(name, sign, field, exact),
            Some(FieldMeaning::Text) => self.pass_text(name, sign),
            Some(FieldMeaning::Nothing { later }) => self.tell_no_field(name, sign, later),
            None if sign == ':' && name.len() >= A_NAME && !is_mail(value) => self.tell_unknown(name),
            _ => false,
        }
    }

    fn push_field(&mut self, name: &str, sign: char, field: QueryField, exact: bool) -> bool {
        let at = self.at;
        if !exact {
            self.tell(
                at,
                format!("{name}{sign} is read as {}:, which is not all that it means elsewhere", field.name()),
            );
        }
        self.push(name.len() + usize::from(sign != '('), Kind::Field(field));
        true
    }

    /// Headline and body are searched where no field is named.
    fn pass_text(&mut self, name: &str, sign: char) -> bool {
        let at = self.at;
        self.tell(at, format!("{name}{sign} is passed over: headline and body are searched where no field is named"));
        self.at += name.len() + usize::from(sign != '(');
        true
    }

    fn tell_lone(&mut self, name: &str, sign: char, meant: Option<FieldMeaning>) -> bool {
        if matches!(meant, Some(FieldMeaning::Field(..))) && sign == ':' && name.chars().all(char::is_lowercase) {
            let at = self.at;
            self.tell(at, format!("{name}: has nothing directly behind it: read as a word"));
        }
        false
    }

    fn tell_unknown(&mut self, name: &str) -> bool {
        let small = name.to_ascii_lowercase();
        let at = self.at;
        if name != small && (is_field_but_for_case(name) || DATES.contains(&small.as_str())) {
            self.tell(at, format!("{name}: is read as words; fields stand in small letters: {small}:"));
        } else if name == small && !DATES.contains(&name) {
            return self.tell_no_field(name, ':', false);
        }
        false
    }

    fn tell_no_field(&mut self, name: &str, sign: char, later: bool) -> bool {
        let at = self.at;
        let fields: Vec<&str> = QueryField::NAMES.iter().map(|(name, _)| *name).collect();
        self.tell(
            at,
            match later {
                true => format!("{name}{sign} is not there yet: read as words"),
                false => format!(
                    "\"{name}{sign}\" is no field: read as words; there are {}, date, after and before",
                    fields.join(", ")
                ),
            },
        );
        false
    }

    /// An operator of another system, or a word that has a sign of one; false where it is neither.
    pub(super) fn foreign_word(&mut self, typed: &'a str) -> bool {
        if let Some(kind) = operator(typed) {
            self.push(typed.len(), kind);
        } else if let Some(Kind::Near { within, ordered }) = doubtful_operator(typed) {
            self.words += 1;
            self.push(typed.len(), Kind::Doubtful { within, ordered });
        } else if let Some(length) = self.around(typed) {
            let within = self.rest()[typed.len() + 1..length - 1].parse().unwrap_or(u32::MAX);
            self.push(length, Kind::Near { within, ordered: false });
        } else if matches!(typed, "ANDNOT" | "AndNot") {
            self.push("AND".len(), Kind::And);
            self.push("NOT".len(), Kind::Not);
        } else if typed == "BUT" && next_word(&self.rest()[typed.len()..]) == "NOT" {
            self.push(typed.len(), Kind::And);
        } else if self.passed_over(typed) {
            self.at += typed.len();
        } else {
            return self.truncation(typed);
        }
        true
    }

    /// The length of `AROUND(5)`.
    fn around(&self, typed: &str) -> Option<usize> {
        let digits = self.rest()[typed.len()..].strip_prefix('(').filter(|_| typed == "AROUND")?;
        let length = digits.find(|c: char| !c.is_ascii_digit()).filter(|&length| length > 0)?;
        digits[length..].starts_with(')').then_some(typed.len() + length + 2)
    }

    /// Tells of what is no word and stands for nothing here, with the way out.
    fn passed_over(&mut self, typed: &str) -> bool {
        let (at, rest) = (self.at, &self.rest()[typed.len()..]);
        let is_between = !self.tokens.is_empty() && !rest.trim_start().is_empty();
        let counted = typed.to_ascii_lowercase();
        let counted = ["atleast", "atl"].iter().find_map(|name| counted.strip_prefix(name));
        let is_counted = counted.is_some_and(|count| !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()));
        match typed {
            "&" if is_between => self.tell(at, "& is passed over; AND asks for both"),
            "|" if is_between => self.tell(at, "| is passed over; OR asks for one of them"),
            _ if is_counted && rest.trim_start().is_empty() => {
                self.tell(at, format!("{typed} has nothing after it: read as a word"));
                return false;
            }
            _ if is_counted => {
                self.tell(
                    at,
                    format!("{typed} is passed over: how often a word stands is not asked for; ^2 makes it count more"),
                );
            }
            _ => return false,
        }
        true
    }

    /// `sanction!`, but at the end of a sentence.
    fn truncation(&mut self, typed: &'a str) -> bool {
        let (at, rest) = (self.at, &self.rest()[typed.len()..]);
        let body = split_suffixes(typed).body.trim_matches(['&', '|']);
        if body.contains("&&") || body.contains("||") {
            self.tell(at, format!("{typed} is read as words; && and || stand between blanks"));
        }
        if self.context.language != Language::Turkish
            && let Some(within) = in_signs(typed)
        {
            self.tell(
                at,
                format!("{typed} is read as a word; NEAR/{within} is within so many words, PRE/{within} in this order"),
            );
        }
        let Some(stem) = truncated(typed) else { return false };
        let next = next_word(rest);
        let begins = next.starts_with(char::is_uppercase) && super::operator(next).is_none();
        let asks =
            self.tokens.iter().any(|token| token.kind.is_binary() || matches!(token.kind, Kind::Open | Kind::Field(_)));
        let ends = if next.is_empty() { !self.tokens.is_empty() && !asks } else { begins };
        if ends && typed.ends_with('!') {
            self.tell(at, format!("{typed} is read as a word; {stem}* is any word that begins so"));
            return false;
        }
        self.tell(at, format!("{typed} is read as {stem}*"));
        self.words += 1;
        self.push(typed.len(), Kind::Word(Word { text: format!("{stem}*"), form: Form::Wildcard }));
        true
    }

    /// `/colou?r/`; one that cannot be read is told, and is words.
    pub(super) fn regex(&mut self) -> bool {
        let Some(length) = regex::length(self.rest()) else { return false };
        let inside = &self.rest()[1..length - 1];
        match Regex::read(inside) {
            Ok(_) if !inside.contains(char::is_alphanumeric) => {
                let (at, typed) = (self.at, &self.rest()[..length]);
                self.tell(at, format!("{typed} has no letter and no digit: passed over"));
                false
            }
            Ok(_) => {
                self.words += 1;
                self.push(length, Kind::Word(Word { text: inside.to_owned(), form: Form::Regex }));
                self.suffixes(None);
                true
            }
            Err(error) => {
                let (at, typed) = (self.at, &self.rest()[..length]);
                self.tell(at + 1 + error.at, format!("{typed} is read as words: {}", error.why));
                false
            }
        }
    }
}

/// Whether a word begins that has an `@` in it.
fn is_mail(text: &str) -> bool {
    text[..word_end(text)].contains('@')
}

fn next_word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..word_end(text)]
}
