//! Power cuts: what a command changed is written down, and replayed as far as a disk would have it.

mod disk;
mod log;

use std::fmt;

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::bench::Bench;
use super::judge;
use super::run::{End, remove};
use super::verdict::{Column, Verdict};
use disk::{Disk, Spared};
use log::Op;

/// What a power cut spares: of names, of bytes, and whether the sync of a new file spares its name.
const KINDS: &[(&str, Spared, Spared, bool)] = &[
    ("nothing unsynced", Spared::Nothing, Spared::Nothing, false),
    ("nothing unsynced, ext4", Spared::Nothing, Spared::Nothing, true),
    ("names without bytes", Spared::All, Spared::Nothing, false),
    ("bytes without names", Spared::Nothing, Spared::All, false),
    ("a part, torn", Spared::Some, Spared::Some, false),
    ("some names, torn", Spared::Some, Spared::Some, true),
    ("all", Spared::All, Spared::All, false),
];

/// A cut after so many changes, the number of a kind of cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    after: usize,
    /// Changes in all: a cut after the last one comes after exit 0.
    all: usize,
    kind: usize,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cut after change {} of {}, {}", self.after, self.all, KINDS[self.kind].0)
    }
}

/// A command's changes.
pub struct Recording {
    ops: Vec<Op>,
}

impl Recording {
    /// Runs the command and writes down what it changes.
    pub fn of(bench: &Bench<'_>) -> Self {
        bench.reset();
        let file = bench.side("log");
        remove(&file);
        let (told, _) = bench.perform(None, Some(&file));
        assert_eq!(told.end, End::Exit(bench.undisturbed.status), "{}", told.stderr);
        Self { ops: log::read(&file, &bench.place.work) }
    }

    /// Every cut that there can be while the command runs.
    pub fn cuts(&self) -> Vec<Cut> {
        (0..self.ops.len()).flat_map(|after| self.cuts_at(after)).collect()
    }

    /// Every cut after it has ended.
    pub fn cuts_at_the_end(&self) -> Vec<Cut> {
        self.cuts_at(self.ops.len())
    }

    fn cuts_at(&self, after: usize) -> Vec<Cut> {
        (0..KINDS.len()).map(|kind| Cut { after, all: self.ops.len(), kind }).collect()
    }

    /// What is left after a cut, what is found in it, and what the same command makes of it.
    pub fn run(&self, bench: &Bench<'_>, cut: Cut) -> Verdict {
        bench.reset();
        let (_, names, bytes, names_last) = KINDS[cut.kind];
        let mut disk = Disk::of(&bench.side("start"), names_last);
        self.ops[..cut.after].iter().for_each(|op| disk.take(op));
        remove(&bench.work("index"));
        let mut rng = StdRng::seed_from_u64((cut.after * KINDS.len() + cut.kind) as u64);
        disk.cut(names, bytes, &mut rng, &bench.place.work);
        bench.keep_what_it_left("");
        let mut verdict = Verdict::default();
        judge::meanwhile(bench, false, &mut verdict);
        if cut.after == cut.all {
            self.lasts(bench, &mut verdict);
        }
        judge::rerun(bench, &mut verdict);
        if !verdict.against.is_empty() {
            let next = self.ops.get(cut.after).map_or("exit 0".to_owned(), told);
            verdict.against.iter_mut().for_each(|(_, why)| why.insert_str(0, &format!("before {next}: ")));
        }
        verdict
    }

    /// What exit 0 said is there.
    fn lasts(&self, bench: &Bench<'_>, verdict: &mut Verdict) {
        match bench.ids() {
            Ok(ids) => judge::compare(&ids, &bench.undisturbed.after, "after exit 0, ", verdict),
            Err(said) => verdict.blame(Column::Lost, format!("after exit 0, {said}")),
        }
    }
}

/// A change in a word or two.
fn told(op: &Op) -> String {
    match op {
        Op::Create { path, .. } => format!("create {path}"),
        Op::Write { path, bytes, .. } => format!("write {} to {path}", bytes.len()),
        Op::Truncate { path, len } => format!("truncate {path} to {len}"),
        Op::Sync { path } => format!("sync {path}"),
        Op::Rename { from, to } => format!("rename {from} to {to}"),
        Op::Unlink { path } => format!("unlink {path}"),
        Op::Mkdir { path } => format!("mkdir {path}"),
    }
}
