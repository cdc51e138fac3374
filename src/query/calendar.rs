//! Dates as people say them -> ranges of dates: `2018-06`, `yesterday`, `last week`, `27 June 2018`.
//!
//! ```text
//! range  = span | span ".." [ span ] | ".." span
//! span   = iso | "today" | "yesterday"
//!        | ( "this" | "last" ) ( "day" | "week" | "month" | "year" )
//!        | ( "last" | "past" ) [ n ] ( "days" | "weeks" | "months" | "years" )
//!        | n ( "days" | "weeks" | "months" | "years" ) "ago"
//!        | [ "last" ] weekday | [ "last" ] month
//!        | [ n ] month [ n ] [ "," ] [ year ]
//! iso    = 2018 | 2018-06 | 2018-06-27 | 2018-06-27T22:36 | …
//! ```
//!
//! Case does not matter, and a hyphen or `_` may stand for a blank (`after:last-week`). Weeks run from Monday to Sunday
//! (ISO 8601). `last week` is the whole week before this one; `past week` and `last 7 days` are the seven days that end
//! today. A weekday, a month or a day of a month without a year is the latest that has begun; with `last`, the latest
//! before the present one. Names may be cut to three letters or more (`jun`, `sept`, `thurs`).

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::date::DateRange;
use crate::article::{NewsDate, Precision};
use crate::error::{Error, Result};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The longest text that is looked at, in bytes; what is longer is no date.
pub(super) const LONGEST: usize = 64;

/// Reads the date of a `--after` or `--before` flag: from the first second of it to the last.
///
/// # Errors
/// Where it is no date.
pub fn read_day(flag: &str, text: &str, today: Date) -> Result<DateRange> {
    span(text, today).ok_or_else(|| {
        Error::request(
            format!("{flag} {text:?} is no date"),
            "write 2018, 2018-06, 2018-06-27, yesterday, \"last week\" or \"june 2018\"",
        )
    })
}

/// What `date:`, `after:` or `before:` keeps, and whether its ends stood the wrong way round.
pub(super) fn clause(name: &str, value: &str, today: Date) -> Option<(DateRange, bool)> {
    if value.len() > LONGEST {
        return None;
    }
    let range = match name {
        "after" => DateRange { before: None, ..span(value, today)? },
        "before" => DateRange { after: None, ..span(value, today)? },
        _ => range(value, today)?,
    };
    if !is_empty(range) {
        return Some((range, false));
    }
    let (from, to) = value.split_once("..")?;
    range_between(to, from, today).map(|range| (range, true))
}

/// Whether no time lies in the range.
pub(super) fn is_empty(range: DateRange) -> bool {
    let (first, last) = range.bounds();
    first > last
}

fn range(text: &str, today: Date) -> Option<DateRange> {
    match text.split_once("..") {
        None => span(text, today),
        Some((from, to)) => range_between(from, to, today),
    }
}

fn range_between(from: &str, to: &str, today: Date) -> Option<DateRange> {
    let end = |text: &str| if text.trim().is_empty() { Some(DateRange::default()) } else { span(text, today) };
    let range = DateRange { after: end(from)?.after, before: end(to)?.before };
    (!range.is_open()).then_some(range)
}

/// The first and the last date of what a text means.
fn span(text: &str, today: Date) -> Option<DateRange> {
    if text.len() > LONGEST {
        return None;
    }
    if let Ok(date) = text.parse() {
        return Some(only(date));
    }
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | ','))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty() && *word != "the")
        .collect();
    match words[..] {
        ["today"] => Some(day(today)),
        ["yesterday"] => Some(day(before(today, 1.day())?)),
        ["this", unit] => this(unit, today),
        ["last", what] => last(what, today),
        ["past", unit] => past(1, unit, today),
        ["last" | "past", n, unit] => past(count(n)?, unit, today),
        [n, unit, "ago"] => Some(day(before(today, spell(count(n)?, unit)?)?)),
        [name] if weekday(name).is_some() => Some(day(back_to(weekday(name)?, today)?)),
        _ => of_month(&words, today),
    }
}

fn only(date: NewsDate) -> DateRange {
    DateRange { after: Some(date), before: Some(date) }
}

fn day(date: Date) -> DateRange {
    only(at(date, Precision::Day))
}

fn days(first: Date, last: Date) -> DateRange {
    DateRange { after: day(first).after, before: day(last).before }
}

fn at(date: Date, precision: Precision) -> NewsDate {
    NewsDate::new(date.at(0, 0, 0, 0), precision, None)
}

/// The day so long before; none before the year 0, which no date names.
fn before(date: Date, spell: Span) -> Option<Date> {
    date.checked_sub(spell).ok().filter(|date| date.year() >= 0)
}

fn this(unit: &str, today: Date) -> Option<DateRange> {
    match unit {
        "day" => Some(day(today)),
        "week" => week(back_to(0, today)?),
        "month" => Some(only(at(today, Precision::Month))),
        "year" => Some(only(at(today, Precision::Year))),
        _ => None,
    }
}

fn last(what: &str, today: Date) -> Option<DateRange> {
    match what {
        "day" => Some(day(before(today, 1.day())?)),
        "week" => week(before(back_to(0, today)?, 1.week())?),
        "month" => Some(only(at(before(today.first_of_month(), 1.month())?, Precision::Month))),
        "year" => Some(only(at(before(today.first_of_month(), 1.year())?, Precision::Year))),
        name => match weekday(name) {
            Some(weekday) => Some(day(back_to(weekday, before(today, 1.day())?)?)),
            None => latest_month(month(name)?, before(today.first_of_month(), 1.day())?),
        },
    }
}

fn week(monday: Date) -> Option<DateRange> {
    Some(days(monday, monday.checked_add(6.days()).ok()?))
}

/// The days that end today: so many of them, or from the day after the same day of an earlier month or year.
fn past(n: i32, unit: &str, today: Date) -> Option<DateRange> {
    let first = before(today, spell(n, unit)?)?.checked_add(1.day()).ok()?;
    Some(days(first, today))
}

fn spell(n: i32, unit: &str) -> Option<Span> {
    Some(match unit {
        "day" | "days" => n.days(),
        "week" | "weeks" => n.weeks(),
        "month" | "months" => n.months(),
        "year" | "years" => n.years(),
        _ => return None,
    })
}

/// A number of days, months or years, from 1 on.
fn count(text: &str) -> Option<i32> {
    let digits = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|&n| digits && n > 0)
}

/// The latest day of the week that is not after `date`; Monday is 0.
fn back_to(weekday: i8, date: Date) -> Option<Date> {
    let since = (date.weekday().to_monday_zero_offset() - weekday).rem_euclid(7);
    before(date, since.days())
}

fn weekday(name: &str) -> Option<i8> {
    beginning(&WEEKDAYS, name)
}

fn month(name: &str) -> Option<i8> {
    beginning(&MONTHS, name).map(|place| place + 1)
}

fn beginning(names: &[&str], start: &str) -> Option<i8> {
    let place = names.iter().position(|name| start.len() >= 3 && name.starts_with(start))?;
    i8::try_from(place).ok()
}

/// The latest month of that number that has begun by `date`.
fn latest_month(month: i8, date: Date) -> Option<DateRange> {
    let year = if month <= date.month() { date.year() } else { date.year() - 1 };
    Some(only(at(Date::new(year, month, 1).ok().filter(|d| d.year() >= 0)?, Precision::Month)))
}

/// `june`, `june 2018`, `27 june`, `june 27 2018`.
fn of_month(words: &[&str], today: Date) -> Option<DateRange> {
    let (name, day_number, year) = match *words {
        [name] => (name, None, None),
        [a, b] if month(a).is_some() && b.len() == 4 => (a, None, Some(b)),
        [a, b] if month(a).is_some() => (a, Some(b), None),
        [a, b] => (b, Some(a), None),
        [a, b, year] if month(a).is_some() => (a, Some(b), Some(year)),
        [a, b, year] => (b, Some(a), Some(year)),
        _ => return None,
    };
    let month = month(name)?;
    let year: Option<i16> = match year {
        Some(text) => Some(text.parse().ok().filter(|_| count(text).is_some() && text.len() == 4)?),
        None => None,
    };
    let Some(number) = day_number else {
        return match year {
            Some(year) => Some(only(at(Date::new(year, month, 1).ok()?, Precision::Month))),
            None => latest_month(month, today),
        };
    };
    let number = i8::try_from(count(ordinal(number))?).ok()?;
    let of_year = |year: i16| Date::new(year, month, number).ok();
    let date = match year {
        Some(year) => of_year(year),
        None => of_year(today.year()).filter(|date| *date <= today).or_else(|| of_year(today.year() - 1)),
    };
    date.filter(|date| date.year() >= 0).map(day)
}

/// `27` of `27th`.
fn ordinal(number: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|end| number.strip_suffix(end)).unwrap_or(number)
}

#[cfg(test)]
mod tests;
