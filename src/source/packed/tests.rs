//! Packed folders that are cut off or changed: nothing panics, and no entry is lost unsaid.

use std::fs;
use std::io::{Cursor, Write};

use ::zip::write::SimpleFileOptions;

use super::*;

const ENTRIES: [(&str, &str); 3] =
    [("a.txt", "The lamp"), ("x/b.txt", "The candle of the keeper"), ("c.txt", "The torch")];

fn zipped() -> Vec<u8> {
    let mut archive = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in ENTRIES {
        archive.start_file(name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(text.as_bytes()).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn tarred() -> Vec<u8> {
    let mut archive = ::tar::Builder::new(Vec::new());
    for (name, text) in ENTRIES {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        archive.append_data(&mut header, name, text.as_bytes()).expect("an entry");
    }
    archive.into_inner().expect("an archive")
}

fn gzipped() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&tarred()).expect("written");
    encoder.finish().expect("written")
}

/// What is read of a folder: the texts of its entries; and whether something was told.
fn read(path: &Path) -> (Vec<String>, bool) {
    let folder = match PackedFolder::at(path) {
        Ok(Some(folder)) => folder,
        told => return (Vec::new(), told.is_err() || matches!(told, Ok(None))),
    };
    let Ok(listing) = folder.list() else { return (Vec::new(), true) };
    let mut is_told = !listing.problems.is_empty() || listing.broken.is_some() || !listing.skipped.is_empty();
    let mut texts = Vec::new();
    let each = folder.each(&|_| true, &mut |_, opened| {
        let mut text = String::new();
        let read = opened.ok().and_then(|again| again().ok()?.read_to_string(&mut text).ok());
        is_told |= read.is_none();
        texts.extend(read.map(|_| text));
        ControlFlow::Continue(())
    });
    (texts, is_told | each.is_err())
}

#[test]
fn what_is_cut_off_or_changed_is_told_or_reads_as_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, whole) in [("a.zip", zipped()), ("a.tar", tarred()), ("a.tar.gz", gzipped())] {
        let path = dir.path().join(name);
        let of = |bytes: &[u8]| {
            fs::write(&path, bytes).expect("written");
            read(&path)
        };
        let all: Vec<String> = ENTRIES.iter().map(|(_, text)| (*text).to_owned()).collect();
        assert_eq!(of(&whole), (all.clone(), false), "{name}");
        // the second of the two blocks that end a tar archive says nothing
        let needed = if name == "a.tar" { whole.len() - 512 } else { whole.len() };
        for cut in 0..needed {
            let (texts, is_told) = of(&whole[..cut]);
            assert!(is_told && texts.len() <= all.len() && texts[..] == all[..texts.len()], "{name}: {cut}: {texts:?}");
        }
        for at in 0..needed {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            let (texts, is_told) = of(&changed);
            // a tar archive has no checksum of what it holds
            let is_right = name == "a.tar" || texts.iter().all(|text| all.contains(text));
            assert!(is_right && (is_told || texts.len() == all.len()), "{name}: byte {at}: {texts:?}");
        }
    }
}

#[test]
fn an_entry_is_found_by_its_name_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, whole) in [("a.zip", zipped()), ("a.tar", tarred()), ("a.tar.gz", gzipped())] {
        let path = dir.path().join(name);
        fs::write(&path, whole).expect("written");
        let (folder, entry) = parted(&entry_path(&path, "x/b.txt")).expect("an entry");
        assert_eq!((&folder, &*entry), (&path, "x/b.txt"));
        let packed = PackedFolder::at(&folder).expect("read").expect("a packed folder");
        let again = packed.entry(&entry).expect("there");
        for _ in 0..2 {
            let mut text = String::new();
            again().expect("opened").read_to_string(&mut text).expect("read");
            assert_eq!(text, ENTRIES[1].1);
        }
        assert!(packed.entry("none").is_err_and(|error| error.kind() == io::ErrorKind::NotFound));
    }
}
