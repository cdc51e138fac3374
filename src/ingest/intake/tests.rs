use std::fs;
use std::path::Path;

use super::*;
use crate::ingest::memory::Memory;
use crate::ingest::plan::{Plan, Scope};

/// Files with the ids of their records, as `a: 1 2, z: 3`; `a: -` cannot be read, `a: …` is not come to.
fn files(state: &str) -> Vec<(&str, Vec<&str>)> {
    state
        .split(", ")
        .filter_map(|file| file.split_once(": "))
        .map(|(name, ids)| (name, ids.split(' ').collect()))
        .collect()
}

/// Brings the archive up to date with a folder; everything counts after each file.
fn bring_up(memory: &mut Memory, folder: &Path, state: &str) {
    let files = files(state);
    let _ = fs::remove_dir_all(folder);
    fs::create_dir(folder).expect("a folder");
    for (name, ids) in &files {
        fs::write(folder.join(format!("{name}.jsonl")), format!("{state}{}", ids.join("\n"))).expect("written");
    }
    let options = IngestOptions { commit_every: Duration::ZERO, ..IngestOptions::default() };
    let mut report = Report::default();
    let plan = Plan::make(memory, &[folder.to_path_buf()], &Scope::All, &options, &mut report, &|_| {});
    let mut intake = Intake::new(memory, &options, &plan, 0, Progress::default(), report, &|_| {});
    intake.register.total.files = plan.jobs.len() as u64;
    for (job, (_, ids)) in files.iter().enumerate() {
        let mut take = |event| intake.take(event, &plan.jobs).expect("taken");
        match ids[0] {
            "…" => break,
            "-" => take(Event::Unreadable { job, error: Error::input("it", "record 1", "cannot be read") }),
            _ => {
                take(Event::Opened);
                ids.iter().for_each(|id| take(records(job, id)));
                take(Event::Closed {
                    job,
                    hash: blake3::hash(ids.join(" ").as_bytes()),
                    packed: false,
                    reads_others: false,
                    warning: None,
                });
            }
        }
    }
    intake.end(&plan, false).expect("ends");
    memory.commit().expect("commits");
}

fn records(job: usize, id: &str) -> Event<()> {
    let made = RecordEvent::Made {
        number: Some(1),
        own_id: Some(id.to_owned()),
        feed: None,
        prepared: (),
        warnings: Vec::new(),
    };
    let place = crate::parallel::Room::new(1).take(1);
    Event::Records { job, bytes: 1, skipped: 0, records: vec![made], _place: place }
}

/// What the archive holds, and which files are read again by the next run, marked `*`.
fn state_of(memory: &Memory) -> String {
    let mut files: Vec<_> = memory.files().files().collect();
    files.sort_by(|one, two| one.path.cmp(&two.path));
    let shown = files.iter().map(|file| {
        let name = Path::new(&*file.path).file_stem().expect("a name").to_string_lossy().into_owned();
        let ids = memory.committed().iter().filter(|(_, number)| *number == file.number).map(|(id, _)| id.as_str());
        format!("{name}{}: {}", if file.stale { "*" } else { "" }, ids.collect::<Vec<_>>().join(" "))
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn no_commit_has_an_id_twice() {
    // before; then; what the archive holds
    let runs = [
        ("a: 1, z: 2", "a: 2, z: 3", "a: 2, z: 3"),
        ("a: 1, z: 2", "a: 2, m: 4, z: 1", "a: 2, m: 4, z: 1"),
        // the lender is not read, or not come to: it and the taker are read again
        ("a: 1, z: 2 3", "a: 2, z: -", "a*: 2, z*: 3"),
        ("a: 1, m: 2, z: 3", "a: 2 3, m: 4, z: -", "a*: 2 3, m: 4, z*: "),
        ("a: 1, m: 2, z: 3", "a: 2 3, m: 4, z: …", "a*: 2 3, m: 4, z*: "),
        // two lenders, both read
        ("a: 1, m: 2, z: 3", "a: 2 3, m: 4, z: 5", "a: 2 3, m: 4, z: 5"),
        // the lender is gone
        ("a: 1, z: 2 3", "a: 2, m: 3", "a: 2, m: 3"),
    ];
    for (before, then, expected) in runs {
        let dir = tempfile::tempdir().expect("a folder");
        let mut memory = Memory::default();
        bring_up(&mut memory, &dir.path().join("in"), before);
        bring_up(&mut memory, &dir.path().join("in"), then);
        assert_eq!(state_of(&memory), expected, "{before} -> {then}");
        bring_up(&mut memory, &dir.path().join("in"), &then.replace(['-', '…'], "8"));
        let after = state_of(&memory);
        assert!(!after.contains('*'), "{before} -> {then} -> {after}");
    }
}
