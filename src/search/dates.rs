//! What dates decide: which articles are counted, which come first, how much a recent one is favoured.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::ids::article_ids;
use super::plan::Plan;
use super::ranking::Chosen;
use crate::index::Fields;
use crate::query::Sort;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// The `count` first matching articles by date; of those of one moment, and of those without a date, the first by id.
pub(super) fn first_by_date(
    searcher: &Searcher,
    plan: &Plan,
    sort: Sort,
    count: usize,
) -> tantivy::Result<Vec<DocAddress>> {
    let weight = plan.all().weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut found: Vec<(i64, DocAddress)> = Vec::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let (alive, first) = (segment.alive_bitset(), segment.fast_fields().i64(Fields::DATE_FIRST)?);
        let key = |doc: DocId| match (first.first(doc), sort) {
            (None, _) => i64::MAX,
            (Some(second), Sort::Newest) => -second,
            (Some(second), _) => second,
        };
        weight.for_each_no_score(segment, &mut |docs| {
            let living = docs.iter().filter(|&&doc| alive.is_none_or(|alive| alive.is_alive(doc)));
            found.extend(living.map(|&doc| (key(doc), DocAddress::new(ordinal, doc))));
        })?;
    }
    if found.len() > count {
        let last = found.select_nth_unstable(count - 1).1.0;
        found.retain(|&(key, _)| key <= last);
    }
    let addresses: Vec<DocAddress> = found.iter().map(|&(_, address)| address).collect();
    let ids = article_ids(searcher, &addresses)?;
    let mut ordered: Vec<(i64, String, DocAddress)> =
        found.into_iter().zip(ids).map(|((key, address), id)| (key, id, address)).collect();
    ordered.sort_unstable();
    ordered.truncate(count);
    Ok(ordered.into_iter().map(|(_, _, address)| address).collect())
}

/// Raises each score by its article's share of the bonus: all of it for the newest article of the archive, half of it
/// `half_life` days before, none without a date.
pub(super) fn favour_recent(searcher: &Searcher, scored: &mut [Chosen], half_life: f32) -> tantivy::Result<()> {
    let mut columns = Vec::with_capacity(searcher.segment_readers().len());
    let mut newest = i64::MIN;
    for segment in searcher.segment_readers() {
        let column = segment.fast_fields().i64(Fields::DATE_FIRST)?;
        let living = segment.doc_ids_alive().filter_map(|doc| column.first(doc));
        newest = living.fold(newest, i64::max);
        columns.push(column);
    }
    for chosen in scored {
        let Some(second) = columns[chosen.address.segment_ord as usize].first(chosen.address.doc_id) else { continue };
        chosen.bonus = chosen.score * share_of_bonus(newest, second, half_life);
        chosen.score += chosen.bonus;
    }
    Ok(())
}

/// An article's share of the bonus: 1 for the newest of the archive, a half `half_life` days before it. Both dates in
/// seconds.
pub(crate) fn share_of_bonus(newest: i64, second: i64, half_life: f32) -> f32 {
    let days = newest.saturating_sub(second) as f64 / DAY;
    (0.5_f64).powf(days / f64::from(half_life)) as f32
}

/// How many articles match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// In words and dates.
    pub kept: u64,
    /// Of those kept, the ones without a date.
    pub undated: u64,
    /// In words, with a date that is unknown or lies only partly in the range.
    pub left_out: u64,
}

/// Counts the articles that match.
pub(super) fn tally(searcher: &Searcher, plan: &Plan, sort: Sort) -> tantivy::Result<Tally> {
    if plan.dates.is_open() && sort == Sort::Relevance {
        let kept = searcher.search(&*plan.words, &tantivy::collector::Count)? as u64;
        return Ok(Tally { kept, ..Tally::default() });
    }
    searcher.search(&*plan.words, &DateTally { bounds: (!plan.dates.is_open()).then(|| plan.dates.bounds()) })
}

struct DateTally {
    /// First and last second kept; none is all, whatever the date.
    bounds: Option<(i64, i64)>,
}

struct SegmentTally {
    bounds: Option<(i64, i64)>,
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
        let sum = |a: Tally, b: Tally| Tally {
            kept: a.kept + b.kept,
            undated: a.undated + b.undated,
            left_out: a.left_out + b.left_out,
        };
        Ok(tallies.into_iter().fold(Tally::default(), sum))
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = Tally;

    fn collect(&mut self, doc: DocId, _: Score) {
        let dates = self.first.first(doc).zip(self.last.first(doc));
        match (self.bounds, dates) {
            (None, _) => {
                self.tally.kept += 1;
                self.tally.undated += u64::from(dates.is_none());
            }
            (Some((from, to)), Some((first, last))) if from <= first && last <= to => self.tally.kept += 1,
            (Some((from, to)), Some((first, last))) if last < from || to < first => {}
            (Some(_), _) => self.tally.left_out += 1,
        }
    }

    fn harvest(self) -> Tally {
        self.tally
    }
}
