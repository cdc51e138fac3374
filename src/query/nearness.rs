//! `NEAR`, `PRE`, `SAME`: two operands -> one node, distributed where one holds several things.

use super::lexer::MAX_WORDS;
use super::normal;
use super::tree::{Clause, Near, Node, Occur, QueryField};

/// The most of `NEAR`, `PRE` and `SAME` in one expression, and the most pairs that one of them is distributed to.
pub const MAX_NEARS: usize = 16;

/// How two things stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Near { within: u32, ordered: bool },
    Same,
}

/// Two operands joined, with what is to be told about it.
pub(super) struct Joined {
    pub node: Node,
    pub odd: Option<Odd>,
}

/// What is not obvious in a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// An operand has no place in a passage, or the two are in different fields: read as AND.
    Unplaced,
    /// There are too many operators, or pairs: read as AND.
    TooMany,
    /// Distributing it would copy more words than a query has room for: read as AND.
    TooLong,
    /// Words side by side in parentheses: read as joined by OR.
    Ranked,
    /// A boost on one side: counts for both.
    Boosted,
}

impl Odd {
    /// What is told of the operator `typed`.
    pub fn text(self, typed: &str) -> String {
        match self {
            Self::Unplaced => format!("{typed} takes words, phrases and groups of them, in one field: read as AND"),
            Self::TooMany => {
                format!("more than {MAX_NEARS} of NEAR, PRE and SAME in one expression: read as AND from here")
            }
            Self::TooLong => format!("{typed} over groups would come to more than {MAX_WORDS} words: read as AND"),
            Self::Ranked => format!("words side by side in ( ) beside {typed} are read as joined by OR"),
            Self::Boosted => format!("a boost beside {typed} counts for the whole of it"),
        }
    }
}

/// Joins two operands. `room` is how many words more the query may have; what distributing copies is taken from it.
pub(super) fn join(left: Node, right: Node, joint: Joint, room: &mut usize) -> Joined {
    let (l, r) = (Operand::of(left.clone()), Operand::of(right.clone()));
    let odd = if !l.is_placed(joint) || !r.is_placed(joint) || l.field != r.field {
        Some(Odd::Unplaced)
    } else if size(&l.node) + size(&r.node) >= MAX_NEARS || l.count() * r.count() > MAX_NEARS {
        Some(Odd::TooMany)
    } else {
        None
    };
    let given_up =
        |odd, left, right| Joined { node: normal::all(vec![left, right]).unwrap_or_default(), odd: Some(odd) };
    if let Some(odd) = odd {
        return given_up(odd, left, right);
    }
    let odd = match (l.ranked || r.ranked, l.boost * r.boost != 1.0) {
        (true, _) => Some(Odd::Ranked),
        (_, true) => Some(Odd::Boosted),
        _ => None,
    };
    let (boost, field) = (l.boost * r.boost, l.field);
    let mut node = distribute(l.node, r.node, joint);
    // what is printed of it is to be read again
    if size(&node) > MAX_NEARS {
        return given_up(Odd::TooMany, left, right);
    }
    let copied = words(&node).saturating_sub(words(&left) + words(&right));
    match room.checked_sub(copied) {
        Some(less) => *room = less,
        None => return given_up(Odd::TooLong, left, right),
    }
    if let Some(field) = field {
        node = normal::inside(field, node);
    }
    Joined { node: normal::boost(boost, node), odd }
}

/// An operand without what counts for the whole: its field and its boost.
struct Operand {
    node: Node,
    field: Option<QueryField>,
    boost: f32,
    ranked: bool,
}

impl Operand {
    fn of(node: Node) -> Self {
        let mut operand = Self { node: Node::default(), field: None, boost: 1.0, ranked: false };
        operand.node = operand.bare(node);
        operand
    }

    fn bare(&mut self, node: Node) -> Node {
        match node {
            Node::Boost(times, node) => {
                self.boost *= times;
                self.bare(*node)
            }
            Node::In(field, node) if self.field.is_none() => {
                self.field = Some(field);
                self.bare(*node)
            }
            Node::Clauses(clauses) if are_all(&clauses, Occur::Should) => {
                self.ranked = true;
                normal::any(nodes(clauses)).unwrap_or_default()
            }
            Node::Clauses(clauses) if are_all(&clauses, Occur::Must) => normal::all(nodes(clauses)).unwrap_or_default(),
            other => other,
        }
    }

    /// Whether the joint can be distributed over it.
    fn is_placed(&self, joint: Joint) -> bool {
        match &self.node {
            Node::All(nodes) => nodes.iter().all(|node| is_place(node, joint)),
            node => is_place(node, joint),
        }
    }

    /// How many things are joined to the other side.
    fn count(&self) -> usize {
        let of = |node: &Node| if let Node::Same(nodes) = node { nodes.len() } else { 1 };
        if let Node::All(nodes) = &self.node { nodes.iter().map(of).sum() } else { of(&self.node) }
    }
}

fn are_all(clauses: &[Clause], occur: Occur) -> bool {
    clauses.iter().all(|clause| clause.occur == occur)
}

fn nodes(clauses: Vec<Clause>) -> Vec<Node> {
    clauses.into_iter().map(|clause| clause.node).collect()
}

fn is_place(node: &Node, joint: Joint) -> bool {
    match (node, joint) {
        (Node::Same(nodes), _) => nodes.iter().all(Node::is_positional),
        _ => node.is_positional(),
    }
}

/// Joins each of what is held on one side to each on the other.
fn distribute(left: Node, right: Node, joint: Joint) -> Node {
    let is_near = joint != Joint::Same;
    let over = |nodes: Vec<Node>, pair: &dyn Fn(Node) -> Node| nodes.into_iter().map(pair).collect::<Vec<_>>();
    let joined = match (left, right) {
        (Node::All(nodes), right) => normal::all(over(nodes, &|node| distribute(node, right.clone(), joint))),
        (left, Node::All(nodes)) => normal::all(over(nodes, &|node| distribute(left.clone(), node, joint))),
        (Node::Same(nodes), right) if is_near => {
            normal::same(over(nodes, &|node| distribute(node, right.clone(), joint)))
        }
        (left, Node::Same(nodes)) if is_near => {
            normal::same(over(nodes, &|node| distribute(left.clone(), node, joint)))
        }
        (left, right) => match joint {
            Joint::Near { within, ordered } => normal::near(Some(left), Some(right), within, ordered),
            Joint::Same => normal::same(vec![left, right]),
        },
    };
    joined.unwrap_or_default()
}

/// How many of `NEAR`, `PRE` and `SAME` the largest expression in a node has.
fn size(node: &Node) -> usize {
    match node {
        Node::Near(near) => {
            let Near { left, right, .. } = &**near;
            1 + size(left) + size(right)
        }
        Node::Same(nodes) => nodes.len() - 1 + nodes.iter().map(size).sum::<usize>(),
        Node::Any(nodes) => nodes.iter().map(size).sum(),
        Node::All(nodes) => nodes.iter().map(size).max().unwrap_or(0),
        _ => 0,
    }
}

/// How many words a node has.
fn words(node: &Node) -> usize {
    match node {
        Node::Word(_) => 1,
        Node::Phrase(phrase) => phrase.words.len(),
        Node::Near(near) => words(&near.left) + words(&near.right),
        Node::Same(nodes) | Node::All(nodes) | Node::Any(nodes) => nodes.iter().map(words).sum(),
        Node::Clauses(clauses) => clauses.iter().map(|clause| words(&clause.node)).sum(),
        Node::Not(node) | Node::In(_, node) | Node::Boost(_, node) => words(node),
    }
}
