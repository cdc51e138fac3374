//! What is damaged in the index is left out of an answer and told; the rest of the answer is shown.

use std::fs;

use serde_json::Value;

use super::support::{Archive, Run, launder, text};

/// A word that stands once in the archive, so that the store has it letter by letter.
fn word(article: u32, part: &str) -> String {
    let hash = blake3::hash(format!("{article} {part}").as_bytes()).to_hex();
    hash.chars().take(12).map(|c| char::from_digit(c.to_digit(16).unwrap_or(0) + 10, 36).unwrap_or('x')).collect()
}

/// Eight articles of three passages; headline and passages have each a word of their own.
fn archive() -> Archive {
    let record = |n: u32| {
        let filler = "The ferry left the harbour at noon and came back before the rain. ".repeat(11);
        let passages = ["one", "two", "three"].map(|part| format!("Harbour {} heard. {filler}", word(n, part)));
        let headline = format!("Ferry {}", word(n, "headline"));
        serde_json::json!({ "id": format!("v{n}"), "headline": headline, "body": passages.join("\n\n") }).to_string()
    };
    let archive = Archive::indexed(&[("a.jsonl", (1..9).map(record).collect::<Vec<_>>().join("\n"))]);
    fs::write(archive.dir.path().join("topics.tsv"), "1\tharbour ferry\n2\tnothing\n").expect("written");
    fs::write(archive.dir.path().join("qrels"), "1 0 v1 1\n").expect("written");
    fs::write(archive.dir.path().join("golden.tsv"), "ferry\tv1\t9\n").expect("written");
    archive
}

/// Writes another letter for the first of a word's, in the store.
fn damage(archive: &Archive, words: &[String]) {
    for path in archive.index_files(".store") {
        let mut bytes = fs::read(&path).expect("a store");
        for word in words {
            if let Some(at) = memchr::memmem::find(&bytes, word.as_bytes()) {
                bytes[at] ^= 1;
            }
        }
        launder(&path, &bytes);
    }
}

const ADVICE: &str =
    "the index is damaged there; `dateline check` tells where else, `dateline salvage` saves what can be read";

#[test]
fn what_is_damaged_is_left_out_and_told_and_the_rest_is_shown() {
    let archive = archive();
    let whole = archive.run(&["query", "harbour ferry", "--format", "jsonl", "--per-article", "3", "-n", "99"]);
    assert_eq!((whole.status, whole.stdout.lines().count()), (0, 24), "{whole:?}");
    damage(&archive, &[word(3, "two"), word(6, "headline")]);
    let exact = format!("={}", word(1, "one"));
    let lost = "4 hits cannot be shown (v6:1, v3:2, v6:2, v6:3): ";
    let mut wrong = Vec::new();
    let topics: &[&str] = &["--per-article", "3", "-n", "99"];
    for (command, lines, told) in [
        (&["query", "harbour ferry", "--format", "jsonl", "--per-article", "3", "-n", "99"][..], 20, lost),
        (&["query", "headline:ferry", "--format", "jsonl"], 7, "1 hit cannot be shown (v6:1): "),
        (&["query", "harbour ferry", "--format", "jsonl", "--by", "article", "--explain"], 7, "(v6): "),
        (&["query", "=ferry", "--format", "jsonl"], 7, "1 article could not be looked into (v3): "),
        (&["query", &exact, "--format", "jsonl"], 1, ""),
        (&["query", "harbour -=Ferry", "--format", "jsonl"], 0, "(v6:1), 1 article could not be looked into (v3): "),
        (&[&["batch", "topics.tsv", "--format", "jsonl"], topics].concat(), 20, &format!("topic 1: {lost}")),
        (&[&["batch", "topics.tsv", "--format", "csv"], topics].concat(), 21, &format!("topic 1: {lost}")),
        (&["batch", "topics.tsv"], 8, ""),
        (&["batch", "topics.tsv", "--expand"], 8, "topic 1: 1 article could not be looked into (v6): "),
        (&["show", "v3"], 29, "v3: passage 2 cannot be shown: "),
        (&["show", "v3:1"], 19, "v3: passage 2 cannot be shown: "),
        (&["show", "v3:1", "--format", "json"], 1, ""),
        (&["show", "v6"], 0, "index: the index is damaged: the article v6 is not as it was written; "),
    ] {
        let Run { stdout, stderr, status } = archive.run(command);
        let is_well = status == if told.is_empty() { 0 } else { 2 }
            && stdout.lines().count() == lines
            && stderr.lines().count() == usize::from(!told.is_empty())
            && stderr.contains(told)
            && (!told.ends_with("): ") || stderr.contains(ADVICE));
        if !is_well {
            wrong.push(format!("{command:?}: {status}, {} lines, {stderr}", stdout.lines().count()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rank_stays_empty_and_scripts_are_told() {
    let archive = archive();
    let query = |format: &str| archive.run(&["query", "harbour ferry", "--format", format]);
    let (whole, ids) = (query("jsonl"), |run: &Run| -> Vec<String> { run.stdout.lines().map(str::to_owned).collect() });
    damage(&archive, &[word(3, "one")]);
    let without: Vec<String> = ids(&whole).into_iter().filter(|line| !line.contains("\"id\":\"v3:1\"")).collect();
    assert_eq!((ids(&query("jsonl")), without.len()), (without, 7));
    let answer: Value = serde_json::from_str(&query("json").stdout).expect("an object");
    assert_eq!(answer["unreadable"], serde_json::json!([{ "rank": 3, "id": "v3:1", "article": "v3" }]));
    super::schemas::assert_valid(&super::schemas::schema("answer.schema.json"), &answer);
    let shown: Value =
        serde_json::from_str(&archive.run(&["show", "v3", "--format", "json"]).stdout).expect("an object");
    let passages = shown["passages"].as_array().expect("passages").iter().map(|passage| text(&passage["id"]));
    assert_eq!(passages.collect::<Vec<_>>(), ["v3:2", "v3:3"]);
    assert_eq!(shown["lost_passages"], serde_json::json!([1]));
    let told = archive.run(&["show", "v3"]).stdout;
    assert!(told.contains("v3:1  line 3\n  [this passage is damaged in the index, and is not shown]\n"), "{told}");
}

#[test]
fn no_flip_in_the_end_of_a_store_ends_the_process() {
    let archive = archive();
    let before = archive.run(&["query", "harbour", "--format", "jsonl"]);
    for path in archive.index_files(".store") {
        let whole = fs::read(&path).expect("a store");
        for at in (whole.len() - 180..whole.len()).step_by(3) {
            for bit in [0, 7] {
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << bit;
                fs::write(&path, bytes).expect("written");
                let run = archive.run(&["query", "harbour", "--format", "jsonl"]);
                let is_told = run.status == 2 && run.stderr.lines().count() == 1 && !run.stderr.contains(" { ");
                assert!(is_told || (run.status, &run.stdout) == (0, &before.stdout), "{at}, {bit}: {run:?}");
                assert!(run.stdout.lines().all(|line| before.stdout.contains(line)), "{at}, {bit}: {run:?}");
                let saved = archive.run(&["salvage"]);
                assert!([0, 2].contains(&saved.status), "{at}, {bit}: {saved:?}");
            }
        }
        fs::write(&path, &whole).expect("put back");
    }
}

#[test]
fn half_an_answer_has_no_score() {
    let archive = archive();
    let eval: &[&str] = &["eval", "--topics", "topics.tsv", "--qrels", "qrels", "--expand"];
    assert_eq!(archive.run(eval).status, 0, "{:?}", archive.run(eval));
    damage(&archive, &[word(6, "headline")]);
    let run = archive.run(eval);
    assert!(run.status == 2 && run.stderr.contains("topic 1: 1 article could not be looked into (v6)"), "{run:?}");
}

#[test]
fn a_command_that_is_advised_names_the_archive_that_was_typed() {
    let archive = archive();
    damage(&archive, &[word(3, "one")]);
    fs::rename(archive.dir.path().join("index"), archive.dir.path().join("my index")).expect("moved");
    let query: &[&str] = &["query", "harbour ferry", "--index", "my index"];
    for (command, told) in [
        (query, "`dateline check --index 'my index'` tells where else, `dateline salvage --index 'my index'` saves"),
        (&["show", "v3", "--index", "my index"], "`dateline check --index 'my index'` tells where else"),
        (&["show", "v9", "--index", "my index"], "`dateline query --index 'my index'` prints ids"),
        (&["query", "ferry", "--index", "none"], "`dateline index PATH --index none`"),
    ] {
        let run = archive.run(command);
        assert!(run.stderr.contains(told), "{command:?}: {run:?}");
    }
    let checked = archive.run(&["check", "--index", "my index"]).stdout;
    assert!(
        checked.contains("set the folder aside and run `dateline index PATH --index 'my index'` again"),
        "{checked}"
    );
    let environment = super::support::run_in(archive.dir.path(), &query[..2], &[("DATELINE_INDEX", "my index")]);
    assert!(environment.stderr.contains("`dateline check` tells where else"), "{environment:?}");
}

/// Many articles, so that the files of words and places are too large to be verified on opening.
#[test]
fn a_damaged_list_of_places_is_one_line_and_no_panic() {
    let record = |n: u32| {
        let words: Vec<String> = (0..120_u32).map(|w| word(n * 31 % 977 + w * w % 13, "lamp")).collect();
        format!("{{\"id\":\"a{n}\",\"body\":\"The ferry {}.\"}}\n", words.join(" "))
    };
    let archive = Archive::indexed(&[("a.jsonl", (0..3000).map(record).collect::<String>())]);
    let topics: String = (0..40).map(|n| format!("{n}\t{} ferry\n", word(n * 7, "lamp"))).collect();
    fs::write(archive.dir.path().join("topics.tsv"), topics).expect("written");
    for end in [".idx", ".pos", ".store"] {
        let path = archive.index_files(end).into_iter().max_by_key(|path| path.metadata().map_or(0, |m| m.len()));
        let path = path.expect("a file");
        let (whole, name) = (fs::read(&path).expect("a file"), path.file_name().expect("a name").to_string_lossy());
        // a store ends in the places of its blocks
        let from = if end == ".store" { whole.len() - 400 } else { 0 };
        let (mut told, mut bytes) = (0, whole.clone());
        (from..whole.len() - 120).step_by(17).for_each(|at| bytes[at] ^= 0x55);
        fs::write(&path, &bytes).expect("written");
        for format in ["trec", "jsonl"] {
            let run = archive.run(&["batch", "topics.tsv", "-n", "5", "--format", format]);
            let is_clean = |line: &str| line.starts_with("dateline: ") && !line.contains("something that cannot be");
            assert!(run.stderr.lines().all(is_clean), "{end}: {}", run.stderr);
            assert!(run.stderr.is_empty() || run.status == 2, "{end}: {run:?}");
            let is_named = run.stderr.contains(&format!("{name}: its checksum does not match its bytes"));
            told += usize::from(is_named || run.stderr.contains("cannot be shown"));
        }
        assert!(told > 0, "{end}: nothing was told");
        fs::write(&path, &whole).expect("put back");
    }
}
