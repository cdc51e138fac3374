//! The parser of a date's day: forms in figures and with month names.

use jiff::civil::Date;

use super::clock::{Behind, Clock};
use super::cursor::Reader;
use super::parts::{LAST_YEAR, Parts};
use super::tokens::{Token, TokenKind};
use super::words::WORDS;
use crate::lexicon;

/// Years that dates are read of.
const FIRST_YEAR: i16 = 1500;

impl Reader<'_> {
    /// A day of the week before a date. Short names of another language need a mark behind them, as in `Di., 5.6.2018`.
    pub(super) fn weekday(&mut self) -> Option<()> {
        self.attempt(|r| {
            let named = r.weekday_name()?;
            let mut marked = false;
            while [',', '.', '|', '،', '、'].iter().any(|mark| r.mark(*mark)) {
                marked = true;
            }
            (named.sure || marked).then_some(())
        })
    }

    /// The name of a day of the week; parts that a hyphen joins are one name: `terça-feira`.
    fn weekday_name(&mut self) -> Option<lexicon::Named> {
        let first = self.peek().filter(|t| t.kind == TokenKind::Word)?;
        let joined = self.attempt(|r| {
            r.at += 1;
            (r.glued() && (r.mark('-') || r.mark('\'')) && r.glued()).then_some(())?;
            let last = r.peek().filter(|t| t.kind == TokenKind::Word)?;
            r.at += 1;
            lexicon::weekday(&format!("{}-{}", first.text, last.text), r.locale)
        });
        joined.or_else(|| {
            let named = lexicon::weekday(first.text, self.locale)?;
            self.at += 1;
            Some(named)
        })
    }

    /// A day of the week behind a date that ends there, in brackets or not: `2018年6月27日（水）`.
    pub(super) fn closing_weekday(&mut self) {
        self.attempt(|r| {
            let open = r.mark('(') || r.mark('（');
            while !open && r.mark(',') {}
            r.weekday_name().filter(|named| named.sure || open)?;
            let closed = open && (r.mark(')') || r.mark('）'));
            (closed || r.peek().is_none()).then_some(())
        });
    }

    /// What may stand between a date and its time; whether a word such as `at` is among it.
    pub(super) fn skip_joints(&mut self) -> bool {
        let mut word = false;
        loop {
            let is_word = self.joint_word();
            word |= is_word;
            let more = is_word
                || [',', '|', '-', '–', '—', '•', '·', '/', '@', ';', ':', '،'].iter().any(|c| self.mark(*c))
                || (self.glued() && self.word(&["t"]));
            if !more {
                return word;
            }
        }
    }

    /// Small words before a date, and a day of the week between them: `le mercredi`, `Mittwoch, den`.
    fn skip_to_day(&mut self) {
        self.skip_particles();
        self.weekday();
        self.skip_particles();
    }

    pub(super) fn skip_particles(&mut self) {
        while self.word(&WORDS.particle) {}
    }

    /// `at`, `um`, `kl.`
    fn joint_word(&mut self) -> bool {
        let is = self.word(&WORDS.joint);
        if is && self.glued() {
            self.mark('.');
        }
        is
    }

    pub(super) fn day(&mut self, loose: bool) -> Option<Parts> {
        let parts = self
            .attempt(Self::year_first)
            .or_else(|| self.attempt(|r| r.with_units(loose)))
            .or_else(|| self.attempt(Self::year_month_day))
            .or_else(|| self.attempt(Self::figures))
            .or_else(|| self.attempt(Self::day_month))
            .or_else(|| self.attempt(|r| r.month_first(loose)))?;
        // A figure that goes on is no year; behind `日` another begins.
        let number = |t: Option<&Token<'_>>| t.is_some_and(|t| matches!(t.kind, TokenKind::Number(_)));
        let unit = self.tokens[self.at - 1].kind == TokenKind::Word;
        let goes_on = self.glued() && !unit && number(self.tokens.get(self.at));
        (!goes_on).then_some(parts)
    }

    pub(super) fn year(&mut self) -> Option<i16> {
        self.number(4..=4).map(|y| y as i16).filter(|y| (FIRST_YEAR..=LAST_YEAR).contains(y))
    }

    /// `2018-06-27`, `2018/06/27`, `2018.06.27`.
    pub(super) fn year_first(&mut self) -> Option<Parts> {
        let year = self.year()?;
        let mark = ['-', '/', '.'].into_iter().find(|c| self.mark(*c))?;
        let month = self.number(1..=2)? as i8;
        self.mark(mark).then_some(())?;
        let day = self.number(1..=2)? as i8;
        // `2018. 6. 27. 10:20`
        if mark == '.' {
            self.mark('.');
        }
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

    /// The name of a month, with its stop; two words where a language has such names.
    pub(super) fn month(&mut self) -> Option<lexicon::Named> {
        let token = self.peek().filter(|t| t.kind == TokenKind::Word)?;
        let next = self.tokens.get(self.at + 1).filter(|t| t.kind == TokenKind::Word && !token.text.is_ascii());
        let two = next.and_then(|next| lexicon::month(&format!("{} {}", token.text, next.text), self.locale));
        let month = two.or_else(|| lexicon::month(token.text, self.locale))?;
        self.at += 1 + usize::from(two.is_some());
        self.mark('.');
        Some(month)
    }

    /// `2018. június 27.`, `2018 m. birželio 27 d.`
    pub(super) fn year_month_day(&mut self) -> Option<Parts> {
        let year = self.year()?;
        while self.mark('.') || self.mark(',') || self.word(&WORDS.after_year) {}
        let month = self.month().filter(|month| month.sure)?.number;
        let day = self.number(1..=2).filter(|d| (1..=31).contains(d))? as i8;
        // `2018 June 10:30` has no day
        let clock = self.glued() && self.peek().is_some_and(|t| t.kind == TokenKind::Mark(':'));
        (!clock).then(|| self.after_day());
        (!clock).then_some(Parts { year: Some(year), month, day: Some(day), swapped: false })
    }

    /// What may be glued to a day's figures: a stop, `-én`, `d.`
    fn after_day(&mut self) {
        self.mark('.');
        self.attempt(|r| {
            let glued = r.glued() && r.mark('-') && r.word(&WORDS.ordinal);
            (glued || r.word(&WORDS.after_day)).then(|| r.mark('.'))
        });
    }

    /// A year after day and month, where there is one: a clock time may stand there instead.
    pub(super) fn optional_year(&mut self) -> Option<i16> {
        self.attempt(|r| {
            while r.mark(',') || r.mark('-') || r.mark('/') || r.word(&WORDS.of) {}
            r.year()
        })
    }

    /// `27 June 2018`, `27th of June, 2018`, `27. Juni 2018`, `27 de junio de 2018`, `27-Jun-2018`.
    pub(super) fn day_month(&mut self) -> Option<Parts> {
        let day = self.number(1..=2).filter(|d| (1..=31).contains(d))? as i8;
        while (self.glued() && self.word(&WORDS.ordinal))
            || self.word(&WORDS.of)
            || ['.', '-', '/', '\'', '’'].iter().any(|c| self.mark(*c))
        {}
        let month = self.month()?;
        let year = self.optional_year();
        if year.is_some() {
            self.attempt(|r| r.word(&WORDS.after_day).then(|| r.mark('.')));
        }
        // a word of another language that looks like a short name is one only between figures
        (month.sure || year.is_some()).then_some(Parts { year, month: month.number, day: Some(day), swapped: false })
    }

    /// `June 27, 2018`, `Sept. 3rd 2019`; `June 2018` where a month may stand alone.
    pub(super) fn month_first(&mut self, loose: bool) -> Option<Parts> {
        let month = self.month().filter(|month| month.sure)?.number;
        if let Some(year) = self.attempt(|r| {
            while r.mark(',') || r.word(&WORDS.of) {}
            r.year()
        }) {
            return loose.then_some(Parts { year: Some(year), month, day: None, swapped: false });
        }
        self.mark('-');
        let day = self.number(1..=2).filter(|d| (1..=31).contains(d))? as i8;
        if self.glued() {
            self.word(&WORDS.ordinal);
        }
        let year = self.optional_year();
        Some(Parts { year, month, day: Some(day), swapped: false })
    }

    /// A day with its clock time, in either order.
    pub(super) fn day_and_clock(&mut self, loose: bool) -> Option<(Parts, Option<Clock>)> {
        self.attempt(|r| r.clock_then_day(loose)).or_else(|| self.attempt(|r| r.day_then_clock(loose)))
    }

    fn clock_then_day(&mut self, loose: bool) -> Option<(Parts, Option<Clock>)> {
        self.joint_word();
        let clock = self.clock(Behind::Nothing)?;
        self.skip_joints();
        self.skip_to_day();
        Some((self.day(loose)?, Some(clock)))
    }

    fn day_then_clock(&mut self, loose: bool) -> Option<(Parts, Option<Clock>)> {
        let parts = self.day(loose)?;
        let clock = self.attempt(|r| {
            let mut word = r.skip_joints();
            if r.weekday().is_some() {
                word = r.skip_joints();
            }
            r.clock(if word { Behind::Word } else { Behind::Day })
        });
        Some((parts, clock))
    }
}
