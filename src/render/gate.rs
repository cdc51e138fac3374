//! What the ranking gate found: a short text for people, JSON for scripts, JUnit XML for build servers.

use std::fmt::Write;

use anstyle::{AnsiColor, Color, Style};
use serde::Serialize;

use super::hits::count;
use super::json;
use super::terminal::{HEADING, Screen, escape};
use crate::eval::gate::golden::{Fate, GoldenResult};
use crate::eval::gate::{Level, Lowered, Tolerance, TopicLevels, Unanswered, Verdict};

const PASSED: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Green)));
const FAILED: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red)));
/// The most topics that are told in one line.
const TOLD: usize = 10;

/// What was held to what.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Gate<'a> {
    /// The evaluation beside its baseline, where there is one.
    pub verdict: Option<&'a Verdict>,
    /// Topics without answers.
    pub unanswered: &'a [Unanswered],
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
            reasons.extend(verdict.missing.iter().map(|t| format!("topic {t} is in the baseline and was not scored")));
            reasons.extend(verdict.unmeasured.iter().map(|m| format!("{m} is in the baseline and was not measured")));
        }
        reasons.extend(self.golden.iter().filter(|g| g.fate == Fate::Lost).map(lost));
        reasons
    }
}

fn unanswered(topics: &[Unanswered]) -> Option<String> {
    let told = few(topics.iter().map(|t| t.topic.clone()));
    (!topics.is_empty()).then(|| format!("{} could not be answered: {told}", count(topics.len() as u64, "topic")))
}

/// The first of many, with commas.
fn few(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = if all.len() > TOLD { ", …" } else { "" };
    format!("{}{more}", all.take(TOLD).collect::<Vec<_>>().join(", "))
}

fn fell(level: &Level, tolerance: f64) -> String {
    let Level { measure, floor, now, .. } = level;
    format!("{measure} fell {:.4}, from {floor:.4} to {now:.4} (tolerance {tolerance})", -level.change())
}

fn lost(result: &GoldenResult) -> String {
    let golden = &result.golden;
    let found = result.found.map_or("not found".to_owned(), |rank| format!("found at {rank}"));
    format!(
        "golden line {}: {} for {:?}, expected at {} or better, {found}",
        golden.line, golden.expected, golden.query, golden.rank
    )
}

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
            "golden line {}: mended: {} for {:?}; take the mark away",
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
        c if c > 0.0 => format!(
            "mean {} rose {c:.4}, from {:.4} to {:.4}: --update-baseline makes it the floor",
            level.measure, level.floor, level.now
        ),
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
        format!("changed since the baseline: {}, from {} to {}", c.what, short(&c.was), short(&c.is))
    };
    let mut lines: Vec<String> = verdict.changes.iter().map(change).collect();
    if !verdict.unchanged.is_empty() {
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
struct Whole<'a> {
    passed: bool,
    reasons: Vec<String>,
    #[serde(flatten)]
    gate: Gate<'a>,
}

/// One object: whether it passed, why not, and everything that was held to something.
pub fn json(gate: Gate<'_>) -> String {
    json::line(&Whole { passed: gate.passed(), reasons: gate.reasons(), gate })
}

/// How a test case ended.
enum Ending {
    Passed,
    Failed(String),
    /// It could not be run.
    Error(String),
    /// It is known to fail.
    Skipped,
}

/// JUnit XML: a case for every mean, every topic of the baseline and every golden answer; known misses are skipped ones,
/// topics without answers are errors.
pub fn junit(gate: Gate<'_>) -> String {
    let error = |t: &Unanswered| case("ranking.topic", &t.topic, Ending::Error(t.message.clone()));
    let mut cases: Vec<String> = gate.verdict.map(|v| verdict_cases(v, gate.unanswered)).unwrap_or_default();
    cases.extend(gate.unanswered.iter().map(error));
    for result in gate.golden {
        let name = format!("{} for {}", result.golden.expected, result.golden.query);
        let ending = match result.fate {
            Fate::Lost => Ending::Failed(lost(result)),
            Fate::KnownMiss => Ending::Skipped,
            Fate::Kept | Fate::Mended => Ending::Passed,
        };
        cases.push(case("ranking.golden", &name, ending));
    }
    let with = |part: &str| cases.iter().filter(|case| case.contains(part)).count();
    let (failures, errors, skipped) = (with("<failure "), with("<error "), with("<skipped "));
    let tests = cases.len();
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n<testsuite name=\"dateline ranking\" \
         {counts}>\n{}</testsuite>\n</testsuites>\n",
        cases.concat()
    )
}

/// Means and topics, but for the topics without answers: these have no values to hold to anything.
fn verdict_cases(verdict: &Verdict, unanswered: &[Unanswered]) -> Vec<String> {
    let fallen = |levels: &[Level], tolerance: f64| {
        let fallen: Vec<String> = levels.iter().filter(|l| l.too_low).map(|l| fell(l, tolerance)).collect();
        if fallen.is_empty() { Ending::Passed } else { Ending::Failed(fallen.join("; ")) }
    };
    let gone = |class: &str, name: &String, what: &str| {
        case(class, name, Ending::Failed(format!("in the baseline and not {what}")))
    };
    let is_answered = |topic: &str| !unanswered.iter().any(|t| t.topic == topic);
    let Tolerance { max_drop, max_topic_drop } = verdict.tolerance;
    let mean = |level: &Level| case("ranking.mean", &level.measure, fallen(std::slice::from_ref(level), max_drop));
    let topic = |t: &TopicLevels| case("ranking.topic", &t.topic, fallen(&t.levels, max_topic_drop));
    let mut cases: Vec<String> = verdict.means.iter().map(mean).collect();
    cases.extend(verdict.topics.iter().filter(|t| is_answered(&t.topic)).map(topic));
    let missing = verdict.missing.iter().filter(|t| is_answered(t));
    cases.extend(missing.map(|name| gone("ranking.topic", name, "scored")));
    cases.extend(verdict.unmeasured.iter().map(|name| gone("ranking.mean", name, "measured")));
    cases
}

fn case(class: &str, name: &str, ending: Ending) -> String {
    let inside = match ending {
        Ending::Passed => String::new(),
        Ending::Failed(message) => format!("<failure message=\"{}\"/>", xml(&message)),
        Ending::Error(message) => format!("<error message=\"{}\"/>", xml(&message)),
        Ending::Skipped => "<skipped message=\"known miss\"/>".to_owned(),
    };
    format!("<testcase classname=\"{class}\" name=\"{}\">{inside}</testcase>\n", xml(name))
}

/// Text as the value of an XML attribute; characters that XML cannot carry become `\u{…}`.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in escape(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
