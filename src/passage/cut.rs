//! Where an overlong sentence is cut: each of its words is looked at once, however long the sentence is.

use crate::analysis::count_positions_at_most;
use crate::work;

/// A paragraph that would carry a passage past this many words is cut at a sentence, or starts the next passage.
pub const MAX_WORDS: usize = 160;

/// Cuts a text behind whole words, from a place on.
pub(super) struct WordCutter<'a> {
    text: &'a str,
    /// Where the next stretch begins.
    at: usize,
    /// Where the word that stands there ends, the blank behind it included.
    word_end: usize,
    /// Positions from `at` to `word_end`.
    left: usize,
}

impl<'a> WordCutter<'a> {
    /// Cuts `text` from the byte `at` on.
    pub fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, word_end: at, left: 0 }
    }

    /// Goes on behind the last whole word that keeps within `room` positions, and says where that is: nowhere else where
    /// none does. A single word of more than [`MAX_WORDS`] positions (text without spaces) is cut between characters.
    pub fn cut_after(&mut self, room: usize) -> usize {
        let start = self.at;
        let mut used = 0;
        while self.at < self.text.len() {
            self.look_at_word();
            if used + self.left > room {
                if self.at == start && self.left > MAX_WORDS && room >= MAX_WORDS / 2 {
                    self.cut_inside(room);
                }
                break;
            }
            used += self.left;
            self.at = self.word_end;
        }
        self.at
    }

    fn look_at_word(&mut self) {
        if self.at < self.word_end {
            return;
        }
        let rest = &self.text[self.at..];
        let word = rest.split_inclusive(char::is_whitespace).next().unwrap_or(rest);
        work::add(word.len());
        self.word_end = self.at + word.len();
        self.left = count_positions_at_most(word);
    }

    /// Cuts the word behind as many characters as have `room` positions, each counted by itself.
    fn cut_inside(&mut self, room: usize) {
        let word = &self.text[self.at..self.word_end];
        let one = |c: char| count_positions_at_most(c.encode_utf8(&mut [0; 4]));
        let mut used = 0;
        let over = word.char_indices().find(|(_, c)| {
            used += one(*c);
            used > room
        });
        let (taken, rest) = word.split_at(over.map_or(word.len(), |(at, _)| at));
        self.at += taken.len();
        // a run of letters that the cut parts takes a position on both sides of it
        let (last, next) = (taken.chars().next_back(), rest.chars().next());
        let apart: usize = last.into_iter().chain(next).map(one).sum();
        let joined = count_positions_at_most(&last.into_iter().chain(next).collect::<String>());
        self.left = self.left + (apart - joined) - count_positions_at_most(taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_word_is_what_would_be_counted() {
        let texts =
            ["a,".repeat(500), "东京".repeat(300), "ab.é東,x".repeat(200), "word ".repeat(400), "a-b c".repeat(300)];
        for text in texts {
            for room in [80, 100, 160] {
                let mut cutter = WordCutter::new(&text, 0);
                while cutter.at < text.len() {
                    let before = cutter.at;
                    if cutter.cut_after(room) == before {
                        assert_ne!(cutter.cut_after(MAX_WORDS), before, "{text:.20} at {before}");
                    }
                    let left = count_positions_at_most(&text[cutter.at..cutter.word_end]);
                    assert!(cutter.at == cutter.word_end || left == cutter.left, "{text:.20} at {}", cutter.at);
                }
            }
        }
    }
}
