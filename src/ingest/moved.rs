//! A root that was moved is the same archive: its files keep their ids, and what cites them is read again.

mod likeness;
mod looks;

use std::path::Path;

use super::feeds::Loosened;
use super::forget::unknown;
use super::known::{is_within, listed, place_of, spellings};
use super::plan::{absolute, holds};
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::index::{FileEntry, Manifest, RootEntry};
use crate::source::STDIN;
use likeness::{is_gone, likeness};

pub use looks::{Moved, moved_roots};

/// Makes `to` the root, or the file, that `from` was, and commits: the same prefix and ids, the list of its files under
/// their new paths. Stored citations carry paths, so these files are stale until a run has read them again.
///
/// # Errors
/// Where the archive has nothing of `from` or something of `to` already, where `to` is not there, or `from` still is and `to`
/// holds something else, and where the archive cannot be written.
pub fn take_over<U: Update>(update: &mut U, from: &Path, to: &Path) -> Result<()> {
    let manifest = update.files();
    let new = absolute(to)?;
    let old = match place_of(manifest, from).filter(|place| place != STDIN) {
        // a run that was killed, or an earlier one, has done it
        Some(old) if old == new && came_from(manifest, from, &new) => return Ok(()),
        Some(old) => old,
        None if came_from(manifest, from, &new) => return Ok(()),
        None => return Err(unknown(manifest, from)),
    };
    refuse_what_cannot_be(manifest, (from, &old), (to, &new))?;
    // a file is called after its place, and files in a folder of another root may be called after that
    let is_held = manifest.file(&old).is_some() || manifest.roots().any(|root| holds(&root.path, &new));
    move_roots(update, &old, &new);
    move_files(update, &old, &new, is_held);
    remove_left(update, &old);
    update.commit()
}

/// Whether what the archive has of a place stood in another one, or may have, before it was moved.
fn came_from(manifest: &Manifest, from: &Path, place: &str) -> bool {
    let was = |root: &RootEntry| !root.was.is_empty() && spellings(from).contains(&root.was);
    manifest.root(place).is_some_and(was) || manifest.file(place).is_some_and(|file| file.moved)
}

fn refuse_what_cannot_be(manifest: &Manifest, (from, old): (&Path, &str), (to, new): (&Path, &str)) -> Result<()> {
    let (shown, beside) = (from.display(), to.display());
    if old == new {
        let what = format!("{shown}: that is where {beside} is already");
        return Err(Error::request(what, "leave out --moved-from, or name where it was before"));
    }
    let is_elsewhere = || !is_within(new, old) && !holds(old, new) && likeness(manifest, old, to).is_some();
    if !is_gone(Path::new(old)) && !is_elsewhere() {
        let what = format!(
            "{shown}: still there, or its disk cannot be read, and {beside} does not hold the same: it was not moved"
        );
        return Err(Error::request(what, format!("remove it first, or pass --not-moved to add {beside} beside it")));
    }
    let kind = to.metadata().map_err(|error| Error::read(to, error))?;
    let of_new = |path: &str| is_within(new, path) && !is_within(old, path);
    if manifest.roots().any(|root| of_new(&root.path)) || manifest.files().any(|file| of_new(&file.path)) {
        let what = format!("{beside}: the archive has something from there already, so it cannot stand for {shown}");
        // by the same path the archive may have a root that was there before
        let named =
            if place_of(manifest, to).is_some_and(|place| place == new) { beside.to_string() } else { new.to_owned() };
        let way_out = format!("pass --forget {named} as well: then it is read as what {shown} was, under its ids");
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
fn move_roots<U: Update>(update: &mut U, old: &str, new: &str) {
    let manifest = update.files();
    let moved: Vec<RootEntry> = manifest.roots().filter(|root| is_within(old, &root.path)).cloned().collect();
    let holder = manifest.root_above(old);
    let inherited = holder.filter(|_| manifest.file(old).is_none() && manifest.root(old).is_none()).map(|holder| {
        let below = &old[holder.path.len() + 1..];
        let prefix = if holder.prefix.is_empty() { below.to_owned() } else { format!("{}/{below}", holder.prefix) };
        RootEntry { path: new.to_owned(), prefix, was: old.to_owned() }
    });
    for root in moved {
        update.remove_root(&root.path);
        let path = format!("{new}{}", &root.path[old.len()..]);
        update.enter_root(RootEntry { path, prefix: root.prefix, was: root.path });
    }
    inherited.into_iter().for_each(|root| update.enter_root(root));
}

/// Roots of which nothing is left, as all that they had was in a folder that moved, are roots no more.
fn remove_left<U: Update>(update: &mut U, old: &str) {
    let manifest = update.files();
    let is_left = |root: &&RootEntry| {
        holds(&root.path, old)
            && is_gone(Path::new(&root.path))
            && !manifest.files().any(|f| holds(&root.path, &f.path))
    };
    let left: Vec<String> = manifest.roots().filter(is_left).map(|root| root.path.clone()).collect();
    left.iter().for_each(|path| update.remove_root(path));
}

/// `is_held` says that by their new paths they would be called otherwise: they keep their ids.
fn move_files<U: Update>(update: &mut U, old: &str, new: &str, is_held: bool) {
    let of_old = || update.files().files().filter(|file| is_within(old, &file.path));
    let mut files: Vec<(usize, u64)> = of_old().map(|file| (file.path.len(), file.number)).collect();
    // by their new paths they may be older than snapshots that gave way to them
    let loosened = Loosened::of(of_old());
    loosened.mark(update);
    // where one place lies in the other, a file that is higher up makes room for one below it
    files.sort_unstable();
    for (_, number) in files {
        let Some(entry) = update.files().file_by_number(number).map(FileEntry::into_owned) else { continue };
        let path = format!("{new}{}", &entry.path[old.len()..]);
        update.enter(&FileEntry { path: path.into(), stale: true, moved: entry.moved || is_held, ..entry });
    }
}
