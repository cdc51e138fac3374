//! Document addresses -> article ids, by the column of ids.

use tantivy::{DocAddress, Searcher};

use crate::index::Fields;

/// The ids of these documents, in their order. The column's dictionary is read once for each segment, front to back.
pub(super) fn article_ids(searcher: &Searcher, addresses: &[DocAddress]) -> tantivy::Result<Vec<String>> {
    let mut ids = vec![String::new(); addresses.len()];
    let mut order: Vec<usize> = (0..addresses.len()).collect();
    order.sort_unstable_by_key(|&n| addresses[n]);
    for group in order.chunk_by(|&a, &b| addresses[a].segment_ord == addresses[b].segment_ord) {
        let segment = addresses[group[0]].segment_ord;
        let Some(column) = searcher.segment_reader(segment).fast_fields().str(Fields::ID)? else { continue };
        let ord_of = |n: usize| column.term_ords(addresses[n].doc_id).next();
        let mut places: Vec<(u64, usize)> = group.iter().filter_map(|&n| Some((ord_of(n)?, n))).collect();
        places.sort_unstable();
        let mut next = places.iter().map(|&(_, n)| n);
        let ords: Vec<u64> = places.iter().map(|&(ord, _)| ord).collect();
        column.dictionary().sorted_ords_to_term_cb(&ords, |id| {
            if let Some(n) = next.next() {
                ids[n] = String::from_utf8_lossy(id).into_owned();
            }
        })?;
    }
    Ok(ids)
}
