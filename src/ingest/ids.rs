//! Article ids: readable, stable, without whitespace.

use std::fmt::Write;

use crate::article::{ArticleId, judged, short_hash};

/// Percent-encodes whitespace, control characters, and what is unseen or turns the direction of writing; everything else stays readable. Whitespace at the ends is left out,
/// unless there is nothing else.
pub(super) fn encode(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    let mut utf8 = [0; 4];
    let said = text.trim();
    for (_, c, is_unsafe) in judged(if said.is_empty() { text } else { said }, None) {
        if !c.is_whitespace() && !is_unsafe {
            id.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut utf8).bytes() {
            // writing to a String cannot fail
            let _ = write!(id, "%{byte:02X}");
        }
    }
    id
}

/// Extensions of compressed files, behind which the form's own extension stands.
const PACKED: [&str; 7] = [".gz", ".gzip", ".zst", ".zstd", ".xz", ".bz2", ".bzip2"];

/// A path below a root without its extension, or its two: `a.txt.gz` is `a`, as `a.txt` is.
pub(super) fn stem(below: &str) -> &str {
    let packed = |end: &&&str| below.len() > end.len() && below.to_ascii_lowercase().ends_with(**end);
    let below = PACKED.iter().find(packed).map_or(below, |end| &below[..below.len() - end.len()]);
    let name = below.rfind('/').map_or(0, |at| at + 1);
    match below[name..].rfind('.') {
        Some(dot) if dot > 0 => &below[..name + dot],
        _ => below,
    }
}

/// The id that its place gives a record: the file's, with `#N` in a file of several.
pub(super) fn of_record(base_id: &str, number: Option<u32>) -> ArticleId {
    ArticleId(number.map_or_else(|| base_id.to_owned(), |n| format!("{base_id}#{n}")))
}

/// What stands for an id in the set of those taken.
pub(super) fn key(id: &str) -> [u8; 16] {
    short_hash(id)
}

/// `name`, or `name~2`, `name~3`, … whichever is free first.
pub(super) fn first_free(name: &str, is_free: impl Fn(&str) -> bool) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2;
    while !is_free(&candidate) {
        candidate = format!("{name}~{number}");
        number += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_paths_without_extension_and_whitespace() {
        for (below, id) in [
            ("001_77d5.txt", "001_77d5"),
            ("2018/06/a b.txt", "2018/06/a%20b"),
            ("v1.2/readme", "v1.2/readme"),
            ("feeds/001.jsonl.zst", "feeds/001"),
            ("001.WARC.GZ", "001"),
            ("001.gz", "001"),
            ("report.2018.gz", "report"),
            (".gz", ".gz"),
            (".hidden", ".hidden"),
            ("Zürich\u{a0}1.txt", "Zürich%C2%A01"),
            (" .txt", "%20"),
            ("a\u{202e}txt.b.txt", "a%E2%80%AEtxt.b"),
            ("a\u{1b}[31m.txt", "a%1B[31m"),
            ("می\u{200c}خواهم.txt", "می\u{200c}خواهم"),
        ] {
            assert_eq!(encode(stem(below)), id);
        }
        assert_eq!(of_record("feed", Some(3)).0, "feed#3");
    }
}
