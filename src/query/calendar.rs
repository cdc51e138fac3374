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
mod context;
mod figures;
mod months;
mod spans;
mod typed;

pub(super) use bounds::bracketed_value;
pub use context::DateContext;
pub(super) use context::LONGEST_VALUE;
pub(crate) use months::is_month;
pub(super) use typed::typed_dates;

use super::around::{Around, split_suffixes};
use super::date::DateRange;
use crate::error::{Error, Result};
use context::LONGEST;
use spans::span;

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

#[cfg(test)]
mod tests;
