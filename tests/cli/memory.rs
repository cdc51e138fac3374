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
    assert!(status.success(), "{status}");
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
