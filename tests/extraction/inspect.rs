//! `dateline inspect`: real output against its schema, and nothing that steers a terminal.

use std::io::Cursor;
use std::path::Path;

use dateline::extract::extract;
use dateline::render::inspect;
use dateline::render::terminal::Screen;
use dateline::source::{Chunks, ReadOptions};
use serde_json::Value;

use super::support::{HEADLINE, LEAD, SECOND};

/// Both renderings of every record of a file.
fn renderings(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let reader = Box::new(Cursor::new(bytes.to_vec()));
    let chunks =
        Chunks::from_reader(Path::new(name), reader, &ReadOptions::default()).unwrap_or_else(|e| panic!("{e}"));
    let screen = Screen { colour: false, width: 100 };
    let mut all = Vec::new();
    for chunk in chunks {
        let chunk = chunk.unwrap_or_else(|e| panic!("{e}"));
        for record in chunk.records().filter_map(Result::ok) {
            let extraction = extract(&record);
            all.push((inspect::text(name, &record, &extraction, screen), inspect::json(name, &record, &extraction)));
        }
    }
    all
}

fn validate(line: &str) {
    let schema: Value = serde_json::from_str(include_str!("../schemas/inspect.schema.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|e| panic!("{e}"));
    let value: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    let errors: Vec<String> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?}\n{line}");
}

#[test]
fn json_keeps_to_its_schema() {
    let page = format!(
        "Watch CBS News\n\n date 2018-06-27 {HEADLINE}\n\nBy Anna Kowal\n27 June 2018 22:36 (UTC+04:00)\n\nOSLO, June 27 (AP) — {LEAD}\n\nDetails unclear\n\n{SECOND}\n\nFollow Trend on Telegram\nUpdated: 28 June 2018\n© 2018 Kell Bay Times"
    );
    for (_, line) in renderings("page.txt", page.as_bytes()) {
        validate(&line);
    }
    let feed = format!(
        "{{\"title\":\"{HEADLINE}\",\"date\":\"soon\",\"text\":\"{LEAD}\\n\\nAdvertisement\"}}\n{{\"text\":\"{SECOND}\"}}\n"
    );
    let lines = renderings("feed.jsonl", feed.as_bytes());
    assert_eq!(lines.len(), 2);
    lines.iter().for_each(|(_, line)| validate(line));
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    for file in ["a3f9c2.txt", "science/eel-mystery.txt", "security/bank-site-defaced.txt"] {
        let bytes = std::fs::read(seeds.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        renderings(file, &bytes).iter().for_each(|(_, line)| validate(line));
    }
}

#[test]
fn text_shows_every_line_with_what_became_of_it() {
    let page = format!("Breaking News\n\n{HEADLINE}\n\nOSLO (AP) — {LEAD}\n\n{SECOND}\n");
    let text = &renderings("page.txt", page.as_bytes())[0].0;
    for row in [
        "    1  label         Breaking News",
        "    3  headline      Island ferry",
        "    5  body          OSLO (AP)",
        "cut date_line: \"OSLO (AP) — \"",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
    assert!(text.contains("place       Oslo  (high, dateline, line 5)") && text.contains("credit      AP"), "{text}");
}

#[test]
fn nothing_that_steers_a_terminal_is_printed_raw() {
    let page = format!("{HEADLINE} \u{1b}[31mred\u{202e}\n\n{LEAD} \u{9b}2J\n\n{SECOND}\n");
    for (text, line) in renderings("page.txt", page.as_bytes()) {
        for c in ['\u{1b}', '\u{9b}', '\u{202e}'] {
            assert!(!text.contains(c) && !line.contains(c), "{c:?}");
        }
    }
}
