//! From a hit to the hand: what a hit is called, where it opens, how it is marked, and how its list goes on.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::{Value, json};

use super::support::{Archive, Run, article, run_in, text};

fn feed() -> String {
    let record = |n: u32, more: Value| {
        let mut record = json!({
            "id": format!("feed-{n:02}"), "outlet": "The Lantern Post", "date": "2018-06-27T08:00+02:00",
            "headline": format!("Lamp {n}"), "body": "The lamp burns in the harbour."
        });
        more.as_object().into_iter().flatten().for_each(|(key, value)| record[key] = value.clone());
        format!("{record}\n")
    };
    record(1, json!({"author": "Anna Roe", "url": "https://example.org/lamp/1"}))
        + &record(2, json!({"date": "2018-06", "body": "He said [sic] that the Zürich lamp burns."}))
        + &record(3, json!({"date": null, "outlet": "Radio Meridian"}))
}

fn archive() -> Archive {
    let walls = article(
        "A wall is built in the north",
        &["The mason builds a wall.", "The candle of the mason went out at noon."],
    );
    Archive::indexed(&[("feed.jsonl", feed()), ("walls/north.txt", walls.clone()), ("walls/south.txt", walls)])
}

/// Runs the command in another folder, on this archive.
fn elsewhere(archive: &Archive, here: &Path, args: &[&str]) -> Run {
    let index = archive.dir.path().join("index");
    run_in(here, args, &[("DATELINE_INDEX", index.to_str().expect("UTF-8"))])
}

#[test]
fn show_takes_an_id_its_beginning_and_a_citation() {
    let archive = archive();
    // what is typed, exit status, what is printed or told
    let rows = [
        ("feed-01", 0, "id        feed-01\n"),
        ("feed-01:1", 0, "id        feed-01\n"),
        ("walls/n", 0, "id        walls/north\n"),
        ("walls/n:1", 0, "id        walls/north\n"),
        ("feed-", 2, "\"feed-\" may be feed-01, feed-02, feed-03; type more of the one that is meant"),
        ("walls", 2, "\"walls\" may be walls/north, walls/south"),
        ("articles/feed.jsonl:2", 0, "id        feed-02\n"),
        ("./articles/walls/../walls/south.txt:5", 0, "id        walls/south\n"),
        ("articles/walls/south.txt:3-5", 0, "id        walls/south\n"),
        ("walls/south.txt:3", 0, "id        walls/south\n"),
        ("south.txt", 0, "id        walls/south\n"),
        ("articles/feed.jsonl", 2, "may be feed-01, feed-02, feed-03"),
        ("articles/walls/south.txt:1", 0, "id        walls/south\n"),
        ("articles/walls/south.txt:99", 1, "no article"),
        ("articles/nowhere.txt:1", 1, "no article"),
        ("feed-9", 1, "no article \"feed-9\""),
        ("7", 1, "no query was made at a terminal"),
        ("feed-01:9", 1, "feed-01 has no passage 9"),
        ("", 1, "no article"),
    ];
    for (typed, status, told) in rows {
        let state = archive.dir.path().to_str().expect("UTF-8");
        let run = run_in(archive.dir.path(), &["show", typed], &[("XDG_STATE_HOME", state)]);
        assert_eq!(run.status, status, "{typed}: {run:?}");
        assert!((run.stdout + &run.stderr).contains(told), "{typed}: {}", run.stderr);
    }
    let run = elsewhere(&archive, &archive.articles(), &["show", "walls/south.txt:3"]);
    assert!(run.stdout.contains("file      walls/south.txt"), "{run:?}");
}

#[test]
#[ignore = "needs script"]
fn show_takes_a_rank_of_the_last_query_at_a_terminal() {
    let archive = archive();
    let dir = archive.dir.path();
    let state = dir.join("state");
    let at_terminal = |args: &str| {
        let command = format!("{} {args}", env!("CARGO_BIN_EXE_dateline"));
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &command, "/dev/null"]).current_dir(dir).env("XDG_STATE_HOME", &state);
        let output = script.env_remove("DATELINE_INDEX").output().expect("runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let show = |typed: &str| run_in(dir, &["show", typed], &[("XDG_STATE_HOME", state.to_str().expect("UTF-8"))]);
    assert_eq!(show("1").status, 1);
    run_in(dir, &["query", "mason"], &[("XDG_STATE_HOME", state.to_str().expect("UTF-8"))]);
    assert!(!state.exists(), "kept at a terminal only");
    let seen = at_terminal("query lamp outlet:meridian");
    assert!(seen.contains("feed-03:1"), "{seen}");
    let shown = show("1");
    assert!(shown.stdout.contains("id        feed-03\n"), "{shown:?}");
    assert!(shown.stderr.contains("hit 1 of \"lamp outlet:meridian\": feed-03:1"), "{shown:?}");
    assert!(show("2").stderr.contains("the last query, \"lamp outlet:meridian\", showed no hit 2"));
    at_terminal("query lamp -n 1");
    let second = at_terminal("query lamp -n 1 --offset 1");
    assert!(second.contains("\n2 "), "{second}");
    for rank in ["1", "2"] {
        assert_eq!(show(rank).status, 0, "both pages are kept");
    }
    archive.write("2.txt", article("Two", &["The second thing."]).as_bytes());
    archive.index();
    let shown = show("2");
    assert!(shown.stdout.contains("id        2\n"), "an id of the archive goes before a rank: {shown:?}");
    assert!(shown.stderr.contains("hit 2 of the last query is `dateline show feed-0"), "{shown:?}");
}

#[test]
fn hits_carry_byline_and_address_in_every_format() {
    let archive = archive();
    let query =
        |format: &str| archive.run(&["query", "lamp author", "-n", "1", "--outlet", "lantern", "--format", format]);
    let first = archive.hits(&["headline:1"]).remove(0);
    assert_eq!(
        (text(&first["byline"]["value"]), text(&first["url"])),
        ("Anna Roe".into(), "https://example.org/lamp/1".into())
    );
    let shown = archive.run(&["query", "headline:1"]).stdout;
    let place = "    The Lantern Post · 2018-06-27T08:00+02:00 · articles/feed.jsonl:1\n";
    assert!(shown.contains(place), "{shown}");
    assert!(shown.contains("    feed-01:1 · Anna Roe · https://example.org/lamp/1\n"), "{shown}");
    assert!(query("json").stdout.contains(r#""byline":"#));
    fs::write(archive.dir.path().join("topics.tsv"), "a\tlamp 1\n").expect("written");
    let rows = archive.run(&["batch", "topics.tsv", "--format", "csv"]).stdout;
    let of = |id: &str| rows.lines().find(|row| row.contains(id)).map(str::to_owned).unwrap_or_default();
    let whole = "2018-06-27,08:00+02:00,minute,given,Anna Roe,,,https://example.org/lamp/1,Lamp 1,";
    assert!(of("feed-01").contains(whole), "{rows}");
    assert!(of("feed-01").ends_with(&format!(",articles/feed.jsonl,{},1,1", archive.dir.path().display())), "{rows}");
    assert!(of("feed-02").contains(",2018-06-01,,month,given,,,,,Lamp 2,"), "{rows}");
    assert!(of("feed-03").contains(",Radio Meridian,,,,,,,,,Lamp 3,"), "{rows}");
}

#[test]
fn a_citation_opens_from_anywhere() {
    let archive = archive();
    let dir = archive.dir.path();
    let (notes, other) = (dir.join("notes"), tempfile::tempdir().expect("a folder"));
    fs::create_dir(&notes).expect("a folder");
    let rows = [
        (dir, "articles/walls/north.txt"),
        (&archive.articles(), "walls/north.txt"),
        (&notes, "../articles/walls/north.txt"),
    ];
    for (here, path) in rows {
        let run = elsewhere(&archive, here, &["query", "candle", "mason", "-n", "1"]);
        assert!(run.stdout.contains(&format!("· {path}:3-5\n")), "{here:?}: {}", run.stdout);
        assert!(here.join(path).exists());
    }
    let run = elsewhere(&archive, other.path(), &["query", "candle", "--format", "jsonl"]);
    for hit in run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("a hit")) {
        assert_eq!(text(&hit["source"]["path"]).split('/').next(), Some("articles"));
        assert!(Path::new(&text(&hit["source"]["root"])).join(text(&hit["source"]["path"])).exists(), "{hit}");
    }
    let run = elsewhere(&archive, other.path(), &["show", "walls/north"]);
    assert_eq!(run.stderr, "", "the file is found, and as it was");
}

#[test]
fn open_calls_the_editor_and_no_shell() {
    let archive = archive();
    let dir = archive.dir.path();
    let editor = dir.join("my editor");
    fs::write(&editor, "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"${0%/*}/opened\"\n").expect("written");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("made runnable");
    let named = format!("'{}' -w '$(touch {}/shelled)'", editor.display(), dir.display());
    let south = archive.articles().join("walls/south.txt").display().to_string();
    let expected = format!("-w\n$(touch {}/shelled)\n+3\n{south}\n", dir.display());
    for (args, env) in [
        (&["show", "walls/south", "--open"][..], [("VISUAL", named.as_str()), ("EDITOR", "false")]),
        (&["query", "mason", "--open", "2"], [("VISUAL", ""), ("EDITOR", named.as_str())]),
    ] {
        let run = run_in(dir, args, &env);
        assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{args:?}: {run:?}");
        assert_eq!(fs::read_to_string(dir.join("opened")).expect("opened"), expected, "{args:?}");
        fs::remove_file(dir.join("opened")).expect("removed");
    }
    assert!(!dir.join("shelled").exists());
    let none = [("VISUAL", ""), ("EDITOR", "")];
    for (args, env, status, told) in [
        (&["query", "mason", "--open", "3"][..], none, 1, "no hit 3 to open; the answer has 2 passages"),
        (&["query", "mason", "--open", "1"], none, 2, "no editor is named; set VISUAL or EDITOR"),
        (
            &["query", "mason", "--open", "1"],
            [("VISUAL", "no-such-editor"), ("EDITOR", "")],
            2,
            "no-such-editor: cannot be started",
        ),
        (&["query", "mason", "--open", "1"], [("VISUAL", "false"), ("EDITOR", "")], 2, "false: ended with"),
    ] {
        let run = run_in(dir, args, &env);
        assert_eq!(run.status, status, "{args:?}: {run:?}");
        assert!(run.stderr.contains(told), "{args:?}: {}", run.stderr);
    }
    fs::remove_file(&south).expect("removed");
    let run = run_in(dir, &["show", "walls/south", "--open"], &[("VISUAL", &named)]);
    assert!(run.status == 2 && run.stderr.contains("south.txt: gone; `dateline show walls/south`"), "{run:?}");
}

#[test]
fn marks_are_not_mistaken_for_brackets_of_the_text() {
    let archive = archive();
    let shown = |args: &[&str]| archive.run(&[&["query"], args].concat()).stdout;
    let plain = shown(&["lamp"]);
    assert!(plain.contains("The [lamp] burns in the harbour."), "{plain}");
    assert!(plain.contains("He said [sic] that the Zürich ⟦lamp⟧ burns."), "{plain}");
    let marked = shown(&["lamp", "--mark", "<b>,</b>"]);
    assert!(marked.contains("<b>Lamp</b> 1") && marked.contains("[sic] that the Zürich <b>lamp</b>"), "{marked}");
    assert!(shown(&["lamp", "--mark", "**"]).contains("The **lamp** burns"));
    let coloured = shown(&["lamp", "--mark", "«,»", "--color", "always"]);
    assert!(coloured.contains("\u{1b}[1m\u{1b}[33m«Lamp»"), "{coloured:?}");
    let run = archive.run(&["query", "lamp", "--mark", ","]);
    assert!(run.status == 2 && run.stderr.contains("names no marks"), "{run:?}");
}

#[test]
fn places_are_counted_in_characters_too() {
    let hit = archive().hits(&["headline:2", "lamp", "+headline:lamp"]).remove(0);
    let of = |part: &Value| (part["highlights"].clone(), part["highlight_chars"].clone());
    assert_eq!(of(&hit), (json!([[31, 35]]), json!([[30, 34]])));
    assert_eq!(of(&hit["snippet"]), of(&hit));
    assert_eq!(
        (&hit["snippet"]["fragments"], &hit["snippet"]["fragment_chars"]),
        (&json!([[0, 42]]), &json!([[0, 41]]))
    );
}

/// Articles of two outlets, thirty-four of them with a lamp.
fn many() -> Archive {
    let record = |n: usize| {
        let lamps = vec!["lamp"; 1 + n % 7].join(" ");
        let outlet = ["The Lantern Post", "Radio Meridian"][n % 2];
        let date = format!("2018-06-{:02}", 1 + n % 28);
        let id = format!("l{n:02}");
        json!({"id": id, "outlet": outlet, "date": date, "headline": format!("Report {n}"), "body": format!("The {lamps} burns. The keeper reads {n} books.")})
    };
    let records: Vec<String> = (0..34).map(|n| record(n).to_string()).collect();
    Archive::indexed(&[("feed.jsonl", records.join("\n"))])
}

#[test]
fn pages_are_parts_of_one_list() {
    let archive = many();
    let listed = |args: &[&str]| -> Vec<(u64, String)> {
        let hits = archive.hits(args);
        hits.iter().map(|hit| (hit["rank"].as_u64().unwrap_or(0), text(&hit["id"]))).collect()
    };
    for how in [
        &["lamp keeper"][..],
        &["lamp", "--by", "article"],
        &["lamp", "--sort", "newest"],
        &["lamp", "--sort", "oldest", "--outlet", "meridian"],
        &["lamp", "--recency", "30"],
        &["lamp", "--expand"],
        &["lamp", "--explain"],
        &["--after", "2018-06-03"],
    ] {
        let whole = listed(&[how, &["-n", "40"]].concat());
        assert!(whole.len() > 15, "{how:?}");
        let page = |at: usize| listed(&[how, &["-n", "7", "--offset", &(7 * at).to_string()]].concat());
        assert_eq!((0..6).flat_map(page).collect::<Vec<_>>(), whole, "{how:?}");
    }
    assert!(archive.run(&["query", "lamp", "--offset", "34"]).stderr.contains("34 of 34 articles match"));
    let run = archive.run(&["query", "lamp", "--offset", "995"]);
    assert!(
        run.status == 2 && run.stderr.contains("parts of that list end at 1000; ask for all at once with -n 1005"),
        "{run:?}"
    );
    assert_eq!(archive.run(&["query", "lamp", "--offset", "995", "--sort", "newest"]).status, 1);
}

#[test]
fn filters_alone_list_and_several_outlets_are_one_filter() {
    let archive = archive();
    // arguments, articles found (in any order)
    for (args, expected) in [
        (&["--outlet", "meridian"][..], &["feed-03"][..]),
        (&["--after", "2018-06-27"], &["feed-01"]),
        (&["lamp", "--outlet", "Meridian", "--outlet", "The Lantern Post", "--after", "2018"], &["feed-01", "feed-02"]),
        (&["lamp", "--outlet", "Meridian", "--outlet", "The Lantern Post"], &["feed-01", "feed-02", "feed-03"]),
        (&["mason", "--outlet", "Meridian", "--outlet", "lantern"], &[]),
    ] {
        let mut found = archive.found(args);
        found.sort();
        assert_eq!(found, *expected, "{args:?}");
    }
    let run = archive.run(&["query", "--outlet", "lantern", "-n", "0"]);
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "2 of 5 articles match\n", ""));
    assert_eq!(archive.run(&["query"]).status, 2);
}

#[test]
fn filters_that_nothing_passes_say_what_there_is() {
    let archive = archive();
    for (args, told) in [
        (
            &["query", "lamp", "--outlet", "Lantern Pots"][..],
            "no article is of the outlet \"Lantern Pots\"; did you mean The Lantern Post?",
        ),
        (&["query", "lamp", "--outlet", "Merdian"], "did you mean Radio Meridian?"),
        (&["query", "lamp outlet:Merdian"], "no article is of the outlet \"Merdian\"; did you mean Radio Meridian?"),
        (&["query", "lamp", "outlet:(Zeitung OR \"Lantern Pots\")"], "did you mean The Lantern Post?"),
        (&["query", "lamp", "--outlet", "Zeitung"], "`dateline outlets` lists those that there are"),
        (
            &["query", "lamp", "--after", "2031"],
            "no article is dated in 2031 or later; the archive's dates run from 2018-06-01 to 2018-06-30",
        ),
        (&["query", "--before", "1999"], "no article is dated in 1999 or earlier"),
        (&["query", "mason date:1999"], "no article is dated in 1999; the archive's dates run from 2018-06-01"),
        (&["query", "mason date:1999 -date:1998"], "no article is dated in 1999"),
        (&["list", "--after", "2031-02-03"], "no article is dated in 2031-02-03 or later"),
        (&["list", "--outlet", "Merdian"], "did you mean Radio Meridian?"),
    ] {
        let run = archive.run(args);
        assert_eq!(run.status, 1, "{args:?}: {run:?}");
        assert!(run.stderr.contains(told), "{args:?}: {}", run.stderr);
    }
    let run = archive.run(&["query", "lamp", "--outlet", "Merdian", "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.stdout).expect("one object");
    let note = "no article is of the outlet \"Merdian\"; did you mean Radio Meridian?";
    assert_eq!(answer["notes"], json!([note]));
    let run = archive.run(&["query", "candle", "--outlet", "meridian"]);
    assert!(!run.stderr.contains("no article is of"), "the outlet is there: {}", run.stderr);
}

#[test]
fn list_prints_every_article_by_its_id() {
    let archive = archive();
    let run = archive.run(&["list"]);
    let root = archive.dir.path().display();
    let mut rows = run.stdout.lines();
    let names = "id,headline,outlet,date,time,date_precision,date_confidence,byline,place,section,page,credit,url,passages,path,root,record,first_line,last_line";
    assert_eq!((run.status, rows.next()), (0, Some(names)), "{run:?}");
    let first = format!(
        "feed-01,Lamp 1,The Lantern Post,2018-06-27,08:00+02:00,minute,given,Anna Roe,,,,,https://example.org/lamp/1,1,articles/feed.jsonl,{root},1,1,1"
    );
    assert_eq!(rows.next(), Some(first.as_str()));
    let ids = |args: &[&str]| -> Vec<String> {
        let run = archive.run(&[&["list", "--format", "jsonl"], args].concat());
        let schema = super::schemas::schema("listed.schema.json");
        let lines = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("an article"));
        lines.inspect(|line| super::schemas::assert_valid(&schema, line)).map(|line| text(&line["id"])).collect()
    };
    for (args, expected) in [
        (&[][..], &["feed-01", "feed-02", "feed-03", "walls/north", "walls/south"][..]),
        (&["--outlet", "lantern"], &["feed-01", "feed-02"]),
        (&["--outlet", "lantern", "--outlet", "radio"], &["feed-01", "feed-02", "feed-03"]),
        (&["--after", "2018-06-02"], &["feed-01"]),
        (&["--outlet", "radio", "--before", "2018"], &[]),
    ] {
        assert_eq!(ids(args), expected, "{args:?}");
    }
    assert!(archive.run(&["list", "--after", "2018-06-02"]).stderr.contains("4 articles left out"));
    let formula = json!({"id": "sum", "headline": "=SUM(A1)", "outlet": "+Post", "body": "A second wall."});
    archive.write("formula.jsonl", formula.to_string().as_bytes());
    archive.index();
    assert!(archive.run(&["list"]).stdout.contains("\nsum,'=SUM(A1),'+Post,"));
    let run = run_in(archive.dir.path(), &["list", "--engine", "opensearch:http://127.0.0.1:9/x"], &[]);
    assert!(run.status == 2 && run.stderr.contains("list works on the files of an index on this machine"), "{run:?}");
}

#[test]
fn a_failure_is_json_where_json_is_asked_for() {
    let archive = archive();
    let schema = super::schemas::schema("error.schema.json");
    for (args, status, message) in [
        (&["query", "lamp", "--after", "soon", "--format", "json"][..], 2, "dateline: --after \"soon\" is no date"),
        (&["query", "--strict", "lamp (x", "--format=json"], 2, "lamp (x"),
        (&["query", "lamp", "--nonsense", "--format", "json"], 2, "unexpected argument '--nonsense'"),
        (&["query", "lamp", "--index", "nowhere", "--format", "json"], 2, "nowhere: no index here"),
        (&["show", "nothing", "--format", "json"], 1, "no article \"nothing\""),
        (&["show", "feed-", "--format", "json"], 2, "may be feed-01, feed-02"),
        (&["stats", "--index", "nowhere", "--format", "json"], 2, "nowhere: no index here"),
    ] {
        let run = archive.run(args);
        assert_eq!(run.status, status, "{args:?}: {run:?}");
        let object: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}: {run:?}"));
        super::schemas::assert_valid(&schema, &object);
        assert_eq!(object["error"]["status"], json!(status), "{args:?}");
        assert!(text(&object["error"]["message"]).contains(message), "{args:?}: {object}");
        assert!(!run.stderr.is_empty(), "{args:?}");
    }
    for args in [&["query", "lamp", "--after", "soon"][..], &["query", "x", "--after", "soon", "--format", "jsonl"]] {
        assert_eq!(archive.run(args).stdout, "", "{args:?}");
    }
    let none = archive.run(&["query", "nothingness", "--format", "json"]);
    assert!(none.status == 1 && none.stdout.contains(r#""hits":[]"#), "{none:?}");
}

#[test]
fn a_topic_says_how_it_is_asked_in_batch_and_in_eval() {
    let archive = many();
    let write = |name: &str, content: &str| fs::write(archive.dir.path().join(name), content).expect("written");
    write(
        "one.jsonl",
        "{\"id\":1,\"query\":\"lamp\",\"outlet\":[\"meridian\"],\"after\":\"2018-06-20\",\"n\":3,\"metadata\":{}}\n",
    );
    write("two.jsonl", "{\"id\":1,\"query\":\"lamp\",\"afer\":\"2018-06-20\"}\n");
    write("three.jsonl", "{\"id\":1,\"query\":\"lamp\",\"weights\":{\"pasage\":1}}\n");
    write("four.jsonl", "{\"id\":1,\"query\":\"lamp\",\"weights\":{\"passage\":0}}\n");
    write("qrels", "1 0 l01 1\n");
    let run = archive.run(&["batch", "one.jsonl"]);
    assert_eq!((run.status, run.stdout.lines().count()), (0, 3), "{run:?}");
    assert!(run.stderr.contains("topic 1: \"metadata\" is not asked"), "{run:?}");
    for (topics, told) in
        [("two.jsonl", "\"afer\" is no key of a topic, perhaps after"), ("three.jsonl", "no weight \"pasage\"")]
    {
        for args in [&["batch", topics][..], &["eval", "--topics", topics, "--qrels", "qrels"]] {
            let run = archive.run(args);
            assert!(run.status == 2 && run.stderr.contains(told), "{args:?}: {run:?}");
        }
    }
    let flag = archive.run(&["batch", "one.jsonl", "--weights", "passage=0"]);
    let scores =
        |run: &Run| run.stdout.lines().map(|line| line.split(' ').nth(4).map(str::to_owned)).collect::<Vec<_>>();
    assert_ne!(scores(&archive.run(&["batch", "four.jsonl", "-n", "3"])), scores(&run), "{flag:?}");
    let topic = archive.run(&["batch", "four.jsonl"]).stdout;
    write("four.jsonl", "{\"id\":1,\"query\":\"lamp\"}\n");
    assert_eq!(archive.run(&["batch", "four.jsonl", "--weights", "passage=0"]).stdout, topic, "as the flag sets them");
}
