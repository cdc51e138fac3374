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
pub const SCORING_VERSION: &str = "4";

/// Positions of a passage of middling length.
pub(super) const PASSAGE_LENGTH: f32 = 110.0;
/// Positions within which a pair is near.
const NEAR: u32 = 8;

/// What a match of a leaf counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LeafWeight {
    /// Inverse document frequency, summed over a phrase's terms, times the query's own weight; 0 for a must-not.
    pub idf: f32,
    /// What stands for `idf` in an article that has the word in other forms than the one typed.
    pub other_forms: f32,
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

/// What a leaf gives to the article's part of the score, which its matches in headline and body add up to; `norm` is the
/// article's.
pub(super) fn of_article(weights: &Weights, idf: f32, frequency: f32, norm: f32) -> f32 {
    idf * saturate(frequency, weights.k1, norm)
}

/// A leaf's frequency in an article, of its matches in headline and body.
pub(super) fn frequency(weights: &Weights, headline: f32, body: f32) -> f32 {
    headline * weights.headline + body
}

/// What a leaf's matches in the headline give to a passage; `norm` is the passage's.
pub(super) fn of_headline(weights: &Weights, idf: f32, headline: f32, norm: f32) -> f32 {
    idf * saturate(headline, weights.k1, norm)
}

/// What a leaf's matches in a passage give to it, beyond what those in the headline do.
pub(super) fn of_passage(weights: &Weights, idf: f32, headline: f32, inside: f32, norm: f32) -> f32 {
    idf * (saturate(headline + inside, weights.k1, norm) - saturate(headline, weights.k1, norm))
}

/// What two neighbouring leaves give to a passage in which so many matches of one are followed by, or near, the other.
pub(super) fn of_pair(weights: &Weights, idf: f32, ordered: f32, near: f32) -> f32 {
    let &Weights { k1, ordered_pair, near_pair, .. } = weights;
    idf * (ordered_pair * saturate(ordered, k1, k1) + near_pair * saturate(near, k1, k1))
}

/// The idf of a pair: that of the commoner one; 0 where being near counts for nothing.
pub(super) fn idf_of_pair(left: LeafWeight, right: LeafWeight) -> f32 {
    if left.typed && right.typed { left.idf.min(right.idf).max(0.0) } else { 0.0 }
}

/// What the length of a passage (1-based) adds below the line of [`saturate`].
pub(super) fn passage_norm(weights: &Weights, lengths: &[u64], number: u32) -> f32 {
    let length = lengths.get(number as usize - 1).map_or(PASSAGE_LENGTH, |&length| length as f32);
    norm(weights.k1, weights.passage_b, length * (1.0 / PASSAGE_LENGTH))
}

/// What the place of a passage (1-based) in its article leaves of its score: 1 for the first, ever nearer to `1 - lead`.
pub(super) fn place(weights: &Weights, number: u32) -> f32 {
    1.0 - weights.lead * (1.0 - 1.0 / number.max(1) as f32)
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
            article += of_article(&self.weights, weights[leaf].idf, frequency(&self.weights, headline, body), norm);
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
            let norm = passage_norm(&self.weights, &self.lengths, number);
            self.add(number, of_passage(&self.weights, idf, headline, page.len() as f32, norm));
        }
    }

    /// What a pair of neighbouring leaves adds to the passages in which one is near the other.
    fn add_pairs(&mut self, left: LeafWeight, right: LeafWeight, from: &[u32], to: &[u32]) {
        let idf = idf_of_pair(left, right);
        if idf <= 0.0 || from.is_empty() || to.is_empty() {
            return;
        }
        each_pair(from, left.length, to, |number, ordered, near| {
            self.add(number, of_pair(&self.weights, idf, ordered, near));
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
            self.ranked.push((number, words * place(&self.weights, number)));
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
        let norm = passage_norm(&self.weights, &self.lengths, number);
        self.headline.iter().map(|&(idf, found)| of_headline(&self.weights, idf, found, norm)).sum()
    }
}

/// Calls `each` for every passage with a match of both: with how often `right` follows `left` at once, and how often
/// one is near a match of `left`.
pub(super) fn each_pair(left: &[u32], left_length: u32, right: &[u32], mut each: impl FnMut(u32, f32, f32)) {
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
mod tests;
