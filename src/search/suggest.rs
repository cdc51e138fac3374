//! What may have been meant by a word that the archive does not have, or that few articles have beside one that many have.

use super::backend::{Backend, Written};
use super::few::{TIMES, is_few};
use super::lexicon::ArchiveWords;
use super::plan::Plan;
use crate::error::Result;
use crate::hit::Suggestion;
use crate::matching::Name;
use crate::query::Query;
use crate::query::tree::QueryField;

/// The most words of a query that are looked up: a page pasted as a query costs no more than a sentence.
const MAX_LOOKED_UP: usize = 8;
/// The most words suggested for one.
const MAX_WORDS: usize = 3;

/// Those words of what was typed that no article has in any form, each once, with words near them; and those that few have,
/// beside a near one that many have.
pub(super) fn suggestions<B: Backend>(backend: &B, query: &Query, plan: &Plan<B::Words>) -> Result<Vec<Suggestion>> {
    let (mut terms, mut words) = (Vec::new(), Vec::new());
    for text in query.wanted() {
        for token in backend.analyzer().tokens(text) {
            if !terms.contains(&token.term) {
                terms.push(token.term);
                words.push(&text[token.start..token.end]);
            }
        }
    }
    let asked: Vec<&str> = terms.iter().map(String::as_str).collect();
    let (counts, of_all) = (backend.articles_with(&asked)?, backend.collection().articles);
    let mut found = Vec::new();
    for (place, articles) in looked_up(&counts, of_all) {
        let typed = words[place];
        let near = if articles == 0 { near(backend, typed)? } else { commoner(backend, typed, articles, &terms)? };
        if articles == 0 || !near.is_empty() {
            found.push(Suggestion { typed: typed.to_owned(), articles, words: near });
        }
    }
    found.extend(credits(backend, query, plan)?);
    Ok(found)
}

/// Words of agencies' names that no article has in one, with words near them.
fn credits<B: Backend>(backend: &B, query: &Query, plan: &Plan<B::Words>) -> Result<Vec<Suggestion>> {
    let name = Some(Name::Credit);
    let is_absent = |word: &str| {
        let counted = plan.compiled.atoms.iter().zip(&plan.articles_with);
        counted.filter(|(atom, _)| atom.name == name && atom.terms == [word]).any(|(_, articles)| *articles == 0)
    };
    let mut found = Vec::new();
    for text in query.names(QueryField::Credit) {
        for word in backend.analyzer().forms(&text).into_iter().filter(|word| is_absent(&word.term)).take(MAX_LOOKED_UP)
        {
            let typed = &text[word.start..word.end];
            let near = ArchiveWords::of(backend).nearest(&word.term, name, MAX_WORDS)?;
            let words = near.iter().map(|near| capitalised_as(typed, near)).collect();
            found.push(Suggestion { typed: format!("credit:{typed}"), articles: 0, words });
        }
    }
    Ok(found)
}

/// Places of the words that are looked up, and how many articles have each: those that none has go before the others.
fn looked_up(counts: &[u64], of_all: u64) -> Vec<(usize, u64)> {
    let few = || counts.iter().copied().enumerate().filter(|(_, articles)| is_few(*articles, of_all));
    let absent = few().filter(|(_, articles)| *articles == 0);
    let rare = few().filter(|(_, articles)| *articles > 0);
    let mut places: Vec<(usize, u64)> = absent.chain(rare).take(MAX_LOOKED_UP).collect();
    places.sort_unstable();
    places
}

/// The words nearest to one as typed, of several forms of a word only the first.
fn near<B: Backend>(backend: &B, typed: &str) -> Result<Vec<String>> {
    let folded = backend.analyzer().folded(typed).concat();
    let words = ArchiveWords::of(backend).nearest(&folded, None, 3 * MAX_WORDS)?;
    Ok(of_other_stems(backend, typed, words, &[]))
}

/// The words for which one that so many articles have may be a slip: no form of a word of the query, and names for a name.
fn commoner<B: Backend>(backend: &B, typed: &str, articles: u64, terms: &[String]) -> Result<Vec<String>> {
    let folded = backend.analyzer().folded(typed).concat();
    let words = ArchiveWords::of(backend).commoner(&folded, articles * TIMES, 3 * MAX_WORDS)?;
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let forms: Vec<&str> =
        std::iter::once(&folded).chain(words.iter().map(|(word, _)| word)).map(String::as_str).collect();
    let mut written = backend.written(&forms)?.into_iter();
    let slip = written.next().unwrap_or_default();
    let words = words.into_iter().zip(written).filter(|(_, meant)| are_alike(slip, *meant)).map(|((word, _), _)| word);
    Ok(of_other_stems(backend, typed, words.collect(), terms))
}

/// Whether a word and what may be meant by it are both names or both none, as far as the articles tell: `Rappler` is no slip
/// for "rapper".
fn are_alike(slip: Written, meant: Written) -> bool {
    let is_small = slip.capital_only < slip.clear();
    match slip.clear() {
        0 => true,
        _ if is_small => !meant.is_name(),
        _ => meant.is_mostly_capital(),
    }
}

/// The first words, capitalised as typed, of several forms of a word only one, and none of these terms.
fn of_other_stems<B: Backend>(backend: &B, typed: &str, words: Vec<String>, terms: &[String]) -> Vec<String> {
    let mut stems = terms.to_vec();
    let mut kept = Vec::new();
    for word in words {
        let stem: String = backend.analyzer().tokens(&word).into_iter().map(|token| token.term).collect();
        if !stems.contains(&stem) && kept.len() < MAX_WORDS {
            kept.push(capitalised_as(typed, &word));
            stems.push(stem);
        }
    }
    kept
}

/// `word` with a capital where `typed` has one, or in capitals.
fn capitalised_as(typed: &str, word: &str) -> String {
    let mut letters = typed.chars().filter(|c| c.is_alphabetic());
    let is_capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    if !is_capital(letters.next()) {
        return word.to_owned();
    }
    if letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let mut rest = word.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_no_article_has_are_looked_up_before_those_that_few_have() {
        for (counts, of_all, expected) in [
            (&[0, 5, 6, 1][..], 8000, "0 1 3"),
            (&[2, 0], 39, "1"),
            (&[2, 0], 40, "0 1"),
            (&[1, 1, 1, 1, 1, 1, 1, 1, 1, 0], 8000, "0 1 2 3 4 5 6 9"),
            (&[], 8000, ""),
        ] {
            let places: Vec<String> = looked_up(counts, of_all).iter().map(|(place, _)| place.to_string()).collect();
            assert_eq!(places.join(" "), expected, "{counts:?} of {of_all}");
        }
    }

    #[test]
    fn a_slip_for_a_name_is_written_as_a_name() {
        // what is counted: articles, those with a capital alone, those that tell nothing
        let written = |(articles, capital_only, unclear)| Written { articles, capital_only, unclear };
        for (slip, meant, expected) in [
            ((1, 1, 0), (200, 180, 10), true),
            ((1, 1, 0), (200, 20, 10), false),
            ((1, 0, 0), (200, 20, 10), true),
            ((1, 0, 0), (200, 180, 10), false),
            ((1, 0, 1), (200, 180, 10), true),
        ] {
            assert_eq!(are_alike(written(slip), written(meant)), expected, "{slip:?} {meant:?}");
        }
    }

    #[test]
    fn a_suggestion_is_capitalised_as_the_word_was() {
        for (typed, word, expected) in [
            ("Helsinky", "helsinki", "Helsinki"),
            ("NATP", "nato", "NATO"),
            ("N", "nato", "Nato"),
            ("helsinky", "helsinki", "helsinki"),
            ("McCian", "mccain", "Mccain"),
            ("Моксва", "москва", "Москва"),
        ] {
            assert_eq!(capitalised_as(typed, word), expected);
        }
    }
}
