//! A file of the index by its checksum: tantivy ends each with a footer in JSON, the footer's length and a magic number.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use tantivy::directory::FileHandle;

use super::failure::damaged;
use crate::error::Result;

/// Bytes that are read at once.
const STEP: usize = 256 * 1024;
/// The length of the footer and the magic number, four bytes each, little-endian.
const TAIL: usize = 8;
const MAGIC: u32 = 1337;
/// So many bytes hold any footer of ours, and what stands behind it.
pub(super) const LONGEST_END: usize = 1024;

/// The versions of tantivy that may have written an index of this format, as a footer spells them. Whoever takes another
/// version adds it, as long as the format stays.
const WRITTEN_BY: &[&str] = &[r#"{"major":0,"minor":27,"patch":0,"index_format_version":7}"#];

/// What a file is beside what was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Same,
    /// What is wrong with it.
    Damaged(&'static str),
}

impl Verdict {
    /// Nothing of a file that is as it was written.
    ///
    /// # Errors
    /// That the index in `dir` is damaged, where the file of this name is not.
    pub fn sound(self, dir: &Path, name: &str) -> Result<()> {
        match self {
            Self::Same => Ok(()),
            Self::Damaged(what) => Err(damaged(dir, &format!("{name}: {what}"))),
        }
    }
}

const BAD_FOOTER: Verdict = Verdict::Damaged("its footer is not as it was written");
const BAD_CHECKSUM: Verdict = Verdict::Damaged("its checksum does not match its bytes");
const OTHER_FILE: Verdict = Verdict::Damaged("it is another file than the one that was written under this name");

/// What stands before the checksum in a footer.
const CHECKSUM: &str = ",\"crc\":";

/// Reads a file of the index to its end and compares its bytes with its checksum, and this with the one that its commit
/// gives it; none where no commit names it yet.
///
/// # Errors
/// Where the disk does not give the bytes.
pub(super) fn verify(mut file: &File, wanted: Option<u32>) -> io::Result<Verdict> {
    let size = file.metadata()?.len();
    let end = end_of(file)?;
    let Some(footer) = footer(&end) else { return Ok(BAD_FOOTER) };
    let body = size - (TAIL + footer.len()) as u64;
    file.seek(SeekFrom::Start(0))?;
    let mut hasher = crc32fast::Hasher::new();
    let mut bytes = file.take(body);
    let mut block = vec![0; STEP.min(body.max(1) as usize)];
    loop {
        match bytes.read(&mut block)? {
            0 => break,
            count => hasher.update(&block[..count]),
        }
    }
    Ok(if bytes.limit() > 0 { BAD_CHECKSUM } else { verdict(footer, hasher.finalize(), wanted) })
}

/// The same for the bytes of a whole file.
pub(super) fn verify_bytes(bytes: &[u8], wanted: Option<u32>) -> Verdict {
    let Some(footer) = footer(bytes) else { return BAD_FOOTER };
    verdict(footer, crc32fast::hash(&bytes[..bytes.len() - TAIL - footer.len()]), wanted)
}

/// The same for a file of which only the end is read: [`LONGEST_END`] bytes, or all that there are.
pub(super) fn verify_end(end: &[u8], wanted: u32) -> Verdict {
    match (footer(end), checksum(end)) {
        (Some(footer), Some(checksum)) => verdict(footer, checksum, Some(wanted)),
        _ => BAD_FOOTER,
    }
}

/// The checksum that a file says that it has; none where it ends in no footer.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn checksum_of(file: &File) -> io::Result<Option<u32>> {
    Ok(checksum(&end_of(file)?))
}

/// The last bytes of a file: [`LONGEST_END`], or all that there are.
fn end_of(mut file: &File) -> io::Result<Vec<u8>> {
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(file.metadata()?.len().saturating_sub(LONGEST_END as u64)))?;
    file.take(LONGEST_END as u64).read_to_end(&mut end)?;
    Ok(end)
}

/// The checksum that a file says that it has, from its last bytes; none where it ends in no footer.
pub(super) fn checksum(end: &[u8]) -> Option<u32> {
    let footer = std::str::from_utf8(footer(end)?).ok()?;
    footer.rsplit_once(CHECKSUM)?.1.strip_suffix('}')?.parse().ok()
}

/// The bytes of a whole file without its footer; all where it ends in none.
pub(super) fn body(bytes: &[u8]) -> &[u8] {
    let behind = footer(bytes).map_or(0, |footer| TAIL + footer.len());
    &bytes[..bytes.len() - behind]
}

/// How many bytes a file has before its footer; none where it ends in none.
///
/// # Errors
/// Where its end cannot be read.
pub(super) fn body_length(file: &dyn FileHandle) -> io::Result<Option<usize>> {
    let from = file.len().saturating_sub(LONGEST_END);
    let end = file.read_bytes(from..file.len())?;
    Ok(footer(&end).map(|footer| file.len() - TAIL - footer.len()))
}

/// What the checksum of a file's bytes says of its footer, and of its place.
fn verdict(footer: &[u8], crc: u32, wanted: Option<u32>) -> Verdict {
    if !ends_in(footer, crc) {
        return BAD_CHECKSUM;
    }
    // the checksum does not cover the footer that it stands in
    let is_spelled = WRITTEN_BY.iter().any(|version| spelled(version, crc).as_bytes() == footer);
    if !is_spelled {
        BAD_FOOTER
    } else if wanted.is_some_and(|wanted| wanted != crc) {
        OTHER_FILE
    } else {
        Verdict::Same
    }
}

/// Whether a footer has this checksum.
fn ends_in(footer: &[u8], crc: u32) -> bool {
    footer.ends_with(format!("{CHECKSUM}{crc}}}").as_bytes())
}

/// A footer as tantivy writes it.
fn spelled(version: &str, crc: u32) -> String {
    format!("{{\"version\":{version}{CHECKSUM}{crc}}}")
}

/// The text of a file's footer, from its last bytes; none where it ends in none.
fn footer(end: &[u8]) -> Option<&[u8]> {
    let (rest, magic) = end.split_last_chunk::<4>()?;
    let (rest, length) = rest.split_last_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    if u32::from_le_bytes(*magic) != MAGIC || length > rest.len() {
        return None;
    }
    Some(&rest[rest.len() - length..])
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn our_own_version_of_tantivy_is_among_those_that_write() {
        let ours = serde_json::to_string(tantivy::version()).expect("JSON");
        assert!(WRITTEN_BY.contains(&ours.as_str()), "{ours} is missing");
    }

    #[test]
    fn a_footer_says_what_was_written_and_nothing_else() {
        let body = b"what an index holds";
        let crc = crc32fast::hash(body);
        let good = spelled(WRITTEN_BY[0], crc);
        let (checksum, footer) = ("its checksum does not match its bytes", "its footer is not as it was written");
        for (text, verdict) in [
            (good.clone(), Verdict::Same),
            (good.replace("\"minor\":27", "\"minor\":26"), Verdict::Damaged(footer)),
            (good.replace("\"patch\":0", "\"patch\":4"), Verdict::Damaged(footer)),
            (good.replace("_version\":7", "_version\":5"), Verdict::Damaged(footer)),
            (good.replace("major", "mayor"), Verdict::Damaged(footer)),
            (good.replace(&crc.to_string(), "7"), Verdict::Damaged(checksum)),
        ] {
            let mut file = tempfile::tempfile().expect("a file");
            let tail = [(text.len() as u32).to_le_bytes(), MAGIC.to_le_bytes()].concat();
            file.write_all(&[&body[..], text.as_bytes(), &tail].concat()).expect("written");
            assert_eq!(verify(&file, Some(crc)).expect("read"), verdict, "{text}");
            let other = if verdict == Verdict::Same { OTHER_FILE } else { verdict };
            assert_eq!(verify(&file, Some(crc ^ 1)).expect("read"), other, "{text}");
        }
    }
}
