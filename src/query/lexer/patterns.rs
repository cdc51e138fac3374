//! Patterns: regular expressions, words that a sign cuts off, wildcards without a word.

use super::Lexer;
use super::foreign::next_word;
use crate::query::foreign::{self, Behind, truncated};
use crate::query::regex::{self, MAX_EXPRESSION, Regex, TypedRegex};
use crate::query::token::{self, Kind, is_quote};
use crate::query::tree::{Form, Word};
use crate::query::word::{Suffixed, read_word, split_suffixes};

/// Signs that tell a pattern from a path.
const SIGNS: [char; 12] = ['[', ']', '(', '{', '}', '^', '$', '|', '*', '+', '?', '\\'];

impl<'a> Lexer<'a, '_> {
    /// `sanction!` as `sanction*`, but at the end of a sentence; a sign beside it asks for it wherever it stands. None where
    /// it stays a word.
    pub(super) fn truncation(&mut self, typed: &'a str, prefixed: bool) -> Option<Vec<Word>> {
        let suffixed = split_suffixes(typed);
        let cut = truncated(suffixed.body)?;
        let next = next_word(&self.rest()[typed.len()..]);
        let is_asked = prefixed || suffixed.edits.is_some() || suffixed.boost.is_some();
        let mut before = self.tokens.iter().map(|token| &token.kind);
        let asks = before.any(|kind| kind.is_binary() || matches!(kind, Kind::Open | Kind::Field(_)));
        let is_first = is_asked || asks || self.tokens.is_empty();
        let behind = behind(next);
        let reads = if is_asked && behind == Behind::Sentence { Behind::More } else { behind };
        self.cut(&suffixed, cut.is_cut(is_first, reads), behind, self.at)
    }

    /// The same in quotes, where nothing but the phrase counts.
    pub(super) fn truncation_in_phrase(
        &mut self,
        suffixed: &Suffixed<'_>,
        is_first: bool,
        next: &str,
        at: usize,
    ) -> Option<Vec<Word>> {
        let is_cut = truncated(suffixed.body)?.is_cut(is_first, behind(next));
        self.cut(suffixed, is_cut, behind(next), at)
    }

    fn cut(&mut self, suffixed: &Suffixed<'_>, is_cut: bool, behind: Behind, at: usize) -> Option<Vec<Word>> {
        let cut = truncated(suffixed.body)?;
        if !is_cut {
            if let Some(told) = cut.told_as_word(behind) {
                self.tell(at, told);
            }
            return None;
        }
        self.tell(at, cut.told_as_pattern());
        let pattern = format!("{}*", cut.stem);
        Some(read_word(&Suffixed { body: &pattern, ..*suffixed }, false, at, self.notes))
    }

    /// Tells of a `*` or `?` that stands for letters of no word; not of the `?` that ends a question.
    pub(super) fn tell_lone_wildcard(&mut self, typed: &str, prefixed: bool) {
        let next = next_word(&self.rest()[typed.len()..]);
        let is_mark = !prefixed && !self.tokens.is_empty() && behind(next) != Behind::More;
        let at = self.at;
        self.tell_wildcard_at(at, typed, is_mark);
    }

    /// The same at a place; `is_mark` where a question may end there.
    pub(super) fn tell_wildcard_at(&mut self, at: usize, typed: &str, is_mark: bool) {
        let is_lone = !typed.contains(char::is_alphanumeric) && !typed.contains('\\');
        let is_question = !typed.is_empty() && typed.chars().all(|c| c == '?') && !is_mark;
        if is_lone && (typed.contains('*') || is_question) {
            let sign = if typed.contains('*') { '*' } else { '?' };
            self.tell(at, format!("{typed} is passed over: {sign} stands for letters of a word"));
        }
    }

    /// `/colou?r/`; one that cannot be read is told, and is words. `begins` says that nothing stands directly before it.
    pub(super) fn regex(&mut self, begins: bool) -> bool {
        let Some(TypedRegex { inside, length }) = regex::typed(self.rest()) else {
            if begins {
                self.tell_no_regex();
            }
            return false;
        };
        let (at, typed) = (self.at, &self.rest()[..length]);
        match Regex::read(inside) {
            Ok(_) if !inside.contains(char::is_alphanumeric) => {
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
                self.tell(at + 1 + error.at, format!("{typed} is read as words: {}", error.why));
                false
            }
        }
    }

    /// Tells of what begins as a pattern and is none: one with a blank in it, one that does not end. `/usr/bin` is a path, and
    /// `/5` an operator.
    fn tell_no_regex(&mut self) {
        let rest = self.rest();
        let mut open = 0_i32;
        let ends = |c: char| {
            open += i32::from(c == '(') - i32::from(c == ')');
            c.is_whitespace() || is_quote(c) || open < 0
        };
        let typed = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let body = split_suffixes(typed).body;
        let inside = &body[1..];
        let is_path = inside.contains('/') && !inside.contains(SIGNS);
        let is_pattern = inside.starts_with(|c: char| c.is_alphanumeric() || SIGNS.contains(&c));
        if is_path || !is_pattern || inside.len() < 2 || foreign::operator(body).is_some() {
            return;
        }
        let told = match end_behind_blanks(rest) {
            Some(length) => format!("{} is read as words: a pattern fits one word", &rest[..length]),
            None => format!("{typed} is read as words: a pattern ends with a / that nothing of a word follows"),
        };
        let at = self.at;
        self.tell(at, told);
    }
}

/// Where a pattern with blanks in it would end: at a slash behind a word, before a blank.
fn end_behind_blanks(text: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(MAX_EXPRESSION)];
    let text = &text[..text.find(is_quote).unwrap_or(text.len())];
    let mut words = text.split_whitespace().skip(1).take_while(|word| !word.starts_with('/'));
    let last = words.find(|word| word.trim_end_matches(['i', 'g']).ends_with('/'))?;
    Some(last.as_ptr() as usize - text.as_ptr() as usize + last.len())
}

/// What a word begins that stands behind another one; empty at the end.
fn behind(next: &str) -> Behind {
    let is_operator = token::operator(next).is_some() || foreign::operator(next).is_some() || next == "BUT";
    let is_sign = matches!(next, "&" | "|" | "(" | "*") || next.starts_with(is_quote);
    match next {
        "" | ")" => Behind::End,
        // a dash, a face, a picture
        _ if !is_operator && !is_sign && !next.contains(char::is_alphanumeric) => Behind::End,
        _ if next.starts_with(char::is_uppercase) && !is_operator => Behind::Sentence,
        _ => Behind::More,
    }
}
