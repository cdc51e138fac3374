//! The parser of a clock time and its zone.

use jiff::civil::Time;

use super::cursor::{Reader, lower};
use super::tokens::TokenKind;
use super::words::WORDS;
use crate::article::Precision;

/// A clock time, as far as it is printed.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) precision: Precision,
    pub(super) offset: Option<i16>,
}

/// A half of the day.
#[derive(Clone, Copy)]
enum Half {
    Morning,
    Evening,
    /// That of 9 and that of 2.
    Night,
}

impl Half {
    /// The hour of 24 that one of 12 is.
    fn hour(self, of_twelve: i8) -> i8 {
        let later = match self {
            Self::Morning => false,
            Self::Evening => true,
            Self::Night => (6..12).contains(&of_twelve),
        };
        of_twelve % 12 + if later { 12 } else { 0 }
    }
}

/// What stands before a clock time, and so what it needs to be one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// Nothing; a day follows.
    Nothing,
    /// A day, or what says that a time follows.
    Day,
    /// A word such as `at`.
    Word,
}

/// The figures of a clock time.
struct Figures {
    hour: i8,
    minute: Option<i8>,
    second: Option<i8>,
    /// A word such as `Uhr` stands behind an hour alone.
    named: bool,
}

impl Figures {
    fn at(hour: i8, minute: i8, second: Option<i8>) -> Self {
        Self { hour, minute: Some(minute), second, named: false }
    }
}

impl Reader<'_> {
    pub(super) fn clock(&mut self, behind: Behind) -> Option<Clock> {
        let Figures { hour, minute, second, named } = self.figures_of_clock()?;
        let time = Time::new(hour, minute.unwrap_or(0), second.unwrap_or(0).min(59), 0).ok()?;
        let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
        let clock = Clock { time, precision, offset: self.zone() };
        (minute.is_some() || self.is_hour(named, behind)).then_some(clock)
    }

    /// Whether an hour alone is a time: `9 Uhr`, and without its word behind `at` only, where nothing follows. `9 hours
    /// away` is none.
    fn is_hour(&self, named: bool, behind: Behind) -> bool {
        match (named, behind) {
            (true, Behind::Nothing | Behind::Word) => true,
            (true, Behind::Day) => self.peek().is_none_or(|next| next.kind != TokenKind::Word),
            (false, Behind::Word) => self.ends_part(),
            (false, _) => false,
        }
    }

    /// Whether a part of a line ends here: `alle 9, Roma`, and not `om 9,5 procent`.
    fn ends_part(&self) -> bool {
        let Some(next) = self.peek() else { return true };
        let number =
            self.tokens.get(self.at + 1).is_some_and(|t| matches!(t.kind, TokenKind::Number(_)) && t.start == next.end);
        let mark = |c| ",;.|()[]•·–—،".contains(c) || (c == '-' && !self.glued());
        matches!(next.kind, TokenKind::Mark(c) if mark(c)) && !number
    }

    fn figures_of_clock(&mut self) -> Option<Figures> {
        let special = self.attempt(Self::noon_or_midnight).or_else(|| self.attempt(Self::four_figures));
        if special.is_some() {
            return special;
        }
        // `下午3:20`, `오전 10:20`
        let before = self.half_before();
        let hour = self.number(1..=2)? as i8;
        let minute = self.attempt(|r| {
            let joined = [':', '.', '：'].iter().any(|c| r.glued() && r.mark(*c));
            let minute = if joined { r.number(2..=2).map(|m| m as i8) } else { None };
            r.word(&WORDS.minute);
            minute
        });
        let named = minute.is_none() && self.phrase(&WORDS.hour);
        let minute = minute.or_else(|| if named { self.attempt(Self::minute_behind_unit) } else { None });
        let second = minute.and_then(|_| self.attempt(Self::second));
        // `9 Uhr am 27. Juni` is not in the morning
        let half = if named && self.peek().is_some_and(|t| lower(t.text) == "am") { None } else { self.half() };
        let Some(half) = before.or(half) else { return Some(Figures { hour, minute, second, named }) };
        if !(1..=12).contains(&hour) {
            return Some(Figures { hour, minute, second, named }).filter(|_| minute.is_some() || named);
        }
        Some(Figures::at(half.hour(hour), minute.unwrap_or(0), second))
    }

    /// The minutes of `9 h 30`, `9时5分`; figures before a month are a day.
    fn minute_behind_unit(&mut self) -> Option<i8> {
        let glued = self.glued();
        let minute = self.number(1..=2)?;
        let two = self.tokens[self.at - 1].text.chars().count() == 2;
        let named = self.word(&WORDS.minute);
        let dated = |r: &mut Self| {
            while r.mark('.') || r.word(&WORDS.of) {}
            r.month()
        };
        let day = !glued && !named && {
            let here = self.at;
            let is = dated(self).is_some();
            self.at = here;
            is
        };
        (named || (two && !day)).then_some(minute as i8)
    }

    fn second(&mut self) -> Option<i8> {
        let joined = self.glued() && self.mark(':') || self.after_minute_unit();
        let second = if joined { self.number(2..=2).map(|s| s as i8) } else { None };
        self.word(&WORDS.second);
        // Fractions of a second are dropped.
        self.attempt(|r| if r.glued() && r.mark('.') && r.glued() { r.number(1..=9) } else { None });
        second
    }

    fn noon_or_midnight(&mut self) -> Option<Figures> {
        self.number(2..=2);
        if self.word(&WORDS.noon) {
            return Some(Figures::at(12, 0, None));
        }
        self.word(&WORDS.midnight).then(|| Figures::at(0, 0, None))
    }

    /// `1630 GMT`: four figures need their zone.
    fn four_figures(&mut self) -> Option<Figures> {
        let value = self.number(4..=4)?;
        let zone = self.peek().filter(|t| t.kind == TokenKind::Word)?;
        let known = WORDS.zones.iter().any(|(name, _)| zone.text.eq_ignore_ascii_case(name));
        (known && value < 2400 && value % 100 < 60).then(|| Figures::at((value / 100) as i8, (value % 100) as i8, None))
    }

    /// `am`, `p.m.`, `de la tarde`.
    fn half(&mut self) -> Option<Half> {
        if self.phrase(&WORDS.am) {
            return Some(Half::Morning);
        }
        if self.phrase(&WORDS.pm) {
            return Some(Half::Evening);
        }
        self.phrase(&WORDS.night).then_some(Half::Night)
    }

    /// The same before the figures, where one letter is something else.
    fn half_before(&mut self) -> Option<Half> {
        self.peek().filter(|t| t.kind == TokenKind::Word && t.text.chars().nth(1).is_some())?;
        self.half()
    }

    /// Whether `分` stands right before: the figures that follow are seconds.
    fn after_minute_unit(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| WORDS.minute.contains(&token.text))
    }

    /// The zone after a time; consumes one that means no single offset, too.
    fn zone(&mut self) -> Option<i16> {
        self.attempt(|r| {
            r.mark('(');
            let hours = r.phrase(&WORDS.hours);
            let Some(token) = r.peek() else { return hours.then_some(None) };
            let named = WORDS
                .zones
                .iter()
                .find(|(name, _)| token.text.eq_ignore_ascii_case(name) || lower(token.text) == *name);
            let signed = matches!(token.kind, TokenKind::Mark('+' | '-' | '−')) && r.figures_follow();
            if named.is_none() && !signed {
                return hours.then_some(None);
            }
            r.at += usize::from(named.is_some());
            r.word(&["time"]);
            let offset = r.attempt(Self::offset).or(named.and_then(|(_, minutes)| *minutes));
            r.mark(')');
            Some(offset)
        })
        .flatten()
    }

    fn figures_follow(&self) -> bool {
        self.tokens
            .get(self.at + 1)
            .is_some_and(|t| matches!(t.kind, TokenKind::Number(_)) && t.start == self.tokens[self.at].end)
    }

    /// `+04:00`, `+0400`, `+4`.
    fn offset(&mut self) -> Option<i16> {
        let sign = if self.mark('+') { 1 } else { (self.mark('-') || self.mark('−')).then_some(-1)? };
        let figures = self.peek().filter(|_| self.glued())?.text;
        let value = self.number(1..=4)? as i16;
        let (hours, minutes) = if figures.len() > 2 { (value / 100, value % 100) } else { (value, 0) };
        let minutes = self
            .attempt(|r| if r.glued() && r.mark(':') { r.number(2..=2).map(|m| m as i16) } else { None })
            .unwrap_or(minutes);
        (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }
}
