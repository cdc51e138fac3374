//! Words -> stems, remembered: news repeats its words, and a stemmer is the dearest step of the analyzer.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Language;
use super::fold::fold;
use super::words::MAX_TERM_BYTES;

/// How the words of a language become terms.
///
/// Snowball's English stemmer is made for plain letters, and words with others keep their form. The stemmers of other
/// languages look for the accents of their endings (`-é`, `-ón`, `-ö`), so the word goes to them as it is written, in
/// small letters, and its stem is folded: `arrêtée` and `arrêter` are `arret`.
#[derive(Clone, Copy)]
pub(super) struct Stemming {
    language: Language,
    stemmer: Option<frostem::Stemmer>,
}

impl Stemming {
    pub(super) fn new(language: Language) -> Self {
        Self { language, stemmer: language.stemmer() }
    }

    /// What the stem hangs on: the folded word, or the word as written where that may give another stem.
    fn key<'a>(&self, word: &'a str, written: &'a str) -> &'a str {
        let plain = match self.language {
            Language::English | Language::None => true,
            Language::Turkish => written.is_ascii() && !written.contains('I'),
            _ => written.is_ascii(),
        };
        if plain { word } else { written }
    }

    /// The term of a word, folded and as `written` in the text.
    pub(super) fn term<'a>(&self, word: &'a str, written: &str) -> Cow<'a, str> {
        let Some(stemmer) = &self.stemmer else { return word.into() };
        let is_long = |text: &str| text.chars().nth(2).is_some();
        if self.language == Language::English {
            return if word.len() < 3 || !word.is_ascii() { word.into() } else { stemmer.stem(word) };
        }
        if !is_long(word) || word.len() >= MAX_TERM_BYTES || word.contains(|c: char| c.is_numeric()) {
            return word.into();
        }
        if self.key(word, written) == word {
            return some_of(stemmer.stem(word), word);
        }
        let stem = fold(&stemmer.stem(&self.in_small_letters(written)));
        some_of(stem.into(), word)
    }

    /// Small letters and their marks, without the apostrophes inside.
    fn in_small_letters(&self, written: &str) -> String {
        let is_turkish = self.language == Language::Turkish;
        let mut small = String::with_capacity(written.len());
        for c in written.nfkc().filter(|&c| (c.is_alphanumeric() && c != 'ʼ') || is_combining_mark(c)) {
            match c {
                'I' if is_turkish => small.push('ı'),
                'İ' if is_turkish => small.push('i'),
                c => small.extend(c.to_lowercase()),
            }
        }
        small
    }
}

/// The stem, or the word where the stemmer left nothing of it.
fn some_of<'a>(stem: Cow<'a, str>, word: &'a str) -> Cow<'a, str> {
    if stem.is_empty() { word.into() } else { stem }
}

/// Whether Snowball's English stemmer may make `term` of `word`: it makes no word longer and changes at most the last
/// three letters of what it leaves (`responsibility`, `using`), but for a `y` that becomes `i` and back (`dying`, `skies`).
pub(super) fn may_be_english(word: &[u8], term: &[u8]) -> bool {
    let kept = term.len().min(2).max(term.len().saturating_sub(3));
    let same = |(&one, &other): (&u8, &u8)| one == other || matches!((one, other), (b'i', b'y') | (b'y', b'i'));
    word.len() >= term.len() && word.iter().zip(&term[..kept]).all(same)
}

/// Slots of the memory; a word has one slot, and the newest word keeps it.
const SLOTS: usize = 1 << u16::BITS;

/// A slot, by its number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SlotNumber(u16);

/// A stemmer that remembers what it has stemmed, in bounded memory, and numbers the words that it remembers.
pub(super) struct Stems {
    stemming: Stemming,
    slots: Vec<Slot>,
    /// The stem of a word too long for a slot.
    long: String,
    /// Number of the text under way.
    text: u32,
    /// Words numbered so far.
    numbered: u32,
}

/// A word and its stem in one line of the processor's cache: every word of every article looks here.
#[derive(Clone)]
#[repr(align(64))]
struct Slot {
    number: u32,
    /// The text that had the word last.
    text: u32,
    /// The text that had it last without a capital.
    small_in: u32,
    key_end: u8,
    stem_end: u8,
    /// Key, then stem.
    bytes: [u8; ROOM],
}

/// Bytes of a slot that a word and its stem may take.
const ROOM: usize = 50;

impl Slot {
    const EMPTY: Self = Self { number: 0, text: 0, small_in: 0, key_end: 0, stem_end: 0, bytes: [0; ROOM] };

    fn key(&self) -> &[u8] {
        &self.bytes[..usize::from(self.key_end)]
    }

    fn stem(&self) -> &str {
        std::str::from_utf8(&self.bytes[usize::from(self.key_end)..usize::from(self.stem_end)]).unwrap_or_default()
    }

    /// Puts a word in; false where it is too long.
    fn set(&mut self, key: &str, stem: &str) -> bool {
        let (middle, end) = (key.len(), key.len() + stem.len());
        if end > ROOM {
            return false;
        }
        self.bytes[..middle].copy_from_slice(key.as_bytes());
        self.bytes[middle..end].copy_from_slice(stem.as_bytes());
        (self.key_end, self.stem_end) = (middle as u8, end as u8);
        true
    }
}

/// What is known of a word.
pub(super) struct KnownWord<'a> {
    /// Its stem.
    pub stem: &'a str,
    /// Its number; a word that lost its slot to another since, or is very long or written in other ways too, has several.
    pub number: u32,
    /// Whether it has its number from now on only.
    pub new: bool,
    /// Whether the text has it for the first time.
    pub new_in_text: bool,
    /// Whether the text has it for the first time without a capital.
    pub new_in_small: bool,
}

impl Stems {
    pub(super) fn new(language: Language) -> Self {
        Self { stemming: Stemming::new(language), slots: Vec::new(), long: String::new(), text: 0, numbered: 0 }
    }

    /// Most tokenizers that are made never see a word.
    fn prepare(&mut self) {
        if self.slots.is_empty() {
            self.slots = vec![Slot::EMPTY; SLOTS];
        }
    }

    /// Begins a new text, in which all words are new; returns how many were numbered before it.
    pub(super) fn begin_text(&mut self) -> u32 {
        self.text = self.text.wrapping_add(1);
        self.numbered
    }

    /// Where the stem of a word, folded and as `written`, is remembered.
    pub(super) fn place_of(&self, word: &str, written: &str) -> SlotNumber {
        SlotNumber(slot_of(self.stemming.key(word, written)))
    }

    /// Has the processor bring what stands in these places, all at the same time.
    pub(super) fn fetch(&mut self, places: impl Iterator<Item = SlotNumber>) {
        self.prepare();
        places.for_each(|SlotNumber(place)| {
            std::hint::black_box(self.slots[usize::from(place)].number);
        });
    }

    /// The stem of a word, folded and as `written`.
    pub(super) fn stem<'a>(&'a mut self, word: &str, written: &str) -> KnownWord<'a> {
        self.stem_at(self.place_of(word, written), word, written, true)
    }

    /// What is known of a folded word with its signs, which has no stem.
    pub(super) fn signed(&mut self, signed: &str) -> KnownWord<'_> {
        let place = SlotNumber(slot_of(signed));
        self.known(place, signed, false, |_| Cow::Borrowed(""))
    }

    /// The stem of a word, folded and as `written`, that is remembered in this place; `is_small` says that it has no capital.
    pub(super) fn stem_at<'a>(
        &'a mut self,
        SlotNumber(place): SlotNumber,
        word: &str,
        written: &str,
        is_small: bool,
    ) -> KnownWord<'a> {
        let key = self.stemming.key(word, written);
        self.known(SlotNumber(place), key, is_small, |stemming| stemming.term(word, written))
    }

    fn known<'w>(
        &mut self,
        SlotNumber(place): SlotNumber,
        key: &str,
        is_small: bool,
        stem: impl FnOnce(&Stemming) -> Cow<'w, str>,
    ) -> KnownWord<'_> {
        self.prepare();
        let slot = &mut self.slots[usize::from(place)];
        if slot.key() == key.as_bytes() {
            let new_in_text = slot.text != self.text;
            let new_in_small = is_small && slot.small_in != self.text;
            slot.text = self.text;
            if is_small {
                slot.small_in = self.text;
            }
            return KnownWord { stem: slot.stem(), number: slot.number, new: false, new_in_text, new_in_small };
        }
        let stem = stem(&self.stemming);
        let number = self.numbered;
        self.numbered += 1;
        let stem = if slot.set(key, &stem) {
            let small_in = if is_small { self.text } else { self.text.wrapping_sub(1) };
            (slot.number, slot.text, slot.small_in) = (number, self.text, small_in);
            slot.stem()
        } else {
            self.long.clear();
            self.long.push_str(&stem);
            &self.long
        };
        KnownWord { stem, number, new: true, new_in_text: true, new_in_small: is_small }
    }
}

impl Clone for Stems {
    // the memory is a cache: a copy starts empty
    fn clone(&self) -> Self {
        Self::new(self.stemming.language)
    }
}

/// FNV-1a, folded to a slot number.
fn slot_of(word: &str) -> u16 {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    ((hash >> 40) ^ hash) as u16
}

#[cfg(test)]
mod tests;
