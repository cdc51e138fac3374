//! Cost is bounded by construction: twice the input, or twice the query, is at most twice the work. Work is counted
//! where texts, buffers and matches are looked at ([`work`](crate::work)), so that no clock has a say.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use crate::analysis::{Analyzer, Language};
use crate::extract::extract_with;
use crate::highlight::{Part, matches, snippet};
use crate::matching::{NoWords, compile};
use crate::source::{Chunks, Limits, ReadOptions};
use crate::{Error, passage, query, work};

/// Bytes of an input.
const SIZE: usize = 60_000;
/// What twice the input may take beyond twice the work: a share of it, and so much for what is done once.
const SLACK: f64 = 0.25;
const ONCE: u64 = 60_000;

/// An input or a query of about so many bytes or words.
type Make = fn(usize) -> String;

/// Asserts that work at most doubles from one size to its double, three times over.
fn doubles(what: &str, size: usize, once: u64, work_of: impl Fn(usize) -> u64) {
    let works: Vec<u64> = [1, 2, 4].map(|times| work_of(times * size)).into();
    for pair in works.windows(2) {
        let most = (2.0 + SLACK) * pair[0] as f64 + once as f64;
        assert!(pair[1] as f64 <= most, "{what}: {works:?} steps for 1, 2 and 4 times the input");
    }
}

/// Reads a file, makes passages of its articles, and shows each as a hit for `zebra`.
fn read_and_show(name: &str, bytes: &str) {
    let options = ReadOptions::default();
    let file = Box::new(Cursor::new(bytes.as_bytes().to_vec()));
    let Ok(chunks) = Chunks::from_reader(Path::new(name), file, &options) else { return };
    for chunk in chunks.map_while(Result::<_, Error>::ok) {
        for record in chunk.records().filter_map(Result::ok) {
            let article = extract_with(&record, &Default::default(), Language::English).article;
            passage::split(&article, Language::English).iter().for_each(|passage| show(&passage.text, "zebra"));
        }
    }
}

/// The snippet of a text for a query.
fn show(text: &str, typed: &str) {
    let analyzer = Analyzer::default();
    let compiled = compile(&query::parse(typed).root, &analyzer, &NoWords).expect("no archive to fail");
    let live = vec![true; compiled.leaves.len()];
    let found = matches(text, Part::Passage, &compiled, &live, &analyzer);
    snippet(text, &found, &vec![1.0; compiled.leaves.len()], 240, Language::English);
}

/// A text of `part` again and again, below a headline.
fn text(part: &str, size: usize) -> String {
    format!("Headline\n\nA zebra {}", part.repeat(size / part.len()))
}

/// Letters, figures and signs of base64, each from the one before by a congruence (Knuth's MMIX).
fn mixed(size: usize) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let next =
        |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(1), next).map(|state| char::from(SIGNS[(state >> 58) as usize])).take(size).collect()
}

/// `part` again and again between a beginning and an end.
fn between(begin: &str, part: &str, end: &str, size: usize) -> String {
    format!("{begin}{}{end}", part.repeat(size / part.len()))
}

const MAIL: &str = "From: A <a@b.example>\nSubject: Lamps\nDate: Wed, 27 Jun 2018 14:05:00 +0000\nMIME-Version: 1.0\n";
const PARTS: &str = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n";
const WARC: &str = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\n";

/// A form by its file's name, what it is full of, and how it is made.
const FORMS: &[(&str, &str, Make)] = &[
    ("a.xml", "words of ALTO", |n| {
        between(
            "<alto><Page><TextBlock><TextLine>",
            "<String CONTENT='a'/>",
            "</TextLine></TextBlock></Page></alto>",
            n,
        )
    }),
    ("a.xml", "regions of PAGE XML", |n| {
        let region = "<TextRegion id='a'><TextEquiv><Unicode>a-</Unicode></TextEquiv></TextRegion>";
        between("<PcGts><Page>", region, "</Page></PcGts>", n)
    }),
    ("a.html", "lines of hOCR", |n| {
        let line = "<p class='ocr_par'><span class='ocr_line'>a</span></p>";
        between("<html><body><div class='ocr_page'>", line, "</div></body></html>", n)
    }),
    ("a.xml", "articles of METS", |n| between("<mets><div>", "<div TYPE='ARTICLE'></div>", "</div></mets>", n)),
    ("a.txt", "numbers with commas", |n| text("9,973,", n)),
    ("a.txt", "base64", |n| text("QmFzZTY0/IGlz+", n)),
    ("a.txt", "base64 that never repeats", |n| format!("Headline\n\nA zebra {}", mixed(n))),
    ("a.txt", "Chinese", |n| text("东京都的新闻", n)),
    ("a.txt", "hyphens", |n| text("a-", n)),
    ("a.txt", "dashes without blanks", |n| text("—a", n)),
    ("a.txt", "addresses", |n| text("http://a.b/", n)),
    ("a.txt", "full stops", |n| text(". ", n)),
    ("a.txt", "full stops and quotes", |n| text(".\" ", n)),
    ("a.txt", "short sentences", |n| text("A zebra. ", n)),
    ("a.txt", "brackets", |n| text(".((((", n)),
    ("a.txt", "one word", |n| text("zebra,", n)),
    ("a.txt", "short lines", |n| text("a\n", n)),
    ("a.txt", "paragraphs", |n| text("By John Smith\n\n", n)),
    ("a.txt", "blanks", |n| text(" ", n)),
    ("a.txt", "accents", |n| text("\u{301}", n)),
    ("a.html", "open elements", |n| between("<html><body>", "<div>", "<p>x", n)),
    ("a.html", "paragraphs", |n| between("<html><body>", "<p>A zebra. ", "", n)),
    ("a.html", "left angles", |n| between("<html><body><p>", "<", "", n)),
    ("a.json", "an array", |n| between("[", "{\"title\":\"A zebra\"},", "{}]", n)),
    ("a.json", "escapes", |n| between("{\"title\":\"A zebra\",\"body\":\"", "\\u4e00", "\"}", n)),
    ("a.json", "brackets", |n| between("{\"title\":\"A zebra\",\"body\":", "[", "", n)),
    ("a.jsonl", "lines", |n| between("", "{\"title\":\"A zebra\"}\n", "", n)),
    ("a.jsonl", "broken lines", |n| between("{\"title\":\"A zebra\"}\n", "{\"title\":\"\n", "", n)),
    ("a.csv", "rows", |n| between("title,text\n", "\"A zebra\",\"and\"\n", "", n)),
    ("a.csv", "broken rows", |n| between("title,text\n", "\"A zebra\",\"and\" so\n", "", n)),
    ("a.csv", "open quotes", |n| between("title,text\n", "\"A zebra,\"and\n", "", n)),
    ("a.csv", "inside out", |n| between("title,text\n\"a\"b\n", "\",\"x\n", "", n)),
    ("a.csv", "wide rows", |n| between("title,text\n", "\"A\",b,c\n", "", n)),
    ("a.xml", "items", |n| between("<rss><channel>", "<item><title>A zebra</title></item>", "</channel></rss>", n)),
    ("a.xml", "items within items", |n| between("<rss><channel>", "<item><title>A</title>", "", n)),
    ("a.xml", "elements", |n| between("<rss><item><title>A</title>", "<a>x</a>", "</item></rss>", n)),
    ("a.eml", "lines", |n| between(&format!("{MAIL}\n"), "A zebra.\n", "", n)),
    ("a.eml", "messages within", |n| between(MAIL, "Content-Type: message/rfc822\n\n", "", n)),
    ("a.eml", "parts left open", |n| between(MAIL, "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "\nA", n)),
    ("a.eml", "lines of hyphens", |n| between(&format!("{MAIL}{PARTS}"), "--b \n--\n", "", n)),
    ("a.mbox", "messages", |n| between("", &format!("From a\n{MAIL}\nA zebra.\n\n"), "", n)),
    ("a.mbox", "beginnings", |n| between(&format!("From a\n{MAIL}\n"), "\nFrom a", "", n)),
    ("a.warc", "records", |n| between("", &format!("{WARC}A zebra runs\r\n\r\n"), "", n)),
    ("a.warc", "broken records", |n| between(WARC, "WARC/1.\r\nx\r\n", "", n)),
];

#[test]
fn twice_the_input_is_at_most_twice_the_work() {
    for (name, what, make) in FORMS {
        doubles(&format!("{name} of {what}"), SIZE, ONCE, |size| work::of(|| read_and_show(name, &make(size))));
    }
}

#[test]
fn a_feed_of_twice_the_items_is_twice_the_work_and_holds_no_more() {
    /// Bytes of the longest item, and of the feed: more than a chunk, so that it is read twice.
    const LONGEST: u64 = 2000;
    const FEED: usize = 1 << 21;
    let item = format!("<item><title>A zebra</title><description>{}</description></item>\n", "It runs. ".repeat(100));
    let read = |size: usize| {
        let bytes = between("<rss><channel><link>h</link>", &item, "</channel></rss>", size).into_bytes();
        let open = move || Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn std::io::Read + Send>);
        let options = ReadOptions::from(Limits { max_record: LONGEST, ..Limits::default() });
        let file = open().expect("a file");
        let chunks = Chunks::of(Path::new("a.xml"), file, Some(Arc::new(open)), &options).expect("a feed");
        let mut count = 0;
        for chunk in chunks.map(|chunk| chunk.expect("a chunk")) {
            assert!(chunk.bytes.len() <= (1 << 20) + LONGEST as usize, "{} bytes are held", chunk.bytes.len());
            count += chunk.records().filter(|record| record.is_ok()).count();
        }
        assert_eq!(count, size / item.len());
    };
    doubles("a feed", FEED, ONCE, |size| work::of(|| read(size)));
}

/// Words that differ, joined.
fn words(count: usize, joint: &str) -> String {
    let mut typed = "zebra".to_owned();
    for n in 1..count {
        // writing to a String does not fail
        let _ = write!(typed, "{joint}w{n}");
    }
    typed
}

const QUERIES: &[(&str, Make)] = &[
    ("words", |n| words(n, " ")),
    ("AND", |n| words(n, " AND ")),
    ("OR", |n| words(n, " OR ")),
    ("SAME", |n| words(n, " SAME ")),
    ("NEAR", |n| words(n, " NEAR/8 ")),
    ("NEAR of groups", |n| "(zebra OR w1) NEAR/500 (w2 OR w3) ".repeat(n / 4)),
    ("NEAR of NEAR", |n| "((zebra NEAR/255 w1) NEAR/255 (zebra NEAR/255 w2)) ".repeat(n / 4)),
    ("acronyms", |n| "u.s.".repeat(n)),
    ("a phrase", |n| format!("\"{}\"", words(n, " "))),
    ("exact words", |n| words(n, " =")),
    ("one word with AND", |n| vec!["zebra"; n].join(" AND ")),
    ("one word with SAME", |n| vec!["zebra"; n].join(" SAME ")),
    ("one word with OR", |n| vec!["zebra"; n].join(" OR ")),
    ("expressions", |n| "/[a-f]+(zebra|x)/ ".repeat(n / 2)),
    ("operators of other systems", |n| "zebra w/5 w1 N5 w2 && ".repeat(n / 4)),
    ("parentheses", |n| format!("{}zebra{}", "(zebra SAME ".repeat(n), ")".repeat(n))),
];

#[test]
fn twice_the_query_is_at_most_twice_the_work() {
    let page = format!("{} {}", "zebra. ".repeat(60), words(100, " "));
    for (what, make) in QUERIES {
        doubles(what, 100, ONCE, |count| work::of(|| show(&page, &make(count))));
    }
}

#[test]
fn twice_the_text_is_at_most_twice_the_work_for_what_is_shown() {
    for part in ["—a", ". ", ".\" ", "A zebra. ", "zebra,", "9,", "東", "\n", " ", "\u{301}", "(", "A. "] {
        let make = |size: usize| format!("zebra {} zebra", part.repeat(size / part.len()));
        doubles(part, SIZE, ONCE, |size| work::of(|| show(&make(size), "zebra lion")));
    }
}
