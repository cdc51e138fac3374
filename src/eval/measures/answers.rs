//! What a measure is given: its parameters, and one topic's answers.

use crate::eval::trec::{Judgments, Ranked};

/// What a measure may be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// The number of ranks looked at; all where there is none.
    pub cutoff: Option<usize>,
    /// The least grade that counts as relevant.
    pub rel: i32,
    /// Persistence: how likely a reader goes on from one rank to the next.
    pub p: f64,
    /// The highest grade of the scale.
    pub max: i32,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { cutoff: None, rel: 1, p: 0.8, max: 4 }
    }
}

impl Parameters {
    /// The ranks that count.
    pub(super) fn top<'a>(&self, answers: &'a GradedRanking<'_>) -> &'a [Option<i32>] {
        let depth = self.cutoff.map_or(answers.grades.len(), |k| k.min(answers.grades.len()));
        &answers.grades[..depth]
    }
}

/// One topic's answers as a measure sees them.
#[derive(Clone, Debug)]
pub struct GradedRanking<'a> {
    /// The grade at every rank, best first; none where nobody judged the document.
    pub grades: Vec<Option<i32>>,
    /// Everything that was judged for the topic.
    pub judgments: &'a Judgments,
}

impl<'a> GradedRanking<'a> {
    /// Looks up the grade of every ranked document.
    pub fn new(ranked: Ranked<'_>, judgments: &'a Judgments) -> Self {
        Self { grades: ranked.docnos().map(|docno| judgments.grade(docno)).collect(), judgments }
    }
}
