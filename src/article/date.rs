//! A publication date that knows how much of it is known.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};
use serde::{Deserialize, Serialize};

/// The finest part of a date that the source states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// A calendar day.
    Day,
    /// A day with hour and minute.
    Minute,
    /// A day with hour, minute and second.
    Second,
}

impl Precision {
    /// The name that JSON and tables give it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }
}

/// A date in the article's own offset: never finer, and never in another zone, than its source says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewsDate {
    /// Start of the stated time: 2018 is 2018-01-01T00:00.
    start: DateTime,
    precision: Precision,
    /// Minutes east of UTC; none where the source names no zone.
    offset_minutes: Option<i16>,
}

impl NewsDate {
    /// A date of the given precision; parts of `start` finer than it are dropped, and so is an offset without a time.
    pub fn new(start: DateTime, precision: Precision, offset_minutes: Option<i16>) -> Self {
        let d = start.date();
        let start = match precision {
            Precision::Year => Date::constant(d.year(), 1, 1).at(0, 0, 0, 0),
            Precision::Month => Date::constant(d.year(), d.month(), 1).at(0, 0, 0, 0),
            Precision::Day => d.at(0, 0, 0, 0),
            Precision::Minute => d.at(start.hour(), start.minute(), 0, 0),
            Precision::Second => d.at(start.hour(), start.minute(), start.second(), 0),
        };
        let offset_minutes = offset_minutes.filter(|_| precision >= Precision::Minute);
        Self { start, precision, offset_minutes }
    }

    /// Start of the stated time, in the article's own offset.
    pub fn start(self) -> DateTime {
        self.start
    }

    /// The finest part that is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Minutes east of UTC, where the source names a zone.
    pub fn offset_minutes(self) -> Option<i16> {
        self.offset_minutes
    }

    /// First and last second that the date may mean, as seconds since 1970-01-01T00:00 on the article's own clock
    /// (both included; no zone is applied, so that the calendar day never moves).
    pub fn bounds(self) -> (i64, i64) {
        let end = match self.precision {
            Precision::Year => self.start.saturating_add(1.year()),
            Precision::Month => self.start.saturating_add(1.month()),
            Precision::Day => self.start.saturating_add(1.day()),
            Precision::Minute => self.start.saturating_add(SignedDuration::from_secs(60)),
            Precision::Second => self.start.saturating_add(SignedDuration::from_secs(1)),
        };
        (clock_seconds(self.start), clock_seconds(end) - 1)
    }
}

/// Seconds from 1970-01-01T00:00 to `at`, both on one clock without a zone.
pub(crate) fn clock_seconds(at: DateTime) -> i64 {
    at.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_secs()
}

/// The day in which a second lies, as `2018-06-27`: the second counted as [`NewsDate::bounds`] counts.
pub(crate) fn day_of(second: i64) -> String {
    let at = DateTime::constant(1970, 1, 1, 0, 0, 0, 0).saturating_add(SignedDuration::from_secs(second));
    at.date().to_string()
}

impl fmt::Display for NewsDate {
    /// ISO 8601, as fine as is known: `2018`, `2018-06`, `2018-06-27`, `2018-06-27T22:36+04:00`; UTC is `+00:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.start;
        write!(f, "{:04}", s.year())?;
        if self.precision >= Precision::Month {
            write!(f, "-{:02}", s.month())?;
        }
        if self.precision >= Precision::Day {
            write!(f, "-{:02}", s.day())?;
        }
        if self.precision >= Precision::Minute {
            write!(f, "T{:02}:{:02}", s.hour(), s.minute())?;
        }
        if self.precision >= Precision::Second {
            write!(f, ":{:02}", s.second())?;
        }
        match self.offset_minutes {
            Some(m) => write!(f, "{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60),
            None => Ok(()),
        }
    }
}

impl FromStr for NewsDate {
    type Err = String;

    /// Reads ISO 8601 at any of the five precisions; a space may stand for `T`, `Z` for `+00:00`, and fractions of a
    /// second are dropped.
    fn from_str(text: &str) -> Result<Self, String> {
        parse_iso(text.trim())
            .ok_or_else(|| format!("not an ISO date: \"{text}\"; write 2018-06-27 or 2018-06-27T22:36+04:00"))
    }
}

fn parse_iso(text: &str) -> Option<NewsDate> {
    let (date, clock) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(text[at + 1..].trim())),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year: i16 = digits(parts.next()?, 4)?;
    let month: Option<i8> = parts.next().map(|p| digits(p, 2)).map_or(Some(None), |m| m.map(Some))?;
    let day: Option<i8> = parts.next().map(|p| digits(p, 2)).map_or(Some(None), |d| d.map(Some))?;
    if parts.next().is_some() {
        return None;
    }
    let civil = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let precision = match (month, day) {
        (None, _) => Precision::Year,
        (_, None) => Precision::Month,
        _ => Precision::Day,
    };
    let Some(clock) = clock else { return Some(NewsDate::new(civil.at(0, 0, 0, 0), precision, None)) };
    day?;
    let (clock, offset) = split_offset(clock)?;
    let mut fields = clock.split(':');
    let hour: i8 = digits(fields.next()?, 2)?;
    let minute: i8 = digits(fields.next()?, 2)?;
    let second: Option<i8> = match fields.next() {
        Some(s) => Some(digits(s.split(['.', ',']).next()?, 2)?),
        None => None,
    };
    let time = jiff::civil::Time::new(hour, minute, second.unwrap_or(0).min(59), 0).ok()?;
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    Some(NewsDate::new(civil.to_datetime(time), precision, offset))
}

fn split_offset(clock: &str) -> Option<(&str, Option<i16>)> {
    if let Some(bare) = clock.strip_suffix(['Z', 'z']) {
        return Some((bare.trim_end(), Some(0)));
    }
    let Some(at) = clock.find(['+', '-']) else { return Some((clock, None)) };
    let sign = if clock.as_bytes()[at] == b'-' { -1 } else { 1 };
    let figures: String = clock[at + 1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes): (i16, i16) = match figures.len() {
        2 => (digits(&figures, 2)?, 0),
        4 => {
            let (hours, minutes) = figures.split_at_checked(2)?;
            (digits(hours, 2)?, digits(minutes, 2)?)
        }
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then_some((clock[..at].trim_end(), Some(sign * (hours * 60 + minutes))))
}

fn digits<T: FromStr>(text: &str, count: usize) -> Option<T> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl Serialize for NewsDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for NewsDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_reads_and_prints_at_its_own_precision() {
        for (given, printed) in [
            ("2018", "2018"),
            ("2018-06", "2018-06"),
            ("2018-06-27", "2018-06-27"),
            ("2018-06-27T22:36", "2018-06-27T22:36"),
            ("2018-06-27 22:36:05.123Z", "2018-06-27T22:36:05+00:00"),
            ("2018-06-27T22:36+04:00", "2018-06-27T22:36+04:00"),
            ("2018-06-27T22:36:59-0330", "2018-06-27T22:36:59-03:30"),
        ] {
            assert_eq!(given.parse::<NewsDate>().map(|d| d.to_string()), Ok(printed.to_string()));
        }
        for bad in [
            "",
            "18",
            "2018-13",
            "2018-02-30",
            "2018-6-7",
            "2018-06T10:00",
            "2018-06-27T25:00",
            "next week",
            "2018-06-27T02:00+京3",
        ] {
            assert!(bad.parse::<NewsDate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn bounds_cover_the_whole_stated_time() {
        let span = |text: &str| {
            let (first, last) = text.parse::<NewsDate>().expect("a date").bounds();
            last - first + 1
        };
        assert_eq!(span("2018"), 365 * 86_400);
        assert_eq!(span("2020-02"), 29 * 86_400);
        assert_eq!(span("2018-06-27"), 86_400);
        assert_eq!(span("2018-06-27T22:36+04:00"), 60);
        assert_eq!(span("2018-06-27T22:36:05"), 1);
    }
}
