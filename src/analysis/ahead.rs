//! Words read ahead of their stems. What is known of words is larger than the processor's caches, and every word of every
//! article asks for some of it: asked for together, it is waited for once.

use super::stem::{SlotNumber, Stems};
use super::words::WordScanner;

/// Words that are read at once.
const WORDS: usize = 16;

/// A word that has no stem yet.
#[derive(Debug, Default)]
pub(super) struct WordAhead {
    /// Folded.
    pub folded: String,
    /// Bytes of the text, half-open, 0-based.
    pub start: usize,
    /// See [`start`](Self::start).
    pub end: usize,
    /// Passage breaks between it and the word before it.
    pub breaks: u32,
    /// Where what is known of it stands.
    pub place: SlotNumber,
}

/// The next words of a text.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    words: [WordAhead; WORDS],
    next: usize,
    end: usize,
}

impl Ahead {
    /// Forgets the words of the text before.
    pub fn clear(&mut self) {
        (self.next, self.end) = (0, 0);
    }

    /// The next word of a text that `words` walks, always with the same `stems`.
    pub fn next(&mut self, text: &str, words: &mut WordScanner<'_>, stems: &mut Stems) -> Option<&WordAhead> {
        if self.next == self.end {
            self.read(text, words, stems);
        }
        let word = self.words[..self.end].get(self.next)?;
        self.next += 1;
        Some(word)
    }

    fn read(&mut self, text: &str, words: &mut WordScanner<'_>, stems: &mut Stems) {
        self.clear();
        for word in &mut self.words {
            let Some((start, end)) = words.next_into(&mut word.folded) else { break };
            (word.start, word.end, word.breaks) = (start, end, words.take_breaks());
            word.place = stems.place_of(&word.folded, &text[start..end]);
            self.end += 1;
        }
        stems.fetch(self.words[..self.end].iter().map(|word| word.place));
    }
}

impl Clone for Ahead {
    // a copy is for another text
    fn clone(&self) -> Self {
        Self::default()
    }
}
