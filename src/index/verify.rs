//! A file of the index by its checksum: tantivy ends each with a footer in JSON, the footer's length and a magic number.

use std::io::{self, Read, Seek, SeekFrom};

/// Bytes that are read at once.
const STEP: usize = 256 * 1024;
/// The length of the footer and the magic number, four bytes each, little-endian.
const TAIL: usize = 8;
const MAGIC: u32 = 1337;
/// Longest footer that tantivy takes for one.
const LONGEST: usize = 50_000;

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

/// Reads a file of the index to its end and compares its bytes with its checksum.
///
/// # Errors
/// Where the disk does not give the bytes.
pub(super) fn verify(mut file: impl Read + Seek) -> io::Result<Verdict> {
    let size = file.seek(SeekFrom::End(0))? as usize;
    let Some(footer) = footer(&mut file, size)? else {
        return Ok(Verdict::Damaged("its footer is not as it was written"));
    };
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
    if bytes.limit() > 0 || !ends_in(&footer, crc) {
        return Ok(Verdict::Damaged("its checksum does not match its bytes"));
    }
    // the checksum does not cover the footer that it stands in
    let is_spelled = WRITTEN_BY.iter().any(|version| spelled(version, crc).as_bytes() == footer);
    Ok(if is_spelled { Verdict::Same } else { Verdict::Damaged("its footer is not as it was written") })
}

/// Whether a footer has this checksum.
fn ends_in(footer: &[u8], crc: u32) -> bool {
    footer.ends_with(format!(",\"crc\":{crc}}}").as_bytes())
}

/// A footer as tantivy writes it.
fn spelled(version: &str, crc: u32) -> String {
    format!("{{\"version\":{version},\"crc\":{crc}}}")
}

/// The text of a file's footer; none where the file ends in none.
fn footer(file: &mut (impl Read + Seek), size: usize) -> io::Result<Option<Vec<u8>>> {
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
            assert_eq!(verify(&file).expect("read"), verdict, "{text}");
        }
    }
}
