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
    /// Of all its threads, user and system; 0 where the system does not tell. On a busy machine the fairer number.
    pub cpu: f64,
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
    let (mut most, mut cpu) = (0, 0.0);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        most = most.max(anonymous(child.id()).unwrap_or(0));
        cpu = spent(child.id()).unwrap_or(cpu);
        std::thread::sleep(LOOK);
    };
    let seconds = start.elapsed().as_secs_f64();
    match status.code() {
        Some(0) => Ok(Measured { seconds, cpu, megabytes: most as f64 / 1024.0 }),
        _ => Err(format!("{command:?}: {status}").into()),
    }
}

/// `RssAnon` of a process in kB.
fn anonymous(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Seconds of the processor that a process has taken.
fn spent(process: u32) -> Option<f64> {
    /// Linux counts in hundredths, whatever the kernel's own clock.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // the name in parentheses may hold blanks; behind it, user and system time are the 12th and 13th
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    // a process that has ended and waits for its parent takes nothing more
    Some((user + system) / TICKS).filter(|spent| *spent > 0.0)
}
