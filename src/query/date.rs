//! Ranges of publication dates, on the article's own calendar, and what they make of an article's date.

use std::fmt::Write;

use jiff::ToSpan;

use crate::article::{NewsDate, Precision};

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

    /// Whether no time lies in the range.
    pub fn is_empty(&self) -> bool {
        let (first, last) = self.bounds();
        first > last
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
            // ends that exclude each other would be turned round in one range
            (Some(a), Some(b)) if self.is_empty() => write!(text, "after:{a} before:{b}"),
            (Some(a), Some(b)) if a == b => write!(text, "date:{a}"),
            (Some(a), Some(b)) => write!(text, "date:{a}..{b}"),
            (Some(a), None) => write!(text, "after:{a}"),
            (None, Some(b)) => write!(text, "before:{b}"),
        }
        .ok()?;
        Some(text)
    }

    /// The range as a sentence names it: `in 2018`, `on 2018-06-27`, `between 2018-06 and 2019`, `after 2017`.
    pub fn named(&self) -> String {
        match (self.after, self.before) {
            (None, None) => "at any time".to_owned(),
            (Some(a), Some(b)) if a == b && a.precision() < Precision::Day => format!("in {a}"),
            (Some(a), Some(b)) if a == b => format!("on {a}"),
            (Some(a), Some(b)) => format!("between {a} and {b}"),
            (Some(a), None) => format!("in {a} or later"),
            (None, Some(b)) => format!("in {b} or earlier"),
        }
    }
}

/// The date of the same precision that comes next; none beyond the calendar.
pub(super) fn next(date: NewsDate) -> Option<NewsDate> {
    shifted(date, 1)
}

/// The date of the same precision before; none before the year 0.
pub(super) fn previous(date: NewsDate) -> Option<NewsDate> {
    shifted(date, -1).filter(|date| date.start().year() >= 0)
}

fn shifted(date: NewsDate, by: i64) -> Option<NewsDate> {
    let step = match date.precision() {
        Precision::Year => by.years(),
        Precision::Month => by.months(),
        Precision::Day => by.days(),
        Precision::Minute => by.minutes(),
        Precision::Second => by.seconds(),
    };
    Some(NewsDate::new(date.start().checked_add(step).ok()?, date.precision(), date.offset_minutes()))
}

/// Which publication dates are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateFilter {
    /// The range that an article's date lies in, whatever of it is unknown.
    pub within: DateRange,
    /// Ranges whose articles are left out: those whose date surely lies in one. An article without a date stays.
    pub without: Vec<DateRange>,
}

/// What dates make of an article that matches the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is kept.
    Kept,
    /// Its date is unknown, or lies only partly in the range.
    LeftOut,
    /// Its date lies outside of the range, or in one that is excluded.
    Gone,
}

impl DateFilter {
    /// Whether every article is kept, whatever its date.
    pub fn is_open(&self) -> bool {
        self.within.is_open() && self.without.is_empty()
    }

    /// What becomes of an article whose date means some second from the first to the last of these; none without a date.
    pub fn fate(&self, date: Option<(i64, i64)>) -> Fate {
        let lies_in = |range: &DateRange, (first, last): (i64, i64)| {
            let (from, to) = range.bounds();
            from <= first && last <= to
        };
        let (from, to) = self.within.bounds();
        match date {
            Some(date) if self.without.iter().any(|range| lies_in(range, date)) => Fate::Gone,
            _ if self.within.is_open() => Fate::Kept,
            Some(date) if lies_in(&self.within, date) => Fate::Kept,
            Some((first, last)) if last < from || to < first => Fate::Gone,
            _ => Fate::LeftOut,
        }
    }

    /// The dates as the query language writes them, each clause by itself.
    pub(super) fn clauses(&self) -> impl Iterator<Item = String> + '_ {
        let without = self.without.iter().filter_map(|range| Some(format!("-{}", range.to_clause()?)));
        self.within.to_clause().into_iter().chain(without)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NewsDate {
        text.parse().expect("a date")
    }

    #[test]
    fn dates_have_neighbours_as_fine_as_they_are() {
        for (of, before, behind) in [
            ("2018", "2017", "2019"),
            ("2018-01", "2017-12", "2018-02"),
            ("2018-06-30", "2018-06-29", "2018-07-01"),
            ("2018-06-30T23:59+02:00", "2018-06-30T23:58+02:00", "2018-07-01T00:00+02:00"),
        ] {
            assert_eq!((previous(date(of)), next(date(of))), (Some(date(before)), Some(date(behind))), "{of}");
        }
        assert_eq!((previous(date("0000")), next(date("9999"))), (None, None));
    }

    #[test]
    fn a_date_is_kept_where_it_surely_is_and_excluded_where_it_surely_is() {
        let of = |date: NewsDate| DateRange { after: Some(date), before: Some(date) };
        let filter = DateFilter { within: of(date("2018")), without: vec![of(date("2018-06"))] };
        let excluding = DateFilter { without: filter.without.clone(), ..DateFilter::default() };
        for (at, both, excluded) in [
            (Some("2018"), Fate::Kept, Fate::Kept),
            (Some("2018-06"), Fate::Gone, Fate::Gone),
            (Some("2018-06-27T10:00"), Fate::Gone, Fate::Gone),
            (Some("2018-07-01"), Fate::Kept, Fate::Kept),
            (Some("2017"), Fate::Gone, Fate::Kept),
            (None, Fate::LeftOut, Fate::Kept),
        ] {
            let bounds = at.map(|at| date(at).bounds());
            assert_eq!((filter.fate(bounds), excluding.fate(bounds)), (both, excluded), "{at:?}");
        }
        assert!(DateFilter::default().is_open() && !excluding.is_open());
    }
}
