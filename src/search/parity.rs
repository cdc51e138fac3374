//! The course of a search asks nothing of an archive but what [`Backend`](super::Backend) says: over articles in memory it
//! gives the answers that it gives over an index on disk, whatever is asked.

mod articles;
mod likeness;
mod memory;

use jiff::civil::date;

use crate::analysis::Language;
use crate::article::{Article, ArticleId};
use crate::budget::Budget;
use crate::index::{FileEntry, PreparedArticle, Provenance, Writer, WriterOptions};
use crate::query::{SearchRequest, Sort, Unit, Weights, read};
use crate::search::{Archive, rank, search};
use articles::{address_of, articles, of_texts};
use memory::Memory;

/// Fewer than the fewest candidates that a list is chosen from: which those are, each back end's own BM25 says.
const ARTICLES: usize = 96;

/// What is asked, of every kind.
const QUERIES: &[&str] = &[
    "Helsinki venue",
    "summit",
    "summit summit^3 Helsinki",
    "the of and",
    "\"news conference\"",
    "\"date location\"~3",
    "Bolton NEAR/8 Lavrov",
    "Bolton PRE/6 Putin",
    "Bolton NEAR/8 (Lavrov OR \"Vladimir Putin\") AND NOT football",
    "(Bolton NEAR/5 Putin) NEAR/20 summit",
    "summit SAME Helsinki",
    "sanction* talks",
    "aver?anov",
    "Averyanof~1 moscow~2",
    "\"sanction* against\"",
    "zz* summit",
    "s* talks",
    "?enue *e",
    "\"new* conf*\"",
    "/sum+its?/ talks",
    "/(aver|h).*/ SAME /[l-m].{3,}/",
    "headline:/t(alk|reaty)s?/",
    "outlet:/radio|the/",
    "-/.*s/ Helsinki",
    "Bolton N5 Putin",
    "summit -(Bolton W3 Putin)",
    "Bolton w/8 Lavrov && !football",
    "/zz.*/",
    "=Polish =sanction",
    "=polish =Putin SAME Bolton",
    "Locke",
    "locked talks",
    "Locke AND summit",
    "+Locke -summit -us",
    "-Locke summit",
    "headline:Locke",
    "US talks",
    "talks May 2018",
    "Prime Minister Will",
    "$100 talks",
    "C++ summit .com",
    "+C++ -$100",
    "=Putin AT&T",
    "xyz$ zzz+ talks",
    "u.s. AND us",
    "headline:summit",
    "headline:sum* venue",
    "headline:\"summit talks\"~2",
    "headline:=Helsinki",
    "outlet:\"Radio Meridian\"",
    "outlet:rad* summit",
    "outlet:radoi~1",
    "credit:reuters summit",
    "credit:\"associated press\"",
    "byline:okafor",
    "byline:\"Lena Marsh\" summit",
    "summit -byline:mar*",
    "section:sport summit",
    "section:\"foreign desk\" OR page:b3",
    "summit page:b* -section:part",
    "site:meridian.example",
    "site:news.meridian.example OR site:themoscowtimes.com",
    "summit -site:example",
    "site:mer* talks",
    "summit outlet:(Radio NEAR/2 Meridian)",
    "date:2018-06",
    "summit date:2018-06-25..2018-06-28",
    "summit after:2018-06-01",
    "summit before:2018 -Helsinki",
    "summit -date:2018-06",
    "-date:2018-06-25..2018-06-28 -after:2018-06-29",
    "summit date:>2017 -date:2018-05",
    "=Helsinki -date:2018",
    "summit date:2031",
    "date:<1999",
    "summit talks around:2018-05~10",
    "Helsinki around:2017-05..2017-06 around:2018-06-20~3^2 after:2017-05-22",
    "Helsinki venue May 2018",
    "summit sanctions 2017",
    "around:2018",
    "=Helsinki after:2018-06-27",
    "+summit -football",
    "+Helsinki summit venue",
    "-summit",
    "NOT (Helsinki AND summit)",
    "summit -=Helsinki",
    "(Bolton AND Lavrov) OR Helsinki",
    "summit NOT (Helsinki AND Moscow)",
    "venue OR (Bolton AND talks) OR \"news conference\"",
    "(summit OR talks)^2 (Putin -Lavrov)",
    "Helsinky venu zzzz",
    "zzzz qqqq",
    "full-scale talks",
    "\"Locke\" OR \"US talks\"",
    "+Locke headline:Locke (Locke NEAR/9 summit)",
    "US EU",
    "G-7 24/7 and/or summit",
    "!?",
];

/// How it is asked: a name, and what differs from the usual request.
type Way = (&'static str, fn(&mut SearchRequest));

const WAYS: &[Way] = &[
    ("as usual", |_| {}),
    ("explained", |request| request.explain = true),
    ("many passages", |request| (request.limit, request.per_article) = (200, 4)),
    ("articles", |request| (request.by, request.limit) = (Unit::Article, 40)),
    ("none", |request| request.limit = 0),
    ("third page", |request| (request.limit, request.offset) = (5, 10)),
    ("newest", |request| (request.sort, request.limit, request.per_article) = (Sort::Newest, 25, 2)),
    ("oldest, explained", |request| (request.sort, request.explain) = (Sort::Oldest, true)),
    ("recent", |request| (request.recency, request.explain) = (Some(20.0), true)),
    ("around", |request| request.query.prefer("2017-05-28~5", date(2018, 6, 27)).expect("a date")),
    ("expanded", |request| (request.expand, request.limit) = (true, 96)),
    ("expanded, explained, recent", |request| {
        (request.expand, request.explain, request.recency) = (true, true, Some(90.0));
    }),
    ("uncounted, unsuggested, narrow", |request| {
        (request.count, request.suggest, request.snippet_width) = (false, false, 60);
    }),
    ("corrected", |request| request.correct = true),
    ("misread too, explained", |request| (request.ocr, request.explain) = (true, true)),
    ("misread too, expanded", |request| (request.ocr, request.expand) = (true, true)),
    ("otherwise weighed", |request| request.weights = Weights { k1: 0.6, passage: 0.9, lead: 0.0, ..request.weights }),
];

#[test]
fn an_index_and_a_memory_give_the_same_answers() {
    let articles = articles(ARTICLES);
    let dir = tempfile::tempdir().expect("a folder");
    let (local, memory) = (indexed(dir.path(), &articles), Memory::of(articles));
    let mut hits = 0;
    for query in QUERIES {
        for (way, change) in WAYS {
            let mut request = SearchRequest::new(read(query, date(2018, 6, 27)));
            change(&mut request);
            let (ours, theirs) = (search(&memory, &request), search(&local, &request));
            let theirs = theirs.expect("an answer");
            assert_eq!(ours.expect("an answer"), theirs, "{query}, {way}");
            let (ours, ranked) = (rank(&memory, &request), rank(&local, &request).expect("a ranking"));
            assert_eq!(ours.expect("a ranking"), ranked, "{query}, {way}");
            assert_eq!(ranked.ranked.len(), theirs.hits.len(), "{query}, {way}");
            hits += theirs.hits.len();
        }
    }
    assert!(hits > 10 * QUERIES.len() * WAYS.len(), "{hits} hits prove little");
}

#[test]
fn how_often_an_archive_is_asked_hangs_not_on_how_much_is_found() {
    let memory = Memory::of(articles(ARTICLES));
    for (query, way, asked) in [
        ("summit", "as usual", "written look_up matching stored"),
        ("summit", "many passages", "written look_up matching stored"),
        ("Helsinki AND summit", "newest", "written families written look_up matching matching stored"),
        ("summit", "recent", "written look_up matching newest dates stored newest dates"),
        ("summit 2018", "as usual", "written look_up matching dates stored matching"),
        ("summit", "around", "written look_up matching dates stored"),
        ("summit date:2031", "as usual", "written look_up matching stored look_up matching span"),
        ("summit", "expanded", "written look_up matching stored articles_with look_up matching stored"),
        ("sanction* talk*", "as usual", "words_like words_like look_up matching stored matching"),
        ("zzzz summit", "as usual", "written look_up matching stored articles_with words_like"),
        (
            "\"Helsinkk venu\"",
            "corrected",
            "written look_up matching stored articles_with words_like words_like written families written look_up matching stored",
        ),
        ("!?", "as usual", ""),
        ("Locke summit", "as usual", "written families written look_up matching stored matching"),
        ("US summit", "as usual", "written look_up look_up matching stored matching"),
        ("Bolton N5 Putin", "as usual", "written written families written look_up matching stored"),
        ("/talks?/ summit", "as usual", "written words_like look_up matching stored matching"),
        (
            "\"news conference\" /talks?/ sanctions",
            "misread too, explained",
            "families articles_with written words_like words_like words_like written articles_with written words_like look_up matching stored matching",
        ),
    ] {
        let mut request = SearchRequest::new(read(query, date(2018, 6, 27)));
        WAYS.iter().filter(|(name, _)| *name == way).for_each(|(_, change)| change(&mut request));
        memory.asked.borrow_mut().clear();
        search(&memory, &request).expect("an answer");
        // ties are told by ids, which come with the articles
        let told: Vec<&str> = memory.asked.borrow().iter().copied().filter(|name| *name != "ids").collect();
        assert_eq!(told.join(" "), asked, "{query}, {way}");
    }
}

#[test]
fn what_was_misread_is_found_marked_and_told() {
    let clean = std::iter::repeat_n("the summit at Helsinki had modern houses of many hands", 40);
    let noisy = [
        "they met at Hclsinki for talks",
        "they met at He1sinki for talks",
        "they met at Helsinkl and at Helslnki for talks",
        "they met at Hxlsinki for talks",
        "rnodern rooms and modem rooms",
        "a horse and another horse",
        "a horse and a mouse",
        "a horse and a house",
        "Helsinki was full",
    ];
    let dir = tempfile::tempdir().expect("a folder");
    let articles = of_texts(noisy.into_iter().chain(clean));
    let (local, memory) = (indexed(dir.path(), &articles), Memory::of(articles));
    for (query, found, marked) in [
        ("Helsinki", 45, "Hclsinki He1sinki Helsinkl Helslnki Hxlsinki"),
        ("Helsinki talks", 45, "Hclsinki He1sinki Helsinkl Helslnki Hxlsinki"),
        ("met NEAR/3 Helsinki", 4, "Hclsinki He1sinki Helsinkl Hxlsinki"),
        ("modern", 41, "rnodern modem"),
        ("summit -Helsinki", 0, ""),
        // what more articles have than a misreading would be is a word of its own
        ("house", 42, "mouse"),
        ("=Helsinki", 41, ""),
        ("\"Helsinki\"~1", 41, ""),
        ("\"at Helsinki\"", 40, ""),
        ("Helsink*", 42, "Helsinkl"),
    ] {
        let mut request = SearchRequest::new(read(query, date(2018, 6, 27)));
        (request.ocr, request.explain, request.limit) = (true, true, 50);
        let answer = search(&local, &request).expect("an answer");
        assert_eq!(search(&memory, &request).expect("an answer"), answer, "{query}");
        assert_eq!(answer.total_articles, found, "{query}: {:?}", answer.notes);
        let spans = answer.hits.iter().flat_map(|hit| hit.highlights.iter().map(|span| &hit.text[span.range()]));
        let words: std::collections::BTreeSet<&str> = spans.flat_map(|marked| marked.split(' ')).collect();
        assert!(marked.split(' ').all(|word| word.is_empty() || words.contains(word)), "{query}: {words:?}");
        let told = answer.notes.iter().any(|note| note.starts_with("also looked for as misread: "));
        assert_eq!(told, !["=", "\"", "*"].iter().any(|sign| query.contains(sign)), "{query}: {:?}", answer.notes);
    }
}

#[test]
fn parts_of_a_list_are_of_one_list() {
    let memory = Memory::of(articles(900));
    for query in ["summit", "Locke", "summit talks Helsinki", "Helsinki May 2018"] {
        for per_article in [1, 3] {
            let mut request = SearchRequest { per_article, ..SearchRequest::new(read(query, date(2018, 6, 27))) };
            let mut ids: Vec<String> = Vec::new();
            for offset in (0..60).step_by(10) {
                request.offset = offset;
                ids.extend(search(&memory, &request).expect("an answer").hits.into_iter().map(|hit| hit.id));
            }
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{query}, {per_article} of an article");
        }
    }
}

#[test]
fn a_name_whose_other_forms_come_first_loses_no_article() {
    // so many that they take all places but those of a few with the name, and as many to find as candidates are wanted
    let others = std::iter::repeat_n("here they locked and locked and locked it", 250);
    let named = std::iter::repeat_n("here stood Locke at a harbour with a lamp and a paper in the hand", 1_000);
    let common = std::iter::repeat_n("here was harbour talk of another day", 50);
    let dir = tempfile::tempdir().expect("a folder");
    let local = indexed(dir.path(), &of_texts(others.chain(named).chain(common)));
    for (query, limit) in [("Locke", 160), ("Locke", 1_000), ("Locke talks", 160), ("Locke talks", 1_100)] {
        let request = SearchRequest { limit, ..SearchRequest::new(read(query, date(2018, 6, 27))) };
        let counted = search(&local, &request).expect("an answer");
        let ranked = rank(&local, &request).expect("a ranking").ranked;
        let of_hits = counted.hits.iter().map(|hit| (&hit.article.0, hit.score));
        assert!(of_hits.eq(ranked.iter().map(|ranked| (&ranked.article.0, ranked.score))), "{query}");
        assert_eq!(ranked.len() as u64, counted.total_articles.min(limit as u64), "{query}");
    }
}

/// An index of three segments.
fn indexed(dir: &std::path::Path, articles: &[(ArticleId, Article)]) -> Archive {
    for articles in articles.chunks(articles.len().div_ceil(3)) {
        let options = WriterOptions { threads: 1, memory: Budget::new(32 << 20), ..WriterOptions::default() };
        let mut writer = Writer::open(dir, options).expect("a writer");
        for (id, article) in articles {
            let number = writer.take_number();
            let from = Provenance {
                path: &id.0,
                root: None,
                record: None,
                hash: [0; 32],
                url: address_of(id),
                language: Language::default(),
            };
            writer.put(number, id, PreparedArticle::new(article.clone(), from, |_| None)).expect("put");
            let entry = FileEntry { articles: 1, ..FileEntry::new(number, &id.0, "", blake3::hash(b"")) };
            writer.enter(&entry);
        }
        writer.commit().expect("committed");
        writer.close().expect("closed");
    }
    Archive::open(dir).expect("an index")
}
