//! What a disturbed run may leave, and what it may say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::bench::{Bench, Ids};
use super::run::{End, Told};
use super::scenario::Start;
use super::shim::{EDQUOT, ENOSPC, Errno};
use super::verdict::{Column, Verdict};

/// What no message says of a disk that fails.
const NEVER_SAID: [&str; 4] = ["damaged", "panicked", "cannot be has happened", "memory allocation"];

/// What a message says at most, in a report.
const QUOTED: usize = 300;

/// Holds against a command what it said where a call failed with `errno`.
pub fn message(told: &Told, errno: Errno, verdict: &mut Verdict) {
    let said = told.stderr.trim();
    if let Some(never) = NEVER_SAID.iter().find(|never| said.contains(**never)) {
        verdict.blame(Column::Mistold, format!("says {never:?}: {}", quoted(said)));
    } else if errno == ENOSPC || errno == EDQUOT {
        let is_called_full = said.contains("disk") && (said.contains("full") || said.contains("room"));
        if !is_called_full {
            verdict.blame(Column::Mistold, format!("does not say that the disk is full: {}", quoted(said)));
        }
    } else if !said.contains(errno.said) {
        verdict.blame(Column::Mistold, format!("does not say {:?}: {}", errno.said, quoted(said)));
    }
}

/// Judges a command that writes to the index, and leaves the index as the same command makes it that is run again.
pub fn writing(bench: &Bench<'_>, told: &Told, errno: Option<Errno>) -> Verdict {
    let mut verdict = Verdict::default();
    match (told.end, errno) {
        (End::Exit(status), _) if status == bench.undisturbed.status => match bench.ids() {
            Ok(ids) => compare(&ids, &bench.undisturbed.after, "after exit 0, ", &mut verdict),
            Err(said) => verdict.blame(Column::Lost, format!("after exit 0, {said}")),
        },
        (End::Exit(2), Some(errno)) => message(told, errno, &mut verdict),
        (End::Signal, None) => {}
        (end, _) => verdict.blame(Column::Wrong, format!("ended with {end:?}: {}", quoted(&told.stderr))),
    }
    meanwhile(bench, errno.is_some(), &mut verdict);
    rerun(bench, &mut verdict);
    verdict
}

/// What had counted is still there; `fails` where a file may not have been read.
pub fn meanwhile(bench: &Bench<'_>, fails: bool, verdict: &mut Verdict) {
    let ids = match bench.ids() {
        Ok(ids) => ids,
        Err(said) if bench.scenario.start == Start::Nothing && said.contains("no index here") => return,
        Err(said) => return verdict.blame(Column::Lost, format!("afterwards, {said}")),
    };
    let found: BTreeSet<&String> = ids.iter().collect();
    let staying = bench.staying(fails || !bench.scenario.at_once);
    let missing: Vec<_> = staying.into_iter().filter(|id| !found.contains(id)).collect();
    if !missing.is_empty() {
        verdict.blame(Column::Lost, format!("afterwards, {} are not found: {missing:?}", missing.len()));
    }
    if bench.scenario.at_once && found.len() < ids.len() {
        verdict.blame(Column::Doubled, format!("afterwards, {} are found twice", ids.len() - found.len()));
    }
}

/// The same command again succeeds, and ends where an undisturbed one does.
pub fn rerun(bench: &Bench<'_>, verdict: &mut Verdict) {
    let told = bench.again();
    if told.end != End::Exit(bench.undisturbed.status) {
        return verdict.blame(Column::Wedged, format!("again: {:?}: {}", told.end, quoted(&told.stderr)));
    }
    standing(bench, verdict);
}

/// The index is as an undisturbed run leaves it.
pub fn standing(bench: &Bench<'_>, verdict: &mut Verdict) {
    check(bench, verdict);
    match bench.ids() {
        Ok(ids) => compare(&ids, &bench.undisturbed.after, "", verdict),
        Err(said) => verdict.blame(Column::Lost, said),
    }
    match bench.answers() {
        Ok(answers) if answers == bench.undisturbed.answers => {}
        Ok(_) => verdict.blame(Column::Wrong, "the compacted index answers otherwise than an undisturbed one"),
        Err(said) => verdict.blame(Column::Wrong, said),
    }
}

/// The check is well.
fn check(bench: &Bench<'_>, verdict: &mut Verdict) {
    let told = bench.place.run_plainly(&["check", "--format", "json"]);
    if told.end == End::Exit(0) {
        return;
    }
    let findings = serde_json::from_slice::<Value>(&told.stdout).map_or(String::new(), |v| v["findings"].to_string());
    let column = if findings.contains("two articles have the id") { Column::Doubled } else { Column::Wrong };
    verdict.blame(column, format!("check: {:?}: {}{}", told.end, quoted(&findings), quoted(&told.stderr)));
}

/// Holds missing and doubled articles against a run.
pub fn compare(ids: &Ids, wanted: &Ids, when: &str, verdict: &mut Verdict) {
    let (found, expected): (BTreeSet<&String>, BTreeSet<&String>) = (ids.iter().collect(), wanted.iter().collect());
    let (missing, more) = (expected.difference(&found).count(), found.difference(&expected).count());
    if missing > 0 {
        verdict.blame(Column::Lost, format!("{when}{missing} of {} articles are missing", expected.len()));
    }
    if more > 0 {
        verdict.blame(Column::Wrong, format!("{when}{more} articles are there that should not be"));
    }
    if found.len() < ids.len() {
        verdict.blame(Column::Doubled, format!("{when}{} articles are found twice", ids.len() - found.len()));
    }
}

/// Judges a command that reads the index.
pub fn reading(bench: &Bench<'_>, told: &Told, errno: Option<Errno>) -> Verdict {
    let mut verdict = Verdict::default();
    let usual = &bench.undisturbed;
    match (told.end, errno) {
        (End::Exit(status), _) if status == usual.status && told.stdout == usual.stdout => {
            if bench.files() != usual.files {
                verdict.blame(Column::Wrong, "its files are not as an undisturbed run writes them");
            }
        }
        (End::Exit(2), Some(errno)) => message(told, errno, &mut verdict),
        (End::Signal, None) => {}
        (end, _) => {
            let said = String::from_utf8_lossy(&told.stdout);
            let why = format!("ended with {end:?}: {} {}", quoted(&told.stderr), quoted(&said));
            verdict.blame(Column::Wrong, why);
        }
    }
    whole_files(bench, &mut verdict);
    bench.scenario.copy.into_iter().for_each(|copy| whole_copy(bench, copy, &mut verdict));
    verdict
}

/// A copy is whole or not there, and the same command again makes it.
fn whole_copy(bench: &Bench<'_>, copy: &str, verdict: &mut Verdict) {
    if bench.work(copy).exists() {
        same_articles(bench, copy, "a copy that is there: ", verdict);
    }
    let told = bench.again();
    if told.end != End::Exit(0) {
        return verdict.blame(Column::Wedged, format!("again: {:?}: {}", told.end, quoted(&told.stderr)));
    }
    same_articles(bench, copy, "a copy made again: ", verdict);
    let left = std::fs::read_dir(&bench.place.work).expect("a folder").flatten().map(|entry| entry.file_name());
    let partial: Vec<_> = left.filter(|name| name.to_string_lossy().ends_with(".partial")).collect();
    if !partial.is_empty() {
        verdict.blame(Column::Wrong, format!("{partial:?} stays"));
    }
}

/// The copy is well, and holds what the index holds.
fn same_articles(bench: &Bench<'_>, copy: &str, when: &str, verdict: &mut Verdict) {
    let told = bench.place.run_plainly(&["check", "--no-sources", "--index", copy]);
    if told.end != End::Exit(0) {
        let said = String::from_utf8_lossy(&told.stdout).into_owned() + &told.stderr;
        verdict.blame(Column::Wrong, format!("{when}{:?}: {}", told.end, quoted(&said)));
    }
    match bench.ids_of(copy) {
        Ok(ids) => compare(&ids, &bench.undisturbed.after, when, verdict),
        Err(said) => verdict.blame(Column::Lost, format!("{when}{said}")),
    }
}

/// A file is the old or the new one, whole.
fn whole_files(bench: &Bench<'_>, verdict: &mut Verdict) {
    for ((file, now), new) in bench.scenario.files.iter().zip(bench.files()).zip(&bench.undisturbed.files) {
        let old = std::fs::read(bench.side("start").join(file)).unwrap_or_default();
        if now != *new && now != old {
            verdict.blame(Column::Lost, format!("{file} is neither the old nor the new one: {} bytes", now.len()));
        }
    }
}

/// The beginning of what was said, on one line.
pub fn quoted(said: &str) -> String {
    let line = said.trim().replace('\n', " / ");
    line.chars().take(QUOTED).collect()
}
