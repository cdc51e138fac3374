//! Paths of roots, and of what lies below them.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::Scope;
use crate::error::{Error, Result};
use crate::source::{kind_of, packed_above};

/// The parts of a root that a scope asks for, by their paths below it; none where it asks for the whole root. The root
/// goes by its own path.
pub(super) fn parts_of(real: &Path, scope: &Scope) -> Option<BTreeSet<PathBuf>> {
    let Scope::Part(paths) = scope else { return None };
    // of a packed folder nothing is looked at by itself
    let paths: BTreeSet<PathBuf> = paths.iter().map(|path| holder(path)).collect();
    if real.ancestors().any(|holder| paths.contains(holder)) {
        return None;
    }
    let below = paths.iter().filter_map(|path| path.strip_prefix(real).ok());
    let parts: BTreeSet<PathBuf> = below.map(|part| spelled(part).to_path_buf()).collect();
    if parts.contains(Path::new("")) { None } else { Some(parts) }
}

/// A path, or the packed folder that it leads into.
fn holder(path: &Path) -> PathBuf {
    let text = path.to_string_lossy();
    packed_above(&text).map_or_else(|| path.to_path_buf(), PathBuf::from)
}

/// What of a path can be found again by how the manifest spells it: all, or the folder of the first name that may be no
/// UTF-8, since another file's may look the same.
pub(super) fn spelled(part: &Path) -> &Path {
    let is_spelled = |path: &&Path| !path.to_string_lossy().contains(char::REPLACEMENT_CHARACTER);
    part.ancestors().find(is_spelled).unwrap_or(part)
}

/// Whether a root is a folder; an error where it cannot be read.
pub(super) fn is_folder(root: &Path) -> Result<bool> {
    let is_folder = kind_of(root, "index")?.is_dir();
    if is_folder {
        root.read_dir().map_err(|e| Error::read(root, e))?;
    }
    Ok(is_folder)
}

/// Whether a path lies below a folder; both absolute.
pub(in crate::ingest) fn holds(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A root's own path; an error where it cannot be had, since by another one its files would be others.
pub(super) fn real(root: &Path) -> Result<PathBuf> {
    // what is no file may have no path either, and is told as what it is
    kind_of(root, "index")?;
    root.canonicalize().map_err(|e| Error::read(root, e))
}

/// A root's own path as the manifest spells it.
pub(in crate::ingest) fn absolute(root: &Path) -> Result<String> {
    real(root).map(|path| spelling(&path))
}

/// The path of a root that cannot be looked at, as well as it can be told.
pub(super) fn supposed(root: &Path) -> PathBuf {
    root.canonicalize().or_else(|_| std::path::absolute(root)).unwrap_or_else(|_| root.to_path_buf())
}

/// An absolute path without `.` and `..`, told by its names alone.
pub(in crate::ingest) fn lexical(typed: &Path) -> PathBuf {
    let whole = std::path::absolute(typed).unwrap_or_else(|_| typed.to_path_buf());
    let mut path = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(path.pop()),
            part => path.push(part),
        }
    }
    path
}

/// An absolute path as the manifest spells it.
pub(in crate::ingest) fn spelling(path: &Path) -> String {
    path.to_string_lossy().trim_end_matches('/').to_owned()
}

/// What lies at or below a root, by the root's own path as the manifest spells it.
pub(super) fn below(place: &str, root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(rest) if !rest.as_os_str().is_empty() => format!("{place}/{}", rest.display()),
        // of what a walk says, nothing lies elsewhere
        _ => place.to_owned(),
    }
}
