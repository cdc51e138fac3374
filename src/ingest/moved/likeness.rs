//! Is this what a known root was: the same files under the same paths, whether or not the root is still there?

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::index::{FileEntry, Manifest};
use crate::ingest::plan::{hash_file, holds};
use crate::source::packed_above;

/// Files whose content is compared at most, and that are looked for before all others are.
const COMPARED: usize = 32;

/// Whether nothing is there, or only a way to elsewhere: the archive has a root by its own path, so a link in it is later
/// than the root. What merely cannot be read is not gone.
pub(super) fn is_gone(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Err(error) => error.kind() == ErrorKind::NotFound,
        Ok(_) => path.canonicalize().is_ok_and(|leads_to| leads_to != path),
    }
}

/// How many files of the root `from`, or of a folder in one, stand below `to`; none where most do not, or are other files.
pub(super) fn likeness(manifest: &Manifest, from: &str, to: &Path) -> Option<usize> {
    let here = |file: &FileEntry<'_>| to.join(&file.path[from.len() + 1..]);
    let is_here =
        |file: &FileEntry<'_>| here(file).metadata().is_ok_and(|kind| kind.is_file() && kind.len() == file.size);
    let all: Vec<u64> = manifest
        .files()
        .filter(|file| holds(from, &file.path) && packed_above(&file.path).is_none())
        .map(|file| file.number)
        .collect();
    // most folders are not it at all, and a million files need not be looked for to see that
    if 4 * sample(manifest, &all).filter(is_here).count() < all.len().min(COMPARED) {
        return None;
    }
    let (mut missed, mut found) = (0, Vec::new());
    for file in all.iter().filter_map(|&number| manifest.file_by_number(number)) {
        if is_here(&file) {
            found.push(file.number);
            continue;
        }
        missed += 1;
        if 2 * missed >= all.len() {
            return None;
        }
    }
    let same = sample(manifest, &found).filter(|file| hash_file(&here(file)).is_ok_and(|hash| hash == file.hash));
    (2 * same.count() > found.len().min(COMPARED)).then_some(found.len())
}

/// Some of the files, evenly spread.
fn sample<'m>(manifest: &'m Manifest, numbers: &[u64]) -> impl Iterator<Item = FileEntry<'m>> {
    let compared = numbers.len().min(COMPARED);
    (0..compared).filter_map(move |n| manifest.file_by_number(numbers[n * numbers.len() / compared]))
}
