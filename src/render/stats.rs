//! What an archive holds, as aligned columns.

use std::fmt::Write;

use super::numbers::grouped;
use super::terminal::{FAINT, HEADING, Screen, columns, escape, shortened};
use crate::stats::{Part, Stats};

/// Columns of the longest name shown whole.
const MAX_NAME: usize = 60;

/// The numbers, a line each.
pub fn text(stats: &Stats, screen: Screen) -> String {
    let days = match (&stats.first_day, &stats.last_day) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "no article has a date".to_owned(),
    };
    let counts = [
        ("articles", Some(stats.articles)),
        ("passages", Some(stats.passages)),
        ("words", Some(stats.words)),
        ("different words", stats.forms),
        ("different stems", stats.terms),
        ("outlets", Some(stats.outlets)),
        ("files", Some(stats.files)),
        ("files that failed", Some(stats.failed_files)),
        ("segments", Some(stats.segments)),
        ("deleted, not yet compacted", Some(stats.deleted)),
    ];
    let mut out = rows(counts.iter().filter_map(|(name, count)| Some((*name, grouped((*count)?)))));
    let _ = writeln!(out, "dates  {days}");
    out.push_str(&section("articles without", &stats.unknown, stats.articles, screen));
    let doubtful: Vec<Part> = stats.doubtful.iter().filter(|part| part.count > 0).cloned().collect();
    if !doubtful.is_empty() {
        out.push_str(&section("bodies in doubt", &doubtful, stats.articles, screen));
    }
    let whole = stats.bytes.iter().map(|part| part.count).sum();
    out.push_str(&section("bytes on disk", &stats.bytes, whole, screen));
    let versions = &stats.versions;
    let _ = writeln!(
        out,
        "\n{}",
        screen.paint(
            FAINT,
            &format!(
                "dateline {} · index format {} · analyzer {} · scoring {} · language {}",
                versions.dateline, versions.format, versions.analyzer, versions.scoring, versions.language
            )
        )
    );
    out
}

/// Outlets and their articles, a line each.
pub fn outlets(outlets: &[Part], screen: Screen) -> String {
    let whole: u64 = outlets.iter().map(|outlet| outlet.count).sum();
    outlets.iter().map(|outlet| bar(outlet, whole, longest(outlets), screen)).collect()
}

pub(super) fn rows<'a>(rows: impl Iterator<Item = (&'a str, String)>) -> String {
    let rows: Vec<(&str, String)> = rows.collect();
    let name = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let number = rows.iter().map(|(_, number)| number.len()).max().unwrap_or(0);
    rows.iter().map(|(label, value)| format!("{label:<name$}  {value:>number$}\n")).collect()
}

/// A heading, and a line with a bar for each part of a whole.
fn section(heading: &str, parts: &[Part], whole: u64, screen: Screen) -> String {
    let mut out = format!("\n{}\n", screen.paint(HEADING, heading));
    for part in parts {
        out.push_str(&bar(part, whole, longest(parts), screen));
    }
    out
}

/// Columns of the longest name, and of the longest number.
fn longest(parts: &[Part]) -> (usize, usize) {
    let name = parts.iter().map(|part| columns(&escape(&part.name)).min(MAX_NAME)).max().unwrap_or(0);
    (name, parts.iter().map(|part| grouped(part.count).len()).max().unwrap_or(0))
}

fn bar(part: &Part, whole: u64, (name, number): (usize, usize), screen: Screen) -> String {
    let label = escape(&part.name);
    let label = shortened(&label, MAX_NAME);
    let share = part.count as f64 / whole.max(1) as f64;
    let room = screen.width.saturating_sub(name + number + 14).min(30);
    // a part that is there has a mark, however small it is
    let marks = ((share * room as f64).round() as usize).max(usize::from(part.count > 0));
    let gap = name - columns(&label);
    format!(
        "{label}{:gap$}  {:>number$}  {:5.1}%  {}\n",
        "",
        grouped(part.count),
        share * 100.0,
        screen.paint(FAINT, &"▪".repeat(marks))
    )
}
