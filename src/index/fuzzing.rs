//! The stored formats, for what throws any bytes at them (`make fuzz`).

use std::path::Path;

use super::commit::Commit;
use super::{Manifest, stored};

/// Reads bytes as a stored article, the texts behind the first byte of zero.
pub fn article(bytes: &[u8]) {
    let at = bytes.iter().position(|&byte| byte == 0).unwrap_or(0);
    let (head, texts) = bytes.split_at(at);
    let _ = stored::decode(bytes, b"The lamp burns in the harbour.", |_| true);
    // whose checksum is right
    for (head, texts) in [(head, texts), (bytes, &b"The lamp burns in the harbour."[..])] {
        let _ = stored::decode(&stored::sealed(head.to_vec()), texts, |_| true);
    }
}

/// Reads bytes as the log of a list of files; what is read can be written and read again.
pub fn files(bytes: &[u8]) {
    let Some(payload) = Manifest::payload_for(bytes) else { return };
    let Ok(manifest) = Manifest::load(Path::new("index"), Some(&payload), bytes) else { return };
    let held: Vec<_> = manifest.files().map(|file| manifest.file(&file.path).map(|found| found.number)).collect();
    assert!(held.iter().all(Option::is_some), "an entry is not found by its path");
}

/// Reads bytes as what tantivy writes of a commit.
pub fn commit(bytes: &[u8]) {
    if let Ok(commit) = Commit::of_text(bytes) {
        let _ = commit.files().count();
    }
}
