//! The words inside dates and clock times, and their zones.

use std::sync::LazyLock;

use super::tokens::tokens;
use crate::lexicon::{DATE_WORDS, ZONES};

type List = Vec<&'static str>;

/// The words and marks of a phrase.
pub(super) type Phrase = Vec<&'static str>;

/// Words by what they are; see the table.
pub(super) struct DateWords {
    pub(super) ordinal: List,
    pub(super) of: List,
    pub(super) after_year: List,
    pub(super) after_day: List,
    pub(super) particle: List,
    pub(super) joint: List,
    pub(super) hours: Vec<Phrase>,
    pub(super) hour: Vec<Phrase>,
    pub(super) minute: List,
    pub(super) second: List,
    pub(super) am: Vec<Phrase>,
    pub(super) pm: Vec<Phrase>,
    pub(super) night: Vec<Phrase>,
    pub(super) noon: List,
    pub(super) midnight: List,
    pub(super) unit: List,
    pub(super) ago: List,
    /// Zones, and the minutes east of UTC of those that mean one offset.
    pub(super) zones: Vec<(&'static str, Option<i16>)>,
}

pub(super) static WORDS: LazyLock<DateWords> = LazyLock::new(|| {
    let of = |label: &str| -> List { DATE_WORDS.labelled(label) };
    let phrase = |words: &'static str| tokens(words).iter().map(|token| token.text).collect();
    let phrases = |label: &str| of(label).into_iter().map(phrase).collect();
    DateWords {
        ordinal: of("ordinal"),
        of: of("of"),
        after_year: of("year"),
        after_day: of("day"),
        particle: of("particle"),
        joint: of("joint"),
        hours: phrases("hours"),
        hour: phrases("hour"),
        minute: of("minute"),
        second: of("second"),
        am: phrases("am"),
        pm: phrases("pm"),
        night: phrases("night"),
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
