//! Whether a cited file still holds what was indexed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::STDIN;
use super::unpack::{Gaps, MOST_OF_DOCUMENT, Tap, unpacked};
use crate::article::Span;

/// How far into a compressed file a record is looked for, in bytes: about a second's work.
const FAR: u64 = 256 << 20;

/// How a cited file stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The cited bytes are those that were indexed.
    Same,
    /// Other bytes stand there.
    Changed,
    /// The file cannot be opened, or is none any more.
    Gone,
    /// The record stands so far into a compressed file that it was not looked for.
    Far,
    /// It came by standard input, and there is no file.
    Stream,
}

/// Compares a (decompressed) file, or one record of it (bytes), with the hash it had: `blake3:` and 64 hexadecimal digits.
pub fn standing(path: &Path, record: Option<Span>, hash: &str) -> Standing {
    if path == Path::new(STDIN) {
        return Standing::Stream;
    }
    if !path.metadata().is_ok_and(|kind| kind.is_file()) {
        return Standing::Gone;
    }
    let Ok(file) = File::open(path) else { return Standing::Gone };
    match hash_of(file, record) {
        Ok(None) => Standing::Far,
        Ok(Some(found)) if hash.strip_prefix("blake3:") == Some(found.to_hex().as_str()) => Standing::Same,
        _ => Standing::Changed,
    }
}

/// None where the record lies too far into a compressed file.
fn hash_of(mut file: File, record: Option<Span>) -> io::Result<Option<blake3::Hash>> {
    let mut hasher = blake3::Hasher::new();
    let span = record.unwrap_or(Span { start: 0, end: u64::MAX });
    let inside = unpacked(Tap::new(Box::new(file.try_clone()?)), &Gaps::default(), MOST_OF_DOCUMENT)?;
    let mut bytes = inside.bytes;
    if inside.packing.is_some() || inside.layout.is_some() {
        if span.start > FAR {
            return Ok(None);
        }
        io::copy(&mut bytes.by_ref().take(span.start), &mut io::sink())?;
        io::copy(&mut bytes.take(span.end - span.start), &mut hasher)?;
    } else {
        file.seek(SeekFrom::Start(span.start))?;
        io::copy(&mut file.take(span.end - span.start), &mut hasher)?;
    }
    Ok(Some(hasher.finalize()))
}
