//! The disk harness: every command with its calls failing, killed, or cut short; power cuts; kills; damaged files.
//!
//! `make faults` runs it; a plain `cargo test` passes it over. `FAULTS=short` takes some of the cases in place of all,
//! `ONLY=part of a row's name` some of the rows, `CASE=stat` the cases that begin so. `DATELINE_UNDER_TEST=FILE` names another
//! binary.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod archive;
mod bench;
mod calls;
mod flips;
mod judge;
mod kills;
mod power;
mod row;
mod run;
mod scenario;
mod shim;
mod table;
mod verdict;

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use calls::Disturbance;
use row::{Fault, Filled, Row};
use scenario::{READERS, Scenario, WRITERS};
use shim::Shim;

/// How many cases are run at most.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Of a row of a command that writes.
    writing: usize,
    /// Of a row of a command that reads.
    reading: usize,
    /// Of a row of a watch, which takes its time.
    watching: usize,
    power: usize,
    /// Kills at random moments of each command that writes.
    kills: usize,
    /// Damages of each file.
    flips: usize,
}

const SHORT: Form = Form { writing: 30, reading: 60, watching: 10, power: 42, kills: 4, flips: 4 };
const LONG: Form = Form { writing: 1_500, reading: usize::MAX, watching: 150, power: 1_000, kills: 72, flips: 60 };

fn main() -> ExitCode {
    let asked = std::env::var("FAULTS").unwrap_or_default();
    let form = match asked.as_str() {
        "short" => SHORT,
        "long" => LONG,
        _ => {
            eprintln!("FAULTS is neither short nor long; `make faults` runs the disk harness");
            return ExitCode::FAILURE;
        }
    };
    let folder = tempfile::tempdir().expect("a scratch folder");
    let shim = match Shim::compile(folder.path()) {
        Ok(shim) => shim,
        Err(why) => {
            eprintln!("passed over: {why}");
            return ExitCode::SUCCESS;
        }
    };
    let (only, case) = (std::env::var("ONLY").unwrap_or_default(), std::env::var("CASE").ok());
    let rows: Vec<Row> = rows(form).into_iter().filter(|row| row.name().contains(&only)).collect();
    println!("{}", table::head());
    let begun = Instant::now();
    let filled = fill(&rows, &shim, case.as_deref());
    let times: usize = filled.iter().map(|row| row.times).sum();
    println!("{times} times in {:.0} s", begun.elapsed().as_secs_f64());
    let told: String = filled.iter().map(|row| table::failures(row, &asked)).collect();
    print!("{told}");
    if told.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// All rows, those of a command one after the other.
fn rows(form: Form) -> Vec<Row> {
    let mut rows = Vec::new();
    for &scenario in WRITERS {
        let most = if scenario.watches() { form.watching } else { form.writing };
        let disturbances = [Disturbance::Failing, Disturbance::Full, Disturbance::Killed];
        rows.extend(disturbances.map(|disturbance| Row { scenario, fault: Fault::Call(disturbance), most }));
        if !scenario.watches() {
            rows.push(Row { scenario, fault: Fault::Power, most: form.power });
            rows.push(Row { scenario, fault: Fault::PowerAtTheEnd, most: usize::MAX });
        }
        rows.push(Row { scenario, fault: Fault::Kill(form.kills), most: form.kills });
    }
    for &scenario in READERS {
        let disturbances = disturbances_of_a_reader(&scenario);
        let row = |&disturbance: &_| Row { scenario, fault: Fault::Call(disturbance), most: form.reading };
        rows.extend(disturbances.iter().map(row));
    }
    rows.push(Row { scenario: READERS[0], fault: Fault::Flip(form.flips), most: usize::MAX });
    rows
}

/// What writes nothing but its answer cannot be killed at a bad moment.
fn disturbances_of_a_reader(scenario: &Scenario) -> &'static [Disturbance] {
    if scenario.files.is_empty() && scenario.copy.is_none() {
        &[Disturbance::Failing, Disturbance::Full]
    } else {
        &[Disturbance::Failing, Disturbance::Full, Disturbance::Killed]
    }
}

/// Fills the rows, several at a time, and prints each when its turn has come.
fn fill(rows: &[Row], shim: &Shim, case: Option<&str>) -> Vec<Filled> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
    let (next, filled) = (AtomicUsize::new(0), Mutex::new(vec![None; rows.len()]));
    let printed = AtomicUsize::new(0);
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(row) = rows.get(at) else { break };
            let one = row.fill(shim, case);
            let mut filled = filled.lock().expect("no panic");
            filled[at] = Some(one);
            while let Some(Some(one)) = filled.get(printed.load(Ordering::Relaxed)) {
                println!("{}", table::line(one));
                printed.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    filled.into_inner().expect("no panic").into_iter().flatten().collect()
}
