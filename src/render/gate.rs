//! What the ranking gate found: a short text for people, Markdown for the summary of a build, JSON for scripts, JUnit XML for
//! build servers.

mod junit;
mod lines;
mod markdown;
mod reasons;

use std::fmt::Write;

use anstyle::{AnsiColor, Color, Style};
use serde::Serialize;

use super::eval::Scores;
use super::json;
use super::terminal::{HEADING, Screen, escape};

pub use junit::junit;
pub use lines::lowered;
use lines::{means_within, moved, update_lowered};
pub use markdown::markdown;
use reasons::SHOWN;
pub use reasons::{Gate, Words};

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
    for (reason, words) in gate.reasons_with(SHOWN) {
        tell(&reason);
        if !words.is_empty() {
            tell(&format!("    {words}"));
        }
    }
    let means = gate.verdict.map(means_within).unwrap_or_default();
    update_lowered(gate).iter().chain(&means).chain(&moved(gate)).for_each(|line| tell(line));
    out
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
