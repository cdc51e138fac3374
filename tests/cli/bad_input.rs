use std::fs;

use super::support::{Archive, article, run_in};

fn good() -> (&'static str, Vec<u8>) {
    ("good.txt", article("A good article", &["It has one paragraph that ends as it should."]).into_bytes())
}

#[test]
fn a_bad_file_is_named_with_the_way_out_and_the_rest_is_done() {
    let nine = (1..=9).map(|n| {
        if n == 7 { "{\"body\": oops}\n".to_owned() } else { format!("{{\"body\":\"Line {n} has words.\"}}\n") }
    });
    let rows: Vec<(&str, Vec<u8>, &str)> = vec![
        ("paper.txt", b"%PDF-1.7".to_vec(), "paper.txt"),
        ("nine.jsonl", nine.collect::<String>().into_bytes(), "line 7"),
        ("long.txt", b"word ".repeat(500), "--max-record"),
    ];
    for (name, bytes, told) in rows {
        let archive = Archive::of(&[good(), (name, bytes)]);
        for turn in ["the first time", "again"] {
            let run = archive.run(&["index", "articles", "--max-record", "2k"]);
            assert_eq!(run.status, 2, "{name}, {turn}: {run:?}");
            assert!(run.stderr.contains(told), "{name}, {turn}: {}", run.stderr);
            let line = run.stderr.lines().find(|line| line.contains(told)).expect("the message");
            assert!(line.contains(';'), "{name}: a way out: {line}");
        }
        assert_eq!(archive.found(&["good"]), ["good"], "{name}");
    }
    let archive = Archive::of(&[
        good(),
        ("nine.jsonl", b"{\"body\":\"One lamp.\"}\n{oops\n{\"body\":\"Three lamps.\"}\n".to_vec()),
    ]);
    archive.run(&["index", "articles"]);
    assert_eq!(archive.found(&["lamps"]).len(), 2, "the records around the bad one are there");
}

#[test]
fn inspect_reads_as_long_a_record_as_index_does() {
    let archive = Archive::of(&[("long.txt", b"word ".repeat(500))]);
    for (flags, status, told) in [
        (&[][..], 0, ""),
        (&["--max-record", "3k"], 0, ""),
        (
            &["--max-record", "2k"],
            2,
            "articles/long.txt: a text file is one record, and this one is longer than 2048 bytes",
        ),
        (&["--max-record", "2x"], 2, "unknown unit \"x\""),
    ] {
        let run = archive.run(&[&["inspect", "articles/long.txt"], flags].concat());
        assert!(run.status == status && run.stderr.contains(told), "{flags:?}: {run:?}");
    }
}

#[test]
fn a_folder_without_articles_says_so() {
    let archive = Archive::of::<&str>(&[]);
    let run = archive.run(&["index", "articles"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("articles: no articles in this folder"), "{}", run.stderr);
}

#[test]
fn no_index_a_foreign_folder_and_another_version_are_refused_with_the_way_out() {
    let archive = Archive::of(&[good()]);
    let run = archive.run(&["query", "word"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("no index here; build one with `dateline index PATH"), "{}", run.stderr);

    let run = archive.run(&["index", "articles", "--index", "articles"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("holds other files"), "{}", run.stderr);

    archive.index();
    for (format, way_out) in [("0", "build it again"), ("9999", "use a newer dateline")] {
        let mark = format!(r#"{{"format":"{format}","analyzer":"0"}}"#);
        fs::write(archive.dir.path().join("index/dateline.json"), mark).expect("written");
        for command in [["query", "word"], ["index", "articles"], ["check", "--no-sources"]] {
            let run = archive.run(&command);
            let told = format!("index format {format}.0, this dateline reads ");
            assert!(run.status == 2 && run.stderr.contains(&told) && run.stderr.contains(way_out), "{run:?}");
        }
    }
}

#[test]
fn what_only_an_index_can_do_makes_none() {
    let archive = Archive::of(&[good()]);
    for flags in [&["--compact"][..], &["--forget", "articles"]] {
        let run = archive.run(&[&["index", "--index", "typo"], flags].concat());
        assert!(run.status == 2 && run.stderr.contains("typo: no index here"), "{run:?}");
        assert!(!archive.dir.path().join("typo").exists());
    }
    let run = archive.run(&["index", "articles", "--index", "articles/good.txt"]);
    assert!(run.status == 2 && run.stderr.contains("articles/good.txt: cannot write: not a directory"), "{run:?}");
}

/// An index that is killed while it is made leaves a first `meta.json`; any other is somebody's.
#[test]
fn a_foreign_meta_json_is_refused_and_stays() {
    let archive = Archive::of(&[good()]);
    let index = archive.dir.path().join("index");
    fs::create_dir(&index).expect("a folder");
    for foreign in
        ["{}", "{\"title\": \"mine\"}", "not json", "{\"segments\":[],\"opstamp\":0,\"schema\":[],\"payload\":null}"]
    {
        fs::write(index.join("meta.json"), foreign).expect("written");
        let run = archive.run(&["index", "articles"]);
        assert_eq!(run.status, 2, "{foreign}");
        assert!(run.stderr.contains("holds other files (meta.json) and no index; choose an empty folder"), "{run:?}");
        assert_eq!(fs::read_to_string(index.join("meta.json")).expect("there"), foreign);
        assert_eq!(fs::read_dir(&index).expect("a folder").count(), 1, "nothing was left beside it");
    }
    fs::remove_file(index.join("meta.json")).expect("removed");
    for (name, foreign) in [
        ("dateline.json", ""),
        ("dateline.json", "{\"headline\": \"mine\"}"),
        ("dateline.json", "not json"),
        (".managed.json", "{}"),
        (".managed.json", "[\"mine\"]"),
    ] {
        fs::write(index.join(name), foreign).expect("written");
        let run = archive.run(&["index", "articles"]);
        let told = format!("holds other files ({name}) and no index; choose an empty folder");
        assert!(run.status == 2 && run.stderr.contains(&told), "{name} {foreign}: {run:?}");
        for reading in [["query", "good"], ["check", "--no-sources"]] {
            let run = archive.run(&reading);
            assert!(run.status == 2 && run.stderr.contains("index: no index here"), "{name} {foreign}: {run:?}");
        }
        assert_eq!(fs::read_to_string(index.join(name)).expect("there"), foreign);
        assert_eq!(fs::read_dir(&index).expect("a folder").count(), 1, "nothing was left beside it");
        fs::remove_file(index.join(name)).expect("removed");
    }
    archive.index();
    // as if it had been killed before the mark was written
    let elsewhere = archive.dir.path().join("killed");
    fs::create_dir(&elsewhere).expect("a folder");
    let made = archive.dir.path().join("made");
    drop(dateline::engine::LocalUpdate::open(&made, dateline::index::WriterOptions::default()).expect("made"));
    for name in ["meta.json", ".managed.json"] {
        fs::copy(made.join(name), elsewhere.join(name)).expect("copied");
    }
    assert_eq!(archive.run(&["index", "articles", "--index", "killed"]).status, 0);
}

#[test]
fn a_damaged_index_is_told_from_none() {
    for victim in ["meta.json", "dateline.json", ".store", ".idx", ".term", ".fast", "manifest-1.jsonl"] {
        let archive = Archive::indexed(&[good()]);
        let dir = archive.dir.path().join("index");
        for entry in fs::read_dir(&dir).expect("the index") {
            let path = entry.expect("an entry").path();
            if path.to_string_lossy().ends_with(victim) {
                fs::write(path, b"?").expect("damaged");
            }
        }
        let run = archive.run(if victim.starts_with("manifest") { &["index", "articles"] } else { &["query", "good"] });
        assert_eq!(run.status, 2, "{victim}: {run:?}");
        assert!(run.stderr.contains("damaged") && run.stderr.contains("index PATH"), "{victim}: {}", run.stderr);
    }
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_read_keeps_what_is_indexed_of_it() {
    use std::os::unix::fs::symlink;
    let archive =
        Archive::indexed(&[good(), ("other.txt", article("Other", &["Another paragraph stands here."]).into_bytes())]);
    let path = archive.articles().join("good.txt");
    fs::remove_file(&path).expect("removed");
    // a link to itself cannot be opened, whoever runs the tests
    symlink("good.txt", &path).expect("linked");
    let run = archive.run(&["index", "articles"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains("good.txt: cannot read"), "{}", run.stderr);
    assert_eq!(archive.found(&["good"]), ["good"]);
}

#[test]
fn nonsense_is_answered() {
    let archive = Archive::indexed(&[good()]);
    for words in ["\"", "+-+-", "(((", "x:(^", "***", "\u{1b}[31m", "-", "headline:", "?!", "date:never"] {
        let run = archive.run(&["query", words]);
        assert_eq!(run.status, 1, "{words:?}: {run:?}");
        assert!(run.stderr.contains("try fewer or other words"), "{}", run.stderr);
        assert!(!run.stderr.contains('\u{1b}'));
    }
    let long = "\"a (b ".repeat(20_000);
    assert_ne!(archive.run(&["query", &long]).status, -1);
}

#[test]
fn bad_flags_end_with_2_and_a_date_names_its_form() {
    let archive = Archive::indexed(&[good()]);
    for args in
        [&["query"][..], &["query", "x", "--nonsense"], &["index"], &["nonsense"], &["query", "x", "-n", "many"]]
    {
        assert_eq!(archive.run(args).status, 2, "{args:?}");
    }
    let run = archive.run(&["query", "x", "--after", "soon"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("--after \"soon\" is no date; write 2018"), "{}", run.stderr);
}

#[test]
fn the_index_is_named_by_flag_then_environment_then_place() {
    let archive = Archive::indexed(&[good()]);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let index = archive.dir.path().join("index");
    let index = index.to_str().expect("UTF-8");
    assert_eq!(run_in(elsewhere.path(), &["query", "good"], &[]).status, 2);
    assert_eq!(run_in(elsewhere.path(), &["query", "good"], &[("DATELINE_INDEX", index)]).status, 0);
    assert_eq!(
        run_in(elsewhere.path(), &["query", "good", "--index", index], &[("DATELINE_INDEX", "nowhere")]).status,
        0
    );
}

#[cfg(all(feature = "opensearch", not(feature = "tls")))]
#[test]
fn a_cluster_over_https_needs_tls_built_in() {
    let run = Archive::of(&[good()]).run(&["query", "word", "--engine", "opensearch:https://127.0.0.1:1/news"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("https://127.0.0.1:1: this dateline was built without TLS"), "{}", run.stderr);
    assert!(run.stderr.contains("--features tls"), "{}", run.stderr);
}

#[test]
fn numbers_without_measure_are_bounded_or_refused() {
    let archive = Archive::indexed(&[("a.txt", "A lamp\n\nIt burns in the harbour, far from Helsinki.\n")]);
    let most = u64::MAX.to_string();
    for (args, status) in [
        (&["query", "lamp", "-n", "10000000000"][..], 0),
        (&["query", "lamp", "-n", &most], 0),
        (&["query", "lamp", "-n", &most, "--per-article", &most, "--width", &most], 0),
        (&["query", "lamp", "-n", &most, "--sort", "newest"], 0),
        (&["query", "lamp", "-n", &most, "--recency", "3e38", "--expand"], 0),
        (&["query", "--", "-lamp", "-n", &most], 1),
        (&["query", "lamp", "--timeout", &most], 2),
        (&["query", "lamp", "--timeout", "1e300"], 2),
        (&["query", "lamp", "--timeout", "0"], 2),
        (&["index", "articles", "--watch", "--settle", "1e300"], 2),
        (&["index", "articles", "--watch", "--poll", "1e18"], 2),
        (&["index", "articles", "--commit-every", &most], 0),
        (&["index", "articles", "--threads", &most], 0),
        (&["index", "articles", "--memory", "16G", "--threads", "1", "--reread"], 0),
        (&["index", "articles", "--memory", "9000000000G", "--threads", "1", "--reread"], 0),
        (&["index", "articles", "--max-record", "9000000000G", "--reread"], 0),
    ] {
        let run = archive.run(args);
        let panics = run.stderr.contains("cannot be has happened") || run.stderr.contains("panicked");
        assert!(run.status == status && !panics && !run.stderr.contains("disk"), "{args:?}: {run:?}");
    }
}

#[test]
fn words_that_begin_with_a_dash_are_words_wherever_flags_stand() {
    let archive = Archive::indexed(&[
        ("a.txt", "A lamp\n\nIt burns in the harbour.\n"),
        ("b.txt", "A lamp of Helsinki\n\nSo.\n"),
    ]);
    for args in [
        &["search", "lamp", "-Helsinki"][..],
        &["search", "lamp", "-Helsinki", "--index", "index"],
        &["--index", "index", "search", "lamp", "-Helsinki"],
        &["--index=index", "--color", "never", "query", "-Helsinki", "lamp"],
    ] {
        let run = archive.run(&[args, &["--format", "jsonl"]].concat());
        assert!(
            run.status == 0 && run.stdout.lines().count() == 1 && run.stdout.contains("\"a\""),
            "{args:?}: {run:?}"
        );
    }
    for (args, said) in [
        (&["query", "lamp", "--index", "-weird"][..], "-weird: no index"),
        (&["query", "lamp", "--after", "-1"], "--after \"-1\" is no date"),
        (&["query", "lamp", "--weights", "-passage=1"], "no weight \"-passage\""),
        (&["query", "lamp", "-n", "-5"], "invalid value '-5'"),
        (&["query", "lamp", "--outlet", "-?"], "--outlet \"-?\""),
    ] {
        let run = archive.run(args);
        assert!(run.status == 2 && run.stderr.contains(said) && !run.stderr.contains('\u{1}'), "{args:?}: {run:?}");
    }
}

#[test]
fn a_file_that_is_read_is_not_written_over() {
    let record = "{\"id\":\"a\",\"headline\":\"A lamp\",\"body\":\"It burns in the harbour.\"}\n";
    let archive = Archive::indexed(&[("a.jsonl", record)]);
    let topics = "1\tlamp\n";
    for (name, content) in [("topics.tsv", topics), ("qrels.txt", "1 0 a 1\n"), ("own.txt", "mine\n")] {
        std::fs::write(archive.dir.path().join(name), content).expect("written");
    }
    let eval = ["eval", "--topics", "topics.tsv", "--qrels", "qrels.txt", "--baseline", "base.json"];
    assert_eq!(archive.run(&[&eval[..], &["--update-baseline"]].concat()).status, 0);
    let before = |name: &str| std::fs::read(archive.dir.path().join(name)).expect("a file");
    let rows: [(&[&str], &str); 5] = [
        (&["index", "articles", "--failures", "articles/a.jsonl"], "articles/a.jsonl"),
        (&["index", "articles/a.jsonl", "--failures", "articles/a.jsonl"], "articles/a.jsonl"),
        (&["index", "articles", "--failures", "index/meta.json"], "index/meta.json"),
        (&[&eval[..], &["--junit", "base.json"]].concat(), "base.json"),
        (&[&eval[..], &["--junit", "qrels.txt"]].concat(), "qrels.txt"),
    ];
    for (args, file) in rows {
        let content = before(file);
        let run = archive.run(args);
        assert!(run.status == 2 && run.stderr.contains("name a file elsewhere"), "{args:?}: {run:?}");
        assert_eq!(before(file), content, "{args:?}");
    }
    assert_eq!(archive.run(&["index", "articles", "--failures", "own.txt"]).status, 0);
}

#[test]
fn a_gate_that_could_not_fail_is_refused() {
    let archive = Archive::indexed(&[("a.jsonl", "{\"id\":\"a\",\"headline\":\"A lamp\",\"body\":\"It burns.\"}\n")]);
    let none = "{\"format\":1,\"inputs\":{},\"measures\":[],\"means\":{},\"topics\":{\"1\":{}}}";
    for (name, content) in
        [("a.run", "1 Q0 a 1 1 x\n"), ("qrels", "1 0 a 1\n"), ("none.tsv", "# a\n\n"), ("none.json", none)]
    {
        fs::write(archive.dir.path().join(name), content).expect("written");
    }
    let named = "no measure is named; name one, such as nDCG@10";
    for (args, told) in [
        (&["eval", "--golden", "none.tsv"][..], "none.tsv: no golden ranking in it; write query, tab"),
        (&["eval", "a.run", "qrels", "--golden", "none.tsv"], "none.tsv: no golden ranking in it; write query, tab"),
        (&["eval", "a.run", "qrels", "-m", ""], named),
        (&["eval", "a.run", "qrels", "-m", ","], named),
        (&["eval", "a.run", "qrels", "-m", ",", "--baseline", "new.json", "--update-baseline"], named),
        (&["compare", "a.run", "a.run", "--qrels", "qrels", "-m", " "], named),
        (&["eval", "a.run", "qrels", "--baseline", "none.json"], "none.json: a baseline without floors holds nothing"),
        (&["eval", "a.run", "qrels", "-m", "ndgc@10"], "no measure \"ndgc@10\"; did you mean nDCG@10?"),
    ] {
        let run = archive.run(args);
        assert!(run.status == 2 && run.stdout.is_empty() && run.stderr.contains(told), "{args:?}: {run:?}");
    }
    assert!(!archive.dir.path().join("new.json").exists());
}

#[test]
fn all_failures_are_written_also_those_of_a_file_that_is_as_it_was() {
    let archive = Archive::of::<&str>(&[]);
    archive.write("a.jsonl", format!("{{\"body\":\"A lamp burns.\"}}\n{}", "{broken\n".repeat(150)).as_bytes());
    let run = archive.run(&["index", "articles"]);
    assert!(run.status == 2 && run.stderr.contains("50 more failed; `dateline index PATH --failures FILE`"), "{run:?}");
    for _ in 0..2 {
        assert_eq!(archive.run(&["index", "articles", "--failures", "failed.txt"]).status, 2);
        let written = fs::read_to_string(archive.dir.path().join("failed.txt")).expect("written");
        assert_eq!(written.lines().count(), 150);
    }
}
