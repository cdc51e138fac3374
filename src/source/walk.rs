//! A root -> the files below it: nothing is passed over unsaid.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Result};

/// The file that marks a folder as an index.
pub const INDEX_MARK: &str = "dateline.json";

/// A file below a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Its path below the root, parted by `/`; its name where it is the root itself.
    pub below: String,
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
        self.exact.as_ref().map_or_else(|| root.join(&self.below), |exact| exact.to_path_buf())
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
    let mut entries = WalkDir::new(root).follow_links(true).min_depth(1).into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Err(e) => walk.problems.push(problem(root, e)),
            Ok(entry) if is_passed_over(&entry) => {
                walk.skipped += 1;
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                add(&mut walk, root, &entry);
                if walk.files.len().is_multiple_of(TOLD) {
                    found(walk.files.len() as u64);
                }
            }
        }
    }
    walk.files.sort_unstable_by(|a, b| (&a.below, &a.exact).cmp(&(&b.below, &b.exact)));
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
    Ok(walk)
}

fn add(walk: &mut Walk, root: &Path, entry: &DirEntry) {
    match entry.metadata() {
        Ok(kind) if kind.is_file() => {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            let below = parts.join("/");
            let exact = (path.as_os_str() != below.as_str()).then(|| entry.path().into());
            walk.files.push(file(below, exact, &kind));
        }
        Ok(_) => walk.skipped += 1,
        Err(e) => walk.problems.push(problem(root, e)),
    }
}

/// Hidden entries, and folders that hold an index.
fn is_passed_over(entry: &DirEntry) -> bool {
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    hidden || (entry.file_type().is_dir() && entry.path().join(INDEX_MARK).is_file())
}

fn file(below: String, exact: Option<Box<Path>>, kind: &fs::Metadata) -> FoundFile {
    let since = kind.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    let modified = since.map_or(0, |d| d.as_nanos() as u64);
    FoundFile { below, exact, size: kind.len(), modified }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn problem(root: &Path, error: walkdir::Error) -> (PathBuf, Error) {
    let path = error.path().unwrap_or(root).to_path_buf();
    let io = error.into_io_error().unwrap_or_else(|| std::io::Error::other("a link leads back to a folder above it"));
    (path.clone(), Error::read(&path, io))
}
