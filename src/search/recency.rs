//! How much a recent article is favoured.

use super::backend::Backend;
use super::chosen::Chosen;
use crate::error::Result;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// Raises each score by its article's share of the bonus: all of it for the newest article of the archive, half of it
/// `half_life` days before, none without a date.
pub(super) fn favour_recent<B: Backend>(
    backend: &B,
    candidates: &[B::Article],
    list: &mut [Chosen],
    half_life: f32,
) -> Result<()> {
    let Some(newest) = backend.newest()? else { return Ok(()) };
    let dates = backend.dates(&candidates.iter().collect::<Vec<_>>())?;
    for chosen in list {
        let Some((second, _)) = dates[chosen.at] else { continue };
        chosen.bonus = chosen.score * share_of_bonus(newest, second, half_life);
        chosen.score += chosen.bonus;
    }
    Ok(())
}

/// An article's share of the bonus: 1 for the newest of the archive, a half `half_life` days before it. Both dates in
/// seconds.
fn share_of_bonus(newest: i64, second: i64, half_life: f32) -> f32 {
    let days = newest.saturating_sub(second) as f64 / DAY;
    (0.5_f64).powf(days / f64::from(half_life)) as f32
}
