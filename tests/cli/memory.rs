//! Indexing keeps to `--memory`, whatever comes in: lists of files, ids, what is replaced.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::support::Archive;

/// What the runs are given.
const MIB: u64 = 64;
/// How often a run's memory is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// The most anonymous memory that indexing took, in MiB.
fn most(archive: &Archive) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(archive.dir.path()).args(["index", "articles", "--index", "index", "--threads", "1"]);
    command.arg("--memory").arg(format!("{MIB}M")).env_remove("DATELINE_INDEX");
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("dateline starts");
    let mut most = 0;
    let status = loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        let told = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let anonymous = told.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kib = anonymous.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        most = most.max(kib.unwrap_or(0) / 1024);
        std::thread::sleep(LOOK);
    };
    // broken records end a run with 2, and are no reason to hold more
    assert!(status.code().is_some_and(|code| code == 0 || code == 2), "{status}");
    most
}

/// Words that differ from one article to the next, some of them new.
fn words(seed: usize, count: usize) -> String {
    (0..count).fold(String::new(), |mut text, n| {
        // writing to a String does not fail
        let _ = write!(text, "w{} ", (seed * 31 + n * n) % (5_000 + seed));
        text
    })
}

#[test]
fn indexing_keeps_to_its_memory() {
    let archive = Archive::of::<&str>(&[]);
    let records: String = (0..60_000)
        .map(|n| format!("{{\"id\":\"r{n}\",\"headline\":\"Record {n}\",\"body\":\"{}\"}}\n", words(n, 150)))
        .collect();
    archive.write("records.jsonl", records.as_bytes());
    let taken = most(&archive);
    assert!(taken <= MIB, "{} MB of records took {taken} MiB", records.len() / 1_000_000);
    fs::remove_file(archive.articles().join("records.jsonl")).expect("removed");

    let many = |round: usize| {
        for n in 0..20_000 {
            archive.write(&format!("{:03}/{n:05}.txt", n / 100), words(n + round, 20).as_bytes());
        }
    };
    for (round, what) in [(0, "first time"), (1, "second time, all changed")] {
        many(round);
        let taken = most(&archive);
        assert!(taken <= MIB, "20,000 files, the {what}, took {taken} MiB");
    }
}

/// `count` times what `make` makes of a number, between a beginning and an end.
fn many(begin: &str, count: usize, make: impl Fn(usize) -> String, end: &str) -> String {
    let records = (0..count).fold(begin.to_owned(), |text, n| text + &make(n));
    records + end
}

#[test]
fn tiny_records_are_charged_what_they_take() {
    const COUNT: usize = 150_000;
    let mail = |n: usize| {
        format!("From a\nFrom: A <a@b.example>\nSubject: t{n}\nDate: Wed, 27 Jun 2018 14:05:00 +0000\nX-A: b\n\nb\n\n")
    };
    let item = |n: usize| format!("<item><title>t{n}</title></item>");
    for (name, content) in [
        ("a.json", many("[{}", COUNT, |n| format!(",{{\"title\":\"t{n}\"}}"), "]")),
        ("a.jsonl", many("", COUNT, |n| format!("{{\"title\":\"t{n}\"}}\n"), "")),
        ("a.csv", many("title,text\n", COUNT, |n| format!("t{n},\n"), "")),
        ("broken.csv", many("title,text\n\"a\",b\n", COUNT, |n| format!("\"t{n}\" x,\n"), "")),
        ("a.mbox", many("", COUNT / 4, mail, "")),
        ("a.xml", many("<rss><channel>", COUNT, item, "</channel></rss>")),
    ] {
        let archive = Archive::of::<&str>(&[]);
        archive.write(name, content.as_bytes());
        let taken = most(&archive);
        assert!(taken <= MIB, "{name}: {COUNT} records took {taken} MiB");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_run_fits_into_its_address_space_or_is_refused() {
    let archive = Archive::of::<&str>(&[]);
    let records = many("", 20_000, |n| format!("{{\"id\":\"r{n}\",\"body\":\"harbour {}\"}}\n", words(n, 60)), "");
    archive.write("a.jsonl", records.as_bytes());
    let topics = (0..40).map(|n| format!("{n}\tharbour\n")).collect::<String>();
    fs::write(archive.dir.path().join("topics.tsv"), topics).expect("written");
    fs::write(archive.dir.path().join("asking.jsonl"), "{\"id\":\"1\",\"query\":\"harbour\",\"n\":20000}\n")
        .expect("written");
    let write = |name: &str, text: &str| fs::write(archive.dir.path().join(name), text).expect("written");
    write("acronyms.txt", &"u.s.".repeat(10_000));
    write("long.tsv", &format!("1\t{}\n", "harbour ".repeat(100_000)));
    write("longest.tsv", &format!("1\t{}\n2\tharbour\n", "harbour ".repeat(250_000)));
    write("one.run", &many("", 500_000, |n| format!("1 Q0 doc-{n:08} {n} {} x\n", 500_000 - n), ""));
    write("one.qrels", "1 0 doc-00000007 1\n");
    // a command, a limit in MiB, the exit status, what is told
    let index = "index articles --threads 1";
    for (command, limit, status, told) in [
        (index, 120, 2, "too little to index on 1 thread; raise the limit"),
        (index, 240, 0, "in place of --memory 512M fit into 240 MiB"),
        (
            "query harbour",
            40,
            2,
            "40 MiB of address space (ulimit -v) are too little to read this index; raise the limit",
        ),
        ("check", 40, 2, "too little to read this index; raise the limit"),
        ("check", 240, 0, ""),
        ("batch topics.tsv -n 10000000000", 120, 0, ""),
        ("batch topics.tsv -n 10000000000 --format jsonl --threads 4", 320, 0, ""),
        (
            "batch topics.tsv -n 10000000000 --format jsonl",
            160,
            2,
            "dateline: 20000 hits of a topic may take 115 MiB, and",
        ),
        ("batch topics.tsv -n 10000000000 --format jsonl", 160, 2, " at most (-n"),
        ("query \"$(cat acronyms.txt)\"", 120, 1, "no passage for"),
        ("batch long.tsv", 120, 0, "topic 1: only the first 65536 bytes are read"),
        ("batch longest.tsv", 120, 2, "line 1: a topic of more than 1 MiB; write shorter ones"),
        ("batch topics.tsv --threads 1000000", 120, 0, " threads in place of 64 fit into 120 MiB of address space"),
        (
            "eval one.run one.qrels",
            100,
            2,
            "100 MiB of address space (ulimit -v) are too little to read this run; raise",
        ),
        ("eval one.run one.qrels", 240, 0, ""),
        ("compare one.run one.run", 100, 2, "too little to read this run; raise the limit to"),
        ("compare one.run one.run", 300, 0, ""),
        ("batch topics.tsv --new-since one.run", 120, 2, "too little to read this run; raise the limit to"),
        ("batch topics.tsv --new-since one.run", 320, 0, ""),
        ("batch asking.jsonl --format jsonl", 160, 2, "asking.jsonl: line 1: topic 1: 20000 hits of a topic may take"),
    ] {
        let dateline = env!("CARGO_BIN_EXE_dateline");
        let script = format!("ulimit -v {} && exec {dateline} {command} --index index", limit * 1024);
        let mut shell = Command::new("sh");
        shell.current_dir(archive.dir.path()).args(["-c", &script]).env_remove("MALLOC_ARENA_MAX");
        let output = shell.env_remove("DATELINE_INDEX").output().expect("a shell");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(status) && said.contains(told), "{limit} MiB: {:?} {said}", output.status);
    }
}
