//! Taking roots out of an archive, whether or not they are still there.

use std::path::{Path, PathBuf};

use super::feeds::Loosened;
use super::known::{is_of, is_within, listed, place_of};
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::index::Manifest;
use crate::report::Report;

/// Takes out all articles of the files at or below `roots`, and what the archive knows of these roots, and commits. `-`
/// stands for all that came by standard input.
///
/// A root of which it has nothing is a warning, and counted: the same command may be run again. Of feeds of which snapshots go,
/// older ones are marked, to be read by the next run or by [`run_freed`](super::run_freed).
///
/// # Errors
/// Where the archive cannot be written.
pub fn forget<U: Update>(update: &mut U, roots: &[PathBuf]) -> Result<Report> {
    let manifest = update.files();
    let (mut report, mut places) = (Report::default(), Vec::new());
    for typed in roots {
        match place_of(manifest, typed) {
            Some(place) => places.push(place),
            None => {
                report.roots_unknown += 1;
                report.tell([unknown(manifest, typed).to_string()]);
            }
        }
    }
    let gone = manifest.files().filter(|file| places.iter().any(|place| is_of(place, file)));
    let gone: Vec<(u64, u32)> = gone.map(|file| (file.number, file.articles)).collect();
    let loosened = Loosened::of(gone.iter().filter_map(|(number, _)| manifest.file_by_number(*number)));
    let within = |path: &str| places.iter().any(|place| is_within(place, path));
    let roots: Vec<String> = manifest.roots().map(|root| root.path.clone()).filter(|path| within(path)).collect();
    roots.iter().for_each(|path| update.remove_root(path));
    for (number, articles) in gone {
        update.remove_file(number);
        report.files.removed += 1;
        report.records.removed += u64::from(articles);
    }
    loosened.mark(update);
    update.commit()?;
    Ok(report)
}

/// The error of a root that the archive has nothing of.
pub(super) fn unknown(manifest: &Manifest, typed: &Path) -> Error {
    let what = format!("{}: the archive has nothing from there", typed.display());
    Error::request(what, format!("it knows these roots: {}", listed(manifest)))
}
