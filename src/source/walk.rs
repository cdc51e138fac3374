//! A root -> the files below it: nothing is passed over unsaid.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Result};

/// The file that marks a folder as an index.
pub const INDEX_MARK: &str = "dateline.json";

/// What is wrong with a link that is never read to its end.
const LEADS_BACK: &str = "a link leads back to a folder above it";

/// A file below a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Its path below the root, parted by `/`; its name where it is the root itself.
    pub below: Box<str>,
    /// The file as it can be opened, where it is the root itself or `below` does not spell it.
    exact: Option<Box<Path>>,
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970.
    pub modified: u64,
}

impl FoundFile {
    /// The file as it can be opened: the root as typed and what follows.
    pub fn path(&self, root: &Path) -> PathBuf {
        self.exact.as_ref().map_or_else(|| root.join(&*self.below), |exact| exact.to_path_buf())
    }
}

/// Files after which a walk tells of itself.
const TOLD: usize = 1000;

/// What a root holds.
#[derive(Debug, Default)]
pub struct Walk {
    /// Its files, by path.
    pub files: Vec<FoundFile>,
    /// Hidden files, indexes and things that are no files.
    pub skipped: u64,
    /// What could not be read, with the folder it is in.
    pub problems: Vec<(PathBuf, Error)>,
}

/// Lists the files of a root, which is a folder or a file; links are followed. `found` hears now and then how many there
/// are so far.
///
/// # Errors
/// Where the root is missing or cannot be read.
pub fn walk(root: &Path, found: &dyn Fn(u64)) -> Result<Walk> {
    let kind = fs::metadata(root).map_err(|e| Error::read(root, e))?;
    let mut walk = Walk::default();
    if !kind.is_dir() {
        walk.files.push(file(file_name(root), Some(root.into()), &kind));
        return Ok(walk);
    }
    fs::read_dir(root).map_err(|e| Error::read(root, e))?;
    descend(&mut walk, root, root, found);
    Ok(walk)
}

/// Lists what [`walk`] would find in a part of a folder: a file or folder by its path below the root. A part that is not
/// there holds nothing.
pub fn walk_part(root: &Path, part: &Path) -> Walk {
    let mut walk = Walk::default();
    let mut path = root.to_path_buf();
    for name in part {
        path.push(name);
        if is_hidden(name) || is_index(&path) {
            walk.skipped += 1;
            return walk;
        }
        if leads_back(&path) {
            walk.problems.push((path.clone(), Error::read(&path, io::Error::other(LEADS_BACK))));
            return walk;
        }
    }
    match fs::metadata(&path) {
        Ok(kind) if kind.is_dir() => descend(&mut walk, root, &path, &|_| {}),
        Ok(kind) => add(&mut walk, root, &path, &kind),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
        Err(e) => walk.problems.push((path.clone(), Error::read(&path, e))),
    }
    walk
}

/// Adds what a folder holds, by path.
fn descend(walk: &mut Walk, root: &Path, folder: &Path, found: &dyn Fn(u64)) {
    let mut entries = WalkDir::new(folder).follow_links(true).min_depth(1).into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Err(e) => walk.problems.push(problem(folder, e)),
            Ok(entry) if is_passed_over(&entry) => {
                walk.skipped += 1;
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => match entry.metadata() {
                Ok(kind) => {
                    add(walk, root, entry.path(), &kind);
                    if walk.files.len().is_multiple_of(TOLD) {
                        found(walk.files.len() as u64);
                    }
                }
                Err(e) => walk.problems.push(problem(folder, e)),
            },
        }
    }
    walk.files.sort_unstable_by(|a, b| (&a.below, &a.exact).cmp(&(&b.below, &b.exact)));
    tell_twins(walk, root);
}

/// Of files whose names look the same only the first is one of the archive's.
fn tell_twins(walk: &mut Walk, root: &Path) {
    let problems = &mut walk.problems;
    walk.files.dedup_by(|later, first| {
        let twins = later.below == first.below;
        if twins {
            let path = later.path(root);
            let what = "its name is not UTF-8, and another file's looks the same";
            problems.push((path.clone(), Error::input(path.display().to_string(), what, "rename it")));
        }
        twins
    });
}

fn add(walk: &mut Walk, root: &Path, path: &Path, kind: &fs::Metadata) {
    if !kind.is_file() {
        walk.skipped += 1;
        return;
    }
    let rest = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = rest.iter().map(|part| part.to_string_lossy()).collect();
    let below = parts.join("/");
    let exact = (rest.as_os_str() != below.as_str()).then(|| path.into());
    walk.files.push(file(below, exact, kind));
}

/// Hidden entries, and folders that hold an index.
fn is_passed_over(entry: &DirEntry) -> bool {
    is_hidden(entry.file_name()) || (entry.file_type().is_dir() && is_index(entry.path()))
}

/// Whether files of that name, and all below folders of that name, are passed over.
pub fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_index(folder: &Path) -> bool {
    folder.join(INDEX_MARK).is_file()
}

/// Whether a path is a link to a folder that holds it.
fn leads_back(path: &Path) -> bool {
    let is_link = path.symlink_metadata().is_ok_and(|kind| kind.is_symlink());
    let holder = path.parent().map(Path::canonicalize);
    is_link && holder.is_some_and(|holder| holder.is_ok_and(|h| path.canonicalize().is_ok_and(|to| h.starts_with(to))))
}

fn file(below: String, exact: Option<Box<Path>>, kind: &fs::Metadata) -> FoundFile {
    let since = kind.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    let modified = since.map_or(0, |d| d.as_nanos() as u64);
    FoundFile { below: below.into(), exact, size: kind.len(), modified }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn problem(root: &Path, error: walkdir::Error) -> (PathBuf, Error) {
    let path = error.path().unwrap_or(root).to_path_buf();
    let io = error.into_io_error().unwrap_or_else(|| io::Error::other(LEADS_BACK));
    (path.clone(), Error::read(&path, io))
}
