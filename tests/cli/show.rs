use std::fs;

use serde_json::Value;

use super::support::{Archive, text};

fn record() -> String {
    let body: Vec<String> =
        (1..=4).map(|n| format!("Paragraph {n} begins. {}", "It goes on for a while. ".repeat(17))).collect();
    let json = serde_json::json!({"id": "lamp:9", "outlet": "The Lantern Post", "date": "2018-06-27", "headline": "A lamp", "url": "https://example.org/lamp", "body": body.join("\n\n")});
    format!("{json}\n")
}

#[test]
fn an_article_is_shown_with_its_fields_and_a_passage_in_its_context() {
    let archive = Archive::indexed(&[("feed.jsonl", record())]);
    let run = archive.run(&["show", "lamp:9"]);
    assert_eq!(run.status, 0, "{run:?}");
    for part in ["A lamp\n", "outlet    The Lantern Post  (given, record", "2018-06-27", "lamp:9:4", "Paragraph 4"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let run = archive.run(&["show", "lamp:9:1"]);
    assert!(
        run.stdout.contains("Paragraph 1") && run.stdout.contains("Paragraph 2") && !run.stdout.contains("Paragraph 3")
    );
    let json: Value =
        serde_json::from_str(&archive.run(&["show", "lamp:9:3", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["passages"].as_array().map(Vec::len), Some(1));
    assert_eq!(text(&json["passages"][0]["id"]), "lamp:9:3");
}

#[test]
fn an_article_is_shown_when_its_file_is_gone_or_changed_and_that_is_said() {
    let archive = Archive::indexed(&[("feed.jsonl", record())]);
    assert_eq!(archive.run(&["show", "lamp:9"]).stderr, "");
    archive.write("feed.jsonl", record().replace("begins", "starts").as_bytes());
    assert!(archive.run(&["show", "lamp:9"]).stderr.contains("changed since it was indexed"));
    fs::remove_file(archive.articles().join("feed.jsonl")).expect("removed");
    let run = archive.run(&["show", "lamp:9"]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("articles/feed.jsonl: gone"), "{}", run.stderr);
    assert!(run.stdout.contains("Paragraph 4 begins"));
}

#[test]
fn what_is_not_there_is_no() {
    let archive = Archive::indexed(&[("feed.jsonl", record())]);
    for id in ["nothing", "lamp:8", "lamp:9:0", "lamp:9:99", ""] {
        assert_eq!(archive.run(&["show", id]).status, 1, "{id}");
    }
}

#[test]
fn an_id_that_list_prints_opens_its_article_whatever_passages_are_called() {
    let named = |id: &str| record().replace("lamp:9", id).replace("A lamp", &format!("The lamp {id}"));
    let archive = Archive::indexed(&[("feed.jsonl", named("A") + &named("A:3"))]);
    // what is typed, the article that is shown, what is told
    for (typed, headline, told) in [
        ("A", "The lamp A\n", ""),
        ("A:2", "The lamp A\n", ""),
        ("A:3", "The lamp A:3\n", "A:3 is an article of the archive; passage 3 of A stands in `dateline show A`\n"),
        ("A:3:1", "The lamp A:3\n", ""),
    ] {
        let run = archive.run(&["show", typed]);
        assert!(run.status == 0 && run.stdout.starts_with(headline), "{typed}: {run:?}");
        assert_eq!(run.stderr, told, "{typed}");
    }
}
