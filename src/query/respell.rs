//! A query with words as they may have been meant, and the names that it asks for.

use super::parsed::Query;
use super::tree::{Form, Node, Occur, Phrase, QueryField, Word};

impl Query {
    /// The query with one word as typed replaced by another, wherever a hit should have it in any form.
    pub fn respelled(&self, typed: &str, meant: &str) -> Self {
        let mut query = self.clone();
        query.root.each_wanted(&mut |word| word.text = replaced(&word.text, typed, meant));
        query
    }

    /// The names that articles must have in a field (of outlets, of agencies), as typed.
    pub fn names(&self, field: QueryField) -> Vec<String> {
        let mut names = Vec::new();
        collect_names(&self.root, field, false, &mut names);
        names
    }
}

impl Node {
    /// Hands on the words that a hit should have in any form in headline or text, in the order typed.
    fn each_wanted(&mut self, change: &mut dyn FnMut(&mut Word)) {
        match self {
            Self::Word(word) if word.form == Form::Any => change(word),
            Self::Phrase(phrase) => phrase.words.iter_mut().filter(|word| word.form == Form::Any).for_each(change),
            Self::Near(near) => {
                near.left.each_wanted(change);
                near.right.each_wanted(change);
            }
            Self::Same(nodes) | Self::All(nodes) | Self::Any(nodes) => {
                nodes.iter_mut().for_each(|node| node.each_wanted(change));
            }
            Self::Clauses(clauses) => {
                let wanted = clauses.iter_mut().filter(|clause| clause.occur != Occur::MustNot);
                wanted.for_each(|clause| clause.node.each_wanted(change));
            }
            Self::In(QueryField::Headline, node) | Self::Boost(_, node) => node.each_wanted(change),
            Self::Word(_) | Self::In(..) | Self::Not(_) => {}
        }
    }
}

/// A text with one word of it, or one part of a word with a hyphen, in the place of another.
fn replaced(text: &str, typed: &str, meant: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(typed) {
        let end = at + typed.len();
        let goes_on = text[..at].ends_with(char::is_alphanumeric) || text[end..].starts_with(char::is_alphanumeric);
        if !goes_on {
            out.push_str(&text[done..at]);
            out.push_str(meant);
            done = end;
        }
    }
    out + &text[done..]
}

fn collect_names(node: &Node, field: QueryField, is_inside: bool, names: &mut Vec<String>) {
    let each = |node: &Node| collect_names(node, field, is_inside, names);
    match node {
        Node::Same(nodes) | Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(each),
        Node::Near(near) => [&near.left, &near.right].into_iter().for_each(each),
        Node::Clauses(clauses) => {
            let wanted = clauses.iter().filter(|clause| clause.occur != Occur::MustNot);
            wanted.for_each(|clause| collect_names(&clause.node, field, is_inside, names));
        }
        Node::Boost(_, node) => collect_names(node, field, is_inside, names),
        Node::In(other, node) => collect_names(node, field, *other == field, names),
        Node::Word(word) if is_inside && word.form == Form::Any => names.push(word.text.clone()),
        Node::Phrase(Phrase { words, .. }) if is_inside => {
            let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            names.push(words.join(" "));
        }
        Node::Word(_) | Node::Phrase(_) | Node::Not(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn a_word_is_replaced_where_it_is_wanted() {
        for (query, expected) in [
            ("Helsinky", "Helsinki"),
            ("\"the Helsinky summit\"~2", "\"the Helsinki summit\"~2"),
            ("Helsinky-born -Helsinky", "Helsinki-born -Helsinky"),
            ("Helsinkyer", "Helsinkyer"),
            ("=Helsinky Helsinky*", "=Helsinky Helsinky*"),
            ("headline:Helsinky outlet:Helsinky", "headline:Helsinki outlet:Helsinky"),
            ("(Helsinky NEAR/3 summit)^2 after:2018", "(Helsinki NEAR/3 summit)^2 after:2018"),
            ("talks AND (Helsinky OR Moscow)", "talks AND (Helsinki OR Moscow)"),
        ] {
            let respelled = parse(query).respelled("Helsinky", "Helsinki");
            assert_eq!(respelled.to_string(), parse(expected).to_string(), "{query}");
        }
    }

    #[test]
    fn names_are_those_that_articles_must_have() {
        for (query, outlets, credits) in [
            ("summit outlet:Reutrs", &["Reutrs"][..], &[][..]),
            ("outlet:\"Radio Merdian\" credit:(afp OR Ruters)", &["Radio Merdian"], &["afp", "Ruters"]),
            ("summit -outlet:bbc NOT credit:ap", &[], &[]),
            ("outlet:rad* Reuters", &[], &[]),
        ] {
            let query = parse(query);
            assert_eq!(query.names(QueryField::Outlet), outlets, "{query}");
            assert_eq!(query.names(QueryField::Credit), credits, "{query}");
        }
    }
}
