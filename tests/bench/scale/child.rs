//! Processes that index, with their time and memory.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{BARE, HEAP, Outcome, THREADS};

/// How often a process's memory is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// What a process took.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    pub seconds: f64,
    /// The most anonymous memory that it was seen to hold, in MB; 0 where the system does not tell.
    pub megabytes: f64,
}

/// Bare tantivy, in a process of this program.
pub fn bare(file: &Path, index: &Path) -> Outcome<Measured> {
    run(Command::new(std::env::current_exe()?).arg(BARE).arg(file).arg(index), index)
}

/// `dateline index`.
pub fn dateline(path: &Path, index: &Path) -> Outcome<Measured> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.arg("index").arg(path).arg("--index").arg(index).env_remove("DATELINE_INDEX");
    command.args(["--threads", &THREADS.to_string(), "--memory", &HEAP.to_string()]);
    run(&mut command, index)
}

fn run(command: &mut Command, index: &Path) -> Outcome<Measured> {
    if index.exists() {
        std::fs::remove_dir_all(index)?;
    }
    std::fs::create_dir_all(index)?;
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut most = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        most = most.max(anonymous(child.id()).unwrap_or(0));
        std::thread::sleep(LOOK);
    };
    let seconds = start.elapsed().as_secs_f64();
    match status.code() {
        Some(0) => Ok(Measured { seconds, megabytes: most as f64 / 1024.0 }),
        _ => Err(format!("{command:?}: {status}").into()),
    }
}

/// `RssAnon` of a process in kB.
fn anonymous(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.split_whitespace().next()?.parse().ok()
}
