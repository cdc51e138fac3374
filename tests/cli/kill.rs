//! A run that is killed costs at most what was not committed: the index opens at the last commit, and the same command
//! again, and compacting, end where an undisturbed run does, to the byte. `KILLS=300` (make kill) kills more often;
//! `make faults` kills every command, and at every call.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::support::{Archive, article, run_in};

/// Kills where the environment asks for no other number.
const KILLS: u32 = 12;
/// The latest that a run is killed, in milliseconds after its start: about when it ends.
const LATEST: u64 = 1_500;
/// Kills between two looks at the whole.
const KILLS_A_ROUND: u32 = 4;

/// The flags of a run that is killed: every file counts at once.
const COMMITTING: &[&str] = &["--commit-every", "0"];

const WORDS: [&str; 12] =
    ["harbour", "lamp", "ferry", "council", "mayor", "tide", "crane", "quota", "summit", "venue", "glacier", "strike"];

const TOPICS: &str = "1\tharbour lamp\n2\tthe mayor of the council\n3\tferry strike at the venue\n4\tglacier\n";

fn sentence(rng: &mut StdRng) -> String {
    let words: Vec<&str> = (0..rng.random_range(6..40)).map(|_| WORDS[rng.random_range(0..WORDS.len())]).collect();
    format!("The {} was told.", words.join(" and the "))
}

/// Writes some files anew, some of them for the first time, and removes a few.
fn change(archive: &Archive, rng: &mut StdRng, files: u32) {
    for _ in 0..files {
        let number = rng.random_range(0..60);
        let path = format!("{}/{number}.txt", number % 7);
        if rng.random_range(0..10) == 0 {
            // one that is not there need not be removed
            let _ = fs::remove_file(archive.articles().join(&path));
            continue;
        }
        let text = article(&format!("Headline {number}"), &[&sentence(rng), &sentence(rng), &sentence(rng)]);
        archive.write(&path, text.as_bytes());
    }
    for feed in ["a.jsonl", "b.jsonl"] {
        // records whose ids both files may bring
        let record = |rng: &mut StdRng| {
            let id = rng.random_range(0..60);
            format!("{{\"id\":\"r{id}\",\"headline\":\"Record {id}\",\"body\":\"{}\"}}\n", sentence(rng))
        };
        let records: String = (0..30).map(|_| record(rng)).collect();
        archive.write(feed, records.as_bytes());
    }
    for _ in 0..files / 5 {
        change_snapshot(archive, rng);
    }
}

/// Writes a snapshot of a feed anew or removes it: what others gave way to comes back.
fn change_snapshot(archive: &Archive, rng: &mut StdRng) {
    let path = format!("feed/{}.xml", rng.random_range(0..9));
    if rng.random_range(0..4) == 0 {
        // one that is not there need not be removed
        let _ = fs::remove_file(archive.articles().join(&path));
        return;
    }
    let first = rng.random_range(0..20);
    let item = |n: u32| format!("<item><guid>item-{n}</guid><description>{}</description></item>", sentence(rng));
    let items: String = (first..first + 6).map(item).collect();
    let feed = format!("<rss><channel><link>http://f.example/</link>{items}</channel></rss>");
    archive.write(&path, feed.as_bytes());
}

fn index(dir: &Path, index: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(dir).args(["index", "articles", "--index", index, "--threads", "2"]);
    command.env_remove("DATELINE_INDEX").stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Indexes to the end. What may fail is a record whose id another file has brought.
fn must_index(dir: &Path, to: &str, flags: &[&str]) {
    let output = index(dir, to).args(flags).stderr(Stdio::piped()).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let is_clash = |line: &str| line.starts_with("warning: ") || line.contains("is taken by another record");
    let clashes = output.status.code() == Some(2) && said.contains("is taken by another record");
    assert!(output.status.success() || clashes && said.lines().all(is_clash), "{flags:?}: {output:?}");
}

/// The same command again on an index as a kill left it, of which the original goes on.
fn must_go_on(dir: &Path, killed: &str, flags: &[&str]) {
    let copy = tempfile::tempdir_in(dir).expect("a folder");
    let to = copy.path().file_name().and_then(|name| name.to_str()).expect("a UTF-8 name");
    for entry in fs::read_dir(dir.join(killed)).into_iter().flatten().flatten() {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("copied");
    }
    must_index(dir, to, flags);
    let check = run_in(dir, &["check", "--index", to], &[]);
    assert_eq!(check.status, 0, "{check:?}");
}

/// The answers of an index, to the byte.
fn answers(dir: &Path, index: &str) -> String {
    let run = run_in(dir, &["batch", "topics.tsv", "--index", index, "--format", "jsonl", "-n", "50"], &[]);
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout
}

#[test]
fn a_run_killed_at_any_moment_loses_nothing_that_counted() {
    let kills = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut rng = StdRng::seed_from_u64(20180627);
    let archive = Archive::of::<&str>(&[]);
    let dir = archive.dir.path();
    fs::write(dir.join("topics.tsv"), TOPICS).expect("written");
    let (mut killed, mut round) = (0, 0);
    while killed < kills {
        change(&archive, &mut rng, if round == 0 { 80 } else { 20 });
        let fresh = format!("undisturbed-{round}");
        must_index(dir, &fresh, &["--compact"]);
        for _ in 0..KILLS_A_ROUND {
            let mut run = index(dir, "killed").args(COMMITTING).spawn().expect("runs");
            std::thread::sleep(Duration::from_millis(rng.random_range(0..LATEST)));
            // it may have ended by itself
            let _ = run.kill();
            run.wait().expect("ends");
            killed += 1;
            let query = run_in(dir, &["query", "harbour", "--index", "killed"], &[]);
            let opens = query.status < 2 || query.stderr.contains("no index here");
            assert!(opens, "after {killed} kills: {query:?}");
            must_go_on(dir, "killed", COMMITTING);
        }
        must_index(dir, "killed", COMMITTING);
        must_index(dir, "killed", &["--compact"]);
        assert_eq!(answers(dir, "killed"), answers(dir, &fresh), "round {round}, {killed} kills");
        round += 1;
    }
}

/// Where no file may grow beyond some blocks, as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_last_commit_stands() {
    let mut rng = StdRng::seed_from_u64(1);
    let archive = Archive::of(&[("a.txt", article("Harbour", &["The first lamp burns in the harbour of the town."]))]);
    archive.index();
    change(&archive, &mut rng, 400);
    let before = archive.found(&["harbour", "-n", "50"]);
    let limited = "ulimit -f 16; exec \"$0\" index articles";
    let mut run = Command::new("sh");
    run.args(["-c", limited, env!("CARGO_BIN_EXE_dateline")]).current_dir(archive.dir.path());
    let output = run.env_remove("DATELINE_INDEX").output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write") && said.contains("disk"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(archive.found(&["harbour", "-n", "50"]), before, "the last commit stands");
    let again = archive.run(&["index", "articles"]);
    assert!(again.status == 0 || again.stderr.contains("is taken by another record"), "{again:?}");
    assert!(archive.found(&["harbour", "-n", "50"]).len() > before.len());
    archive.assert_as_fresh();
}

#[test]
fn what_a_killed_run_had_committed_is_not_read_again() {
    let mut rng = StdRng::seed_from_u64(7);
    let archive = Archive::of::<&str>(&[]);
    change(&archive, &mut rng, 150);
    let dir = archive.dir.path();
    let mut run = index(dir, "index").args(["--commit-every", "0"]).spawn().expect("runs");
    let start = Instant::now();
    // until something counts
    while run_in(dir, &["query", "harbour"], &[]).status != 0 && start.elapsed() < Duration::from_secs(60) {}
    let _ = run.kill();
    run.wait().expect("ends");
    let report = archive.run(&["index", "articles", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report.stdout).expect("a report");
    assert!(report["files"]["unchanged"].as_u64() > Some(0), "{report}");
}
