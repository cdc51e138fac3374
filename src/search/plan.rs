//! A query made ready for one state of an archive: its words, what they are worth, which articles match.

use super::coverage::Coverage;
use super::score::{LeafWeight, idf};
use super::weigh::weigh;
use crate::matching::{Compiled, Leaf, Shape};
use crate::query::{DateFilter, Weights};

/// A query made ready; `W` is what a back end made of its words.
pub(crate) struct Plan<W> {
    /// Its words, leaves, and which articles match.
    pub compiled: Compiled,
    /// Its words, looked up.
    pub words: W,
    /// How many articles have each word, in the order of the compiled query's atoms.
    pub articles_with: Vec<u64>,
    /// What a match of each leaf counts.
    pub weights: Vec<LeafWeight>,
    /// How much of what it says an article has.
    pub coverage: Coverage,
    /// The dates that are kept.
    pub dates: DateFilter,
    /// Whether every leaf that an article has makes it match.
    pub flat: bool,
    /// Whether anything in it ranks.
    pub ranks: bool,
}

impl<W> Plan<W> {
    /// A plan of which only the first `typed` leaves stand in the query as typed. `found` are its words, looked up, and
    /// how many of so many articles have each.
    pub fn new(
        compiled: Compiled,
        typed: usize,
        dates: DateFilter,
        found: ((W, Vec<u64>), u64),
        weights: Weights,
    ) -> Self {
        let ((words, articles_with), articles) = found;
        let mut compiled = compiled;
        pass_over_forms(&mut compiled, &articles_with);
        let idfs: Vec<f32> = articles_with.iter().map(|&with| idf(with, articles)).collect();
        let weights = weigh(&compiled.leaves, typed, &idfs, &weights);
        let coverage = Coverage::of(&compiled, &weights, &articles_with);
        let (flat, ranks) = (compiled.tree.is_flat(), compiled.leaves.iter().any(Leaf::ranks));
        Self { compiled, words, articles_with, weights, coverage, dates, flat, ranks }
    }
}

impl<W: Clone> Plan<W> {
    /// The same for the articles that have all that it says; none where it says one thing only.
    pub fn whole(&self) -> Option<Self> {
        let tree = self.coverage.whole(&self.compiled.tree)?;
        let compiled = Compiled { tree, ..self.compiled.clone() };
        let (words, articles_with, weights) = (self.words.clone(), self.articles_with.clone(), self.weights.clone());
        let (coverage, dates) = (self.coverage.clone(), self.dates.clone());
        Some(Self { compiled, words, articles_with, weights, coverage, dates, ..*self })
    }
}

/// Forgets the forms typed that tell no article from another: that all articles with the stem have, or none.
fn pass_over_forms(compiled: &mut Compiled, articles_with: &[u64]) {
    for leaf in &mut compiled.leaves {
        let Shape::Atom(stem) = leaf.shape else { continue };
        leaf.form = leaf.form.filter(|&form| (1..articles_with[stem]).contains(&articles_with[form]));
    }
}
