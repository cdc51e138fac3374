//! Which articles are worth a closer look, how many match, and the order of what is found.

use tantivy::collector::{Collector, SegmentCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::archive::Chosen;
use super::ids::article_ids;
use super::plan::Plan;
use crate::index::Fields;

/// The `count` best articles by the index's own BM25, in document order.
pub(super) fn best(searcher: &Searcher, plan: &Plan, count: usize) -> tantivy::Result<Vec<DocAddress>> {
    let top = searcher.search(&*plan.all(), &TopDocs::with_limit(count).order_by_score())?;
    let mut addresses: Vec<DocAddress> = top.into_iter().map(|(_, address)| address).collect();
    addresses.sort_unstable();
    Ok(addresses)
}

/// The `count` first matching articles by id, for queries in which nothing ranks.
pub(super) fn first_by_id(searcher: &Searcher, plan: &Plan, count: usize) -> tantivy::Result<Vec<DocAddress>> {
    let by_id = TopDocs::with_limit(count).order_by_string_fast_field(Fields::ID, tantivy::Order::Asc);
    let first = searcher.search(&*plan.all(), &by_id)?;
    Ok(first.into_iter().map(|(_, address)| address).collect())
}

/// The best `limit` of what was scored: by score, then by article id, then by passage.
pub(super) fn order(searcher: &Searcher, mut scored: Vec<Chosen>, limit: usize) -> tantivy::Result<Vec<Chosen>> {
    scored.sort_unstable_by(|a, b| {
        b.score.total_cmp(&a.score).then(a.address.cmp(&b.address)).then(a.passage.cmp(&b.passage))
    });
    let mut start = 0;
    while start < scored.len().min(limit) {
        let tie = scored[start..].iter().take_while(|c| c.score.total_cmp(&scored[start].score).is_eq()).count();
        if scored[start..start + tie].iter().any(|c| c.address != scored[start].address) {
            sort_by_id(searcher, &mut scored[start..start + tie])?;
        }
        start += tie;
    }
    scored.truncate(limit);
    Ok(scored)
}

fn sort_by_id(searcher: &Searcher, tied: &mut [Chosen]) -> tantivy::Result<()> {
    let addresses: Vec<DocAddress> = tied.iter().map(|c| c.address).collect();
    let mut keyed: Vec<(String, Chosen)> = article_ids(searcher, &addresses)?.into_iter().zip(tied.to_vec()).collect();
    keyed.sort_by(|(a, x), (b, y)| a.cmp(b).then(x.passage.cmp(&y.passage)));
    tied.iter_mut().zip(keyed).for_each(|(place, (_, chosen))| *place = chosen);
    Ok(())
}

/// How many articles match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// In words and dates.
    pub kept: u64,
    /// In words, with a date that is unknown or lies only partly in the range.
    pub left_out: u64,
}

/// Counts the articles that match.
pub(super) fn tally(searcher: &Searcher, plan: &Plan) -> tantivy::Result<Tally> {
    if plan.dates.is_open() {
        let kept = searcher.search(&*plan.words, &tantivy::collector::Count)? as u64;
        return Ok(Tally { kept, left_out: 0 });
    }
    searcher.search(&*plan.words, &DateTally { bounds: plan.dates.bounds() })
}

struct DateTally {
    bounds: (i64, i64),
}

struct SegmentTally {
    bounds: (i64, i64),
    first: Column<i64>,
    last: Column<i64>,
    tally: Tally,
}

impl Collector for DateTally {
    type Fruit = Tally;
    type Child = SegmentTally;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let columns = segment.fast_fields();
        Ok(SegmentTally {
            bounds: self.bounds,
            first: columns.i64(Fields::DATE_FIRST)?,
            last: columns.i64(Fields::DATE_LAST)?,
            tally: Tally::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, tallies: Vec<Tally>) -> tantivy::Result<Tally> {
        let sum = |a: Tally, b: Tally| Tally { kept: a.kept + b.kept, left_out: a.left_out + b.left_out };
        Ok(tallies.into_iter().fold(Tally::default(), sum))
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = Tally;

    fn collect(&mut self, doc: DocId, _: Score) {
        let (from, to) = self.bounds;
        match (self.first.first(doc), self.last.first(doc)) {
            (Some(first), Some(last)) if from <= first && last <= to => self.tally.kept += 1,
            (Some(first), Some(last)) if last < from || to < first => {}
            _ => self.tally.left_out += 1,
        }
    }

    fn harvest(self) -> Tally {
        self.tally
    }
}
