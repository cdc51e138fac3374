//! A damaged index is told, and never copied: what is shown is what was written.

use std::fs;
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::support::{Archive, Run, launder};

const QUERY: &[&str] = &["query", "ferry harbour", "--format", "jsonl", "-n", "50"];

/// An archive of votes, each counted in its text.
fn archive() -> Archive {
    let vote = |n: u32| {
        let counted = format!("The council voted {} to {} on Thursday for a ferry to the harbour.", n + 41, n + 12);
        format!("{{\"id\":\"v{n}\",\"headline\":\"Vote {n}\",\"outlet\":\"The Post\",\"body\":\"{counted}\"}}\n")
    };
    let votes: Vec<String> = [0..20, 20..40].map(|range| range.map(vote).collect()).to_vec();
    let archive = Archive::indexed(&[("a.jsonl", &votes[0])]);
    archive.write("b.jsonl", votes[1].as_bytes());
    archive.index();
    archive
}

fn is_told(run: &Run, name: &str) -> bool {
    run.status == 2 && run.stderr.contains("the index is damaged") && run.stderr.contains(name)
}

#[test]
fn no_flip_shows_another_text_even_where_a_merge_copied_it() {
    let archive = archive();
    let before = archive.run(QUERY);
    assert_eq!(before.stdout.lines().count(), 40, "{before:?}");
    let mut random = StdRng::seed_from_u64(17);
    let (mut told, mut same) = (0, 0);
    let meta = archive.dir.path().join("index/meta.json");
    let commit = fs::read(&meta).expect("a commit");
    for path in archive.index_files(".store") {
        let whole = fs::read(&path).expect("a store");
        for _ in 0..60 {
            let mut bytes = whole.clone();
            // the offsets and the footer stand behind the articles
            let at = random.random_range(0..whole.len() * 3 / 4);
            bytes[at] ^= 1 << random.random_range(0..8);
            launder(&path, &bytes);
            let run = archive.run(QUERY);
            assert!(!run.stderr.contains("panicked"), "byte {at}: {run:?}");
            if run.status == 0 {
                assert_eq!(run.stdout, before.stdout, "byte {at} of {}", path.display());
                same += 1;
            } else {
                let is_one = |line: &str| before.stdout.lines().any(|other| other == line);
                assert!(run.stdout.lines().all(is_one), "byte {at} of {}: {run:?}", path.display());
                assert!(run.status == 2 && run.stderr.lines().count() == 1, "byte {at}: {run:?}");
                told += usize::from(run.stderr.contains("cannot be shown") && !run.stdout.is_empty());
            }
        }
        fs::write(&path, &whole).expect("put back");
        fs::write(&meta, &commit).expect("put back");
    }
    assert!(told > 60 && same < 12, "{told} by a passage or a head, {same} without a difference");
}

#[test]
fn who_writes_or_counts_tells_damage_before_it_is_copied() {
    let archive = archive();
    archive.write("a.jsonl", &fs::read(archive.articles().join("b.jsonl")).expect("votes"));
    archive.index();
    let commands: [&[&str]; 5] =
        [&["index", "--compact"], &["index", "articles", "--reread"], &["stats"], &["outlets"], QUERY];
    for end in ["store", "fast", "fieldnorm", "del", "idx", "pos", "term", "forms", "formdocs"] {
        for path in archive.index_files(&format!(".{end}")) {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            let whole = fs::read(&path).expect("a file");
            let mut bytes = whole.clone();
            bytes[0] ^= 4;
            fs::write(&path, &bytes).expect("written");
            let before = listed(&archive);
            for command in commands {
                let run = archive.run(command);
                let is_left_out = end == "store" && command == QUERY && run.stderr.contains("cannot be shown");
                assert!(is_told(&run, name) || is_left_out, "{end}, {command:?}: {run:?}");
            }
            assert_eq!(listed(&archive), before, "{end}: the index stands as it was");
            fs::write(&path, &whole).expect("put back");
        }
    }
    assert_eq!(archive.run(&["check"]).status, 0);
    assert_eq!(archive.run(&["index", "articles"]).status, 0);
    assert!(!archive.dir.path().join("index/unsound.json").exists(), "what is mended is noted no longer");
}

#[test]
fn damage_that_a_merge_met_is_told_by_each_update_until_it_is_mended() {
    // stores that are larger than what is verified on opening
    let mut random = StdRng::seed_from_u64(7);
    let mut body = || (0..3_000).map(|_| format!("{:x} ", random.random::<u32>())).collect::<String>();
    let mut file = |from: u32| {
        (from..from + 40).map(|n| format!("{{\"id\":\"r{n}\",\"body\":\"{}\"}}\n", body())).collect::<String>()
    };
    let archive = Archive::indexed(&[("a.jsonl", file(0))]);
    archive.write("b.jsonl", file(40).as_bytes());
    archive.index();
    let path = archive.index_files(".store").remove(0);
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
    let whole = fs::read(&path).expect("a file");
    let mut bytes = whole.clone();
    bytes[0] ^= 4;
    fs::write(&path, &bytes).expect("written");
    assert_eq!(archive.run(&["index", "articles"]).status, 0, "no merge is tried, so nothing reads it");
    // what is run, whether it tells the damage, and whether it says that what it read counts
    let rows: [(&[&str], bool, bool); 4] = [
        (&["index", "--compact"], true, false),
        (&["index", "articles"], true, true),
        (&["index", "articles"], true, true),
        (&["index", "articles", "--compact"], true, true),
    ];
    for (command, tells, counts) in rows {
        let run = archive.run(command);
        assert_eq!(is_told(&run, &name), tells, "{command:?}: {run:?}");
        assert_eq!(run.stderr.contains("what this run read counts all the same"), counts, "{command:?}: {run:?}");
    }
    fs::write(&path, &whole).expect("put back");
    assert_eq!(archive.run(&["index", "articles"]).status, 0);
    assert!(!archive.dir.path().join("index/unsound.json").exists());
}

#[test]
fn a_damaged_commit_or_mark_is_told_and_its_articles_are_saved() {
    let archive = archive();
    let mut random = StdRng::seed_from_u64(5);
    let index = archive.dir.path().join("index");
    let commands: [&[&str]; 6] =
        [&["index", "articles"], &["index", "--compact"], &["stats"], &["backup", "copy"], &["show", "v7"], QUERY];
    for name in ["meta.json", "dateline.json"] {
        let path = index.join(name);
        let whole = fs::read(&path).expect("a file");
        let mut changes: Vec<Option<Vec<u8>>> = vec![None, Some(whole[..whole.len() / 2].to_vec())];
        for _ in 0..40 {
            let mut bytes = whole.clone();
            bytes[random.random_range(0..whole.len())] ^= 1 << random.random_range(0..8);
            changes.push(Some(bytes));
        }
        for change in changes {
            let what = change.as_ref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            match &change {
                Some(bytes) => fs::write(&path, bytes).expect("written"),
                None => fs::remove_file(&path).expect("removed"),
            }
            for command in commands {
                let run = archive.run(command);
                let names_a_way = run.stderr.contains("dateline salvage");
                assert!(is_told(&run, name) && names_a_way, "{command:?}: {run:?}, {name}: {what:?}");
            }
            assert!(matches!(archive.run(&["check"]).status, 1 | 2), "{what:?}");
            let saved = archive.run(&["salvage"]);
            assert_eq!(saved.stdout.lines().count(), 40, "{name}: {what:?}: {saved:?}");
        }
        fs::write(&path, &whole).expect("put back");
    }
    assert_eq!(archive.run(QUERY).status, 0);
}

#[test]
fn files_that_changed_places_are_told_and_not_merged() {
    let archive = archive();
    let commands: [&[&str]; 4] = [&["index", "--compact"], &["stats"], &["backup", "copy"], QUERY];
    for end in ["store", "fast", "fieldnorm", "idx", "pos", "term", "forms", "formdocs"] {
        let files = archive.index_files(&format!(".{end}"));
        let bytes = |path: &PathBuf| fs::read(path).expect("a file");
        let one = &files[0];
        let other = files.iter().find(|path| bytes(path) != bytes(one)).expect("two that differ");
        let swap = || {
            let (first, second) = (bytes(one), bytes(other));
            fs::write(one, second).and_then(|()| fs::write(other, first)).expect("written");
        };
        swap();
        for command in commands {
            let run = archive.run(command);
            assert!(is_told(&run, &format!(".{end}")), "{end}, {command:?}: {run:?}");
        }
        let check = archive.run(&["check"]);
        assert!(check.status == 1 && check.stdout.contains("another file"), "{end}: {check:?}");
        swap();
    }
    assert_eq!(archive.run(&["check"]).status, 0);
}

/// Names and bytes of the index, but for who wrote last.
fn listed(archive: &Archive) -> Vec<(PathBuf, Vec<u8>)> {
    // what a run noted of the damage is none of the index
    let is_note = |name: &str| name.starts_with('.') || name == "unsound.json";
    let is_ours = |path: &Path| !path.file_name().is_some_and(|name| is_note(&name.to_string_lossy()));
    let all = fs::read_dir(archive.dir.path().join("index")).expect("the index").flatten().map(|entry| entry.path());
    let mut all: Vec<_> = all.filter(|p| is_ours(p)).map(|p| (p.clone(), fs::read(&p).expect("a file"))).collect();
    all.sort();
    all
}

#[test]
fn a_batch_tells_a_damaged_file_once() {
    // files of postings that are larger than those which are verified on opening
    let word = |n: usize, k: usize| format!("w{}", (n * 131 + k * k * 17) % 6_007);
    let body = |n: usize| (0..100).map(|k| word(n, k)).collect::<Vec<_>>().join(" lamp harbour ");
    let records = (0..6_000).map(|n| format!("{{\"id\":\"r{n}\",\"body\":\"{}\"}}\n", body(n)));
    let archive = Archive::indexed(&[("a.jsonl", records.collect::<String>())]);
    let topics = (0..40).map(|n| format!("{n}\tharbour lamp w{n}\n")).collect::<String>();
    fs::write(archive.dir.path().join("topics.tsv"), topics).expect("written");
    assert_eq!(archive.run(&["batch", "topics.tsv"]).status, 0);
    for path in archive.index_files(".pos") {
        let mut bytes = fs::read(&path).expect("a file");
        let (size, from) = (bytes.len(), bytes.len() / 8);
        assert!(size > 1 << 19, "{size}");
        bytes[from..size - 1_000].fill(0xFF);
        fs::write(&path, bytes).expect("written");
    }
    let run = archive.run(&["batch", "topics.tsv"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    let files = archive.index_files(".pos").len();
    assert!(run.status == 2 && (1..=files).contains(&lines.len()), "{} lines: {run:?}", lines.len());
    let topics = |line: &&str| {
        let (topics, _) = line.strip_prefix("dateline: ")?.split_once(" topics could not be answered: index: ")?;
        topics.parse::<usize>().ok()
    };
    let touched: usize = lines.iter().filter_map(topics).sum();
    assert!(touched > 1 && lines.iter().all(|line| line.contains(".pos: its checksum does not match")), "{run:?}");
}
