//! What introduces a text, and bodies in doubt: found, cited, shown, counted, and kept when an archive is salvaged.

use std::fs;

use serde_json::{Value, json};

use super::support::Archive;

const INTRODUCED: &str = "<!DOCTYPE html>
<html><head><title>Ferry stays in port</title></head><body><main><h1>Ferry stays in port until the ice breaks</h1>
<p class=\"standfirst\">Passengers of the Marrow line must wait for warmer days.</p>
<div class=body><p>The last ferry to the outer islands will stay in port until the ice breaks, the office said.</p>
<p>Some forty people spent the night in the waiting room, where volunteers had put up beds and a stove.</p>
</div></main></body></html>
";

const STATED: &str = "<!DOCTYPE html>
<html><head><title>Quay falls at noon</title><script type=\"application/ld+json\">{\"@type\": \"NewsArticle\",
\"headline\": \"Quay falls at noon\", \"articleBody\": \"The old quay fell into the harbour at noon, and nobody was on it but gulls. It had stood for ninety years, the harbour office said, and had been closed to lorries since the spring of that year, when a stone came loose.\"}</script>
</head><body><main><h1>Quay falls at noon</h1><p>Subscribe to read.</p></main></body></html>
";

fn archive() -> Archive {
    Archive::indexed(&[("ferry.html", INTRODUCED.to_owned()), ("quay.html", STATED.to_owned())])
}

fn shown(archive: &Archive, id: &str, index: &str) -> Value {
    let run = archive.run(&["show", id, "--format", "json", "--index", index]);
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"))
}

#[test]
fn a_standfirst_is_found_cited_and_shown() {
    let archive = archive();
    let run = archive.run(&["query", "Marrow", "--format", "jsonl"]);
    let hit: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    assert_eq!((&hit["id"], &hit["source"]["lines"]), (&json!("ferry:1"), &json!([3, 5])));
    let article = shown(&archive, "ferry", "index");
    assert_eq!(
        article["standfirst"],
        json!({
            "value": "Passengers of the Marrow line must wait for warmer days.",
            "confidence": "high", "rule": "class", "lines": [3, 3], "alternatives": [],
        })
    );
    let text = archive.run(&["show", "ferry"]).stdout;
    assert!(text.contains("\n  Passengers of the Marrow line must wait for warmer days.\n  The last ferry"), "{text}");
}

#[test]
fn bodies_in_doubt_are_counted() {
    let archive = archive();
    let stats: Value = serde_json::from_str(&archive.run(&["stats", "--format", "json"]).stdout).expect("JSON");
    let count = |name: &str, count: u32| json!({ "name": name, "count": count });
    let wanted = ["no_body", "small_body", "other_length", "stated_body", "all_furniture"];
    assert_eq!(stats["doubtful"], json!(wanted.map(|name| count(name, u32::from(name == "stated_body")))));
    let text = archive.run(&["stats"]).stdout;
    assert!(text.contains("bodies in doubt\nstated_body  1"), "{text}");
    let text = archive.run(&["show", "quay"]).stdout;
    assert!(text.contains("\nbody      in doubt: as the page states it for machines"), "{text}");
    assert_eq!(shown(&archive, "quay", "index")["doubt"], "stated_body");
}

#[test]
fn both_are_carried_over() {
    let archive = archive();
    fs::write(archive.dir.path().join("saved.jsonl"), archive.run(&["salvage"]).stdout).expect("written");
    assert_eq!(archive.run(&["index", "saved.jsonl", "--index", "again"]).status, 0);
    let (mut before, again) = (shown(&archive, "ferry", "index"), shown(&archive, "ferry", "again"));
    before["standfirst"]["lines"].take();
    assert_eq!(again["standfirst"], before["standfirst"]);
    assert_eq!(shown(&archive, "quay", "again")["doubt"], "stated_body");
    let doubtful = |index: &str| {
        let run = archive.run(&["stats", "--format", "json", "--index", index]);
        serde_json::from_str::<Value>(&run.stdout).expect("JSON")["doubtful"].take()
    };
    assert_eq!(doubtful("again"), doubtful("index"));
}
