//! Whether a query is in capitals, so that they say nothing.

use crate::query::tree::Node;

/// Words up to which a query in capitals may be one of acronyms, and the most letters of one: `US EU`, `NATO WHO`.
const ACRONYMS: (usize, usize) = (3, 4);

/// Whether a query of several words has no small letter, and is none of acronyms.
pub(super) fn is_shouting(root: &Node) -> bool {
    let mut words = Vec::new();
    collect_words(root, &mut words);
    let is_long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > ACRONYMS.1;
    let acronyms = words.len() <= ACRONYMS.0 && !words.iter().any(is_long);
    words.len() > 1 && !acronyms && !words.iter().any(|word| word.chars().any(char::is_lowercase))
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
