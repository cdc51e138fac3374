//! A time whose articles are preferred, and how soon the preference fades.

use std::fmt;
use std::ops::RangeInclusive;

use super::date::DateRange;
use super::normal::BOOSTS;

/// A time that articles are preferred around: their score is raised by a share that halves with every half-life away from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// The time; an article of any day in it has the whole share.
    pub time: DateRange,
    /// Days after which the share is half, from 0.01 to 1,000,000; [`HALF_LIFE`](Self::HALF_LIFE) where none is said.
    pub half_life: Option<f32>,
    /// How many times as much it counts as usual, from 0.001 to 1000.
    pub boost: f32,
}

impl Around {
    /// Days after which the share is half where nothing else is said.
    pub const HALF_LIFE: f32 = 30.0;

    /// Days after which the share is half.
    pub fn days(&self) -> f32 {
        self.half_life.unwrap_or(Self::HALF_LIFE)
    }

    /// The time as `around:` takes it, without the half-life and the boost: `2022-07`, `2022-07..2022-09`.
    pub fn time_named(&self) -> String {
        Self::from(self.time).to_string()
    }
}

impl From<DateRange> for Around {
    /// Around that time, with the usual half-life, counted once.
    fn from(time: DateRange) -> Self {
        Self { time, half_life: None, boost: 1.0 }
    }
}

impl fmt::Display for Around {
    /// The value that `around:` takes: `2022-07`, `2022-07..2022-09~10^0.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.time.after, self.time.before) {
            (Some(after), Some(before)) if after == before => write!(f, "{after}")?,
            (after, before) => {
                after.map_or(Ok(()), |date| write!(f, "{date}"))?;
                f.write_str("..")?;
                before.map_or(Ok(()), |date| write!(f, "{date}"))?;
            }
        }
        self.half_life.map_or(Ok(()), |days| write!(f, "~{days}"))?;
        if self.boost == 1.0 { Ok(()) } else { write!(f, "^{}", self.boost) }
    }
}

/// The dates of a value of `around:`, the half-life and the boost behind them.
pub(super) fn split_suffixes(value: &str) -> (&str, Option<f32>, f32) {
    let (least, most) = BOOSTS;
    let (value, boost) = split_number(value, '^', least..=most).map_or((value, 1.0), |(value, boost)| (value, boost));
    match split_number(value, '~', HALF_LIVES) {
        Some((dates, days)) => (dates, Some(days), boost),
        None => (value, None, boost),
    }
}

/// The fewest and the most days of a half-life: what is printed of it stays short.
const HALF_LIVES: RangeInclusive<f32> = 0.01..=1_000_000.0;

/// A value whose half-life is within its bounds, and what is told where it was not.
pub(super) fn within_bounds(value: &str) -> (String, Option<String>) {
    let (dates, boost) = match split_number(value, '^', 0.0..=f32::INFINITY) {
        Some((dates, _)) => value.split_at(dates.len()),
        None => (value, ""),
    };
    let Some((dates, days)) = split_number(dates, '~', 0.0..=f32::INFINITY) else { return (value.to_owned(), None) };
    let (least, most) = (*HALF_LIVES.start(), *HALF_LIVES.end());
    let read = days.clamp(least, most);
    let told = || format!("a half-life is {least} days at least and {most} at most: read as ~{read}");
    (format!("{dates}~{read}{boost}"), (read != days).then(told))
}

/// What stands before a sign with a number in those bounds, and the number.
fn split_number(value: &str, sign: char, bounds: RangeInclusive<f32>) -> Option<(&str, f32)> {
    let (before, number) = value.rsplit_once(sign)?;
    let is_number = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number.parse().ok().filter(|number| is_number && bounds.contains(number)).map(|number| (before, number))
}
