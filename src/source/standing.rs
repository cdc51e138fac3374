//! Whether a cited file still holds what was indexed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::STDIN;
use super::packed::parted;
use super::reopener::reopener;
use super::unpack::{Bytes, Gaps, MOST_OF_DOCUMENT, Tap, unpacked};
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
    if parted(path).is_some() {
        let found = reopener(path).and_then(|again| hash_of_entry(again()?, record));
        return found_as(found, hash);
    }
    if !path.metadata().is_ok_and(|kind| kind.is_file()) {
        return Standing::Gone;
    }
    let Ok(file) = File::open(path) else { return Standing::Gone };
    found_as(hash_of(file, record), hash)
}

fn found_as(found: io::Result<Option<blake3::Hash>>, hash: &str) -> Standing {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Standing::Gone,
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
    if inside.packing.is_some() || inside.layout.is_some() {
        return hash_on_the_way(inside.bytes, span);
    }
    file.seek(SeekFrom::Start(span.start))?;
    io::copy(&mut file.take(span.end - span.start), &mut hasher)?;
    Ok(Some(hasher.finalize()))
}

/// The same of an entry of a packed folder.
fn hash_of_entry(bytes: Bytes, record: Option<Span>) -> io::Result<Option<blake3::Hash>> {
    let inside = unpacked(Tap::new(bytes), &Gaps::default(), MOST_OF_DOCUMENT)?;
    hash_on_the_way(inside.bytes, record.unwrap_or(Span { start: 0, end: u64::MAX }))
}

/// The same of what can be read from its front alone.
fn hash_on_the_way(mut bytes: Bytes, span: Span) -> io::Result<Option<blake3::Hash>> {
    if span.start > FAR {
        return Ok(None);
    }
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut bytes.by_ref().take(span.start), &mut io::sink())?;
    io::copy(&mut bytes.take(span.end - span.start), &mut hasher)?;
    Ok(Some(hasher.finalize()))
}
