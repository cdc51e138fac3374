//! The best few of many words, in memory of the few.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Preferred, articles, word: what orders words; of equals, the first by the alphabet.
type Key = (bool, u64, Reverse<String>);

/// Keeps the best `limit` words that it is offered, and knows whether there were more.
pub(super) struct Top {
    limit: usize,
    /// The worst on top.
    heap: BinaryHeap<Reverse<Key>>,
    cut: bool,
}

impl Top {
    pub fn new(limit: usize) -> Self {
        Self { limit, heap: BinaryHeap::with_capacity(limit.min(1024) + 1), cut: false }
    }

    /// Takes a word that any article has if it is among the best so far. How many have it is asked only where the answer
    /// matters.
    pub fn offer(&mut self, preferred: bool, at_most: u64, word: &str, articles: impl FnOnce() -> u64) {
        let is_full = self.heap.len() >= self.limit;
        if self.cut && self.beats(preferred, at_most, word) {
            return;
        }
        let articles = articles();
        if articles == 0 {
            return;
        }
        self.cut |= is_full;
        if is_full && self.beats(preferred, articles, word) {
            return;
        }
        if is_full {
            self.heap.pop();
        }
        self.heap.push(Reverse((preferred, articles, Reverse(word.to_owned()))));
    }

    /// Whether the worst of those kept is better.
    fn beats(&self, preferred: bool, articles: u64, word: &str) -> bool {
        let offered = (preferred, articles, Reverse(word));
        self.heap.peek().is_none_or(|Reverse((p, a, w))| offered < (*p, *a, Reverse(w.0.as_str())))
    }

    /// The words with their articles, best first, and whether there were more.
    pub fn into_sorted(self) -> (Vec<(String, u64)>, bool) {
        let sorted = self.heap.into_sorted_vec();
        (sorted.into_iter().map(|Reverse((_, articles, Reverse(word)))| (word, articles)).collect(), self.cut)
    }
}
