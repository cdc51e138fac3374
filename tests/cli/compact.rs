//! Queries go on while the index is compacted, and answer as before and after.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::support::{Archive, Run, run_in};

/// Compactions, each of the same index of several pieces.
const ROUNDS: u32 = 4;
/// Runs that make the index, a piece each.
const PIECES: u32 = 6;

fn records(piece: u32, word: &str) -> String {
    let record = |n: u32| {
        let more = "and the keeper reads by it ".repeat(n as usize % 9);
        format!("{{\"id\":\"p{piece}-{n}\",\"body\":\"The {word} of record {n} burns in the harbour {more}.\"}}\n")
    };
    (0..400).map(record).collect()
}

/// An archive whose index has several pieces, with articles that were replaced where `replaced`.
fn in_pieces(replaced: bool) -> Archive {
    let archive = Archive::of::<&str>(&[]);
    let index = || assert_eq!(archive.run(&["index", "articles", "--threads", "1"]).status, 0);
    for piece in 0..PIECES {
        archive.write(&format!("{piece}.jsonl"), records(piece, "lamp").as_bytes());
        index();
    }
    if replaced {
        archive.write("0.jsonl", records(0, "candle").as_bytes());
        fs::remove_file(archive.articles().join("1.jsonl")).expect("removed");
        index();
    }
    fs::write(archive.dir.path().join("topics.tsv"), "1\tlamp harbour\n2\tkeeper candle\n").expect("written");
    archive
}

fn copy(from: &Path, to: &Path) {
    // a folder that is not there need not be removed
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

fn asked(dir: &Path, index: &str) -> [Run; 2] {
    [
        run_in(dir, &["query", "lamp harbour", "--format", "jsonl", "-n", "30", "--index", index], &[]),
        run_in(dir, &["batch", "topics.tsv", "-n", "100", "--index", index], &[]),
    ]
}

fn answers(runs: [Run; 2]) -> [String; 2] {
    runs.map(|run| {
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run:?}");
        run.stdout
    })
}

#[test]
fn queries_go_on_while_the_index_is_compacted() {
    for replaced in [false, true] {
        let archive = in_pieces(replaced);
        let dir = archive.dir.path();
        let before = answers(asked(dir, "index"));
        copy(&dir.join("index"), &dir.join("whole"));
        assert_eq!(archive.run(&["index", "--compact", "--index", "whole"]).status, 0);
        let after = answers(asked(dir, "whole"));
        assert!(replaced || before == after, "what was never replaced leaves no trace");
        let asked_meanwhile = AtomicU32::new(0);
        for _ in 0..ROUNDS {
            copy(&dir.join("index"), &dir.join("busy"));
            let ended = AtomicBool::new(false);
            std::thread::scope(|scope| {
                let asker = scope.spawn(|| {
                    loop {
                        let is_last = ended.load(Ordering::SeqCst);
                        let found = answers(asked(dir, "busy"));
                        let as_it_was = |n: usize| found[n] == before[n] || found[n] == after[n];
                        assert!(as_it_was(0) && as_it_was(1), "neither as before nor as after");
                        asked_meanwhile.fetch_add(2, Ordering::SeqCst);
                        if is_last {
                            return found;
                        }
                    }
                });
                let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
                command
                    .args(["index", "--compact", "--index", "busy"])
                    .stdout(std::process::Stdio::null())
                    .current_dir(dir);
                let status = command.env_remove("DATELINE_INDEX").status().expect("runs");
                ended.store(true, Ordering::SeqCst);
                assert!(status.success());
                assert_eq!(asker.join().expect("every query was answered"), after);
            });
        }
        assert!(asked_meanwhile.into_inner() >= 2 * ROUNDS);
    }
}
