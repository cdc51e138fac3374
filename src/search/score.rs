//! The score of an article and of its passages, from the positions of the query's leaves: arithmetic, no index.
//!
//! `score = article + PASSAGE_SHARE * passage`, where
//! - article: BM25F over headline and body (Robertson, Zaragoza, Taylor 2004), the headline counted
//!   [`HEADLINE_WEIGHT`] times;
//! - passage: BM25 over the passage, the headline's terms counted in (best passage as evidence for its document:
//!   Callan 1994), and pairs of neighbouring query words scored like words (sequential dependence: Metzler, Croft 2005).

use crate::analysis::{HEADLINE_WEIGHT, PASSAGE_POSITIONS};

/// Changes whenever the same index could give another score.
pub const SCORING_VERSION: &str = "1";

const K1: f32 = 1.2;
const ARTICLE_B: f32 = 0.75;
const PASSAGE_B: f32 = 0.5;
/// Positions of a passage of middling length.
const PASSAGE_LENGTH: f32 = 110.0;
const PASSAGE_SHARE: f32 = 0.5;
/// What a pair side by side, in the query's order, counts beside a word.
const ORDERED_PAIR: f32 = 0.3;
/// What a pair within [`NEAR`] positions counts.
const NEAR_PAIR: f32 = 0.15;
const NEAR: u32 = 8;

/// What a match of a leaf counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LeafWeight {
    /// Inverse document frequency, summed over a phrase's terms, times the query's own weight; 0 for a must-not.
    pub idf: f32,
    /// Positions that a match takes.
    pub length: u32,
}

/// Inverse document frequency as BM25 has it: ln(1 + (N - n + 0.5) / (n + 0.5)).
pub(super) fn idf(articles_with: u64, articles: u64) -> f32 {
    let with = articles_with.min(articles) as f32;
    (1.0 + (articles as f32 - with + 0.5) / (with + 0.5)).ln()
}

/// Term frequency, saturated; `length` is relative to the mean.
fn saturate(tf: f32, b: f32, length: f32) -> f32 {
    tf * (K1 + 1.0) / (tf + K1 * (1.0 - b + b * length))
}

/// The scores of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scored {
    /// Passages (1-based) with what each adds, best first.
    passages: Vec<(u32, f32)>,
    article: f32,
}

impl Scored {
    /// The best passages and their scores; the first passage where only the headline matches.
    pub fn best(&self, count: usize) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.passages.iter().take(count).map(|&(number, score)| (number, self.article + PASSAGE_SHARE * score))
    }
}

/// Scores an article. `positions` holds, for each leaf, where its matches begin, ascending and once each; `length` is
/// the article's relative to the mean; `passage_length` gives the positions of a passage (1-based).
pub(super) fn score(
    weights: &[LeafWeight],
    positions: &[Vec<u32>],
    length: f32,
    passage_length: impl Fn(u32) -> Option<u64>,
) -> Scored {
    let mut counts: Vec<(u32, usize, f32)> = Vec::new();
    let mut headline = vec![0.0_f32; weights.len()];
    let mut article = 0.0;
    for (leaf, found) in positions.iter().enumerate().filter(|(leaf, _)| weights[*leaf].idf > 0.0) {
        headline[leaf] = count_pages(found, leaf, &mut counts);
        let body = found.len() as f32 - headline[leaf];
        let tf = headline[leaf] * HEADLINE_WEIGHT as f32 + body;
        if tf > 0.0 {
            article += weights[leaf].idf * saturate(tf, ARTICLE_B, length);
        }
    }
    let pairs = pair_scores(weights, positions);
    counts.sort_unstable_by_key(|&(page, leaf, _)| (page, leaf));
    let mut passages = Vec::new();
    for page in counts.chunk_by(|a, b| a.0 == b.0) {
        let number = page[0].0;
        let length = passage_length(number).map_or(1.0, |l| l as f32 / PASSAGE_LENGTH);
        let near: f32 = pairs.iter().filter(|p| p.0 == number).map(|p| p.1).sum();
        passages.push((number, words_in_passage(weights, page, &headline, length) + near));
    }
    if passages.is_empty() {
        passages.push((1, words_in_passage(weights, &[], &headline, 1.0)));
    }
    passages.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Scored { passages, article }
}

/// Adds the leaf's matches a passage to `counts` and returns how many stand in the headline.
fn count_pages(found: &[u32], leaf: usize, counts: &mut Vec<(u32, usize, f32)>) -> f32 {
    let mut headline = 0.0;
    for page in found.chunk_by(|a, b| a / PASSAGE_POSITIONS == b / PASSAGE_POSITIONS) {
        match page[0] / PASSAGE_POSITIONS {
            0 => headline = page.len() as f32,
            number => counts.push((number, leaf, page.len() as f32)),
        }
    }
    headline
}

fn words_in_passage(weights: &[LeafWeight], page: &[(u32, usize, f32)], headline: &[f32], length: f32) -> f32 {
    let mut here = page.iter().peekable();
    let mut score = 0.0;
    for (leaf, weight) in weights.iter().enumerate() {
        let body = here.next_if(|c| c.1 == leaf).map_or(0.0, |c| c.2);
        let tf = body + headline[leaf];
        if tf > 0.0 {
            score += weight.idf * saturate(tf, PASSAGE_B, length);
        }
    }
    score
}

/// What the pairs of neighbouring leaves add: (passage, score).
fn pair_scores(weights: &[LeafWeight], positions: &[Vec<u32>]) -> Vec<(u32, f32)> {
    let mut scores = Vec::new();
    for leaf in 1..weights.len() {
        let (left, right) = (weights[leaf - 1], weights[leaf]);
        let idf = left.idf.min(right.idf);
        if idf <= 0.0 {
            continue;
        }
        for (page, ordered, near) in count_pairs(&positions[leaf - 1], left.length, &positions[leaf]) {
            let value = ORDERED_PAIR * saturate(ordered, 0.0, 1.0) + NEAR_PAIR * saturate(near, 0.0, 1.0);
            scores.push((page, idf * value));
        }
    }
    scores
}

/// For each passage with a match of both: how often `right` follows `left` at once, and how often one is near.
fn count_pairs(left: &[u32], left_length: u32, right: &[u32]) -> Vec<(u32, f32, f32)> {
    let mut counts: Vec<(u32, f32, f32)> = Vec::new();
    let mut from = 0;
    for &at in left.iter().filter(|&&at| at >= PASSAGE_POSITIONS) {
        let page = at / PASSAGE_POSITIONS;
        let first = (page * PASSAGE_POSITIONS).max(at.saturating_sub(NEAR));
        let last = (page * PASSAGE_POSITIONS + PASSAGE_POSITIONS - 1).min(at + left_length - 1 + NEAR);
        from += right[from..].iter().take_while(|&&r| r < first).count();
        let window = right[from..].iter().take_while(|&&r| r <= last);
        let (mut ordered, mut near) = (0.0, 0.0);
        for &other in window.filter(|&&r| r != at) {
            near = 1.0;
            if other == at + left_length {
                ordered = 1.0;
            }
        }
        if near > 0.0 {
            match counts.last_mut().filter(|c| c.0 == page) {
                Some(count) => (count.1, count.2) = (count.1 + ordered, count.2 + near),
                None => counts.push((page, ordered, near)),
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: [LeafWeight; 2] = [LeafWeight { idf: 2.0, length: 1 }, LeafWeight { idf: 1.0, length: 1 }];

    fn best(positions: [Vec<u32>; 2]) -> (u32, f32) {
        score(&TWO, &positions, 1.0, |_| Some(110)).best(1).next().expect("a passage")
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
        assert_eq!(count_pairs(&[511], 1, &[512]), []);
        assert_eq!(count_pairs(&[512], 1, &[511]), []);
        assert_eq!(count_pairs(&[512, 520], 1, &[513, 521]), [(2, 2.0, 2.0)]);
        assert_eq!(count_pairs(&[300], 2, &[302]), [(1, 1.0, 1.0)]);
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
