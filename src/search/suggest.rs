//! What may have been meant by a word that the archive does not have.

use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::archive::Archive;
use crate::analysis::Analyzer;
use crate::hit::Suggestion;

/// The most words of a query that are looked up: a page pasted as a query costs no more than a sentence.
pub(crate) const MAX_ABSENT: usize = 8;
/// The most words suggested for one.
const MAX_WORDS: usize = 3;

/// Those words of what was typed that no article has in any form, each once, with words near them.
pub(super) fn absent<'a>(archive: &Archive, typed: impl Iterator<Item = &'a str>) -> tantivy::Result<Vec<Suggestion>> {
    let mut absent: Vec<Suggestion> = Vec::new();
    let mut terms: Vec<String> = Vec::new();
    for text in typed {
        for token in archive.analyzer.tokens(text) {
            if absent.len() == MAX_ABSENT {
                return Ok(absent);
            }
            let term = Term::from_field_text(archive.fields.text, &token.term);
            if terms.contains(&token.term) || has(archive.searcher(), &term)? {
                continue;
            }
            let word = &text[token.start..token.end];
            absent.push(Suggestion { typed: word.to_owned(), words: near(archive, word)? });
            terms.push(token.term);
        }
    }
    Ok(absent)
}

/// Whether a living article has a term.
fn has(searcher: &Searcher, term: &Term) -> tantivy::Result<bool> {
    if searcher.segment_readers().iter().any(|reader| reader.has_deletes()) {
        let query = TermQuery::new(term.clone(), IndexRecordOption::Basic);
        return Ok(searcher.search(&query, &Count)? > 0);
    }
    Ok(searcher.doc_freq(term)? > 0)
}

/// The words nearest to one, of several forms of a word only the first.
fn near(archive: &Archive, typed: &str) -> tantivy::Result<Vec<String>> {
    suggested(typed, &archive.analyzer, |word, limit| archive.dictionary.suggestions(word, limit))
}

/// What is suggested for a word as typed, of what `nearest` finds near the folded one: of several forms of a word only the
/// first.
pub(crate) fn suggested<E>(
    typed: &str,
    analyzer: &Analyzer,
    nearest: impl FnOnce(&str, usize) -> Result<Vec<String>, E>,
) -> Result<Vec<String>, E> {
    let (mut stems, mut words) = (Vec::new(), Vec::new());
    for neighbour in nearest(&analyzer.folded(typed).concat(), 3 * MAX_WORDS)? {
        let stem: String = analyzer.tokens(&neighbour).into_iter().map(|token| token.term).collect();
        if !stems.contains(&stem) && words.len() < MAX_WORDS {
            words.push(capitalised_as(typed, &neighbour));
            stems.push(stem);
        }
    }
    Ok(words)
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
    use super::capitalised_as;

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
