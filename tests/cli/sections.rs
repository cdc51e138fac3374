//! The part of the paper and the printed page: read of every form that states them, found, shown, kept.

use std::fs;

use serde_json::{Value, json};

use super::support::{Archive, text};

const PAGE: &str = "<!DOCTYPE html>
<html><head><title>Ferry stays in port</title><meta property=\"article:section\" content=\"Harbour News\">
<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"Ferry stays in port\", \"articleSection\": [\"Harbour News\"],
\"printPage\": \"C4\"}</script></head><body><main><h1>Ferry stays in port</h1>
<p>The last ferry to the outer islands will stay in port until the ice breaks, the office said on Friday.</p>
<p>Some forty people spent the night in the waiting room, where volunteers had put up beds and a stove.</p>
</main></body></html>
";

const RECORDS: &str = r#"{"id":"quay","title":"Quay falls","section":"Sport","page":"B22","body":"The quay fell at noon."}
{"id":"list","title":"Quay rises","section":["World","Europe"],"page":{"size":10},"body":"The quay rose."}
{"id":"none","title":"Quay waits","body":"Sport on page B22 of the quay's paper."}
"#;

const EXPORT: &str = "
                        1 of 1 DOCUMENTS

                          The Tamsin Post

                      March 3, 2014 Monday

The strait freezes

SECTION: FOREIGN DESK; Pg. 16, Column 2

LENGTH: 9 words

The strait froze at noon.

LOAD-DATE: March 4, 2014
";

fn archive() -> Archive {
    Archive::indexed(&[
        ("ferry.html", PAGE),
        ("quay.jsonl", RECORDS),
        ("strait.txt", EXPORT),
        ("table.csv", "title,text,desk of origin,page\nMast falls,The mast fell.,Night Desk,Seite 3\n"),
    ])
}

#[test]
fn articles_are_found_by_section_and_page() {
    let archive = archive();
    for (query, found) in [
        ("section:sport", &["quay"][..]),
        ("section:\"harbour news\"", &["ferry"]),
        ("section:europe", &["list"]),
        ("section:\"foreign desk\" page:16", &["strait#1"]),
        ("page:b22", &["quay"]),
        ("page:c*", &["ferry"]),
        ("page:10", &[]),
        ("page:3", &["table#1"]),
        ("quay -section:sport", &["list", "none"]),
        ("SECTION(sport)", &["quay"]),
    ] {
        let mut articles = archive.found(&[query]);
        articles.sort();
        assert_eq!(articles, found, "{query}");
    }
}

#[test]
fn they_are_shown_and_kept() {
    let archive = archive();
    let field = |value: &str, rule: &str, line: u32| json!({ "value": value, "confidence": if rule == "record" { "given" } else { "high" }, "rule": rule, "lines": [line, line], "alternatives": [] });
    let of = |article: &Value| [article["section"].clone(), article["page"].clone()];
    let ferry = &archive.hits(&["section:harbour"])[0];
    assert_eq!(of(ferry), [field("Harbour News", "article:section", 2), field("C4", "json-ld", 4)]);
    let shown = archive.run(&["show", "quay"]).stdout;
    assert!(
        shown.contains("\nsection   Sport  (given, record, line 1)\npage      B22  (given, record, line 1)\n"),
        "{shown}"
    );
    let inspected = archive.run(&["inspect", "articles/strait.txt"]).stdout;
    assert!(inspected.contains("\nsection     FOREIGN DESK  (given, record"), "{inspected}");
    let listed = archive.run(&["list", "--format", "csv"]);
    assert!(listed.stdout.contains(",Sport,B22,"), "{listed:?}");
    // an index of the format before has none of it, and is salvaged all the same
    let before: Vec<[Value; 2]> = ["quay", "ferry"].iter().map(|id| of(&json(&archive, id, "index"))).collect();
    let mark = archive.dir.path().join("index/dateline.json");
    let written: Value = serde_json::from_str(&fs::read_to_string(&mark).expect("a mark")).expect("JSON");
    let older = json!({ "format": "6", "analyzer": written["analyzer"], "language": written["language"] });
    fs::write(&mark, older.to_string()).expect("written");
    let refused = archive.run(&["query", "quay"]);
    assert!(refused.status == 2 && refused.stderr.contains("`dateline salvage`"), "{refused:?}");
    fs::write(archive.dir.path().join("saved.jsonl"), archive.run(&["salvage"]).stdout).expect("written");
    assert_eq!(archive.run(&["index", "saved.jsonl", "--index", "again"]).status, 0);
    let value = |field: &Value| text(&field["value"]);
    for (id, before) in ["quay", "ferry"].iter().zip(before) {
        assert_eq!(of(&json(&archive, id, "again")).each_ref().map(value), before.each_ref().map(value), "{id}");
    }
}

fn json(archive: &Archive, id: &str, index: &str) -> Value {
    let run = archive.run(&["show", id, "--format", "json", "--index", index]);
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"))
}
