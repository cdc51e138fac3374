//! The entries of a ZIP archive, by the directory at its end, and their bytes. Unlike a map by name, the directory shows two
//! entries of one name; and it is read entry by entry, however long.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::DeflateDecoder;

use super::bytes::{WholeEntry, stretch};
use super::fault::PackedFault;
use super::item::{PackedItem, PackedItemKind};
use crate::source::unpack::{Bytes, Gaps, Packing, Reopen, decompressed};

const ENTRY: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const END: [u8; 4] = *b"PK\x05\x06";
const LONG_END: [u8; 4] = *b"PK\x06\x06";
const LONG_PLACE: [u8; 4] = *b"PK\x06\x07";

/// Bytes of the end without its comment, and with the longest.
const END_LENGTH: usize = 22;
const LONGEST_END: u64 = END_LENGTH as u64 + 0xFFFF;

/// How a ZIP archive begins, be it an empty one.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(&LOCAL) || head.starts_with(&END)
}

/// Where the bytes of an entry are, and how they are packed.
#[derive(Clone, Copy, Debug)]
pub(super) struct ZipPlace {
    header: u64,
    method: u16,
    packed: u64,
    size: u64,
    sum: u32,
}

/// The directory of an archive.
struct Directory {
    /// Its first byte, and one past its last.
    start: u64,
    end: u64,
    /// Bytes of something else before the archive, such as a program that unpacks it.
    before: u64,
}

/// Hands over the entries one after the other, until `visit` breaks.
pub(super) fn walk(path: &Path, visit: &mut dyn FnMut(PackedItem, ZipPlace) -> ControlFlow<()>) -> io::Result<()> {
    let mut file = File::open(path)?;
    let directory = Directory::of(&mut file)?;
    file.seek(SeekFrom::Start(directory.start))?;
    let mut list = BufReader::new(file).take(directory.end - directory.start);
    while list.limit() > 0 {
        let (met, place) = entry(&mut list, directory.before).map_err(unlisted)?;
        if visit(met, place).is_break() {
            break;
        }
    }
    Ok(())
}

fn damaged_list() -> PackedFault {
    PackedFault::damaged("a damaged ZIP archive: its list of entries cannot be read")
}

/// A list that ends before it should is damaged.
fn unlisted(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::UnexpectedEof { damaged_list().into() } else { error }
}

impl Directory {
    fn of(file: &mut File) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        let from = length.saturating_sub(LONGEST_END);
        file.seek(SeekFrom::Start(from))?;
        let mut tail = Vec::new();
        file.take(LONGEST_END).read_to_end(&mut tail)?;
        let is_end = |at: usize| {
            let comment = tail.get(at + 20..at + END_LENGTH).map(|two| usize::from(short(two, 0)));
            comment.is_some_and(|comment| at + END_LENGTH + comment <= tail.len())
        };
        let at = memchr::memmem::rfind_iter(&tail, &END).find(|at| is_end(*at)).ok_or_else(|| {
            PackedFault::damaged(
                "a ZIP archive that is cut off: the list of its entries stands at its end, and is missing",
            )
        })?;
        let end = &tail[at..];
        let (mut size, mut place, mut stop) = (u64::from(long(end, 12)), u64::from(long(end, 16)), from + at as u64);
        let (mut disk, counted) = (u32::from(short(end, 4)), short(end, 10));
        let is_far = size == 0xFFFF_FFFF || place == 0xFFFF_FFFF || counted == 0xFFFF;
        if let Some(far) = if is_far { Self::far(file, stop)? } else { None } {
            (size, place, stop, disk) = far;
        }
        if disk != 0 && disk != 0xFFFF {
            let what = "one of several parts of a ZIP archive";
            return Err(
                PackedFault::refused(what, "put the parts together, or unpack them and index what comes out").into()
            );
        }
        let start = stop.checked_sub(size).ok_or_else(damaged_list)?;
        let before = start.checked_sub(place).ok_or_else(damaged_list)?;
        Ok(Self { start, end: stop, before })
    }

    /// Size, place and end of the directory of a long archive, and its disk: from the record before the end.
    fn far(file: &mut File, end: u64) -> io::Result<Option<(u64, u64, u64, u32)>> {
        let Some(at) = end.checked_sub(20) else { return Ok(None) };
        let mut locator = [0; 20];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut locator)?;
        if locator[..4] != LONG_PLACE {
            return Ok(None);
        }
        // what stands before the archive moves it, but not what it says of its place
        for place in [huge(&locator, 8), at.saturating_sub(56)] {
            let mut record = [0; 56];
            file.seek(SeekFrom::Start(place))?;
            if file.read_exact(&mut record).is_ok() && record[..4] == LONG_END {
                return Ok(Some((huge(&record, 40), huge(&record, 48), place, long(&record, 16))));
            }
        }
        Err(damaged_list().into())
    }
}

/// The next entry of the directory.
fn entry(list: &mut impl Read, before: u64) -> io::Result<(PackedItem, ZipPlace)> {
    let mut head = [0; 46];
    list.read_exact(&mut head)?;
    if head[..4] != ENTRY {
        return Err(damaged_list().into());
    }
    let mut rest = vec![0; [28, 30, 32].iter().map(|at| usize::from(short(&head, *at))).sum()];
    list.read_exact(&mut rest)?;
    let (name, rest) = rest.split_at(usize::from(short(&head, 28)));
    let extra = &rest[..usize::from(short(&head, 30))];
    let mut sizes = [24, 20, 42].map(|at| u64::from(long(&head, at)));
    if let Some(mut long) = field(extra, 0x0001) {
        for size in sizes.iter_mut().filter(|size| **size == 0xFFFF_FFFF) {
            let Some((eight, behind)) = long.split_at_checked(8) else { return Err(damaged_list().into()) };
            (*size, long) = (huge(eight, 0), behind);
        }
    }
    let [size, packed, header] = sizes;
    // a name in UTF-8 beside one in the character set of whoever packed it
    let unicode = field(extra, 0x7075).and_then(|field| field.get(5..)).filter(|name| !name.is_empty());
    let (flags, method) = (short(&head, 8), short(&head, 10));
    let (maker, mode) = (head[5], long(&head, 38) >> 16);
    let kind = kind(name, flags, method, if matches!(maker, 3 | 19) { mode } else { 0 });
    let met = PackedItem {
        name: unicode.unwrap_or(name).to_vec(),
        by_backslash: matches!(maker, 0 | 6 | 10 | 11 | 14),
        kind,
        size,
        packed: Some(packed),
    };
    let header = header.checked_add(before).ok_or_else(damaged_list)?;
    Ok((met, ZipPlace { header, method, packed, size, sum: long(&head, 16) }))
}

fn kind(name: &[u8], flags: u16, method: u16, mode: u32) -> PackedItemKind {
    match mode & 0o170_000 {
        0o120_000 => return PackedItemKind::Link,
        0o040_000 => return PackedItemKind::Folder,
        0 | 0o100_000 => {}
        _ => return PackedItemKind::Special,
    }
    match method {
        _ if name.ends_with(b"/") || name.ends_with(b"\\") => PackedItemKind::Folder,
        _ if flags & 1 != 0 => PackedItemKind::Locked,
        0 | 8 | 12 | 93 | 95 => PackedItemKind::File,
        other => PackedItemKind::ByMethod(other),
    }
}

/// The extra field of that number.
fn field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    while let Some((head, behind)) = extra.split_at_checked(4) {
        let (field, rest) = behind.split_at_checked(usize::from(short(head, 2)))?;
        if short(head, 0) == wanted {
            return Some(field);
        }
        extra = rest;
    }
    None
}

/// The bytes of an entry, as often as wanted.
pub(super) fn reopen(path: PathBuf, place: ZipPlace) -> Reopen {
    Arc::new(move || bytes(&path, place))
}

fn bytes(path: &PathBuf, place: ZipPlace) -> io::Result<Bytes> {
    let mut local = [0; 30];
    let read = stretch(path, place.header, 30)?.read_exact(&mut local);
    if read.is_err() || local[..4] != LOCAL {
        return Err(PackedFault::damaged("the entry is damaged: it does not begin where the archive says").into());
    }
    let data = place.header + 30 + u64::from(short(&local, 26)) + u64::from(short(&local, 28));
    let packed = stretch(path, data, place.packed)?;
    let bytes: Bytes = match place.method {
        8 => Box::new(DeflateDecoder::new(packed)),
        12 => decompressed(packed, Some(Packing::Bzip2), &Gaps::default()),
        93 => decompressed(packed, Some(Packing::Zstd), &Gaps::default()),
        95 => decompressed(packed, Some(Packing::Xz), &Gaps::default()),
        _ => Box::new(packed),
    };
    let sum = Some((crc32fast::Hasher::new(), place.sum));
    Ok(Box::new(WholeEntry { bytes, left: place.size, sum }))
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
}

fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from(short(bytes, at)) | u32::from(short(bytes, at + 2)) << 16
}

fn huge(bytes: &[u8], at: usize) -> u64 {
    u64::from(long(bytes, at)) | u64::from(long(bytes, at + 4)) << 32
}
