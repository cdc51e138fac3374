use std::fs;

use serde_json::Value;

use super::support::{Archive, article, number};

fn counts(report: &Value, what: &str) -> [usize; 7] {
    ["read", "indexed", "replaced", "unchanged", "skipped", "failed", "removed"].map(|key| number(&report[what][key]))
}

fn lines(range: std::ops::Range<u32>) -> String {
    range
        .map(|n| {
            format!("{{\"id\":\"r{n}\",\"headline\":\"Record {n}\",\"body\":\"The lamp of record {n} burns.\"}}\n")
        })
        .collect()
}

#[test]
fn only_what_changed_is_read_again() {
    let archive = Archive::of(&[
        ("a.txt", article("About a", &["The first lamp burns in the harbour."])),
        ("b/b.txt", article("About b", &["The second lamp burns in the tower."])),
        ("feed.jsonl", lines(0..3)),
    ]);
    //                                   read indexed replaced unchanged skipped failed removed
    let report = archive.index();
    assert_eq!(counts(&report, "files"), [3, 3, 0, 0, 0, 0, 0]);
    assert_eq!(counts(&report, "records"), [5, 5, 0, 0, 0, 0, 0]);
    assert_eq!(number(&report["extracted"]), 5);

    let report = archive.index();
    assert_eq!(counts(&report, "files"), [3, 0, 0, 3, 0, 0, 0]);
    assert_eq!(counts(&report, "records"), [5, 0, 0, 5, 0, 0, 0]);
    assert_eq!(number(&report["extracted"]), 0, "nothing unchanged is extracted");

    archive.write("a.txt", article("About a", &["The first candle burns in the harbour now."]).as_bytes());
    archive.write("feed.jsonl", lines(1..6).as_bytes());
    fs::remove_file(archive.articles().join("b/b.txt")).expect("removed");
    let report = archive.index();
    assert_eq!(counts(&report, "files"), [2, 0, 2, 0, 0, 0, 1]);
    assert_eq!(counts(&report, "records"), [6, 2, 4, 0, 0, 0, 1]);
    assert_eq!(archive.found(&["candle"]), ["a"]);
    assert_eq!(archive.found(&["second tower"]), Vec::<String>::new());
    assert_eq!(archive.found(&["lamp", "-n", "20"]).len(), 5);
}

#[test]
fn a_touched_file_with_the_same_bytes_is_unchanged() {
    let archive = Archive::indexed(&[("a.txt", article("About a", &["The lamp burns in the harbour."]))]);
    let file = fs::File::options().append(true).open(archive.articles().join("a.txt")).expect("opened");
    file.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(5)).expect("touched");
    let report = archive.index();
    assert_eq!(counts(&report, "files"), [1, 0, 0, 1, 0, 0, 0]);
    assert_eq!(number(&report["extracted"]), 0);
}

#[test]
fn a_missing_root_removes_nothing() {
    let archive = Archive::indexed(&[("a.txt", article("About a", &["The lamp burns in the harbour."]))]);
    fs::rename(archive.articles(), archive.dir.path().join("away")).expect("moved");
    let run = archive.run(&["index", "articles"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("articles: cannot read"), "{}", run.stderr);
    assert_eq!(archive.found(&["lamp"]), ["a"]);
}

#[test]
fn another_root_leaves_the_first_alone_and_its_ids_carry_its_name() {
    let archive = Archive::indexed(&[("a.txt", article("About a", &["The lamp burns in the harbour."]))]);
    let more = archive.dir.path().join("more");
    fs::create_dir_all(&more).expect("a folder");
    fs::write(more.join("a.txt"), article("About another", &["Another lamp burns in the tower."])).expect("written");
    assert_eq!(archive.run(&["index", "more"]).status, 0);
    let mut found = archive.found(&["lamp"]);
    found.sort();
    assert_eq!(found, ["a", "more/a"]);
    assert_eq!(archive.run(&["index", "articles", "more"]).status, 0);
    assert_eq!(archive.found(&["lamp"]).len(), 2);
}

#[test]
fn a_file_below_two_roots_is_read_once() {
    let archive = Archive::of(&[
        ("a.txt", article("About a", &["The first lamp burns in the harbour."])),
        ("b/b.txt", article("About b", &["The second lamp burns in the tower."])),
    ]);
    for expected in [[2, 2, 0, 0, 0, 0, 0], [2, 0, 0, 2, 0, 0, 0]] {
        let run = archive.run(&["index", "articles", "articles/b", "articles/a.txt", "--format", "json"]);
        let report: Value = serde_json::from_str(&run.stdout).expect("a report");
        assert_eq!(counts(&report, "files"), expected);
    }
    let mut found = archive.found(&["lamp"]);
    found.sort();
    assert_eq!(found, ["articles/a", "articles/b/b"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_utf8_is_read_and_its_twin_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let archive = Archive::of(&[("a.txt", article("About a", &["The first lamp burns in the harbour."]))]);
    let write = |name: &[u8], text: &str| {
        let path = archive.articles().join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, article("About more", &[text])).is_ok()
    };
    if !write(b"b\xff.txt", "The second lamp burns in the tower.") {
        return; // the file system takes no such names
    }
    assert_eq!(counts(&archive.index(), "files"), [2, 2, 0, 0, 0, 0, 0]);
    assert_eq!(counts(&archive.index(), "files"), [2, 0, 0, 2, 0, 0, 0]);
    assert!(write(b"b\xfe.txt", "The third lamp burns in the tower."));
    let run = archive.run(&["index", "articles"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("its name is not UTF-8, and another file's looks the same; rename it"), "{run:?}");
    assert_eq!(archive.found(&["lamp"]).len(), 2);
}

#[test]
fn ids_are_the_records_own_or_their_place() {
    let archive = Archive::indexed(&[
        ("one two.txt", article("Spaces", &["A lamp with a space in its name."])),
        ("same.txt", article("Same", &["A lamp in text."])),
        (
            "same.jsonl",
            "{\"body\":\"A lamp in a record.\"}\n{\"id\":\"own id\",\"body\":\"A lamp of its own.\"}\n".to_owned(),
        ),
        ("x.y/deep.txt", article("Deep", &["A lamp far down."])),
    ]);
    let mut found = archive.found(&["lamp", "-n", "20"]);
    found.sort();
    assert_eq!(found, ["one%20two", "own%20id", "same.jsonl#1", "same.txt", "x.y/deep"]);
}

#[test]
fn a_clash_of_ids_is_told_and_nothing_is_lost() {
    let record = |body: &str| format!("{{\"id\":\"twin\",\"body\":\"{body}\"}}\n");
    let archive = Archive::of(&[
        ("a.jsonl", record("A lamp in a.") + &record("A lamp in a again.")),
        ("b.jsonl", record("A lamp in b.")),
    ]);
    let run = archive.run(&["index", "articles"]);
    assert!(run.stderr.contains("id twin is taken by another record; indexed as a#2"), "{}", run.stderr);
    let mut found = archive.found(&["lamp"]);
    found.sort();
    assert_eq!(found, ["a#2", "b#1", "twin"]);
    archive.write("b.jsonl", record("A candle in b.").as_bytes());
    archive.index();
    assert_eq!(archive.found(&["candle"]), ["b#1"], "the holder keeps its id");
}

#[test]
fn hidden_files_and_indexes_are_skipped_and_counted() {
    let archive = Archive::of(&[
        ("a.txt", article("About a", &["The lamp burns in the harbour."])),
        (".hidden.txt", "not read".to_owned()),
        (".git/config", "not read".to_owned()),
    ]);
    assert_eq!(archive.run(&["index", "articles", "--index", "articles/idx"]).status, 0);
    let run = archive.run(&["index", "articles", "--index", "articles/idx", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    assert_eq!(counts(&report, "files"), [4, 0, 0, 1, 3, 0, 0]);
}

#[test]
fn the_order_of_threads_changes_nothing() {
    let files: Vec<(String, String)> = (0..40)
        .map(|n| (format!("{n:02}.txt"), article(&format!("Lamp {n}"), &["The same lamp burns in the same harbour."])))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let mut answers = Vec::new();
    for threads in ["1", "4"] {
        let archive = Archive::of(&files);
        assert_eq!(archive.run(&["index", "articles", "--threads", threads]).status, 0);
        let answer = archive.run(&["query", "lamp harbour", "-n", "30", "--format", "json"]).stdout;
        answers.push(archive.wherever(&answer));
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].contains("\"article\":\"00\""), "ties go by id");
}

#[test]
fn a_second_writer_hears_who_holds_the_lock_and_since_when() {
    use dateline::engine::{LocalUpdate, Update};
    let archive = Archive::indexed(&[("a.txt", article("About a", &["The first lamp burns in the harbour."]))]);
    let index = archive.dir.path().join("index");
    let first = LocalUpdate::open(&index, dateline::index::WriterOptions::default()).expect("free");
    let run = archive.run(&["index", "articles"]);
    assert_eq!(run.status, 2);
    let holder = format!("another dateline is writing to this index (process {}", std::process::id());
    assert!(run.stderr.contains(&holder) && run.stderr.contains(", since 20"), "{run:?}");
    assert_eq!(archive.run(&["query", "lamp"]).status, 0, "queries go on");
    first.close().expect("closed");
    archive.index();
    assert!(!index.join(".writer.json").exists(), "nobody writes any more");
}
