//! Dates that are asked for, excluded and preferred.

use std::fs;

use serde_json::Value;

use super::support::{Archive, text};

/// Five articles of the same words, of other times; ids in the order in which they rank where dates say nothing.
fn flood() -> Archive {
    let article = |id: &str, date: &str| {
        let date = if date.is_empty() { String::new() } else { format!(r#""date":"{date}","#) };
        format!(
            r#"{{"id":"{id}",{date}"headline":"Flood in Lindhaven","body":"The river rose over its banks on Monday, and the council met in the old hall."}}"#
        ) + "\n"
    };
    let articles = [
        article("a-undated", ""),
        article("b-may", "2017-05-20"),
        article("c-june", "2018-06-27"),
        article("d-year", "2017"),
        article("e-later", "2018-08-01T10:00"),
    ];
    Archive::indexed(&[("flood.jsonl", articles.concat())])
}

#[test]
fn dates_keep_and_exclude_what_surely_is_of_them() {
    let archive = flood();
    for (query, expected) in [
        ("flood date:2017", "b-may d-year"),
        ("flood date:2017-05", "b-may"),
        ("flood date:>2017", "c-june e-later"),
        ("flood date:>=2017", "b-may c-june d-year e-later"),
        ("flood date:<2018-07", "b-may c-june d-year"),
        ("flood date:[2017-05-20 TO 2018-06]", "b-may c-june"),
        ("flood date:{2017 TO 2018-08}", "c-june"),
        ("flood date:[* TO 2017]", "b-may d-year"),
        ("flood -date:2017", "a-undated c-june e-later"),
        ("flood NOT date:2017-05", "a-undated c-june d-year e-later"),
        ("flood date:2018 -date:2018-06", "e-later"),
        ("-date:2018 -date:2017-05-20", "a-undated d-year"),
        ("flood -after:2018-07", "a-undated b-may c-june d-year"),
        ("=Flood -date:2017", "a-undated c-june e-later"),
    ] {
        let mut found = archive.found(&[query]);
        found.sort();
        assert_eq!(found.join(" "), expected, "{query}");
    }
}

#[test]
fn what_is_nearest_to_a_time_comes_first_and_nothing_goes() {
    let archive = flood();
    let usual = "a-undated b-may c-june d-year e-later";
    for (args, expected) in [
        (&["flood"][..], usual),
        (&["flood around:2018-06"], "c-june e-later d-year b-may a-undated"),
        (&["flood around:2018-06~0.5"], "c-june a-undated b-may d-year e-later"),
        (&["flood", "--around", "june 2018"], "c-june e-later d-year b-may a-undated"),
        (&["flood around:2017-05-20"], "b-may d-year c-june e-later a-undated"),
        (&["flood around:2018-06-20 around:2017-05"], "b-may d-year c-june e-later a-undated"),
        (&["flood around:2018-06-20^3 around:2017-05"], "c-june e-later b-may d-year a-undated"),
        (&["flood", "--recency", "30"], "e-later c-june d-year b-may a-undated"),
        (&["flood", "--recency", "30", "--around", "2017-05"], "e-later c-june d-year b-may a-undated"),
        (&["flood", "--around", "2018-06", "--weights", "around=0"], usual),
        (&["flood", "--around", "2018-06", "--sort", "oldest"], "d-year b-may c-june e-later a-undated"),
        // dates that are typed
        (&["flood June 2018"], "c-june e-later d-year b-may a-undated"),
        (&["flood 2017"], "b-may d-year c-june e-later a-undated"),
        (&["flood May 20, 2017"], "b-may d-year c-june e-later a-undated"),
        (&["flood \"2017\""], usual),
        (&["flood =2017"], usual),
        (&["flood OR 2017"], usual),
        (&["flood 2017 around:2018-06"], "c-june e-later d-year b-may a-undated"),
    ] {
        let found = archive.found(args);
        assert_eq!(found.join(" "), expected, "{args:?}");
    }
}

#[test]
fn what_counts_as_a_date_is_told() {
    let archive = flood();
    let answer = |args: &[&str]| -> Value {
        let run = archive.run(&[&["query", "--format", "json"], args].concat());
        serde_json::from_str(&run.stdout).expect("JSON")
    };
    for (typed, read_as) in [
        ("flood 2017", "flood 2017 around:2017^0.5"),
        ("flood June 2018", "flood June 2018 around:2018-06"),
        ("flood \"June 2018\"", "flood \"June 2018\""),
    ] {
        assert_eq!(text(&answer(&[typed])["read_as"]), read_as);
        let told = archive.run(&["query", typed]).stderr;
        assert_eq!(told.contains(&format!("read as: {read_as}\n")), read_as.contains("around:"), "{told}");
    }
    let hit = &answer(&["flood June 2018", "--explain"])["hits"][1];
    let time = &hit["explain"]["times"][0];
    assert_eq!(
        (text(&time["time"]), time["days"].as_f64(), time["half_life"].as_f64()),
        ("2018-06".to_owned(), Some(32.0), Some(30.0))
    );
    let run = archive.run(&["query", "around:2018"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("around: prefers some of what is found, and nothing is asked for"), "{}", run.stderr);
    let run = archive.run(&["query", "flood", "--around", "soon"]);
    assert_eq!((run.status, run.stderr.contains("--around \"soon\" is no date; write 2022-07")), (2, true), "{run:?}");
}

#[test]
fn a_range_that_no_article_lies_in_says_what_the_archive_spans() {
    let archive = flood();
    let span = "the archive's dates run from 2017-01-01 to 2018-08-01";
    for (args, told) in [
        (&["flood date:2031"][..], Some("no article is dated in 2031; ")),
        (&["flood", "--after", "2031-02-03"], Some("no article is dated in 2031-02-03 or later; ")),
        (&["date:2016-02-01..2016-03"], Some("no article is dated between 2016-02-01 and 2016-03; ")),
        (&["date:2018-06-28"], Some("no article is dated on 2018-06-28; ")),
        (&["zebra date:2018"], None),
        (&["flood date:2018 -date:2018"], None),
        (&["flood date:2017 date:2018"], None),
    ] {
        let run = archive.run(&[&["query", "--format", "json"], args].concat());
        let answer: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let notes: Vec<String> = answer["notes"].as_array().into_iter().flatten().map(text).collect();
        let expected: Vec<String> = told.iter().map(|told| format!("{told}{span}")).collect();
        let is_vacant = |note: &&String| note.starts_with("no article is dated");
        assert_eq!(notes.iter().filter(is_vacant).cloned().collect::<Vec<_>>(), expected, "{args:?}");
        assert_eq!((run.status, run.stderr.contains(span)), (1, told.is_some()), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn topics_have_times_of_their_own_or_one_for_all() {
    let archive = flood();
    let file = archive.dir.path().join("topics.jsonl");
    let file = file.to_str().expect("a name");
    let first = |topics: &str, flags: &[&str]| {
        fs::write(file, topics).expect("written");
        let run = archive.run(&[&["batch", file], flags].concat());
        assert_eq!(run.status, 0, "{run:?}");
        run.stdout.split(' ').nth(2).unwrap_or_default().to_owned()
    };
    let plain = r#"{"id": 1, "query": "flood"}"#;
    let dated = r#"{"id": 1, "query": "flood", "date": "2017-05-20"}"#;
    for (topics, flags, expected) in [
        (plain, &[][..], "a-undated"),
        (dated, &[], "b-may"),
        ("id,query,around\n1,flood,june 2018~10\n", &[], "c-june"),
        (r#"{"id": 1, "query": "flood", "date": 2017}"#, &[], "b-may"),
        (plain, &["--around", "june 2018"], "c-june"),
        (dated, &["--around", "june 2018"], "b-may"),
        (plain, &["--recency", "30"], "e-later"),
        // in plain words a month of a year is a date, a year alone is a number
        (r#"{"id": 1, "query": "flood June 2018"}"#, &[], "c-june"),
        (r#"{"id": 1, "query": "flood 2017"}"#, &[], "a-undated"),
        (r#"{"id": 1, "query": "flood 2017"}"#, &["--syntax"], "b-may"),
    ] {
        assert_eq!(first(topics, flags), expected, "{topics} {flags:?}");
    }
    fs::write(file, r#"{"id": 1, "query": "flood", "date": "soon"}"#).expect("written");
    let run = archive.run(&["batch", file]);
    assert!(
        run.status == 2 && run.stderr.contains("topics.jsonl: line 1: topic 1: --around \"soon\" is no date"),
        "{run:?}"
    );
}
