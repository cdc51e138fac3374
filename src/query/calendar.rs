//! Dates as people say them -> ranges of dates: `2018-06`, `yesterday`, `last week`, `27 June 2018`.
//!
//! ```text
//! range  = span | span ".." [ span ] | ".." span
//!        | ( ">" | ">=" | "<" | "<=" ) span
//!        | ( "[" | "{" ) end "TO" end ( "]" | "}" )
//! end    = span | "*"
//! span   = iso | "today" | "yesterday"
//!        | ( "this" | "last" ) ( "day" | "week" | "month" | "year" )
//!        | ( "last" | "past" ) [ n ] ( "days" | "weeks" | "months" | "years" )
//!        | n ( "days" | "weeks" | "months" | "years" ) "ago"
//!        | [ "last" ] weekday | [ "last" ] month
//!        | [ n ] month [ n ] [ "," ] [ year ]
//!        | 27.06.2018 | 06.2018 | 2018/06/27 | 27/06/2018
//! iso    = 2018 | 2018-06 | 2018-06-27 | 2018-06-27T22:36 | …
//! ```
//!
//! Case does not matter, and a hyphen or `_` may stand for a blank (`after:last-week`). Weeks run from Monday to Sunday
//! (ISO 8601). `last week` is the whole week before this one; `past week` and `last 7 days` are the seven days that end
//! today. A weekday, a month or a day of a month without a year is the latest that has begun; with `last`, the latest
//! before the present one. Names may be cut to three letters or more (`jun`, `sept`, `thurs`). Names of
//! months and weekdays may also be those of the archive's language, as it prints them (`juni 2018`, `27 de junio de 2018`,
//! `junio de 2018`), and `2018年6月27日` is read everywhere. Of figures parted by slashes or hyphens the first is the day where
//! the archive's language writes it so, or where the other cannot be one; else it is no date.
//!
//! `>2018` begins behind the whole of 2018, `<2018` ends before it, and so does a curly bracket: `{2016 TO 2019}` is 2017 and
//! 2018. Behind a range of `around:` a half-life may stand: `2022-07~10`.

mod bounds;
mod figures;
mod typed;

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

pub(super) use bounds::bracketed_value;
use figures::{in_figures, with_units};
pub(super) use typed::typed_dates;

use super::around::{Around, split_suffixes};
use super::date::DateRange;
use crate::analysis::Language;
use crate::article::{NewsDate, Precision};
use crate::error::{Error, Result};
use crate::lexicon::{self, Locale};

/// What dates in a query are read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateContext {
    /// The day that "yesterday" counts from.
    pub today: Date,
    /// The archive's language: its names of months and weekdays count beside the English ones.
    pub language: Language,
}

impl DateContext {
    /// Today, by the machine's clock and zone, in an archive of that language.
    pub fn now(language: Language) -> Self {
        Self { today: jiff::Zoned::now().date(), language }
    }

    /// Whether the archive's language writes the day before the month in figures.
    fn is_day_first(self) -> bool {
        let code = self.language.code();
        Locale::stated(code, Locale::of_archive(code)).day_first
    }

    fn locale(self) -> Locale {
        Locale { stated: true, ..Locale::of_archive(self.language.code()) }
    }
}

impl From<Date> for DateContext {
    /// That day, in English.
    fn from(today: Date) -> Self {
        Self { today, language: Language::default() }
    }
}

/// The longest text that is looked at, in bytes; what is longer is no date.
pub(super) const LONGEST: usize = 64;

/// The longest value of a clause, in bytes: a range, a half-life and a boost.
pub(super) const LONGEST_VALUE: usize = LONGEST + 32;

/// Reads the date of a `--after` or `--before` flag: from the first second of it to the last.
///
/// # Errors
/// Where it is no date.
pub fn read_day(flag: &str, text: &str, context: DateContext) -> Result<DateRange> {
    span(text, context).ok_or_else(|| {
        Error::request(
            format!("{flag} \"{text}\" is no date"),
            "write 2018, 2018-06, 2018-06-27, yesterday, \"last week\" or \"june 2018\"",
        )
    })
}

/// Reads the time of an `--around` flag: a date or a range, and the half-life behind it in days.
///
/// # Errors
/// Where it is no date.
pub fn read_around(text: &str, context: DateContext) -> Result<Around> {
    let read = around(text, context).filter(|(around, _)| !around.time.is_empty());
    read.map(|(around, _)| around).ok_or_else(|| {
        Error::request(
            format!("--around \"{text}\" is no date"),
            "write 2022-07, 2022-07-01..2022-07-14 or \"last week\", and ~10 behind it for a half-life of ten days",
        )
    })
}

/// What `around:` prefers, and whether its ends stood the wrong way round.
pub(super) fn around(value: &str, context: DateContext) -> Option<(Around, bool)> {
    let (dates, half_life, boost) = split_suffixes(value);
    clause("date", dates, context).map(|(time, turned)| (Around { time, half_life, boost }, turned))
}

/// What `date:`, `after:` or `before:` keeps, and whether its ends stood the wrong way round.
pub(super) fn clause(name: &str, value: &str, context: DateContext) -> Option<(DateRange, bool)> {
    if value.len() > LONGEST {
        return None;
    }
    match name {
        "after" => Some((DateRange { before: None, ..span(value, context)? }, false)),
        "before" => Some((DateRange { after: None, ..span(value, context)? }, false)),
        _ => bounds::range(value, context),
    }
}

/// The first and the last date of what a text means.
fn span(text: &str, context: DateContext) -> Option<DateRange> {
    let DateContext { today, .. } = context;
    if text.len() > LONGEST {
        return None;
    }
    if let Ok(date) = text.parse() {
        return Some(only(date));
    }
    if let Some(date) = with_units(text).or_else(|| in_figures(text, context.is_day_first())) {
        return Some(only(date));
    }
    let text = text.to_lowercase();
    let words = lowercase_words(&text);
    match words[..] {
        ["today"] => Some(day(today)),
        ["yesterday"] => Some(day(before(today, 1.day())?)),
        ["this", unit] => this(unit, today),
        ["last", what] => last(what, context),
        ["past", unit] => past(1, unit, today),
        ["last" | "past", n, unit] => past(count(n)?, unit, today),
        [n, unit, "ago"] => Some(day(before(today, spell(count(n)?, unit)?)?)),
        [name] if weekday(name, context).is_some() => Some(day(back_to(weekday(name, context)?, today)?)),
        _ => of_month(&words, context),
    }
}

/// The words of a text in small letters that say something of a date.
fn lowercase_words(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | ',' | '\'' | '’'));
    parts.map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty() && *word != "the").collect()
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

fn last(what: &str, context: DateContext) -> Option<DateRange> {
    let DateContext { today, .. } = context;
    match what {
        "day" => Some(day(before(today, 1.day())?)),
        "week" => week(before(back_to(0, today)?, 1.week())?),
        "month" => Some(only(at(before(today.first_of_month(), 1.month())?, Precision::Month))),
        "year" => Some(only(at(before(today.first_of_month(), 1.year())?, Precision::Year))),
        name => match weekday(name, context) {
            Some(weekday) => Some(day(back_to(weekday, before(today, 1.day())?)?)),
            None => latest_month(month(name, context)?, before(today.first_of_month(), 1.day())?),
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

/// The day of the week that a word names or, in English, begins; Monday is 0.
fn weekday(name: &str, context: DateContext) -> Option<i8> {
    let named = || lexicon::weekday(name, context.locale()).filter(|named| named.sure).map(|named| named.number);
    lexicon::weekday_beginning(name).or_else(named).map(|number| number - 1)
}

/// The month that a word names or, in English, begins; January is 1.
fn month(name: &str, context: DateContext) -> Option<i8> {
    let named = || lexicon::month(name, context.locale()).filter(|named| named.sure).map(|named| named.number);
    lexicon::month_beginning(name).or_else(named)
}

/// The latest month of that number that has begun by `date`.
fn latest_month(month: i8, date: Date) -> Option<DateRange> {
    let year = if month <= date.month() { date.year() } else { date.year() - 1 };
    Some(only(at(Date::new(year, month, 1).ok().filter(|d| d.year() >= 0)?, Precision::Month)))
}

/// Words that stand beside a month and say nothing: `de`, `year`.
static BESIDE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    ["of", "year", "day"].into_iter().flat_map(|label| lexicon::DATE_WORDS.labelled::<Vec<_>>(label)).collect()
});

/// What stands behind the figures of a day: `th`.
static ORDINALS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATE_WORDS.labelled("ordinal"));

/// `june`, `june 2018`, `27 june`, `june 27 2018`, `2018 june 27`.
fn of_month(words: &[&str], context: DateContext) -> Option<DateRange> {
    let DateContext { today, .. } = context;
    let is_month = |word: &str| month(word, context).is_some();
    // `27 de junio de 2018`
    let is_beside = |word: &str| words.len() > 2 && BESIDE.contains(&word);
    let words: Vec<&str> = words.iter().copied().filter(|word| !is_beside(word)).collect();
    let (name, day_number, year) = match words[..] {
        [name] => (name, None, None),
        [a, b] if is_month(a) && b.len() == 4 => (a, None, Some(b)),
        [a, b] if is_month(a) => (a, Some(b), None),
        [a, b] if a.len() == 4 && is_month(b) => (b, None, Some(a)),
        [a, b] => (b, Some(a), None),
        [year, b, c] if year.len() == 4 && is_month(b) => (b, Some(c), Some(year)),
        [a, b, year] if is_month(a) => (a, Some(b), Some(year)),
        [a, b, year] => (b, Some(a), Some(year)),
        _ => return None,
    };
    let month = month(name, context)?;
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

/// `27` of `27th`, `1` of `1er`.
fn ordinal(number: &str) -> &str {
    let figures = &number[..number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len())];
    let end = &number[figures.len()..];
    if !end.is_empty() && ORDINALS.contains(&end) { figures } else { number }
}

#[cfg(test)]
mod tests;
