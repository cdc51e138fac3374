//! A syntax tree and an analyzer -> leaves: the words and phrases as the index has them.

use std::collections::HashMap;

use super::stopwords::is_stopword;
use super::{Clause, Occur, Query, Target};
use crate::analysis::{Analyzer, stands_alone};

/// Where a leaf's terms may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Headline or passage.
    Text,
    /// The headline only.
    Headline,
}

/// A word (one term) or a phrase (several, side by side in one passage or in the headline).
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The terms, in order, as the index has them; at least one.
    pub terms: Vec<String>,
    /// Where they may stand.
    pub scope: Scope,
    /// May, must, must not.
    pub occur: Occur,
    /// How much a match counts: how often the query says it.
    pub weight: f32,
}

/// The most leaves that a query has; what is said behind them is not searched.
pub const MAX_LEAVES: usize = 1024;

/// The leaves of a query's clauses on headline and text, in the order typed; a word said twice counts twice.
pub fn leaves(query: &Query, analyzer: &Analyzer) -> Vec<Leaf> {
    let shouting = is_shouting(query);
    let mut found = Collected::default();
    let mut dropped = Collected::default();
    for clause in &query.clauses {
        let scope = match clause.target {
            Target::Text => Scope::Text,
            Target::Headline => Scope::Headline,
            Target::Outlet | Target::Credit => continue,
        };
        for (leaf, stop) in clause_leaves(clause, scope, analyzer, shouting) {
            if stop { &mut dropped } else { &mut found }.add(leaf);
        }
    }
    let (mut dropped, mut found) = (dropped.leaves, found.leaves);
    if found.iter().all(|l| l.occur == Occur::MustNot) {
        dropped.append(&mut found);
        found = dropped;
    }
    found.truncate(MAX_LEAVES);
    found
}

/// The leaves of a clause, each with whether it is a function word that carries no evidence.
fn clause_leaves(clause: &Clause, scope: Scope, analyzer: &Analyzer, shouting: bool) -> Vec<(Leaf, bool)> {
    let terms: Vec<String> = analyzer.tokens(&clause.words).into_iter().map(|t| t.term).collect();
    if terms.is_empty() {
        return Vec::new();
    }
    let leaf = |terms| Leaf { terms, scope, occur: clause.occur, weight: 1.0 };
    let ranked = clause.occur == Occur::Should && !clause.phrase;
    // a ranked word of several terms (`full-scale`) is its words; nearness does the rest
    if !ranked || !terms.iter().all(|t| is_word(t)) {
        return vec![(leaf(terms), false)];
    }
    let in_capitals = !shouting && is_in_capitals(&clause.words);
    let is_stop = |word: &String| !in_capitals && is_stopword(analyzer.language(), word);
    let folded = analyzer.folded(&clause.words);
    terms.into_iter().zip(&folded).map(|(term, word)| (leaf(vec![term]), is_stop(word))).collect()
}

/// Whether a term is a word by itself, not a character of a script without spaces.
fn is_word(term: &str) -> bool {
    !term.starts_with(stands_alone)
}

/// Leaves in the order met, equal ones once.
#[derive(Default)]
struct Collected {
    leaves: Vec<Leaf>,
    places: HashMap<(Vec<String>, Scope, Occur), usize>,
}

impl Collected {
    fn add(&mut self, leaf: Leaf) {
        let key = (leaf.terms.clone(), leaf.scope, leaf.occur);
        match self.places.get(&key) {
            Some(&place) => self.leaves[place].weight += leaf.weight,
            None => {
                self.places.insert(key, self.leaves.len());
                self.leaves.push(leaf);
            }
        }
    }
}

/// `US`, `IT`, `WHO`: two capitals or more and no small letter.
fn is_in_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphabetic()).count() > 1 && !words.chars().any(char::is_lowercase)
}

/// Whether the whole query is in capitals, so that capitals say nothing.
fn is_shouting(query: &Query) -> bool {
    !query.clauses.iter().any(|c| c.words.chars().any(char::is_lowercase)) && query.clauses.len() > 1
}
