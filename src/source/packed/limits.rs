//! How much a packed folder may hold. What is meant to fill a disk packs thousands of times its own size; news pack to a fifth.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fault::{BY_HAND, PackedFault};
use crate::source::unpack::Bytes;

/// Entries of a packed folder.
pub(super) const MOST_ENTRIES: u64 = 1_000_000;
/// Bytes that an entry unpacks to: 64 GiB.
const MOST_OF_ENTRY: u64 = 64 << 30;
/// Bytes that a packed folder unpacks to: 1 TiB.
const MOST_OF_FOLDER: u64 = 1 << 40;
/// How many times its packed size something may unpack to,
const MOST_TIMES: u64 = 200;
/// where that is more than so many bytes: 64 MiB.
const FREE: u64 = 64 << 20;

fn is_bomb(size: u64, packed: u64) -> bool {
    size > FREE && size > packed.saturating_mul(MOST_TIMES)
}

/// Whether an entry that unpacks to `size` bytes may be read; `packed` is its packed size where it has one of its own.
pub(super) fn of_entry(size: u64, packed: Option<u64>) -> Result<(), PackedFault> {
    if size > MOST_OF_ENTRY {
        return Err(PackedFault::refused(format!("it unpacks to more than {} GiB", MOST_OF_ENTRY >> 30), BY_HAND));
    }
    if packed.is_some_and(|packed| is_bomb(size, packed)) {
        return Err(bomb());
    }
    Ok(())
}

/// Whether a packed folder of `packed` bytes that unpacks to `size` bytes, in so many entries, may be read.
pub(super) fn of_folder(entries: u64, size: u64, packed: u64) -> Result<(), PackedFault> {
    if entries > MOST_ENTRIES {
        return Err(PackedFault::refused(format!("it holds more than {MOST_ENTRIES} entries"), BY_HAND));
    }
    if size > MOST_OF_FOLDER {
        return Err(PackedFault::refused(format!("it unpacks to more than {} TiB", MOST_OF_FOLDER >> 40), BY_HAND));
    }
    if is_bomb(size, packed) { Err(bomb()) } else { Ok(()) }
}

fn bomb() -> PackedFault {
    let what = format!(
        "it unpacks to more than {} MiB, and to more than {MOST_TIMES} times its packed size, as what is made to fill a disk does",
        FREE >> 20
    );
    PackedFault::refused(what, format!("where it is meant, {BY_HAND}"))
}

/// Bytes of a packed folder that are counted as they are read.
pub(super) struct Counted<R> {
    source: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    pub fn new(source: R, count: Arc<AtomicU64>) -> Self {
        Self { source, count }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buf)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// What comes out of a compressed stream, as long as it is not too many times what went in.
pub(super) struct Guarded {
    pub bytes: Bytes,
    pub packed: Arc<AtomicU64>,
    pub given: u64,
}

impl Read for Guarded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buf)?;
        self.given += count as u64;
        of_folder(0, self.given, self.packed.load(Ordering::Relaxed))?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        for (size, packed, told) in [
            (0, 0, ""),
            (FREE, 1, ""),
            (FREE + 1, FREE / MOST_TIMES + 1, ""),
            (FREE + 1, FREE / MOST_TIMES, "200 times"),
            (MOST_OF_ENTRY, MOST_OF_ENTRY, ""),
            (MOST_OF_ENTRY + 1, MOST_OF_ENTRY, "64 GiB"),
        ] {
            let fault = of_entry(size, Some(packed)).err().map(|fault| fault.to_string()).unwrap_or_default();
            assert!(fault.contains(told) && fault.is_empty() == told.is_empty(), "{size} of {packed}: {fault}");
        }
        assert!(of_folder(MOST_ENTRIES, 1, 1).is_ok() && of_folder(MOST_ENTRIES + 1, 1, 1).is_err());
        assert!(of_folder(1, MOST_OF_FOLDER + 1, MOST_OF_FOLDER).is_err());
    }
}
