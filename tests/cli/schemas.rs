//! The JSON that scripts read is what its schema says.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::support::{Archive, shared};

pub fn schema(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(name);
    let text = fs::read_to_string(path).expect("the schema");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

pub fn assert_valid(schema: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> = schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
}

fn check(archive: &Archive, words: &[&str]) {
    let (hit, answer) = (schema("hit.schema.json"), schema("answer.schema.json"));
    let hits = archive.hits(words);
    assert!(!hits.is_empty());
    hits.iter().for_each(|value| assert_valid(&hit, value));
    let run = archive.run(&[&["query", "--format", "json"], words].concat());
    let value: Value = serde_json::from_str(&run.stdout).expect("one object");
    assert_valid(&answer, &value);
    assert_eq!(value["hits"].as_array(), Some(&hits));
}

#[test]
fn an_answer_to_the_corrected_query_keeps_to_the_schema() {
    let archive = Archive::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles"));
    let run = archive.run(&["query", "--format", "json", "Helsinkki"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("one object");
    assert_valid(&schema("answer.schema.json"), &value);
    let shown = |hits: &Value| hits.as_array().map(Vec::len).unwrap_or_default();
    assert_eq!((run.status, shown(&value["hits"])), (1, 0));
    assert!(shown(&value["corrected"]["hits"]) > 0, "{value:#}");
}

#[test]
fn hits_and_answers_keep_to_their_schemas() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let archive = Archive::of_folder(&seeds);
    check(&archive, &["Helsinki venue", "-n", "30"]);
    check(&archive, &["harbour", "OR", "council", "-n", "30", "--by", "article"]);
    check(&archive, &["harbour", "council", "--explain", "--expand"]);
    check(&archive, &["harbour", "council", "--explain", "--around", "2018-06", "--recency", "30"]);
}

#[test]
#[ignore = "needs ../shared/seeds"]
fn answers_from_real_articles_keep_to_their_schemas() {
    check(&Archive::of_folder(&shared("seeds")), &["Putin"]);
}

#[test]
fn the_schema_refuses_what_a_hit_is_not() {
    let archive = Archive::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles"));
    let hit = archive.hits(&["Helsinki"]).remove(0);
    let schema = schema("hit.schema.json");
    for key in hit.as_object().expect("an object").keys() {
        let mut maimed = hit.clone();
        maimed.as_object_mut().expect("an object").remove(key);
        assert!(!schema.is_valid(&maimed), "without {key}");
    }
    let mut padded = hit.clone();
    padded["more"] = Value::from(1);
    assert!(!schema.is_valid(&padded));
}
