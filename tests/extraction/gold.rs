//! Extraction measured on the shipped articles: what is right, wrong, invented or missed, and floors that never fall
//! silently. `cargo test --test library gold -- --nocapture` prints the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::article::BlockKind;
use dateline::extract::{Extraction, Fate, extract};
use dateline::source::{ReadOptions, open};
use serde_json::{Value, json};

/// Answers of one field over all articles, and where they are not right.
#[derive(Default)]
struct Tally {
    right: u64,
    wrong: u64,
    invented: u64,
    missed: u64,
    remarks: Vec<String>,
}

impl Tally {
    fn count(&mut self, file: &str, gold: &Value, accept: Option<&Value>, found: &Value) {
        let accepted = accept.and_then(Value::as_array).is_some_and(|all| all.contains(found));
        if gold == found || accepted {
            self.right += 1;
            return;
        }
        match (gold, found) {
            (Value::Null, _) => self.invented += 1,
            (_, Value::Null) => self.missed += 1,
            _ => self.wrong += 1,
        }
        self.remarks.push(format!("{file}: {found} for {gold}"));
    }
}

/// Lines of a file by label, the gold's or those found.
type Labels = BTreeMap<u32, String>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

fn gold_labels(article: &Value) -> Labels {
    let mut labels = Labels::new();
    for (key, label) in article["drop_lines"].as_object().into_iter().flatten() {
        let (first, last) = key.split_once('-').unwrap_or((key, key));
        let lines = first.parse().expect("a line")..=last.parse().expect("a line");
        labels.extend(lines.map(|line| (line, label.as_str().unwrap_or("").to_owned())));
    }
    labels
}

fn found_labels(extraction: &Extraction) -> Labels {
    let dropped = |fate| if let Fate::Dropped(label) = fate { Some(label) } else { None };
    extraction.fates.iter().filter_map(|f| dropped(f.fate).map(|label| (f.line, label.to_string()))).collect()
}

fn tally_lines(file: &str, gold: &Labels, found: &Labels, tallies: &mut BTreeMap<&str, Tally>) {
    let lines: BTreeSet<&u32> = gold.keys().chain(found.keys()).collect();
    for line in lines {
        let (wanted, got) = (gold.get(line), found.get(line));
        let dropped = tallies.entry("dropped lines").or_default();
        dropped.count(&format!("{file}:{line}"), &json!(wanted.is_some()), None, &json!(got.is_some()));
        if let (Some(wanted), Some(got)) = (wanted, got) {
            tallies.entry("labels").or_default().count(&format!("{file}:{line}"), &json!(wanted), None, &json!(got));
        }
    }
}

fn tally(file: &str, gold: &Value, text: &str, extraction: &Extraction, tallies: &mut BTreeMap<&str, Tally>) {
    let article = &extraction.article;
    let value = |field: &Option<dateline::article::Field<String>>| json!(field.as_ref().map(|f| &f.value));
    let subheads: Vec<&str> =
        article.body.iter().filter(|b| b.kind == BlockKind::Subhead).map(|b| b.text.as_str()).collect();
    let cuts: BTreeMap<String, &str> =
        extraction.cuts.iter().map(|c| (c.lines.first.to_string(), &text[c.span.range()])).collect();
    let rows = [
        ("headline", value(&article.headline)),
        ("outlet", value(&article.outlet)),
        ("date", json!(article.date.as_ref().map(|f| f.value))),
        ("byline", value(&article.byline)),
        ("dateline_place", value(&article.dateline_place)),
        ("credit", json!(article.credit)),
        ("body_blocks", json!(article.body.len())),
        ("subheads", json!(subheads)),
        ("cut_prefix", json!(cuts)),
    ];
    for (field, found) in rows {
        let accept = gold.get(format!("{field}_accept"));
        let absent = if matches!(field, "credit" | "subheads") { json!([]) } else { Value::Null };
        let wanted = gold.get(field).unwrap_or(&absent);
        tallies.entry(field).or_default().count(file, wanted, accept, &found);
        let never = gold[format!("{field}_never")].as_array().is_some_and(|all| all.contains(&found));
        let never = never && !found.is_null();
        tallies.entry("never").or_default().count(
            &format!("{file}: {field} {found}"),
            &json!(false),
            None,
            &json!(never),
        );
    }
    tally_lines(file, &gold_labels(gold), &found_labels(extraction), tallies);
}

fn table(tallies: &BTreeMap<&str, Tally>) -> String {
    let mut out = format!("{:<16}{:>7}{:>7}{:>10}{:>8}\n", "field", "right", "wrong", "invented", "missed");
    for (field, t) in tallies {
        let _ = writeln!(out, "{field:<16}{:>7}{:>7}{:>10}{:>8}", t.right, t.wrong, t.invented, t.missed);
    }
    for (field, t) in tallies {
        t.remarks.iter().for_each(|remark| {
            let _ = writeln!(out, "{field}: {remark}");
        });
    }
    out
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what a person runs this test for")]
fn fields_of_the_shipped_articles_stay_above_their_floors() {
    let gold: Value = serde_json::from_slice(&fs::read(folder().join("gold.json")).expect("readable"))
        .expect("seeds/gold.json is JSON");
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for (file, wanted) in gold["articles"].as_object().expect("articles") {
        let mut chunks =
            open(&folder().join("articles").join(file), &ReadOptions::default()).unwrap_or_else(|e| panic!("{e}"));
        let chunk = chunks.next().expect("a chunk").unwrap_or_else(|e| panic!("{e}"));
        let record = chunk.records().next().expect("a record").unwrap_or_else(|e| panic!("{e}"));
        tally(file, wanted, &record.text, &extract(&record), &mut tallies);
    }
    let table = table(&tallies);
    println!("{table}");
    let floors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extraction-floors.json");
    let floors: BTreeMap<String, u64> = serde_json::from_slice(&fs::read(floors).expect("readable")).expect("floors");
    assert_eq!(tallies.get("never").map(|t| t.wrong), Some(0), "what must never be said was said\n{table}");
    let fallen: Vec<String> = floors
        .iter()
        .filter(|(field, floor)| tallies.get(field.as_str()).is_none_or(|t| t.right < **floor))
        .map(|(field, floor)| format!("{field} below {floor}"))
        .collect();
    assert!(fallen.is_empty(), "{}\n{table}", fallen.join("; "));
}
