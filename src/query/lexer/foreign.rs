//! Operators that have another spelling in other systems, and words that would be some there.

use super::Lexer;
use crate::analysis::Language;
use crate::query::foreign::{doubtful_operator, in_signs, no_operator, no_reach, operator};
use crate::query::token::{Kind, QueryToken, is_quote};
use crate::query::word::{split_suffixes, word_end};

impl<'a> Lexer<'a, '_> {
    /// An operator of another system, or what is passed over; false where it is neither.
    pub(super) fn foreign_word(&mut self, typed: &'a str) -> bool {
        if let Some(kind) = operator(typed) {
            self.tell_not_before(typed);
            self.push(typed.len(), kind);
        } else if let Some(Kind::Near { within, ordered }) = doubtful_operator(typed) {
            self.words += 1;
            self.push(typed.len(), Kind::Doubtful { within, ordered });
        } else if matches!(typed, "ANDNOT" | "AndNot" | "BUTNOT" | "AND-NOT") {
            self.push("AND".len(), Kind::And);
            self.push(typed.len() - "AND".len(), Kind::Not);
        } else if typed == "BUT" && next_word(&self.rest()[typed.len()..]) == "NOT" {
            self.push(typed.len(), Kind::And);
        } else if self.passed_over(typed) {
            self.at += typed.len();
        } else {
            self.tell_no_operator(typed);
            return false;
        }
        true
    }

    /// `AROUND(5)`, `NEAR(5)` and `PRE(5)` in front of something; false where it is none.
    pub(super) fn numbered(&mut self, typed: &'a str) -> bool {
        let ordered = match typed {
            "AROUND" | "around" | "NEAR" => false,
            "PRE" => true,
            _ => return false,
        };
        let Some(inside) = self.rest()[typed.len()..].strip_prefix('(') else { return false };
        let digits = &inside[..inside.find(|c: char| !c.is_ascii_digit()).unwrap_or(inside.len())];
        let Some(behind) = inside[digits.len()..].strip_prefix(')') else { return false };
        let is_in_front = typed.eq_ignore_ascii_case("AROUND") || !matches!(next_word(behind), "" | ")");
        let is_number = !digits.is_empty() && is_in_front;
        if is_number {
            let within = digits.parse().unwrap_or(u32::MAX);
            self.push(typed.len() + digits.len() + 2, Kind::Near { within, ordered });
        }
        is_number
    }

    /// Tells of what is no word and stands for nothing here, with the way out.
    fn passed_over(&mut self, typed: &str) -> bool {
        let (at, rest) = (self.at, &self.rest()[typed.len()..]);
        let is_between = !self.tokens.is_empty() && !rest.trim_start().is_empty();
        let counted = typed.to_ascii_lowercase();
        let counted = ["atleast", "atl"].iter().find_map(|name| counted.strip_prefix(name));
        let is_count = |count: &str| count.bytes().all(|b| b.is_ascii_digit());
        let is_counted = counted.is_some_and(|count| is_count(count) && (!count.is_empty() || rest.starts_with('(')));
        match typed {
            "&" if is_between => self.tell(at, "& is passed over; AND asks for both"),
            "|" if is_between => self.tell(at, "| is passed over; OR asks for one of them"),
            ">" | "<" | ">=" | "<=" if is_between && next_word(rest).starts_with(|c: char| c.is_ascii_digit()) => {
                self.tell(at, format!("{typed} is passed over: numbers are not compared; date:>2018 compares dates"));
            }
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

    /// Tells of a word that is an operator in another system and none here.
    fn tell_no_operator(&mut self, typed: &'a str) {
        let (at, rest) = (self.at, &self.rest()[typed.len()..]);
        let is_between = ends_word(self.tokens.last()) && !next_word(rest).is_empty();
        if let Some(told) = no_operator(typed).filter(|_| is_between) {
            self.tell(at, format!("{typed} is read as a word; {told}"));
        }
        // `<3` is a heart
        let compared = typed.strip_prefix(['<', '>']).map(|number| number.trim_start_matches('='));
        if is_compared(self.tokens.last(), compared) && typed != "<3" {
            self.tell(at, format!("{typed} is read as a word: numbers are not compared; date:>2018 compares dates"));
        }
        if typed.chars().all(|c| "~%^|&!".contains(c)) && rest.starts_with(|c| c == '(' || is_quote(c)) {
            self.tell(
                at,
                format!("{typed} says nothing there: passed over; + and - stand before what must and must not be"),
            );
        }
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
    }

    /// Tells of a `not` in small letters that a nearness follows: elsewhere the two are one operator.
    fn tell_not_before(&mut self, typed: &str) {
        let before = self.tokens.last().filter(|token| token.typed == "not" && matches!(token.kind, Kind::Word(_)));
        if let Some(at) = before.map(|token| token.at) {
            self.tell(at, format!("not is read as a word before {typed}; a -(a NEAR/5 b) is a not near b"));
        }
    }

    /// Tells of a word behind a `+` that is a reach in another system, between two operands: `+3`, `+s`.
    pub(super) fn tell_no_reach(&mut self, typed: &str) {
        let [.., before, QueryToken { kind: Kind::Plus, at, .. }] = self.tokens.as_slice() else { return };
        let is_between = ends_word(Some(before)) && !next_word(&self.rest()[typed.len()..]).is_empty();
        if let Some(told) = no_reach(typed).filter(|_| is_between) {
            let at = *at;
            self.tell(at, format!("+{typed} asks for the word {typed}; {told}"));
        }
    }
}

/// Whether a word is compared with a number.
fn is_compared(before: Option<&QueryToken<'_>>, compared: Option<&str>) -> bool {
    ends_word(before) && compared.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

fn ends_word(token: Option<&QueryToken<'_>>) -> bool {
    token.is_some_and(|token| {
        matches!(token.kind, Kind::Word(_) | Kind::Phrase(_) | Kind::Close | Kind::Doubtful { .. })
    })
}

/// What stands behind a word, up to the next blank, quote or parenthesis: the sign itself where one of those begins it.
pub(super) fn next_word(text: &str) -> &str {
    let text = text.trim_start();
    let end = word_end(text).max(text.chars().next().map_or(0, char::len_utf8));
    &text[..end]
}
