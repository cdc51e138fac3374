//! How an archive writes the words that are looked for: names, and words that mean something else in capitals.
//!
//! A word is a name where the articles write it nearly always with a capital, and its other forms mostly without: "Locke"
//! beside "locked". A capital tells something inside a sentence of the body alone. Articles are counted, not words; of words
//! that one or two articles have, nothing is said.

use super::backend::{Backend, Written};
use crate::error::Result;
use crate::matching::{Atom, Test, TypedWord, WrittenAs};

/// The fewest articles that tell how a word is written.
const ENOUGH: u64 = 3;
/// Percent of the articles that tell how a word is written which have a name with a capital alone.
const NAMES: u64 = 80;
/// Percent of the articles that tell how its other forms are written which may have those with a capital alone.
const OTHERS: u64 = 50;
/// Percent of the articles with a word, and their number, from which on one in capitals means something else than without:
/// the CARES Act.
const CAPITALS: (u64, u64) = (6, 5);
/// The other forms are told from one article with them for so many with the name on.
const WORTH_TELLING: u64 = 10;
/// Other forms that are told.
const TOLD: usize = 3;

impl Written {
    /// Articles that tell how the word is written.
    pub(super) fn clear(self) -> u64 {
        self.articles.saturating_sub(self.unclear)
    }

    pub(super) fn is_name(self) -> bool {
        self.clear() >= ENOUGH && self.capital_only * 100 >= self.clear() * NAMES
    }

    pub(super) fn is_mostly_capital(self) -> bool {
        self.capital_only * 2 >= self.clear()
    }
}

/// How the archive writes each word.
pub(super) fn writings<B: Backend>(backend: &B, words: &[TypedWord]) -> Result<Vec<WrittenAs>> {
    let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
    let written = backend.written(&forms)?;
    let mut writings = vec![WrittenAs::Common; words.len()];
    mark_as_typed(backend, words, &written, &mut writings)?;
    let is_name = |&place: &usize| {
        writings[place] == WrittenAs::Common
            && !words[place].function
            && written[place].is_name()
            && backend.analyzer().language().capitals_mark_names()
    };
    let names: Vec<usize> = (0..words.len()).filter(is_name).collect();
    if names.is_empty() {
        return Ok(writings);
    }
    let stems: Vec<&str> = names.iter().map(|&place| words[place].stem.as_str()).collect();
    let mut families = backend.families(&stems)?;
    for (family, &place) in families.iter_mut().zip(&names) {
        family.retain(|form| *form != words[place].form);
    }
    let others: Vec<&str> = families.iter().flatten().map(String::as_str).collect();
    let mut counted = backend.written(&others)?.into_iter();
    for (family, place) in families.into_iter().zip(names) {
        let forms: Vec<(String, Written)> = family.into_iter().zip(counted.by_ref()).collect();
        writings[place] = name_beside(written[place], forms);
    }
    Ok(writings)
}

/// Marks the words that mean something else as they were typed: with signs, in capitals or with one.
fn mark_as_typed<B: Backend>(
    backend: &B,
    words: &[TypedWord],
    written: &[Written],
    writings: &mut [WrittenAs],
) -> Result<()> {
    let asked = words.iter().zip(written).map(|(word, written)| as_typed(word, *written));
    let (places, tests): (Vec<usize>, Vec<Test>) = (0..).zip(asked).filter_map(|(n, test)| Some((n, test?))).unzip();
    if places.is_empty() {
        return Ok(());
    }
    let atom = |test: &Test| Atom { name: None, terms: test.forms(), test: test.clone() };
    let (_, articles_with) = backend.look_up(&tests.iter().map(atom).collect::<Vec<Atom>>())?;
    for ((place, test), articles) in places.into_iter().zip(tests).zip(articles_with) {
        let many =
            words[place].function || (articles >= CAPITALS.1 && articles * 100 >= written[place].articles * CAPITALS.0);
        writings[place] = match test {
            _ if articles == 0 => continue,
            Test::Signed(_) => WrittenAs::Signed,
            Test::WithCapital(_) => WrittenAs::WithCapital,
            _ if many => WrittenAs::InCapitals,
            _ => continue,
        };
    }
    Ok(())
}

/// What an article would have of a word if it were meant as it was typed; none where nothing tells that it is.
fn as_typed(word: &TypedWord, written: Written) -> Option<Test> {
    let form = || word.form.clone();
    match word {
        TypedWord { signed: Some(signed), .. } => Some(Test::Signed(signed.clone())),
        _ if written.articles == 0 => None,
        TypedWord { in_capitals: true, .. } => (word.function || !written.is_name()).then(|| Test::InCapitals(form())),
        // what has a capital wherever it stands says nothing by it
        TypedWord { with_capital: true, .. } => (!written.is_name()).then(|| Test::WithCapital(form())),
        _ => None,
    }
}

/// What a word that is written as names are is beside its other forms; those are told where many articles have them.
fn name_beside(word: Written, mut others: Vec<(String, Written)>) -> WrittenAs {
    let sum = |of: fn(&Written) -> u64| others.iter().map(|(_, written)| of(written)).sum();
    let (clear, capital_only): (u64, u64) = (sum(|written| written.clear()), sum(|written| written.capital_only));
    if clear == 0 || capital_only * 100 > clear * OTHERS {
        return WrittenAs::Common;
    }
    others.retain(|(_, written)| written.articles > 0);
    if others.iter().map(|(_, written)| written.articles).sum::<u64>() * WORTH_TELLING < word.articles {
        others.clear();
    }
    others.sort_by(|(a, one), (b, other)| other.articles.cmp(&one.articles).then_with(|| a.cmp(b)));
    others.truncate(TOLD);
    WrittenAs::Name(others.into_iter().map(|(form, _)| form).collect())
}
