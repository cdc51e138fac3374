//! Whether the gate is passed, and why not.

use serde::Serialize;

use crate::eval::gate::golden::{Fate, GoldenResult};
use crate::eval::gate::{Level, UnansweredTopic, Verdict};
use crate::render::hits::count;

/// The most topics that are told in one line.
const TOLD: usize = 10;

/// What was held to what.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Gate<'a> {
    /// The evaluation beside its baseline, where there is one.
    pub verdict: Option<&'a Verdict>,
    /// Topics without answers.
    pub unanswered: &'a [UnansweredTopic],
    /// Golden rankings.
    pub golden: &'a [GoldenResult],
}

impl Gate<'_> {
    /// Whether nothing got worse beyond tolerance, every topic was answered and no golden answer was lost.
    pub fn passed(&self) -> bool {
        let held = self.unanswered.is_empty() && self.verdict.is_none_or(Verdict::passed);
        held && self.golden.iter().all(|g| g.fate != Fate::Lost)
    }

    /// Why it failed, a sentence each; nothing where it passed.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons: Vec<String> = unanswered(self.unanswered).into_iter().collect();
        if let Some(verdict) = self.verdict {
            let tolerance = verdict.tolerance;
            let means = verdict.means.iter().filter(|level| level.too_low);
            reasons.extend(means.map(|level| format!("mean {}", fell(level, tolerance.max_drop))));
            for topic in &verdict.topics {
                let levels = topic.levels.iter().filter(|level| level.too_low);
                let told = |level| format!("topic {} {}", topic.topic, fell(level, tolerance.max_topic_drop));
                reasons.extend(levels.map(told));
            }
            reasons.extend(verdict.unasked.iter().map(|t| format!("topic {t} is in the baseline and was not asked")));
            reasons.extend(verdict.missing.iter().map(|t| format!("topic {t} is in the baseline and was not scored")));
            reasons.extend(verdict.unmeasured.iter().map(|m| format!("{m} is in the baseline and was not measured")));
        }
        reasons.extend(self.golden.iter().filter(|g| g.fate == Fate::Lost).map(lost));
        reasons
    }
}

fn unanswered(topics: &[UnansweredTopic]) -> Option<String> {
    let told = few(topics.iter().map(|t| t.topic.clone()));
    (!topics.is_empty()).then(|| format!("{} could not be answered: {told}", count(topics.len() as u64, "topic")))
}

/// The first of many, with commas.
pub(super) fn few(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = if all.len() > TOLD { ", …" } else { "" };
    format!("{}{more}", all.take(TOLD).collect::<Vec<_>>().join(", "))
}

pub(super) fn fell(level: &Level, tolerance: f64) -> String {
    let Level { measure, floor, now, .. } = level;
    format!("{measure} fell {:.4}, from {floor:.4} to {now:.4} (tolerance {tolerance})", -level.change())
}

pub(super) fn lost(result: &GoldenResult) -> String {
    let golden = &result.golden;
    let found = result.found.map_or("not found".to_owned(), |rank| format!("found at {rank}"));
    format!(
        "golden line {}: {} for \"{}\", expected at {} or better, {found}",
        golden.line, golden.expected, golden.query, golden.rank
    )
}
