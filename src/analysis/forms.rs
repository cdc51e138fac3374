//! The distinct words of a text as they stand in it, folded but not stemmed: what the index's dictionary of forms takes.
//!
//! The tokenizer of the text sees every word anyway, so it numbers the words it meets and leaves, for each text, the
//! numbers of its words and the words that are numbered for the first time. No text is read twice, and no word is looked
//! up again. A text carries a [`Ticket`], its document too, and the dictionary's writer claims by it: whoever calls whom in
//! which order and on which thread, no article gets another's words.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::capital::Capital;

/// Parts the words in a list; never occurs inside them.
const PART: char = '\n';

/// Stands between a text and its ticket.
const TICKET: char = '\u{1f}';

/// Digits of a ticket, to the base 16.
const DIGITS: usize = 16;

/// The number of a text; no two texts of one [`Handover`] have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ticket(u64);

impl Ticket {
    /// A text, and the ticket behind it where it has one.
    pub(super) fn part(text: &str) -> (&str, Option<Self>) {
        let end = text.len().checked_sub(DIGITS + TICKET.len_utf8());
        let parts = end.and_then(|end| text.split_at_checked(end));
        let number = |(_, mark): (&str, &str)| u64::from_str_radix(mark.strip_prefix(TICKET)?, 16).ok();
        let ticket = parts.and_then(number).map(Self);
        (if ticket.is_some() { parts.map_or(text, |(text, _)| text) } else { text }, ticket)
    }
}

/// The number of a word, and whether a text has it without a capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(u32);

impl Number {
    const SMALL: u32 = 1 << 31;

    fn new(number: u32, small: bool) -> Self {
        Self(if small { number | Self::SMALL } else { number })
    }

    /// The number.
    pub fn number(self) -> u32 {
        self.0 & !Self::SMALL
    }

    /// Whether the text has the word without a capital.
    pub fn is_small(self) -> bool {
        self.0 & Self::SMALL != 0
    }
}

/// Where a word is written with a capital, whether it tells that the word is a name, and whether all of it is in capitals;
/// in the order of positions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CapitalAt(u32);

impl CapitalAt {
    /// At a position of the index, inside a sentence or not.
    pub fn new(position: u32, capital: Capital, inside: bool) -> Self {
        Self(position << 2 | u32::from(inside) << 1 | u32::from(capital == Capital::All))
    }

    /// As [`code`](Self::code) gave it.
    pub fn of_code(code: u32) -> Self {
        Self(code)
    }

    /// As a number that orders as the positions do.
    pub fn code(self) -> u32 {
        self.0
    }

    /// The position in the index.
    pub fn position(self) -> u32 {
        self.0 >> 2
    }

    /// Whether it stands inside a sentence of the body, so that the capital is the word's own.
    pub fn is_inside(self) -> bool {
        self.0 & 2 == 2
    }

    /// Whether all of the word is in capitals.
    pub fn is_all(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The words of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    /// The words' numbers, each once for each way that it is written, but where the tokenizer had forgotten it in between.
    pub numbers: Vec<Number>,
    /// Where the text has words with a capital, in its order.
    pub capitals: Vec<(u32, CapitalAt)>,
    /// How many words the tokenizer had numbered before this text.
    pub known: u32,
    /// The first text that the tokenizer numbered words of: which numbering it is.
    pub numbering: Option<Ticket>,
    new_words: String,
}

impl Forms {
    /// The words of a text of this numbering, none yet; there is room for about as many as the text before had.
    pub(super) fn new(known: u32, numbering: Option<Ticket>, expected: usize) -> Self {
        let (numbers, capitals) = (Vec::with_capacity(expected), Vec::with_capacity(expected / 2));
        Self { known, numbering, numbers, capitals, new_words: String::new() }
    }

    /// The words numbered in this text, from [`known`](Self::known) up, with their stems.
    pub fn new_words(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut parts = self.new_words.split_terminator(PART);
        std::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
    }

    /// Notes a word that is new in the text, or that has no capital for the first time there.
    pub(super) fn note(&mut self, number: u32, small: bool) {
        self.numbers.push(Number::new(number, small));
    }

    /// Notes a word that is written with a capital, or in capitals.
    pub(super) fn note_capital(&mut self, number: u32, at: CapitalAt) {
        self.capitals.push((number, at));
    }

    /// Notes a word that had no number before.
    pub(super) fn note_new(&mut self, word: &str, stem: &str) {
        for part in [word, stem] {
            self.new_words.push_str(part);
            self.new_words.push(PART);
        }
    }
}

/// Why the words that a tokenizer left are not those of the article that claims them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Mismatch {
    /// The tokenizer did not come to the end of the text.
    #[error("an article was indexed before its text was analyzed")]
    Missing,
    /// The tokenizer came to the end of the text more than once.
    #[error("the text of an article was analyzed twice")]
    Twice,
    /// The numbers belong to another list of words.
    #[error("the words of an article were numbered for another segment")]
    OtherSegment,
    /// Words were numbered in between that nobody claimed.
    #[error("articles were indexed in another order than their texts were analyzed")]
    OtherOrder,
    /// Nobody claimed them.
    #[error("a text was analyzed that belongs to no article of its segment")]
    Unclaimed,
}

/// Where tokenizers leave the words of texts until the writers of dictionaries claim them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Handover(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    tickets: AtomicU64,
    /// None where the words of a text were left twice.
    left: Mutex<HashMap<Ticket, Option<Forms>>>,
    first_mismatch: OnceLock<Mismatch>,
}

impl Handover {
    /// Puts a new ticket behind a text.
    pub fn mark(&self, text: &mut String) -> Ticket {
        let number = self.0.tickets.fetch_add(1, Ordering::Relaxed);
        text.push_str(&format!("{TICKET}{number:0DIGITS$x}"));
        Ticket(number)
    }

    /// Leaves the words of a text.
    pub(super) fn leave(&self, ticket: Ticket, forms: Forms) {
        self.left().entry(ticket).and_modify(|left| *left = None).or_insert(Some(forms));
    }

    /// Takes the words of the text with this ticket.
    ///
    /// # Errors
    /// Where they were not left once.
    pub fn claim(&self, ticket: Ticket) -> Result<Forms, Mismatch> {
        let left = self.left().remove(&ticket);
        left.ok_or(Mismatch::Missing)?.ok_or(Mismatch::Twice)
    }

    /// Whether words of this numbering wait to be claimed, or words that were left twice.
    pub fn holds(&self, numbering: Option<Ticket>) -> bool {
        self.left().values().any(|left| left.as_ref().is_none_or(|forms| forms.numbering == numbering))
    }

    /// Remembers a mismatch: the error that a thread ends with may not come through to who asks for it.
    pub fn note(&self, mismatch: Mismatch) -> Mismatch {
        *self.0.first_mismatch.get_or_init(|| mismatch)
    }

    /// The first mismatch.
    pub fn first_mismatch(&self) -> Option<Mismatch> {
        self.0.first_mismatch.get().copied()
    }

    fn left(&self) -> MutexGuard<'_, HashMap<Ticket, Option<Forms>>> {
        self.0.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    use super::super::Analyzer;
    use super::*;

    #[test]
    fn the_words_of_a_text_are_left_once_and_whole() {
        let handover = Handover::default();
        let mut passages = Analyzer::default().passage_tokenizer(handover.clone());
        let mut words: Vec<String> = Vec::new();
        for (text, expected) in [
            (
                "Venues\u{1e}The venues, the venue: 東京 in 2018. Łódź\u{1e}THE VENUE",
                "^venues ^the venues the venue 東 京 in 2018 ^lodz",
            ),
            ("In the venue of Łódź", "^in the venue of ^lodz"),
            ("", ""),
        ] {
            let mut text = text.to_owned();
            let ticket = handover.mark(&mut text);
            let mut stream = passages.token_stream(&text);
            while stream.advance() {}
            assert!(!stream.advance(), "the end stays the end");
            let forms = handover.claim(ticket).expect("left");
            assert_eq!((forms.known as usize, forms.numbering), (words.len(), Some(Ticket(0))));
            words.extend(forms.new_words().map(|(word, _)| word.to_owned()));
            let note = |number: &Number| {
                let word = &words[number.number() as usize];
                if number.is_small() { word.clone() } else { format!("^{word}") }
            };
            let found: Vec<String> = forms.numbers.iter().map(note).collect();
            assert_eq!(found.join(" "), expected);
            assert_eq!(handover.claim(ticket), Err(Mismatch::Missing), "no article has another's words");
        }
    }

    #[test]
    fn a_ticket_is_no_word_of_its_text() {
        for text in ["", "Łódź", "a 0123456789abcdef", "a\u{1f}0123456789abcdef", "東"] {
            let mut marked = text.to_owned();
            let ticket = Handover::default().mark(&mut marked);
            assert_eq!(Ticket::part(&marked), (text, Some(ticket)));
        }
        for text in ["", "東", "東東東東東東", "a 0123456789abcdef", "\u{1f}0123456789abcdeg"] {
            assert_eq!(Ticket::part(text), (text, None));
        }
    }
}
