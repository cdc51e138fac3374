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

impl Reader<'_> {
    pub(super) fn clock(&mut self) -> Option<Clock> {
        let (hour, minute, second) = self.hour_minute()?;
        let time = Time::new(hour, minute, second.unwrap_or(0).min(59), 0).ok()?;
        let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
        Some(Clock { time, precision, offset: self.zone() })
    }

    fn hour_minute(&mut self) -> Option<(i8, i8, Option<i8>)> {
        if let Some(special) = self.attempt(Self::noon_or_midnight) {
            return Some(special);
        }
        if let Some(found) = self.attempt(Self::four_figures) {
            return Some(found);
        }
        // `下午3:20`, `오전 10:20`
        let before = self.named_half();
        let hour = self.number(1..=2)? as i8;
        let minute = self.attempt(|r| {
            let joined = [':', '.', '：'].iter().any(|c| r.glued() && r.mark(*c)) || r.word(&WORDS.hour);
            let minute = if joined { r.number(2..=2).map(|m| m as i8) } else { None };
            r.word(&WORDS.minute);
            minute
        });
        let second = minute.and_then(|_| {
            self.attempt(|r| {
                let joined = r.glued() && r.mark(':') || r.after_minute_unit();
                let second = if joined { r.number(2..=2).map(|s| s as i8) } else { None };
                r.word(&WORDS.second);
                // Fractions of a second are dropped.
                r.attempt(|r| if r.glued() && r.mark('.') && r.glued() { r.number(1..=9) } else { None });
                second
            })
        });
        match (before.or_else(|| self.half()), minute) {
            (Some(_), _) if !(1..=12).contains(&hour) => Some((hour, minute?, second)),
            (Some(afternoon), _) => Some((hour % 12 + if afternoon { 12 } else { 0 }, minute.unwrap_or(0), second)),
            (None, Some(minute)) => Some((hour, minute, second)),
            (None, None) => None,
        }
    }

    fn noon_or_midnight(&mut self) -> Option<(i8, i8, Option<i8>)> {
        self.number(2..=2);
        if self.word(&WORDS.noon) {
            return Some((12, 0, None));
        }
        self.word(&WORDS.midnight).then_some((0, 0, None))
    }

    /// `1630 GMT`: four figures need their zone.
    fn four_figures(&mut self) -> Option<(i8, i8, Option<i8>)> {
        let value = self.number(4..=4)?;
        let zone = self.peek().filter(|t| t.kind == TokenKind::Word)?;
        let known = WORDS.zones.iter().any(|(name, _)| zone.text.eq_ignore_ascii_case(name));
        (known && value < 2400 && value % 100 < 60).then_some(((value / 100) as i8, (value % 100) as i8, None))
    }

    /// `am`, `p.m.`: whether it is the afternoon.
    fn half(&mut self) -> Option<bool> {
        self.attempt(|r| {
            if let Some(half) = r.named_half() {
                return Some(half);
            }
            let afternoon = if r.word(&["a"]) { false } else { r.word(&["p"]).then_some(true)? };
            r.mark('.');
            r.word(&["m"]).then_some(())?;
            r.mark('.');
            Some(afternoon)
        })
    }

    /// Whether `分` stands right before: the figures that follow are seconds.
    fn after_minute_unit(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| WORDS.minute.contains(&token.text))
    }

    fn named_half(&mut self) -> Option<bool> {
        if self.word(&WORDS.am) { Some(false) } else { self.word(&WORDS.pm).then_some(true) }
    }

    /// The zone after a time; consumes one that means no single offset, too.
    fn zone(&mut self) -> Option<i16> {
        self.attempt(|r| {
            r.mark('(');
            let hours = r.word(&WORDS.hours);
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
