//! A run and qrels -> the value of every measure for every topic, and the means.

use std::collections::HashSet;

use serde::Serialize;

use super::measures::{GradedRanking, Measure};
use super::trec::{Judgments, Qrels, Run};
use crate::error::{Error, Result};

/// What a run is worth.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// What was measured.
    pub measures: Vec<Measure>,
    /// The topics that count, as people count.
    pub topics: Vec<TopicValues>,
    /// The mean of every measure over them.
    pub means: Vec<f64>,
    /// What was there to count.
    pub counts: TopicCounts,
    /// Topics with judgments that were not asked, as people count: they do not count.
    pub unasked: Vec<String>,
}

/// The values of one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicValues {
    /// Its id.
    pub topic: String,
    /// The value of every measure, in the order of [`Evaluation::measures`].
    pub values: Vec<f64>,
}

/// How many topics there were on either side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TopicCounts {
    /// Topics in the means.
    pub scored: usize,
    /// Topics of the run without judgments: never in the means.
    pub unjudged: usize,
    /// Topics with judgments to which the run has no hits: in the means only where that was asked for, as 0.
    pub unanswered: usize,
    /// Topics with judgments that were not asked: not in the means.
    pub unasked: usize,
    /// Judged topics without a relevant document: in the means, as 0.
    pub without_relevant: usize,
}

/// Which of the topics with judgments count.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// Those that the run has hits for, as trec_eval does.
    Answered,
    /// All, those without hits as 0, as trec_eval's `-c` does.
    Judged,
    /// Those that were asked, the ones without hits as 0.
    Asked(&'a HashSet<String>),
}

/// Scores a run over the topics of the qrels that the scope lets count.
///
/// # Errors
/// Where no document of the run is judged for its topic, or the run or the qrels are empty: the two belong to different
/// archives or topics, and zeros would hide that.
pub fn evaluate(run: &Run, qrels: &Qrels, measures: &[Measure], scope: Scope<'_>) -> Result<Evaluation> {
    let judged = qrels.topics();
    let (answered, unanswered): (Vec<&str>, Vec<&str>) = judged.iter().partition(|t| !run.topic(t).is_empty());
    let (wanted, unasked): (Vec<&str>, Vec<&str>) = match scope {
        Scope::Answered => (answered, Vec::new()),
        Scope::Judged => (judged, Vec::new()),
        Scope::Asked(asked) => judged.into_iter().partition(|topic| asked.contains(*topic)),
    };
    let topics = evaluate_topics(run, qrels, measures, &wanted)?;
    let counts = TopicCounts {
        scored: topics.len(),
        unjudged: run.topics().iter().filter(|topic| qrels.topic(topic).is_none()).count(),
        unanswered: unanswered.iter().filter(|topic| !unasked.contains(topic)).count(),
        unasked: unasked.len(),
        without_relevant: wanted.iter().filter(|t| qrels.topic(t).is_none_or(|j| j.relevant(1) == 0)).count(),
    };
    let means = means(&topics, measures.len());
    let unasked = unasked.into_iter().map(str::to_owned).collect();
    Ok(Evaluation { measures: measures.to_vec(), topics, means, counts, unasked })
}

/// The values of these topics, those without hits as 0.
///
/// # Errors
/// As [`evaluate`].
pub(super) fn evaluate_topics(
    run: &Run,
    qrels: &Qrels,
    measures: &[Measure],
    topics: &[&str],
) -> Result<Vec<TopicValues>> {
    let nothing = Judgments::default();
    let mut any_judged = false;
    let values = topics.iter().map(|topic| {
        let answers = GradedRanking::new(run.topic(topic), qrels.topic(topic).unwrap_or(&nothing));
        any_judged |= answers.grades.iter().any(Option::is_some);
        TopicValues {
            topic: (*topic).to_owned(),
            values: measures.iter().map(|measure| measure.of(&answers)).collect(),
        }
    });
    let values = values.collect();
    if any_judged { Ok(values) } else { Err(nothing_in_common(run, qrels)) }
}

/// The mean of every column, summed in the order of the topics.
pub(super) fn means(topics: &[TopicValues], measures: usize) -> Vec<f64> {
    let mean = |m: usize| topics.iter().map(|t| t.values[m]).sum::<f64>() / (topics.len().max(1) as f64);
    (0..measures).map(mean).collect()
}

fn nothing_in_common(run: &Run, qrels: &Qrels) -> Error {
    let (run_name, qrels_name) = (run.name(), qrels.name());
    if run.is_empty() {
        return Error::input(run_name, "the run has no lines", "run the topics again");
    }
    if qrels.is_empty() {
        return Error::input(qrels_name, "the qrels have no lines", "name the file with the judgments");
    }
    if run.topics().iter().all(|topic| qrels.topic(topic).is_none()) {
        let first = |ids: Vec<&str>| ids.first().map_or(String::new(), |id| (*id).to_owned());
        let (ours, theirs) = (first(run.topics()), first(qrels.topics()));
        let what = format!("no topic of the run (such as {ours}) is in {qrels_name} (such as {theirs})");
        return Error::input(run_name, what, "name the qrels that belong to these topics");
    }
    let docno = run.topics().into_iter().find_map(|topic| run.topic(topic).docnos().next()).unwrap_or_default();
    let what = format!("no docno of the run (such as {docno}) is in {qrels_name}");
    Error::input(
        run_name,
        what,
        "name the qrels that belong to this archive, or make the run by the unit that was judged",
    )
}
