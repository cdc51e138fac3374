//! tantivy's list of the files that it made. What it says a commit says too: where it is damaged, nothing is lost, and it is
//! written anew.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::commit::{Commit, META};
use super::failure::NOT_AS_WRITTEN;
use crate::durable;
use crate::error::{Error, Result};

/// The list's name.
pub(super) const MANAGED: &str = ".managed.json";

/// What to do about a damaged one.
pub(super) const WRITE_ANEW: &str = "run `dateline index PATH` again, which writes it anew: the articles are whole";

/// What is wrong with the list of the files of a commit; none where nothing is.
pub(super) fn fault(bytes: Option<&[u8]>, commit: &Commit) -> Option<String> {
    let Some(bytes) = bytes else { return Some("it is missing".to_owned()) };
    let names = serde_json::from_slice::<Vec<String>>(bytes).ok();
    let spelled =
        |names: &Vec<String>| serde_json::to_string(names).is_ok_and(|text| (text + "\n").as_bytes() == bytes);
    let Some(names) = names.filter(spelled) else { return Some(NOT_AS_WRITTEN.to_owned()) };
    let listed: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let missing = wanted(commit).find(|name| !listed.contains(name.as_str()))?;
    Some(format!("it does not list {missing}"))
}

/// The list where it names what this commit needs, else one that does.
pub(super) fn mended(bytes: Option<&[u8]>, commit: &Commit) -> Vec<u8> {
    match bytes.filter(|bytes| fault(Some(bytes), commit).is_none()) {
        Some(bytes) => bytes.to_vec(),
        None => {
            let names: BTreeSet<String> = wanted(commit).collect();
            serde_json::to_string(&names).map(|text| (text + "\n").into_bytes()).unwrap_or_default()
        }
    }
}

/// Writes the list of the index in `dir` anew where something is wrong with it. Who calls has the writer's lock.
///
/// # Errors
/// Where it cannot be read or written.
pub(super) fn mend(dir: &Path) -> Result<()> {
    let path = dir.join(MANAGED);
    // what is wrong with a commit is told by who opens it
    let Some(commit) = fs::read(dir.join(META)).ok().and_then(|meta| Commit::parse(&meta).ok()) else { return Ok(()) };
    let bytes = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(Error::read(&path, e)),
    };
    match fault(bytes.as_deref(), &commit) {
        Some(_) => durable::write(&path, &mended(bytes.as_deref(), &commit)),
        None => Ok(()),
    }
}

/// Whether the list in `dir` is one that an index left which was killed while it was made: it names no file but the first.
pub(super) fn is_beginning(dir: &Path) -> bool {
    let bytes = fs::read(dir.join(MANAGED)).ok();
    let names = bytes.and_then(|bytes| serde_json::from_slice::<Vec<String>>(&bytes).ok());
    names.is_some_and(|names| names.iter().all(|name| name == META))
}

fn wanted(commit: &Commit) -> impl Iterator<Item = String> {
    commit.files().chain([META.to_owned()])
}
