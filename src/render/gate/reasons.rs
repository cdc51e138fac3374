//! Whether the gate is passed, and why not.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::eval::gate::golden::{Fate, GoldenResult};
use crate::eval::gate::{Level, UnansweredTopic, Verdict};
use crate::render::hits::count;

/// The most topics that are told in one line.
const TOLD: usize = 10;

/// The most failed topics that people are told of one by one.
pub(super) const SHOWN: usize = 20;

/// The question of each topic, where it is known.
pub type Words = BTreeMap<String, String>;

/// What was held to what.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Gate<'a> {
    /// The evaluation beside its baseline, where there is one.
    pub verdict: Option<&'a Verdict>,
    /// Topics without answers.
    pub unanswered: &'a [UnansweredTopic],
    /// Golden rankings.
    pub golden: &'a [GoldenResult],
    /// What the topics ask, where the archive was asked.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: &'a Words,
}

/// A topic for which the gate failed.
pub(super) struct FailedTopic<'a> {
    pub topic: &'a str,
    /// The question; empty where it is not known.
    pub words: &'a str,
    /// The measures that fell by more than the tolerance; none where it has no values.
    pub fallen: Vec<&'a Level>,
    /// Why it has none: `not asked`, `not scored`.
    pub lacks: &'static str,
}

impl FailedTopic<'_> {
    /// Why, in a line.
    fn reason(&self, tolerance: f64) -> String {
        let why = match self.fallen.is_empty() {
            true => format!("is in the baseline and was {}", self.lacks),
            false => all_fell(&self.fallen, tolerance),
        };
        format!("topic {} {why}", self.topic)
    }

    /// The largest fall of its measures.
    fn drop(&self) -> f64 {
        self.fallen.iter().map(|level| -level.change()).fold(0.0, f64::max)
    }
}

impl<'a> Gate<'a> {
    /// Whether nothing got worse beyond tolerance, every topic was answered and no golden answer was lost.
    pub fn passed(&self) -> bool {
        let held = self.unanswered.is_empty() && self.verdict.is_none_or(Verdict::passed);
        held && self.golden.iter().all(|g| g.fate != Fate::Lost)
    }

    /// Why it failed, a sentence each; nothing where it passed.
    pub fn reasons(&self) -> Vec<String> {
        self.reasons_with(usize::MAX).into_iter().map(|(reason, words)| with_words(reason, words)).collect()
    }

    /// The same with so many failed topics at most, and a line for the others; what a topic asks stands beside.
    pub(super) fn reasons_with(&self, most: usize) -> Vec<(String, &'a str)> {
        let alone = |reason: String| (reason, "");
        let mut reasons: Vec<(String, &str)> = unanswered(self.unanswered).into_iter().map(alone).collect();
        if let Some(verdict) = self.verdict {
            let tolerance = verdict.tolerance;
            let means = verdict.means.iter().filter(|level| level.too_low);
            reasons.extend(means.map(|level| alone(format!("mean {}", fell(level, tolerance.max_drop)))));
            let failed = self.failed_topics();
            let told = failed.iter().take(most).map(|topic| (topic.reason(tolerance.max_topic_drop), topic.words));
            reasons.extend(told.chain(more(failed.len(), most).map(alone)));
        }
        reasons.extend(self.other_reasons().into_iter().map(alone));
        reasons
    }

    /// Measures that are missing, and golden answers that were lost.
    pub(super) fn other_reasons(&self) -> Vec<String> {
        let unmeasured = self.verdict.map(|verdict| verdict.unmeasured.as_slice()).unwrap_or_default();
        let unmeasured = unmeasured.iter().map(|m| format!("{m} is in the baseline and was not measured"));
        unmeasured.chain(self.golden.iter().filter(|g| g.fate == Fate::Lost).map(lost)).collect()
    }

    /// The topics that failed, the worst first: by their largest fall, then as people count; at the end those without values.
    pub(super) fn failed_topics(&self) -> Vec<FailedTopic<'a>> {
        let Some(verdict) = self.verdict else { return Vec::new() };
        let fallen = verdict.topics.iter().map(|topic| {
            let levels = topic.levels.iter().filter(|level| level.too_low).collect();
            FailedTopic { topic: &topic.topic, words: self.words_of(&topic.topic), fallen: levels, lacks: "" }
        });
        let mut failed: Vec<FailedTopic<'a>> = fallen.filter(|topic| !topic.fallen.is_empty()).collect();
        failed.sort_by(|a, b| b.drop().total_cmp(&a.drop()));
        let lacking = |topics: &'a [String], lacks| {
            topics.iter().map(move |topic| FailedTopic {
                topic,
                words: self.words_of(topic),
                fallen: Vec::new(),
                lacks,
            })
        };
        failed.extend(lacking(&verdict.unasked, "not asked").chain(lacking(&verdict.missing, "not scored")));
        failed
    }

    /// What a topic asks; empty where it is not known.
    pub(super) fn words_of(&self, topic: &str) -> &'a str {
        self.words.get(topic).map_or("", String::as_str)
    }
}

/// How many topics are not told one by one.
pub(super) fn more(failed: usize, most: usize) -> Option<String> {
    let left = failed.saturating_sub(most);
    (left > 0).then(|| format!("{} failed; --format json has all", count(left as u64, "more topic")))
}

/// The measures of a topic that fell, one behind the other.
pub(super) fn all_fell(fallen: &[&Level], tolerance: f64) -> String {
    fallen.iter().map(|level| fell(level, tolerance)).collect::<Vec<_>>().join("; ")
}

/// What is told of a topic, and behind it what it asks, where that is known.
pub(super) fn with_words(told: String, words: &str) -> String {
    if words.is_empty() { told } else { format!("{told}: {words}") }
}

pub(super) fn unanswered(topics: &[UnansweredTopic]) -> Option<String> {
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
