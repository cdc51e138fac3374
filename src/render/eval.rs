//! What a run is worth: aligned columns for people, JSON for scripts; and the list of measures.

use std::fmt::Write;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::hits::count;
use super::json;
use super::markdown::{code, plain};
use super::terminal::{FAINT, HEADING, Screen, columns, escape};
use crate::eval::measures::{MEASURES, Measure};
use crate::eval::{Evaluation, TopicCounts, TopicValues};

/// The means, a line a measure; with `per_topic` a table of all topics, the means below.
pub fn text(evaluation: &Evaluation, per_topic: bool, screen: Screen) -> String {
    let names: Vec<String> = evaluation.measures.iter().map(Measure::to_string).collect();
    if !per_topic {
        let width = names.iter().map(|name| columns(name)).max().unwrap_or(0);
        return names
            .iter()
            .zip(&evaluation.means)
            .map(|(name, mean)| format!("{name:<width$}  {mean:.4}\n"))
            .collect();
    }
    let ids: Vec<_> = evaluation.topics.iter().map(|t| escape(&t.topic)).collect();
    let width = ids.iter().map(|id| columns(id)).max().unwrap_or(0).max("topic".len());
    let head: String = names.iter().map(|name| format!("  {name:>6}")).collect();
    let mut out = format!("{}\n", screen.paint(HEADING, &format!("{:<width$}{head}", "topic")));
    for (id, topic) in ids.iter().zip(&evaluation.topics) {
        let _ = writeln!(out, "{id}{:gap$}{}", "", cells(&names, &topic.values), gap = width - columns(id));
    }
    let _ =
        writeln!(out, "{}", screen.paint(HEADING, &format!("{:<width$}{}", "mean", cells(&names, &evaluation.means))));
    out
}

/// The means as a table, or with `per_topic` a table of all topics with the means below, as Markdown.
pub fn markdown(evaluation: &Evaluation, per_topic: bool) -> String {
    let row = |name: &str, values: &[f64]| {
        let values: String = values.iter().map(|value| format!(" {value:.4} |")).collect();
        format!("| {name} |{values}\n")
    };
    let names: String = evaluation.measures.iter().map(|m| format!(" {} |", plain(&m.to_string()))).collect();
    let mut out = format!("| |{names}\n|---|{}\n", "--:|".repeat(evaluation.measures.len()));
    if per_topic {
        out.extend(evaluation.topics.iter().map(|topic| row(&code(&topic.topic), &topic.values)));
    }
    out + &row("mean", &evaluation.means)
}

fn cells(names: &[String], values: &[f64]) -> String {
    names.iter().zip(values).map(|(name, value)| format!("  {value:>width$.4}", width = columns(name).max(6))).collect()
}

/// `182 topics scored`, and which were not: never nothing where something was left out.
pub fn summary(counts: TopicCounts, complete: bool) -> String {
    let mut out = format!("{} scored", count(counts.scored as u64, "topic"));
    if counts.unanswered > 0 && complete {
        let _ = write!(out, ", {} of them without hits, as 0", counts.unanswered);
    } else if counts.unanswered > 0 {
        let _ = write!(out, "; {} with judgments but no hits left out (-c counts them as 0)", counts.unanswered);
    }
    if counts.unasked > 0 {
        let _ = write!(out, "; {} with judgments that were not asked left out", counts.unasked);
    }
    if counts.unjudged > 0 {
        let _ = write!(out, "; {} of the run without judgments left out", counts.unjudged);
    }
    if counts.without_relevant > 0 {
        let _ = write!(out, "; {} without a relevant document, as 0", counts.without_relevant);
    }
    out
}

/// What scripts read of an evaluation.
#[derive(Serialize)]
pub struct Scores<'a> {
    run: &'a str,
    qrels: &'a str,
    counts: TopicCounts,
    means: NamedValues<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topics: Option<Vec<OfTopic<'a>>>,
}

#[derive(Serialize)]
struct OfTopic<'a> {
    topic: &'a str,
    values: NamedValues<'a>,
}

/// Values by the names of their measures.
pub(super) struct NamedValues<'a>(pub(super) &'a [Measure], pub(super) &'a [f64]);

impl Serialize for NamedValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.1.len()))?;
        for (measure, value) in self.0.iter().zip(self.1) {
            map.serialize_entry(&measure.to_string(), value)?;
        }
        map.end()
    }
}

/// The names of run and judgments, counts, means, and with `per_topic` every topic's values.
pub fn scores<'a>(evaluation: &'a Evaluation, files: (&'a str, &'a str), per_topic: bool) -> Scores<'a> {
    let measures = &evaluation.measures;
    let of_topic = |t: &'a TopicValues| OfTopic { topic: &t.topic, values: NamedValues(measures, &t.values) };
    Scores {
        run: files.0,
        qrels: files.1,
        counts: evaluation.counts,
        means: NamedValues(measures, &evaluation.means),
        topics: per_topic.then(|| evaluation.topics.iter().map(of_topic).collect()),
    }
}

/// One object.
pub fn json(scores: &Scores<'_>) -> String {
    json::line(scores)
}

/// Every measure with its other names, what it says, its definition and its source.
pub fn list(screen: Screen) -> String {
    let mut out = String::new();
    for measure in MEASURES {
        let others = [measure.trec_eval.0.map(str::to_owned), measure.trec_eval.1.map(|name| format!("{name}_k"))];
        let others: Vec<String> = others.into_iter().flatten().collect();
        let others = if others.is_empty() { String::new() } else { format!("  trec_eval: {}", others.join(", ")) };
        let _ = writeln!(out, "{}{}", screen.paint(HEADING, &measure.spelled()), screen.paint(FAINT, &others));
        for line in [measure.help, measure.definition, measure.citation] {
            out.push_str(&screen.wrap(line, 4));
        }
    }
    out
}
