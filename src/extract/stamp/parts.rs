//! The parts of a date, and what they say together.

use jiff::civil::Date;

use super::clock::Clock;
use crate::article::{NewsDate, Precision};
use crate::lexicon::DateOrder;

/// The last year that dates are read of.
pub(super) const LAST_YEAR: i16 = 2100;

/// What a printed date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Stamp {
    /// One date.
    Date(NewsDate),
    /// Figures that are a day and a month in either order: read as day/month, and as month/day.
    Ambiguous(NewsDate, NewsDate),
    /// A day without a year, a clock time, or `5 hours ago`: no date, but the shape of one.
    NoYear,
}

impl Stamp {
    /// The date that figures are in an order; what can be read both ways stays so where the year stands first in it, since it
    /// stands last in them.
    pub(in crate::extract) fn in_order(self, order: Option<DateOrder>) -> Self {
        match (self, order) {
            (Self::Ambiguous(one, _), Some(DateOrder::DayFirst)) => Self::Date(one),
            (Self::Ambiguous(_, other), Some(DateOrder::MonthFirst)) => Self::Date(other),
            _ => self,
        }
    }
}

/// Day, month and year as figures; what is not there is none.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: Option<i8>,
    /// The figures may stand the other way round.
    pub(super) swapped: bool,
}

impl Parts {
    pub(super) fn stamp(self, clock: Option<Clock>, order: Option<DateOrder>) -> Stamp {
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
            (Some(one), Some(other)) if self.swapped && one != other => Stamp::Ambiguous(one, other).in_order(order),
            (Some(one), _) => Stamp::Date(one),
            (None, Some(other)) if self.swapped => Stamp::Date(other),
            _ => Stamp::NoYear,
        }
    }
}
