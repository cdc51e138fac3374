//! Which articles are worth a closer look.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::collector::TopDocs;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Searcher};

use super::ids::article_ids;
use super::statistics::Statistics;
use crate::index::Fields;

/// Scores that differ by less than this share may come of the same sum, added in another order.
const ROUNDING: f32 = 1e-6;

/// Articles for each one wanted from which on it pays to skip blocks that cannot hold one of the best: up to there,
/// tantivy's block-max WAND spends more on deciding what to skip (2.8 times as long at 500 articles for each).
const ARTICLES_WORTH_SKIPPING: u64 = 1_000;

/// Articles that are worth a closer look.
#[derive(Default)]
pub(super) struct Candidates {
    pub addresses: Vec<DocAddress>,
    /// How many articles there were to choose from, where all of them were looked at.
    pub matching: Option<u64>,
    /// How many of them may have none of the leaves.
    pub unsure: usize,
}

/// Whether blocks of postings are skipped where so many articles are wanted, so that not all that match are seen.
pub(super) fn skips(searcher: &Searcher, count: usize) -> bool {
    searcher.num_docs() > ARTICLES_WORTH_SKIPPING * count as u64
}

/// The `count` best articles by the index's own BM25; of those that share the last place, the first by
/// id, so that the choice hangs neither on segments nor on the order in which articles came in.
pub(super) fn best(statistics: &Statistics, query: &dyn Query, count: usize) -> tantivy::Result<Candidates> {
    let searcher = statistics.searcher();
    let weight = query.weight(EnableScoring::enabled_from_statistics_provider(statistics, searcher))?;
    let skips = skips(searcher, count);
    let mut best = Best::new(count);
    let mut matching = 0;
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let (alive, floor) = (segment.alive_bitset(), best.floor);
        let mut take = |doc, score| {
            if score > best.floor && alive.is_none_or(|alive| alive.is_alive(doc)) {
                best.push(score, DocAddress::new(ordinal, doc));
            }
            best.floor
        };
        if skips {
            weight.for_each_pruning(floor, segment, &mut take)?;
        } else {
            weight.for_each(segment, &mut |doc, score| {
                matching += u64::from(alive.is_none_or(|alive| alive.is_alive(doc)));
                take(doc, score);
            })?;
        }
    }
    Ok(Candidates { addresses: best.addresses(searcher)?, matching: (!skips).then_some(matching), unsure: 0 })
}

/// The best scores so far, and the articles that may be among the best.
struct Best {
    count: usize,
    /// The `count` best scores as bits, which order as positive numbers do; the lowest on top.
    scores: BinaryHeap<Reverse<u32>>,
    found: Vec<(f32, DocAddress)>,
    /// What a score must lie above to matter.
    floor: f32,
}

impl Best {
    fn new(count: usize) -> Self {
        Self {
            count,
            scores: BinaryHeap::with_capacity(count + 1),
            found: Vec::with_capacity(2 * count),
            floor: f32::MIN,
        }
    }

    /// The lowest score that counts, where that many were found.
    fn last(&self) -> Option<f32> {
        let is_full = self.scores.len() == self.count;
        self.scores.peek().filter(|_| is_full).map(|&Reverse(bits)| f32::from_bits(bits))
    }

    fn push(&mut self, score: f32, address: DocAddress) {
        self.found.push((score, address));
        let bits = score.max(0.0).to_bits();
        if self.scores.len() < self.count {
            self.scores.push(Reverse(bits));
        } else if let Some(mut lowest) = self.scores.peek_mut()
            && bits > lowest.0
        {
            *lowest = Reverse(bits);
        }
        self.floor = self.last().map_or(f32::MIN, |last| last * (1.0 - ROUNDING) - f32::MIN_POSITIVE);
    }

    fn addresses(mut self, searcher: &Searcher) -> tantivy::Result<Vec<DocAddress>> {
        let (floor, ceiling) = (self.floor, self.last().unwrap_or(0.0) * (1.0 + ROUNDING));
        self.found.retain(|&(score, _)| score > floor);
        if self.found.len() <= self.count {
            return Ok(self.found.into_iter().map(|(_, address)| address).collect());
        }
        let (mut best, tied): (Vec<_>, Vec<_>) = self.found.into_iter().partition(|&(score, _)| score > ceiling);
        let tied: Vec<DocAddress> = tied.into_iter().map(|(_, address)| address).collect();
        let mut by_id: Vec<(String, DocAddress)> =
            article_ids(searcher, &tied.iter().collect::<Vec<_>>())?.into_iter().zip(tied).collect();
        let room = self.count - best.len();
        by_id.select_nth_unstable(room);
        best.extend(by_id.into_iter().take(room).map(|(_, address)| (ceiling, address)));
        Ok(best.into_iter().map(|(_, address)| address).collect())
    }
}

/// The `count` first matching articles by id, for queries in which nothing ranks.
pub(super) fn first_by_id(searcher: &Searcher, query: &dyn Query, count: usize) -> tantivy::Result<Vec<DocAddress>> {
    let by_id = TopDocs::with_limit(count).order_by_string_fast_field(Fields::ID, tantivy::Order::Asc);
    let first = searcher.search(query, &by_id)?;
    Ok(first.into_iter().map(|(_, address)| address).collect())
}
