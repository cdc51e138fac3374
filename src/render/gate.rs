//! What the ranking gate found: a short text for people, JSON for scripts, JUnit XML for build servers.

use std::fmt::Write;

use anstyle::{AnsiColor, Color, Style};
use serde::Serialize;

use super::hits::count;
use super::json;
use super::terminal::{HEADING, Screen, escape};
use crate::eval::gate::golden::{Fate, GoldenResult};
use crate::eval::gate::{Level, Lowered, TopicLevels, Verdict};

const PASSED: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Green)));
const FAILED: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red)));
/// The most topics that are told beyond those that fail the gate.
const TOLD: usize = 10;

/// What was held to what.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Gate<'a> {
    /// The evaluation beside its baseline, where there is one.
    pub verdict: Option<&'a Verdict>,
    /// Golden rankings.
    pub golden: &'a [GoldenResult],
}

impl Gate<'_> {
    /// Whether nothing got worse beyond tolerance and no golden answer was lost.
    pub fn passed(&self) -> bool {
        self.verdict.is_none_or(Verdict::passed) && self.golden.iter().all(|g| g.fate != Fate::Lost)
    }

    /// Why it failed, a sentence each; nothing where it passed.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
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
        let few: Vec<String> = topics.iter().take(TOLD).map(|t| format!("{} {:+.4}", t.topic, first(t))).collect();
        let more = if topics.len() > TOLD { ", …" } else { "" };
        (!topics.is_empty())
            .then(|| format!("{} {word}: {}{more}", count(topics.len() as u64, "topic"), few.join(", ")))
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

/// The first digits of a hash.
fn short(hash: &str) -> String {
    match hash.len() > 24 && hash.is_ascii() {
        true => format!("{}…", &hash[..16]),
        false => hash.to_owned(),
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

/// JUnit XML: a case for every mean, every topic of the baseline and every golden answer; known misses are skipped ones.
pub fn junit(gate: Gate<'_>) -> String {
    let mut cases = Vec::new();
    if let Some(verdict) = gate.verdict {
        let fails = |levels: &[&Level], tolerance: f64| {
            let fallen: Vec<String> = levels.iter().filter(|l| l.too_low).map(|l| fell(l, tolerance)).collect();
            (!fallen.is_empty()).then(|| fallen.join("; "))
        };
        for level in &verdict.means {
            cases.push(case("ranking.mean", &level.measure, fails(&[level], verdict.tolerance.max_drop), false));
        }
        for topic in &verdict.topics {
            let levels: Vec<&Level> = topic.levels.iter().collect();
            cases.push(case("ranking.topic", &topic.topic, fails(&levels, verdict.tolerance.max_topic_drop), false));
        }
        let gone =
            |name: &String| case("ranking.topic", name, Some("in the baseline and not scored".to_owned()), false);
        cases.extend(verdict.missing.iter().map(gone));
        let gone =
            |name: &String| case("ranking.mean", name, Some("in the baseline and not measured".to_owned()), false);
        cases.extend(verdict.unmeasured.iter().map(gone));
    }
    for result in gate.golden {
        let name = format!("{} for {}", result.golden.expected, result.golden.query);
        let failure = (result.fate == Fate::Lost).then(|| lost(result));
        cases.push(case("ranking.golden", &name, failure, result.fate == Fate::KnownMiss));
    }
    let with = |part: &str| cases.iter().filter(|case| case.contains(part)).count();
    let counts =
        format!("tests=\"{}\" failures=\"{}\" skipped=\"{}\"", cases.len(), with("<failure "), with("<skipped "));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n<testsuite name=\"dateline ranking\" \
         {counts}>\n{}</testsuite>\n</testsuites>\n",
        cases.concat()
    )
}

fn case(class: &str, name: &str, failure: Option<String>, skipped: bool) -> String {
    let inside = match failure {
        Some(message) => format!("<failure message=\"{}\"/>", xml(&message)),
        None if skipped => "<skipped message=\"known miss\"/>".to_owned(),
        None => String::new(),
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
