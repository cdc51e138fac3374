//! Packed folders that are made here, also such as no program makes.

use std::io::Write;

/// An entry of a packed folder.
#[derive(Clone)]
pub struct Entry {
    pub name: Vec<u8>,
    pub content: Vec<u8>,
    /// Type and rights, as Unix has them.
    pub mode: u32,
    pub is_locked: bool,
    /// Bytes that it says it unpacks to, where that is not true.
    pub says: Option<u32>,
}

impl Entry {
    pub fn of(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Self {
        let (name, content) = (name.as_ref().to_vec(), content.as_ref().to_vec());
        Self { name, content, mode: 0o100_644, is_locked: false, says: None }
    }

    pub fn link(name: &str, to: &str) -> Self {
        Self { mode: 0o120_777, ..Self::of(name, to) }
    }

    pub fn folder(name: &str) -> Self {
        Self { mode: 0o040_755, ..Self::of(name, "") }
    }
}

/// A ZIP archive.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut archive, mut list) = (Vec::new(), Vec::new());
    for entry in entries {
        let packed = deflated(&entry.content);
        let at = archive.len() as u32;
        let flags = 0x0800 | u16::from(entry.is_locked);
        let says = entry.says.unwrap_or(entry.content.len() as u32);
        let mut same = [flags.to_le_bytes(), 8u16.to_le_bytes(), [0; 2], [0x21, 0]].concat();
        for number in [crc32fast::hash(&entry.content), packed.len() as u32, says] {
            same.extend(number.to_le_bytes());
        }
        same.extend((entry.name.len() as u16).to_le_bytes());
        same.extend([0; 2]);
        archive.extend([b"PK\x03\x04\x14\0", &same[..], &entry.name, &packed].concat());
        list.extend([b"PK\x01\x02\x14\x03\x14\0", &same[..], &[0; 6]].concat());
        list.extend((entry.mode << 16).to_le_bytes());
        list.extend(at.to_le_bytes());
        list.extend(&entry.name);
    }
    let (start, count) = (archive.len() as u32, (entries.len() as u16).to_le_bytes());
    let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count].concat();
    let end = [&end[..], &(list.len() as u32).to_le_bytes(), &start.to_le_bytes(), &[0; 2]].concat();
    [archive, list, end].concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

/// A tar archive.
pub fn tar(entries: &[Entry]) -> Vec<u8> {
    let mut archive = Vec::new();
    for entry in entries {
        if entry.name.len() > 100 {
            block(&mut archive, b"././@LongLink", tar::EntryType::GNULongName, &entry.name);
        }
        let name = &entry.name[..entry.name.len().min(100)];
        match entry.mode & 0o170_000 {
            0o120_000 => block(&mut archive, name, tar::EntryType::Symlink, b""),
            0o040_000 => block(&mut archive, name, tar::EntryType::Directory, b""),
            _ => block(&mut archive, name, tar::EntryType::Regular, &entry.content),
        }
    }
    archive.extend([0; 1024]);
    archive
}

fn block(archive: &mut Vec<u8>, name: &[u8], kind: tar::EntryType, content: &[u8]) {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(content.len() as u64);
    header.set_cksum();
    archive.extend(header.as_bytes());
    archive.extend(content);
    archive.resize(archive.len().next_multiple_of(512), 0);
}
