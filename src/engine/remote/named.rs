//! Articles by the beginning of their ids, and by their files.

use serde_json::{Value, json};

use super::answer::{PAGE, SearchAnswer};
use super::client::RequestBody;
use super::read::RemoteArchive;
use super::schema::{FILE, ID};
use crate::error::Result;
use crate::hit::StoredArticle;

/// Ids that begin so, ascending; so many at most.
pub(super) fn ids_from(archive: &RemoteArchive, beginning: &str, most: usize) -> Result<Vec<String>> {
    let ask = ids_asked(archive.counts(), beginning, most);
    let answer: SearchAnswer = archive.client.ask("POST", &archive.search_path("hits"), RequestBody::Json(&ask))?;
    Ok(answer.hits.hits.into_iter().map(|hit| hit.source.into_article().0.id.0).collect())
}

fn ids_asked(counts: Value, beginning: &str, most: usize) -> Value {
    json!({
        "size": most.min(PAGE), "track_total_hits": false,
        "query": { "bool": { "filter": [counts, { "prefix": { ID: beginning } }] } },
        "sort": [{ ID: "asc" }],
    })
}

/// Hands over the articles of files, by their numbers in the manifest.
pub(super) fn each_of_files(
    archive: &RemoteArchive,
    numbers: &[u64],
    take: &mut dyn FnMut(StoredArticle),
) -> Result<()> {
    archive.each_page(files_asked(archive.counts(), numbers), |answer| {
        answer.hits.hits.into_iter().for_each(|hit| take(hit.source.into_article().0));
        Ok(true)
    })
}

fn files_asked(counts: Value, numbers: &[u64]) -> Value {
    json!({
        "size": PAGE, "track_total_hits": false,
        "query": { "bool": { "filter": [counts, { "terms": { FILE: numbers } }] } },
        "sort": [{ ID: "asc" }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_counts_is_asked_for_in_the_order_of_ids() {
        let counts = json!({ "range": { FILE: { "lt": 7 } } });
        let ids = ids_asked(counts.clone(), "wire/po", 11);
        assert_eq!(ids["query"]["bool"]["filter"], json!([counts, { "prefix": { ID: "wire/po" } }]));
        assert_eq!((&ids["size"], &ids["sort"]), (&json!(11), &json!([{ ID: "asc" }])));
        let files = files_asked(counts.clone(), &[3, 5]);
        assert_eq!(files["query"]["bool"]["filter"], json!([counts, { "terms": { FILE: [3, 5] } }]));
        assert_eq!((&files["size"], &files["sort"]), (&json!(PAGE), &json!([{ ID: "asc" }])));
    }
}
