//! Office documents that others made, with gold: how many of their articles are read right.

use std::fs;
use std::io::Write;
use std::path::Path;

use dateline::extract::extract;
use dateline::source::{ReadOptions, open};
use serde_json::Value;

/// Where the documents lie, beside the project.
const SHARED: &str = "../shared/exports";

/// Kind, and the least of its articles whose headline, outlet, date and byline are right; then the invented values, at most.
const FLOORS: [(&str, usize, usize); 6] = [
    ("nexis-docx", 14, 0),
    ("nexis-rtf", 3, 0),
    ("apa-rtf", 11, 0),
    ("xlsx", 16, 0),
    ("epub", 2, 0),
    ("pdf-text", 4, 0),
];

/// A value as it is compared: case, blanks, quotes and what stands in brackets behind it aside.
fn even(value: &str) -> String {
    let value = value.split(" (").next().unwrap_or_default().to_lowercase();
    let value = value.replace(['“', '”', '„', '«', '»'], "\"").replace(['’', '‘'], "'");
    value.split_whitespace().collect::<Vec<_>>().join(" ").trim_start_matches("by ").to_owned()
}

#[test]
fn documents_of_others_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(SHARED);
    let Ok(gold) = fs::read(folder.join("expected.json")) else {
        writeln!(std::io::stderr(), "passed over: {SHARED} is not there").expect("stderr");
        return;
    };
    let gold: Value = serde_json::from_slice(&gold).expect("gold");
    let mut found: Vec<(&str, usize, usize)> = FLOORS.iter().map(|(kind, ..)| (*kind, 0, 0)).collect();
    for (name, file) in gold.as_object().expect("files") {
        let kind = file["kind"].as_str().expect("a kind");
        let Some((_, right, invented)) = found.iter_mut().find(|(known, ..)| *known == kind) else { continue };
        let chunks = open(&folder.join(name), &ReadOptions::default()).unwrap_or_else(|e| panic!("{e}"));
        let mut articles = Vec::new();
        for chunk in chunks {
            let chunk = chunk.unwrap_or_else(|e| panic!("{e}"));
            articles.extend(chunk.records().map(|r| extract(&r.unwrap_or_else(|e| panic!("{e}"))).article));
        }
        assert_eq!(articles.len() as u64, file["articles"].as_u64().expect("a number"), "{name}");
        for item in file["items"].as_array().expect("items") {
            let article = &articles[item["n"].as_u64().expect("a number") as usize - 1];
            let date = article.date.as_ref().map(|date| date.value.to_string());
            let day = date.as_deref().map(|date| date.get(..10).unwrap_or(date));
            let text =
                |field: &Option<dateline::article::Field<String>>| field.as_ref().map(|field| even(&field.value));
            let values = [
                (text(&article.headline), item["headline"].as_str().map(even)),
                (text(&article.outlet), item["outlet"].as_str().map(even)),
                (text(&article.byline), item["byline"].as_str().map(even)),
                (day.map(str::to_owned), item["date"].as_str().map(str::to_owned)),
            ];
            *right += usize::from(values.iter().all(|(value, wanted)| value == wanted));
            *invented += values.iter().filter(|(value, wanted)| value.is_some() && wanted.is_none()).count();
        }
    }
    writeln!(std::io::stderr(), "right and invented: {found:?}").expect("stderr");
    for ((kind, least, most), (_, right, invented)) in FLOORS.into_iter().zip(found) {
        assert!(right >= least && invented <= most, "{kind}: {right} right, {invented} invented");
    }
}
