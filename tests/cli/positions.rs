//! Positions carry the passage: read from a real index, as anyone with tantivy could.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Index, Term};

use super::support::{Archive, article, number};

/// Where a term stands in the only article, each place once.
fn positions(archive: &Archive, term: &str) -> Vec<u32> {
    let index = Index::open_in_dir(archive.dir.path().join("index")).expect("an index");
    let field = index.schema().get_field("text").expect("the field");
    let searcher = index.reader().expect("a reader").searcher();
    let postings = searcher.segment_reader(0).inverted_index(field).expect("postings");
    let term = Term::from_field_text(field, term);
    let mut list =
        postings.read_postings(&term, IndexRecordOption::WithFreqsAndPositions).expect("readable").expect("the term");
    assert_eq!(list.doc(), 0);
    let mut found = Vec::new();
    list.positions(&mut found);
    found.dedup();
    found
}

/// An article whose paragraphs are a passage each: 100 words that begin with `first` and end with `last`.
fn paragraphs() -> Archive {
    let filler = "lantern ".repeat(98);
    let texts: Vec<String> = (0..3).map(|_| format!("Aurora {filler}zephyr.")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Archive::indexed(&[("one.txt", article("Of winds and a zephyr", &texts))])
}

#[test]
fn a_passage_begins_at_the_next_multiple_of_256() {
    let archive = paragraphs();
    assert_eq!(positions(&archive, "aurora"), [256, 512, 768]);
    // the headline stands below 256
    assert_eq!(positions(&archive, "zephyr"), [4, 256 + 99, 512 + 99, 768 + 99]);
    assert_eq!(number(&archive.hits(&["aurora", "--per-article", "9"])[2]["passage"]), 3);
}

#[test]
fn no_phrase_crosses_a_passage() {
    let archive = paragraphs();
    assert_eq!(archive.found(&["\"lantern zephyr\""]), ["one"]);
    assert_eq!(archive.found(&["\"zephyr aurora\""]), Vec::<String>::new(), "end and start of neighbours");
    assert_eq!(archive.found(&["+\"zephyr aurora\""]), Vec::<String>::new());
}
