//! Whole processes, start to exit.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{Outcome, dateline_side};

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

/// Makes this program answer a query as `dateline query` does, and print the most anonymous memory that it held, in kB.
pub const MEMORY: &str = "--memory";

/// What that process does.
pub fn tell_memory(dir: &Path, words: &str) -> Outcome<()> {
    let (done, most) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                most.fetch_max(anonymous().unwrap_or(0), Ordering::Relaxed);
            }
        });
        let answered = dateline_side::open(dir).and_then(|archive| dateline_side::printed(&archive, words));
        most.fetch_max(anonymous().unwrap_or(0), Ordering::Relaxed);
        done.store(true, Ordering::Relaxed);
        answered
    })?;
    println!("{}", most.into_inner());
    Ok(())
}

/// `RssAnon` of this process in kB, where the system tells it.
fn anonymous() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The most anonymous memory of a process for each of the queries, in MB.
pub fn anonymous_memory(dir: &Path, queries: &[String]) -> Outcome<Option<f64>> {
    let program = std::env::current_exe()?;
    let mut most = 0;
    for words in queries {
        let output = Command::new(&program).arg(MEMORY).arg(dir).arg(words).output()?;
        most = most.max(String::from_utf8(output.stdout)?.trim().parse::<u64>()?);
    }
    Ok((most > 0).then(|| most as f64 / 1024.0))
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
