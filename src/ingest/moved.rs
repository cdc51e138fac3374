//! A root that was moved is the same archive: its files keep their ids, and what cites them is read again.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::feeds::Loosened;
use super::forget::unknown;
use super::known::{has, is_within, listed, place_of};
use super::plan::{absolute, hash_file, holds};
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::index::{FileEntry, Manifest, RootEntry};
use crate::source::STDIN;

/// Files whose content is compared at most.
const COMPARED: usize = 32;

/// A folder that looks like a root which is no longer where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where the root was, as the archive has it.
    pub from: PathBuf,
    /// The folder, as it was named.
    pub to: PathBuf,
}

/// Which of `roots` are new to the archive and look like one that it knows and whose folder is no longer there: most of
/// its files are found there under the same paths, and most of those compared have the same content.
///
/// # Errors
/// Where a folder that is there cannot be looked at: taken for another archive, all its articles would come in twice.
pub fn moved_roots<U: Update>(update: &mut U, roots: &[PathBuf]) -> Result<Vec<Moved>> {
    let manifest = update.manifest_mut();
    let lost = manifest.roots().map(|root| root.path.clone()).filter(|path| is_gone(Path::new(path)));
    let mut lost: Vec<String> = lost.collect();
    let mut moved = Vec::new();
    for to in roots.iter().filter(|to| to.as_path() != Path::new(STDIN)) {
        if lost.is_empty() || !is_folder(to)? || has(manifest, &absolute(to)?) {
            continue;
        }
        let alike = lost.iter().filter_map(|from| Some((likeness(manifest, from, to)?, from)));
        // of several the largest, then the first by path
        let best = alike.rev().max_by_key(|(files, _)| *files).map(|(_, from)| from.clone());
        if let Some(from) = best {
            lost.retain(|path| !is_within(&from, path));
            moved.push(Moved { from: from.into(), to: to.clone() });
        }
    }
    Ok(moved)
}

/// Whether a folder is there; what is not is told by who reads it.
fn is_folder(path: &Path) -> Result<bool> {
    match path.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::read(path, error)),
        Ok(kind) => Ok(kind.is_dir()),
    }
}

/// Makes `to` the root, or the file, that `from` was, and commits: the same prefix and ids, the list of its files under
/// their new paths. Stored citations carry paths, so these files are stale until a run has read them again.
///
/// # Errors
/// Where the archive has nothing of `from` or something of `to` already, where `from` is still there or `to` is not, and
/// where the archive cannot be written.
pub fn take_over<U: Update>(update: &mut U, from: &Path, to: &Path) -> Result<()> {
    let manifest = update.manifest_mut();
    let old = place_of(manifest, from).filter(|place| place != STDIN);
    let old = old.ok_or_else(|| unknown(manifest, from))?;
    let new = absolute(to)?;
    refuse_what_cannot_be(manifest, (from, &old), (to, &new))?;
    move_roots(manifest, &old, &new);
    move_files(manifest, &old, &new);
    update.commit()
}

/// Whether nothing is there; what merely cannot be read is not gone.
fn is_gone(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// How many files of the root `from` stand below `to`; none where most do not, or are other files.
fn likeness(manifest: &Manifest, from: &str, to: &Path) -> Option<usize> {
    let files = || manifest.files().filter(|file| holds(from, &file.path));
    let here = |file: &FileEntry<'_>| to.join(&file.path[from.len() + 1..]);
    let (total, mut missed, mut found) = (files().count(), 0, Vec::new());
    for file in files() {
        if here(&file).metadata().is_ok_and(|kind| kind.is_file() && kind.len() == file.size) {
            found.push(file.number);
            continue;
        }
        missed += 1;
        if 2 * missed >= total {
            return None;
        }
    }
    let compared = found.len().min(COMPARED);
    let sample = (0..compared).filter_map(|n| manifest.file_by_number(found[n * found.len() / compared]));
    let same = sample.filter(|file| hash_file(&here(file)).is_ok_and(|hash| hash == file.hash)).count();
    (2 * same > compared).then_some(found.len())
}

fn refuse_what_cannot_be(manifest: &Manifest, (from, old): (&Path, &str), (to, new): (&Path, &str)) -> Result<()> {
    let (shown, beside) = (from.display(), to.display());
    if !is_gone(Path::new(old)) {
        let what = format!("{shown}: still there, or its disk cannot be read, so it was not moved");
        return Err(Error::request(what, format!("remove it first, or pass --not-moved to add {beside} beside it")));
    }
    let kind = to.metadata().map_err(|error| Error::read(to, error))?;
    let of_new = |path: &str| is_within(new, path) && !is_within(old, path);
    if manifest.roots().any(|root| of_new(&root.path)) || manifest.files().any(|file| of_new(&file.path)) {
        let what = format!("{beside}: the archive has something from there already, so it cannot stand for {shown}");
        let way_out = format!("leave out --moved-from, and pass --forget {shown} to take the old articles out");
        return Err(Error::request(what, way_out));
    }
    let was_file = manifest.file(old).is_some();
    if was_file == kind.is_dir() {
        let what = format!("{shown} was a {}, and {beside} is none", if was_file { "file" } else { "folder" });
        return Err(Error::request(what, format!("name what it became; the archive knows {}", listed(manifest))));
    }
    Ok(())
}

/// Puts the root, and the roots in it, where they are now. A folder in a root becomes one itself, with the ids it had.
fn move_roots(manifest: &mut Manifest, old: &str, new: &str) {
    let moved: Vec<RootEntry> = manifest.roots().filter(|root| is_within(old, &root.path)).cloned().collect();
    let holder = manifest.roots().filter(|root| holds(&root.path, old)).max_by_key(|root| root.path.len());
    let inherited = holder.filter(|_| manifest.file(old).is_none() && manifest.root(old).is_none()).map(|holder| {
        let below = &old[holder.path.len() + 1..];
        let prefix = if holder.prefix.is_empty() { below.to_owned() } else { format!("{}/{below}", holder.prefix) };
        RootEntry { path: new.to_owned(), prefix }
    });
    for root in moved {
        manifest.remove_root(&root.path);
        manifest.set_root(RootEntry { path: format!("{new}{}", &root.path[old.len()..]), prefix: root.prefix });
    }
    inherited.into_iter().for_each(|root| manifest.set_root(root));
}

fn move_files(manifest: &mut Manifest, old: &str, new: &str) {
    let of_old = || manifest.files().filter(|file| is_within(old, &file.path));
    let mut files: Vec<(usize, u64)> = of_old().map(|file| (file.path.len(), file.number)).collect();
    // by their new paths they may be older than snapshots that gave way to them
    let loosened = Loosened::of(of_old());
    loosened.mark(manifest);
    // where one place lies in the other, a file that is higher up makes room for one below it
    files.sort_unstable();
    for (_, number) in files {
        let Some(entry) = manifest.file_by_number(number).map(FileEntry::into_owned) else { continue };
        let path = format!("{new}{}", &entry.path[old.len()..]);
        manifest.set_file(&FileEntry { path: path.into(), stale: true, ..entry });
    }
}
