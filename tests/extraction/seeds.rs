//! The shared example articles must agree wholly with what a careful reader wrote down for them.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::article::{Article, BlockKind};
use dateline::extract::{Extraction, Fate, extract};
use dateline::source::{ReadOptions, open};
use serde_json::Value;

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

/// Runs `check` on the extraction of a one-record file.
fn with_extraction(path: &Path, check: impl FnOnce(&str, &Extraction)) {
    let mut chunks = open(path, &ReadOptions::default()).unwrap_or_else(|e| panic!("{e}"));
    let chunk = chunks.next().expect("a chunk").unwrap_or_else(|e| panic!("{e}"));
    let record = chunk.records().next().expect("a record").unwrap_or_else(|e| panic!("{e}"));
    check(&record.text, &extract(&record));
}

fn texts(value: &Value) -> Vec<Option<&str>> {
    value.as_array().map(|all| all.iter().map(Value::as_str).collect()).unwrap_or_default()
}

/// `38-74` or `15`: first and last line.
fn line_range(key: &str) -> (u32, u32) {
    let (first, last) = key.split_once('-').unwrap_or((key, key));
    (first.parse().expect("a line"), last.parse().expect("a line"))
}

fn check_fields(name: &str, wanted: &Value, article: &Article) {
    let headline = article.headline.as_ref().map(|f| f.value.as_str());
    assert_eq!(headline, wanted["headline"].as_str(), "{name}: headline");
    let outlet = article.outlet.as_ref().map(|f| f.value.as_str());
    assert_eq!(outlet, wanted["outlet"].as_str(), "{name}: outlet");
    assert!(texts(&wanted["outlet_accept"]).contains(&outlet), "{name}: outlet {outlet:?} is not accepted");
    assert!(outlet.is_none() || !texts(&wanted["outlet_never"]).contains(&outlet), "{name}: outlet {outlet:?}");
    let date = article.date.as_ref().map(|f| f.value.to_string());
    assert_eq!(date.as_deref(), wanted["date"].as_str(), "{name}: date");
    assert!(date.is_none() || !texts(&wanted["date_never"]).contains(&date.as_deref()), "{name}: date {date:?}");
    if let Some(precision) = wanted["date_precision"].as_str() {
        let found = article.date.as_ref().map(|f| serde_json::json!(f.value.precision()));
        assert_eq!(found, Some(precision.into()), "{name}: precision");
    }
    if let Some(confidence) = wanted["date_confidence"].as_str() {
        let found = article.date.as_ref().map(|f| serde_json::json!(f.confidence));
        assert_eq!(found, Some(confidence.into()), "{name}: confidence of the date");
    }
    let place = article.dateline_place.as_ref().map(|f| f.value.as_str());
    assert_eq!(place, wanted["dateline_place"].as_str(), "{name}: dateline place");
    let credit: Vec<Option<&str>> = article.credit.iter().map(|c| Some(c.as_str())).collect();
    assert_eq!(credit, texts(&wanted["credit"]), "{name}: credit");
    assert_eq!(article.byline, None, "{name}: byline");
}

fn check_body(name: &str, wanted: &Value, article: &Article) {
    let text: Vec<&str> = article.body.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(article.body.len() as u64, wanted["body_blocks"].as_u64().unwrap_or(0), "{name}: {text:#?}");
    let subheads: Vec<Option<&str>> =
        article.body.iter().filter(|b| b.kind == BlockKind::Subhead).map(|b| Some(b.text.as_str())).collect();
    assert_eq!(subheads, texts(&wanted["subheads"]), "{name}: subheads");
    if let Some(sentence) = wanted["rejoined"].as_str() {
        assert!(text.iter().any(|block| block.contains(sentence)), "{name}: not rejoined: {sentence}");
    }
}

fn check_lines(name: &str, wanted: &Value, text: &str, extraction: &Extraction) {
    let mut drops: Vec<(u32, String)> = Vec::new();
    for (key, label) in wanted["drop_lines"].as_object().into_iter().flatten() {
        let (first, last) = line_range(key);
        drops.extend((first..=last).map(|line| (line, label.as_str().unwrap_or("").to_owned())));
    }
    drops.sort();
    let found: Vec<(u32, String)> = extraction
        .fates
        .iter()
        .filter_map(|f| match f.fate {
            Fate::Dropped(label) => Some((f.line, label.to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(found, drops, "{name}: dropped lines");
    let cuts: Vec<(String, &str)> =
        extraction.cuts.iter().map(|c| (c.lines.first.to_string(), &text[c.span.range()])).collect();
    let prefixes: Vec<(String, &str)> = wanted["cut_prefix"]
        .as_object()
        .map(|all| all.iter().map(|(line, cut)| (line.clone(), cut.as_str().unwrap_or(""))).collect())
        .unwrap_or_default();
    assert_eq!(cuts, prefixes, "{name}: cuts");
}

fn check_fragments(name: &str, text: &str, article: &Article) {
    for block in &article.body {
        for fragment in &block.fragments {
            let slice = &text[fragment.span.range()];
            assert_eq!(&block.text[fragment.at..fragment.at + slice.len()], slice, "{name}");
            let line = text[..fragment.span.range().start].matches('\n').count() as u32 + 1;
            assert_eq!(line, fragment.line, "{name}: {slice}");
        }
    }
}

#[test]
#[ignore = "needs ../shared/seeds-expected.json"]
fn the_shared_articles_are_read_as_a_careful_reader_reads_them() {
    let shared = shared();
    let gold: Value =
        serde_json::from_slice(&fs::read(shared.join("seeds-expected.json")).expect("readable")).expect("JSON");
    for (name, wanted) in gold["articles"].as_object().expect("articles") {
        with_extraction(&shared.join(format!("seeds/{name}.txt")), |text, extraction| {
            check_fields(name, wanted, &extraction.article);
            check_lines(name, wanted, text, extraction);
            check_body(name, wanted, &extraction.article);
            check_fragments(name, text, &extraction.article);
        });
    }
}
