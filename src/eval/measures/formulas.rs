//! How each measure is computed. Sums run from the first rank down, in double precision, as in trec_eval.

use super::{GradedRanking, Parameters};

pub(super) fn ndcg(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    let ideal = answers.judgments.levels();
    let depth = parameters.cutoff.map_or(ideal.len(), |k| k.min(ideal.len()));
    let best = dcg(ideal[..depth].iter().copied());
    if best == 0.0 { 0.0 } else { dcg(parameters.top(answers).iter().map(|g| g.unwrap_or(0))) / best }
}

fn dcg(grades: impl Iterator<Item = i32>) -> f64 {
    let gains = (2_u32..).zip(grades).filter(|(_, grade)| *grade > 0);
    gains.map(|(discount, grade)| f64::from(grade) / f64::from(discount).log2()).sum()
}

pub(super) fn average_precision(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    let precisions = relevant_ranks(answers, parameters).zip(1_u32..);
    over(precisions.map(|(rank, so_far)| f64::from(so_far) / rank as f64).sum(), relevant(answers, parameters))
}

pub(super) fn reciprocal_rank(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    relevant_ranks(answers, parameters).next().map_or(0.0, |rank| 1.0 / rank as f64)
}

pub(super) fn precision(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    let found = relevant_ranks(answers, parameters).count();
    over(found as f64, parameters.cutoff.unwrap_or(answers.grades.len()))
}

pub(super) fn recall(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    over(relevant_ranks(answers, parameters).count() as f64, relevant(answers, parameters))
}

pub(super) fn r_precision(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    let all = relevant(answers, parameters);
    precision(answers, &Parameters { cutoff: Some(all), ..*parameters })
}

pub(super) fn bpref(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    let relevant = relevant(answers, parameters);
    let bound = relevant.min(answers.judgments.not_relevant(parameters.rel));
    let (mut before, mut sum) = (0_usize, 0.0);
    for grade in answers.grades.iter().flatten() {
        if *grade >= parameters.rel {
            sum += 1.0 - over(before.min(relevant) as f64, bound);
        } else if *grade >= 0 {
            before += 1;
        }
    }
    over(sum, relevant)
}

pub(super) fn judged(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    let top = parameters.top(answers);
    over(top.iter().flatten().count() as f64, top.len())
}

pub(super) fn success(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    f64::from(u8::from(relevant_ranks(answers, parameters).next().is_some()))
}

pub(super) fn rank_biased_precision(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    let weight = |rank: usize| parameters.p.powi(i32::try_from(rank - 1).unwrap_or(i32::MAX));
    (1.0 - parameters.p) * relevant_ranks(answers, parameters).map(weight).sum::<f64>()
}

pub(super) fn expected_reciprocal_rank(answers: &GradedRanking<'_>, parameters: &Parameters) -> f64 {
    let (mut reads_on, mut sum) = (1.0, 0.0);
    for (rank, grade) in (1_u32..).zip(parameters.top(answers)) {
        let grade = grade.unwrap_or(0).clamp(0, parameters.max);
        let satisfied = (2_f64.powi(grade) - 1.0) / 2_f64.powi(parameters.max);
        sum += reads_on * satisfied / f64::from(rank);
        reads_on *= 1.0 - satisfied;
    }
    sum
}

/// The ranks of relevant documents, 1-based, ascending.
fn relevant_ranks<'a>(answers: &'a GradedRanking<'_>, parameters: &Parameters) -> impl Iterator<Item = usize> + 'a {
    let rel = parameters.rel;
    (1..).zip(parameters.top(answers)).filter(move |(_, g)| g.is_some_and(|g| g >= rel)).map(|(rank, _)| rank)
}

/// How many relevant documents the topic has.
fn relevant(answers: &GradedRanking<'_>, parameters: &Parameters) -> usize {
    answers.judgments.relevant(parameters.rel)
}

/// `sum / count`; 0 where there is nothing to divide by.
fn over(sum: f64, count: usize) -> f64 {
    if count == 0 { 0.0 } else { sum / count as f64 }
}
