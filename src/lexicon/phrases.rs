//! Phrases looked up in a text, whatever its case, accents and blanks.

use rustc_hash::FxHashMap;

use super::fold::{fold, fold_char};

/// Phrases with what each says.
pub(crate) struct Phrases<T> {
    /// By their first character; the longest first.
    by_first: FxHashMap<char, Vec<(String, T)>>,
}

impl<T: Copy> Phrases<T> {
    /// Of two phrases that are the same when folded the first counts.
    pub(crate) fn new(all: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: FxHashMap<char, Vec<(String, T)>> = FxHashMap::default();
        for (phrase, says) in all {
            let phrase = fold(phrase);
            let first = phrase.chars().next().unwrap_or_default();
            by_first.entry(first).or_default().push((phrase, says));
        }
        by_first.values_mut().for_each(|list| list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len())));
        Self { by_first }
    }

    /// The longest phrase that the text begins with and that ends where a word does: what it says, and its bytes.
    pub(crate) fn at_start(&self, text: &str) -> Option<(T, usize)> {
        self.fitting(text).next()
    }

    /// The phrases that the text begins with, the longest first.
    pub(crate) fn fitting(&self, text: &str) -> impl Iterator<Item = (T, usize)> {
        self.of_first(text).iter().filter_map(|(phrase, says)| Some((*says, taken(text, phrase)?)))
    }

    /// Whether a phrase begins with the letter that the text begins with.
    pub(crate) fn may_begin(&self, text: &str) -> bool {
        !self.of_first(text).is_empty()
    }

    /// The phrases that begin with the letter that the text begins with.
    fn of_first(&self, text: &str) -> &[(String, T)] {
        let mut first = None;
        if let Some(c) = text.chars().next() {
            fold_char(c, |part| first = first.or(Some(part)));
        }
        first.and_then(|first| self.by_first.get(&first)).map_or(&[][..], Vec::as_slice)
    }

    /// The last phrase in a text that begins and ends where words do: what it says.
    pub(crate) fn last_in(&self, text: &str) -> Option<T> {
        let mut last = None;
        let mut until = 0;
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            if at >= until
                && !before.is_alphanumeric()
                && c.is_alphabetic()
                && let Some((says, taken)) = self.at_start(&text[at..])
            {
                (last, until) = (Some(says), at + taken);
            }
            before = c;
        }
        last
    }
}

/// Bytes of the text that a folded phrase takes at its start.
fn taken(text: &str, phrase: &str) -> Option<usize> {
    let mut wanted = phrase.chars().peekable();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if wanted.peek().is_none() {
            break;
        }
        if c.is_whitespace() {
            let again = text[..at].ends_with(char::is_whitespace);
            (wanted.next_if_eq(&' ').is_some() || again).then_some(())?;
        } else {
            let mut same = true;
            fold_char(c, |part| same &= wanted.next_if_eq(&part).is_some());
            same.then_some(())?;
        }
        end = at + c.len_utf8();
    }
    (wanted.peek().is_none() && ends_word(phrase, &text[end..])).then_some(end)
}

/// Whether a word ends between a phrase and the rest; Chinese, Japanese and Korean part no words.
fn ends_word(phrase: &str, rest: &str) -> bool {
    let last = phrase.chars().next_back().unwrap_or(' ');
    !last.is_alphabetic() || last >= '\u{1100}' || !rest.starts_with(char::is_alphabetic)
}
