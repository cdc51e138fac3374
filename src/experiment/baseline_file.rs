//! A baseline in its file: read, compared with, and updated so that no floor falls unsaid.

use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::eval::Evaluation;
use crate::eval::gate::{Baseline, Inputs, Lowered, Tolerance, Verdict, check, check_updated};

/// A baseline's file, and what may become of it.
#[derive(Clone, Debug)]
pub struct BaselineFile {
    /// The file.
    pub path: PathBuf,
    /// How much worse a ranking may get.
    pub tolerance: Tolerance,
    /// Whether the values of this run become the baseline.
    pub update: bool,
    /// Whether that may lower floors.
    pub allow_drop: bool,
}

/// What became of an update.
#[derive(Clone, Debug, PartialEq)]
pub enum Updated {
    /// It was not asked for.
    None,
    /// Topics had no answers: the baseline stays as it was.
    Unanswered,
    /// It would lower these floors: the baseline stays as it was.
    Lowers(Vec<Lowered>),
    /// The baseline has so many topics now; whether there was none before.
    Written {
        /// Its topics.
        topics: usize,
        /// Whether there was none before.
        is_new: bool,
    },
}

impl BaselineFile {
    /// What the baseline says; none where it is still to be made.
    ///
    /// # Errors
    /// Where it cannot be read, and where there is none and none is to be made.
    pub fn read(&self) -> Result<Option<Baseline>> {
        let place = || self.path.display().to_string();
        if self.update && self.path.metadata().is_ok_and(|kind| !kind.is_file()) {
            return Err(Error::input(place(), "no file, so it cannot be read and then written", "name a file"));
        }
        match Baseline::read(&self.path)? {
            None if !self.update => Err(Error::input(place(), "no baseline here", "make it with --update-baseline")),
            floors => Ok(floors),
        }
    }

    /// The verdict on an evaluation beside the baseline `old`, as it was read, which is updated first where that is asked
    /// for: floors that were lowered on purpose are no failure. No verdict where there is no baseline.
    ///
    /// # Errors
    /// Where the baseline cannot be written.
    pub fn hold(
        &self,
        old: Option<&Baseline>,
        evaluation: &Evaluation,
        inputs: &Inputs,
        has_unanswered: bool,
    ) -> Result<(Option<Verdict>, Updated)> {
        let update = match self.update {
            false => Updated::None,
            true if has_unanswered => Updated::Unanswered,
            true => self.write(old, &Baseline::of(evaluation, inputs.clone()))?,
        };
        let verdict = if matches!(update, Updated::Written { .. }) {
            Some(check_updated(old, evaluation, inputs, self.tolerance))
        } else {
            old.map(|old| check(old, evaluation, inputs, self.tolerance))
        };
        Ok((verdict, update))
    }

    fn write(&self, old: Option<&Baseline>, new: &Baseline) -> Result<Updated> {
        let lowered = old.map(|old| old.lowered_by(new)).unwrap_or_default();
        if !lowered.is_empty() && !self.allow_drop {
            return Ok(Updated::Lowers(lowered));
        }
        new.write(&self.path)?;
        Ok(Updated::Written { topics: new.topics.len(), is_new: old.is_none() })
    }
}
