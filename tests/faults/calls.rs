//! The n-th call of each kind fails, comes to half, or is the last.

use super::bench::Bench;
use super::judge;
use super::shim::{
    CHANGING, EACCES, EDQUOT, EIO, EMFILE, ENOLCK, ENOMEM, ENOSPC, Effect, Errno, FILLING, Fault, Tally,
};
use super::verdict::Verdict;

/// What each kind of call may say.
const FAILING: &[(&[&str], &[Errno])] = &[
    (&["open"], &[EIO, EACCES, EMFILE]),
    (&["create"], &[EIO, EACCES, EMFILE]),
    (&["read"], &[EIO]),
    (&["write"], &[EIO]),
    (&["sync"], &[EIO]),
    (&["rename"], &[EIO, EACCES]),
    (&["unlink"], &[EIO, EACCES]),
    (&["mmap"], &[ENOMEM]),
    (&["truncate"], &[EIO]),
    (&["lock"], &[ENOLCK, EIO]),
    (&["stat"], &[EIO, EACCES]),
    (&["list"], &[EIO]),
    (&["mkdir"], &[EACCES]),
];

/// Kinds of disturbance, each a row for each command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disturbance {
    /// A call fails, once or from then on.
    Failing,
    /// The disk is full, once or from then on.
    Full,
    /// The process is killed before or after a call that changes something.
    Killed,
}

impl Disturbance {
    pub fn name(self) -> &'static str {
        match self {
            Self::Failing => "a call fails",
            Self::Full => "disk full",
            Self::Killed => "killed at a call",
        }
    }

    /// Every fault of this kind that a command with so many calls can meet.
    pub fn faults(self, tally: &Tally) -> Vec<Fault> {
        match self {
            Self::Failing => FAILING.iter().flat_map(|(kinds, errnos)| failing(kinds, errnos, tally)).collect(),
            Self::Full => full(tally),
            Self::Killed => {
                let effects = [Effect::KilledBefore, Effect::KilledAfter];
                let of = |n| effects.map(|effect| Fault { kinds: CHANGING, n, on: false, effect });
                (1..=tally.of(CHANGING)).flat_map(of).collect()
            }
        }
    }
}

fn failing(kinds: &'static [&'static str], errnos: &[Errno], tally: &Tally) -> Vec<Fault> {
    let mut faults = Vec::new();
    for n in 1..=tally.of(kinds) {
        for &errno in errnos {
            faults.extend([false, true].map(|on| Fault { kinds, n, on, effect: Effect::Fail(errno) }));
        }
    }
    faults
}

fn full(tally: &Tally) -> Vec<Fault> {
    let mut faults = Vec::new();
    for errno in [ENOSPC, EDQUOT] {
        for n in 1..=tally.of(FILLING) {
            faults.extend([false, true].map(|on| Fault { kinds: FILLING, n, on, effect: Effect::Fail(errno) }));
        }
        for n in 1..=tally.of(&["write"]) {
            faults.extend([false, true].map(|on| Fault { kinds: &["write"], n, on, effect: Effect::Short(errno) }));
        }
    }
    for (kinds, count) in [(&["sync"][..], tally.of(&["sync"])), (&["rename"], tally.of(&["rename"]))] {
        faults.extend((1..=count).map(|n| Fault { kinds, n, on: false, effect: Effect::Fail(ENOSPC) }));
    }
    faults
}

/// Disturbs the command; none where the fault was not met.
pub fn run(bench: &Bench<'_>, fault: &Fault) -> Option<Verdict> {
    bench.reset();
    let (told, tally) = bench.perform(Some(fault), None);
    let tally = tally.expect("the process counted its calls");
    if tally.hits == 0 {
        return None;
    }
    bench.keep_what_it_left(&told.stderr);
    let mut verdict = match bench.scenario.writes {
        true => judge::writing(bench, &told, fault.errno()),
        false => judge::reading(bench, &told, fault.errno()),
    };
    let met = tally.path.replace(&format!("{}/", bench.place.work.display()), "");
    verdict.against.iter_mut().for_each(|(_, why)| why.insert_str(0, &format!("at {met}: ")));
    Some(verdict)
}
