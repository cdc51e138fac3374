//! Paths of roots, and of what lies below them.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::Scope;

/// The parts of a root that a scope asks for, by their paths below it; none where it asks for the whole root.
pub(super) fn parts_of(root: &Path, scope: &Scope) -> Option<BTreeSet<PathBuf>> {
    let Scope::Part(paths) = scope else { return None };
    let real = real(root);
    if real.ancestors().any(|holder| paths.contains(holder)) {
        return None;
    }
    let below = paths.iter().filter_map(|path| path.strip_prefix(&real).ok());
    let parts: BTreeSet<PathBuf> = below.map(|part| spelled(part).to_path_buf()).collect();
    if parts.contains(Path::new("")) { None } else { Some(parts) }
}

/// What of a path can be found again by how the manifest spells it: all, or the folder of the first name that may be no
/// UTF-8, since another file's may look the same.
pub(super) fn spelled(part: &Path) -> &Path {
    let is_spelled = |path: &&Path| !path.to_string_lossy().contains(char::REPLACEMENT_CHARACTER);
    part.ancestors().find(is_spelled).unwrap_or(part)
}

/// Whether a root is a folder; an error where it cannot be read.
pub(super) fn is_folder(root: &Path) -> io::Result<bool> {
    let is_folder = root.metadata()?.is_dir();
    if is_folder {
        root.read_dir()?;
    }
    Ok(is_folder)
}

/// Whether a path lies below a folder; both absolute.
pub(in crate::ingest) fn holds(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

pub(in crate::ingest) fn absolute(path: &Path) -> String {
    real(path).to_string_lossy().trim_end_matches('/').to_owned()
}

pub(super) fn below(place: &str, root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(rest) if rest.as_os_str().is_empty() => place.to_owned(),
        Ok(rest) => format!("{place}/{}", rest.display()),
        Err(_) => absolute(path),
    }
}
