//! Which language a text is read in.

use super::order::DateOrder;

/// The language of a text, as far as it is known: which words count in it, and which way round its dates are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Locale {
    /// ISO 639-1 code; empty where nobody knows.
    pub(crate) language: &'static str,
    /// The text itself says so, and not the archive that it stands in.
    pub(crate) stated: bool,
    /// How figures are read that tell it by nothing else.
    pub(crate) order: Option<DateOrder>,
}

/// Where English is spoken and days stand before months, and where months stand before days.
const DAY_FIRST: &[&str] = &["gb", "uk", "au", "nz", "ie", "in", "za"];
const MONTH_FIRST: &[&str] = &["us", "ph"];

impl Locale {
    /// The language of an archive: its texts are in it, as far as they say nothing else.
    pub(crate) fn of_archive(language: &'static str) -> Self {
        Self { language, stated: false, order: None }
    }

    /// What a text states, as in `lang="de-AT"`; what it stood in otherwise where it is a language without tables.
    pub(crate) fn stated(tag: &str, otherwise: Self) -> Self {
        let mut parts = tag.trim().split(['-', '_']);
        let code = parts.next().unwrap_or_default().to_ascii_lowercase();
        let code = if matches!(code.as_str(), "nb" | "nn") { "no" } else { &code };
        let Some(language) = super::table::LANGUAGES.iter().find(|known| **known == code && code != "*") else {
            return otherwise;
        };
        let region = parts.next_back().unwrap_or_default().to_ascii_lowercase();
        let order = match *language {
            "en" if DAY_FIRST.contains(&region.as_str()) => Some(DateOrder::DayFirst),
            "en" if MONTH_FIRST.contains(&region.as_str()) => Some(DateOrder::MonthFirst),
            "en" | "zh" | "ja" | "ko" | "hu" | "lt" | "fa" => None,
            _ => Some(DateOrder::DayFirst),
        };
        Self { language, stated: true, order }
    }
}
