//! The parser of a date's day: forms in figures and with month names.

use jiff::civil::Date;

use super::clock::Clock;
use super::{Kind, MONTHS, Parts, Token, WEEKDAYS, lower};

/// A place among the tokens of a line.
pub(super) struct Reader<'t> {
    pub(super) tokens: &'t [Token<'t>],
    pub(super) at: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).copied()
    }

    /// Runs `read`; puts the place back where it fails.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    pub(super) fn mark(&mut self, mark: char) -> bool {
        let is = self.peek().is_some_and(|t| t.kind == Kind::Mark(mark));
        self.at += usize::from(is);
        is
    }

    pub(super) fn word(&mut self, words: &[&str]) -> bool {
        let is = self.peek().is_some_and(|t| t.kind == Kind::Word && words.contains(&lower(t.text).as_str()));
        self.at += usize::from(is);
        is
    }

    pub(super) fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let token = self.peek()?;
        let Kind::Number(value) = token.kind else { return None };
        digits.contains(&token.text.len()).then(|| {
            self.at += 1;
            value
        })
    }

    /// Whether the token stands right after the one before, without a space.
    pub(super) fn glued(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.zip(self.peek()).is_some_and(|(a, b)| a.end == b.start)
    }

    pub(super) fn weekday(&mut self) {
        self.attempt(|r| {
            r.word(WEEKDAYS).then_some(())?;
            while r.mark(',') || r.mark('.') || r.mark('|') {}
            Some(())
        });
    }

    /// What may stand between a date and its time.
    pub(super) fn skip_joints(&mut self) {
        while [',', '|', '-', '–', '—', '•', '·', '/', '@', ';', ':'].iter().any(|c| self.mark(*c))
            || self.word(&["at", "um", "kl", "à", "alle", "в"])
            || (self.glued() && self.word(&["t"]))
        {}
    }

    pub(super) fn day(&mut self, loose: bool) -> Option<Parts> {
        let parts = self
            .attempt(Self::year_first)
            .or_else(|| self.attempt(Self::figures))
            .or_else(|| self.attempt(Self::day_month))
            .or_else(|| self.attempt(|r| r.month_first(loose)))?;
        // A figure that goes on is no year.
        let goes_on = self.glued() && self.peek().is_some_and(|t| matches!(t.kind, Kind::Number(_)));
        (!goes_on).then_some(parts)
    }

    pub(super) fn year(&mut self) -> Option<i16> {
        self.number(4..=4).filter(|y| (1500..=2100).contains(y)).map(|y| y as i16)
    }

    /// `2018-06-27`, `2018/06/27`, `2018.06.27`.
    pub(super) fn year_first(&mut self) -> Option<Parts> {
        let year = self.year()?;
        let mark = ['-', '/', '.'].into_iter().find(|c| self.mark(*c))?;
        let month = self.number(1..=2)? as i8;
        self.mark(mark).then_some(())?;
        let day = self.number(1..=2)? as i8;
        Date::new(year, month, day).ok()?;
        Some(Parts { year: Some(year), month, day: Some(day), swapped: false })
    }

    /// `27.06.2018`, `27/06/2018`, `06/27/2018`, `27-06-2018`.
    pub(super) fn figures(&mut self) -> Option<Parts> {
        let day = self.number(1..=2)? as i8;
        let mark = ['.', '/', '-'].into_iter().find(|c| self.mark(*c))?;
        let month = self.number(1..=2)? as i8;
        self.mark(mark).then_some(())?;
        let year = Some(self.year()?);
        Some(Parts { year, month, day: Some(day), swapped: mark != '.' })
    }

    pub(super) fn month(&mut self) -> Option<i8> {
        let token = self.peek().filter(|t| t.kind == Kind::Word)?;
        let month = *MONTHS.get(lower(token.text).as_str())?;
        self.at += 1;
        self.mark('.');
        Some(month)
    }

    /// A year after day and month, where there is one: a clock time may stand there instead.
    pub(super) fn optional_year(&mut self) -> Option<i16> {
        self.attempt(|r| {
            while r.mark(',') || r.mark('-') || r.mark('/') || r.word(&["de", "of"]) {}
            r.year()
        })
    }

    /// `27 June 2018`, `27th of June, 2018`, `27. Juni 2018`, `27 de junio de 2018`, `27-Jun-2018`.
    pub(super) fn day_month(&mut self) -> Option<Parts> {
        let day = self.number(1..=2).filter(|d| (1..=31).contains(d))? as i8;
        while (self.glued() && self.word(&["st", "nd", "rd", "th", "er"]))
            || self.word(&["of", "de"])
            || ['.', '-', '/'].iter().any(|c| self.mark(*c))
        {}
        let month = self.month()?;
        let year = self.optional_year();
        Some(Parts { year, month, day: Some(day), swapped: false })
    }

    /// `June 27, 2018`, `Sept. 3rd 2019`; `June 2018` where a month may stand alone.
    pub(super) fn month_first(&mut self, loose: bool) -> Option<Parts> {
        let month = self.month()?;
        if let Some(year) = self.attempt(|r| {
            while r.mark(',') || r.word(&["de", "of"]) {}
            r.year()
        }) {
            return loose.then_some(Parts { year: Some(year), month, day: None, swapped: false });
        }
        self.mark('-');
        let day = self.number(1..=2).filter(|d| (1..=31).contains(d))? as i8;
        if self.glued() {
            self.word(&["st", "nd", "rd", "th"]);
        }
        let year = self.optional_year();
        Some(Parts { year, month, day: Some(day), swapped: false })
    }

    pub(super) fn clock_then_day(&mut self, loose: bool) -> Option<(Parts, Option<Clock>)> {
        let clock = self.clock()?;
        self.skip_joints();
        self.weekday();
        Some((self.day(loose)?, Some(clock)))
    }

    pub(super) fn day_then_clock(&mut self, loose: bool) -> Option<(Parts, Option<Clock>)> {
        let parts = self.day(loose)?;
        let clock = self.attempt(|r| {
            r.skip_joints();
            r.weekday();
            r.clock()
        });
        Some((parts, clock))
    }
}
