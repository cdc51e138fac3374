//! A table to paste in a review.

use std::fmt::Write;

use super::figures::{Names, grade, interval, probability, ranks, signed};
use crate::eval::comparison::{Agreement, Comparison, Moved};
use crate::render::markdown::code;

/// The measures as a table, and the topics that changed most, at most `topics`, as another.
pub fn markdown(comparison: &Comparison, names: Names<'_>, topics: usize) -> String {
    let mut out = format!("{} → {}, {} topics\n\n", code(names.before), code(names.after), comparison.compared);
    out.push_str(
        "| measure | before | after | difference | 95% interval | p | p (Holm) | p (t-test) | d | won/lost/tied |\n",
    );
    out.push_str("|---|--:|--:|--:|:-:|--:|--:|--:|--:|--:|\n");
    for m in &comparison.measures {
        let t = m.t_test.map_or("–".to_owned(), |t| less(&probability(t.p)));
        let interval = m.t_test.map_or("–".to_owned(), |t| interval(t.interval_95));
        let d = m.effect_size.map_or("–".to_owned(), |d| signed(d, 2).trim().to_owned());
        let (p, holm) = (less(&probability(m.randomization.p)), less(&probability(m.corrected_p)));
        let difference = signed(m.difference(), 4);
        let _ = writeln!(
            out,
            "| {} | {:.4} | {:.4} | {} | {interval} | {p} | {holm} | {t} | {d} | {}/{}/{} |",
            m.measure,
            m.before,
            m.after,
            difference.trim(),
            m.won,
            m.lost,
            m.tied
        );
    }
    let Some(first) = comparison.measures.first().filter(|_| !comparison.topics.is_empty() && topics > 0) else {
        return out;
    };
    let _ = writeln!(
        out,
        "\n| topic | {} before | after | difference | came and went |\n|---|--:|--:|--:|---|",
        first.measure
    );
    for topic in comparison.topics.iter().take(topics) {
        let (before, after) = (topic.before, topic.after);
        let (change, documents) = (signed(after - before, 4), documents(&topic.documents, true));
        let _ =
            writeln!(out, "| {} | {before:.4} | {after:.4} | {} | {documents} |", code(&topic.topic), change.trim());
    }
    out
}

/// The same for runs that nobody judged.
pub fn agreement_markdown(agreement: &Agreement, names: Names<'_>, topics: usize) -> String {
    let mut out = format!("{} → {}, {} topics", code(names.before), code(names.after), agreement.topics.len());
    let tau = |tau: Option<f64>| tau.map_or("–".to_owned(), |tau| format!("{tau:.4}"));
    let _ = write!(out, "\n\n| topic | RBO(p=0.9) | Kendall's tau | shared | came and went |\n|---|--:|--:|--:|---|\n");
    let _ = writeln!(out, "| mean | {:.4} | {} | | |", agreement.rbo, tau(agreement.tau));
    for topic in agreement.topics.iter().filter(|t| !t.same).take(topics) {
        let (id, documents) = (code(&topic.topic), documents(&topic.documents, false));
        let _ = writeln!(out, "| {id} | {:.4} | {} | {} | {documents} |", topic.rbo, tau(topic.tau), topic.shared);
    }
    out
}

fn documents(documents: &[Moved], is_judged: bool) -> String {
    let written = documents.iter().map(|moved| {
        let grade = if is_judged { format!(" ({})", grade(moved)) } else { String::new() };
        format!("{} {}{grade}", code(&moved.docno), ranks(moved))
    });
    written.collect::<Vec<_>>().join("<br>")
}

fn less(p: &str) -> String {
    p.replace('<', "&lt;")
}
