//! `dateline check`: what is damaged and what has drifted is told; what is well is not.

use std::fs;
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::Value;

use super::schemas::{assert_valid, schema};
use super::support::{Archive, article, number, text};

fn lamps(from: u32, to: u32) -> String {
    let record = |n| {
        format!(
            "{{\"id\":\"r{n}\",\"headline\":\"Lamp {n}\",\"body\":\"The lamp number {n} burns in the harbour all night.\"}}\n"
        )
    };
    (from..to).map(record).collect()
}

fn two_paragraphs() -> String {
    let second = "The keeper of the second lamp said on Thursday that the oil would last until the end of the winter.";
    article(
        "A lamp is lit in the harbour",
        &["The first lamp burns in the harbour, and the ships come in by it.", second],
    )
}

fn gzip(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    std::io::Write::write_all(&mut encoder, bytes).expect("compressed");
    encoder.finish().expect("compressed")
}

/// An archive with every way of standing in a file: text, UTF-16, records of a line, a compressed file, a page.
fn archive() -> Archive {
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(two_paragraphs().encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let page = format!("<html>\n<body>\n<h1>A page of lamps</h1>\n<p>{}</p>\n</body></html>\n", two_paragraphs());
    Archive::indexed(&[
        ("plain.txt", two_paragraphs().into_bytes()),
        ("wide.txt", utf16),
        ("feed.jsonl", lamps(0, 20).into_bytes()),
        ("packed.jsonl.gz", gzip(lamps(20, 40).as_bytes(), 6)),
        ("page.html", page.into_bytes()),
    ])
}

fn check(archive: &Archive, args: &[&str]) -> (i32, Value) {
    let run = archive.run(&[&["check", "--format", "json"], args].concat());
    assert!(!run.stderr.contains("panicked"), "{run:?}");
    (run.status, serde_json::from_str(&run.stdout).unwrap_or(Value::Null))
}

fn findings(told: &Value) -> Vec<(String, String, String)> {
    let all = told["findings"].as_array().cloned().unwrap_or_default();
    let name = |path: &Value| text(path).rsplit('/').next().unwrap_or_default().to_owned();
    all.iter().map(|f| (text(&f["kind"]), name(&f["path"]), text(&f["what"]))).collect()
}

#[test]
fn what_is_well_is_well() {
    let archive = archive();
    let (status, told) = check(&archive, &[]);
    assert_eq!((status, told["well"].as_bool()), (0, Some(true)), "{told:#}");
    assert_eq!((number(&told["articles"]), number(&told["sources"]["same"])), (43, 5));
    assert_valid(&schema("check.schema.json"), &told);
    let (status, told) = check(&archive, &["--no-sources"]);
    assert_eq!((status, &told["sources"]), (0, &Value::Null));
    assert_valid(&schema("check.schema.json"), &told);
}

#[test]
fn what_failed_and_what_does_not_count_is_told_where_all_is_well() {
    let archive = Archive::of(&[("good.jsonl", lamps(0, 3)), ("bad.jsonl", "{oops\n".to_owned())]);
    archive.run(&["index", "articles"]);
    let list = archive.index_files(".jsonl").remove(0);
    for (behind, told) in [("", None), ("{\"file\"", Some("7 bytes at the end of the list of files do not count"))] {
        let whole = fs::read(&list).expect("the list of files");
        fs::write(&list, [&whole[..], behind.as_bytes()].concat()).expect("written");
        let run = archive.run(&["check"]);
        assert!(run.status == 0 && run.stdout.ends_with("\nall is well\n"), "{run:?}");
        let is_counted = |line: &str| line.starts_with("files that failed ") && line.ends_with(" 1");
        assert!(run.stdout.lines().any(is_counted), "{run:?}");
        assert_eq!(told.is_some_and(|told| run.stdout.contains(told)), !behind.is_empty(), "{run:?}");
        assert_eq!(number(&check(&archive, &[]).1["unused"]), behind.len());
    }
}

#[test]
fn our_own_articles_are_well_in_every_form() {
    for folder in ["seeds/articles", "tests/forms/samples"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let archive = Archive::of::<&str>(&[]);
        archive.run(&["index", folder.to_str().expect("a UTF-8 path")]);
        let (status, told) = check(&archive, &[]);
        assert_eq!(status, 0, "{}: {told:#}", folder.display());
        assert!(number(&told["sources"]["articles"]) > 3, "{told:#}");
    }
}

#[test]
fn every_drift_has_its_row() {
    type Change = fn(&Archive);
    let rows: [(&str, Change, &str, &str, &str); 11] = [
        (
            "edited",
            |a| a.write("plain.txt", two_paragraphs().replace("oil", "gas").as_bytes()),
            "changed",
            "plain.txt",
            "of its 1 article 1 drifted (plain: other bytes)",
        ),
        (
            "gone",
            |a| fs::remove_file(a.articles().join("wide.txt")).expect("removed"),
            "gone",
            "wide.txt",
            "gone, with 1 article cited",
        ),
        (
            "a line above",
            |a| a.write("feed.jsonl", format!("\n{}", lamps(0, 20)).as_bytes()),
            "changed",
            "feed.jsonl",
            "of its 20 articles 20 drifted (r0: other bytes, r1: other bytes, r2: other bytes, …)",
        ),
        (
            "a blank made a line end",
            |a| a.write("feed.jsonl", lamps(0, 20).replacen(',', "\n", 1).as_bytes()),
            "changed",
            "feed.jsonl",
            "of its 20 articles 20 drifted (r0: other bytes, r1:1: lines 2, now 3, r2:1: lines 3, now 4, …)",
        ),
        (
            "a record edited",
            |a| a.write("feed.jsonl", lamps(0, 20).replace("number 7", "number 8").as_bytes()),
            "changed",
            "feed.jsonl",
            "of its 20 articles 1 drifted (r7: other bytes)",
        ),
        (
            "records appended",
            |a| a.write("feed.jsonl", lamps(0, 21).as_bytes()),
            "changed",
            "feed.jsonl",
            "changed, but its 20 articles stand as cited",
        ),
        (
            "cut off",
            |a| a.write("feed.jsonl", &lamps(0, 20).as_bytes()[..lamps(0, 18).len()]),
            "changed",
            "feed.jsonl",
            "of its 20 articles 2 drifted (r18: other bytes, r19: other bytes)",
        ),
        (
            "packed anew",
            |a| a.write("packed.jsonl.gz", &gzip(lamps(20, 40).as_bytes(), 1)),
            "changed",
            "packed.jsonl.gz",
            "changed, but its 20 articles stand as cited",
        ),
        (
            "another packed",
            |a| a.write("packed.jsonl.gz", &gzip(lamps(21, 41).as_bytes(), 6)),
            "changed",
            "packed.jsonl.gz",
            "of its 20 articles 20 drifted (r20: other bytes, r21: other bytes, r22: other bytes, …)",
        ),
        (
            "packed and cut off",
            |a| a.write("packed.jsonl.gz", &gzip(lamps(20, 40).as_bytes(), 6)[..60]),
            "changed",
            "packed.jsonl.gz",
            "of its 20 articles",
        ),
        (
            "a folder in its place",
            |a| {
                fs::remove_file(a.articles().join("page.html")).expect("removed");
                fs::create_dir(a.articles().join("page.html")).expect("made");
            },
            "gone",
            "page.html",
            "gone, with 1 article cited",
        ),
    ];
    let archive = archive();
    for (name, change, kind, file, what) in rows {
        let path = archive.articles().join(file);
        let before = fs::read(&path).expect("a file");
        change(&archive);
        let (status, told) = check(&archive, &[]);
        assert_valid(&schema("check.schema.json"), &told);
        let found = findings(&told);
        assert_eq!((status, found.len()), (1, 1), "{name}: {told:#}");
        assert_eq!((found[0].0.as_str(), found[0].1.as_str()), (kind, file), "{name}");
        assert!(found[0].2.contains(what), "{name}: {}", found[0].2);
        let sum = ["same", "changed", "gone", "unreadable", "streams"].map(|part| number(&told["sources"][part]));
        assert_eq!((sum.iter().sum::<usize>(), number(&told["sources"]["files"])), (5, 5), "{name}");
        assert_eq!(check(&archive, &["--no-sources"]).0, 0, "{name}: the index itself is well");
        if path.is_dir() {
            fs::remove_dir(&path).expect("removed");
        }
        fs::write(&path, before).expect("put back");
    }
    assert_eq!(check(&archive, &[]).0, 0, "all is as it was");
}

#[test]
fn a_source_that_is_damaged_keeps_its_articles() {
    let text = two_paragraphs();
    let records = lamps(0, 20);
    let crawl = |n: usize| {
        let page = format!("Lamp {n}\n\nIt burns in the harbour, and has the number {n} of all lamps.\n");
        let head =
            format!("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {}", page.len());
        gzip(format!("{head}\r\n\r\n{page}\r\n\r\n").as_bytes(), 6)
    };
    let crawl: Vec<Vec<u8>> = (0..3).map(crawl).collect();
    // a file, what it holds, the byte that is flipped, or where it is cut off
    let (at, end) = (crawl[0].len() + crawl[1].len() - 6, crawl.concat().len());
    for (name, whole, flipped, length) in [
        ("a.txt.gz", gzip(text.as_bytes(), 6), Some(40), usize::MAX),
        ("a.txt.gz", gzip(text.as_bytes(), 6), None, 60),
        ("checksum.txt.gz", gzip(text.as_bytes(), 6), Some(gzip(text.as_bytes(), 6).len() - 6), usize::MAX),
        ("a.jsonl.gz", gzip(records.as_bytes(), 6), Some(gzip(records.as_bytes(), 6).len() - 6), usize::MAX),
        ("a.jsonl.gz", gzip(records.as_bytes(), 6), None, 100),
        ("a.warc.gz", crawl.concat(), Some(at), usize::MAX),
        ("a.warc.gz", crawl.concat(), None, end - 20),
    ] {
        let archive = Archive::of::<&str>(&[]);
        archive.write(name, &whole);
        assert_eq!(archive.run(&["index", "articles"]).status, 0, "{name}");
        let held = archive.run(&["query", "lamp"]).stdout;
        let mut damaged = whole.clone();
        damaged.truncate(length);
        flipped.into_iter().for_each(|at| damaged[at] ^= 1);
        archive.write(name, &damaged);
        for _ in 0..2 {
            let run = archive.run(&["index", "articles"]);
            assert_eq!((run.status, run.stderr.contains(name)), (2, true), "{name}: {}", run.stderr);
            let shown = archive.run(&["query", "lamp"]).stdout;
            assert_eq!(shown, held, "{name} {flipped:?} {length}: the index keeps what it has");
        }
        let (status, told) = check(&archive, &[]);
        let found = findings(&told);
        assert_eq!((status, found.len()), (1, 1), "{name}: {told:#}");
        let way_out = told["findings"][0]["way_out"].as_str().unwrap_or_default();
        assert!(way_out.starts_with("restore the file") && !way_out.contains("dateline index"), "{name}: {told:#}");
        archive.write(name, &whole);
        assert_eq!(archive.run(&["index", "articles"]).status, 0, "{name}: it was restored");
        assert_eq!((archive.run(&["query", "lamp"]).stdout, check(&archive, &[]).0), (held, 0), "{name}");
    }
}

#[test]
fn a_person_reads_lines_and_a_sum() {
    let archive = archive();
    archive.write("plain.txt", b"Another article\n\nWith other words in it, and more of them than before.\n");
    fs::remove_file(archive.articles().join("page.html")).expect("removed");
    let run = archive.run(&["check"]);
    assert_eq!(run.status, 1);
    let place = archive.dir.path().canonicalize().expect("a path").display().to_string();
    insta::assert_snapshot!(run.stdout.replace(&place, "/scratch"));
}

#[test]
fn no_index_and_another_version_cannot_be_checked() {
    let archive = archive();
    let run = archive.run(&["check", "--index", "nowhere"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    let mark = archive.dir.path().join("index/dateline.json");
    fs::write(&mark, r#"{"format":"1","analyzer":"5","language":"english"}"#).expect("written");
    let run = archive.run(&["check"]);
    assert!(run.status == 2 && run.stderr.contains("index format 1.5") && !run.stderr.contains("damaged"), "{run:?}");
}

/// The files of an index that say something: not the locks, which are empty.
fn files(index: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(index).expect("the index").flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = all.filter(|path| fs::metadata(path).is_ok_and(|about| about.len() > 0)).collect();
    files.sort();
    files
}

#[test]
fn a_flipped_byte_of_any_file_is_told() {
    let archive = archive();
    archive.write("feed.jsonl", lamps(3, 20).as_bytes());
    archive.index();
    let index = archive.dir.path().join("index");
    let mut random = StdRng::seed_from_u64(4);
    let mut flips = 0;
    for path in files(&index) {
        let whole = fs::read(&path).expect("a file");
        for _ in 0..12 {
            let at = random.random_range(0..whole.len());
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << random.random_range(0..8);
            fs::write(&path, &bytes).expect("written");
            told(&archive, &path, &format!("byte {at} of {}", whole.len()));
            flips += 1;
        }
        for length in [0, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..length]).expect("written");
            told(&archive, &path, &format!("cut to {length} of {}", whole.len()));
        }
        fs::remove_file(&path).expect("removed");
        told(&archive, &path, "removed");
        fs::write(&path, &whole).expect("put back");
    }
    assert!(flips > 150, "{flips}");
    assert_eq!(check(&archive, &[]).0, 0, "all is as it was");
}

/// What is done to a file of the index is found; its mark may also say that it is no index of ours.
fn told(archive: &Archive, path: &Path, what: &str) {
    let (status, told) = check(archive, &["--no-sources"]);
    let is_mark = path.ends_with("dateline.json");
    assert!(status == 1 || (is_mark && status == 2), "{}, {what}: {status}, {told:#}", path.display());
    if status == 1 {
        assert!(!findings(&told).is_empty(), "{}, {what}", path.display());
    }
}

/// A query on a damaged index answers, or says that it cannot: it does not fall over.
#[test]
fn a_query_on_a_damaged_index_does_not_panic() {
    let archive = archive();
    let index = archive.dir.path().join("index");
    let mut random = StdRng::seed_from_u64(5);
    for path in files(&index) {
        let whole = fs::read(&path).expect("a file");
        for cut in [false, true].repeat(4) {
            let mut bytes = whole.clone();
            let at = random.random_range(0..whole.len());
            if cut {
                bytes.truncate(at)
            } else {
                bytes[at] ^= 1 << random.random_range(0..8)
            };
            fs::write(&path, &bytes).expect("written");
            let run = archive.run(&["query", "lamp OR harbour*", "--format", "jsonl"]);
            let place = format!("{}, byte {at} of {}, cut {cut}", path.display(), whole.len());
            assert!((0..=2).contains(&run.status) && !run.stderr.contains("panicked"), "{place}: {run:?}");
            assert!(run.status != 2 || run.stderr.starts_with("dateline: "), "{place}: {run:?}");
        }
        fs::write(&path, &whole).expect("put back");
    }
}

#[test]
fn what_came_by_standard_input_has_no_source() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let archive = archive();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(archive.dir.path())
        .args(["index", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("runs");
    child.stdin.take().expect("a pipe").write_all(lamps(50, 52).as_bytes()).expect("written");
    assert!(child.wait().expect("ends").success());
    let (status, told) = check(&archive, &[]);
    assert_eq!((status, number(&told["sources"]["streams"]), number(&told["articles"])), (0, 1, 45), "{told:#}");
}

#[test]
fn a_damaged_list_of_files_is_told_and_written_anew() {
    for (what, content) in
        [("empty", Some("")), ("half", Some("[\"meta")), ("other names", Some("[\"x\"]\n")), ("gone", None)]
    {
        let archive = archive();
        let list = archive.dir.path().join("index/.managed.json");
        match content {
            Some(content) => fs::write(&list, content).expect("written"),
            None => fs::remove_file(&list).expect("removed"),
        }
        let run = archive.run(&["check", "--no-sources"]);
        let told: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("damaged ")).collect();
        assert!(
            run.status == 1 && told.len() == 1 && told[0].contains("writes it anew: the articles are whole"),
            "{what}: {run:?}"
        );
        assert!(!archive.found(&["lamp"]).is_empty(), "{what}: a reader does without");
        archive.index();
        assert_eq!(archive.run(&["check"]).status, 0, "{what}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_in_utf8_is_checked_like_others() {
    use std::os::unix::ffi::OsStrExt;
    let archive = archive();
    let odd = archive.articles().join(std::ffi::OsStr::from_bytes(b"odd\xff.txt"));
    if fs::write(&odd, "A lamp\n\nIt burns.\n").is_err() {
        return; // the file system takes no such names
    }
    archive.index();
    assert_eq!(archive.run(&["check"]).status, 0);
    fs::write(&odd, "A candle\n\nIt burns.\n").expect("written");
    let run = archive.run(&["check"]);
    assert!(run.status == 1 && run.stdout.contains("changed"), "{run:?}");
    fs::remove_file(&odd).expect("removed");
    assert_ne!(archive.run(&["check"]).status, 0);
}
