//! Whole processes, start to exit.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Outcome;

/// Makes this program open an index and exit.
pub const OPEN_ONLY: &str = "--open-only";
/// Starts in one run: a single one is too short to time.
const STARTS: u32 = 50;

/// What the short process does.
pub fn open_only(dir: &Path) -> Outcome<()> {
    let index = tantivy::Index::open_in_dir(dir)?;
    let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
    let reader: tantivy::IndexReader = reader;
    std::hint::black_box(reader.searcher().num_docs());
    Ok(())
}

/// Time of a process that only opens the index.
pub fn spawn_open_only(dir: &Path) -> Outcome<Duration> {
    let program = std::env::current_exe()?;
    spawn(Command::new(program).arg(OPEN_ONLY).arg(dir))
}

/// Time of `dateline query`.
pub fn spawn_query(dir: &Path, words: &str) -> Outcome<Duration> {
    spawn(Command::new(env!("CARGO_BIN_EXE_dateline")).arg("query").arg("--index").arg(dir).arg(words))
}

fn spawn(command: &mut Command) -> Outcome<Duration> {
    let start = Instant::now();
    for _ in 0..STARTS {
        let status = command.stdout(Stdio::null()).status()?;
        if !matches!(status.code(), Some(0 | 1)) {
            return Err(format!("{command:?}: {status}").into());
        }
    }
    Ok(start.elapsed() / STARTS)
}
