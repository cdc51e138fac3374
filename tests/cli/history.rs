//! The same articles give the same bytes, whatever the threads, the order and the history, compacted or not.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};

use super::support::{Archive, article};

const FILES: usize = 36;
const HISTORIES: u64 = 6;
const QUERIES: &str = "1\tlamp harbour\n2\t\"night ferry\" -storm\n3\tferr* OR lamps~1\n4\t+ferry lamp keeper\n\
    5\tharbour NEAR/4 lamp\n6\tstorm\n7\tkeeper of the lamp in the harbour on a stormy night\n8\tdate:2018 ferry\n";

fn content(n: usize) -> String {
    let words = ["lamp", "harbour", "ferry", "night", "storm", "keeper", "lamps", "quay", "night ferry"];
    let sentence = |k: usize| {
        let picked: Vec<&str> = (0..7).map(|w| words[(n * 7 + k * 5 + w * (n % 4 + 1)) % words.len()]).collect();
        format!("The {} was seen again on that day.", picked.join(" "))
    };
    let paragraphs: Vec<String> =
        (0..n % 5 + 1).map(|p| (0..6).map(|k| sentence(p * 6 + k)).collect::<String>()).collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    article(&format!("{} of the {}", words[n % 5], words[n % 8]), &paragraphs)
}

fn name(n: usize) -> String {
    format!("{}/{n:02}.txt", n % 3)
}

fn answers(archive: &Archive) -> String {
    std::fs::write(archive.dir.path().join("topics.tsv"), QUERIES).expect("written");
    let batch = ["batch", "topics.tsv", "--syntax", "--format", "jsonl", "-n", "40", "--per-article", "2"];
    let run = archive.run(&batch);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.lines().count() > 100, "{}", run.stdout);
    archive.wherever(&run.stdout)
}

/// Articles that are deleted and not yet merged away.
fn deleted(archive: &Archive) -> u64 {
    let stats = archive.run(&["stats", "--format", "json"]);
    let stats: serde_json::Value = serde_json::from_str(&stats.stdout).expect("JSON");
    stats["deleted"].as_u64().expect("a number")
}

fn segments(archive: &Archive) -> usize {
    let files = std::fs::read_dir(archive.dir.path().join("index")).expect("an index");
    files.filter(|file| file.as_ref().is_ok_and(|f| f.path().extension().is_some_and(|e| e == "store"))).count()
}

fn index(archive: &Archive, more: &[&str]) {
    let run = archive.run(&[&["index", "articles"], more].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn history_leaves_no_trace_in_an_answer() {
    let fresh = Archive::of::<&str>(&[]);
    (0..FILES).for_each(|n| fresh.write(&name(n), content(n).as_bytes()));
    index(&fresh, &["--threads", "1"]);
    let expected = answers(&fresh);
    index(&fresh, &["--compact"]);
    assert_eq!(answers(&fresh), expected, "compacting what has no history changes nothing");
    assert_eq!(segments(&fresh), 1);
    let mut with_deletions = 0;
    for seed in 0..HISTORIES {
        let mut random = StdRng::seed_from_u64(seed);
        let archive = Archive::of::<&str>(&[]);
        for _ in 0..random.random_range(2..5) {
            live_through(&archive, &mut random);
        }
        (0..FILES).for_each(|n| archive.write(&name(n), content(n).as_bytes()));
        index(&archive, &["--threads", ["1", "4"][random.random_range(0..2)]]);
        // a merge may have left all of them out, as the threads come
        with_deletions += u64::from(deleted(&archive) > 0);
        assert!(answers(&archive) == expected, "history {seed} shows");
        index(&archive, &["--compact"]);
        assert!(answers(&archive) == expected, "history {seed} shows once compacted");
        assert_eq!(segments(&archive), 1, "what was merged away is gone");
    }
    assert!(2 * with_deletions > HISTORIES, "{with_deletions} of {HISTORIES} histories left deletions");
}

/// Writes some files, some of them with other content, removes some, and indexes.
fn live_through(archive: &Archive, random: &mut StdRng) {
    let mut numbers: Vec<usize> = (0..FILES).collect();
    numbers.shuffle(random);
    for &n in &numbers[..random.random_range(1..FILES)] {
        let other = if random.random() { n } else { n + random.random_range(1..50) };
        archive.write(&name(n), content(other).as_bytes());
    }
    for &n in &numbers[..random.random_range(0..FILES / 2)] {
        let _ = std::fs::remove_file(archive.articles().join(name(n)));
    }
    archive.write("stays.txt", b"Stays\n\nThis one keeps the folder from being empty.\n");
    index(archive, &[]);
    let _ = std::fs::remove_file(archive.articles().join("stays.txt"));
}

#[test]
fn an_open_engine_sees_later_commits_once_it_is_told_to() {
    use dateline::{Engine, LocalEngine, SearchRequest, parse};
    let archive = Archive::indexed(&[("a.txt", article("Ferries", &["A ferry left the harbour at noon."]))]);
    let engine = LocalEngine::open(&archive.dir.path().join("index")).expect("an index");
    let request = SearchRequest::new(parse("ferry"));
    let found = || engine.search(&request).expect("an answer").hits.len();
    assert!(!engine.refresh().expect("readable"), "nothing was committed since");
    archive.write("b.txt", article("More ferries", &["Another ferry came in the evening."]).as_bytes());
    assert_eq!(archive.run(&["index", "articles"]).status, 0);
    assert_eq!((found(), engine.articles()), (1, 1));
    assert!(engine.refresh().expect("readable"));
    assert_eq!((found(), engine.articles()), (2, 2));
    assert_eq!(archive.run(&["index", "--forget", "articles/b.txt"]).status, 0);
    assert!(engine.refresh().expect("readable"));
    assert_eq!((found(), engine.articles()), (1, 1));
}

/// Runs a history of two files that give the id `x`, and says which file each id leads to. Each step is one run: `+a` writes
/// the file anew, `-a` removes it, `!a` gives it another id, `*` reads all again.
fn owners(history: &str, threads: &str) -> String {
    let archive = Archive::of(&[("stays.txt", "Stays\n\nThis one keeps the folder from being empty.\n")]);
    for (round, step) in history.split_whitespace().enumerate() {
        for change in step.as_bytes().chunks_exact(2) {
            let (what, file) = (change[0], char::from(change[1]));
            let id = if what == b'!' { "y" } else { "x" };
            let record = format!("{{\"id\":\"{id}\",\"body\":\"A lamp of file {file} in round {round}.\"}}\n");
            match what {
                b'-' => std::fs::remove_file(archive.articles().join(format!("{file}.jsonl"))).expect("removed"),
                _ => archive.write(&format!("{file}.jsonl"), record.as_bytes()),
            }
        }
        let reread: &[&str] = if step == "*" { &["--reread"] } else { &[] };
        index(&archive, &[&["--threads", threads], reread].concat());
    }
    let mut owners: Vec<String> = archive
        .hits(&["lamp"])
        .iter()
        .map(|hit| {
            let path = hit["source"]["path"].as_str().expect("a path");
            format!("{}={}", hit["article"].as_str().expect("an id"), &path[path.len() - 7..path.len() - 6])
        })
        .collect();
    owners.sort();
    owners.join(" ")
}

#[test]
fn an_id_stays_with_its_file_until_that_loses_it_or_all_are_read_again() {
    for (history, ids) in [
        ("+a+b", "b#1=b x=a"),
        ("+a +b", "b#1=b x=a"),
        ("+b +a", "a#1=a x=b"),
        // the holder keeps it, whichever of the two changes
        ("+b +a +a", "a#1=a x=b"),
        ("+b +a +b", "a#1=a x=b"),
        ("+a +b +b", "b#1=b x=a"),
        // read in one run, the first in the order of paths has it, whatever was before
        ("+b +a +a+b", "b#1=b x=a"),
        ("+b +a *", "b#1=b x=a"),
        // the holder goes, or gives another id: the other has it once it is read
        ("+a +b -a", "b#1=b"),
        ("+a +b -a +b", "x=b"),
        ("+a +b -a+b", "x=b"),
        ("+a +b -a *", "x=b"),
        ("+a +b !a", "b#1=b y=a"),
        ("+a +b !a +b", "x=b y=a"),
        ("+a +b !a+b", "x=b y=a"),
        ("+a +b -a +b +a", "a#1=a x=b"),
        ("+a +b -a +b +a *", "b#1=b x=a"),
    ] {
        for threads in ["1", "2"] {
            assert_eq!(owners(history, threads), ids, "{history} on {threads} threads");
        }
    }
}
