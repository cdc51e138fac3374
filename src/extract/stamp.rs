//! Dates and times as newspapers print them: a small parser over the tokens of a short line.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};

use crate::article::{NewsDate, Precision};

/// What a printed date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// One date.
    Date(NewsDate),
    /// Figures that are a day and a month in either order: read as day/month, and as month/day.
    Ambiguous(NewsDate, NewsDate),
    /// A day without a year, a clock time, or `5 hours ago`: no date, but the shape of one.
    NoYear,
}

/// Month names by language, one row a month: number, then names in lower case.
static MONTHS: LazyLock<HashMap<&'static str, i8>> = LazyLock::new(|| {
    let rows = include_str!("months.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.flat_map(|row| {
        let mut fields = row.split('\t');
        let number = fields.next().and_then(|n| n.parse().ok()).unwrap_or(0);
        fields.map(move |name| (name, number))
    })
    .collect()
});

const WEEKDAYS: &[&str] = &[
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "weds",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];

/// Zones that mean one offset, in minutes east of UTC; those that mean several give none.
const ZONES: &[(&str, Option<i16>)] = &[
    ("gmt", Some(0)),
    ("utc", Some(0)),
    ("z", Some(0)),
    ("wet", Some(0)),
    ("est", Some(-300)),
    ("edt", Some(-240)),
    ("cdt", Some(-300)),
    ("mst", Some(-420)),
    ("mdt", Some(-360)),
    ("pst", Some(-480)),
    ("pdt", Some(-420)),
    ("cet", Some(60)),
    ("cest", Some(120)),
    ("mez", Some(60)),
    ("mesz", Some(120)),
    ("eet", Some(120)),
    ("eest", Some(180)),
    ("msk", Some(180)),
    ("jst", Some(540)),
    ("kst", Some(540)),
    ("hkt", Some(480)),
    ("sgt", Some(480)),
    ("aest", Some(600)),
    ("aedt", Some(660)),
    ("nzst", Some(720)),
    ("nzdt", Some(780)),
    ("wat", Some(60)),
    ("sast", Some(120)),
    ("eat", Some(180)),
    ("pkt", Some(300)),
    ("et", None),
    ("ct", None),
    ("mt", None),
    ("pt", None),
    ("cst", None),
    ("ist", None),
    ("bst", None),
    ("ast", None),
    ("gst", None),
    ("local", None),
    ("hrs", None),
    ("hours", None),
    ("uhr", None),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number(u32),
    Word,
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    kind: Kind,
    text: &'t str,
    start: usize,
    end: usize,
}

/// Longest text that is looked at, in bytes, and the most tokens.
const MOST: usize = 96;

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut all = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if start > MOST {
            break;
        }
        if c.is_whitespace() {
            continue;
        }
        let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let mut end = start + c.len_utf8();
        if class(c) != (false, false) {
            while let Some((at, next)) = chars.next_if(|(_, next)| class(*next) == class(c)) {
                end = at + next.len_utf8();
            }
        }
        let token = &text[start..end];
        let kind = match class(c) {
            (true, _) => Kind::Number(token.parse().unwrap_or(u32::MAX)),
            (_, true) => Kind::Word,
            _ => Kind::Mark(c),
        };
        all.push(Token { kind, text: token, start, end });
    }
    all
}

/// Reads the date that `text` begins with; gives it and the bytes it takes. Without `loose`, a month needs its day.
pub(super) fn read(text: &str, loose: bool) -> Option<(Stamp, usize)> {
    let first = text.chars().next()?;
    if !(first.is_alphanumeric() || first == '(') {
        return None;
    }
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0 };
    reader.mark('(');
    reader.weekday();
    let (parts, clock) =
        reader.attempt(|r| r.clock_then_day(loose)).or_else(|| reader.attempt(|r| r.day_then_clock(loose)))?;
    reader.mark(')');
    let end = tokens.get(reader.at.checked_sub(1)?)?.end;
    Some((parts.stamp(clock), end))
}

/// Reads a clock time alone, with its zone: `7:30 p.m. ET`; gives the bytes it takes.
pub(super) fn read_clock(text: &str) -> Option<usize> {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0 };
    reader.clock()?;
    tokens.get(reader.at.checked_sub(1)?).map(|token| token.end)
}

/// Reads `5 hours ago` and the like.
pub(super) fn read_ago(text: &str) -> Option<usize> {
    let tokens = tokens(text);
    let [number, unit, ago, ..] = &tokens[..] else { return None };
    let counted = matches!(number.kind, Kind::Number(_)) || matches!(lower(number.text).as_str(), "a" | "an" | "one");
    let units = ["second", "minute", "min", "hour", "hr", "day", "week", "month", "year"];
    let unit = lower(unit.text);
    let known = units.contains(&unit.trim_end_matches('s'));
    (counted && known && ago.text.eq_ignore_ascii_case("ago")).then_some(ago.end)
}

/// Day, month and year as figures; what is not there is none.
#[derive(Clone, Copy)]
struct Parts {
    year: Option<i16>,
    month: i8,
    day: Option<i8>,
    /// The figures may stand the other way round.
    swapped: bool,
}

#[derive(Clone, Copy)]
struct Clock {
    time: Time,
    precision: Precision,
    offset: Option<i16>,
}

impl Parts {
    fn stamp(self, clock: Option<Clock>) -> Stamp {
        let Some(year) = self.year else { return Stamp::NoYear };
        let at = |month: i8, day: i8| -> Option<NewsDate> {
            let date = Date::new(year, month, day).ok()?;
            Some(match (self.day, clock) {
                (None, _) => NewsDate::new(date.at(0, 0, 0, 0), Precision::Month, None),
                (_, None) => NewsDate::new(date.at(0, 0, 0, 0), Precision::Day, None),
                (_, Some(c)) => NewsDate::new(date.to_datetime(c.time), c.precision, c.offset),
            })
        };
        let day = self.day.unwrap_or(1);
        match (at(self.month, day), at(day, self.month)) {
            (Some(one), Some(other)) if self.swapped && one != other => Stamp::Ambiguous(one, other),
            (Some(one), _) => Stamp::Date(one),
            (None, Some(other)) if self.swapped => Stamp::Date(other),
            _ => Stamp::NoYear,
        }
    }
}

struct Reader<'t> {
    tokens: &'t [Token<'t>],
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).copied()
    }

    /// Runs `read`; puts the place back where it fails.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    fn mark(&mut self, mark: char) -> bool {
        let is = self.peek().is_some_and(|t| t.kind == Kind::Mark(mark));
        self.at += usize::from(is);
        is
    }

    fn word(&mut self, words: &[&str]) -> bool {
        let is = self.peek().is_some_and(|t| t.kind == Kind::Word && words.contains(&lower(t.text).as_str()));
        self.at += usize::from(is);
        is
    }

    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let token = self.peek()?;
        let Kind::Number(value) = token.kind else { return None };
        digits.contains(&token.text.len()).then(|| {
            self.at += 1;
            value
        })
    }

    /// Whether the token stands right after the one before, without a space.
    fn glued(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.zip(self.peek()).is_some_and(|(a, b)| a.end == b.start)
    }

    fn weekday(&mut self) {
        self.attempt(|r| {
            r.word(WEEKDAYS).then_some(())?;
            while r.mark(',') || r.mark('.') || r.mark('|') {}
            Some(())
        });
    }

    /// What may stand between a date and its time.
    fn skip_joints(&mut self) {
        while [',', '|', '-', '–', '—', '•', '·', '/', '@', ';', ':'].iter().any(|c| self.mark(*c))
            || self.word(&["at", "um", "kl", "à", "alle", "в"])
            || (self.glued() && self.word(&["t"]))
        {}
    }

    fn day(&mut self, loose: bool) -> Option<Parts> {
        let parts = self
            .attempt(Self::year_first)
            .or_else(|| self.attempt(Self::figures))
            .or_else(|| self.attempt(Self::day_month))
            .or_else(|| self.attempt(|r| r.month_first(loose)))?;
        // A figure that goes on is no year.
        let goes_on = self.glued() && self.peek().is_some_and(|t| matches!(t.kind, Kind::Number(_)));
        (!goes_on).then_some(parts)
    }

    fn year(&mut self) -> Option<i16> {
        self.number(4..=4).filter(|y| (1500..=2100).contains(y)).map(|y| y as i16)
    }

    /// `2018-06-27`, `2018/06/27`, `2018.06.27`.
    fn year_first(&mut self) -> Option<Parts> {
        let year = self.year()?;
        let mark = ['-', '/', '.'].into_iter().find(|c| self.mark(*c))?;
        let month = self.number(1..=2)? as i8;
        self.mark(mark).then_some(())?;
        let day = self.number(1..=2)? as i8;
        Date::new(year, month, day).ok()?;
        Some(Parts { year: Some(year), month, day: Some(day), swapped: false })
    }

    /// `27.06.2018`, `27/06/2018`, `06/27/2018`, `27-06-2018`.
    fn figures(&mut self) -> Option<Parts> {
        let day = self.number(1..=2)? as i8;
        let mark = ['.', '/', '-'].into_iter().find(|c| self.mark(*c))?;
        let month = self.number(1..=2)? as i8;
        self.mark(mark).then_some(())?;
        let year = Some(self.year()?);
        Some(Parts { year, month, day: Some(day), swapped: mark != '.' })
    }

    fn month(&mut self) -> Option<i8> {
        let token = self.peek().filter(|t| t.kind == Kind::Word)?;
        let month = *MONTHS.get(lower(token.text).as_str())?;
        self.at += 1;
        self.mark('.');
        Some(month)
    }

    /// A year after day and month, where there is one: a clock time may stand there instead.
    fn optional_year(&mut self) -> Option<i16> {
        self.attempt(|r| {
            while r.mark(',') || r.mark('-') || r.mark('/') || r.word(&["de", "of"]) {}
            r.year()
        })
    }

    /// `27 June 2018`, `27th of June, 2018`, `27. Juni 2018`, `27 de junio de 2018`, `27-Jun-2018`.
    fn day_month(&mut self) -> Option<Parts> {
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
    fn month_first(&mut self, loose: bool) -> Option<Parts> {
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

    fn clock_then_day(&mut self, loose: bool) -> Option<(Parts, Option<Clock>)> {
        let clock = self.clock()?;
        self.skip_joints();
        self.weekday();
        Some((self.day(loose)?, Some(clock)))
    }

    fn day_then_clock(&mut self, loose: bool) -> Option<(Parts, Option<Clock>)> {
        let parts = self.day(loose)?;
        let clock = self.attempt(|r| {
            r.skip_joints();
            r.weekday();
            r.clock()
        });
        Some((parts, clock))
    }

    fn clock(&mut self) -> Option<Clock> {
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
        let hour = self.number(1..=2)? as i8;
        let minute = self.attempt(|r| {
            let joined = [':', '.'].iter().any(|c| r.glued() && r.mark(*c)) || r.word(&["h"]);
            if joined { r.number(2..=2).map(|m| m as i8) } else { None }
        });
        let second = minute.and_then(|_| {
            self.attempt(|r| {
                let second = if r.glued() && r.mark(':') { r.number(2..=2).map(|s| s as i8) } else { None };
                // Fractions of a second are dropped.
                r.attempt(|r| if r.glued() && r.mark('.') && r.glued() { r.number(1..=9) } else { None });
                second
            })
        });
        match (self.half(), minute) {
            (Some(_), _) if !(1..=12).contains(&hour) => Some((hour, minute?, second)),
            (Some(afternoon), _) => Some((hour % 12 + if afternoon { 12 } else { 0 }, minute.unwrap_or(0), second)),
            (None, Some(minute)) => Some((hour, minute, second)),
            (None, None) => None,
        }
    }

    fn noon_or_midnight(&mut self) -> Option<(i8, i8, Option<i8>)> {
        self.number(2..=2);
        if self.word(&["noon", "midday"]) {
            return Some((12, 0, None));
        }
        self.word(&["midnight"]).then_some((0, 0, None))
    }

    /// `1630 GMT`: four figures need their zone.
    fn four_figures(&mut self) -> Option<(i8, i8, Option<i8>)> {
        let value = self.number(4..=4)?;
        let zone = self.peek().filter(|t| t.kind == Kind::Word)?;
        let known = ZONES.iter().any(|(name, _)| zone.text.eq_ignore_ascii_case(name));
        (known && value < 2400 && value % 100 < 60).then_some(((value / 100) as i8, (value % 100) as i8, None))
    }

    /// `am`, `p.m.`: whether it is the afternoon.
    fn half(&mut self) -> Option<bool> {
        self.attempt(|r| {
            if r.word(&["am"]) {
                return Some(false);
            }
            if r.word(&["pm"]) {
                return Some(true);
            }
            let afternoon = if r.word(&["a"]) { false } else { r.word(&["p"]).then_some(true)? };
            r.mark('.');
            r.word(&["m"]).then_some(())?;
            r.mark('.');
            Some(afternoon)
        })
    }

    /// The zone after a time; consumes one that means no single offset, too.
    fn zone(&mut self) -> Option<i16> {
        self.attempt(|r| {
            r.mark('(');
            let hours = r.word(&["hrs", "hours", "uhr", "h"]);
            let Some(token) = r.peek() else { return hours.then_some(None) };
            let named = ZONES.iter().find(|(name, _)| token.text.eq_ignore_ascii_case(name));
            let signed = matches!(token.kind, Kind::Mark('+' | '-' | '−')) && r.figures_follow();
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
            .is_some_and(|t| matches!(t.kind, Kind::Number(_)) && t.start == self.tokens[self.at].end)
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

fn lower(text: &str) -> String {
    text.to_lowercase()
}
