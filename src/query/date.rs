//! Ranges of publication dates, on the article's own calendar.

use std::fmt::Write;

use crate::article::NewsDate;

/// From the start of one date to the end of another, both included; none is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// The first date that is kept.
    pub after: Option<NewsDate>,
    /// The last date that is kept.
    pub before: Option<NewsDate>,
}

impl DateRange {
    /// Whether every date is kept.
    pub fn is_open(&self) -> bool {
        self.after.is_none() && self.before.is_none()
    }

    /// First and last second kept (both included), since 1970-01-01T00:00 on the article's own clock.
    pub fn bounds(&self) -> (i64, i64) {
        (self.after.map_or(i64::MIN, |d| d.bounds().0), self.before.map_or(i64::MAX, |d| d.bounds().1))
    }

    /// The range that both keep.
    pub fn narrow(self, other: Self) -> Self {
        let later = |a: NewsDate, b: NewsDate| if b.bounds().0 > a.bounds().0 { b } else { a };
        let earlier = |a: NewsDate, b: NewsDate| if b.bounds().1 < a.bounds().1 { b } else { a };
        let both =
            |a: Option<NewsDate>, b: Option<NewsDate>, pick: &dyn Fn(NewsDate, NewsDate) -> NewsDate| match (a, b) {
                (Some(a), Some(b)) => Some(pick(a, b)),
                (a, b) => a.or(b),
            };
        Self { after: both(self.after, other.after, &later), before: both(self.before, other.before, &earlier) }
    }

    /// The range as the query language writes it.
    pub(super) fn to_clause(self) -> Option<String> {
        let mut text = String::new();
        match (self.after, self.before) {
            (None, None) => return None,
            (Some(a), Some(b)) if a == b => write!(text, "date:{a}"),
            (Some(a), Some(b)) => write!(text, "date:{a}..{b}"),
            (Some(a), None) => write!(text, "after:{a}"),
            (None, Some(b)) => write!(text, "before:{b}"),
        }
        .ok()?;
        Some(text)
    }
}
