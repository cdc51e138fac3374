//! Dates that are kept and excluded, and times that are preferred: they hold for the whole query.

use super::super::around::Around;
use super::super::date::DateRange;
use super::super::normal;
use super::super::notes::NO_DATE;
use super::super::token::Kind;
use super::super::token::is_quote;
use super::super::tree::{Node, Phrase, Word};
use super::Parser;

/// The most times that are excluded, and that are preferred.
const MAX_TIMES: usize = 32;

impl Parser<'_> {
    /// Narrows the dates, or excludes some; a date within something else that is negated is a word.
    pub(super) fn date(&mut self, range: DateRange, at: usize, typed: &str) -> Option<Node> {
        if self.nots > self.nots_before() {
            self.notes.tell(at, "a date among other things that are excluded is read as words; exclude it by itself");
            let words = typed.split(|c: char| c.is_whitespace() || is_quote(c)).map(Word::new);
            return normal::phrase(Phrase { words: words.collect(), slop: 0 });
        }
        self.date_at = Some(at);
        if self.nots % 2 == 1 {
            self.exclude(range, at);
            return None;
        }
        let was_empty = self.dates.within.is_empty();
        self.dates.within = self.dates.within.narrow(range);
        if !was_empty && self.dates.within.is_empty() {
            self.notes.tell(at, NO_DATE);
        }
        None
    }

    /// How many negations stand directly before the next token.
    fn nots_before(&self) -> usize {
        let signs = self.tokens[..self.at].iter().rev().map(|token| &token.kind);
        let signs = signs.take_while(|kind| matches!(kind, Kind::Plus | Kind::Minus | Kind::Not));
        signs.filter(|kind| **kind != Kind::Plus).count()
    }

    fn exclude(&mut self, range: DateRange, at: usize) {
        if range.is_empty() {
            self.notes.tell(at, "no date is in this range: nothing is excluded by it");
        } else if self.dates.without.len() >= MAX_TIMES {
            self.notes.tell(at, format!("more than {MAX_TIMES} excluded dates: passed over"));
        } else if !self.dates.without.contains(&range) {
            self.dates.without.push(range);
        }
    }

    /// Takes a time that is preferred.
    pub(super) fn around(&mut self, around: Around, at: usize) -> Option<Node> {
        if self.nots > 0 {
            self.notes
                .tell(at, "around: prefers and excludes nothing: passed over; -date: leaves out what is of a time");
        } else if around.time.is_empty() {
            self.notes.tell(at, "no date is in this range: passed over");
        } else if self.around.len() >= MAX_TIMES {
            self.notes.tell(at, format!("more than {MAX_TIMES} times are preferred: passed over"));
        } else if !self.around.contains(&around) {
            self.around.push(around);
        }
        None
    }
}
