use super::support::{Archive, article, highlighted, number, text};

fn harbour() -> Archive {
    let mayor = article(
        "Mayor names Lindhaven as venue for the fisheries summit",
        &[
            "The mayor of Lindhaven said on Tuesday that the harbour hall would be the venue for the summit on fisheries quotas.",
            "Delegates from nine countries are expected, and the police have asked residents to leave their cars at home for the day.",
        ],
    );
    let quotas = article(
        "Fishing crews weigh new quotas",
        &[
            "Crews in Ostrava Bay met to talk about quotas that the ministry will set before the autumn, a skipper told reporters.",
            "The security council of the port met behind closed doors, and the plan for security at the quay will be published next week.",
        ],
    );
    let tram = article(
        "Tram line reopens after repairs",
        &[
            "The tram between the station and the university runs again after eleven weeks of repairs, the operator said on Friday.",
        ],
    );
    let feed = concat!(
        r#"{"id":"feed-1","outlet":"The Lantern Post","date":"2018-06-27","headline":"Summit talk in Lindhaven","body":"A summit was in the air on Wednesday."}"#,
        "\n",
        r#"{"id":"feed-2","outlet":"Radio Meridian","date":"2018","headline":"Summit year","body":"The year of the summit in review."}"#,
        "\n",
        r#"{"id":"feed-3","outlet":"Radio Meridian","date":"2018-07-02T08:00+02:00","title":"After the summit","text":"The summit is over, and the hall is quiet."}"#,
        "\n",
    );
    Archive::indexed(&[
        ("mayor.txt", mayor),
        ("quotas.txt", quotas),
        ("tram.txt", tram),
        ("feed.jsonl", feed.to_owned()),
    ])
}

#[test]
fn words_rank_the_passage_that_has_them_together() {
    let archive = harbour();
    let hits = archive.hits(&["Lindhaven venues"]);
    assert_eq!(text(&hits[0]["article"]), "mayor");
    assert_eq!(number(&hits[0]["rank"]), 1);
    assert!(highlighted(&hits[0]).contains(&"venue".to_owned()), "a stem matches");
    assert!(text(&hits[0]["snippet"]["text"]).contains("harbour hall"));
}

#[test]
fn what_a_query_looks_like_is_what_it_means() {
    let archive = harbour();
    // arguments, articles found (in any order)
    let rows: &[(&[&str], &[&str])] = &[
        (&["summit", "-Lindhaven"], &["feed-2", "feed-3"]),
        (&["summit -lindhaven"], &["feed-2", "feed-3"]),
        (&["--", "summit", "-lindhaven"], &["feed-2", "feed-3"]),
        (&["summit", "--after", "2018-06", "-n", "3"], &["feed-1", "feed-3"]),
        (&["summit", "--after", "2018-06-27", "--before", "2018-06-27"], &["feed-1"]),
        (&["summit", "date:2018"], &["feed-1", "feed-2", "feed-3"]),
        (&["summit", "--outlet", "radio meridian"], &["feed-2", "feed-3"]),
        (&["summit outlet:\"Radio Meridian\" after:2018-07"], &["feed-3"]),
        (&["summit -outlet:meridian"], &["feed-1", "mayor"]),
        (&["headline:summit"], &["feed-1", "feed-2", "feed-3", "mayor"]),
        (&["headline:quotas"], &["quotas"]),
        (&["+summit +quotas"], &["mayor"]),
        (&["\"security council\""], &["quotas"]),
        (&["\"council security\""], &[]),
        (&["outlet:meridian"], &["feed-2", "feed-3"]),
        (&["where is the tram?"], &["tram"]),
        (&["nowhere-to-be-found zzz"], &[]),
    ];
    for (args, expected) in rows {
        let mut found = archive.found(args);
        found.sort();
        assert_eq!(found, *expected, "{args:?}");
    }
}

#[test]
fn a_phrase_is_marked_only_as_a_phrase_and_excluded_words_never() {
    let archive = harbour();
    let hits = archive.hits(&["\"security council\""]);
    assert_eq!(highlighted(&hits[0]), ["security council"]);
    for hit in archive.hits(&["summit -quotas"]) {
        assert!(highlighted(&hit).iter().all(|word| word.to_lowercase().starts_with("summit")));
    }
}

#[test]
fn headline_words_are_marked_in_the_headline_alone() {
    let archive = harbour();
    let hits = archive.hits(&["headline:summit", "--outlet=Lantern"]);
    assert_eq!(hits[0]["headline"]["highlights"], serde_json::json!([[0, 6]]));
    assert!(highlighted(&hits[0]).is_empty());
}

#[test]
fn articles_left_out_for_their_date_are_counted_among_those_that_match() {
    let archive = harbour();
    let run = archive.run(&["query", "summit", "--after", "2018-06-27", "--before", "2018-06-27", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(number(&answer["total_articles"]), 1);
    // feed-2 knows only its year, the mayor's article no date; the tram's has no summit
    assert_eq!(number(&answer["left_out"]), 2);
    assert!(archive.run(&["query", "summit", "--after", "2018-07"]).stdout.contains("2 left out"));
}

#[test]
fn several_passages_of_an_article_when_asked_for() {
    let long: Vec<String> = (0..6)
        .map(|n| format!("Paragraph {n} tells of the lighthouse. {}", "It goes on for a while. ".repeat(20)))
        .collect();
    let archive =
        Archive::indexed(&[("long.txt", article("A lighthouse", &long.iter().map(|p| p.trim()).collect::<Vec<_>>()))]);
    assert_eq!(archive.hits(&["lighthouse"]).len(), 1);
    let hits = archive.hits(&["lighthouse", "--per-article", "3"]);
    assert_eq!(hits.len(), 3);
    let ids: Vec<String> = hits.iter().map(|h| text(&h["id"])).collect();
    assert!(ids.iter().all(|id| id.starts_with("long:")), "{ids:?}");
    let articles = archive.hits(&["lighthouse", "--by", "article", "--per-article", "3"]);
    assert_eq!(articles.iter().map(|h| text(&h["id"])).collect::<Vec<_>>(), ["long"]);
}

#[test]
fn a_reading_that_is_not_the_obvious_one_is_told() {
    let archive = harbour();
    let run = archive.run(&["query", "\"harbour hall"]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("read as: \"harbour hall\""), "{}", run.stderr);
}

#[test]
fn the_same_query_gives_the_same_bytes() {
    let archive = harbour();
    let once = archive.run(&["query", "summit quotas", "--format", "json"]).stdout;
    assert_eq!(archive.run(&["query", "summit quotas", "--format", "json"]).stdout, once);
}

#[test]
fn text_is_for_people() {
    let archive = harbour();
    let run = archive.run(&["query", "fisheries venue"]);
    assert!(run.stdout.starts_with("1 passage from 1 article; 1 of 6 articles match\n"), "{}", run.stdout);
    assert!(run.stdout.contains("Mayor names Lindhaven as [venue] for the [fisheries] summit"), "{}", run.stdout);
    assert!(run.stdout.contains("no outlet · no date · articles/mayor.txt:3-5"), "{}", run.stdout);
}

#[test]
fn of_more_copies_than_candidates_the_first_by_id_are_shown() {
    let copy = |n: u32| format!("{{\"id\":\"copy-{n:03}\",\"body\":\"The ferry was late again.\"}}\n");
    let archive = Archive::indexed(&[("copies.jsonl", (0..700).rev().map(copy).collect::<String>())]);
    assert_eq!(archive.found(&["ferry", "-n", "3"]), ["copy-000", "copy-001", "copy-002"]);
    assert_eq!(archive.found(&["ferry", "-n", "650"]).last().map(String::as_str), Some("copy-649"));
}

#[test]
fn a_word_that_no_article_has_brings_suggestions() {
    let archive = harbour();
    let run = archive.run(&["query", "Lindhavn summit"]);
    assert!(run.stderr.contains("no article has \"Lindhavn\"; did you mean Lindhaven?\n"), "{}", run.stderr);
    assert!(archive.run(&["query", "zzzzzz"]).stderr.contains("no article has \"zzzzzz\"\n"));
    // query, what is suggested
    let rows: &[(&[&str], serde_json::Value)] = &[
        (&["summit quotas"], serde_json::json!([])),
        (
            &["quotsa +sumit"],
            serde_json::json!([
                {"typed": "quotsa", "articles": 0, "words": ["quotas"]},
                {"typed": "sumit", "articles": 0, "words": ["summit"]},
            ]),
        ),
        (&["\"securty council\""], serde_json::json!([{"typed": "securty", "articles": 0, "words": ["security"]}])),
        (&["summit -sumit outlet:sumit"], serde_json::json!([])),
        (&["mayors 2019"], serde_json::json!([{"typed": "2019", "articles": 0, "words": []}])),
        (
            &["summit credit:Ruters -credit:Reutr"],
            serde_json::json!([{"typed": "credit:Ruters", "articles": 0, "words": []}]),
        ),
    ];
    for (words, expected) in rows {
        let run = archive.run(&[&["query", "--format", "json"], *words].concat());
        let answer: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!(answer["suggestions"], *expected, "{words:?}");
    }
}

#[test]
fn a_word_that_was_printed_once_brings_what_many_articles_have() {
    let printed = |times, text: &str| (0..times).map(|_| format!("{{\"body\":\"{text}\"}}\n")).collect::<String>();
    let feed = [
        printed(40, "They met in Oslo and Benghazi, and the rapper sang in the park."),
        printed(1, "They met in Oslo and Bengazi, and Rappler wrote of a petrol price."),
        printed(21, "The patrol came back to Bengaziland."),
    ];
    let archive = Archive::indexed(&[("feed.jsonl", feed.concat())]);
    for (words, told) in [
        ("Bengazi", "only 1 article has \"Bengazi\"; did you mean Benghazi?\n"),
        ("they met in bengazi", "only 1 article has \"bengazi\"; did you mean benghazi?\n"),
        ("Bengazi Benghazi", ""),
        ("petrol price", ""),
        ("Rappler", ""),
        ("Oslo", ""),
    ] {
        let told_now = archive.run(&["query", words]).stderr;
        let suggested: Vec<&str> = told_now.split_inclusive('\n').filter(|line| line.contains("article has")).collect();
        assert_eq!(suggested.concat(), told, "{words}");
    }
}

#[test]
fn where_nothing_is_found_the_query_is_shown_as_it_may_have_been_meant() {
    let archive = harbour();
    // arguments, the line above the hits; none where nothing is shown
    for (args, line) in [
        (&["Lindhavn"][..], Some("no article has \"Lindhavn\"; showing hits for Lindhaven; --no-correct shows none")),
        (
            &["\"securty concil\" -Lindhavn"],
            Some(
                "no article has \"securty\" or \"concil\"; showing hits for \"security council\" -Lindhavn; --no-correct shows none",
            ),
        ),
        (&["Lindhavn", "--no-correct"], None),
        (&["Lindhavn", "--strict"], None),
        (&["Lindhavn", "--open", "1"], None),
        (&["Lindhavn", "-n", "0"], None),
        (&["Lindhavn", "--format", "jsonl"], None),
        (&["Lindhavn", "--after", "2031"], None),
        (&["=Lindhavn"], None),
        (&["zzzzzz"], None),
    ] {
        let run = archive.run(&[&["query"], args].concat());
        assert_eq!(run.status, 1, "{args:?}: {run:?}");
        assert_eq!(run.stdout.lines().next(), line, "{args:?}: {run:?}");
        assert_eq!(run.stdout.contains("1. ") || run.stdout.contains("passage"), line.is_some(), "{args:?}: {run:?}");
    }
    let answer = |args: &[&str]| -> serde_json::Value {
        let run = archive.run(&[&["query", "--format", "json", "Lindhavn"], args].concat());
        assert_eq!(run.status, 1, "{run:?}");
        serde_json::from_str(&run.stdout).expect("JSON")
    };
    let found = answer(&[]);
    assert_eq!((&found["hits"], &found["total_articles"]), (&serde_json::json!([]), &serde_json::json!(0)));
    assert_eq!(
        (&found["corrected"]["query"], &found["corrected"]["read_as"]),
        (&"Lindhaven".into(), &"Lindhaven".into())
    );
    assert_eq!(found["corrected"]["hits"].as_array().map(Vec::len), Some(2));
    assert_eq!(answer(&["--no-correct"])["corrected"], serde_json::Value::Null);
    assert_eq!(answer(&["--strict"])["corrected"], serde_json::Value::Null);
    let topics = archive.dir.path().join("topics.tsv");
    std::fs::write(&topics, "1\tLindhavn\n").expect("written");
    let run = archive.run(&["batch", topics.to_str().expect("a path"), "--format", "jsonl"]);
    assert_eq!(run.stdout, "", "{run:?}");
}

#[test]
fn a_strict_query_is_refused_with_a_caret_under_the_place() {
    let archive = harbour();
    let run = archive.run(&["query", "--strict", "summit (hall"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    let lines: Vec<&str> = run.stderr.lines().collect();
    let typed = lines.iter().position(|line| line.contains("summit (hall")).expect("the query");
    assert_eq!(lines[typed + 1].find('^'), lines[typed].find('('), "{}", run.stderr);
    assert_eq!(archive.run(&["query", "--strict", "summit hall"]).status, 0);
}

#[test]
fn an_expanded_query_finds_more_and_highlights_and_counts_what_was_typed() {
    let archive = harbour();
    let typed = archive.found(&["fisheries"]);
    assert_eq!(typed, ["mayor"]);
    let hits = archive.hits(&["fisheries", "--expand"]);
    assert_eq!(text(&hits[0]["article"]), "mayor", "what has the words typed stays first");
    let quotas = hits.iter().find(|hit| hit["article"] == "quotas").expect("found by `quotas`, which the mayor's has");
    assert!(highlighted(quotas).is_empty(), "words that were added are not marked");
    let found = archive.run(&["query", "fisheries", "--expand", "--format", "json"]).stdout;
    assert!(found.contains(r#""total_articles":1"#), "{found}");
    assert!(archive.found(&["+fisheries", "--expand"]) == typed, "a must stays one");
    assert!(!archive.found(&["fisheries", "-quotas", "--expand"]).contains(&"quotas".to_owned()));
}
