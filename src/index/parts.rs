//! What the files of an index are, and how many bytes they take.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::forms::{DICTIONARY, FAMILIES, LISTS};
use crate::error::{Error, Result};
use crate::stats::Part;

/// What a file of the index holds, by its name.
fn part_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "store" => "articles as shown",
        "term" => "terms",
        "idx" => "postings",
        "pos" => "positions",
        "fast" => "columns",
        "fieldnorm" => "lengths",
        ext if [DICTIONARY, FAMILIES, LISTS].contains(&ext) => "dictionary of forms",
        "del" => "deletions",
        "jsonl" => "manifest",
        _ => "other",
    }
}

/// Bytes of each part of the index in `dir`, the largest first; the sum is what the folder takes.
///
/// # Errors
/// Where the folder cannot be read.
pub(crate) fn parts(dir: &Path) -> Result<Vec<Part>> {
    let mut bytes: BTreeMap<&str, u64> = BTreeMap::new();
    for entry in fs::read_dir(dir).map_err(|e| Error::read(dir, e))? {
        let entry = entry.map_err(|e| Error::read(dir, e))?;
        let about = match entry.metadata() {
            Ok(about) => about,
            // a file that a writer removed meanwhile takes nothing
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            Err(e) => return Err(Error::read(&entry.path(), e)),
        };
        *bytes.entry(part_of(&entry.file_name().to_string_lossy())).or_default() += about.len();
    }
    let mut parts: Vec<Part> = bytes.into_iter().map(|(name, bytes)| Part::new(name, bytes)).collect();
    parts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    Ok(parts)
}
