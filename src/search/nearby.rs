//! How much an article gains by its date: the nearer to a time that is preferred, the more.
//!
//! `score = words * (1 + around * 2^(-days / half-life) + 2^(-age / half-life))`: `around` is the weight of that name, boosted; `days` lie
//! between the article and the nearest of the times asked for, `age` is what the newest article of the archive is newer
//! (only where recent articles are favoured). An article of unknown date gains nothing. That what was published nearer in
//! time is likelier to be relevant, by an exponential: Li, Croft 2003, "Time-based language models".

use super::backend::Backend;
use super::chosen::{Chosen, Gains};
use crate::error::Result;
use crate::hit::TimeAway;
use crate::query::{Around, SearchRequest};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// What the newest article gains where recent ones are favoured: its score doubles.
const OF_THE_NEWEST: f32 = 1.0;

/// How the second that the newest article begins at is called.
const NEWEST: &str = "the newest article";

/// Whether dates change the score of anything.
pub(super) fn favours(request: &SearchRequest) -> bool {
    request.recency.is_some() || prefers(request)
}

fn prefers(request: &SearchRequest) -> bool {
    request.weights.around > 0.0 && !request.query.around.is_empty()
}

/// The times that are preferred.
pub(super) struct Nearby<'a> {
    around: &'a [Around],
    /// What an article of one of these times gains.
    weight: f32,
    /// The second that the newest article begins at, and the days after which half is gained.
    recent: Option<(i64, f32)>,
}

impl<'a> Nearby<'a> {
    pub fn of<B: Backend>(backend: &B, request: &'a SearchRequest) -> Result<Self> {
        let newest = |half_life| Ok(backend.newest()?.map(|newest| (newest, half_life)));
        let recent = request.recency.map_or(Ok(None), newest)?;
        let around = if prefers(request) { request.query.around.as_slice() } else { &[] };
        Ok(Self { around, weight: request.weights.around, recent })
    }

    /// Raises each score by what its article's date gains.
    pub fn favour<B: Backend>(&self, backend: &B, candidates: &[B::Article], list: &mut [Chosen]) -> Result<()> {
        let dates = backend.dates(&candidates.iter().collect::<Vec<_>>())?;
        for chosen in list {
            let Some(date) = dates[chosen.at] else { continue };
            let gain = |time: Option<TimeAway>| time.map_or(0.0, |time| chosen.score * time.share);
            chosen.gains = Gains { around: gain(self.nearest(date)), recency: gain(self.recent(date)) };
            chosen.score += chosen.gains.around + chosen.gains.recency;
        }
        Ok(())
    }

    /// What an article's date is near to: of the times asked for the nearest, and the newest article.
    pub fn times(&self, date: (i64, i64)) -> Vec<TimeAway> {
        self.nearest(date).into_iter().chain(self.recent(date)).collect()
    }

    fn nearest(&self, date: (i64, i64)) -> Option<TimeAway> {
        let share = |around: &Around| {
            let days = days_between(date, around.time.bounds());
            (days, self.weight * around.boost * fading(days, around.days()))
        };
        let shares = self.around.iter().map(|around| (around, share(around)));
        let (around, (days, share)) = shares.reduce(|a, b| if b.1.1 > a.1.1 { b } else { a })?;
        Some(TimeAway { time: around.time_named(), days: days as f32, half_life: around.days(), share })
    }

    fn recent(&self, date: (i64, i64)) -> Option<TimeAway> {
        let (newest, half_life) = self.recent?;
        let days = days_between(date, (newest, newest));
        let share = OF_THE_NEWEST * fading(days, half_life);
        Some(TimeAway { time: NEWEST.to_owned(), days: days as f32, half_life, share })
    }
}

/// What is left of a gain after so many days: a half after each half-life.
fn fading(days: f64, half_life: f32) -> f32 {
    (0.5_f64).powf(days / f64::from(half_life)) as f32
}

/// Days between two stretches of time, given as their first and last second; 0 where they share a day. Where both are
/// shorter than a day the time between them counts, else whole days do.
fn days_between(one: (i64, i64), other: (i64, i64)) -> f64 {
    let (earlier, later) = if one.1 <= other.1 { (one, other) } else { (other, one) };
    let is_short = |(first, last): (i64, i64)| last.saturating_sub(first) < DAY - 1;
    if is_short(one) && is_short(other) {
        return later.0.saturating_sub(earlier.0).max(0) as f64 / DAY as f64;
    }
    later.0.div_euclid(DAY).saturating_sub(earlier.1.div_euclid(DAY)).max(0) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::NewsDate;

    #[test]
    fn days_count_to_the_nearest_of_a_coarse_date() {
        let bounds = |text: &str| text.parse::<NewsDate>().expect("a date").bounds();
        for (one, other, days) in [
            ("2018-06-27", "2018-06-27", 0.0),
            ("2018-06-27", "2018-06-28", 1.0),
            ("2018-06-27T23:59", "2018-06-28", 1.0),
            ("2018-06-27T12:00", "2018-06-28T00:00", 0.5),
            ("2018-06", "2018-06-27", 0.0),
            ("2018-06", "2018-07-01", 1.0),
            ("2018-06", "2018-05-21", 11.0),
            ("2018", "2018-06", 0.0),
            ("2018", "2020", 366.0),
            ("2018", "1969-12-31T10:00", 17_533.0),
        ] {
            let (one, other) = (bounds(one), bounds(other));
            assert_eq!((days_between(one, other), days_between(other, one)), (days, days), "{one:?} {other:?}");
        }
        let open = (bounds("2018").0, i64::MAX);
        assert_eq!(days_between(bounds("2019"), open), 0.0);
        assert_eq!(days_between(bounds("2017-12-31"), open), 1.0);
    }

    #[test]
    fn a_gain_is_halved_by_every_half_life() {
        assert_eq!([0.0, 30.0, 60.0].map(|days| fading(days, 30.0)), [1.0, 0.5, 0.25]);
        assert_eq!(fading(3e6, 1.0), 0.0);
    }
}
