//! How much address space the process may take (`ulimit -v`). Where memory gives out the process is ended, and no safe code
//! can prevent it; so a run that would not fit takes less, or is refused, before it begins.

use std::fs;
use std::path::Path;

use dateline::Error;
use dateline::batch::AnswerMemory;
use dateline::budget::Budget;

use super::Output;

/// Address space that goes to the program itself, to its threads' stacks and to what the allocator sets aside: 96 MiB, and
/// for each thread that extracts, with the one that indexes beside it, 24 MiB.
const BESIDE: u64 = 96 << 20;
const OF_A_THREAD: u64 = 24 << 20;
/// A run does not get along with less: 48 MiB.
const LEAST: u64 = 48 << 20;

/// Address space that a reader takes beside the index, whose files it maps: 56 MiB.
const OF_A_READER: u64 = 56 << 20;
/// Part of that which stays for stacks and searches once the index is open: 24 MiB.
const OF_SEARCHING: u64 = 24 << 20;
/// What each further thread takes that answers topics: its stack and what it allocates, 6 MiB.
const OF_A_SEARCHER: u64 = 6 << 20;

/// The most threads of a kind, whatever is asked for.
pub(super) const MOST_THREADS: usize = 64;

/// Refuses to read the index in `dir` where its files and what a reader takes do not fit.
///
/// # Errors
/// With the limit that suffices.
pub(super) fn enough_to_read(dir: &Path) -> anyhow::Result<()> {
    let Some((limit, held)) = of_address_space() else { return Ok(()) };
    let files = fs::read_dir(dir).into_iter().flatten().flatten().filter_map(|entry| entry.metadata().ok());
    let needed = held + OF_A_READER + files.map(|file| file.len()).sum::<u64>();
    if needed <= limit {
        return Ok(());
    }
    let what = format!("{} MiB of address space (ulimit -v) are too little to read this index", limit >> 20);
    let way_out = format!("raise the limit to {} MiB or more", (needed >> 20) + 1);
    Err(Error::input(dir.display().to_string(), what, way_out).into())
}

/// What answers to topics may take that are under way: where there is a limit on address space, what is left of it and not kept
/// for so many threads and for searching.
pub(super) fn for_answers(threads: usize) -> AnswerMemory {
    let Some((limit, held)) = limit_and_held() else { return AnswerMemory::default() };
    let left = limit.saturating_sub(held + OF_SEARCHING + OF_A_SEARCHER * (threads.max(1) as u64 - 1));
    let AnswerMemory { bytes, .. } = AnswerMemory::default();
    AnswerMemory { bytes: bytes.min(left), is_all: left < bytes }
}

/// The threads that topics are answered on: of those wanted as many as fit, which is told where they were asked for.
pub(super) fn searchers(asked: Option<usize>, out: &Output) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    let wanted = asked.unwrap_or_else(all).clamp(1, MOST_THREADS);
    let Some((limit, held)) = limit_and_held() else { return wanted };
    let fit = 1 + limit.saturating_sub(held + OF_SEARCHING) / OF_A_SEARCHER;
    let threads = wanted.min(usize::try_from(fit).unwrap_or(wanted));
    if asked.is_some() && threads < wanted {
        let limit = limit >> 20;
        let on = if threads == 1 { "1 thread".to_owned() } else { format!("{threads} threads") };
        out.tell(&format!("warning: {on} in place of {wanted} fit into {limit} MiB of address space (ulimit -v)"));
    }
    threads
}

/// The limit on address space, where there is one, and what the process has of it, which is started so that all threads
/// allocate in one place: to be asked before anything was read that cannot be read again.
pub(super) fn of_address_space() -> Option<(u64, u64)> {
    let found = limit_and_held()?;
    with_one_arena();
    Some(found)
}

/// The limit on address space, where there is one, and what the process has of it.
fn limit_and_held() -> Option<(u64, u64)> {
    let limit = fs::read_to_string("/proc/self/limits").ok().and_then(|limits| limit_in(&limits))?;
    let held = fs::read_to_string("/proc/self/status").ok().and_then(|status| held_in(&status)).unwrap_or(0);
    Some((limit, held))
}

/// The memory that a run with so many threads may take of what was asked for; where that is less it is told.
///
/// # Errors
/// Where what may be taken is too little for any run.
pub(super) fn within_limit(asked: u64, threads: usize, out: &Output) -> anyhow::Result<Budget> {
    let Some((limit, held)) = of_address_space() else { return Ok(Budget::new(asked)) };
    let beside = |threads: usize| held + BESIDE + OF_A_THREAD * threads as u64;
    let left = limit.saturating_sub(beside(threads));
    if left >= asked {
        return Ok(Budget::new(asked).of_no_more_than(left));
    }
    let mib = |bytes: u64| bytes >> 20;
    if left < LEAST {
        let on = if threads == 1 { "1 thread".to_owned() } else { format!("{threads} threads") };
        let what = format!("{} MiB of address space (ulimit -v) are too little to index on {on}", mib(limit));
        let fits_one = threads > 1 && beside(1) + LEAST <= limit;
        let or = if fits_one { ", or use --threads 1" } else { "" };
        let way_out = format!("raise the limit to {} MiB or more{or}", mib(beside(threads) + LEAST) + 1);
        return Err(Error::request(what, way_out).into());
    }
    let (told, limit) = (mib(asked), mib(limit));
    out.tell(&format!(
        "warning: {} MiB in place of --memory {told}M fit into {limit} MiB of address space (ulimit -v)",
        mib(left)
    ));
    Ok(Budget::new(left).of_no_more_than(left))
}

/// Variable by which glibc's allocator is told how many arenas it may have.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const ARENAS: &str = "MALLOC_ARENA_MAX";

/// glibc sets 64 MiB of address space aside for each thread that allocates, and reads how often it may only when a program
/// starts: so this one is started once more, in the same process and before it has done anything.
fn with_one_arena() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    if std::env::var_os(ARENAS).is_none()
        && let Ok(program) = std::env::current_exe()
    {
        use std::os::unix::process::CommandExt;
        // it comes back only where it could not be done, and then the run goes on as it is
        let _ = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(ARENAS, "1").exec();
    }
}

/// The soft limit in bytes; none where there is none.
fn limit_in(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The address space that the process has, in bytes.
fn held_in(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_the_system_writes_them() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
            Max address space         409600000            unlimited            bytes\n";
        assert_eq!(limit_in(limits), Some(409_600_000));
        assert_eq!(limit_in("Max address space         unlimited            unlimited            bytes\n"), None);
        assert_eq!(held_in("Name:\tdateline\nVmSize:\t    2048 kB\n"), Some(2 << 20));
    }
}
