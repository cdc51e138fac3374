//! Ranked clauses: which words of a question count, and how much.

use std::collections::HashMap;

use super::{Compiler, Context, phrase};
use crate::analysis::{AnalyzedToken, Analyzer, stands_alone};
use crate::error::Result;
use crate::matching::{Atom, Test, Tree};
use crate::query::tree::{Clause, Form, Node, Occur, QueryField};
use crate::query::{is_stopword, names_in, weight, without_addresses};

/// BM25's `k3`: how fast saying a word again stops to count (Robertson, Walker 1999, "Okapi/Keenbow at TREC-8": 7 to 1000).
const K3: f32 = 8.0;

/// A clause, or a term of one that is a ranked word.
enum RankedPart<'n> {
    Term(Term),
    Node(&'n Node),
}

/// What ranks of a word.
struct Term {
    /// One, or a pair of characters.
    atoms: Vec<Atom>,
    label: String,
    /// 1, or less for a word of small meaning.
    weight: f32,
    /// Whether it carries no evidence: a function word, or part of an address.
    stop: bool,
}

/// The leaves of terms by their atoms, and how often each was said.
type Said = HashMap<Vec<usize>, (usize, f32)>;

impl Compiler<'_> {
    /// Ranked clauses: a word said twice counts almost twice.
    pub(super) fn clauses(&mut self, clauses: &[Clause], context: Context) -> Result<Option<Tree>> {
        let mut trees: Vec<(Occur, Tree)> = Vec::with_capacity(clauses.len());
        let mut said = Said::new();
        for (occur, part) in self.parts(clauses, context) {
            let tree = match part {
                RankedPart::Term(term) => self.term(term, context, &mut said),
                RankedPart::Node(node) => {
                    let negated = context.negated || occur == Occur::MustNot;
                    self.tree(node, Context { negated, ..context })?
                }
            };
            trees.extend(tree.map(|tree| (occur, tree)));
        }
        for (leaf, said) in said.into_values() {
            self.leaves[leaf].weight = saturated(said) * context.weight;
        }
        Ok((!trees.is_empty()).then(|| self.with_filters(trees)))
    }

    /// The clauses, ranked words by their terms; those without evidence are dropped unless nothing else is left.
    fn parts<'n>(&self, clauses: &'n [Clause], context: Context) -> Vec<(Occur, RankedPart<'n>)> {
        let is_ranked = |occur, form| occur == Occur::Should && form == Form::Any && context.name().is_none();
        let (mut kept, mut dropped) = (Vec::new(), Vec::new());
        for clause in clauses {
            match &clause.node {
                Node::Word(word) if is_ranked(clause.occur, word.form) => {
                    for term in ranked_terms(&word.text, self.analyzer, self.shouting) {
                        if term.stop { &mut dropped } else { &mut kept }.push((Occur::Should, RankedPart::Term(term)));
                    }
                }
                node => kept.push((clause.occur, RankedPart::Node(node))),
            }
        }
        if kept.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            dropped.append(&mut kept);
            return dropped;
        }
        kept
    }

    /// A term's leaf; none where it has one already.
    fn term(&mut self, term: Term, context: Context, said: &mut Said) -> Option<Tree> {
        let atoms: Vec<usize> = term.atoms.into_iter().map(|atom| self.atom(atom)).collect();
        if let Some((_, count)) = said.get_mut(&atoms) {
            *count += term.weight;
            return None;
        }
        let leaf = self.leaf(phrase(atoms.clone(), 0)?, context, term.label)?;
        said.insert(atoms, (leaf, term.weight));
        Some(Tree::Leaf(leaf))
    }

    /// A name that must be there narrows what the words find; it does not stand in for a word.
    fn with_filters(&self, clauses: Vec<(Occur, Tree)>) -> Tree {
        let is_filter = |(occur, tree): &(Occur, Tree)| *occur == Occur::Must && self.is_of_names(tree);
        let (filters, rest): (Vec<_>, Vec<_>) = clauses.into_iter().partition(is_filter);
        if filters.is_empty() || rest.iter().all(|(occur, _)| *occur != Occur::Should) {
            return Tree::Clauses(filters.into_iter().chain(rest).collect());
        }
        Tree::All(filters.into_iter().map(|(_, tree)| tree).chain([Tree::Clauses(rest)]).collect())
    }

    fn is_of_names(&self, tree: &Tree) -> bool {
        match tree {
            Tree::Leaf(leaf) => matches!(self.leaves[*leaf].field, Some(QueryField::Outlet | QueryField::Credit)),
            Tree::All(trees) | Tree::Any(trees) => trees.iter().all(|tree| self.is_of_names(tree)),
            Tree::Not(tree) => self.is_of_names(tree),
            Tree::Clauses(clauses) => clauses.iter().all(|(_, tree)| self.is_of_names(tree)),
        }
    }
}

/// The terms of a ranked word. The parts of `full-scale` rank by themselves, and nearness does the rest; a run of a
/// script without spaces ranks by its pairs of neighbouring characters.
fn ranked_terms(text: &str, analyzer: &Analyzer, shouting: bool) -> Vec<Term> {
    let kept = without_addresses(text);
    let mut terms = terms_of(kept, analyzer, shouting);
    for name in names_in(kept).iter().flat_map(|names| names.split(' ')) {
        terms.extend(terms_of(name, analyzer, shouting));
    }
    // an address counts only where nothing else does
    let address = terms_of(&text[kept.len()..], analyzer, shouting);
    terms.extend(address.into_iter().map(|term| Term { stop: true, ..term }));
    terms
}

fn terms_of(text: &str, analyzer: &Analyzer, shouting: bool) -> Vec<Term> {
    let language = analyzer.language();
    let tokens = analyzer.tokens(text);
    let in_capitals = !shouting && is_in_capitals(text);
    let touches = |a: &AnalyzedToken, b: &AnalyzedToken| is_alone(&a.term) && is_alone(&b.term) && a.end == b.start;
    let mut terms = Vec::with_capacity(tokens.len());
    for (n, (token, word)) in tokens.iter().zip(analyzer.folded(text)).enumerate() {
        let next = tokens.get(n + 1).filter(|next| touches(token, next));
        if next.is_none() && n > 0 && touches(&tokens[n - 1], token) {
            // the last of a run is in the pair before
            continue;
        }
        let pair = std::iter::once(token).chain(next);
        terms.push(Term {
            atoms: pair.map(|t| Atom { name: None, terms: vec![t.term.clone()], test: Test::Any }).collect(),
            label: text[token.start..next.unwrap_or(token).end].to_owned(),
            weight: if in_capitals { 1.0 } else { weight(language, &word) },
            stop: !in_capitals && is_stopword(language, &word),
        });
    }
    terms
}

/// What a word counts that a query says so many times.
fn saturated(said: f32) -> f32 {
    said * (K3 + 1.0) / (K3 + said)
}

/// Whether a term is a character of a script without spaces, not a word by itself.
fn is_alone(term: &str) -> bool {
    term.starts_with(stands_alone)
}

/// `US`, `IT`, `WHO`: two capitals or more and no small letter.
fn is_in_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphabetic()).count() > 1 && !words.chars().any(char::is_lowercase)
}
