//! The words of an archive: what a pattern, a typing error or an unknown word stands for.

use std::collections::BTreeSet;

use super::backend::{Backend, Like};
use super::few::{TIMES, is_few};
use super::misread::misread;
use super::top::Top;
use super::writings::writings;
use crate::analysis::MAX_TERM_BYTES;
use crate::error::{Result, edits};
use crate::matching::{Lexicon, Misreadings, Name, TypedWord, WrittenAs};
use crate::query::Regex;

/// The most words that a wildcard or a typing error stands for in a search.
pub(super) const MAX_EXPANSIONS: usize = 256;

/// The words of an archive, for the compiler of queries: of the texts the most frequent that fit, ties by the alphabet; of
/// names the first by the alphabet.
pub(super) struct ArchiveWords<'a, B> {
    pub backend: &'a B,
    /// Whether it tells what words may have been misread as.
    pub ocr: bool,
}

impl<'a, B: Backend> ArchiveWords<'a, B> {
    /// The words as they stand.
    pub fn of(backend: &'a B) -> Self {
        Self { backend, ocr: false }
    }
}

/// The most characters of a word that others are looked for near to: no term has more, but for two edits. What tells how near
/// they are takes kilobytes a character.
const LONGEST_NEAR: usize = MAX_TERM_BYTES + 2;

impl<B: Backend> Lexicon for ArchiveWords<'_, B> {
    fn wildcard(&self, pattern: &str, name: Option<Name>) -> Result<(Vec<String>, bool)> {
        self.expand(Like::Pattern(pattern), name)
    }

    fn fitting(&self, regex: &Regex, name: Option<Name>) -> Result<(Vec<String>, bool)> {
        self.expand(Like::Fitting(regex), name)
    }

    fn typos(&self, word: &str, edits: u8, name: Option<Name>) -> Result<(Vec<String>, bool)> {
        if word.chars().count() > LONGEST_NEAR {
            return Ok((Vec::new(), false));
        }
        self.expand(Like::Near(word, edits), name)
    }

    fn writings(&self, words: &[TypedWord]) -> Result<Vec<WrittenAs>> {
        writings(self.backend, words)
    }

    fn misread(&self, words: &[(String, String)]) -> Result<Vec<Misreadings>> {
        if self.ocr { misread(self.backend, words) } else { Ok(vec![Misreadings::default(); words.len()]) }
    }
}

impl<B: Backend> ArchiveWords<'_, B> {
    fn expand(&self, like: Like<'_>, name: Option<Name>) -> Result<(Vec<String>, bool)> {
        if name.is_some() {
            let mut words = BTreeSet::new();
            self.backend.words_like(like, name, &mut |word, _, articles| {
                words.extend((articles() > 0).then(|| word.to_owned()));
            })?;
            let cut = words.len() > MAX_EXPANSIONS;
            return Ok((words.into_iter().take(MAX_EXPANSIONS).collect(), cut));
        }
        let mut top = Top::new(MAX_EXPANSIONS);
        self.backend.words_like(like, None, &mut |word, at_most, articles| top.offer(true, at_most, word, articles))?;
        let (words, cut) = top.into_sorted();
        Ok((words.into_iter().map(|(word, _)| word).collect(), cut))
    }

    /// The words nearest to a folded one: fewer edits first, then those with its first letter, then the most frequent.
    /// None for a word of one or two letters, since almost any other is near it, nor for a number, nor is a number
    /// suggested.
    pub fn nearest(&self, word: &str, name: Option<Name>, limit: usize) -> Result<Vec<String>> {
        let edits = match word.chars().count() {
            0..=2 => 0,
            3..=5 => 1,
            6..=LONGEST_NEAR => 2,
            _ => 0,
        };
        let mut found: Vec<(String, u64)> = Vec::new();
        if !is_word(word) {
            return Ok(Vec::new());
        }
        for edits in 1..=edits {
            let mut top = Top::new(limit - found.len());
            self.backend.words_like(Like::Near(word, edits), name, &mut |form, at_most, articles| {
                if form == word || !is_word(form) || found.iter().any(|(known, _)| known == form) {
                    return;
                }
                top.offer(form.chars().next() == word.chars().next(), at_most, form, articles);
            })?;
            found.extend(top.into_sorted().0);
            if found.len() >= limit {
                break;
            }
        }
        let words = (0..found.len()).filter(|&place| !is_slip_for_another(&found, place));
        Ok(words.map(|place| found[place].0.clone()).collect())
    }

    /// Words of which a printed one may be a slip, with the articles that have each: so many at least, the most first.
    pub fn commoner(&self, word: &str, least: u64, limit: usize) -> Result<Vec<(String, u64)>> {
        if !is_word(word) || !(SHORTEST_SLIP..=LONGEST_NEAR).contains(&word.chars().count()) {
            return Ok(Vec::new());
        }
        let mut top = Top::new(limit);
        self.backend.words_like(Like::Near(word, 1), None, &mut |form, at_most, articles| {
            if at_most >= least && is_word(form) && is_slip(word, form) {
                top.offer(true, at_most, form, articles);
            }
        })?;
        Ok(top.into_sorted().0.into_iter().filter(|(_, articles)| *articles >= least).collect())
    }
}

/// The fewest letters of a printed word that is taken for a slip, and of one that differs in a letter: shorter words are near
/// to too many.
const SHORTEST_SLIP: usize = 6;
const SHORTEST_REPLACED: usize = 8;

/// Whether a word at one edit from another may be a slip for it: people get the first letter right.
fn is_slip(word: &str, meant: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let (letters, others) = (sorted(word), sorted(meant));
    let replaced = letters.len() == others.len() && letters != others;
    word != meant && word.chars().next() == meant.chars().next() && (!replaced || letters.len() >= SHORTEST_REPLACED)
}

/// Whether a word, with the articles that have it, is itself a slip for another of them that many times as many have.
fn is_slip_for_another(words: &[(String, u64)], place: usize) -> bool {
    let (word, articles) = &words[place];
    let is_commoner = |(_, others): &&(String, u64)| *others >= articles * TIMES;
    let mut common = words.iter().filter(is_commoner);
    is_few(*articles, u64::MAX) && common.any(|(meant, _)| is_slip(word, meant) && edits(word, meant) == 1)
}

/// Letters and marks alone, in whatever script.
fn is_word(form: &str) -> bool {
    !form.contains(|c: char| c.is_numeric() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn a_printed_slip_begins_as_what_was_meant_and_differs_by_more_than_a_letter_of_a_short_word() {
        for (word, meant, expected) in [
            ("bengazi", "benghazi", true),
            ("horowtiz", "horowitz", true),
            ("assasination", "assassination", true),
            ("helsinky", "helsinki", true),
            ("petrol", "patrol", false),
            ("orlando", "rolando", false),
            ("benghazi", "benghazi", false),
        ] {
            assert_eq!(is_slip(word, meant), expected, "{word} {meant}");
        }
    }
}
