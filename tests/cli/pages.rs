//! HTML pages from the index to the citation.

use std::fs;

use serde_json::json;

use super::support::{Archive, number, text};

const PAGE: &str = r#"<!DOCTYPE html>
<html><head>
<title>Ferry stays in port - The Tamsin Post</title>
<meta property="article:published_time" content="2019-11-20T23:35:00-05:00">
</head><body>
<nav><a href="/">Home</a> <a href="/ice">All about ice</a></nav>
<h1>Ferry stays in port</h1>
<div class="story-body">
<p>The last <b>ferry</b> to the outer islands will stay in port until the ice
  in the strait breaks &amp; the pilots return, the harbour office said.</p>
<aside>Ferry tickets are cheaper by the dozen, says an advertisement.</aside>
<p>Some forty people spent the night in the waiting room of the ferry.</p>
</div>
</body></html>
"#;

#[test]
fn a_page_is_found_and_cited_by_its_lines_and_bytes() {
    let archive =
        Archive::indexed(&[("ferry.html", PAGE.as_bytes()), ("saved-as.txt", b"\n<html><p>Nothing of it is here.")]);
    let hits = archive.hits(&["ferry pilots"]);
    let hit = &hits[0];
    assert_eq!(hits.len(), 1);
    assert_eq!(hit["headline"]["value"], "Ferry stays in port");
    assert_eq!(hit["outlet"]["value"], "The Tamsin Post");
    assert_eq!(hit["date"]["value"], "2019-11-20T23:35:00-05:00");
    assert_eq!(hit["source"]["lines"], json!([9, 12]));
    let bytes = fs::read(archive.articles().join("ferry.html")).expect("the page");
    let pieces = hit["source"]["pieces"].as_array().expect("pieces");
    let cut =
        |span: &serde_json::Value| String::from_utf8_lossy(&bytes[number(&span[0])..number(&span[1])]).into_owned();
    let pieces: Vec<String> = pieces.iter().map(cut).collect();
    let wanted = [
        "The last ",
        "ferry",
        " to the outer islands will stay in port until the ice\n  ",
        "in the strait breaks &amp; the pilots return, the harbour office said.",
        "Some forty people spent the night in the waiting room of the ferry.",
    ];
    assert_eq!(pieces, wanted);
    assert!(!text(&hit["text"]).contains("cheaper"));
}

#[test]
fn a_page_is_shown_and_inspected_with_the_lines_of_its_file() {
    let archive = Archive::indexed(&[("ferry.html", PAGE)]);
    let shown = archive.run(&["show", "ferry"]).stdout;
    assert!(shown.contains("ferry:1  line 9-12") && shown.contains("article:published_time, line 4"), "{shown}");
    let file = archive.articles().join("ferry.html");
    let inspected = archive.run(&["inspect", file.to_str().expect("a UTF-8 path")]).stdout;
    for row in ["    6  nav", "    7  headline", "    9  body", "   11  related", "   12  body"] {
        assert!(inspected.contains(row), "{row:?} in\n{inspected}");
    }
}
