//! Rankings of whole collections on both engines: as good as each other, as like each other as they can be, and counts
//! that are equal.

use std::collections::HashSet;
use std::path::Path;

use dateline::engine::remote::{Access, RemoteEngine};
use dateline::engine::{Engine, LocalEngine};
use dateline::query::{SearchRequest, Unit, plain};

use super::support::{Index, cluster, dateline, fill_mostly, root};

/// Collections that are looked at, of those in the shared folder.
const COLLECTIONS: [&str; 3] = ["newsqa_dev", "cranfield", "cisi"];
/// By how much nDCG@10 may differ.
const MARGIN: f64 = 0.01;
/// The least overlap of two rankings on average.
const OVERLAP: f64 = 0.9;
/// Of a ranking, the chance that a reader goes on to the next place (Webber, Moffat, Zobel 2010: RBO).
const PERSISTENCE: f64 = 0.9;

#[test]
#[ignore = "runs by make test-cluster"]
fn rankings_are_alike_on_collections() {
    let cluster = cluster();
    for name in COLLECTIONS {
        let folder = root().join("../shared/collections").join(name);
        let dir = tempfile::tempdir().expect("a folder");
        let local = dir.path().join("index");
        let index = cluster.index(&name.replace('_', "-"));
        let docs = folder.join("docs.jsonl.gz");
        let docs = docs.to_str().expect("a name");
        fill_mostly(&[docs], &["--index", local.to_str().expect("a name"), "--compact"]);
        fill_mostly(&[docs], &["--engine", &index.address(), "--replicas", "0"]);
        let (overlap, topics) = compare(&folder, &local, &index);
        let (here, there) = (
            ndcg(&folder, &["--index", local.to_str().expect("a name")]),
            ndcg(&folder, &["--engine", &index.address()]),
        );
        eprintln!("{name:<12} {topics:>4} topics  nDCG@10 {here:.4} here, {there:.4} there  RBO {overlap:.4}");
        assert!((here - there).abs() <= MARGIN, "{name}: nDCG@10 {here} here, {there} there");
        assert!(overlap >= OVERLAP, "{name}: RBO {overlap}");
    }
}

/// The mean overlap of the rankings, and how many topics there are; counts must be equal.
fn compare(folder: &Path, local: &Path, index: &Index) -> (f64, usize) {
    let here = LocalEngine::open(local).expect("opens");
    let there = RemoteEngine::open(index.address().parse().expect("an address"), Access::default()).expect("opens");
    assert_eq!(there.articles(), here.articles());
    let topics = std::fs::read_to_string(folder.join("queries.tsv")).expect("queries.tsv");
    let mut overlaps = Vec::new();
    for text in topics.lines().filter_map(|line| line.split_once('\t')).map(|(_, text)| text) {
        let request = SearchRequest { by: Unit::Article, limit: 100, ..SearchRequest::new(plain(text)) };
        let ids = |engine: &dyn Engine| -> Vec<String> {
            let ranked = engine.rank(&request).expect("ranked").ranked;
            ranked.into_iter().map(|ranked| ranked.article.0).collect()
        };
        overlaps.push(overlap(&ids(&here), &ids(&there)));
    }
    // deeper than one page
    let deep =
        SearchRequest { by: Unit::Article, limit: 1300, ..SearchRequest::new(plain("the system of flow and news")) };
    let ids = |engine: &dyn Engine| -> Vec<String> {
        engine.rank(&deep).expect("ranked").ranked.into_iter().map(|ranked| ranked.article.0).collect()
    };
    // the last candidates are picked by sums that two libraries round differently
    let (far, near): (HashSet<String>, HashSet<String>) =
        (ids(&there).into_iter().collect(), ids(&here).into_iter().collect());
    let common = far.intersection(&near).count();
    assert!(far.len() == near.len() && common * 100 >= near.len() * 99, "{common} of {} are common", near.len());
    assert_eq!(far.len(), ids(&there).len(), "nothing twice");
    for text in topics.lines().filter_map(|line| line.split_once('\t')).map(|(_, text)| text).step_by(10) {
        let request = SearchRequest { limit: 1, ..SearchRequest::new(plain(text)) };
        let count = |engine: &dyn Engine| engine.search(&request).expect("an answer").total_articles;
        assert_eq!(count(&there), count(&here), "{text}");
    }
    (overlaps.iter().sum::<f64>() / overlaps.len() as f64, overlaps.len())
}

/// Rank-biased overlap, extrapolated from the depth that both rankings reach (Webber, Moffat, Zobel 2010, equation 32 for
/// lists of equal length).
fn overlap(a: &[String], b: &[String]) -> f64 {
    let depth = a.len().min(b.len());
    if depth == 0 {
        return if a.len() == b.len() { 1.0 } else { 0.0 };
    }
    let (mut seen_a, mut seen_b) = (HashSet::new(), HashSet::new());
    let (mut common, mut sum) = (0.0, 0.0);
    for at in 0..depth {
        seen_a.insert(&a[at]);
        seen_b.insert(&b[at]);
        common = seen_a.intersection(&seen_b).count() as f64;
        sum += common / (at + 1) as f64 * PERSISTENCE.powi(at as i32 + 1);
    }
    let tail = common / depth as f64 * PERSISTENCE.powi(depth as i32);
    sum * (1.0 - PERSISTENCE) / PERSISTENCE + tail
}

/// nDCG@10 of ten hits a topic.
fn ndcg(folder: &Path, archive: &[&str]) -> f64 {
    let name = |file: &str| folder.join(file).to_str().expect("a name").to_owned();
    let (topics, qrels) = (name("queries.tsv"), name("qrels.txt"));
    let batch = dateline(&[&["batch", &topics, "-n", "10"], archive].concat());
    assert_eq!(batch.status, 0, "{}", batch.err);
    let dir = tempfile::tempdir().expect("a folder");
    let run = dir.path().join("run");
    std::fs::write(&run, batch.out).expect("written");
    let ended = dateline(&["eval", run.to_str().expect("a name"), &qrels, "-m", "nDCG@10", "--format", "json"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let told: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    told["means"]["nDCG@10"].as_f64().unwrap_or_else(|| panic!("no nDCG@10 in {}", ended.out))
}
