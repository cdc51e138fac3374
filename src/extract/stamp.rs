//! Dates and times as newspapers print them: a small parser over the tokens of a short line.

use jiff::civil::Date;

use crate::article::{NewsDate, Precision};
use crate::lexicon::Locale;

mod cjk;
mod clock;
mod reader;
mod tokens;
mod words;

use clock::Clock;
use reader::Reader;
pub(super) use tokens::has_digit;
use tokens::{Kind, Token, tokens};
use words::WORDS;

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

/// Reads the date that `text` begins with; gives it and the bytes it takes. Without `loose`, a month needs its day.
/// Names are those of the text's `locale` first.
pub(super) fn read(text: &str, loose: bool, locale: Locale) -> Option<(Stamp, usize)> {
    let first = text.chars().next()?;
    if !(first.is_alphanumeric() || first == '(') {
        return None;
    }
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, locale };
    reader.mark('(');
    // in several languages a short weekday is a short month as well
    let behind_weekday = reader.attempt(|r| {
        r.weekday()?;
        r.day_and_clock(loose)
    });
    let (parts, clock) = behind_weekday.or_else(|| reader.day_and_clock(loose))?;
    reader.closing_weekday();
    reader.mark(')');
    let end = tokens.get(reader.at.checked_sub(1)?)?.end;
    Some((parts.stamp(clock, locale.day_first), end))
}

/// Reads a clock time alone, with its zone: `7:30 p.m. ET`; gives the bytes it takes.
pub(super) fn read_clock(text: &str, locale: Locale) -> Option<usize> {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, locale };
    reader.clock()?;
    tokens.get(reader.at.checked_sub(1)?).map(|token| token.end)
}

/// Reads `5 hours ago` and the like.
pub(super) fn read_ago(text: &str) -> Option<usize> {
    let tokens = tokens(text);
    let [number, unit, ago, ..] = &tokens[..] else { return None };
    let counted = matches!(number.kind, Kind::Number(_)) || matches!(lower(number.text).as_str(), "a" | "an" | "one");
    let unit = lower(unit.text);
    let known = WORDS.unit.contains(&unit.trim_end_matches('s'));
    (counted && known && WORDS.ago.contains(&lower(ago.text).as_str())).then_some(ago.end)
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
    fn stamp(self, clock: Option<Clock>, day_first: bool) -> Stamp {
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
            (Some(one), Some(other)) if self.swapped && !day_first && one != other => Stamp::Ambiguous(one, other),
            (Some(one), _) => Stamp::Date(one),
            (None, Some(other)) if self.swapped => Stamp::Date(other),
            _ => Stamp::NoYear,
        }
    }
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}
