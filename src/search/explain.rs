//! How the score of a passage came about, by the very functions that made it.

use std::collections::BTreeSet;

use super::backend::Backend;
use super::chosen::{Chosen, Gains};
use super::evidence::{Evidence, Seen};
use super::listing::Ranking;
use super::nearby::Nearby;
use super::plan::Plan;
use super::score::{each_pair, frequency, idf_of_pair, norm, of_article, of_headline, of_pair, of_passage};
use super::score::{passage_norm, place};
use crate::analysis::PASSAGE_POSITIONS;
use crate::error::Result;
use crate::hit::{Count, Explanation, Pair, Term, TimeAway, Word};
use crate::matching::Atom;
use crate::query::{SearchRequest, Weights};

/// Terms of an atom that its name lists; a wildcard may stand for hundreds.
const MAX_NAMED: usize = 4;

/// What the score of each of a ranking's passages was added up from, in their order.
pub(super) fn explain<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    ranking: &Ranking<B>,
) -> Result<Vec<Explanation>> {
    let (Ranking { candidates, list, .. }, weights) = (ranking, request.weights);
    let times = times(backend, request, ranking)?;
    let mut in_order: Vec<usize> = (0..list.len()).collect();
    in_order.sort_by_key(|&at| backend.place(&candidates[list[at].at]));
    let mut evidence = Evidence::open(backend, plan, weights)?;
    let mut explained = vec![Explanation::default(); list.len()];
    for place in in_order {
        let Chosen { at, passage, gains, .. } = list[place];
        let seen = evidence.seen(&candidates[at])?;
        let times = times.get(place).cloned().unwrap_or_default();
        explained[place] = Reckoning { plan, weights, passage, gains, times, seen }.explanation();
    }
    Ok(explained)
}

/// What the date of each of a ranking's articles is near to, in their order; nothing where no date changed a score.
fn times<B: Backend>(backend: &B, request: &SearchRequest, ranking: &Ranking<B>) -> Result<Vec<Vec<TimeAway>>> {
    if !ranking.list.iter().any(|chosen| chosen.gains != Gains::default()) {
        return Ok(Vec::new());
    }
    let nearby = Nearby::of(backend, request)?;
    let articles: Vec<&B::Article> = ranking.list.iter().map(|chosen| &ranking.candidates[chosen.at]).collect();
    let dates = backend.dates(&articles)?;
    Ok(dates.into_iter().map(|date| date.map_or(Vec::new(), |date| nearby.times(date))).collect())
}

/// A passage, and where its article has the leaves of the query.
struct Reckoning<'a, W> {
    plan: &'a Plan<W>,
    weights: Weights,
    /// Number of the passage, 1-based.
    passage: u32,
    /// What the date gave.
    gains: Gains,
    times: Vec<TimeAway>,
    seen: Seen<'a>,
}

impl<W> Reckoning<'_, W> {
    fn explanation(&self) -> Explanation {
        let mut terms = Vec::new();
        for leaf in 0..self.plan.weights.len() {
            let found = !self.seen.starts[leaf].is_empty();
            if self.seen.weights[leaf].idf > 0.0 && (found || self.plan.weights[leaf].typed) {
                terms.push(self.term(leaf));
            }
        }
        let pairs = self.pairs();
        let sum = |part: fn(&Term) -> &Count| terms.iter().map(|term| part(term).value).fold(0.0, |a, b| a + b);
        let (article, passage, headline) =
            (sum(|term| &term.article), sum(|term| &term.passage), sum(|term| &term.headline));
        let nearness = pairs.iter().map(|pair| pair.value).fold(0.0, |a, b| a + b);
        let missing = self.weights.missing * self.plan.coverage.missing(self.seen.starts);
        Explanation {
            article,
            passage,
            headline,
            nearness,
            missing: 0.0 - missing * (article + passage + headline + nearness),
            around: self.gains.around,
            recency: self.gains.recency,
            times: self.times.clone(),
            article_length: self.seen.length,
            passage_length: self.seen.lengths.get(self.passage as usize - 1).copied().unwrap_or(0),
            passage_weight: self.passage_weight(),
            terms,
            pairs,
        }
    }

    /// What a passage's own score counts beside the article's.
    fn passage_weight(&self) -> f32 {
        self.weights.passage * place(&self.weights, self.passage)
    }

    fn term(&self, leaf: usize) -> Term {
        let (weights, idf) = (&self.weights, self.seen.weights[leaf].idf);
        let starts = &self.seen.starts[leaf];
        let body = starts.partition_point(|&at| at < PASSAGE_POSITIONS);
        let inside = starts.iter().filter(|&&at| at / PASSAGE_POSITIONS == self.passage).count() as f32;
        let (headline, body) = (body as f32, (starts.len() - body) as f32);
        let in_article = norm(weights.k1, weights.article_b, self.seen.length);
        let in_passage = passage_norm(weights, self.seen.lengths, self.passage);
        let frequency = frequency(weights, headline, body);
        let share = self.passage_weight();
        let compiled = &self.plan.compiled.leaves[leaf];
        Term {
            term: compiled.label.clone(),
            added: !self.plan.weights[leaf].typed,
            weight: compiled.weight,
            idf: idf / compiled.weight,
            words: self.words(leaf),
            article: Count { tf: frequency, value: of_article(weights, idf, frequency, in_article) },
            passage: Count { tf: inside, value: share * of_passage(weights, idf, headline, inside, in_passage) },
            headline: Count { tf: headline, value: share * of_headline(weights, idf, headline, in_passage) },
        }
    }

    /// The words that a leaf is made of, each once.
    fn words(&self, leaf: usize) -> Vec<Word> {
        let Plan { compiled, articles_with, .. } = self.plan;
        let atoms: BTreeSet<usize> = compiled.leaves[leaf].shape.atoms().into_iter().collect();
        let word = |&atom: &usize| Word { word: name(&compiled.atoms[atom]), df: articles_with[atom] };
        atoms.iter().map(word).collect()
    }

    /// The neighbouring leaves that stand near each other in the passage.
    fn pairs(&self) -> Vec<Pair> {
        let (compiled, leaves, starts) = (&self.plan.compiled, self.seen.weights, self.seen.starts);
        let mut pairs = Vec::new();
        for leaf in 1..leaves.len() {
            let (left, right) = (leaves[leaf - 1], leaves[leaf]);
            let idf = idf_of_pair(left, right);
            if idf <= 0.0 {
                continue;
            }
            each_pair(&starts[leaf - 1], left.length, &starts[leaf], |number, ordered, near| {
                if number == self.passage {
                    let labels = [leaf - 1, leaf].map(|leaf| compiled.leaves[leaf].label.clone());
                    let value = self.passage_weight() * of_pair(&self.weights, idf, ordered, near);
                    pairs.push(Pair { terms: labels, side_by_side: ordered, near, value });
                }
            });
        }
        pairs
    }
}

/// The terms of an atom, as the index has them.
fn name(atom: &Atom) -> String {
    let named = atom.terms.iter().take(MAX_NAMED).map(String::as_str).collect::<Vec<_>>().join("|");
    if atom.terms.len() > MAX_NAMED { format!("{named}|…") } else { named }
}
