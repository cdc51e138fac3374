//! The gate: a ranking is held to what it was, and a floor never falls silently.
//!
//! A [`Baseline`] has the floor of every measure, over all topics and for each. [`check`] compares an evaluation with it
//! and names what changed beside the ranking. Golden rankings ([`golden`]) hold single answers to their places.

mod baseline;
pub mod golden;

use serde::Serialize;

pub use baseline::{Baseline, Floors, Inputs, Lowered};

use super::Evaluation;

/// How much worse a ranking may get.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Tolerance {
    /// The most that a mean may fall.
    pub max_drop: f64,
    /// The most that a measure may fall for one topic.
    pub max_topic_drop: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { max_drop: 0.01, max_topic_drop: 0.2 }
    }
}

/// A measure beside its floor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Level {
    /// The measure.
    pub measure: String,
    /// Its value in the baseline.
    pub floor: f64,
    /// Its value now, rounded as in the baseline.
    pub now: f64,
    /// Whether it fell by more than the tolerance.
    pub too_low: bool,
}

impl Level {
    fn new(measure: &str, floor: f64, now: f64, most: f64) -> Self {
        let now = baseline::rounded(now);
        // half of the last digit is rounding, not a drop
        Self { measure: measure.to_owned(), floor, now, too_low: floor - now > most + 0.5e-4 }
    }

    /// How much it rose.
    pub fn change(&self) -> f64 {
        baseline::rounded(self.now - self.floor)
    }
}

/// A topic beside its floors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopicLevels {
    /// Its id.
    pub topic: String,
    /// Every gated measure.
    pub levels: Vec<Level>,
}

/// Something that is not what it was when the baseline was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `articles`, `topics`, `qrels`, `analyzer`, `scoring`, `settings`.
    pub what: String,
    /// Its hash or version then.
    pub was: String,
    /// Its hash or version now.
    pub is: String,
}

/// What the gate found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// What was allowed.
    pub tolerance: Tolerance,
    /// The mean of every gated measure.
    pub means: Vec<Level>,
    /// Every topic of the baseline that was scored.
    pub topics: Vec<TopicLevels>,
    /// Topics of the baseline that were not asked.
    pub unasked: Vec<String>,
    /// Other topics of the baseline that were not scored.
    pub missing: Vec<String>,
    /// Topics that were scored and are not in the baseline.
    pub new: Vec<String>,
    /// Measures of the baseline that were not computed.
    pub unmeasured: Vec<String>,
    /// Floors that an update of the baseline would lower, or has lowered.
    pub lowered: Vec<Lowered>,
    /// Whether the baseline is one that this evaluation has just updated.
    pub updated: bool,
    /// What else changed since the baseline was made.
    pub changes: Vec<Change>,
    /// What is known to be as it was.
    pub unchanged: Vec<String>,
}

impl Verdict {
    /// Whether nothing got worse beyond tolerance.
    pub fn passed(&self) -> bool {
        let fell = self.means.iter().chain(self.topics.iter().flat_map(|t| &t.levels)).any(|level| level.too_low);
        !fell && self.unasked.is_empty() && self.missing.is_empty() && self.unmeasured.is_empty()
    }
}

/// A topic that its system could not read or answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnansweredTopic {
    /// Its id; its place in its file, such as `topics.tsv: line 2`, where it could not be read.
    pub topic: String,
    /// Why not, and the way out.
    pub message: String,
}

/// Holds an evaluation to a baseline.
pub fn check(baseline: &Baseline, evaluation: &Evaluation, inputs: &Inputs, tolerance: Tolerance) -> Verdict {
    let now = Baseline::of(evaluation, inputs.clone());
    let levels = |floors: &Floors, now: &Floors, most: f64| -> Vec<Level> {
        let measures = baseline.measures.iter().filter_map(|m| Some((m, floors.get(m)?, now.get(m)?)));
        measures.map(|(m, floor, now)| Level::new(m, *floor, *now, most)).collect()
    };
    let topics = baseline.topics.iter().filter_map(|(topic, floors)| {
        let now = now.topic(topic)?;
        Some(TopicLevels { topic: topic.clone(), levels: levels(floors, now, tolerance.max_topic_drop) })
    });
    let ids = |of: &Baseline, not_in: &Baseline| {
        let ids = of.topics.iter().map(|(topic, _)| topic).filter(|topic| not_in.topic(topic).is_none());
        ids.cloned().collect::<Vec<String>>()
    };
    let both = baseline.inputs.iter().filter_map(|(what, was)| Some((what, was, inputs.get(what)?)));
    let (changed, unchanged): (Vec<_>, Vec<_>) = both.partition(|(_, was, is)| was != is);
    let change =
        |(what, was, is): (&String, &String, &String)| Change { what: what.clone(), was: was.clone(), is: is.clone() };
    let is_unasked = |topic: &String| evaluation.unasked.contains(topic);
    let (unasked, missing) = ids(baseline, &now).into_iter().partition(is_unasked);
    Verdict {
        tolerance,
        means: levels(&baseline.means, &now.means, tolerance.max_drop),
        topics: topics.collect(),
        unasked,
        missing,
        new: ids(&now, baseline),
        unmeasured: baseline.measures.iter().filter(|m| !now.measures.contains(m)).cloned().collect(),
        lowered: baseline.lowered_by(&now),
        updated: false,
        changes: changed.into_iter().map(change).collect(),
        unchanged: unchanged.into_iter().map(|(what, _, _)| what.clone()).collect(),
    }
}

/// The same once the evaluation has become the baseline: the floors are its own values, and what this changed in the old
/// baseline is told.
pub fn check_updated(
    old: Option<&Baseline>,
    evaluation: &Evaluation,
    inputs: &Inputs,
    tolerance: Tolerance,
) -> Verdict {
    let new = Baseline::of(evaluation, inputs.clone());
    let Verdict { lowered, changes, unchanged, .. } = check(old.unwrap_or(&new), evaluation, inputs, tolerance);
    Verdict { lowered, changes, unchanged, updated: true, ..check(&new, evaluation, inputs, tolerance) }
}

#[cfg(test)]
#[path = "gate/tests.rs"]
mod tests;
