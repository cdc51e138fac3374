//! What dates in a query are read by.

use jiff::civil::Date;

use crate::analysis::Language;
use crate::lexicon::{DateOrder, Locale};

/// The longest text that is looked at, in bytes; what is longer is no date.
pub(super) const LONGEST: usize = 64;

/// The longest value of a clause, in bytes: a range, a half-life and a boost.
pub(in crate::query) const LONGEST_VALUE: usize = LONGEST + 32;

/// What dates in a query are read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateContext {
    /// The day that "yesterday" counts from.
    pub today: Date,
    /// The archive's language: its names of months and weekdays count beside the English ones.
    pub language: Language,
}

impl DateContext {
    /// Today, by the machine's clock and zone, in an archive of that language.
    pub fn now(language: Language) -> Self {
        Self { today: jiff::Zoned::now().date(), language }
    }

    /// Whether the archive's language writes the day before the month in figures.
    pub(super) fn is_day_first(self) -> bool {
        let code = self.language.code();
        Locale::stated(code, Locale::of_archive(code)).order == Some(DateOrder::DayFirst)
    }

    pub(super) fn locale(self) -> Locale {
        Locale { stated: true, ..Locale::of_archive(self.language.code()) }
    }
}

impl From<Date> for DateContext {
    /// That day, in English.
    fn from(today: Date) -> Self {
        Self { today, language: Language::default() }
    }
}
