//! A row of the table: one command, one kind of fault, many cases.

use std::path::PathBuf;
use std::rc::Rc;

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::bench::Bench;
use super::calls::{self, Disturbance};
use super::flips;
use super::kills;
use super::power::Recording;
use super::scenario::Scenario;
use super::shim::Shim;
use super::verdict::{COLUMNS, Column, Verdict};

/// Failures of a row that are told in full: the first of each sort. The first of a column is told in any case.
const TOLD: usize = 5;
/// Runs whose end is looked at: what a merge syncs at the end, it does not sync every time.
const RECORDINGS: usize = 4;
/// Characters that tell one sort of failure from another.
const SORT: usize = 100;
/// Everything that is random begins here.
const SEED: u64 = 20_180_627;

/// What is done to the command of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Call(Disturbance),
    Power,
    /// A power cut when the command has said that it is done.
    PowerAtTheEnd,
    /// At random moments, so many.
    Kill(usize),
    /// Flips and cuts, so many of each file.
    Flip(usize),
}

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Self::Call(disturbance) => disturbance.name(),
            Self::Power => "power cut",
            Self::PowerAtTheEnd => "power cut after exit 0",
            Self::Kill(_) => "killed at random",
            Self::Flip(_) => "damaged files",
        }
    }
}

/// A row that is to be filled.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub scenario: Scenario,
    pub fault: Fault,
    /// At most so many cases, at even distances among all there are.
    pub most: usize,
}

/// What a row came to.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub name: String,
    pub times: usize,
    pub counts: [usize; COLUMNS.len()],
    pub failures: Vec<Failure>,
    /// Failures of other sorts than those.
    pub untold: usize,
}

/// A case that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// How many failed like that.
    pub times: usize,
    pub command: String,
    pub case: String,
    columns: Vec<Column>,
    pub against: Vec<String>,
    /// What the process left on the disk.
    pub left: PathBuf,
}

/// A case by its description, and how it is run; none where the fault was not met.
type Cases<'a> = Vec<(String, Box<dyn Fn() -> Option<Verdict> + 'a>)>;

impl Row {
    pub fn name(&self) -> String {
        format!("{}: {}", self.scenario.name, self.fault.name())
    }

    /// Runs its cases, or those that begin as it is asked for.
    pub fn fill(&self, shim: &Shim, only: Option<&str>) -> Filled {
        let mut bench = Bench::new(self.scenario, shim);
        let mut filled = Filled { name: self.name(), ..Filled::default() };
        for (case, run) in self.chosen(self.cases(&bench), only) {
            let Some(verdict) = run() else { continue };
            filled.times += 1;
            for (count, (column, _)) in filled.counts.iter_mut().zip(COLUMNS) {
                *count += usize::from(verdict.has(column));
            }
            if verdict.fails() {
                self.tell(&bench, &mut filled, case, &verdict);
            }
        }
        bench.scratch.disable_cleanup(!filled.failures.is_empty());
        filled
    }

    /// Keeps a failure, where it is the first of its sort.
    fn tell(&self, bench: &Bench<'_>, filled: &mut Filled, case: String, verdict: &Verdict) {
        let against: Vec<String> = verdict.against.iter().map(|(column, why)| format!("{column:?}: {why}")).collect();
        let columns: Vec<Column> = verdict.against.iter().map(|(column, _)| *column).collect();
        let is_told = |column: &Column| filled.failures.iter().any(|failure| failure.columns.contains(column));
        let has_room = filled.failures.len() < TOLD || !columns.iter().all(is_told);
        let same = |failure: &&mut Failure| sort_of(&failure.against) == sort_of(&against);
        if let Some(failure) = filled.failures.iter_mut().find(same) {
            failure.times += 1;
        } else if has_room {
            let left = bench.name_what_it_left(filled.failures.len() + 1);
            let command = format!("dateline {}", self.scenario.args.join(" "));
            filled.failures.push(Failure { times: 1, command, case, columns, against, left });
        } else {
            filled.untold += 1;
        }
    }

    /// Those that are asked for.
    fn chosen<'a>(&self, cases: Cases<'a>, only: Option<&str>) -> Cases<'a> {
        if let Some(only) = only {
            return cases.into_iter().filter(|(case, _)| case.starts_with(only)).collect();
        }
        let (count, most) = (cases.len(), self.most.min(cases.len()));
        let chosen = move |at: usize| (at * most) / count != ((at + 1) * most) / count;
        cases.into_iter().enumerate().filter(|(at, _)| chosen(*at)).map(|(_, case)| case).collect()
    }

    fn cut_at_the_end<'a>(bench: &'a Bench<'a>) -> Cases<'a> {
        let recording = Rc::new(Recording::of(bench));
        boxed(recording.cuts_at_the_end(), move |cut| Some(recording.run(bench, *cut)))
    }

    fn cases<'a>(&self, bench: &'a Bench<'a>) -> Cases<'a> {
        let mut rng = StdRng::seed_from_u64(SEED);
        match self.fault {
            Fault::Call(disturbance) => {
                let faults = disturbance.faults(&bench.undisturbed.tally);
                boxed(faults, |fault| calls::run(bench, fault))
            }
            Fault::Power => {
                let recording = Rc::new(Recording::of(bench));
                boxed(recording.cuts(), move |cut| Some(recording.run(bench, *cut)))
            }
            Fault::PowerAtTheEnd => (0..RECORDINGS).flat_map(|_| Self::cut_at_the_end(bench)).collect(),
            Fault::Kill(count) => boxed(kills::moments(count, &mut rng), |kill| Some(kills::run(bench, *kill))),
            Fault::Flip(of_each) => {
                boxed(flips::damages(bench, of_each, &mut rng), |damage| Some(flips::run(bench, damage)))
            }
        }
    }
}

/// What failures of one sort have in common: how they begin, without numbers and names of files.
fn sort_of(against: &[String]) -> String {
    let words = against.iter().flat_map(|why| why.split([' ', '"', '\'', '/', ',']));
    let words = words.filter(|word| !word.contains(|c: char| c.is_ascii_digit() || c == '.'));
    words.flat_map(str::chars).take(SORT).collect()
}

fn boxed<'a, C: std::fmt::Display + 'a>(cases: Vec<C>, run: impl Fn(&C) -> Option<Verdict> + Clone + 'a) -> Cases<'a> {
    let boxed = |case: C| -> (String, Box<dyn Fn() -> Option<Verdict> + 'a>) {
        let run = run.clone();
        (case.to_string(), Box::new(move || run(&case)))
    };
    cases.into_iter().map(boxed).collect()
}
