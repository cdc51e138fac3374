//! The score of an article and of its passages, from the positions of the query's leaves: arithmetic, no index.
//!
//! `score = article + passage weight * passage`, the weights being [`Weights`], where
//! - article: BM25F over headline and body (Robertson, Zaragoza, Taylor 2004), the headline counted
//!   several times;
//! - passage: BM25 over the passage, the headline's terms counted in (best passage as evidence for its document:
//!   Callan 1994), and pairs of neighbouring query words scored like words (sequential dependence: Metzler, Croft 2005);
//!   a later passage counts a little less than an earlier one, since news tells what it is about first.

use crate::analysis::PASSAGE_POSITIONS;
use crate::query::Weights;

/// Changes whenever the same index could give another score.
pub const SCORING_VERSION: &str = "2";

/// Positions of a passage of middling length.
pub(super) const PASSAGE_LENGTH: f32 = 110.0;
/// Positions within which a pair is near.
const NEAR: u32 = 8;

/// What a match of a leaf counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LeafWeight {
    /// Inverse document frequency, summed over a phrase's terms, times the query's own weight; 0 for a must-not.
    pub idf: f32,
    /// Positions that a match takes.
    pub length: u32,
    /// Whether it stands in the query as typed, so that being near its neighbours there counts.
    pub typed: bool,
}

/// Inverse document frequency as BM25 has it: ln(1 + (N - n + 0.5) / (n + 0.5)).
pub(super) fn idf(articles_with: u64, articles: u64) -> f32 {
    let with = articles_with.min(articles) as f32;
    (1.0 + (articles as f32 - with + 0.5) / (with + 0.5)).ln()
}

/// BM25's `k1 (1 - b + b length)`, where `length` is relative to the mean.
pub(super) fn norm(k1: f32, b: f32, length: f32) -> f32 {
    k1 * (1.0 - b + b * length)
}

/// Term frequency, saturated.
pub(super) fn saturate(tf: f32, k1: f32, norm: f32) -> f32 {
    if tf <= 0.0 {
        // 0 / 0 where k1 is 0
        return 0.0;
    }
    tf * (k1 + 1.0) / (tf + norm)
}

/// Scores one article after the other, in memory of its own that is used again.
#[derive(Debug, Default)]
pub(super) struct Scorer {
    /// What each passage (by number) has gathered so far.
    gathered: Vec<f32>,
    /// The passages with any match, each once.
    touched: Vec<u32>,
    /// Weight and matches of the leaves that the headline has.
    headline: Vec<(f32, f32)>,
    /// The passages with their scores, best first.
    ranked: Vec<(u32, f32)>,
    /// Positions of each passage, in order.
    pub lengths: Vec<u64>,
    weights: Weights,
}

impl Scorer {
    pub fn new(weights: Weights) -> Self {
        Self { weights, ..Self::default() }
    }

    /// Scores an article whose passages have [`lengths`](Self::lengths). `positions` holds, for each leaf, where its
    /// matches begin, ascending and once each; `length` is the article's, relative to the mean. Returns the best `count`
    /// passages (1-based) with their scores, best first: the first passage where only the headline matches.
    pub fn score(
        &mut self,
        weights: &[LeafWeight],
        positions: &[Vec<u32>],
        length: f32,
        count: usize,
    ) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.clear();
        let mut article = 0.0;
        let norm = norm(self.weights.k1, self.weights.article_b, length);
        for (leaf, found) in positions.iter().enumerate().filter(|(leaf, _)| weights[*leaf].idf > 0.0) {
            let in_headline = found.partition_point(|&at| at < PASSAGE_POSITIONS);
            let (headline, body) = (in_headline as f32, (found.len() - in_headline) as f32);
            let tf = headline * self.weights.headline + body;
            if tf > 0.0 {
                article += weights[leaf].idf * saturate(tf, self.weights.k1, norm);
            }
            if headline > 0.0 {
                self.headline.push((weights[leaf].idf, headline));
            }
            self.add_words(weights[leaf].idf, headline, &found[in_headline..]);
        }
        for leaf in 1..weights.len() {
            self.add_pairs(weights[leaf - 1], weights[leaf], &positions[leaf - 1], &positions[leaf]);
        }
        self.rank(count);
        let share = self.weights.passage;
        self.ranked.iter().take(count).map(move |&(number, passage)| (number, article + share * passage))
    }

    fn clear(&mut self) {
        self.touched.drain(..).for_each(|number| self.gathered[number as usize] = 0.0);
        self.headline.clear();
        self.ranked.clear();
    }

    /// What a leaf's matches in the body add to their passages, beyond what its matches in the headline give to each.
    fn add_words(&mut self, idf: f32, headline: f32, found: &[u32]) {
        for page in found.chunk_by(|a, b| a / PASSAGE_POSITIONS == b / PASSAGE_POSITIONS) {
            let number = page[0] / PASSAGE_POSITIONS;
            let norm = self.norm(number);
            let with = self.saturate_in_passage(headline + page.len() as f32, norm);
            self.add(number, idf * (with - self.saturate_in_passage(headline, norm)));
        }
    }

    /// What a pair of neighbouring leaves adds to the passages in which one is near the other.
    fn add_pairs(&mut self, left: LeafWeight, right: LeafWeight, from: &[u32], to: &[u32]) {
        let idf = left.idf.min(right.idf);
        if idf <= 0.0 || !(left.typed && right.typed) || from.is_empty() || to.is_empty() {
            return;
        }
        each_pair(from, left.length, to, |number, ordered, near| {
            let Weights { k1, ordered_pair, near_pair, .. } = self.weights;
            let value = ordered_pair * saturate(ordered, k1, k1) + near_pair * saturate(near, k1, k1);
            self.add(number, idf * value);
        });
    }

    fn add(&mut self, number: u32, value: f32) {
        if value <= 0.0 {
            return;
        }
        let place = number as usize;
        if place >= self.gathered.len() {
            self.gathered.resize(place + 1, 0.0);
        }
        // whatever is added is more than nothing, so nothing gathered means not touched
        if self.gathered[place] == 0.0 {
            self.touched.push(number);
        }
        self.gathered[place] += value;
    }

    /// Puts the best passages first; no more than `count` need their order.
    fn rank(&mut self, count: usize) {
        for &number in &self.touched {
            let words = self.gathered[number as usize] + self.headline_part(number);
            self.ranked.push((number, words * self.place(number)));
        }
        if self.ranked.is_empty() {
            self.ranked.push((1, self.headline_part(1)));
        }
        let better = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if count == 1 {
            let best = self.ranked.iter().copied().min_by(better);
            self.ranked.clear();
            self.ranked.extend(best);
        } else {
            self.ranked.sort_unstable_by(better);
        }
    }

    /// What the headline's terms give to a passage.
    fn headline_part(&self, number: u32) -> f32 {
        let norm = self.norm(number);
        self.headline.iter().map(|&(idf, found)| idf * self.saturate_in_passage(found, norm)).sum()
    }

    /// What the place of a passage in its article leaves of its score: 1 for the first, ever nearer to `1 - lead`.
    fn place(&self, number: u32) -> f32 {
        1.0 - self.weights.lead * (1.0 - 1.0 / number.max(1) as f32)
    }

    fn saturate_in_passage(&self, tf: f32, norm: f32) -> f32 {
        saturate(tf, self.weights.k1, norm)
    }

    /// What the passage's length adds below the line of [`saturate`].
    fn norm(&self, number: u32) -> f32 {
        let length = self.lengths.get(number as usize - 1).map_or(PASSAGE_LENGTH, |&length| length as f32);
        norm(self.weights.k1, self.weights.passage_b, length * (1.0 / PASSAGE_LENGTH))
    }
}

/// Calls `each` for every passage with a match of both: with how often `right` follows `left` at once, and how often
/// one is near a match of `left`.
fn each_pair(left: &[u32], left_length: u32, right: &[u32], mut each: impl FnMut(u32, f32, f32)) {
    let mut from = 0;
    let (mut number, mut ordered, mut near) = (0, 0.0, 0.0);
    for &at in &left[left.partition_point(|&at| at < PASSAGE_POSITIONS)..] {
        let page = at / PASSAGE_POSITIONS;
        if page != number {
            if near > 0.0 {
                each(number, ordered, near);
            }
            (number, ordered, near) = (page, 0.0, 0.0);
        }
        let first = (page * PASSAGE_POSITIONS).max(at.saturating_sub(NEAR));
        let last = (page * PASSAGE_POSITIONS + PASSAGE_POSITIONS - 1).min(at + left_length - 1 + NEAR);
        while right.get(from).is_some_and(|&r| r < first) {
            from += 1;
        }
        let (mut follows, mut beside) = (false, false);
        for &other in right[from..].iter().take_while(|&&r| r <= last) {
            beside |= other != at;
            follows |= other == at + left_length;
        }
        ordered += f32::from(u8::from(follows));
        near += f32::from(u8::from(beside));
    }
    if near > 0.0 {
        each(number, ordered, near);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: [LeafWeight; 2] =
        [LeafWeight { idf: 2.0, length: 1, typed: true }, LeafWeight { idf: 1.0, length: 1, typed: true }];

    fn best(positions: [Vec<u32>; 2]) -> (u32, f32) {
        let mut scorer = Scorer { lengths: vec![110; 9], ..Scorer::default() };
        // a second article in the same memory scores as the first did
        let first: Vec<(u32, f32)> = scorer.score(&TWO, &positions, 1.0, 9).collect();
        let again: Vec<(u32, f32)> = scorer.score(&TWO, &positions, 1.0, 1).collect();
        assert_eq!(first[..1], again);
        again[0]
    }

    #[test]
    fn the_passage_with_both_words_wins() {
        assert_eq!(best([vec![300, 700], vec![720]]).0, 2);
        assert_eq!(best([vec![300], vec![600]]).0, 1, "the rarer word, where they stand apart");
        assert_eq!(best([vec![3], vec![]]).0, 1, "the first, where only the headline matches");
    }

    #[test]
    fn nearer_is_better_and_order_is_better_still() {
        let apart = best([vec![300], vec![340]]).1;
        let near = best([vec![300], vec![305]]).1;
        let reversed = best([vec![301], vec![300]]).1;
        let ordered = best([vec![300], vec![301]]).1;
        assert!(apart < near && near == reversed && reversed < ordered);
    }

    #[test]
    fn nothing_is_near_across_passages() {
        let pairs = |left: &[u32], length, right: &[u32]| {
            let mut found = Vec::new();
            each_pair(left, length, right, |number, ordered, near| found.push((number, ordered, near)));
            found
        };
        assert_eq!(pairs(&[511], 1, &[512]), []);
        assert_eq!(pairs(&[512], 1, &[511]), []);
        assert_eq!(pairs(&[512, 520], 1, &[513, 521]), [(2, 2.0, 2.0)]);
        assert_eq!(pairs(&[300, 600], 2, &[302, 605]), [(1, 1.0, 1.0), (2, 0.0, 1.0)]);
    }

    #[test]
    fn of_two_equal_passages_the_first_wins_and_words_outweigh_place() {
        assert!(best([vec![300], vec![]]).1 > best([vec![600], vec![]]).1);
        assert_eq!(best([vec![300, 2000], vec![2010]]).0, 7);
    }

    #[test]
    fn a_headline_counts_more_than_a_mention() {
        assert!(best([vec![3], vec![]]).1 > best([vec![300], vec![]]).1);
    }

    #[test]
    fn idf_falls_with_frequency_and_stays_positive() {
        assert!(idf(1, 100) > idf(50, 100) && idf(100, 100) > 0.0 && idf(5, 0) > 0.0);
    }
}
