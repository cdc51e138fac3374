//! The five real articles that are not part of the project.

use serde_json::Value;

use super::support::{Archive, highlighted, number, shared, text};

fn seeds() -> Archive {
    Archive::of_folder(&shared("seeds"))
}

#[test]
#[ignore = "needs ../shared/seeds"]
fn the_venue_is_found_first() {
    let archive = seeds();
    let hits = archive.hits(&["Helsinki venue"]);
    let best: Vec<String> = hits.iter().take(4).map(|h| text(&h["article"])[..3].to_owned()).collect();
    assert_eq!(best[0], "001");
    assert!(best.contains(&"003".to_owned()) && best.contains(&"004".to_owned()), "{best:?}");
    assert!(text(&hits[0]["text"]).contains("Vienna and Helsinki were cited as possible venues."));
    assert_eq!(highlighted(&hits[0]), ["Helsinki", "venues"]);
    for hit in hits.iter().take(4).filter(|h| !text(&h["article"]).starts_with("000")) {
        assert!(highlighted(hit).contains(&"Helsinki".to_owned()), "{hit}");
    }
}

#[test]
#[ignore = "needs ../shared/seeds"]
fn furniture_is_not_found() {
    let archive = seeds();
    let run = archive.run(&["query", "cheap nrl jerseys"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert_eq!(archive.run(&["query", "Gatesville"]).status, 1, "a related item");
}

#[test]
#[ignore = "needs ../shared/seeds"]
fn a_phrase_is_marked_as_one() {
    let archive = seeds();
    let hits = archive.hits(&["\"security council\""]);
    assert!(!hits.is_empty());
    for span in hits.iter().flat_map(highlighted) {
        let words = span.to_lowercase();
        assert!(words.starts_with("security council"), "{span}");
    }
}

#[test]
#[ignore = "needs ../shared/seeds"]
fn an_excluded_city_is_nowhere() {
    let archive = seeds();
    let hits = archive.hits(&["summit", "-Helsinki"]);
    assert!(!hits.is_empty());
    for hit in hits {
        let run = archive.run(&["show", &text(&hit["article"])]);
        assert!(!run.stdout.contains("Helsinki"), "{}", hit["article"]);
    }
}

#[test]
#[ignore = "needs ../shared/seeds"]
fn a_day_keeps_what_is_known_to_be_of_it() {
    let archive = seeds();
    let args = ["query", "Putin", "--after", "2018-06-27", "--before", "2018-06-27", "--format", "json"];
    let answer: Value = serde_json::from_str(&archive.run(&args).stdout).expect("JSON");
    let ids: Vec<String> =
        answer["hits"].as_array().expect("hits").iter().map(|h| text(&h["article"])[..3].to_owned()).collect();
    assert_eq!(ids, ["002"]);
    assert_eq!(number(&answer["left_out"]), 4);
}
