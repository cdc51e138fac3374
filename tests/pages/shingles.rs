//! Overlap of two texts in stretches of four words, as the public article extraction benchmark counts it.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

/// Words of a stretch.
const LENGTH: usize = 4;

/// Shares of the stretches that both have, that only the answer has, and that only the gold has; they sum to 1, or are
/// all 0 where neither has any.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    pub both: f64,
    pub extra: f64,
    pub missed: f64,
}

impl Overlap {
    /// Counts the stretches of both texts.
    pub fn of(gold: &str, answer: &str) -> Self {
        let (gold, answer) = (shingles(gold), shingles(answer));
        let get = |all: &HashMap<Vec<&str>, u64>, key: &[&str]| all.get(key).copied().unwrap_or(0);
        let both: u64 = gold.iter().map(|(key, count)| (*count).min(get(&answer, key))).sum();
        let (wanted, given): (u64, u64) = (gold.values().sum(), answer.values().sum());
        let all = (wanted + given - both).max(1) as f64;
        Self { both: both as f64 / all, extra: (given - both) as f64 / all, missed: (wanted - both) as f64 / all }
    }

    /// Whether the answer has any stretch; without one it has no precision.
    pub fn has_answer(self) -> bool {
        self.both + self.extra > 0.0
    }

    pub fn precision(self) -> f64 {
        self.share(self.extra)
    }

    pub fn recall(self) -> f64 {
        self.share(self.missed)
    }

    fn share(self, lost: f64) -> f64 {
        if self.extra == 0.0 && self.missed == 0.0 {
            1.0
        } else if self.both + lost == 0.0 {
            0.0
        } else {
            self.both / (self.both + lost)
        }
    }
}

fn shingles(text: &str) -> HashMap<Vec<&str>, u64> {
    let is_word = |c: char| c == '_' || (c.is_alphanumeric() && !is_combining_mark(c));
    let words: Vec<&str> = text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect();
    let mut all = HashMap::new();
    let count = words.len().saturating_sub(LENGTH - 1).max(usize::from(!words.is_empty()));
    for start in 0..count {
        *all.entry(words[start..words.len().min(start + LENGTH)].to_vec()).or_insert(0) += 1;
    }
    all
}

#[test]
fn stretches_are_counted_with_their_number() {
    let half = Overlap::of("a b c d e", "a b c d f");
    assert_eq!((half.precision(), half.recall()), (0.5, 0.5));
    assert_eq!(Overlap::of("a b c d", "a b c d e").precision(), 0.5);
    assert_eq!(Overlap::of("one two", "one two").recall(), 1.0);
    assert_eq!(Overlap::of("a b c d", "").recall(), 0.0);
    assert!(!Overlap::of("a b c d", "").has_answer());
}
