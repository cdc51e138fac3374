//! Two runs beside each other: text with small bars for people, a Markdown table for reviews, JSON for scripts.

mod machine;
mod markdown;
mod text;

pub use machine::{agreement_json, json};
pub use markdown::{agreement_markdown, markdown};
pub use text::{agreement_text, text};

use crate::eval::comparison::{Agreement, Comparison, Moved};

use super::hits::count;

/// The names of the two runs, as they were given.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The first.
    pub before: &'a str,
    /// The second.
    pub after: &'a str,
}

/// What was compared, and what was not: never nothing where something was left out.
pub fn summary(comparison: &Comparison, names: Names<'_>) -> String {
    let mut out = format!("{} compared", count(comparison.compared as u64, "topic"));
    out.push_str(&only_in(comparison.only_in, names, ", the other as 0"));
    if comparison.unjudged > 0 {
        out.push_str(&format!("; {} without judgments left out", comparison.unjudged));
    }
    out
}

/// The same for runs that nobody judged.
pub fn agreement_summary(agreement: &Agreement, names: Names<'_>) -> String {
    let compared = count(agreement.topics.len() as u64, "topic");
    format!("{compared} compared, {} the same{}", agreement.same, only_in(agreement.only_in, names, ", left out"))
}

fn only_in(only: (usize, usize), names: Names<'_>, then: &str) -> String {
    let told = |n: usize, name: &str| if n > 0 { format!("; {n} only in {name}{then}") } else { String::new() };
    told(only.0, names.before) + &told(only.1, names.after)
}

/// `14 → 3`; `–` where a run does not have it.
fn ranks(moved: &Moved) -> String {
    format!("{} → {}", rank(moved.before), rank(moved.after))
}

fn rank(rank: Option<usize>) -> String {
    rank.map_or("–".to_owned(), |rank| rank.to_string())
}

fn grade(moved: &Moved) -> String {
    moved.grade.map_or("unjudged".to_owned(), |grade| format!("grade {grade}"))
}

/// A probability with three digits, as papers write it.
fn probability(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

/// A number with its sign; no sign where nothing is left of it.
fn signed(value: f64, digits: usize) -> String {
    let text = format!("{value:+.digits$}");
    if text[1..].chars().all(|c| matches!(c, '0' | '.')) { format!(" {}", &text[1..]) } else { text }
}
