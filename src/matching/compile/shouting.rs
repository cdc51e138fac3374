//! Whether a query is in capitals, so that they say nothing.

use crate::query::tree::Node;

/// Whether a query of several words has no small letter.
pub(super) fn is_shouting(root: &Node) -> bool {
    let mut words = Vec::new();
    collect_words(root, &mut words);
    words.len() > 1 && !words.iter().any(|word| word.chars().any(char::is_lowercase))
}

fn collect_words<'n>(node: &'n Node, words: &mut Vec<&'n str>) {
    match node {
        Node::Word(word) => words.push(&word.text),
        Node::Phrase(phrase) => words.extend(phrase.words.iter().map(|word| word.text.as_str())),
        Node::Near(near) => {
            collect_words(&near.left, words);
            collect_words(&near.right, words);
        }
        Node::Same(nodes) | Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter().for_each(|node| collect_words(node, words));
        }
        Node::Clauses(clauses) => clauses.iter().for_each(|clause| collect_words(&clause.node, words)),
        Node::Not(node) | Node::In(_, node) | Node::Boost(_, node) => collect_words(node, words),
    }
}
