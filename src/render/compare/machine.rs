//! For scripts.

use serde::Serialize;

use super::Names;
use crate::eval::comparison::{Agreement, Comparison, Moved, PairedT};
use crate::render::json;

#[derive(Serialize)]
struct ComparisonObject<'a> {
    before: &'a str,
    after: &'a str,
    compared: usize,
    only_in_before: usize,
    only_in_after: usize,
    unjudged: usize,
    depth: usize,
    measures: Vec<OfMeasure>,
    topics: Vec<TopicComparison<'a>>,
}

#[derive(Serialize)]
struct OfMeasure {
    measure: String,
    before: f64,
    after: f64,
    difference: f64,
    won: usize,
    lost: usize,
    tied: usize,
    randomization_p: f64,
    randomization_exact: bool,
    corrected_p: f64,
    t_test: Option<PairedT>,
    effect_size: Option<f64>,
}

#[derive(Serialize)]
struct TopicComparison<'a> {
    topic: &'a str,
    before: f64,
    after: f64,
    difference: f64,
    documents: &'a [Moved],
}

/// One object: the measures in the order asked for, the topics that changed most first, at most `topics`.
pub fn json(comparison: &Comparison, names: Names<'_>, topics: usize) -> String {
    let measures = comparison.measures.iter().map(|m| OfMeasure {
        measure: m.measure.to_string(),
        before: m.before,
        after: m.after,
        difference: m.difference(),
        won: m.won,
        lost: m.lost,
        tied: m.tied,
        randomization_p: m.randomization.p,
        randomization_exact: m.randomization.exact,
        corrected_p: m.corrected_p,
        t_test: m.t_test,
        effect_size: m.effect_size,
    });
    let topics = comparison.topics.iter().take(topics).map(|t| TopicComparison {
        topic: &t.topic,
        before: t.before,
        after: t.after,
        difference: t.after - t.before,
        documents: &t.documents,
    });
    json::line(&ComparisonObject {
        before: names.before,
        after: names.after,
        compared: comparison.compared,
        only_in_before: comparison.only_in.0,
        only_in_after: comparison.only_in.1,
        unjudged: comparison.unjudged,
        depth: comparison.depth,
        measures: measures.collect(),
        topics: topics.collect(),
    })
}

#[derive(Serialize)]
struct Alike<'a> {
    before: &'a str,
    after: &'a str,
    compared: usize,
    same: usize,
    only_in_before: usize,
    only_in_after: usize,
    rbo: f64,
    tau: Option<f64>,
    topics: Vec<AlikeTopic<'a>>,
}

#[derive(Serialize)]
struct AlikeTopic<'a> {
    topic: &'a str,
    rbo: f64,
    tau: Option<f64>,
    shared: usize,
    documents: &'a [Moved],
}

/// The same for runs that nobody judged: the topics that moved most first.
pub fn agreement_json(agreement: &Agreement, names: Names<'_>, topics: usize) -> String {
    let of_topic = agreement.topics.iter().filter(|t| !t.same).take(topics).map(|t| AlikeTopic {
        topic: &t.topic,
        rbo: t.rbo,
        tau: t.tau,
        shared: t.shared,
        documents: &t.documents,
    });
    json::line(&Alike {
        before: names.before,
        after: names.after,
        compared: agreement.topics.len(),
        same: agreement.same,
        only_in_before: agreement.only_in.0,
        only_in_after: agreement.only_in.1,
        rbo: agreement.rbo,
        tau: agreement.tau,
        topics: of_topic.collect(),
    })
}
