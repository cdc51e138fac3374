//! What people are told beside the reasons: what moved within tolerance, and what changed.

use super::reasons::{Gate, few};
use crate::eval::gate::golden::Fate;
use crate::eval::gate::{Change, Level, Lowered, TopicLevels, Verdict};
use crate::render::hits::count;

/// Floors that an update lowered on purpose.
pub(super) fn update_lowered(gate: Gate<'_>) -> Vec<String> {
    let lowered_now = gate.verdict.filter(|verdict| verdict.updated).map(|verdict| lowered(&verdict.lowered));
    lowered_now.unwrap_or_default().iter().map(|line| format!("lowered: {line}")).collect()
}

/// What else moved, what changed beside the ranking, and how many golden answers are in place.
pub(super) fn moved(gate: Gate<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(verdict) = gate.verdict {
        lines.extend(topics_within(verdict));
        if !verdict.new.is_empty() {
            let count = count(verdict.new.len() as u64, "topic");
            lines.push(format!("{count} not in the baseline: {}", verdict.new.join(", ")));
        }
        lines.extend(causes(verdict));
    }
    let mended = gate.golden.iter().filter(|g| g.fate == Fate::Mended).map(|result| &result.golden);
    lines.extend(mended.map(|golden| {
        let (line, expected, query) = (golden.line, &golden.expected, &golden.query);
        format!("golden line {line}: mended: {expected} for \"{query}\"; take the mark away")
    }));
    let known = gate.golden.iter().filter(|g| g.fate == Fate::KnownMiss).count();
    if !gate.golden.is_empty() {
        let kept = gate.golden.iter().filter(|g| matches!(g.fate, Fate::Kept | Fate::Mended)).count();
        lines.push(format!("golden: {kept} of {} in place, {known} known to be missed", gate.golden.len()));
    }
    lines
}

/// The means that did not fail the gate.
pub(super) fn means_within(verdict: &Verdict) -> Vec<String> {
    let within = verdict.means.iter().filter(|level| !level.too_low);
    let told = |level: &Level| match level.change() {
        _ if verdict.updated => format!("mean {} {:.4}, the floor from now on", level.measure, level.now),
        c if c > 0.0 => {
            let next = next(&verdict.lowered);
            format!("mean {} rose {c:.4}, from {:.4} to {:.4}: {next}", level.measure, level.floor, level.now)
        }
        c if c < 0.0 => {
            format!(
                "mean {} fell {:.4}, from {:.4} to {:.4}: within tolerance",
                level.measure, -c, level.floor, level.now
            )
        }
        _ => format!("mean {} {:.4}, as it was", level.measure, level.now),
    };
    within.map(told).collect()
}

/// What makes a gain the floor.
fn next(lowered: &[Lowered]) -> String {
    if lowered.is_empty() {
        return "--update-baseline makes it the floor".to_owned();
    }
    format!("the update would lower {}: --allow-drop", count(lowered.len() as u64, "floor"))
}

/// The topics that moved most by the first measure without failing the gate.
fn topics_within(verdict: &Verdict) -> Vec<String> {
    let first = |topic: &TopicLevels| topic.levels.first().map_or(0.0, Level::change);
    let within = verdict.topics.iter().filter(|t| t.levels.iter().all(|l| !l.too_low) && first(t) != 0.0);
    let mut moved: Vec<&TopicLevels> = within.collect();
    moved.sort_by(|a, b| first(b).abs().total_cmp(&first(a).abs()));
    let (up, down): (Vec<&TopicLevels>, Vec<&TopicLevels>) = moved.into_iter().partition(|t| first(t) > 0.0);
    let told = |topics: &[&TopicLevels], word: &str| {
        let told = few(topics.iter().map(|t| format!("{} {:+.4}", t.topic, first(t))));
        (!topics.is_empty()).then(|| format!("{} {word}: {told}", count(topics.len() as u64, "topic")))
    };
    [told(&up, "rose"), told(&down, "fell within tolerance")].into_iter().flatten().collect()
}

/// What else changed, so that the cause can be told.
fn causes(verdict: &Verdict) -> Vec<String> {
    let change = |c: &Change| {
        let old = if verdict.updated { "old " } else { "" };
        format!("changed since the {old}baseline: {}, from {} to {}", c.what, short(&c.was), short(&c.is))
    };
    let mut lines: Vec<String> = verdict.changes.iter().map(change).collect();
    if !verdict.unchanged.is_empty() && !verdict.updated {
        lines.push(format!("unchanged: {}", verdict.unchanged.join(", ")));
    }
    lines
}

/// The first digits of a hash; anything else as it is.
fn short(hash: &str) -> String {
    match hash.get(..16) {
        Some(start) if start.starts_with("blake3:") => format!("{start}…"),
        _ => hash.to_owned(),
    }
}

/// The floors that an update would lower, a line each.
pub fn lowered(floors: &[Lowered]) -> Vec<String> {
    let line = |l: &Lowered| {
        let what = l.topic.as_ref().map_or("mean".to_owned(), |topic| format!("topic {topic}"));
        let now = l.now.map_or("nothing".to_owned(), |now| format!("{now:.4}"));
        format!("{what} {} from {:.4} to {now}", l.measure, l.floor)
    };
    floors.iter().map(line).collect()
}
