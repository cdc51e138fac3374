//! Kills at random moments.

use std::fmt;
use std::time::Instant;

use rand::Rng;
use rand::rngs::StdRng;

use super::bench::Bench;
use super::judge;
use super::run::End;
use super::verdict::Verdict;

/// When a process is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kill {
    /// Thousandths of the time that it takes undisturbed.
    after: u32,
}

impl fmt::Display for Kill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "killed after {}/1000 of its time", self.after)
    }
}

/// Moments from the command's start to a little behind its end.
pub fn moments(count: usize, rng: &mut StdRng) -> Vec<Kill> {
    (0..count).map(|_| Kill { after: rng.random_range(0..=1_100) }).collect()
}

/// Kills the command, and runs it again.
pub fn run(bench: &Bench<'_>, kill: Kill) -> Verdict {
    bench.reset();
    let moment = Instant::now() + bench.undisturbed.took * kill.after / 1_000;
    let mut child = bench.command().spawn().expect("the command runs");
    if bench.scenario.watches() {
        bench.lead(&mut child, Some(moment));
    }
    std::thread::sleep(moment.saturating_duration_since(Instant::now()));
    // it may have ended by itself
    let _ = child.kill();
    let told = bench.place.wait(child);
    bench.keep_what_it_left(&told.stderr);
    if told.end != End::Signal {
        return judge::writing(bench, &told, None);
    }
    let mut verdict = Verdict::default();
    judge::meanwhile(bench, false, &mut verdict);
    judge::rerun(bench, &mut verdict);
    verdict
}
