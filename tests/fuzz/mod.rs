//! What the fuzz targets hold, built with every test and held on the samples, so that no target is left behind by a change.

#[path = "src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

/// Each file of `folder`, with its name.
fn samples(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(&folder).expect("a folder of samples").map(|entry| entry.expect("an entry").path());
    let files = files.filter(|path| path.is_file());
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

#[test]
fn every_target_holds_on_the_samples() {
    for (name, bytes) in samples("tests/forms/samples").iter().chain(&samples("seeds/articles")) {
        targets::read(name, b"", bytes);
        targets::read_document(bytes);
        targets::read_packed(bytes);
        targets::query(bytes);
    }
    for (_, bytes) in samples("seeds") {
        targets::topics(&bytes);
        targets::scored(&bytes);
        targets::gate(&bytes);
        targets::stated(&bytes);
    }
}
