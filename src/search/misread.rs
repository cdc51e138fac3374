//! What the words of a query may have been misread as, where an archive was read by machine (OCR).
//!
//! A form of the dictionary is a misreading of a word where few letters tell it from the word or from one of the word's usual
//! forms, and where it is rare beside it: a machine makes the same mistake in few places, and another word stands in many.

mod letters;

use std::collections::{BTreeMap, BTreeSet};

use super::backend::{Backend, Like};
use crate::analysis::Analyzer;
use crate::error::Result;
use crate::matching::Misreadings;
use letters::{Confusions, USUAL};

/// The most misreadings of a word; of more the likeliest count.
const MOST: usize = 256;
/// Forms of a word that misreadings are looked for near to: the one typed, and the most frequent others.
const SOURCES: usize = 3;
/// The fewest letters of a form that misreadings are looked for near to.
const SHORTEST: usize = 4;
/// Letters from which on a misreading may be one edit away that no table knows, and from which on a usual mistake may be
/// added to it.
const ANY_EDIT: usize = 5;
const TWO_EDITS: usize = 8;

/// A word of the query, and what it is in the archive.
struct MeantWord {
    term: String,
    /// The forms that misreadings are looked for near to.
    sources: Vec<String>,
    /// All its forms.
    family: BTreeSet<String>,
    articles: u64,
}

/// A form that may be a misreading.
struct NearForm {
    form: String,
    term: String,
    cost: u32,
    articles: u64,
}

/// What an archive may have misread each of these words as (each with its term and the form typed).
pub(super) fn misread<B: Backend>(backend: &B, words: &[(String, String)]) -> Result<Vec<Misreadings>> {
    let confusions = Confusions::read();
    let meant = meant(backend, words)?;
    let own: BTreeSet<&str> = meant.iter().map(|word| word.term.as_str()).collect();
    let mut candidates = Vec::with_capacity(meant.len());
    for word in &meant {
        let mut near = near(backend, word, &confusions)?;
        near.retain(|candidate| !own.contains(candidate.term.as_str()) && !word.family.contains(&candidate.form));
        candidates.push(near);
    }
    with_joined_letters(backend, &meant, &confusions, &mut candidates)?;
    let terms: BTreeSet<&str> = candidates.iter().flatten().map(|candidate| candidate.term.as_str()).collect();
    let terms: Vec<&str> = terms.into_iter().collect();
    let counted: BTreeMap<String, u64> =
        terms.iter().map(|term| (*term).to_owned()).zip(backend.articles_with(&terms)?).collect();
    let chosen = meant.iter().zip(candidates);
    Ok(chosen.map(|(word, candidates)| choose(word, candidates, &counted)).collect())
}

/// The words as the archive has them.
fn meant<B: Backend>(backend: &B, words: &[(String, String)]) -> Result<Vec<MeantWord>> {
    let terms: Vec<&str> = words.iter().map(|(term, _)| term.as_str()).collect();
    let (families, articles) = (backend.families(&terms)?, backend.articles_with(&terms)?);
    let forms: Vec<&str> = families.iter().flatten().map(String::as_str).collect();
    let mut written = backend.written(&forms)?.into_iter();
    let mut meant = Vec::with_capacity(words.len());
    for (((term, typed), family), articles) in words.iter().zip(families).zip(articles) {
        let mut counted: Vec<(u64, String)> =
            family.into_iter().zip(written.by_ref()).map(|(form, written)| (written.articles, form)).collect();
        counted.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.cmp(other)));
        let family: BTreeSet<String> = counted.iter().map(|(_, form)| form.clone()).collect();
        let living = counted.into_iter().filter(|(articles, _)| *articles > 0);
        let others = living.map(|(_, form)| form).filter(|form| form != typed);
        let long = |form: &String| form.chars().count() >= SHORTEST;
        let sources = std::iter::once(typed.clone()).chain(others).filter(long).take(SOURCES).collect();
        meant.push(MeantWord { term: term.clone(), sources, family, articles });
    }
    Ok(meant)
}

/// The forms of the dictionary that lie near to a word's, each once.
fn near<B: Backend>(backend: &B, word: &MeantWord, confusions: &Confusions) -> Result<Vec<NearForm>> {
    let mut found: BTreeMap<String, (u32, u64)> = BTreeMap::new();
    for source in &word.sources {
        let letters: Vec<char> = source.chars().collect();
        let edits = if letters.len() >= TWO_EDITS { 2 } else { 1 };
        let most = most_cost(letters.len());
        backend.words_like(Like::Near(source, edits), None, &mut |form, _, articles| {
            let cost = confusions.cost(&letters, &form.chars().collect::<Vec<char>>());
            if cost > 0 && cost <= most {
                // living articles are counted, so that it does not matter what was there before
                let (known, _) = found.entry(form.to_owned()).or_insert_with(|| (cost, articles()));
                *known = cost.min(*known);
            }
        })?;
    }
    found.retain(|_, (cost, articles)| *articles > 0 && *articles <= most_articles(*cost, word.articles));
    let analyzer = backend.analyzer();
    Ok(found.into_iter().filter_map(|(form, (cost, articles))| candidate(analyzer, form, cost, articles)).collect())
}

/// Adds the misreadings that take two letters for one or one for two, and lie too far for the walks through the dictionary.
fn with_joined_letters<B: Backend>(
    backend: &B,
    meant: &[MeantWord],
    confusions: &Confusions,
    candidates: &mut [Vec<NearForm>],
) -> Result<()> {
    let mut asked: Vec<(usize, String)> = Vec::new();
    for (place, word) in meant.iter().enumerate() {
        let joined: BTreeSet<String> = word.sources.iter().flat_map(|source| confusions.joined(source)).collect();
        let is_new = |form: &String| {
            !word.family.contains(form) && !candidates[place].iter().any(|candidate| candidate.form == *form)
        };
        asked.extend(joined.into_iter().filter(is_new).map(|form| (place, form)));
    }
    let forms: Vec<&str> = asked.iter().map(|(_, form)| form.as_str()).collect();
    let written = if forms.is_empty() { Vec::new() } else { backend.written(&forms)? };
    for ((place, form), written) in asked.into_iter().zip(written).filter(|(_, written)| written.articles > 0) {
        let found = candidate(backend.analyzer(), form, USUAL, written.articles);
        candidates[place].extend(found.filter(|found| meant.iter().all(|word| word.term != found.term)));
    }
    Ok(())
}

/// A form as a candidate; none where it is no word by itself.
fn candidate(analyzer: &Analyzer, form: String, cost: u32, articles: u64) -> Option<NearForm> {
    let words = analyzer.words(&form);
    let [(token, folded)] = words.as_slice() else { return None };
    (articles > 0 && *folded == form).then(|| NearForm { term: token.term.clone(), form, cost, articles })
}

/// Those that are rare enough beside the word, the likeliest first; `counted` says how many articles have each term.
fn choose(word: &MeantWord, mut candidates: Vec<NearForm>, counted: &BTreeMap<String, u64>) -> Misreadings {
    let with = |term: &str| counted.get(term).copied().unwrap_or(u64::MAX);
    candidates.retain(|candidate| with(&candidate.term) <= most_articles(candidate.cost, word.articles));
    candidates.sort_by(|a, b| {
        a.cost.cmp(&b.cost).then_with(|| b.articles.cmp(&a.articles)).then_with(|| a.form.cmp(&b.form))
    });
    let cut = candidates.len() > MOST;
    candidates.truncate(MOST);
    let mut misread = Misreadings { cut, ..Misreadings::default() };
    for NearForm { form, term, .. } in candidates {
        if !misread.terms.contains(&term) {
            misread.terms.push(term);
        }
        misread.forms.push(form);
    }
    misread
}

/// How far a misreading may be from a word of so many letters.
fn most_cost(letters: usize) -> u32 {
    match letters {
        ..ANY_EDIT => USUAL,
        ANY_EDIT..TWO_EDITS => 2 * USUAL,
        _ => 3 * USUAL,
    }
}

/// The most articles that have a misreading, by its cost, of a word that so many have: what more have is a word of its own.
fn most_articles(cost: u32, of_word: u64) -> u64 {
    let (least, share) = match cost {
        ..=1 => (2, 12),
        2 => (1, 40),
        _ => (1, 200),
    };
    (of_word / share).max(least)
}
