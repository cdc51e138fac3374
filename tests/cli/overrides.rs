//! What users state of their files: which statement wins, that the others stay visible, and what a change of one costs.

use std::fs;

use serde_json::Value;

use super::support::{Archive, article, number, text};

const HEADLINE: &str = "Island ferry to stay in port until the ice breaks";
const LEAD: &str = "The last ferry to the outer islands will stay in port until the ice in the strait breaks, the harbour office told passengers.";
const SECOND: &str =
    "Some forty people spent the night in the waiting room, where volunteers had put up beds and a stove.";

/// An article that says nothing of outlet and date.
fn bare() -> String {
    article(HEADLINE, &[LEAD, SECOND])
}

/// A file beside the articles.
fn beside(archive: &Archive, name: &str, content: &str) {
    fs::write(archive.dir.path().join(name), content).expect("written");
}

/// What `dateline inspect` makes of a file, run beside the articles with `--root articles`.
fn inspect(archive: &Archive, file: &str, flags: &[&str]) -> Value {
    let file = format!("articles/{file}");
    let run = archive.run(&[&["inspect", &file, "--root", "articles", "--format", "json"], flags].concat());
    assert_eq!(run.status, 0, "{run:?}");
    serde_json::from_str(&run.stdout).expect("an object")
}

/// A field as `value (rule, lines) < loser (rule) < …`.
fn told(field: &Value) -> String {
    if field.is_null() {
        return "none".to_owned();
    }
    let one = |field: &Value| {
        let lines = field["lines"].as_array().map_or(String::new(), |lines| format!(", {}-{}", lines[0], lines[1]));
        format!("{} ({}{lines})", text(&field["value"]), text(&field["rule"]))
    };
    let losers = field["alternatives"].as_array().expect("alternatives").iter().map(one);
    std::iter::once(one(field)).chain(losers).collect::<Vec<_>>().join(" < ")
}

/// Files that a run indexed, replaced and left, with what was extracted.
fn counts(archive: &Archive, flags: &[&str]) -> [usize; 4] {
    let run = archive.run(&[&["index", "articles", "--format", "json"], flags].concat());
    assert_eq!(run.status, 0, "{run:?}");
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    let files = ["indexed", "replaced", "unchanged"].map(|key| number(&report["files"][key]));
    [files[0], files[1], files[2], number(&report["extracted"])]
}

#[test]
fn a_flag_wins_then_the_manifest_then_front_matter_then_the_path_then_the_document() {
    let document = "---\ntitle: Ferry in the ice\nsource: Front Herald\ndate: 2018-06-26\nauthor: By Anna Kowal\n---\n";
    let archive = Archive::of(&[("Path Post/2018-06-25-ice.txt", document.to_owned() + &bare())]);
    beside(&archive, "fields.csv", "path,outlet,date,headline\n**,Manifest Times,2018-06-27,Ferry held\n");
    let pattern = ["--pattern", "{outlet}/{date}-{headline}.txt"];
    let manifest = ["--fields", "fields.csv"];
    let flags = ["--outlet", "flag weekly", "--date", "2018-06"];
    for (given, outlet, date, headline) in [
        (
            vec![],
            "Front Herald (front-matter, 3-3)",
            "2018-06-26 (front-matter, 4-4)",
            "Ferry in the ice (front-matter, 2-2) < Island ferry to stay in port until the ice breaks (title-above-text, 7-7)",
        ),
        (
            pattern.to_vec(),
            "Front Herald (front-matter, 3-3) < Path Post (path-pattern)",
            "2018-06-26 (front-matter, 4-4) < 2018-06-25 (path-pattern)",
            "Ferry in the ice (front-matter, 2-2) < ice (path-pattern) < Island ferry to stay in port until the ice breaks (title-above-text, 7-7)",
        ),
        (
            [manifest, pattern].concat(),
            "Manifest Times (manifest) < Front Herald (front-matter, 3-3) < Path Post (path-pattern)",
            "2018-06-27 (manifest) < 2018-06-26 (front-matter, 4-4) < 2018-06-25 (path-pattern)",
            "Ferry held (manifest) < Ferry in the ice (front-matter, 2-2) < ice (path-pattern) < Island ferry to stay in port until the ice breaks (title-above-text, 7-7)",
        ),
        (
            [&flags[..], &manifest, &pattern].concat(),
            "flag weekly (flag) < Manifest Times (manifest) < Front Herald (front-matter, 3-3) < Path Post (path-pattern)",
            "2018-06 (flag) < 2018-06-27 (manifest) < 2018-06-26 (front-matter, 4-4) < 2018-06-25 (path-pattern)",
            "Ferry held (manifest) < Ferry in the ice (front-matter, 2-2) < ice (path-pattern) < Island ferry to stay in port until the ice breaks (title-above-text, 7-7)",
        ),
    ] {
        let found = inspect(&archive, "Path Post/2018-06-25-ice.txt", &given);
        assert_eq!(told(&found["outlet"]), outlet, "{given:?}");
        assert_eq!(told(&found["date"]), date, "{given:?}");
        assert_eq!(told(&found["headline"]), headline, "{given:?}");
        assert_eq!(text(&found["outlet"]["confidence"]), "given");
        assert_eq!(told(&found["byline"]), "Anna Kowal (front-matter, 5-5)");
        assert_eq!(found["body"].as_array().map(Vec::len), Some(2), "{given:?}");
    }
}

#[test]
fn every_form_yields_to_a_flag_and_keeps_its_own_as_an_alternative() {
    let record = format!(
        "{{\"title\":\"Ice\",\"outlet\":\"Kestrel\",\"date\":\"2018-06-27\",\"byline\":\"Tom Reid\",\"text\":\"{LEAD}\"}}\n"
    );
    let page = format!(
        "<html><head><meta property=\"og:site_name\" content=\"Kestrel\"><meta property=\"article:published_time\" content=\"2018-06-27\">\
         <title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1><p>{LEAD}</p><p>{SECOND}</p></article></body></html>"
    );
    let printed = format!(
        "{HEADLINE}\n\nPublished: 27 June 2018\n\n{LEAD}\n\n{SECOND}\n\n© 2018 Kestrel. All rights reserved.\n"
    );
    let archive = Archive::of(&[("a.jsonl", record), ("b.html", page), ("c.txt", printed)]);
    beside(&archive, "fields.csv", "path,headline,byline\n*,Ferry held,by Anna Kowal\n");
    let flags = ["--outlet", "THE Kell", "--date", "2018-07-01", "--fields", "fields.csv"];
    for (file, headline, date) in [
        ("a.jsonl", "Ice (record, 1-1)", "2018-06-27 (record, 1-1)"),
        (
            "b.html",
            "Island ferry to stay in port until the ice breaks (h1, 1-1)",
            "2018-06-27 (article:published_time, 1-1)",
        ),
        (
            "c.txt",
            "Island ferry to stay in port until the ice breaks (title-above-text, 1-1)",
            "2018-06-27 (date-line, 3-3)",
        ),
    ] {
        let found = inspect(&archive, file, &flags);
        let outlet = told(&found["outlet"]);
        assert!(outlet.starts_with("THE Kell (flag) < Kestrel ("), "{file}: {outlet}");
        let told_date = told(&found["date"]);
        assert!(told_date.starts_with(&format!("2018-07-01 (flag) < {date}")), "{file}: {told_date}");
        let told_headline = told(&found["headline"]);
        assert!(told_headline.starts_with(&format!("Ferry held (manifest) < {headline}")), "{file}: {told_headline}");
        assert!(told(&found["byline"]).starts_with("Anna Kowal (manifest)"), "{file}");
        let body: Vec<String> = found["body"].as_array().expect("a body").iter().map(|b| text(&b["text"])).collect();
        assert!(!body.iter().any(|block| block == HEADLINE), "{file}: the page's own title is no paragraph");
    }
}

#[test]
fn a_stated_date_gains_nothing_from_the_text_where_a_person_wrote_it() {
    let printed = format!("{HEADLINE}\n\nPublished: 27 June 2018\n\n{LEAD}\n\n{SECOND}\n");
    let archive = Archive::of(&[("2018-06/c.txt", printed)]);
    let date = |flags: &[&str]| told(&inspect(&archive, "2018-06/c.txt", flags)["date"]);
    assert_eq!(date(&["--date", "2018"]), "2018 (flag) < 2018-06-27 (date-line, 3-3)");
    assert_eq!(date(&["--pattern", "{date}/*"]), "2018-06-27 (date-line, 3-3)", "the day lies in the path's month");
    assert_eq!(
        date(&["--pattern", "{date}/*", "--date", "2019"]),
        "2019 (flag) < 2018-06 (path-pattern) < 2018-06-27 (date-line, 3-3)"
    );
}

#[test]
fn a_stated_date_answers_what_the_document_left_open() {
    let record = format!("{{\"title\":\"Ice\",\"date\":\"next week\",\"text\":\"{LEAD}\"}}\n");
    let archive = Archive::of(&[("a.jsonl", record)]);
    let warnings = |flags: &[&str]| inspect(&archive, "a.jsonl", flags)["warnings"].to_string();
    assert!(warnings(&[]).contains("date left open"));
    assert_eq!(warnings(&["--date", "2018"]), "[]");
}

#[test]
fn the_last_line_that_has_a_field_gives_it_in_csv_and_toml_alike() {
    let archive = Archive::of(&[("2018/06/a.txt", bare()), ("2018/b.txt", bare()), ("c.txt", bare())]);
    let csv = "\u{feff}# our archive\npath,outlet,date,byline\n**,\"Kell, the Daily\",,\n2018/**,,2018,Anna Kowal\n2018/06/a.txt,Ice Weekly,2018-06-27,\n";
    beside(&archive, "fields.csv", csv);
    let toml = "[[files]]\npath = \"**\"\noutlet = \"Kell, the Daily\"\n\n[[files]]\npath = \"2018/**\"\ndate = 2018\nbyline = \"Anna Kowal\"\n\n[[files]]\npath = \"2018/06/a.txt\"\noutlet = \"Ice Weekly\"\ndate = 2018-06-27\n";
    beside(&archive, "fields.toml", toml);
    for file in ["fields.csv", "fields.toml"] {
        let of = |path: &str| {
            let found = inspect(&archive, path, &["--fields", file]);
            ["outlet", "date", "byline"].map(|field| text(&found[field]["value"]))
        };
        assert_eq!(of("2018/06/a.txt"), ["Ice Weekly", "2018-06-27", "Anna Kowal"], "{file}");
        assert_eq!(of("2018/b.txt"), ["Kell, the Daily", "2018", "Anna Kowal"], "{file}");
        assert_eq!(of("c.txt"), ["Kell, the Daily", "", ""], "{file}");
    }
}

#[test]
fn only_the_files_are_read_again_of_which_something_else_is_stated() {
    let archive = Archive::of(&[("a/2018-a.txt", bare()), ("a/b.txt", bare()), ("c.txt", bare())]);
    //                                              indexed replaced unchanged extracted
    assert_eq!(counts(&archive, &[]), [3, 0, 0, 3]);
    assert_eq!(counts(&archive, &["--outlet", "Kell Post"]), [0, 3, 0, 3]);
    assert_eq!(counts(&archive, &["--outlet", "Kell Post"]), [0, 0, 3, 0]);
    assert_eq!(archive.found(&["ferry", "--outlet", "Kell Post"]).len(), 3);
    assert_eq!(counts(&archive, &["--outlet", "Kell Times"]), [0, 3, 0, 3]);
    assert_eq!(archive.found(&["ferry", "--outlet", "Kell Post"]).len(), 0);
    assert_eq!(counts(&archive, &[]), [0, 3, 0, 3], "what is no longer stated is no longer so");

    let manifest = |outlet: &str| format!("path,outlet\na/b.txt,{outlet}\nc.txt,Ice Weekly\n");
    beside(&archive, "fields.csv", &manifest("Kell Post"));
    let fields = ["--fields", "fields.csv"];
    assert_eq!(counts(&archive, &fields), [0, 2, 1, 2]);
    assert_eq!(counts(&archive, &fields), [0, 0, 3, 0]);
    beside(&archive, "fields.csv", &manifest("Kell Times"));
    assert_eq!(counts(&archive, &fields), [0, 1, 2, 1], "one line of the manifest, one file");
    let dated = [&fields[..], &["--pattern", "a/{date}-*"]].concat();
    assert_eq!(counts(&archive, &dated), [0, 1, 2, 1], "one path that fits, one file");
    assert_eq!(archive.found(&["ferry", "--after", "2018"]), ["a/2018-a"]);

    let one = archive.run(&[&["index", "articles/a/2018-a.txt", "--format", "json"], &dated[..]].concat());
    let report: Value = serde_json::from_str(&one.stdout).expect("a report");
    assert_eq!(number(&report["files"]["unchanged"]), 1, "a file named alone has the path that it has in its folder");
}

#[test]
fn a_users_outlets_put_names_into_their_spelling_and_prose_is_not_searched() {
    let record = format!("{{\"title\":\"Ice\",\"url\":\"https://www.kell.example/ice\",\"text\":\"{LEAD}\"}}\n");
    let printed =
        format!("{HEADLINE}\n\n{LEAD} The KBT had it first.\n\n{SECOND}\n\n© 2018 KBT. All rights reserved.\n");
    let prose = article(HEADLINE, &[&format!("{LEAD} The KBT had it first."), SECOND]);
    let archive = Archive::of(&[("a.jsonl", record), ("b.txt", printed), ("c.txt", prose), ("d.txt", bare())]);
    beside(&archive, "ours.tsv", "# ours\nkell.example\tKell Bay Times\tKBT\n");
    let ours = ["--outlets", "ours.tsv"];
    let outlet = |file: &str, flags: &[&str]| text(&inspect(&archive, file, flags)["outlet"]["value"]);
    assert_eq!(outlet("a.jsonl", &[]), "");
    assert_eq!(outlet("a.jsonl", &ours), "Kell Bay Times");
    assert_eq!((outlet("b.txt", &[]), outlet("b.txt", &ours)), ("KBT".to_owned(), "Kell Bay Times".to_owned()));
    assert_eq!(outlet("c.txt", &ours), "");
    assert_eq!(outlet("d.txt", &["--outlets", "ours.tsv", "--outlet", "KBT"]), "KBT", "a flag stands as typed");
    beside(&archive, "fields.csv", "path,outlet\nd.txt,KBT\n");
    assert_eq!(outlet("d.txt", &["--outlets", "ours.tsv", "--fields", "fields.csv"]), "Kell Bay Times");

    assert_eq!(counts(&archive, &[]), [4, 0, 0, 4]);
    assert_eq!(counts(&archive, &ours), [0, 4, 0, 4]);
    assert_eq!(counts(&archive, &ours), [0, 0, 4, 0]);
    beside(&archive, "ours.tsv", "kell.example\tThe Kell Bay Times\tKBT\n");
    assert_eq!(counts(&archive, &ours), [0, 4, 0, 4], "another list may change any article");
}

#[test]
fn what_cannot_be_read_is_told_with_its_file_its_line_and_the_way_out() {
    let archive = Archive::of(&[("a.txt", bare())]);
    for (name, content, told) in [
        (
            "f.csv",
            "path,date\na.txt,2018\nb.txt,27 June\n",
            "f.csv: line 3: \"27 June\" is no date; write 2018, 2018-06 or 2018-06-27",
        ),
        (
            "f.csv",
            "path,when\na.txt,2018\n",
            "f.csv: line 1: no field is called \"when\"; the columns are path, outlet,",
        ),
        (
            "f.csv",
            "outlet,date\nKell,2018\n",
            "f.csv: line 1: no column is called path; begin it with a line such as path,",
        ),
        ("f.csv", "path,outlet\n,Kell\n", "f.csv: line 2: no path; say which files are meant, such as 2018/*"),
        (
            "f.csv",
            "path,outlet\na.txt,Kell, the Post\n",
            "f.csv: line 2: 3 fields under 2 columns; put what holds a comma in quotes",
        ),
        (
            "f.toml",
            "[[files]]\npath = \"a.txt\"\n\ndate = \"June\"\n",
            "f.toml: line 4: \"June\" is no date; write 2018,",
        ),
        ("f.toml", "[[files]]\npath = \"a.txt\"\nwhen = 2018\n", "f.toml: line 3: unknown field `when`"),
        ("f.toml", "[[files]]\npath = a.txt\n", "f.toml: line 2: "),
    ] {
        beside(&archive, name, content);
        for run in [
            archive.run(&["index", "articles", "--fields", name]),
            archive.run(&["inspect", "articles/a.txt", "--fields", name]),
        ] {
            assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:?}");
            assert!(run.stderr.starts_with(&format!("dateline: {told}")), "{told}: {}", run.stderr);
        }
    }
    beside(&archive, "o.tsv", "# ours\nkell.example Kell Bay Times\n");
    for (flags, told) in [
        (["--date", "June"], "not an ISO date: \"June\"; write 2018-06-27 or"),
        (["--outlet", ""], "--outlet"),
        (["--pattern", "{when}/*"], "--pattern {when}/*: no placeholder is called {when}; write such as"),
        (["--outlets", "o.tsv"], "o.tsv: line 2: no tab; write a host (or -), the outlet's name and other spellings"),
        (["--fields", "none.csv"], "none.csv: cannot read"),
    ] {
        let run = archive.run(&[&["index", "articles"], &flags[..]].concat());
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    assert!(!archive.dir.path().join("index").exists(), "nothing was begun");
}

#[test]
fn statements_that_mean_no_file_are_told() {
    let archive = Archive::of(&[("2018/a.txt", bare())]);
    beside(&archive, "fields.csv", "path,outlet\n2018/*,Kell\n2019/*,Kell\n");
    let run = archive.run(&["index", "articles", "--fields", "fields.csv", "--pattern", "{date}.txt"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(
        run.stderr.lines().collect::<Vec<_>>(),
        [
            "warning: --pattern {date}.txt: no file has such a path; paths count from the indexed folder, **/ is any folders",
            "warning: fields.csv: line 3: no file is 2019/*; paths count from the indexed folder, **/ is any folders",
        ]
    );
    let run = archive.run(&["inspect", "articles/2018/a.txt", "--fields", "fields.csv"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stderr.contains("articles/2018/a.txt: no such path in --fields or --pattern; name the indexed folder"),
        "{run:?}"
    );
    let run = archive.run(&["inspect", "articles/2018/a.txt", "--root", "index"]);
    assert!(
        run.status == 2 && run.stderr.contains("not in index; name the folder that holds it with --root"),
        "{run:?}"
    );
}

#[test]
fn the_file_of_fields_is_no_article() {
    let archive = Archive::of(&[("a.txt", bare()), ("fields.csv", "path,outlet\na.txt,Kell Post\n".to_owned())]);
    assert_eq!(counts(&archive, &["--fields", "articles/fields.csv"]), [1, 0, 0, 1]);
    assert_eq!(archive.found(&["ferry", "--outlet", "Kell Post"]), ["a"]);
}

#[test]
fn front_matter_is_metadata_and_no_text() {
    let front = "---\nid: ferry-7\ntitle: Ferry in the ice\ntags:\n  - ice\nlink: https://www.nytimes.com/2018/06/27/ice.html\n---\n\n";
    let archive = Archive::indexed(&[("a.md", front.to_owned() + &article("Ferry in the ice", &[LEAD, SECOND]))]);
    assert_eq!(archive.found(&["ferry"]), ["ferry-7"], "its id is the record's own");
    let shown = archive.run(&["inspect", "articles/a.md"]);
    insta::assert_snapshot!(shown.stdout);
    let hit = &archive.hits(&["harbour office"])[0];
    assert_eq!(hit["source"]["lines"].to_string(), "[11,13]");
}

#[test]
fn a_rule_in_prose_and_an_open_block_are_text() {
    let rule = format!("{HEADLINE}\n\n{LEAD}\n\n---\ntitle: x\n---\n\n{SECOND}\n");
    let open = format!("---\ntitle: x\n\n{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n");
    let archive = Archive::of(&[("rule.md", rule), ("open.md", open)]);
    for file in ["rule.md", "open.md"] {
        let found = inspect(&archive, file, &[]);
        assert_ne!(text(&found["headline"]["rule"]), "front-matter", "{file}");
    }
}

#[test]
fn the_way_out_of_a_changed_file_reminds_of_the_flags() {
    let archive = Archive::of(&[("a.txt", bare())]);
    for (flags, told) in
        [(&[][..], "again\n"), (&["--outlet", "Kell"], "again, with the flags that state its fields\n")]
    {
        archive.write("a.txt", bare().as_bytes());
        counts(&archive, flags);
        archive.write("a.txt", format!("Another\n\n{}", bare()).as_bytes());
        let run = archive.run(&["check"]);
        assert!(run.status == 1 && run.stdout.contains(told), "{run:?}");
    }
}
