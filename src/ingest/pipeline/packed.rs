//! The files of a packed folder, in one pass: in the order in which they stand in it.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::path::Path;

use super::{Event, Feeder, Job, Stopped, Work, guarded, hash_file};
use crate::error::{Error, Result};
use crate::source::PackedFolder;

impl<P> Feeder<'_, P> {
    /// Reads all files.
    pub(super) fn read_all(&mut self, jobs: &[Job]) -> std::result::Result<(), Stopped> {
        let mut number = 0;
        while let Some(job) = jobs.get(number) {
            let Some(folder) = job.packed_in() else {
                if job.is_packed_folder() {
                    self.close_packed(number, job)?;
                } else {
                    self.read(number, job, None)?;
                    self.has_lost = false;
                }
                number += 1;
                continue;
            };
            let more = jobs[number..].iter().take_while(|job| job.packed_in().as_ref() == Some(&folder)).count();
            self.read_packed(&folder, jobs, number..number + more)?;
            number += more;
        }
        Ok(())
    }

    /// Reads the files of a packed folder that are wanted.
    fn read_packed(
        &mut self,
        folder: &Path,
        jobs: &[Job],
        numbers: std::ops::Range<usize>,
    ) -> std::result::Result<(), Stopped> {
        self.has_lost = false;
        let named = numbers.clone().filter_map(|number| Some((jobs[number].name_in_packed()?, number)));
        let mut waiting: BTreeMap<&str, usize> = named.collect();
        let names: HashSet<&str> = waiting.keys().copied().collect();
        let mut sent = Ok(());
        let read = guarded(&jobs[numbers.start], || {
            let Some(packed) = PackedFolder::at(folder)? else { return Ok(()) };
            packed.each(&|name| names.contains(name), &mut |name, opened| {
                let Some(number) = waiting.remove(name) else { return ControlFlow::Continue(()) };
                sent = match opened {
                    Ok(again) => self.read(number, &jobs[number], Some(&again)),
                    Err(error) => self.give_up(number, &jobs[number], None, error),
                };
                if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })
        });
        sent?;
        for number in waiting.into_values() {
            self.has_lost = true;
            self.send(Work::Event(Event::Unreadable { job: number, error: lost(&jobs[number], &read) }))?;
        }
        Ok(())
    }

    /// Behind the files of a packed folder, itself.
    fn close_packed(&mut self, number: usize, job: &Job) -> std::result::Result<(), Stopped> {
        let is_whole = !std::mem::replace(&mut self.has_lost, false);
        let hash = if is_whole { hash_file(&job.path()).ok() } else { None };
        self.send(Work::Event(Event::Packed { job: number, hash }))
    }
}

/// Why a file of a packed folder did not come.
fn lost(job: &Job, read: &Result<()>) -> Error {
    match read {
        Ok(()) => Error::input(job.shown(), "gone from its packed folder while that was read", "run again"),
        Err(error) => {
            let (what, way_out) = error.parted();
            Error::input(job.shown(), what, way_out)
        }
    }
}
