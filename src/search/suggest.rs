//! What may have been meant by a word that the archive does not have.

use super::backend::Backend;
use super::lexicon::ArchiveWords;
use crate::error::Result;
use crate::hit::Suggestion;

/// The most words of a query that are looked up: a page pasted as a query costs no more than a sentence.
const MAX_ABSENT: usize = 8;
/// The most words suggested for one.
const MAX_WORDS: usize = 3;

/// Those words of what was typed that no article has in any form, each once, with words near them.
pub(super) fn absent<B: Backend>(backend: &B, typed: &[&str]) -> Result<Vec<Suggestion>> {
    let (mut terms, mut words) = (Vec::new(), Vec::new());
    for text in typed {
        for token in backend.analyzer().tokens(text) {
            if !terms.contains(&token.term) {
                terms.push(token.term);
                words.push(&text[token.start..token.end]);
            }
        }
    }
    let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    let absent = backend.absent(&terms, MAX_ABSENT)?;
    let suggestion = |place: usize| {
        let typed = words[place];
        Ok(Suggestion { typed: typed.to_owned(), words: near(backend, typed)? })
    };
    absent.into_iter().map(suggestion).collect()
}

/// The words nearest to one as typed, of several forms of a word only the first.
fn near<B: Backend>(backend: &B, typed: &str) -> Result<Vec<String>> {
    let analyzer = backend.analyzer();
    let (mut stems, mut words) = (Vec::new(), Vec::new());
    for neighbour in (ArchiveWords { backend }).nearest(&analyzer.folded(typed).concat(), 3 * MAX_WORDS)? {
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
