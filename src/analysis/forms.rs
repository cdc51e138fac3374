//! The distinct words of a text as they stand in it, folded but not stemmed: what the index's dictionary of forms takes.
//!
//! The tokenizer of the text sees every word anyway, so it numbers the words it meets and leaves, for each text, the
//! numbers of its words and the words that are numbered for the first time; the dictionary's writer, which the index
//! calls on the same thread for the same article, takes them. No text is read twice, and no word is looked up again.

use std::cell::RefCell;

/// Parts the words in a list; never occurs inside them.
const PART: char = '\n';

thread_local! {
    /// What the tokenizer left of the text that this thread analyzed last, until it is taken.
    static LEFT: RefCell<Forms> = RefCell::default();
}

/// The words of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    /// The words' numbers, each once but where the tokenizer had forgotten it in between.
    pub numbers: Vec<u32>,
    /// How many words the tokenizer had numbered before this text.
    pub known: u32,
    new_words: String,
}

impl Forms {
    /// The words numbered in this text, from [`known`](Self::known) up.
    pub fn new_words(&self) -> impl Iterator<Item = &str> {
        self.new_words.split_terminator(PART)
    }

    /// Begins a new text.
    pub(super) fn clear(&mut self, known: u32) {
        self.numbers.clear();
        self.new_words.clear();
        self.known = known;
    }

    /// Notes a word that is new in the text.
    pub(super) fn note(&mut self, number: u32) {
        self.numbers.push(number);
    }

    /// Notes a word that had no number before.
    pub(super) fn note_new(&mut self, word: &str) {
        self.new_words.push_str(word);
        self.new_words.push(PART);
    }

    /// Leaves the words to be taken; what is in `self` afterwards is for the next text to clear.
    pub(super) fn leave(&mut self) {
        LEFT.with_borrow_mut(|left| std::mem::swap(left, self));
    }
}

/// Takes the words of the text that this thread analyzed last; none where they were taken already.
pub(crate) fn take_forms<R>(take: impl FnOnce(&Forms) -> R) -> R {
    LEFT.with_borrow_mut(|left| {
        let taken = take(left);
        let known = left.known + left.new_words().count() as u32;
        left.clear(known);
        taken
    })
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    use super::super::Analyzer;
    use super::*;

    #[test]
    fn the_words_of_a_text_are_left_once_and_whole() {
        let mut passages = Analyzer::default().passage_tokenizer();
        let mut words: Vec<String> = Vec::new();
        for (text, expected) in [
            (
                "Venues\u{1e}The venues, the venue: 東京 in 2018. Łódź\u{1e}THE VENUE",
                "venues the venue 東 京 in 2018 lodz",
            ),
            ("In the venue of Łódź", "in the venue of lodz"),
            ("", ""),
        ] {
            let mut stream = passages.token_stream(text);
            while stream.advance() {}
            let found = take_forms(|forms| {
                assert_eq!(forms.known as usize, words.len());
                words.extend(forms.new_words().map(str::to_owned));
                forms.numbers.clone()
            });
            let found: Vec<&str> = found.iter().map(|&number| words[number as usize].as_str()).collect();
            assert_eq!(found.join(" "), expected);
            assert!(take_forms(|forms| forms.numbers.is_empty()), "no article has another's words");
        }
    }
}
