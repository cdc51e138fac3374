//! Document addresses -> article ids, by the column of ids.

use tantivy::{DocAddress, Searcher};

use crate::index::Fields;

/// The ids of these documents, in their order. The column's dictionary is read once for each segment, front to back.
pub(super) fn article_ids(searcher: &Searcher, addresses: &[&DocAddress]) -> tantivy::Result<Vec<String>> {
    let mut ids = vec![String::new(); addresses.len()];
    let mut segments: Vec<u32> = addresses.iter().map(|address| address.segment_ord).collect();
    segments.sort_unstable();
    segments.dedup();
    for segment in segments {
        let Some(column) = searcher.segment_reader(segment).fast_fields().str(Fields::ID)? else { continue };
        let here = (0_u64..).zip(addresses).filter(|(_, address)| address.segment_ord == segment);
        // an ordinal and a place in one number sort many times faster than they do side by side
        let key = |(place, address): (u64, &&DocAddress)| Some(column.term_ords(address.doc_id).next()? << 32 | place);
        let mut keys: Vec<u64> = here.filter_map(key).collect();
        keys.sort_unstable();
        let ords: Vec<u64> = keys.iter().map(|key| key >> 32).collect();
        let mut places = keys.iter().map(|key| (key & u64::from(u32::MAX)) as usize);
        column.dictionary().sorted_ords_to_term_cb(&ords, |id| {
            if let Some(place) = places.next() {
                ids[place] = String::from_utf8_lossy(id).into_owned();
            }
        })?;
    }
    Ok(ids)
}
