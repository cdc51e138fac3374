//! Pseudo-relevance feedback: the best passages of a first search are taken for relevant, and their words are added to
//! the query of a second one.
//!
//! This is Rocchio's feedback (1971) with BM25's term weights, over the best passage of each of the [`PASSAGES`] best
//! articles. A passage counts by the share it has of the best score, to the power [`TRUST`]: where one answer stands
//! out, its words alone are added, which brings up articles like it and hardly moves it; where many passages score
//! alike, what they agree on is. (The relevance models of Lavrenko and Croft, 2001, weigh passages by the likelihood of
//! the query, which is steep too.) Words added only rank: they pair with nothing and are not highlighted.

use std::collections::BTreeMap;

use super::backend::Backend;
use super::chosen::Chosen;
use super::plan::Plan;
use super::score::{PASSAGE_LENGTH, idf, norm, saturate};
use crate::analysis::Analyzer;
use crate::error::Result;
use crate::matching::{Atom, Compiled, Leaf, Shape, Test, Tree};
use crate::query::tree::Occur;
use crate::query::{Weights, is_telling};

/// Passages, each of another article, whose words are looked at.
pub(super) const PASSAGES: usize = 10;
/// The most words that are added.
const WORDS: usize = 25;
/// What the words added count together, beside the query's own.
const SHARE: f32 = 1.2;
/// How steeply a passage's say falls with its score.
const TRUST: f32 = 6.0;

/// A passage that was found, and the headline over it.
struct Feedback {
    score: f32,
    headline: String,
    text: String,
}

/// The plan of a query with, behind its own leaves, the words that its best passages (of those candidates) add. A word
/// that the query has already gains weight; one that it excludes is not added. With it go the ids of the articles whose
/// passages are not as they were written, and add nothing.
pub(super) fn expanded<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    weights: Weights,
    best: (&[B::Article], &[Chosen]),
) -> Result<(Plan<B::Words>, Vec<String>)> {
    let (read, unreadable) = read_feedback(backend, best)?;
    let words = words_of(&read, backend.analyzer(), weights);
    let terms: Vec<&str> = words.iter().map(|(term, _)| term.as_str()).collect();
    let with = backend.articles_with(&terms)?;
    let counted = backend.collection().articles;
    let compiled = with_best(&plan.compiled, words.into_iter().zip(with), counted);
    let found = backend.look_up(&compiled.atoms)?;
    let typed = plan.compiled.leaves.len();
    let mut expanded = Plan::new(compiled, typed, plan.dates.clone(), (found, counted), weights);
    expanded.coverage.counts = plan.coverage.counts;
    Ok((expanded, unreadable))
}

/// The passages that can be read, and the ids of the articles of the others.
fn read_feedback<B: Backend>(backend: &B, best: (&[B::Article], &[Chosen])) -> Result<(Vec<Feedback>, Vec<String>)> {
    let (candidates, best) = best;
    let wanted: Vec<(&B::Article, &[u32])> =
        best.iter().map(|chosen| (&candidates[chosen.at], std::slice::from_ref(&chosen.passage))).collect();
    let (mut read, mut unreadable) = (Vec::with_capacity(best.len()), Vec::new());
    for (article, chosen) in backend.stored(&wanted)?.into_iter().zip(best) {
        let place = chosen.passage as usize - 1;
        let Some(mut article) = article.filter(|article| article.passages.get(place).is_some_and(|p| !p.lost)) else {
            unreadable.push(&candidates[chosen.at]);
            continue;
        };
        let headline = article.headline.map_or_else(String::new, |field| field.value);
        read.push(Feedback { score: chosen.score, headline, text: article.passages.swap_remove(place).text });
    }
    let unreadable = if unreadable.is_empty() { Vec::new() } else { backend.ids(&unreadable)? };
    Ok((read, unreadable))
}

/// The query and those words (each with what its passages give it, and the articles that have it) that are worth the most.
fn with_best(query: &Compiled, words: impl Iterator<Item = ((String, f32), u64)>, articles: u64) -> Compiled {
    let mut words: Vec<(String, f32)> =
        words.map(|((term, weight), with)| (term, weight * idf(with, articles))).collect();
    words.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
    words.truncate(WORDS);
    joined(query, &words)
}

/// The telling words of the passages and of their headlines, in alphabetical order, each with its saturated frequency
/// summed over the passages by their say.
fn words_of(best: &[Feedback], analyzer: &Analyzer, weights: Weights) -> Vec<(String, f32)> {
    let mut words: BTreeMap<String, f32> = BTreeMap::new();
    let top = best.first().map_or(0.0, |found| found.score);
    for found in best.iter().filter(|found| found.score > 0.0) {
        let (frequencies, length) = frequencies(&[&found.headline, &found.text], analyzer);
        let norm = norm(weights.k1, weights.passage_b, length / PASSAGE_LENGTH);
        let say = (found.score / top).powf(TRUST);
        for (term, tf) in frequencies {
            *words.entry(term).or_default() += say * saturate(tf, weights.k1, norm);
        }
    }
    words.into_iter().collect()
}

/// How often each telling word of the texts stands in them, and how many words there are in all.
fn frequencies(texts: &[&str], analyzer: &Analyzer) -> (BTreeMap<String, f32>, f32) {
    let mut found = BTreeMap::new();
    let mut length = 0;
    for text in texts {
        let tokens = analyzer.tokens(text);
        length += tokens.len();
        for (token, word) in tokens.into_iter().zip(analyzer.folded(text)) {
            if word.len() > 1 && is_telling(analyzer.language(), &word) {
                *found.entry(token.term).or_default() += 1.0;
            }
        }
    }
    (found, length as f32)
}

/// The query and the words, weighted so that these count [`SHARE`] of what the query's own leaves do.
fn joined(query: &Compiled, words: &[(String, f32)]) -> Compiled {
    let mut joined = query.clone();
    let typed: f32 = query.leaves.iter().filter(|leaf| !leaf.negated).map(|leaf| leaf.weight).sum();
    let sum: f32 = words.iter().map(|(_, weight)| weight).sum();
    let mut added = Vec::new();
    for (term, weight) in words.iter().filter(|(_, weight)| *weight > 0.0) {
        let weight = SHARE * typed * weight / sum;
        let atom = Atom { name: None, terms: vec![term.clone()], test: Test::Any };
        let known = joined.atoms.iter().position(|other| *other == atom).unwrap_or(joined.atoms.len());
        match joined.leaves.iter_mut().find(|leaf| leaf.field.is_none() && leaf.shape == Shape::Atom(known)) {
            Some(leaf) if leaf.negated => {}
            Some(leaf) => leaf.weight += weight,
            None => {
                if known == joined.atoms.len() {
                    joined.atoms.push(atom);
                }
                added.push(Tree::Leaf(joined.leaves.len()));
                let label = term.clone();
                joined.leaves.push(Leaf {
                    shape: Shape::Atom(known),
                    field: None,
                    weight,
                    form: None,
                    stem: None,
                    negated: false,
                    of_time: false,
                    label,
                });
            }
        }
    }
    joined.tree = with_words(joined.tree, added);
    joined
}

/// Articles that match, and those that only words added bring up where none is a must.
fn with_words(tree: Tree, words: Vec<Tree>) -> Tree {
    let words = words.into_iter().map(|word| (Occur::Should, word));
    match tree {
        Tree::Clauses(mut clauses) => {
            clauses.extend(words);
            Tree::Clauses(clauses)
        }
        tree => Tree::Clauses(std::iter::once((Occur::Must, tree)).chain(words).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{NoWords, compile};
    use crate::query::parse;

    #[test]
    fn words_are_added_behind_the_typed_ones_but_for_those_excluded() {
        let typed = compile(&parse("summit -nato").root, &Analyzer::default(), &NoWords).expect("no error");
        let words = [("summit".to_owned(), 2.0), ("nato".to_owned(), 1.0), ("venu".to_owned(), 1.0)];
        let joined = joined(&typed, &words);
        let told: Vec<(&str, f32)> = joined.leaves.iter().map(|leaf| (leaf.label.as_str(), leaf.weight)).collect();
        assert_eq!(told, [("summit", 1.0 + SHARE / 2.0), ("nato", 1.0), ("venu", SHARE / 4.0)]);
    }

    #[test]
    fn only_telling_words_are_looked_at() {
        let (words, length) = frequencies(&["The venue", "venues of a summit, said X"], &Analyzer::default());
        assert_eq!(words.into_iter().collect::<Vec<_>>(), [("summit".to_owned(), 1.0), ("venu".to_owned(), 2.0)]);
        assert_eq!(length, 8.0);
    }
}
