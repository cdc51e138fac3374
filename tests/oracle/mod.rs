//! Thousands of random queries on random articles in several languages: what the engine finds, leaves out for its date and
//! highlights is what a slow, plain matcher says, which tries out every combination of words and knows the forms of words
//! from a list. What a query means is drawn beside its text, so that a misreading of the language shows too.

#![allow(clippy::print_stderr)]

mod dates;
mod meaning;
mod plain;
mod queries;
mod random;
mod vocabulary;
mod words;

use std::collections::BTreeSet;
use std::path::Path;

use dateline::analysis::Language;
use dateline::article::Span;
use dateline::budget::Budget;
use dateline::engine::{Engine, LocalEngine, LocalUpdate, Update};
use dateline::hit::{Hit, SearchResponse};
use dateline::index::WriterOptions;
use dateline::ingest::{self, IngestOptions};
use dateline::query::{SearchRequest, Unit, read};
use rand::SeedableRng;
use rand::rngs::StdRng;

use dates::{Fate, Range, fate};
use plain::Matcher;
use random::Random;
use vocabulary::{VOCABULARIES, Vocabulary};
use words::{Article, Word};

const ARTICLES: usize = 60;
/// Queries of an English archive, and of each of the others.
const QUERIES: (usize, usize) = (1_500, 200);

/// How much the queries found, so that they prove something.
#[derive(Debug, Default)]
struct Tally {
    kept: usize,
    left_out: usize,
    marked: usize,
}

#[test]
fn what_is_found_and_highlighted_is_what_the_plain_matcher_says() {
    for vocabulary in VOCABULARIES {
        let queries = if vocabulary.language == Language::English { QUERIES.0 } else { QUERIES.1 };
        let tally = compare(vocabulary, queries);
        eprintln!("{}: {queries} queries, {tally:?}", vocabulary.language);
        let is_wide = tally.kept > queries && tally.marked > queries && tally.left_out > queries / 10;
        assert!(is_wide, "{}: the queries are too narrow to prove anything: {tally:?}", vocabulary.language);
    }
}

/// Asks engine and plain matcher the same.
fn compare(vocabulary: &Vocabulary, queries: usize) -> Tally {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let mut random = Random { random: StdRng::seed_from_u64(20_180_627), vocabulary };
    let engine = indexed(scratch.path(), &random.articles(ARTICLES), vocabulary.language);
    let stored = (0..ARTICLES).map(|n| engine.article(&format!("a{n:02}")).expect("readable").expect("an article"));
    let articles: Vec<Article> = stored.map(|stored| Article::of(&stored, vocabulary)).collect();
    let mut tally = Tally::default();
    for _ in 0..queries {
        let said = random.query();
        let query = read(&said.text, jiff::civil::date(2018, 6, 27));
        let request = SearchRequest { limit: 2 * ARTICLES, by: Unit::Article, ..SearchRequest::new(query) };
        let response = engine.search(&request).expect("an answer");
        let what = format!("{}: {}, read as {}", vocabulary.language, said.text, response.read_as);
        let matching = articles.iter().filter(|article| Matcher::new(article, vocabulary).holds(&said.meaning));
        tally.left_out += check_articles(&response, &matching.collect::<Vec<_>>(), said.range, &what);
        tally.kept += response.hits.len();
        for hit in &response.hits {
            let article = articles.iter().find(|a| a.id == hit.article.0).expect("one of ours");
            let marks = Matcher::new(article, vocabulary).marks(&said.meaning);
            tally.marked += check_highlights(hit, article, &marks, &what);
        }
    }
    tally
}

/// Compares what was found with the articles that match in words; how many were left out.
fn check_articles(response: &SearchResponse, matching: &[&Article], range: Option<&Range>, what: &str) -> usize {
    let of = |wanted: Fate| -> BTreeSet<&str> {
        let fitting = matching.iter().filter(|article| fate(article.date.as_deref(), range) == wanted);
        fitting.map(|article| article.id.as_str()).collect()
    };
    let (kept, left_out) = (of(Fate::Kept), of(Fate::LeftOut).len());
    let found: BTreeSet<&str> = response.hits.iter().map(|hit| hit.article.0.as_str()).collect();
    assert_eq!(found, kept, "articles for {what}");
    assert_eq!(response.total_articles, kept.len() as u64, "count for {what}");
    assert_eq!(response.left_out, left_out as u64, "left out for {what}");
    left_out
}

/// Compares what a hit has marked with what the plain matcher marks; how many words that were.
fn check_highlights(hit: &Hit, article: &Article, marks: &BTreeSet<(usize, usize)>, text: &str) -> usize {
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

/// A snippet is one stretch of the passage or two, and where the passage has evidence, it has some.
fn check_snippet(hit: &Hit, text: &str) {
    let fragments: Vec<&str> = hit.snippet.fragments.iter().map(|fragment| &hit.text[fragment.range()]).collect();
    let shown = fragments.join(" … ").replace('\n', " ");
    assert_eq!(hit.snippet.text.trim_matches('…'), shown, "snippet for {text}");
    assert!(fragments.len() < 3, "snippet for {text}: {:?}", hit.snippet);
    let is_empty = hit.snippet.highlights.is_empty();
    assert!(hit.highlights.is_empty() || !is_empty, "a snippet without evidence, for {text}: {hit:?}");
}

fn indexed(dir: &Path, records: &str, language: Language) -> LocalEngine {
    let file = dir.join("articles.jsonl");
    std::fs::write(&file, records).expect("written");
    let index = dir.join("index");
    let options = WriterOptions {
        threads: 2,
        memory: Budget::new(64 << 20),
        language: Some(language),
        ..WriterOptions::default()
    };
    let mut update = LocalUpdate::open(&index, options).expect("a new index");
    let options = IngestOptions { threads: 2, ..IngestOptions::default() };
    let report = ingest::run(&mut update, &[file], &options, &|_| {}).expect("indexed");
    update.close().expect("closed");
    assert_eq!(report.records.indexed, ARTICLES as u64);
    LocalEngine::open(&index).expect("an index")
}
