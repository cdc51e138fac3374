//! Two runs beside each other: text with small bars for people, a Markdown table for reviews, JSON for scripts.

mod figures;
mod machine;
mod markdown;
mod text;

pub use figures::Names;
pub use machine::{agreement_json, json};
pub use markdown::{agreement_markdown, markdown};
pub use text::{agreement_text, text};

use crate::eval::comparison::{Agreement, Comparison};

use super::hits::count;

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
