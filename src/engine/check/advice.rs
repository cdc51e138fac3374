//! What a check says of a source that is not as it was indexed, and the way out.

use std::io;
use std::path::Path;

use super::drift::Drift;
use crate::error::quoted;
use crate::index::{FileEntry, Manifest};
use crate::source::{MEMORY_FLAG, packed_above};

/// What is wrong with a source that is not what was indexed, and what to do. The index holds its articles as they were indexed,
/// until the file is read again.
pub(super) fn changed(drift: &Drift, articles: usize, is_damaged: bool, again: String) -> (String, String) {
    let show = |id: &str| format!("the index holds it as it was indexed (`dateline show {}`)", quoted(id));
    if is_damaged {
        let what = format!("damaged, as its own checksum or end says; {}", drift.told(articles));
        let held = drift.first().map_or_else(String::new, |id| format!("; {}", show(id)));
        return (what, format!("restore the file from a copy{held}"));
    }
    match drift.first() {
        Some(id) => (drift.told(articles), format!("{}; to take the file as it is now, {again}", show(id))),
        None => (drift.told(articles), again),
    }
}

/// What to say of a file that is as it was indexed, but for records that needed more memory: how many, and what the one
/// that needs most needs, as the run told it.
pub(super) fn short_of_memory(file: &FileEntry<'_>) -> Option<(String, String)> {
    let of_memory = file.failures.iter().filter(|failure| file.stale && failure.contains(MEMORY_FLAG));
    let needs = |failure: &str| {
        let behind = failure.rsplit_once(MEMORY_FLAG).map_or("", |(_, behind)| behind.trim_start());
        behind.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u64>().unwrap_or(0)
    };
    let count = of_memory.clone().count();
    let failure = of_memory.max_by_key(|failure| needs(failure))?;
    // the run may have called the file by a shorter path
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let told = failure.split_once(&format!("{name}: ")).map_or(&**failure, |(_, told)| told);
    let (what, way_out) = told.rsplit_once("; ").unwrap_or((told, ""));
    let records = if count == 1 { "one record".to_owned() } else { format!("{count} records") };
    Some((format!("{records} could not be read: {what}"), way_out.to_owned()))
}

/// Whether a file is no longer there, or something else stands in its place.
pub(super) fn is_gone(error: &io::Error) -> bool {
    // what is damaged is there
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        || (error.raw_os_error().is_none() && error.kind() != io::ErrorKind::InvalidData)
}

/// The command that reads a file again: by the folder it was found in, where there is one.
pub(super) fn way_out(manifest: &Manifest, file: &FileEntry<'_>, flag: &str) -> String {
    let quoted = quoted(root_of(manifest, file));
    // without them it would be read otherwise
    let stated = !file.overrides.is_empty() || !file.fields.is_empty();
    let flags = if stated { ", with the flags that state its fields" } else { "" };
    format!("run `dateline index {quoted}{flag}` again{flags}")
}

/// What is to be done about a file whose root is gone with it: to index it again can only fail. None where the root is there.
pub(super) fn lost_root(manifest: &Manifest, file: &FileEntry<'_>) -> Option<String> {
    let root = root_of(manifest, file);
    let is_gone = Path::new(root).metadata().is_err_and(|error| is_gone(&error));
    let root = quoted(root);
    is_gone.then(|| {
        format!(
            "put {root} back, say where it is now by `dateline index PATH --moved-from {root}`, or take its articles out by \
             `dateline index --forget {root}`"
        )
    })
}

/// The root that a file was found in, or itself where it was named.
fn root_of<'a>(manifest: &'a Manifest, file: &'a FileEntry<'_>) -> &'a str {
    let alone = packed_above(&file.path).unwrap_or(&file.path);
    manifest.root_above(&file.path).map_or(alone, |root| &root.path)
}
