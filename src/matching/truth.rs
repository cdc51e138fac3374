//! Whether an article matches, and by which leaves.

use super::Tree;
use crate::query::tree::Occur;

impl Tree {
    /// Whether every leaf that a matching article has makes it match, so that [`live`](Self::live) need not be asked.
    pub fn is_flat(&self) -> bool {
        match self {
            Self::Leaf(_) | Self::Not(_) => true,
            Self::All(trees) => trees.iter().all(Self::is_flat),
            Self::Any(trees) => trees.iter().all(Self::lives_by_itself),
            Self::Clauses(clauses) => clauses.iter().all(|(occur, tree)| match occur {
                Occur::Should => tree.lives_by_itself(),
                Occur::Must => tree.is_flat(),
                Occur::MustNot => true,
            }),
        }
    }

    /// Whether any of its leaves is enough to make it hold.
    fn lives_by_itself(&self) -> bool {
        match self {
            Self::Leaf(_) => true,
            Self::Any(trees) => trees.iter().all(Self::lives_by_itself),
            Self::Clauses(clauses) => {
                clauses.iter().all(|(occur, tree)| *occur == Occur::Should && tree.lives_by_itself())
            }
            Self::All(_) | Self::Not(_) => false,
        }
    }

    /// The leaves that make an article match, of those it has (`found`); none at all where it does not match. Of
    /// `(a AND b) OR c` only `c` does so in an article that has `a` and `c`.
    pub fn live(&self, found: &[bool]) -> Vec<bool> {
        let mut live = vec![false; found.len()];
        self.mark(found, &mut live);
        live
    }

    /// Whether an article that has the leaves `found` matches.
    pub fn holds(&self, found: &[bool]) -> bool {
        match self {
            Self::Leaf(leaf) => found[*leaf],
            Self::All(trees) => trees.iter().all(|tree| tree.holds(found)),
            Self::Any(trees) => trees.iter().any(|tree| tree.holds(found)),
            Self::Not(tree) => !tree.holds(found),
            Self::Clauses(clauses) => {
                let of = |wanted| clauses.iter().filter(move |(occur, _)| *occur == wanted).map(|(_, tree)| tree);
                let mut shoulds = of(Occur::Should).peekable();
                let optional = of(Occur::Must).next().is_some() || shoulds.peek().is_none();
                of(Occur::Must).all(|tree| tree.holds(found))
                    && !of(Occur::MustNot).any(|tree| tree.holds(found))
                    && (optional || shoulds.any(|tree| tree.holds(found)))
            }
        }
    }

    fn mark(&self, found: &[bool], live: &mut [bool]) {
        if !self.holds(found) {
            return;
        }
        match self {
            Self::Leaf(leaf) => live[*leaf] = true,
            Self::All(trees) | Self::Any(trees) => trees.iter().for_each(|tree| tree.mark(found, live)),
            Self::Not(_) => {}
            Self::Clauses(clauses) => {
                let wanted = clauses.iter().filter(|(occur, _)| *occur != Occur::MustNot);
                wanted.for_each(|(_, tree)| tree.mark(found, live));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(n: usize) -> Tree {
        Tree::Leaf(n)
    }

    #[test]
    fn only_what_makes_the_match_lives() {
        let both_or_third = Tree::Any(vec![Tree::All(vec![leaf(0), leaf(1)]), leaf(2)]);
        let without =
            Tree::Clauses(vec![(Occur::Should, leaf(0)), (Occur::MustNot, leaf(1)), (Occur::Should, leaf(2))]);
        let must = Tree::Clauses(vec![(Occur::Must, leaf(0)), (Occur::Should, both_or_third.clone())]);
        let not = Tree::All(vec![leaf(0), Tree::Not(Box::new(leaf(1)))]);
        assert!(without.is_flat() && not.is_flat(), "each leaf found makes the match");
        assert!(!both_or_third.is_flat() && !must.is_flat(), "it depends");
        // a tree, the leaves that an article has, those that live
        for (tree, found, live) in [
            (&both_or_third, [1, 0, 1], [0, 0, 1]),
            (&both_or_third, [1, 1, 1], [1, 1, 1]),
            (&both_or_third, [1, 0, 0], [0, 0, 0]),
            (&without, [1, 0, 0], [1, 0, 0]),
            (&without, [1, 1, 1], [0, 0, 0]),
            (&must, [1, 0, 0], [1, 0, 0]),
            (&must, [0, 1, 1], [0, 0, 0]),
            (&must, [1, 1, 0], [1, 1, 0]),
            (&not, [1, 0, 1], [1, 0, 0]),
            (&not, [1, 1, 1], [0, 0, 0]),
        ] {
            assert_eq!(tree.live(&found.map(|f| f == 1)), live.map(|f| f == 1), "{tree:?} {found:?}");
        }
    }
}
