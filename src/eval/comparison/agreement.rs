//! How alike two rankings are, where nobody judged the documents.

use super::moved::{DEPTH, Moved, either, moved, ranks};
use crate::eval::trec::{Ranked, Run, by_topic};

/// How likely a reader goes on from one rank to the next: the first ten ranks carry 86% of the overlap.
pub const PERSISTENCE: f64 = 0.9;

/// Two runs that nobody judged.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Every topic that both runs answer, the least alike first.
    pub topics: Vec<TopicAgreement>,
    /// Mean rank-biased overlap over them.
    pub rbo: f64,
    /// Mean of Kendall's tau over the topics that have one.
    pub tau: Option<f64>,
    /// Topics with the same documents in the same order.
    pub same: usize,
    /// Topics that only one of the runs answers: the first, the second.
    pub only_in: (usize, usize),
}

/// A topic in both runs.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicAgreement {
    /// Its id.
    pub topic: String,
    /// Rank-biased overlap of the two rankings.
    pub rbo: f64,
    /// Kendall's tau of the documents that both have; none where there are fewer than two.
    pub tau: Option<f64>,
    /// How many documents both have.
    pub shared: usize,
    /// Whether nothing changed at all.
    pub same: bool,
    /// Documents that came to the first ten ranks or left them.
    pub documents: Vec<Moved>,
}

/// Compares two runs topic by topic.
pub fn agreement(before: &Run, after: &Run) -> Agreement {
    let (mut topics, mut only_in) = (Vec::new(), (0, 0));
    for topic in either(before, after) {
        let (old, new) = (before.topic(topic), after.topic(topic));
        match (old.is_empty(), new.is_empty()) {
            (false, false) => topics.push(topic_agreement(topic, old, new)),
            (false, true) => only_in.0 += 1,
            (true, _) => only_in.1 += 1,
        }
    }
    topics.sort_by(|a, b| a.rbo.total_cmp(&b.rbo).then_with(|| by_topic(&a.topic, &b.topic)));
    let mean = |values: Vec<f64>| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    Agreement {
        rbo: mean(topics.iter().map(|t| t.rbo).collect()).unwrap_or(0.0),
        tau: mean(topics.iter().filter_map(|t| t.tau).collect()),
        same: topics.iter().filter(|t| t.same).count(),
        topics,
        only_in,
    }
}

fn topic_agreement(topic: &str, old: Ranked<'_>, new: Ranked<'_>) -> TopicAgreement {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.docnos().collect(), new.docnos().collect());
    let places = ranks(new);
    let shared: Vec<usize> = a.iter().filter_map(|docno| places.get(docno).copied()).collect();
    TopicAgreement {
        topic: topic.to_owned(),
        rbo: rank_biased_overlap(&a, &b, PERSISTENCE),
        tau: kendall_tau(&shared),
        shared: shared.len(),
        same: a == b,
        documents: moved(old, new, None, DEPTH),
    }
}

/// Rank-biased overlap of two rankings, extrapolated beyond their ends: equation 32 of Webber, Moffat, Zobel, A
/// similarity measure for indefinite rankings, TOIS 28(4), 2010. 1 for the same ranking, 0 for nothing in common.
pub fn rank_biased_overlap(a: &[&str], b: &[&str], p: f64) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (s, l) = (short.len(), long.len());
    if s == 0 {
        return if l == 0 { 1.0 } else { 0.0 };
    }
    let mut seen = rustc_hash::FxHashSet::default();
    let (mut overlap, mut at_s) = (0.0, 0.0);
    let (mut sum, mut weight) = (0.0, 1.0);
    for d in 1..=l {
        for docno in [short.get(d - 1), long.get(d - 1)].into_iter().flatten() {
            overlap += f64::from(u8::from(!seen.insert(*docno)));
        }
        weight *= p;
        let depth = d as f64;
        sum += overlap / depth * weight;
        if d <= s {
            at_s = overlap;
        } else {
            sum += at_s * (depth - s as f64) / (s as f64 * depth) * weight;
        }
    }
    (1.0 - p) / p * sum + ((overlap - at_s) / l as f64 + at_s / s as f64) * weight
}

/// Kendall's rank correlation of distinct places in another ranking, read in the order of this one: 1 for the same
/// order, -1 for the reverse (Kendall, A new measure of rank correlation, Biometrika 30, 1938; without ties tau-b is the
/// same). None for fewer than two.
pub fn kendall_tau(places: &[usize]) -> Option<f64> {
    let n = places.len() as f64;
    let inversions = inversions(&mut places.to_vec()) as f64;
    (places.len() > 1).then(|| 1.0 - 4.0 * inversions / (n * (n - 1.0)))
}

/// Sorts and counts the pairs that stood in the wrong order, by merging.
fn inversions(places: &mut [usize]) -> usize {
    let middle = places.len() / 2;
    if middle == 0 {
        return 0;
    }
    let (left, right) = places.split_at_mut(middle);
    let mut count = inversions(left) + inversions(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut l, mut r) = (0, 0);
    while l < left.len() && r < right.len() {
        if left[l] <= right[r] {
            merged.push(left[l]);
            l += 1;
        } else {
            count += left.len() - l;
            merged.push(right[r]);
            r += 1;
        }
    }
    merged.extend_from_slice(&left[l..]);
    merged.extend_from_slice(&right[r..]);
    places.copy_from_slice(&merged);
    count
}
