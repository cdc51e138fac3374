//! What an indexing run did, as a table.

use std::fmt::Write;

use super::numbers::grouped;
use super::terminal::{HEADING, Screen};
use crate::report::{Counts, Report, Skipped};

const COLUMNS: [&str; 7] = ["read", "indexed", "replaced", "unchanged", "skipped", "failed", "removed"];

/// The report as a table of files and records; `read` is the sum of the five columns behind it.
pub fn text(report: &Report, screen: Screen) -> String {
    let mut out = String::new();
    let head: String = COLUMNS.iter().map(|name| format!("{name:>11}")).collect();
    let _ = writeln!(out, "{:<8}{}", "", screen.paint(HEADING, &head));
    for (name, counts) in [("files", &report.files), ("records", &report.records)] {
        let row: String = numbers(counts).iter().map(|n| format!("{:>11}", grouped(*n))).collect();
        let _ = writeln!(out, "{name:<8}{row}");
    }
    if !report.skipped.is_empty() {
        let told: Vec<String> = report.skipped.iter().map(reason).collect();
        let _ = writeln!(out, "skipped  {}", told.join(", "));
    }
    if report.warnings > 0 {
        let _ = writeln!(out, "{}", super::hits::count(report.warnings, "warning"));
    }
    out
}

/// How many were passed over for a reason.
fn reason(skipped: &Skipped) -> String {
    let (one, several) = skipped.reason.names();
    format!("{} {}", grouped(skipped.count), if skipped.count == 1 { one } else { several })
}

/// What a batch did, in a line: articles that are new, replaced and removed, and what failed.
pub fn line(report: &Report) -> String {
    let (records, failures) = (&report.records, report.count_failures());
    let counts = [
        (records.indexed, "added"),
        (records.replaced, "replaced"),
        (records.removed, "removed"),
        (failures, "failed"),
    ];
    let told: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if told.is_empty() { "nothing changed".to_owned() } else { told.join(", ") }
}

fn numbers(counts: &Counts) -> [u64; 7] {
    [counts.read, counts.indexed, counts.replaced, counts.unchanged, counts.skipped, counts.failed, counts.removed]
}
