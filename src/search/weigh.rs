//! What a match of each leaf counts: no index, only how many articles have its words.

use super::score::LeafWeight;
use crate::matching::{Leaf, Shape};
use crate::query::Weights;

/// What a word of a date counts beside another: the date itself counts already, as a time.
const OF_TIME: f32 = 0.4;

/// What a match of each leaf counts, given the inverse document frequency of each atom; the first `typed` leaves stand in
/// the query as typed.
pub(super) fn weigh(leaves: &[Leaf], typed: usize, idfs: &[f32], weights: &Weights) -> Vec<LeafWeight> {
    let weigh = |(place, leaf): (usize, &Leaf)| {
        let weight = if leaf.of_time { leaf.weight * OF_TIME } else { leaf.weight };
        let stem = if leaf.ranks() { idf_of(&leaf.shape, idfs) * weight } else { 0.0 };
        let (idf, other_forms) = match leaf.form {
            Some(form) => {
                let rarity = (idfs[form] * leaf.weight - stem).max(0.0);
                (stem + weights.typed_form * rarity, stem * weights.other_forms)
            }
            None => (stem, stem),
        };
        LeafWeight { idf, other_forms, length: length_of(&leaf.shape), typed: place < typed }
    };
    leaves.iter().enumerate().map(weigh).collect()
}

/// What all words together are worth; of alternatives the commonest counts, of a passage's words their mean, as each
/// match is one of them.
fn idf_of(shape: &Shape, atoms: &[f32]) -> f32 {
    match shape {
        Shape::Atom(atom) => atoms[*atom],
        Shape::Phrase { atoms: words, .. } => words.iter().map(|&atom| atoms[atom]).sum(),
        Shape::Near { left, right, .. } => idf_of(left, atoms) + idf_of(right, atoms),
        Shape::Any(shapes) => shapes.iter().map(|shape| idf_of(shape, atoms)).fold(f32::INFINITY, f32::min),
        Shape::Same(shapes) => {
            shapes.iter().map(|shape| idf_of(shape, atoms)).sum::<f32>() / shapes.len().max(1) as f32
        }
    }
}

/// Positions that a match takes at least.
fn length_of(shape: &Shape) -> u32 {
    match shape {
        Shape::Atom(_) => 1,
        Shape::Phrase { atoms, .. } => atoms.len() as u32,
        Shape::Near { left, right, .. } => length_of(left) + length_of(right),
        Shape::Any(shapes) | Shape::Same(shapes) => shapes.iter().map(length_of).min().unwrap_or(1),
    }
}
