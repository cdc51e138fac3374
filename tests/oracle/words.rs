//! Articles as words, and which words a word of a query means.

use std::ops::Range;

use dateline::hit::StoredArticle;

use super::meaning::{Asked, Field, Form};
use super::vocabulary::{Vocabulary, fold, is_alone};

/// An article as words on pages.
pub struct Article {
    pub id: String,
    /// Page 0 is the headline, page p passage p.
    pub pages: Vec<Vec<Word>>,
    /// A page each of the outlet, of the agencies and of who wrote it.
    pub outlet: Vec<Vec<Word>>,
    pub credit: Vec<Vec<Word>>,
    pub byline: Vec<Vec<Word>>,
    /// The date as it is printed, without its offset.
    pub date: Option<String>,
}

/// A word as printed, with its bytes in the page's text.
pub struct Word {
    pub text: String,
    pub folded: String,
    pub letters: Vec<char>,
    /// What the forms of the word have in common, where they are known.
    pub stem: Option<usize>,
    pub start: usize,
    pub end: usize,
}

impl Article {
    pub fn of(stored: &StoredArticle, vocabulary: &Vocabulary) -> Self {
        let words = |text: &str| words(text, vocabulary);
        let headline = stored.headline.as_ref().map_or("", |field| &field.value);
        let pages = std::iter::once(headline).chain(stored.passages.iter().map(|p| p.text.as_str()));
        Self {
            id: stored.id.0.clone(),
            pages: pages.map(words).collect(),
            outlet: stored.outlet.iter().map(|field| words(&field.value)).collect(),
            credit: stored.credit.iter().map(|name| words(name)).collect(),
            byline: stored.byline.iter().map(|field| words(&field.value)).collect(),
            date: stored.date.as_ref().map(|field| field.value.to_string()),
        }
    }

    /// Where something in a field stands.
    pub fn pages_of(&self, field: Option<Field>) -> &[Vec<Word>] {
        match field {
            None => &self.pages,
            Some(Field::Headline) => &self.pages[..1],
            Some(Field::Outlet) => &self.outlet,
            Some(Field::Credit) => &self.credit,
            Some(Field::Byline) => &self.byline,
        }
    }
}

/// The words of a text, with the characters that are words by themselves.
pub fn words(text: &str, vocabulary: &Vocabulary) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    let ends = |c: char| matches!(c, ' ' | '\n' | '.' | ',' | '-');
    let end = [(text.len(), ' ')];
    for (at, c) in text.char_indices().chain(end) {
        if (ends(c) || is_alone(c)) && start < at {
            words.push(word(text, start..at, vocabulary));
        }
        if is_alone(c) {
            words.push(word(text, at..at + c.len_utf8(), vocabulary));
        }
        if ends(c) || is_alone(c) {
            start = at + c.len_utf8();
        }
    }
    words
}

fn word(text: &str, range: Range<usize>, vocabulary: &Vocabulary) -> Word {
    let text = &text[range.clone()];
    let folded = fold(text);
    let (letters, stem) = (folded.chars().collect(), vocabulary.stem(&folded));
    Word { text: text.to_owned(), folded, letters, stem, start: range.start, end: range.end }
}

/// A word that is looked for.
pub struct Wanted {
    pub word: Word,
    pub form: Form,
}

/// The parts of a word that was asked for: `full-scale` has two, and so has a pair of characters.
pub fn parts(asked: &Asked, vocabulary: &Vocabulary) -> Vec<Wanted> {
    let wanted = |word: Word| Wanted { word, form: asked.form };
    match asked.form {
        Form::Any | Form::Exact => words(&asked.text, vocabulary).into_iter().map(wanted).collect(),
        // a pattern is one, whatever its letters
        _ => asked.text.split('-').map(|part| wanted(word(part, 0..part.len(), vocabulary))).collect(),
    }
}

/// What of the parts of a word ranks by itself: each, characters by twos.
pub fn ranked(parts: &[Wanted]) -> impl Iterator<Item = &[Wanted]> {
    let is_run = parts.len() > 1 && parts.iter().all(|part| part.word.text.starts_with(is_alone));
    parts.windows(if is_run { 2 } else { 1 })
}

/// Whether a word of a text, or of a name, is one that is looked for.
pub fn fits(wanted: &Wanted, word: &Word, is_name: bool) -> bool {
    let Wanted { word: asked, form } = wanted;
    match form {
        Form::Any | Form::Exact if is_name => word.folded == asked.folded,
        Form::Any => word.folded == asked.folded || (word.stem.is_some() && word.stem == asked.stem),
        Form::Exact if asked.text == asked.folded => word.folded == asked.folded,
        Form::Exact => word.text == asked.text,
        Form::Wildcard => fits_pattern(&asked.letters, &word.letters),
        Form::Typo(edits) => distance(&asked.letters, &word.letters) <= *edits,
    }
}

fn fits_pattern(pattern: &[char], word: &[char]) -> bool {
    match (pattern.first(), word.first()) {
        (None, None) => true,
        (Some('*'), _) if fits_pattern(&pattern[1..], word) => true,
        (Some('*'), Some(_)) => fits_pattern(pattern, &word[1..]),
        (Some('?'), Some(_)) => fits_pattern(&pattern[1..], &word[1..]),
        (Some(a), Some(b)) => a == b && fits_pattern(&pattern[1..], &word[1..]),
        _ => false,
    }
}

/// Letters more, less, other or swapped with their neighbour (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, n) | (n, 0) => n,
                _ => {
                    let other = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let least = other.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swapped { least.min(table[i - 2][j - 2] + 1) } else { least }
                }
            };
        }
    }
    table[a.len()][b.len()]
}
