//! Documents that came, went or moved between two rankings.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::eval::trec::{Judgments, Ranked, Run, by_topic};

/// Ranks within which documents come and go where the measure has no cutoff.
pub(super) const DEPTH: usize = 10;

/// A document that came, went or moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The document.
    pub docno: String,
    /// Its rank in the first run, 1-based; none where it is not there.
    pub before: Option<usize>,
    /// Its rank in the second run.
    pub after: Option<usize>,
    /// Its grade; none where nobody judged it.
    pub grade: Option<i32>,
}

/// The topics that either run answers, as people count.
pub(super) fn either<'r>(before: &'r Run, after: &'r Run) -> Vec<&'r str> {
    let mut topics: Vec<&str> = before.topics().into_iter().chain(after.topics()).collect();
    topics.sort_unstable_by(|a, b| by_topic(a, b));
    topics.dedup();
    topics
}

/// The documents that came to the first `depth` ranks or left them, and relevant ones that moved within; those that lead
/// the second run first.
pub(super) fn moved(before: Ranked<'_>, after: Ranked<'_>, judgments: Option<&Judgments>, depth: usize) -> Vec<Moved> {
    let (old, new) = (ranks(before), ranks(after));
    let mut documents: Vec<Moved> = Vec::new();
    let gone = before.docnos().take(depth).filter(|d| new.get(d).is_none_or(|&rank| rank > depth));
    for docno in after.docnos().take(depth).chain(gone) {
        let (before, after) = (old.get(docno).copied(), new.get(docno).copied());
        let grade = judgments.and_then(|judgments| judgments.grade(docno));
        let is_top = |rank: Option<usize>| rank.is_some_and(|rank| rank <= depth);
        let is_relevant = grade.is_some_and(|grade| grade > 0);
        if is_top(before) != is_top(after) || (is_relevant && before != after) {
            documents.push(Moved { docno: docno.to_owned(), before, after, grade });
        }
    }
    documents
}

/// Every document's rank, 1-based.
pub(super) fn ranks(ranked: Ranked<'_>) -> FxHashMap<&str, usize> {
    ranked.docnos().zip(1..).collect()
}
