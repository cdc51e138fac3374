//! A root -> the files below it: nothing is passed over unsaid, and no error is taken for another answer.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::options::SETTINGS;
use crate::error::{Error, Reason, Result};
use crate::mark::is_index;

mod found;

pub use found::{FoundFile, FoundRole};

/// What is wrong with a link that is never read to its end.
const LEADS_BACK: &str = "a link leads back to a folder above it";

/// Files after which a walk tells of itself.
const TOLD: usize = 1000;

/// Whether a folder is left out, with all in it, by its path below the root.
pub type LeavesOut<'a> = &'a dyn Fn(&str) -> bool;

/// What a root holds.
#[derive(Debug, Default)]
pub struct Walk {
    /// Whether the root was a folder when it was looked at.
    pub is_folder: bool,
    /// Its files, by path.
    pub files: Vec<FoundFile>,
    /// Hidden files, settings, indexes, folders that are left out, things that are no files.
    pub skipped: BTreeMap<Reason, u64>,
    /// What could not be read or looked at, with the folder it is in.
    pub problems: Vec<(PathBuf, Error)>,
}

/// Lists the files of a root, which is a folder or a file; links are followed. `found` hears now and then how many there
/// are so far.
///
/// # Errors
/// Where the root is missing, cannot be read, or is neither a folder nor a file.
pub fn walk(root: &Path, leaves_out: LeavesOut<'_>, found: &dyn Fn(u64)) -> Result<Walk> {
    let kind = kind_of(root, "index")?;
    let mut walk = Walk { is_folder: kind.is_dir(), ..Walk::default() };
    if !walk.is_folder {
        walk.files.push(FoundFile::new(file_name(root), Some(root.into()), &kind));
        return Ok(walk);
    }
    fs::read_dir(root).map_err(|e| Error::read(root, e))?;
    walk.descend(root, root, leaves_out, found);
    Ok(walk)
}

/// Lists what [`walk`] would find in a part of a folder: a file or folder by its path below the root. A part that is not
/// there holds nothing.
pub fn walk_part(root: &Path, part: &Path, leaves_out: LeavesOut<'_>) -> Walk {
    let mut walk = Walk { is_folder: true, ..Walk::default() };
    let mut path = root.to_path_buf();
    if let Err(error) = walk.go_to(root, part, &mut path, leaves_out) {
        walk.problems.push((path.clone(), Error::read(&path, error)));
    }
    walk
}

/// What a path leads to; it is not opened: a pipe would wait, and a device may have no end.
///
/// # Errors
/// Where it cannot be looked at, and where it is neither a file nor a folder: `command` can read that by a pipe.
pub fn kind_of(path: &Path, command: &str) -> Result<Metadata> {
    let kind = fs::metadata(path).map_err(|e| Error::read(path, e))?;
    if kind.is_file() || kind.is_dir() {
        return Ok(kind);
    }
    // what a shell made for this command is gone when the command ends
    let is_ours = ["/dev/fd", "/dev/stdin", "/proc"].iter().any(|place| path.starts_with(place));
    let giver = if is_ours { "COMMAND".to_owned() } else { format!("cat {}", path.display()) };
    let way_out = format!("pipe it: {giver} | dateline {command} -");
    Err(Error::input(path.display().to_string(), "neither a file nor a folder", way_out))
}

/// What becomes of an entry of a folder.
enum EntryFate {
    Take,
    Enter,
    PassOver(Reason),
}

impl Walk {
    /// Goes to a part of a folder, name by name, and adds what is there; where that fails, `path` says at which.
    fn go_to(&mut self, root: &Path, part: &Path, path: &mut PathBuf, leaves_out: LeavesOut<'_>) -> io::Result<()> {
        for name in part {
            path.push(name);
            if !is_there(path)? {
                return Ok(());
            }
            let is_folder = fs::metadata(&*path)?.is_dir();
            if let EntryFate::PassOver(reason) = verdict(root, path, is_folder, leaves_out)? {
                self.skip(reason);
                return Ok(());
            }
        }
        let kind = fs::metadata(&*path)?;
        if kind.is_dir() {
            self.descend(root, path, leaves_out, &|_| {});
        } else {
            self.add(root, path, &kind);
        }
        Ok(())
    }

    /// Adds what a folder holds, by path.
    fn descend(&mut self, root: &Path, folder: &Path, leaves_out: LeavesOut<'_>, found: &dyn Fn(u64)) {
        let mut entries = WalkDir::new(folder).follow_links(true).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let Ok(entry) = entry.map_err(|error| self.problems.push(problem(folder, error))) else { continue };
            let is_folder = entry.file_type().is_dir();
            match verdict(root, entry.path(), is_folder, leaves_out) {
                Ok(EntryFate::Enter) => continue,
                Ok(EntryFate::Take) => self.add_entry(root, folder, &entry, found),
                Ok(EntryFate::PassOver(reason)) => self.skip(reason),
                Err(e) => self.problems.push((entry.path().to_path_buf(), Error::read(entry.path(), e))),
            }
            if is_folder {
                entries.skip_current_dir();
            }
        }
        self.files.sort_unstable_by(|a, b| (&a.below, &a.exact).cmp(&(&b.below, &b.exact)));
        self.tell_twins(root);
    }

    fn add_entry(&mut self, root: &Path, folder: &Path, entry: &DirEntry, found: &dyn Fn(u64)) {
        match entry.metadata() {
            Ok(kind) => self.add(root, entry.path(), &kind),
            Err(error) => self.problems.push(problem(folder, error)),
        }
        if self.files.len().is_multiple_of(TOLD) {
            found(self.files.len() as u64);
        }
    }

    fn add(&mut self, root: &Path, path: &Path, kind: &Metadata) {
        if !kind.is_file() {
            return self.skip(Reason::Special);
        }
        let rest = path.strip_prefix(root).unwrap_or(path);
        let below = below(root, path);
        let exact = (rest.as_os_str() != below.as_str()).then(|| path.into());
        self.files.push(FoundFile::new(below, exact, kind));
    }

    fn skip(&mut self, reason: Reason) {
        *self.skipped.entry(reason).or_default() += 1;
    }

    /// Of files whose names look the same only the first is one of the archive's.
    fn tell_twins(&mut self, root: &Path) {
        let problems = &mut self.problems;
        self.files.dedup_by(|later, first| {
            let twins = later.below == first.below;
            if twins {
                let path = later.path(root);
                let what = "its name is not UTF-8, and another file's looks the same";
                problems.push((path.clone(), Error::input(path.display().to_string(), what, "rename it")));
            }
            twins
        });
    }
}

/// Hidden entries, files of settings, folders that are left out, and folders that hold an index are passed over.
fn verdict(root: &Path, path: &Path, is_folder: bool, leaves_out: LeavesOut<'_>) -> io::Result<EntryFate> {
    Ok(match path.file_name() {
        Some(name) if is_hidden(name) => EntryFate::PassOver(Reason::Hidden),
        Some(name) if name == SETTINGS && !is_folder => EntryFate::PassOver(Reason::Settings),
        _ if !is_folder => EntryFate::Take,
        _ if leaves_out(&below(root, path)) => EntryFate::PassOver(Reason::Excluded),
        // a walk that begins further down does not know what it came through
        _ if leads_back(path)? => return Err(io::Error::other(LEADS_BACK)),
        _ if is_index(path)? => EntryFate::PassOver(Reason::Index),
        _ => EntryFate::Enter,
    })
}

/// A path below the root, parted by `/`.
fn below(root: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = rest.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Whether files of that name, and all below folders of that name, are passed over.
pub fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether an answer of the system says that there is no such thing; any other error says nothing.
fn says_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether there is something, be it a link that leads nowhere.
fn is_there(path: &Path) -> io::Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if says_gone(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a path is a link to a folder that holds it.
fn leads_back(path: &Path) -> io::Result<bool> {
    let is_link = path.symlink_metadata()?.is_symlink();
    let Some(holder) = path.parent().filter(|_| is_link) else { return Ok(false) };
    Ok(holder.canonicalize()?.starts_with(path.canonicalize()?))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn problem(root: &Path, error: walkdir::Error) -> (PathBuf, Error) {
    let path = error.path().unwrap_or(root).to_path_buf();
    let io = error.into_io_error().unwrap_or_else(|| io::Error::other(LEADS_BACK));
    (path.clone(), Error::read(&path, io))
}

#[cfg(all(test, unix))]
mod tests;
