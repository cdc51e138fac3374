//! What the ranking gate found: a short text for people, JSON for scripts, JUnit XML for build servers.

mod junit;
mod reasons;

use std::fmt::Write;

use anstyle::{AnsiColor, Color, Style};
use serde::Serialize;

use super::eval::Scores;
use super::hits::count;
use super::json;
use super::terminal::{HEADING, Screen, escape};
use crate::eval::gate::golden::Fate;
use crate::eval::gate::{Level, Lowered, TopicLevels, Verdict};

pub use junit::junit;
pub use reasons::Gate;
use reasons::few;

const PASSED: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Green)));
const FAILED: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red)));

/// What people see: passed or failed, why, what else moved, and what changed beside the ranking.
pub fn text(gate: Gate<'_>, screen: Screen) -> String {
    let passed = gate.passed();
    let (style, word) = if passed { (PASSED, "passed") } else { (FAILED, "failed") };
    let mut out = format!("{} {}\n", screen.paint(HEADING, "ranking gate"), screen.paint(style, word));
    let mut tell = |line: &str| {
        let _ = writeln!(out, "  {}", escape(line));
    };
    gate.reasons().iter().for_each(|reason| tell(reason));
    if let Some(verdict) = gate.verdict {
        if verdict.updated {
            lowered(&verdict.lowered).iter().for_each(|line| tell(&format!("lowered: {line}")));
        }
        means_within(verdict).iter().for_each(|line| tell(line));
        topics_within(verdict).iter().for_each(|line| tell(line));
        if !verdict.new.is_empty() {
            tell(&format!(
                "{} not in the baseline: {}",
                count(verdict.new.len() as u64, "topic"),
                verdict.new.join(", ")
            ));
        }
        causes(verdict).iter().for_each(|line| tell(line));
    }
    for result in gate.golden.iter().filter(|g| g.fate == Fate::Mended) {
        let golden = &result.golden;
        tell(&format!(
            "golden line {}: mended: {} for \"{}\"; take the mark away",
            golden.line, golden.expected, golden.query
        ));
    }
    let known = gate.golden.iter().filter(|g| g.fate == Fate::KnownMiss).count();
    if !gate.golden.is_empty() {
        let kept = gate.golden.iter().filter(|g| matches!(g.fate, Fate::Kept | Fate::Mended)).count();
        tell(&format!("golden: {kept} of {} in place, {known} known to be missed", gate.golden.len()));
    }
    out
}

fn means_within(verdict: &Verdict) -> Vec<String> {
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
    let change = |c: &crate::eval::gate::Change| {
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

#[derive(Serialize)]
struct GateObject<'a> {
    passed: bool,
    reasons: Vec<String>,
    #[serde(flatten)]
    gate: Gate<'a>,
}

#[derive(Serialize)]
struct Beside<'a> {
    #[serde(flatten)]
    scores: &'a Scores<'a>,
    gate: GateObject<'a>,
}

/// One object: whether it passed, why not, and everything that was held to something; where there are scores without a
/// baseline, theirs, with the gate as `gate`.
pub fn json(gate: Gate<'_>, scores: Option<&Scores<'_>>) -> String {
    let gate = GateObject { passed: gate.passed(), reasons: gate.reasons(), gate };
    match scores {
        Some(scores) => json::line(&Beside { scores, gate }),
        None => json::line(&gate),
    }
}
