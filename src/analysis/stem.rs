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

/// A stemmer that remembers what it has stemmed, in bounded memory.
pub(super) struct Stems {
    language: Language,
    stemmer: frostem::Stemmer,
    slots: Vec<Slot>,
}

#[derive(Clone, Default)]
struct Slot {
    word: Box<str>,
    stem: Box<str>,
}

impl Stems {
    pub(super) fn new(language: Language) -> Self {
        Self { language, stemmer: language.stemmer(), slots: Vec::new() }
    }

    /// The stem of a folded word.
    pub(super) fn stem<'a>(&'a mut self, word: &'a str) -> &'a str {
        if word.len() < 3 || !word.is_ascii() {
            return word;
        }
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); SLOTS];
        }
        let slot = &mut self.slots[slot_of(word)];
        if &*slot.word != word {
            *slot = Slot { word: word.into(), stem: stem(&self.stemmer, word).into() };
        }
        &slot.stem
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
