//! A date as people say it -> the first and the last date of it.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::super::date::DateRange;
use super::context::{DateContext, LONGEST};
use super::figures::{in_figures, with_units};
use super::months::{at, count, day, latest_month, lowercase_words, month, of_month, only};
use crate::article::Precision;
use crate::lexicon;

/// The first and the last date of what a text means.
pub(super) fn span(text: &str, context: DateContext) -> Option<DateRange> {
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

fn days(first: Date, last: Date) -> DateRange {
    DateRange { after: day(first).after, before: day(last).before }
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
