//! Dates and times as newspapers print them: a small parser over the tokens of a short line.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::article::{NewsDate, Precision};

mod clock;
mod reader;

use clock::Clock;
use reader::Reader;

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

fn lower(text: &str) -> String {
    text.to_lowercase()
}
