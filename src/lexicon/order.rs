//! Which way round day, month and year stand in figures.

use std::fmt;
use std::str::FromStr;

/// Which way round day, month and year stand in figures such as `05/06/2018`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year: `dmy`.
    DayFirst,
    /// Month, day, year: `mdy`.
    MonthFirst,
    /// Year, month, day, also where the year has two figures: `ymd`.
    YearFirst,
}

impl DateOrder {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "dmy",
            Self::MonthFirst => "mdy",
            Self::YearFirst => "ymd",
        }
    }

    /// The order that a date tells by figures that only one of its parts can have: `13/06/2018`, `06-13-18`.
    /// None where the date tells none, and where its marks or a year of four figures in front leave no choice.
    pub(crate) fn told_by(date: &str) -> Option<Self> {
        let begins = |at: usize| !date[..at].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'));
        let starts = date.char_indices().filter(|&(at, c)| c.is_ascii_digit() && begins(at));
        starts.into_iter().find_map(|(at, _)| Self::of_figures(&date[at..]))
    }

    fn of_figures(text: &str) -> Option<Self> {
        let mark = text.find(['/', '-'])?;
        let mut parts = text.splitn(3, char::from(text.as_bytes()[mark]));
        let mut short = || parts.next().filter(|part| (1..=2).contains(&part.len()))?.parse::<u8>().ok();
        let (one, two) = (short()?, short()?);
        let last = parts.next()?;
        let figures = last.len() - last.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match (one, two, figures) {
            (13..=31, 1..=12, 2 | 4) => Some(Self::DayFirst),
            (1..=12, 13..=31, 2 | 4) => Some(Self::MonthFirst),
            _ => None,
        }
    }
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for DateOrder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|order| order.name() == text.trim().to_lowercase());
        known.ok_or_else(|| format!("no order \"{text}\"; write dmy, mdy or ymd"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_tells_its_order_where_only_one_is_possible() {
        for (date, told) in [
            ("13/06/2018", Some(DateOrder::DayFirst)),
            ("Wed 13-6-18 09:30", Some(DateOrder::DayFirst)),
            ("09:30 31/12/2018", Some(DateOrder::DayFirst)),
            ("06/13/2018", Some(DateOrder::MonthFirst)),
            ("6/13/18", Some(DateOrder::MonthFirst)),
            ("98/06/13", None),
            ("05/06/2018", None),
            ("13.06.2018", None),
            ("2018-06-13", None),
            ("2018-06-13T09:30:00-05:00", None),
            ("13/13/2018", None),
            ("13/06", None),
            ("13 June 2018", None),
            ("", None),
        ] {
            assert_eq!(DateOrder::told_by(date), told, "{date}");
        }
    }

    #[test]
    fn orders_are_read_as_they_are_displayed() {
        for order in DateOrder::ALL {
            assert_eq!(order.to_string().parse(), Ok(order));
        }
        assert_eq!("dym".parse::<DateOrder>(), Err("no order \"dym\"; write dmy, mdy or ymd".to_owned()));
    }
}
