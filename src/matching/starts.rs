//! Where an article has the leaves of a query.

use super::compiled::{Compiled, Shape};
use super::intervals;
use crate::analysis::PASSAGE_POSITIONS;
use crate::query::tree::QueryField;

impl Compiled {
    /// Where the leaves that make an article match begin in it: for each leaf ascending and once each. `positions` has,
    /// for each atom, where it stands; `flat` is what [`Tree::is_flat`](super::Tree::is_flat) says.
    pub fn starts<P: AsRef<[u32]>>(&self, positions: &[P], flat: bool, starts: &mut [Vec<u32>]) {
        for (leaf, starts) in self.leaves.iter().zip(starts.iter_mut()) {
            starts.clear();
            match &leaf.shape {
                Shape::Atom(atom) => starts.extend_from_slice(positions[*atom].as_ref()),
                shape => starts.extend(intervals::starts(shape, positions).iter().map(|(start, _)| start)),
            }
            if leaf.field == Some(QueryField::Headline) {
                starts.retain(|&at| at < PASSAGE_POSITIONS);
            }
        }
        if !flat {
            let found: Vec<bool> = starts.iter().map(|starts| !starts.is_empty()).collect();
            let live = self.tree.live(&found);
            starts.iter_mut().zip(live).filter(|(_, live)| !live).for_each(|(starts, _)| starts.clear());
        }
    }
}
