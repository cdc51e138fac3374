//! Months and their days by name: `june`, `june 2018`, `27 june 2018`.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::super::date::DateRange;
use super::context::DateContext;
use crate::analysis::Language;
use crate::article::{NewsDate, Precision};
use crate::lexicon;

/// `june`, `june 2018`, `27 june`, `june 27 2018`, `2018 june 27`.
pub(super) fn of_month(words: &[&str], context: DateContext) -> Option<DateRange> {
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

/// The latest month of that number that has begun by `date`.
pub(super) fn latest_month(month: i8, date: Date) -> Option<DateRange> {
    let year = if month <= date.month() { date.year() } else { date.year() - 1 };
    Some(only(at(Date::new(year, month, 1).ok().filter(|d| d.year() >= 0)?, Precision::Month)))
}

/// Words that stand beside a month and say nothing: `de`, `year`.
static BESIDE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    ["of", "year", "day"].into_iter().flat_map(|label| lexicon::DATE_WORDS.labelled::<Vec<_>>(label)).collect()
});

/// What stands behind the figures of a day: `th`.
static ORDINALS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATE_WORDS.labelled("ordinal"));

/// `27` of `27th`, `1` of `1er`.
fn ordinal(number: &str) -> &str {
    let figures = &number[..number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len())];
    let end = &number[figures.len()..];
    if !end.is_empty() && ORDINALS.contains(&end) { figures } else { number }
}

/// The words of a text in small letters that say something of a date.
pub(super) fn lowercase_words(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | ',' | '\'' | '’'));
    parts.map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty() && *word != "the").collect()
}

/// A number of days, months or years, from 1 on.
pub(super) fn count(text: &str) -> Option<i32> {
    let digits = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|&n| digits && n > 0)
}

/// The month that a word names or, in English, begins; January is 1.
pub(super) fn month(name: &str, context: DateContext) -> Option<i8> {
    let named = || lexicon::month(name, context.locale()).filter(|named| named.sure).map(|named| named.number);
    lexicon::month_beginning(name).or_else(named)
}

/// Whether a word is the name of a month in a language or in English.
pub(crate) fn is_month(language: Language, word: &str) -> bool {
    month(word, DateContext { today: Date::ZERO, language }).is_some()
}

pub(super) fn only(date: NewsDate) -> DateRange {
    DateRange { after: Some(date), before: Some(date) }
}

pub(super) fn day(date: Date) -> DateRange {
    only(at(date, Precision::Day))
}

pub(super) fn at(date: Date, precision: Precision) -> NewsDate {
    NewsDate::new(date.at(0, 0, 0, 0), precision, None)
}
