//! Two runs over the same topics: what changed, for which topics, and whether it is noise.
//!
//! With judgments: [`compare`], measure by measure, with two paired tests. Without: [`agreement()`], how alike the two
//! rankings are. Either lists the topics that changed most, with the documents that came and went.

mod agreement;
mod moved;
mod randomization;
mod statistics;
mod student;

use moved::{DEPTH, either, moved};

pub use agreement::{Agreement, PERSISTENCE, TopicAgreement, agreement, kendall_tau, rank_biased_overlap};
pub use moved::Moved;
pub use randomization::{EXACT_UP_TO, PERMUTATIONS, Randomization, randomization_test};
pub use statistics::{PairedT, holm, paired_t_test};
pub use student::{two_sided_p, two_sided_quantile};

use super::evaluation::evaluate_topics;
use super::measures::Measure;
use super::trec::{Qrels, Run, by_topic};
use crate::error::{Error, Result};

/// Differences below this are no differences: the noise of summing in another order.
const TIE: f64 = 1e-9;
/// Two judged runs beside each other.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Every measure, in the order asked for.
    pub measures: Vec<MeasureComparison>,
    /// The topics that the first measure sees changed, the largest change first.
    pub topics: Vec<TopicChange>,
    /// Ranks within which documents came and went.
    pub depth: usize,
    /// How many topics were compared: those with judgments that either run answers, a missing answer as 0.
    pub compared: usize,
    /// Among them, topics that only one of the runs answers: the first, the second.
    pub only_in: (usize, usize),
    /// Topics of either run without judgments.
    pub unjudged: usize,
}

/// What a measure says about two runs.
#[derive(Clone, Debug)]
pub struct MeasureComparison {
    /// The measure.
    pub measure: Measure,
    /// Mean of the first run.
    pub before: f64,
    /// Mean of the second run.
    pub after: f64,
    /// Topics that got better.
    pub won: usize,
    /// Topics that got worse.
    pub lost: usize,
    /// Topics that stayed.
    pub tied: usize,
    /// How likely a difference as large as this is where the runs are exchangeable.
    pub randomization: Randomization,
    /// The same probability after Holm's correction over all measures and runs compared.
    pub corrected_p: f64,
    /// The paired t-test; none where all differences are the same.
    pub t_test: Option<PairedT>,
    /// Cohen's d of the paired differences: their mean over their standard deviation; none where that is 0.
    pub effect_size: Option<f64>,
}

impl MeasureComparison {
    /// How much the mean rose.
    pub fn difference(&self) -> f64 {
        self.after - self.before
    }
}

/// A topic that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicChange {
    /// Its id.
    pub topic: String,
    /// The first measure's value in the first run.
    pub before: f64,
    /// And in the second.
    pub after: f64,
    /// Documents that came to the top or left it, and relevant ones that moved.
    pub documents: Vec<Moved>,
}

/// Compares runs with the one before them by judgments, each over all topics with judgments that either answers. The more
/// there are, the likelier one differs by chance: probabilities are corrected over all of them.
///
/// # Errors
/// Where no measure is given, and where one of the runs has nothing in common with the judgments.
pub fn compare(before: &Run, after: &[Run], qrels: &Qrels, measures: &[Measure]) -> Result<Vec<Comparison>> {
    let compared = after.iter().map(|after| compare_two(before, after, qrels, measures));
    let mut compared: Vec<Comparison> = compared.collect::<Result<_>>()?;
    let mut all: Vec<&mut MeasureComparison> = compared.iter_mut().flat_map(|c| &mut c.measures).collect();
    let corrected = holm(&all.iter().map(|m| m.randomization.p).collect::<Vec<_>>());
    all.iter_mut().zip(corrected).for_each(|(measure, p)| measure.corrected_p = p);
    Ok(compared)
}

fn compare_two(before: &Run, after: &Run, qrels: &Qrels, measures: &[Measure]) -> Result<Comparison> {
    let Some(first) = measures.first() else {
        return Err(Error::request("no measure to compare by", "name one with -m, such as -m nDCG@10"));
    };
    let answered = |topic: &&str| !before.topic(topic).is_empty() || !after.topic(topic).is_empty();
    let topics: Vec<&str> = qrels.topics().into_iter().filter(answered).collect();
    let (old, new) =
        (evaluate_topics(before, qrels, measures, &topics)?, evaluate_topics(after, qrels, measures, &topics)?);
    let column = |values: &[super::TopicValues], m: usize| values.iter().map(|t| t.values[m]).collect::<Vec<f64>>();
    let pairs = (0..measures.len()).map(|m| (column(&old, m), column(&new, m)));
    let compared: Vec<_> = measures.iter().zip(pairs).map(|(m, (a, b))| compare_measure(*m, &a, &b)).collect();
    let depth = first.parameters.cutoff.unwrap_or(DEPTH);
    let changes = old.iter().zip(&new).filter(|(a, b)| (a.values[0] - b.values[0]).abs() > TIE).map(|(a, b)| {
        let documents = moved(before.topic(&a.topic), after.topic(&a.topic), qrels.topic(&a.topic), depth);
        TopicChange { topic: a.topic.clone(), before: a.values[0], after: b.values[0], documents }
    });
    let mut changes: Vec<TopicChange> = changes.collect();
    let size = |change: &TopicChange| (change.after - change.before).abs();
    changes.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| by_topic(&a.topic, &b.topic)));
    let lacks = |run: &Run| topics.iter().filter(|topic| run.topic(topic).is_empty()).count();
    let only_in = (lacks(after), lacks(before));
    let unjudged = either(before, after).into_iter().filter(|topic| qrels.topic(topic).is_none()).count();
    Ok(Comparison { measures: compared, topics: changes, depth, compared: topics.len(), only_in, unjudged })
}

fn compare_measure(measure: Measure, before: &[f64], after: &[f64]) -> MeasureComparison {
    let differences: Vec<f64> = before.iter().zip(after).map(|(a, b)| b - a).collect();
    let differences: Vec<f64> = differences.iter().map(|d| if d.abs() > TIE { *d } else { 0.0 }).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let won = differences.iter().filter(|d| **d > 0.0).count();
    let lost = differences.iter().filter(|d| **d < 0.0).count();
    let randomization = randomization_test(&differences);
    MeasureComparison {
        measure,
        before: mean(before),
        after: mean(after),
        won,
        lost,
        tied: differences.len() - won - lost,
        corrected_p: randomization.p,
        randomization,
        t_test: paired_t_test(&differences),
        effect_size: statistics::effect_size(&differences),
    }
}

#[cfg(test)]
#[path = "comparison/tests.rs"]
mod tests;
