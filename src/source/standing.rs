//! Whether a cited file still holds what was indexed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use crate::article::Span;

/// How a cited file stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The cited bytes are those that were indexed.
    Same,
    /// Other bytes stand there.
    Changed,
    /// The file cannot be opened.
    Gone,
}

/// Compares a file, or one record of it (bytes), with the hash it had: `blake3:` and 64 hexadecimal digits.
pub fn standing(path: &Path, record: Option<Span>, hash: &str) -> Standing {
    let Ok(mut file) = File::open(path) else { return Standing::Gone };
    match hash_of(&mut file, record) {
        Ok(found) if hash.strip_prefix("blake3:") == Some(found.to_hex().as_str()) => Standing::Same,
        _ => Standing::Changed,
    }
}

fn hash_of(file: &mut File, record: Option<Span>) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    let span = record.unwrap_or(Span { start: 0, end: u64::MAX });
    file.seek(SeekFrom::Start(span.start))?;
    io::copy(&mut file.take(span.end - span.start), &mut hasher)?;
    Ok(hasher.finalize())
}
