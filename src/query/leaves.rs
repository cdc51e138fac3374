//! A syntax tree and an analyzer -> leaves: the words and phrases as the index has them.

use std::collections::HashMap;

use super::stopwords::{self, is_stopword};
use super::tweets::{names_in, without_addresses};
use super::{Clause, Occur, Query, Target};
use crate::analysis::Analyzer;

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
    /// How much a match counts: how often the query says it, saturated; a word of small meaning counts half.
    pub weight: f32,
}

/// BM25's `k3`: how fast saying a word again stops to count (Robertson, Walker 1999, "Okapi/Keenbow at TREC-8": 7 to 1000).
const K3: f32 = 8.0;

/// The most leaves that a query has; what is said behind them is not searched.
pub const MAX_LEAVES: usize = 1024;

/// The leaves of a query's clauses on headline and text, in the order typed; a word said twice counts almost twice.
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
    found.iter_mut().for_each(|leaf| leaf.weight = saturated(leaf.weight));
    if let [only] = found.as_mut_slice() {
        // there is nothing to weigh it against, and the index is quicker with a plain term
        only.weight = 1.0;
    }
    found
}

fn saturated(said: f32) -> f32 {
    said * (K3 + 1.0) / (K3 + said)
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
    let kept = without_addresses(&clause.words);
    let mut found = word_leaves(kept, analyzer, leaf(Vec::new()), in_capitals);
    for name in names_in(kept).iter().flat_map(|names| names.split(' ')) {
        found.extend(word_leaves(name, analyzer, leaf(Vec::new()), !shouting && is_in_capitals(name)));
    }
    let address = analyzer.tokens(&clause.words[kept.len()..]);
    found.extend(address.into_iter().map(|token| (leaf(vec![token.term]), true)));
    found
}

/// The words of a ranked clause, each a leaf like `like`.
fn word_leaves(words: &str, analyzer: &Analyzer, like: Leaf, in_capitals: bool) -> Vec<(Leaf, bool)> {
    let terms = analyzer.tokens(words).into_iter().map(|t| t.term);
    let make = |(term, word): (String, String)| {
        let weight = if in_capitals { 1.0 } else { stopwords::weight(&word) };
        (Leaf { terms: vec![term], weight, ..like.clone() }, !in_capitals && is_stopword(&word))
    };
    terms.zip(analyzer.folded(words)).map(make).collect()
}

/// Whether a term is a word by itself, not a character of a script without spaces.
fn is_word(term: &str) -> bool {
    term.is_ascii() || term.chars().nth(1).is_some()
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
