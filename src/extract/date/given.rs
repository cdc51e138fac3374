//! The date that a field states: as people print it, or as machines write it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::line::{Sense, dates_only};
use crate::article::{NewsDate, Precision};
use crate::extract::stamp::{self, Stamp};
use crate::lexicon::Locale;

/// Years that the dates of fields are of.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2100;
/// Years that a number of seconds is read as: others are ids.
const CLOCK_YEARS: std::ops::RangeInclusive<i16> = 1973..=2100;

/// The date that a field gives, in any form known here, read whole. A zone that nobody knows costs the zone only, and an hour
/// that no day has costs the clock only.
pub(in crate::extract) fn read_given(text: &str, locale: Locale) -> Option<Stamp> {
    let text = text.trim().trim_matches('"');
    of_machines(text)
        .map(Stamp::Date)
        .or_else(|| printed(text, locale))
        .or_else(|| printed(&rearranged(text)?, locale))
        .or_else(|| iso(day_of_iso(text)?).map(Stamp::Date))
}

/// A date as people print it, with a full year or, where there is none such, two figures of it.
fn printed(text: &str, locale: Locale) -> Option<Stamp> {
    only_date(text, locale)
        .or_else(|| only_date(&stamp::with_century(text, locale)?, locale))
        .or_else(|| before_zone(text, locale))
}

fn only_date(text: &str, locale: Locale) -> Option<Stamp> {
    let mut dates =
        dates_only(text, locale)?.into_iter().filter(|s| !matches!(s.sense, Sense::Updated | Sense::Visited));
    let first = dates.next()?;
    (dates.next().is_none() && first.stamp != Stamp::NoYear).then_some(first.stamp)
}

/// The date before the name of a zone that is none of those known: `15 Nov 2019 10:00:00 America/New_York`.
fn before_zone(text: &str, locale: Locale) -> Option<Stamp> {
    let (stamp, taken) = stamp::read(text, false, locale)?;
    let rest = text[taken..].trim();
    let is_zone = text[..taken].contains(':')
        && rest.starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '(' | '['))
        && rest.split_whitespace().count() <= 4
        && !stamp::has_digit(rest);
    (is_zone && stamp != Stamp::NoYear).then_some(stamp)
}

/// A date in one of the forms that programs write: ISO 8601, also without its marks, or a count since 1970.
fn of_machines(text: &str) -> Option<NewsDate> {
    iso(text).or_else(|| iso(&with_marks(text)?)).or_else(|| since_1970(text))
}

fn iso(text: &str) -> Option<NewsDate> {
    text.parse::<NewsDate>().ok().filter(|date| YEARS.contains(&date.start().year()))
}

/// `20180612T093000Z` and `20180612093000` with the marks of the longer form.
fn with_marks(text: &str) -> Option<String> {
    let digits = |range: std::ops::Range<usize>| text.get(range).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, day) = (digits(0..4)?, digits(4..6)?, digits(6..8)?);
    let date = format!("{year}-{month}-{day}");
    let rest = text[8..].strip_prefix(['T', 't', ' ']).unwrap_or(&text[8..]);
    if rest.is_empty() {
        return Some(date);
    }
    let figures = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let zone = rest[figures..].trim_start_matches(|c: char| matches!(c, '.' | ',') || c.is_ascii_digit());
    let zone = match (zone.as_bytes(), zone.len()) {
        ([], _) => String::new(),
        ([b'Z' | b'z'], _) => "Z".to_owned(),
        ([b'+' | b'-', ..], 5) => format!("{}:{}", zone.get(..3)?, zone.get(3..)?),
        ([b'+' | b'-', ..], 3) => format!("{zone}:00"),
        ([b'+' | b'-', ..], 6) => zone.to_owned(),
        _ => return None,
    };
    match figures {
        4 => Some(format!("{date}T{}:{}{zone}", &rest[..2], &rest[2..4])),
        6 => Some(format!("{date}T{}:{}:{}{zone}", &rest[..2], &rest[2..4], &rest[4..6])),
        _ => None,
    }
}

/// Seconds since 1970, or milliseconds or microseconds, with or without a fraction.
fn since_1970(text: &str) -> Option<NewsDate> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |figures: &str| figures.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        15 | 16 => number / 1_000_000,
        _ => return None,
    };
    let at = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).datetime();
    CLOCK_YEARS.contains(&at.year()).then(|| NewsDate::new(at, Precision::Second, Some(0)))
}

/// The day of a date whose hour no day has, or behind which stands what nobody reads: `2018-06-12T24:00`.
fn day_of_iso(text: &str) -> Option<&str> {
    let (day, rest) = text.split_at_checked(10)?;
    (rest.starts_with(['T', 't', ' ']) && rest[1..].starts_with(|c: char| c.is_ascii_digit())).then_some(day)
}

/// The forms of `ctime` and of JavaScript in the order in which dates are printed: `Tue Jun 12 09:30:00 2018`,
/// `Tue Jun 12 2018 09:30:00 GMT+0200 (Central European Summer Time)`.
fn rearranged(text: &str) -> Option<String> {
    let text = text.split(" (").next()?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    match words[..] {
        [_, month, day, clock, year] if is_year(year) => Some(format!("{day} {month} {year} {clock}")),
        [_, month, day, clock, zone, year] if is_year(year) => Some(format!("{day} {month} {year} {clock} {zone}")),
        [_, month, day, year, clock, zone] if is_year(year) => Some(format!("{day} {month} {year} {clock} {zone}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read_given(text, Locale::default()) {
            Some(Stamp::Date(date)) => date.to_string(),
            Some(Stamp::Ambiguous(one, other)) => format!("{one} or {other}"),
            Some(Stamp::NoYear) => "no year".to_owned(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn dates_of_fields_are_read_in_the_forms_that_programs_write() {
        for (text, expected) in [
            ("2018-06-12", "2018-06-12"),
            (" \"2018-06-12T09:30:00Z\" ", "2018-06-12T09:30:00+00:00"),
            ("2018-06-12 09:30:00.123 +0200", "2018-06-12T09:30:00+02:00"),
            ("2018-06-12T24:00:00", "2018-06-12"),
            ("2018-06-12T09:30:00 Moon/Tycho", "2018-06-12T09:30:00"),
            ("20180612", "2018-06-12"),
            ("20180612T093000Z", "2018-06-12T09:30:00+00:00"),
            ("20180612T0930+0200", "2018-06-12T09:30+02:00"),
            ("20180612T093000.5-05", "2018-06-12T09:30:00-05:00"),
            ("20180612093000", "2018-06-12T09:30:00"),
            ("201806120930", "2018-06-12T09:30"),
            ("20181399", "none"),
            ("1528795800", "2018-06-12T09:30:00+00:00"),
            ("1528795800.25", "2018-06-12T09:30:00+00:00"),
            ("1528795800000", "2018-06-12T09:30:00+00:00"),
            ("1528795800000000", "2018-06-12T09:30:00+00:00"),
            ("915148800", "1999-01-01T00:00:00+00:00"),
            ("5551234567", "none"),
            ("1234567", "none"),
            ("Tue Jun 12 09:30:00 2018", "2018-06-12T09:30:00"),
            ("Tue Jun  2 09:30:00 +0000 2018", "2018-06-02T09:30:00+00:00"),
            ("Tue Jun 12 2018 09:30:00 GMT+0200 (Central European Summer Time)", "2018-06-12T09:30:00+02:00"),
            ("Fri, 15 Nov 2019 10:00:00 America/New_York", "2019-11-15T10:00:00"),
            ("Sat, 07 Sep 2002 00:00:01 GMT", "2002-09-07T00:00:01+00:00"),
            ("Sat, 07 Sep 02 00:00:01 GMT", "2002-09-07T00:00:01+00:00"),
            ("12 Jun 95 09:30 EST", "1995-06-12T09:30-05:00"),
            ("12-Jun-98", "1998-06-12"),
            ("12 June ’98", "1998-06-12"),
            ("Jun 12, '98", "1998-06-12"),
            ("12/30/17", "2017-12-30"),
            ("30.12.17 14:05", "2017-12-30T14:05"),
            ("05/06/18", "2018-06-05 or 2018-05-06"),
            ("12 Jun 10:30", "none"),
            ("12 June 18:30", "none"),
            ("10.30.45", "none"),
            ("12 June 2018", "2018-06-12"),
            ("27 June 2018 in pictures", "none"),
            ("soon", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
