//! The words inside dates and clock times, and their zones.

use std::sync::LazyLock;

use crate::lexicon::{DATE_WORDS, ZONES};

type List = Vec<&'static str>;

/// Words by what they are; see the table.
pub(super) struct DateWords {
    pub(super) ordinal: List,
    pub(super) of: List,
    pub(super) after_year: List,
    pub(super) after_day: List,
    pub(super) joint: List,
    pub(super) hours: List,
    pub(super) hour: List,
    pub(super) minute: List,
    pub(super) second: List,
    pub(super) am: List,
    pub(super) pm: List,
    pub(super) noon: List,
    pub(super) midnight: List,
    pub(super) unit: List,
    pub(super) ago: List,
    /// Zones, and the minutes east of UTC of those that mean one offset.
    pub(super) zones: Vec<(&'static str, Option<i16>)>,
}

pub(super) static WORDS: LazyLock<DateWords> = LazyLock::new(|| {
    let of = |label: &str| DATE_WORDS.labelled(label);
    DateWords {
        ordinal: of("ordinal"),
        of: of("of"),
        after_year: of("year"),
        after_day: of("day"),
        joint: of("joint"),
        hours: of("hours"),
        hour: of("hour"),
        minute: of("minute"),
        second: of("second"),
        am: of("am"),
        pm: of("pm"),
        noon: of("noon"),
        midnight: of("midnight"),
        unit: of("unit"),
        ago: of("ago"),
        zones: ZONES.read(|row| {
            let [name, minutes] = row.exactly()?;
            let minutes = match minutes {
                "-" => None,
                number => Some(number.parse().map_err(|_| format!("\"{number}\" is no offset"))?),
            };
            Ok((name, minutes))
        }),
    }
});
