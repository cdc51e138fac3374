//! What dates decide: which articles are counted, and which come first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::ids::article_ids;
use crate::index::Fields;
use crate::query::{DateFilter, Fate};
use crate::search::backend::{Order, Tally};

/// The `count` first matching articles by date; of those of one moment, and of those without a date, the first by id.
pub(super) fn first_by_date(
    searcher: &Searcher,
    query: &dyn Query,
    order: Order,
    count: usize,
) -> tantivy::Result<Vec<DocAddress>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut found: Vec<(i64, DocAddress)> = Vec::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let (alive, first) = (segment.alive_bitset(), segment.fast_fields().i64(Fields::DATE_FIRST)?);
        weight.for_each_no_score(segment, &mut |docs| {
            let living = docs.iter().filter(|&&doc| alive.is_none_or(|alive| alive.is_alive(doc)));
            found.extend(living.map(|&doc| (order.key(first.first(doc)), DocAddress::new(ordinal, doc))));
        })?;
    }
    if found.len() > count {
        let last = found.select_nth_unstable(count - 1).1.0;
        found.retain(|&(key, _)| key <= last);
    }
    let addresses: Vec<&DocAddress> = found.iter().map(|(_, address)| address).collect();
    let ids = article_ids(searcher, &addresses)?;
    let mut ordered: Vec<(i64, String, DocAddress)> =
        found.into_iter().zip(ids).map(|((key, address), id)| (key, id, address)).collect();
    ordered.sort_unstable();
    ordered.truncate(count);
    Ok(ordered.into_iter().map(|(_, _, address)| address).collect())
}

/// First and last second that each document's date may mean; none without a date.
pub(super) fn dates(searcher: &Searcher, addresses: &[&DocAddress]) -> tantivy::Result<Vec<Option<(i64, i64)>>> {
    let mut columns: HashMap<SegmentOrdinal, (Column<i64>, Column<i64>)> = HashMap::new();
    let mut dates = Vec::with_capacity(addresses.len());
    for address in addresses {
        let (first, last) = match columns.entry(address.segment_ord) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(columns_of(searcher.segment_reader(address.segment_ord))?),
        };
        dates.push(first.first(address.doc_id).zip(last.first(address.doc_id)));
    }
    Ok(dates)
}

/// The columns of first and last seconds.
fn columns_of(segment: &SegmentReader) -> tantivy::Result<(Column<i64>, Column<i64>)> {
    let columns = segment.fast_fields();
    Ok((columns.i64(Fields::DATE_FIRST)?, columns.i64(Fields::DATE_LAST)?))
}

/// The last second that a living article's date begins at.
pub(super) fn newest(searcher: &Searcher) -> tantivy::Result<Option<i64>> {
    let mut newest = None;
    for segment in searcher.segment_readers() {
        let column = segment.fast_fields().i64(Fields::DATE_FIRST)?;
        newest = newest.max(segment.doc_ids_alive().filter_map(|doc| column.first(doc)).max());
    }
    Ok(newest)
}

/// The first and the last second that a living article's date may mean.
pub(super) fn span(searcher: &Searcher) -> tantivy::Result<Option<(i64, i64)>> {
    let mut span: Option<(i64, i64)> = None;
    for segment in searcher.segment_readers() {
        let (first, last) = columns_of(segment)?;
        for date in segment.doc_ids_alive().filter_map(|doc| first.first(doc).zip(last.first(doc))) {
            let (from, to) = span.unwrap_or(date);
            span = Some((from.min(date.0), to.max(date.1)));
        }
    }
    Ok(span)
}

/// Counts the articles that match in words; those without a date only where dates tell the order.
pub(super) fn tally(
    searcher: &Searcher,
    words: &dyn Query,
    dates: &DateFilter,
    order: Order,
) -> tantivy::Result<Tally> {
    if dates.is_open() && !order.is_by_date() {
        let kept = searcher.search(words, &tantivy::collector::Count)? as u64;
        return Ok(Tally { kept, ..Tally::default() });
    }
    searcher.search(words, &DateTally { dates: dates.clone(), by_date: order.is_by_date() })
}

struct DateTally {
    dates: DateFilter,
    /// Whether those without a date are counted.
    by_date: bool,
}

struct SegmentTally {
    dates: DateFilter,
    by_date: bool,
    first: Column<i64>,
    last: Column<i64>,
    tally: Tally,
}

impl Collector for DateTally {
    type Fruit = Tally;
    type Child = SegmentTally;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let (first, last) = columns_of(segment)?;
        Ok(SegmentTally { dates: self.dates.clone(), by_date: self.by_date, first, last, tally: Tally::default() })
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
        let date = self.first.first(doc).zip(self.last.first(doc));
        match self.dates.fate(date) {
            Fate::Kept => {
                self.tally.kept += 1;
                self.tally.undated += u64::from(self.by_date && date.is_none());
            }
            Fate::LeftOut => self.tally.left_out += 1,
            Fate::Gone => {}
        }
    }

    fn harvest(self) -> Tally {
        self.tally
    }
}
