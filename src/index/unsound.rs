//! Which files of the index were found damaged, so that each update tells it until they are mended: a merge leaves them out
//! and is not tried again for long.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::commit::Commit;
use super::failure::unread;
use super::verify::verify;
use crate::durable;
use crate::error::{Error, Result};

/// The file with their names, a JSON list.
pub(super) const UNSOUND: &str = "unsound.json";

/// Notes a file that was found damaged.
///
/// # Errors
/// Where the note cannot be written.
pub(super) fn note(dir: &Path, name: &str) -> Result<()> {
    let mut names = noted(dir)?;
    if names.insert(name.to_owned()) { keep(dir, &names) } else { Ok(()) }
}

/// Reads the noted files again. Those that are sound, or that the commit does not name any more, are noted no longer. What is wrong
/// with the first of the others.
///
/// # Errors
/// Where the note cannot be read or written.
pub(super) fn look_again(dir: &Path, commit: &Commit) -> Result<Option<Error>> {
    let names = noted(dir)?;
    let fault = |name: &String| {
        let wanted = commit.checksum(name)?;
        let verdict = File::open(dir.join(name)).and_then(|file| verify(&file, Some(wanted)));
        verdict.map_err(|e| unread(dir, name, e)).and_then(|verdict| verdict.sound(dir, name)).err()
    };
    let faults: Vec<(&String, Error)> = names.iter().filter_map(|name| Some((name, fault(name)?))).collect();
    if faults.len() < names.len() {
        keep(dir, &faults.iter().map(|(name, _)| (*name).clone()).collect())?;
    }
    Ok(faults.into_iter().next().map(|(_, fault)| fault))
}

/// The names in the note; none where there is no note, or none that can be read as one.
fn noted(dir: &Path) -> Result<BTreeSet<String>> {
    let path = dir.join(UNSOUND);
    match fs::read(&path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(e) => Err(Error::read(&path, e)),
    }
}

fn keep(dir: &Path, names: &BTreeSet<String>) -> Result<()> {
    let path = dir.join(UNSOUND);
    if names.is_empty() {
        return fs::remove_file(&path).map_err(|e| Error::write(&path, e));
    }
    durable::write(&path, &serde_json::to_vec(names).unwrap_or_default())
}
