//! A file of the index by its checksum: tantivy ends each with a footer in JSON, the footer's length and a magic number.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use serde::Deserialize;
use tantivy::directory::footer::Footer;

/// Bytes that are read at once.
const STEP: usize = 256 * 1024;
/// The length of the footer and the magic number, four bytes each, little-endian.
const TAIL: usize = 8;
const MAGIC: u32 = 1337;
/// Longest footer that tantivy takes for one.
const LONGEST: usize = 50_000;

/// What a file is beside what was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Same,
    /// What is wrong with it.
    Damaged(&'static str),
}

/// The footer's checksum, which tantivy keeps to itself.
#[derive(Deserialize)]
struct Checksum {
    crc: u32,
}

/// Reads a file of the index to its end and compares its bytes with its checksum.
///
/// # Errors
/// Where the disk does not give the bytes.
pub(super) fn verify(mut file: &File) -> io::Result<Verdict> {
    let size = file.metadata()?.len() as usize;
    let Some(footer) = footer(file, size)? else { return Ok(Verdict::Damaged("its footer is not as it was written")) };
    let body = size - TAIL - footer.len();
    file.seek(SeekFrom::Start(0))?;
    let mut hasher = crc32fast::Hasher::new();
    let mut bytes = file.take(body as u64);
    let mut block = vec![0; STEP.min(body.max(1))];
    loop {
        match bytes.read(&mut block)? {
            0 => break,
            count => hasher.update(&block[..count]),
        }
    }
    let crc = hasher.finalize();
    match serde_json::from_slice::<Checksum>(&footer) {
        Ok(told) if told.crc == crc && bytes.limit() == 0 => {}
        _ => return Ok(Verdict::Damaged("its checksum does not match its bytes")),
    }
    // the checksum does not cover the footer that it stands in
    let spelled = serde_json::from_slice::<Footer>(&footer).and_then(|footer| serde_json::to_vec(&footer));
    let is_spelled = spelled.is_ok_and(|text| text == footer);
    Ok(if is_spelled { Verdict::Same } else { Verdict::Damaged("its footer is not as it was written") })
}

/// The text of a file's footer; none where the file ends in none.
fn footer(mut file: &File, size: usize) -> io::Result<Option<Vec<u8>>> {
    if size < TAIL {
        return Ok(None);
    }
    let mut tail = [0; TAIL];
    file.seek(SeekFrom::Start((size - TAIL) as u64))?;
    file.read_exact(&mut tail)?;
    let word = |at: usize| u32::from_le_bytes([tail[at], tail[at + 1], tail[at + 2], tail[at + 3]]);
    let length = word(0) as usize;
    if word(4) != MAGIC || length > LONGEST || length + TAIL > size {
        return Ok(None);
    }
    let mut text = vec![0; length];
    file.seek(SeekFrom::Start((size - TAIL - length) as u64))?;
    file.read_exact(&mut text)?;
    Ok(Some(text))
}
