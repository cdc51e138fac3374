//! Words that are looked for as they were typed, and how many of them an article has.

use super::support::Archive;

/// Articles with words that mean something else without their signs or capitals.
fn archive() -> Archive {
    let article = |id: &str, date: &str, body: &str| {
        format!(r#"{{"id":"{id}","date":"{date}","headline":"On the quay","body":"{body}"}}"#) + "\n"
    };
    let articles = [
        article(
            "a-code",
            "2018-01-01",
            "The harbour wrote its timetable in C++ and gave $100 to whoever found a fault.",
        ),
        article("b-plain", "2018-02-01", "Of 100 boats at pier C nine sank, and more may sink in the storm."),
        article("c-minister", "2018-03-01", "On the pier the minister, Theresa May, may have met the harbour master."),
        article(
            "d-phone",
            "2018-04-01",
            "AT&T laid a cable at the harbour. Harbour, harbour, harbour, said the harbour master.",
        ),
        article(
            "e-all",
            "2018-05-01",
            "A cable ran along the pier of the harbour in the storm, far from where it had begun.",
        ),
        article("f-letter", "2018-06-01", "The ferry of line A met the ferry of line B. A ferry is a boat."),
    ];
    Archive::indexed(&[("quay.jsonl", articles.concat())])
}

#[test]
fn signs_and_capitals_are_part_of_a_word() {
    let archive = archive();
    for (query, expected) in [
        ("C++", "a-code"),
        ("$100", "a-code"),
        ("100", "a-code b-plain"),
        ("C", "a-code b-plain"),
        ("-C++ C", "b-plain"),
        ("Theresa May", "c-minister"),
        ("May 2030", "c-minister"),
        ("line A", "f-letter"),
        ("AT&T", "d-phone"),
        (".com", ""),
        ("C#", "a-code b-plain"),
    ] {
        let mut found = archive.found(&[query]);
        found.sort();
        assert_eq!(found.join(" "), expected, "{query}");
    }
    for (query, told) in [
        ("C#", "dateline: no article has \"c#\": read as \"c\""),
        ("Theresa May And The Harbour", "passed over as function words: \"May\", \"And\", \"The\"; =May looks for one"),
    ] {
        let out = archive.run(&["query", query]);
        assert!(out.stderr.contains(told), "{query}: {}", out.stderr);
    }
}

#[test]
fn more_of_the_words_come_before_much_of_few() {
    let archive = archive();
    assert_eq!(archive.found(&["cable pier harbour"])[0], "e-all");
    for (query, head) in [
        ("cable pier harbour", "5 of 6 articles match, 1 with all words"),
        ("cable harbour", "4 of 6 articles match, 2 with all words"),
        ("harbour pier zzzz", "5 of 6 articles match, 0 with all words"),
        ("cable", "2 of 6 articles match\n"),
    ] {
        let out = archive.run(&["query", query]);
        assert!(out.stdout.contains(head), "{query}: {}", out.stdout);
    }
}

#[test]
fn by_date_stands_what_is_near_the_query() {
    let archive = archive();
    for (query, expected, told) in [
        ("cable harbour", "e-all d-phone", "the articles with all words are listed (2)"),
        ("cable AND harbour", "e-all d-phone", ""),
        ("cable OR harbour", "e-all d-phone c-minister a-code", ""),
        ("harbour", "e-all d-phone c-minister a-code", ""),
        (
            "Theresa cable C++",
            "e-all d-phone c-minister a-code",
            "no article has all words: by date, those are listed that score",
        ),
        ("cable zzzz", "e-all d-phone", ""),
    ] {
        let args = ["query", query, "--sort", "newest"];
        let out = archive.run(&args);
        assert_eq!(archive.found(&args[1..]).join(" "), expected, "{query}: {}", out.stderr);
        let notes = &out.stderr;
        assert!(notes.contains(told) && notes.contains("by date") != told.is_empty(), "{query}: {notes}");
    }
}
