//! The seal of a commit: behind what tantivy writes of it stand the checksum of each of its files, and one of all of this
//! (CRC-32, IEEE 802.3).
//!
//! tantivy's own file of a commit has no checksum, and the footer of a file does not say whose file it is: two files that
//! changed places both are as they were written.

use std::collections::BTreeMap;

/// The checksum of each file, by its name.
pub(super) type Checksums = BTreeMap<String, u32>;

/// How a commit ends, as tantivy writes it.
const END: &[u8] = b"\n}\n";
const FILES: &[u8] = b",\n  \"files\": ";
const SEAL: &[u8] = b",\n  \"seal\": ";

/// A commit as tantivy writes it, sealed; none where it does not end as such.
pub(super) fn seal(text: &[u8], files: &Checksums) -> Option<Vec<u8>> {
    let mut bytes = [text.strip_suffix(END)?, FILES].concat();
    serde_json::to_writer(&mut bytes, files).ok()?;
    let checksum = crc32fast::hash(&bytes);
    Some([&bytes, SEAL, checksum.to_string().as_bytes(), END].concat())
}

/// What was sealed: the commit as tantivy writes it, and its files. None where a byte is not as it was written.
pub(super) fn unseal(bytes: &[u8]) -> Option<(Vec<u8>, Checksums)> {
    let (rest, checksum) = parted(bytes.strip_suffix(END)?, SEAL)?;
    if crc32fast::hash(rest).to_string().as_bytes() != checksum {
        return None;
    }
    let (text, files) = parted(rest, FILES)?;
    Some(([text, END].concat(), serde_json::from_slice(files).ok()?))
}

/// What stands before the last `mark`, and behind it.
fn parted<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = memchr::memmem::rfind(bytes, mark)?;
    Some((&bytes[..at], &bytes[at + mark.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_every_bit_and_the_end() {
        let text = b"{\n  \"segments\": [],\n  \"payload\": \",\\n  \\\"seal\\\": 7\"\n}\n";
        let files = Checksums::from([("a.idx".to_owned(), 7), ("a.store".to_owned(), u32::MAX)]);
        let sealed = seal(text, &files).expect("a commit");
        assert!(serde_json::from_slice::<serde_json::Value>(&sealed).is_ok_and(|json| json["files"]["a.idx"] == 7));
        assert_eq!(unseal(&sealed), Some((text.to_vec(), files)));
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut flipped = sealed.clone();
                flipped[at] ^= 1 << bit;
                assert_eq!(unseal(&flipped), None, "bit {bit} of byte {at}");
            }
            assert_eq!(unseal(&sealed[..at]), None, "cut at {at}");
        }
        assert_eq!(unseal(text), None, "without a seal");
    }
}
