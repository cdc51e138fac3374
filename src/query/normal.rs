//! The one form of a tree, kept while it is built: what is empty vanishes, a group of one part is that part, and a group
//! within another of its kind is part of it.

use super::tree::{Clause, Form, Near, Node, Occur, Phrase, QueryField, Word};
use crate::article::host;

/// How little and how much a boost may be.
pub(super) const BOOSTS: (f32, f32) = (0.001, 1000.0);

/// A word; none where there is no letter and no digit in it.
pub(super) fn word(word: Word) -> Option<Node> {
    is_said(&word).then_some(Node::Word(word))
}

fn is_said(word: &Word) -> bool {
    word.text.chars().any(char::is_alphanumeric)
}

/// A phrase of the words that say something.
pub(super) fn phrase(mut phrase: Phrase) -> Option<Node> {
    phrase.words.retain(is_said);
    if phrase.words.len() < 2 {
        phrase.slop = 0;
    }
    (!phrase.words.is_empty()).then_some(Node::Phrase(phrase))
}

/// Two things near each other, or the one that there is.
pub(super) fn near(left: Option<Node>, right: Option<Node>, within: u32, ordered: bool) -> Option<Node> {
    match (left.map(unsigned), right.map(unsigned)) {
        (Some(left), Some(right)) => Some(Node::Near(Box::new(Near { left, right, within, ordered }))),
        (left, right) => left.or(right),
    }
}

/// Several things in one passage.
pub(super) fn same(nodes: Vec<Node>) -> Option<Node> {
    group(nodes, Node::Same, |node| match node {
        Node::Same(inner) => Ok(inner),
        other => Err(other),
    })
}

/// All of several things.
pub(super) fn all(nodes: Vec<Node>) -> Option<Node> {
    group(nodes, Node::All, |node| match node {
        Node::All(inner) => Ok(inner),
        other => Err(other),
    })
}

/// One of several things at least.
pub(super) fn any(nodes: Vec<Node>) -> Option<Node> {
    group(nodes, Node::Any, |node| match node {
        Node::Any(inner) => Ok(inner),
        other => Err(other),
    })
}

fn group(
    nodes: Vec<Node>,
    kind: impl Fn(Vec<Node>) -> Node,
    inner: impl Fn(Node) -> Result<Vec<Node>, Node>,
) -> Option<Node> {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match inner(unsigned(node)) {
            Ok(inner) => flat.extend(inner),
            Err(node) => flat.push(node),
        }
    }
    if flat.len() > 1 { Some(kind(flat)) } else { flat.pop() }
}

/// Clauses side by side. A must of one clause keeps its sign; what holds it takes it off ([`unsigned`]).
pub(super) fn clauses(given: Vec<Clause>) -> Option<Node> {
    let mut flat: Vec<Clause> = Vec::with_capacity(given.len());
    for clause in given {
        let clause = plain_clause(clause);
        match clause.node {
            Node::Clauses(inner) if clause.occur == Occur::Should && is_ranked(&inner) => flat.extend(inner),
            node => flat.push(Clause { occur: clause.occur, node }),
        }
    }
    if flat.len() > 1 {
        return Some(Node::Clauses(flat));
    }
    let Clause { occur, node } = flat.pop()?;
    Some(match occur {
        Occur::Should => node,
        Occur::Must if node.is_on_fields() => node,
        Occur::Must => Node::Clauses(vec![Clause { occur, node }]),
        Occur::MustNot => not(node),
    })
}

/// The clause with its negation in its sign; a clause on fields is a must where nothing else is said.
fn plain_clause(clause: Clause) -> Clause {
    let (occur, node) = match (clause.occur, unsigned(clause.node)) {
        (Occur::MustNot, Node::Not(node)) => (Occur::Must, *node),
        (_, Node::Not(node)) => (Occur::MustNot, *node),
        (Occur::MustNot, Node::Boost(_, node)) => (Occur::MustNot, *node),
        (occur, node) => (occur, node),
    };
    let occur = if occur == Occur::Should && node.is_on_fields() { Occur::Must } else { occur };
    Clause { occur, node }
}

fn is_ranked(clauses: &[Clause]) -> bool {
    clauses.iter().all(|clause| clause.occur == Occur::Should)
}

/// A part as another holds it: a lone must is what it requires.
fn unsigned(node: Node) -> Node {
    match node {
        Node::Clauses(mut clauses) if clauses.len() == 1 && clauses[0].occur == Occur::Must => clauses.remove(0).node,
        other => other,
    }
}

/// What is not; twice not is nothing said, and what is not counts for nothing.
pub(super) fn not(node: Node) -> Node {
    match unsigned(node) {
        Node::Not(node) => *node,
        Node::Boost(_, node) => Node::Not(node),
        node => Node::Not(Box::new(node)),
    }
}

/// What counts so many times; once is nothing said.
pub(super) fn boost(times: f32, node: Node) -> Node {
    match unsigned(node) {
        Node::Not(node) => Node::Not(node),
        Node::Boost(inner, node) => boost(times * inner, *node),
        node => {
            let times = if times.is_nan() { 1.0 } else { times.clamp(BOOSTS.0, BOOSTS.1) };
            if times == 1.0 { node } else { Node::Boost(times, Box::new(node)) }
        }
    }
}

/// What stands in a field; negation and boost are outside it.
pub(super) fn inside(field: QueryField, node: Node) -> Node {
    let node = if field == QueryField::Site { at_hosts(node) } else { node };
    match unsigned(node) {
        Node::Not(node) => not(inside(field, *node)),
        Node::Boost(times, node) => boost(times, inside(field, *node)),
        node => Node::In(field, Box::new(node)),
    }
}

/// Words that name addresses as their hosts.
fn at_hosts(node: Node) -> Node {
    let at_host = |word: Word| match (word.form, host(&word.text)) {
        (Form::Any | Form::Exact, Some(text)) => Word { text, form: Form::Any },
        _ => word,
    };
    let each = |nodes: Vec<Node>| nodes.into_iter().map(at_hosts).collect();
    match node {
        Node::Word(word) => Node::Word(at_host(word)),
        Node::Phrase(Phrase { words, slop }) => {
            Node::Phrase(Phrase { words: words.into_iter().map(at_host).collect(), slop })
        }
        Node::Near(near) => {
            let Near { left, right, within, ordered } = *near;
            Node::Near(Box::new(Near { left: at_hosts(left), right: at_hosts(right), within, ordered }))
        }
        Node::Same(nodes) => Node::Same(each(nodes)),
        Node::All(nodes) => Node::All(each(nodes)),
        Node::Any(nodes) => Node::Any(each(nodes)),
        Node::Clauses(clauses) => {
            let at_hosts = |Clause { occur, node }: Clause| Clause { occur, node: at_hosts(node) };
            Node::Clauses(clauses.into_iter().map(at_hosts).collect())
        }
        Node::Not(node) => Node::Not(Box::new(at_hosts(*node))),
        Node::In(field, node) => Node::In(field, Box::new(at_hosts(*node))),
        Node::Boost(times, node) => Node::Boost(times, Box::new(at_hosts(*node))),
    }
}

/// Any tree in its one form; none where it says nothing. Of fields within a field the outer one counts.
pub(super) fn rebuild(node: Node) -> Option<Node> {
    rebuild_in(node, false)
}

fn rebuild_in(node: Node, in_field: bool) -> Option<Node> {
    let each = |nodes: Vec<Node>| nodes.into_iter().filter_map(|node| rebuild_in(node, in_field)).collect();
    match node {
        Node::Word(said) => word(said),
        Node::Phrase(said) => phrase(said),
        Node::Near(said) => {
            let Near { left, right, within, ordered } = *said;
            near(rebuild_in(left, in_field), rebuild_in(right, in_field), within, ordered)
        }
        Node::Same(nodes) => same(each(nodes)),
        Node::All(nodes) => all(each(nodes)),
        Node::Any(nodes) => any(each(nodes)),
        Node::Clauses(given) => {
            let kept = given
                .into_iter()
                .filter_map(|Clause { occur, node }| rebuild_in(node, in_field).map(|node| Clause { occur, node }));
            clauses(kept.collect())
        }
        Node::Not(node) => rebuild_in(*node, in_field).map(not),
        Node::In(field, node) if !in_field => rebuild_in(*node, true).map(|node| inside(field, node)),
        Node::In(_, node) => rebuild_in(*node, true),
        Node::Boost(times, node) => rebuild_in(*node, in_field).map(|node| boost(times, node)),
    }
}
