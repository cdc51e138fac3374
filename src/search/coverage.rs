//! How much of what a query says an article has: where words alone are listed, an article with more of them comes before one
//! with much of few (coordination level: Cleverdon 1967, "The Cranfield tests on index language devices").

use super::score::LeafWeight;
use crate::matching::{Compiled, Tree};
use crate::query::tree::Occur;

/// A query that says more is a question or a text, not a list of what is to be there.
const MOST: usize = 6;
/// Articles with all of it are counted for a query that says no more.
const MOST_COUNTED: usize = 12;

/// The things that a query says beside each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    /// Of each the tree, and the leaves in it that rank: one, or alternatives to each other.
    said: Vec<(Tree, Vec<usize>)>,
    /// Whether an article loses by what it lacks.
    pub counts: bool,
    /// Whether the query says more, which no article has.
    pub more: bool,
}

impl Coverage {
    /// Of the leaves that stand in the query as typed, but for what no article has. Words that were passed over make a
    /// sentence of it, and sentences say more than they mean: there nothing counts.
    pub fn of(compiled: &Compiled, weights: &[LeafWeight], articles_with: &[u64]) -> Self {
        let Compiled { tree, leaves, passed_over, .. } = compiled;
        let (mut said, mut more) = (Vec::new(), false);
        let is_there = |leaf: &usize| leaves[*leaf].shape.atoms().iter().any(|&atom| articles_with[atom] > 0);
        collect(tree, &mut |part| {
            let mut of_part = Vec::new();
            leaves_of(part, &mut of_part);
            of_part.retain(|&leaf| weights[leaf].typed && weights[leaf].idf > 0.0);
            of_part.retain(|&leaf| !leaves[leaf].negated && !leaves[leaf].of_time);
            if of_part.iter().any(is_there) {
                said.push((part.clone(), of_part));
            } else {
                more |= !of_part.is_empty();
            }
        });
        let counts = *passed_over == 0 && (2..=MOST).contains(&said.len());
        Self { said, counts, more }
    }

    /// What an article loses that has the leaves which begin somewhere, 0 to 1: it keeps the square of the share that it has.
    pub fn missing(&self, starts: &[Vec<u32>]) -> f32 {
        if !self.counts {
            return 0.0;
        }
        let has = |(_, leaves): &&(Tree, Vec<usize>)| leaves.iter().any(|&leaf| !starts[leaf].is_empty());
        let share = self.said.iter().filter(has).count() as f32 / self.said.len() as f32;
        1.0 - share * share
    }

    /// The articles of `tree` that have all of it; none where it is one thing only.
    pub fn whole(&self, tree: &Tree) -> Option<Tree> {
        let all = || [tree.clone()].into_iter().chain(self.said.iter().map(|(part, _)| part.clone())).collect();
        (self.said.len() > 1).then(|| Tree::All(all()))
    }

    /// Whether it is so little that people look for articles with all of it.
    pub fn is_short(&self) -> bool {
        self.said.len() <= MOST_COUNTED
    }
}

/// Calls `each` with the parts of a tree that stand beside each other.
fn collect<'t>(tree: &'t Tree, each: &mut impl FnMut(&'t Tree)) {
    match tree {
        Tree::All(trees) => trees.iter().for_each(|tree| collect(tree, each)),
        Tree::Clauses(clauses) => {
            let wanted = clauses.iter().filter(|(occur, _)| *occur != Occur::MustNot);
            wanted.for_each(|(_, tree)| collect(tree, each));
        }
        Tree::Leaf(_) | Tree::Any(_) => each(tree),
        Tree::Not(_) => {}
    }
}

fn leaves_of(tree: &Tree, leaves: &mut Vec<usize>) {
    match tree {
        Tree::Leaf(leaf) => leaves.push(*leaf),
        Tree::All(trees) | Tree::Any(trees) => trees.iter().for_each(|tree| leaves_of(tree, leaves)),
        Tree::Clauses(clauses) => clauses.iter().for_each(|(_, tree)| leaves_of(tree, leaves)),
        Tree::Not(_) => {}
    }
}
