//! What the gate found as Markdown, for the summary that a build server shows of a step.

use std::fmt::Write;

use super::lines::{moved, update_lowered};
use super::reasons::{FailedTopic, Gate, SHOWN, more, unanswered};
use crate::eval::gate::{Level, Verdict};
use crate::render::hits::count;
use crate::render::markdown::{code, plain};

/// The verdict as a heading, the means and the failed topics as tables, the worst first, and the rest as a list.
pub fn markdown(gate: Gate<'_>) -> String {
    let mut out = format!("### Ranking gate {}\n", if gate.passed() { "passed" } else { "failed" });
    if let Some(verdict) = gate.verdict {
        out.push_str(&means(verdict));
        out.push_str(&topics(verdict, &gate.failed_topics()));
    }
    let unanswered = unanswered(gate.unanswered);
    list(&mut out, unanswered.into_iter().chain(gate.other_reasons()).chain(update_lowered(gate)));
    list(&mut out, moved(gate).into_iter());
    out
}

fn means(verdict: &Verdict) -> String {
    let mut out = String::from("\n| mean | baseline | now | change | |\n|---|--:|--:|--:|---|\n");
    for level in &verdict.means {
        let told = match level.change() {
            _ if verdict.updated => "the floor from now on".to_owned(),
            _ if level.too_low => format!("**fell** (tolerance {})", verdict.tolerance.max_drop),
            change if change < 0.0 => "within tolerance".to_owned(),
            change if change > 0.0 => "rose".to_owned(),
            _ => "as it was".to_owned(),
        };
        let _ = writeln!(out, "| {} | {} | {told} |", plain(&level.measure), values(level));
    }
    out
}

/// A table of the failed topics, a line a measure; nothing where none failed.
fn topics(verdict: &Verdict, failed: &[FailedTopic<'_>]) -> String {
    if failed.is_empty() {
        return String::new();
    }
    let (many, tolerance) = (count(failed.len() as u64, "topic"), verdict.tolerance.max_topic_drop);
    let mut out = format!("\n{many} failed, the worst first (tolerance {tolerance})\n\n");
    out.push_str("| topic | words | measure | baseline | now | change |\n|---|---|---|--:|--:|--:|\n");
    for topic in failed.iter().take(SHOWN) {
        let (id, words) = (code(topic.topic), plain(topic.words));
        for level in &topic.fallen {
            let _ = writeln!(out, "| {id} | {words} | {} | {} |", plain(&level.measure), values(level));
        }
        if topic.fallen.is_empty() {
            let _ = writeln!(out, "| {id} | {words} | {} | | | |", topic.lacks);
        }
    }
    if let Some(more) = more(failed.len(), SHOWN) {
        let _ = writeln!(out, "\n{}", plain(&more));
    }
    out
}

/// Then, now, and the change, as cells.
fn values(level: &Level) -> String {
    format!("{:.4} | {:.4} | {:+.4}", level.floor, level.now, level.change())
}

fn list(out: &mut String, lines: impl Iterator<Item = String>) {
    for (number, line) in lines.enumerate() {
        let gap = if number == 0 { "\n" } else { "" };
        let _ = writeln!(out, "{gap}- {}", plain(&line));
    }
}
