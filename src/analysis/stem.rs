//! Words -> stems, remembered: news repeats its words, and a stemmer is the dearest step of the analyzer.

use std::borrow::Cow;

/// The language whose stemmer the analyzer uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Porter2, "english" of Snowball.
    #[default]
    English,
}

impl Language {
    pub(super) fn stemmer(self) -> frostem::Stemmer {
        frostem::Stemmer::new(match self {
            Self::English => frostem::Algorithm::English,
        })
    }
}

/// The stem of a folded word.
pub(super) fn stem<'a>(stemmer: &frostem::Stemmer, word: &'a str) -> Cow<'a, str> {
    if word.len() < 3 || !word.is_ascii() { word.into() } else { stemmer.stem(word) }
}

/// Slots of the memory; a word has one slot, and the newest word keeps it.
const SLOTS: usize = 1 << 16;

/// A stemmer that remembers what it has stemmed, in bounded memory, and numbers the words that it remembers.
pub(super) struct Stems {
    language: Language,
    stemmer: frostem::Stemmer,
    slots: Vec<Slot>,
    /// Number of the text under way.
    text: u32,
    /// Words numbered so far.
    numbered: u32,
}

#[derive(Clone, Default)]
struct Slot {
    word: Box<str>,
    stem: Box<str>,
    number: u32,
    /// The text that had the word last.
    text: u32,
}

/// What is known of a word.
pub(super) struct Known<'a> {
    /// Its stem.
    pub stem: &'a str,
    /// Its number; a word that lost its slot to another since has a second one.
    pub number: u32,
    /// Whether it has its number from now on only.
    pub new: bool,
    /// Whether the text has it for the first time.
    pub new_in_text: bool,
}

impl Stems {
    pub(super) fn new(language: Language) -> Self {
        Self { language, stemmer: language.stemmer(), slots: Vec::new(), text: 0, numbered: 0 }
    }

    /// Begins a new text, in which all words are new; returns how many were numbered before it.
    pub(super) fn begin_text(&mut self) -> u32 {
        self.text = self.text.wrapping_add(1);
        self.numbered
    }

    /// The stem of a folded word.
    pub(super) fn stem<'a>(&'a mut self, word: &str) -> Known<'a> {
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); SLOTS];
        }
        let slot = &mut self.slots[slot_of(word)];
        let new = &*slot.word != word;
        let new_in_text = new || slot.text != self.text;
        if new {
            let stem = stem(&self.stemmer, word).into();
            *slot = Slot { word: word.into(), stem, number: self.numbered, text: self.text };
            self.numbered += 1;
        }
        slot.text = self.text;
        Known { stem: &slot.stem, number: slot.number, new, new_in_text }
    }
}

impl Clone for Stems {
    // the memory is a cache: a copy starts empty
    fn clone(&self) -> Self {
        Self::new(self.language)
    }
}

/// FNV-1a, folded to a slot number.
fn slot_of(word: &str) -> usize {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    ((hash >> 40) ^ hash) as usize & (SLOTS - 1)
}
