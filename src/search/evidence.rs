//! What a candidate has of the query, from the positions of its words, and what that is worth.

use super::backend::{Backend, Reader};
use super::plan::Plan;
use super::score::{LeafWeight, Scorer};
use crate::error::Result;
use crate::query::Weights;

/// Where an article has the leaves of a query.
pub(super) struct Seen<'a> {
    /// Where the matches of each leaf begin, ascending and once each.
    pub starts: &'a [Vec<u32>],
    /// What a match of each leaf counts in the article.
    pub weights: &'a [LeafWeight],
    /// The article's length, relative to the mean.
    pub length: f32,
    /// Positions of each passage, in order.
    pub lengths: &'a [u64],
}

/// Looks at candidates, in the order of their places.
pub(super) struct Evidence<'a, B: Backend + 'a> {
    plan: &'a Plan<B::Words>,
    reader: B::Reader<'a>,
    /// Where the matches of each leaf begin.
    starts: Vec<Vec<u32>>,
    /// What a match of each leaf counts in the article that was read last.
    weights: Vec<LeafWeight>,
    average_length: f32,
    /// How much is lost for what an article lacks.
    missing: f32,
    scorer: Scorer,
}

impl<'a, B: Backend> Evidence<'a, B> {
    pub fn open(backend: &'a B, plan: &'a Plan<B::Words>, weights: Weights) -> Result<Self> {
        let mut needed = vec![false; plan.compiled.atoms.len()];
        // where leaves live or die together, those that do not rank count too
        let counts =
            plan.compiled.leaves.iter().zip(&plan.weights).filter(|(_, weight)| !plan.flat || weight.idf > 0.0);
        counts.flat_map(|(leaf, _)| leaf.shape.atoms()).for_each(|atom| needed[atom] = true);
        Ok(Self {
            plan,
            reader: backend.reader(plan, needed)?,
            starts: vec![Vec::new(); plan.compiled.leaves.len()],
            weights: plan.weights.clone(),
            average_length: backend.collection().average_length,
            missing: weights.missing,
            scorer: Scorer::new(weights),
        })
    }

    /// Scores a candidate: its best `count` passages (1-based) with their scores, best first; of one
    /// that is `unsure` none where it has no leaf.
    pub fn score(
        &mut self,
        article: &B::Article,
        count: usize,
        unsure: bool,
    ) -> Result<impl Iterator<Item = (u32, f32)> + '_> {
        let length = self.measure(article)?;
        let count = if unsure && self.starts.iter().all(Vec::is_empty) { 0 } else { count };
        let kept = 1.0 - self.missing * self.plan.coverage.missing(&self.starts);
        let scored = self.scorer.score(&self.weights, &self.starts, length, count);
        Ok(scored.map(move |(passage, score)| (passage, score * kept)))
    }

    /// What is scored in an article.
    pub fn seen(&mut self, article: &B::Article) -> Result<Seen<'_>> {
        let length = self.measure(article)?;
        Ok(Seen { starts: &self.starts, weights: &self.weights, length, lengths: &self.scorer.lengths })
    }

    /// The leaves that make an article match.
    pub fn live(&mut self, article: &B::Article) -> Result<Vec<bool>> {
        self.read(article)?;
        Ok(self.starts.iter().map(|starts| !starts.is_empty()).collect())
    }

    /// Finds the leaves in an article and the lengths of its passages; gives its own length, relative to the mean.
    fn measure(&mut self, article: &B::Article) -> Result<f32> {
        self.read(article)?;
        self.weigh(article);
        self.scorer.lengths.clear();
        let length = self.reader.lengths(article, &mut self.scorer.lengths)?;
        Ok(length as f32 / self.average_length)
    }

    /// Weighs the leaves by the forms that an article has.
    fn weigh(&mut self, article: &B::Article) {
        let forms = self.plan.compiled.leaves.iter().map(|leaf| leaf.form);
        for ((weight, planned), form) in self.weights.iter_mut().zip(&self.plan.weights).zip(forms) {
            let Some(form) = form else { continue };
            weight.idf = if self.reader.has(article, form) { planned.idf } else { planned.other_forms };
        }
    }

    /// Finds where the leaves that make an article match begin in it.
    fn read(&mut self, article: &B::Article) -> Result<()> {
        let positions = self.reader.positions(article)?;
        self.plan.compiled.starts(positions, self.plan.flat, &mut self.starts);
        Ok(())
    }
}
