//! Thousands of random queries on random articles: what the engine finds and highlights is what a slow, plain matcher
//! says, which tries out every combination of words.

#![allow(clippy::print_stderr)]

mod plain;
mod random;

use std::collections::BTreeSet;
use std::path::Path;

use dateline::article::Span;
use dateline::engine::{Engine, LocalEngine, LocalUpdate, Update};
use dateline::hit::{Hit, StoredArticle};
use dateline::index::WriterOptions;
use dateline::ingest::{self, IngestOptions};
use dateline::query::{SearchRequest, Unit, read};
use dateline::source::ReadOptions;
use rand::SeedableRng;
use rand::rngs::StdRng;

use plain::{Article, Word};

const ARTICLES: usize = 60;
const QUERIES: usize = 2_000;

#[test]
fn what_is_found_and_highlighted_is_what_the_plain_matcher_says() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let mut random = StdRng::seed_from_u64(20_180_627);
    let engine = indexed(scratch.path(), &random::articles(&mut random, ARTICLES));
    let stored: Vec<StoredArticle> =
        (0..ARTICLES).map(|n| engine.article(&format!("a{n:02}")).expect("readable").expect("an article")).collect();
    let articles: Vec<Article> = stored.iter().map(plain::article).collect();
    let (mut matched, mut marked) = (0, 0);
    for _ in 0..QUERIES {
        let text = random::query(&mut random);
        let query = read(&text, jiff::civil::date(2018, 6, 27));
        let expected: BTreeSet<String> =
            articles.iter().filter(|article| plain::holds(&query.root, article)).map(|a| a.id.clone()).collect();
        let request = SearchRequest { limit: 2 * ARTICLES, by: Unit::Article, ..SearchRequest::new(query.clone()) };
        let response = engine.search(&request).expect("an answer");
        let found: BTreeSet<String> = response.hits.iter().map(|hit| hit.article.0.clone()).collect();
        assert_eq!(found, expected, "articles for {text}, read as {query}");
        assert_eq!(response.total_articles, expected.len() as u64, "count for {text}");
        matched += expected.len();
        for hit in &response.hits {
            let article = articles.iter().find(|a| a.id == hit.article.0).expect("one of ours");
            marked += check_highlights(hit, article, &query.root, &text);
        }
    }
    eprintln!("{QUERIES} queries matched {matched} articles, {marked} words marked");
    assert!(matched > QUERIES && marked > QUERIES, "the queries are too narrow to prove anything");
}

/// Compares what a hit has marked with what the plain matcher marks; how many words that were.
fn check_highlights(hit: &Hit, article: &Article, query: &dateline::query::tree::Node, text: &str) -> usize {
    let marks = plain::marks(query, article);
    let of_page = |page: usize| -> BTreeSet<usize> {
        marks.iter().filter(|(on, _)| *on == page).map(|&(_, position)| position).collect()
    };
    let passage = hit.passage as usize;
    let shown = covered(&hit.text, &hit.highlights, &article.pages[passage]);
    assert_eq!(shown, of_page(passage), "passage {passage} of {} for {text}: {}", article.id, hit.text);
    let headline = hit.headline.as_ref().expect("a headline");
    let in_headline = covered(&headline.field.value, &headline.highlights, &article.pages[0]);
    assert_eq!(in_headline, of_page(0), "headline of {} for {text}: {}", article.id, headline.field.value);
    check_snippet(hit, text);
    shown.len() + in_headline.len()
}

/// The words of a page that spans cover; every span must begin and end with a word.
fn covered(text: &str, spans: &[Span], words: &[Word]) -> BTreeSet<usize> {
    let mut positions = BTreeSet::new();
    for span in spans {
        let (start, end) = (span.start as usize, span.end as usize);
        assert!(words.iter().any(|w| w.start == start) && words.iter().any(|w| w.end == end), "{span:?} in {text}");
        let inside = words.iter().enumerate().filter(|(_, word)| start <= word.start && word.end <= end);
        positions.extend(inside.map(|(position, _)| position));
    }
    positions
}

/// A snippet is a stretch of the passage, or several, and what it marks the passage marks too.
fn check_snippet(hit: &Hit, text: &str) {
    let words = |whole: &str, spans: &[Span]| -> BTreeSet<String> {
        let marked = spans.iter().flat_map(|span| whole[span.start as usize..span.end as usize].split([' ', '.']));
        marked.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let passage = hit.text.replace('\n', " ");
    for piece in hit.snippet.text.split('…').map(str::trim).filter(|piece| !piece.is_empty()) {
        assert!(passage.contains(piece), "{piece:?} is not in the passage, for {text}");
    }
    let marked = words(&hit.snippet.text, &hit.snippet.highlights);
    assert!(marked.is_subset(&words(&passage, &hit.highlights)), "snippet for {text}: {marked:?}");
    assert!(hit.highlights.is_empty() || !marked.is_empty(), "a snippet without evidence, for {text}: {hit:?}");
}

fn indexed(dir: &Path, records: &str) -> LocalEngine {
    let file = dir.join("articles.jsonl");
    std::fs::write(&file, records).expect("written");
    let index = dir.join("index");
    let mut update =
        LocalUpdate::open(&index, WriterOptions { threads: 2, memory: 64 << 20, language: None }).expect("a new index");
    let options = IngestOptions { read: ReadOptions::default(), threads: 2 };
    let report = ingest::run(&mut update, &[file], &options, &|_| {}).expect("indexed");
    update.close().expect("closed");
    assert_eq!(report.records.indexed, ARTICLES as u64);
    LocalEngine::open(&index).expect("an index")
}
