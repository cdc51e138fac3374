//! A stamp in UTC beside the clock and the day that readers saw.

use crate::article::{NewsDate, Precision};
use crate::extract::evidence::Candidate;
use crate::extract::trust::{Asked, Source};

/// One moment stated twice: the reading on the article's own clock is the one whose day a reader sees.
pub(super) fn prefer_own_clock(dates: &mut [Candidate<NewsDate>]) {
    let own = dates.iter().enumerate().filter(|(_, c)| !c.source.is_stated());
    let Some(best) = own.min_by_key(|(_, c)| c.source.trust).map(|(at, _)| at) else { return };
    let utc = dates[best].value;
    if utc.offset_minutes() != Some(0) || utc.precision() < Precision::Minute {
        return;
    }
    let same = |c: &Candidate<NewsDate>| {
        let coarse = c.value.precision() == Precision::Minute;
        let own = if coarse {
            c.value.start().with().second(utc.start().second()).build().ok()
        } else {
            Some(c.value.start())
        };
        let apart = own.map_or(1, |own| own.duration_since(utc.start()).as_secs());
        match c.value.offset_minutes() {
            Some(offset) => offset != 0 && apart == i64::from(offset) * 60,
            None => apart != 0 && apart % 900 == 0 && apart.abs() <= 14 * 3600,
        }
    };
    let timed = |c: &&Candidate<NewsDate>| c.value.precision() >= Precision::Minute;
    let own = dates.iter().filter(timed).filter(|c| same(c)).max_by_key(|c| c.value.offset_minutes().is_some());
    if let Some(own) = own.cloned() {
        // the clock is the other's, the trust that of the best
        let source = Source { rule: own.source.rule, ..dates[best].source };
        dates[best] = Candidate { source, confidence: dates[best].confidence, ..own };
    }
}

/// Hours of UTC before which it may be yesterday somewhere, and from which it may be tomorrow.
const YESTERDAY: i8 = 12;
const TOMORROW: i8 = 10;

/// Where the best date is a stamp in UTC, and the page's address or the first date that it shows say the day before or after:
/// that is the day on which readers saw it.
pub(super) fn prefer_own_day(dates: &mut [Candidate<NewsDate>]) {
    let own = dates.iter().enumerate().filter(|(_, c)| !c.source.is_stated());
    let Some(best) = own.min_by_key(|(_, c)| c.source.trust).map(|(at, _)| at) else { return };
    let utc = dates[best].value;
    if utc.offset_minutes() != Some(0) || utc.precision() < Precision::Minute {
        return;
    }
    let of = |place, rule| dates.iter().find(move |c| c.source == Source::of(Asked::Date, place, rule));
    let beside = |c: &&Candidate<NewsDate>| {
        let (day, hour) = (utc.start().date(), utc.start().hour());
        let shown = Some(c.value.start().date()).filter(|_| c.value.precision() >= Precision::Day);
        (hour < YESTERDAY && shown == day.yesterday().ok()) || (hour >= TOMORROW && shown == day.tomorrow().ok())
    };
    let told = [of("shown", "date-line"), of("shown", "time"), of("address", "record-url")];
    let agrees = told.iter().flatten().any(|c| c.value.start().date() == utc.start().date());
    let own = told.into_iter().flatten().find(beside).filter(|_| !agrees).cloned();
    if let Some(own) = own {
        let source = Source { rule: own.source.rule, ..dates[best].source };
        dates[best] = Candidate { source, confidence: dates[best].confidence, ..own };
    }
}
