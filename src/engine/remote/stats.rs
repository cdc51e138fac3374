//! What an archive on a cluster holds, in numbers.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::client::RequestBody;
use super::files::read_manifest;
use super::read::RemoteArchive;
use super::schema::{DATE_FIRST, DATE_LAST, FORMAT, KNOWN, OUTLET_NAME, PASSAGES, WORDS};
use crate::analysis;
use crate::article::{BodyDoubt, day_of};
use crate::error::Result;
use crate::index::Known;
use crate::search::SCORING_VERSION;
use crate::stats::{Part, Stats, Versions};

/// Outlets that are listed at once.
const PAGE: usize = 1000;

#[derive(Deserialize)]
struct StatsAnswer {
    aggregations: Map<String, Value>,
}

/// What the cluster itself tells; the numbers of different words it does not.
pub(super) fn stats(engine: &RemoteArchive) -> Result<Stats> {
    let sums = sums(engine)?;
    let manifest = read_manifest(&engine.client, &engine.mark)?;
    let index = &engine.client.address.index;
    let shards: Value =
        engine.client.ask("GET", &format!("{index}/_stats/docs,store,segments"), RequestBody::Nothing)?;
    let primaries = &shards["_all"]["primaries"];
    let number = |name: &str| sums.get(name).and_then(|sum| sum["value"].as_f64());
    let has = |name: &str| {
        let buckets = sums.get(KNOWN).and_then(|known| known["buckets"].as_array());
        let bucket = buckets.and_then(|all| all.iter().find(|bucket| bucket["key"] == name));
        bucket.and_then(|bucket| bucket["doc_count"].as_u64()).unwrap_or(0)
    };
    let day = |name: &str| number(name).map(|second| day_of(second as i64));
    Ok(Stats {
        articles: engine.documents,
        passages: number(PASSAGES).unwrap_or(0.0) as u64,
        words: number(WORDS).unwrap_or(0.0) as u64,
        forms: None,
        terms: None,
        outlets: outlets(engine)?.len() as u64,
        first_day: day(DATE_FIRST),
        last_day: day(DATE_LAST),
        unknown: Known::ALL.iter().map(|known| Part::new(known.name(), engine.documents - has(known.name()))).collect(),
        doubtful: BodyDoubt::ALL.iter().map(|doubt| Part::new(doubt.name(), has(doubt.name()))).collect(),
        files: manifest.files().count() as u64,
        failed_files: manifest.files().filter(|file| file.failed).count() as u64,
        segments: primaries["segments"]["count"].as_u64().unwrap_or(0),
        deleted: primaries["docs"]["deleted"].as_u64().unwrap_or(0),
        bytes: vec![Part::new("primaries", primaries["store"]["size_in_bytes"].as_u64().unwrap_or(0))],
        versions: Versions {
            format: FORMAT.to_owned(),
            analyzer: analysis::version(engine.analyzer.language()).to_owned(),
            scoring: SCORING_VERSION.to_owned(),
            language: engine.analyzer.language().name().to_owned(),
            dateline: env!("CARGO_PKG_VERSION").to_owned(),
        },
    })
}

fn sums(engine: &RemoteArchive) -> Result<Map<String, Value>> {
    let of = |kind: &str, field: &str| json!({ kind: { "field": field } });
    let ask = json!({
        "size": 0, "query": engine.counts(),
        "aggs": {
            PASSAGES: of("sum", PASSAGES), WORDS: of("sum", WORDS),
            DATE_FIRST: of("min", DATE_FIRST), DATE_LAST: of("max", DATE_LAST), KNOWN: json!({ "terms": { "field": KNOWN, "size": Known::ALL.len() + BodyDoubt::ALL.len() } }),
        },
    });
    let answer: StatsAnswer =
        engine.client.ask("POST", &engine.search_path("aggregations"), RequestBody::Json(&ask))?;
    Ok(answer.aggregations)
}

/// The outlets and how many articles each has, the most first, ties by name.
pub(super) fn outlets(engine: &RemoteArchive) -> Result<Vec<Part>> {
    let mut outlets: Vec<Part> = Vec::new();
    let mut after: Option<Value> = None;
    loop {
        let sources = json!([{ "name": { "terms": { "field": OUTLET_NAME } } }]);
        let mut page = json!({ "size": PAGE, "sources": sources });
        if let Some(after) = after.take() {
            page["after"] = after;
        }
        let ask = json!({ "size": 0, "query": engine.counts(), "aggs": { "outlets": { "composite": page } } });
        let answer: StatsAnswer =
            engine.client.ask("POST", &engine.search_path("aggregations"), RequestBody::Json(&ask))?;
        let found = answer.aggregations.get("outlets").unwrap_or(&Value::Null);
        let buckets = found["buckets"].as_array().map_or(&[][..], Vec::as_slice);
        let part = |bucket: &Value| {
            Part::new(bucket["key"]["name"].as_str().unwrap_or_default(), bucket["doc_count"].as_u64().unwrap_or(0))
        };
        outlets.extend(buckets.iter().map(part));
        if buckets.len() < PAGE {
            break;
        }
        after = Some(found["after_key"].clone());
    }
    outlets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    Ok(outlets)
}
