//! `--explain`: the parts add up to the score, and the frequencies are those of the archive.

use std::path::Path;

use serde_json::Value;

use super::support::{Archive, number, text};

fn seeds() -> Archive {
    Archive::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles"))
}

fn real(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// Asserts that `parts` add up to `whole` but for the rounding of single precision.
fn assert_sum(what: &str, whole: f64, parts: impl Iterator<Item = f64>) {
    let sum: f64 = parts.sum();
    assert!((whole - sum).abs() <= 1e-5 * whole.max(1.0), "{what}: {whole} is not {sum}");
}

fn assert_adds_up(what: &str, hit: &Value) {
    let told = &hit["explain"];
    let parts = ["article", "passage", "headline", "nearness", "missing", "around", "recency"];
    assert_sum(what, real(&hit["score"]), parts.iter().map(|part| real(&told[part])));
    let words: f64 = parts[..5].iter().map(|part| real(&told[part])).sum();
    let times = told["times"].as_array().expect("times");
    let gained = real(&told["around"]) + real(&told["recency"]);
    assert_sum("times", gained, times.iter().map(|time| words * real(&time["share"])));
    let terms = told["terms"].as_array().expect("terms");
    for part in ["article", "passage", "headline"] {
        assert_sum(part, real(&told[part]), terms.iter().map(|term| real(&term[part]["value"])));
    }
    let pairs = told["pairs"].as_array().expect("pairs");
    assert_sum("nearness", real(&told["nearness"]), pairs.iter().map(|pair| real(&pair["value"])));
}

#[test]
fn the_parts_add_up_to_the_score_whatever_is_asked() {
    let archive = seeds();
    let rows: &[&[&str]] = &[
        &["Helsinki venue"],
        &["Helsinki venue", "--expand"],
        &["Helsinki venue", "--offset", "3"],
        &["the summit between Trump and Putin will be held in which city?", "--per-article", "5", "-n", "40"],
        &["harbour council", "--recency", "90", "--expand"],
        &["harbour council", "--recency", "90", "--around", "2018-06~3"],
        &["harbour council June 2018"],
        &["harbour", "--sort", "newest"],
        &["\"security council\" harbour^3"],
        &["sanction* OR Helsinky~1 OR =Helsinki"],
        &["Bolton NEAR/8 Moscow", "+Putin", "-football"],
        &["(council town) SAME mayor", "--by", "article"],
        &["headline:summit Helsinki", "outlet:gazette"],
        &["outlet:gazette"],
        &["summit summit summit venue"],
    ];
    let (mut pairs, mut added, mut recent, mut near) = (0, 0, 0, 0);
    for args in rows {
        let hits = archive.hits(&[&["--explain"], *args].concat());
        assert!(!hits.is_empty(), "{args:?}");
        for hit in &hits {
            assert_adds_up(&format!("{args:?} {}", hit["id"]), hit);
            pairs += hit["explain"]["pairs"].as_array().map_or(0, Vec::len);
            added +=
                hit["explain"]["terms"].as_array().into_iter().flatten().filter(|term| term["added"] == true).count();
            recent += usize::from(real(&hit["explain"]["recency"]) > 0.0);
            near += usize::from(real(&hit["explain"]["around"]) > 0.0);
        }
        let plain = archive.hits(args);
        assert!(plain.iter().all(|hit| hit["explain"].is_null()));
        let scores = |hits: &[Value]| hits.iter().map(|hit| hit["score"].clone()).collect::<Vec<_>>();
        assert_eq!(scores(&hits), scores(&plain), "explaining changes nothing");
    }
    let found = [pairs, added, recent, near];
    assert!(found.iter().all(|count| *count > 0), "pairs, words added, recent, near a time: {found:?}");
}

#[test]
fn a_terms_frequencies_are_those_of_archive_article_and_passage() {
    let archive = Archive::indexed(&[
        (
            "a.txt",
            "Ferry to Ostrand\n\nThe ferry left the harbour at noon with the mayor, and a second ferry followed it.\n",
        ),
        (
            "b.txt",
            "Mayor speaks\n\nThe mayor of the town said that the harbour would be closed on the day after tomorrow.\n",
        ),
        (
            "c.txt",
            "Trams stop\n\nThe trams stood still for an hour on Monday, said the company that runs all of them.\n",
        ),
    ]);
    let hit = archive.hits(&["ferry harbour", "--explain"]).remove(0);
    assert_eq!(text(&hit["article"]), "a");
    let terms = hit["explain"]["terms"].as_array().expect("terms");
    // term, articles with it, tf in article (a headline's match counts thrice), passage, headline
    for (term, expected) in terms.iter().zip([("ferry", 1, 5, 2, 1), ("harbour", 2, 1, 1, 0)]) {
        let told = ["article", "passage", "headline"].map(|part| real(&term[part]["tf"]) as u64);
        let df = number(&term["words"][0]["df"]);
        assert_eq!(
            (text(&term["term"]).as_str(), df, told),
            (expected.0, expected.1, [expected.2, expected.3, expected.4])
        );
        let df = df as f64;
        assert!((real(&term["idf"]) - (1.0 + (3.0 - df + 0.5) / (df + 0.5)).ln()).abs() < 1e-6);
    }
}

#[test]
fn a_person_reads_a_sum_and_a_table() {
    let archive = Archive::indexed(&[
        (
            "a.txt",
            "Ferry to Ostrand\n\nThe ferry left the harbour at noon with the mayor, and a second ferry followed it.\n",
        ),
        (
            "b.txt",
            "Mayor speaks\n\nThe mayor of the town said that the harbour would be closed on the day after tomorrow.\n",
        ),
    ]);
    insta::assert_snapshot!(archive.run(&["query", "ferry", "harbour", "airship", "--explain", "-n", "1"]).stdout);
}
