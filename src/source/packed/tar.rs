//! The entries of a tar archive, front to back.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use tar::{EntryType, Header, PaxExtensions};

use super::fault::PackedFault;
use super::item::{PackedItem, PackedItemKind};
use crate::source::unpack::Bytes;

/// Bytes of a header; what an entry holds fills up blocks of so many.
pub(super) const BLOCK: usize = 512;
/// Bytes of a long name, or of what else is said of an entry before it: 1 MiB.
const MOST_SAID: u64 = 1 << 20;

/// Where a tar archive comes from.
pub(super) enum TarSource {
    /// The file itself, in which bytes can be passed over.
    File(File),
    /// What it was compressed to.
    Stream(Bytes),
}

impl TarSource {
    fn read(&mut self) -> &mut dyn Read {
        match self {
            Self::File(file) => file,
            Self::Stream(bytes) => bytes,
        }
    }

    /// Whether so many bytes follow, as far as that can be told.
    fn has(&mut self, count: u64) -> io::Result<bool> {
        let Self::File(file) = self else { return Ok(true) };
        let left = file.metadata()?.len().saturating_sub(file.stream_position()?);
        Ok(count <= left)
    }

    fn skip(&mut self, count: u64) -> io::Result<()> {
        if let Self::File(file) = self {
            let length = file.metadata()?.len();
            let at = file.seek(SeekFrom::Current(i64::try_from(count).unwrap_or(i64::MAX)))?;
            return if at > length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) };
        }
        let skipped = io::copy(&mut self.read().take(count), &mut io::sink())?;
        if skipped < count { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

/// What was said of an entry before it.
#[derive(Default)]
struct SaidBefore {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    is_sparse: bool,
}

/// Whether a block may be the header of an entry.
pub(super) fn begins(block: &[u8]) -> bool {
    let Some(block) = block.get(..BLOCK) else { return false };
    let sum = |signed: bool| -> i64 {
        let value = |byte: u8| if signed { i64::from(byte as i8) } else { i64::from(byte) };
        block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { 32 } else { value(*byte) }).sum()
    };
    let told = Header::from_byte_slice(block).cksum().map(i64::from);
    !is_blank(block) && told.is_ok_and(|told| told == sum(false) || told == sum(true))
}

fn is_blank(block: &[u8]) -> bool {
    block.iter().all(|byte| *byte == 0)
}

/// Takes an entry, where its bytes are, and the bytes; says whether to go on.
pub(super) type Visit<'a> = &'a mut dyn FnMut(PackedItem, u64, &mut dyn Read) -> io::Result<ControlFlow<()>>;

/// Hands over the entries with the place and the bytes of each, until `visit` breaks; then reads on to the end, so that
/// checksums of what the archive was compressed to hold.
pub(super) fn walk(mut source: TarSource, visit: Visit<'_>) -> io::Result<()> {
    let (mut at, mut said, mut block) = (0u64, SaidBefore::default(), [0; BLOCK]);
    loop {
        source.read().read_exact(&mut block)?;
        at += BLOCK as u64;
        if is_blank(&block) {
            break;
        }
        if !begins(&block) {
            return Err(PackedFault::damaged("a damaged tar archive: what follows an entry is none").into());
        }
        let header = Header::from_byte_slice(&block);
        let size = header.entry_size()?;
        let blocks = |size: u64| size.checked_next_multiple_of(BLOCK as u64).ok_or(io::ErrorKind::InvalidData);
        if let Some(what) = SaidBefore::kind(header.entry_type()) {
            let mut bytes = Vec::new();
            source.read().take(size.min(MOST_SAID)).read_to_end(&mut bytes)?;
            source.skip(blocks(size)? - bytes.len() as u64)?;
            at += blocks(size)?;
            said.take(what, &bytes);
            continue;
        }
        let now = std::mem::take(&mut said);
        let size = now.size.unwrap_or(size);
        if !source.has(size)? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = source.read().take(size);
        if visit(met(header, now, size), at, &mut bytes)?.is_break() {
            return Ok(());
        }
        let read = size - bytes.limit();
        source.skip(blocks(size)? - read)?;
        at += blocks(size)?;
    }
    if let TarSource::Stream(bytes) = &mut source {
        io::copy(bytes, &mut io::sink())?;
    }
    Ok(())
}

/// What an entry that is none says of the one behind it.
#[derive(Clone, Copy)]
enum SaidKind {
    Name,
    Pax,
    Nothing,
}

impl SaidBefore {
    fn kind(kind: EntryType) -> Option<SaidKind> {
        match kind {
            EntryType::GNULongName => Some(SaidKind::Name),
            EntryType::XHeader => Some(SaidKind::Pax),
            EntryType::GNULongLink | EntryType::XGlobalHeader => Some(SaidKind::Nothing),
            _ => None,
        }
    }

    fn take(&mut self, what: SaidKind, bytes: &[u8]) {
        match what {
            SaidKind::Name => self.name = Some(bytes.split(|byte| *byte == 0).next().unwrap_or_default().to_vec()),
            SaidKind::Pax => {
                for said in PaxExtensions::new(bytes).map_while(Result::ok) {
                    match said.key_bytes() {
                        b"path" => self.name = Some(said.value_bytes().to_vec()),
                        b"size" => self.size = said.value().ok().and_then(|size| size.parse().ok()).or(self.size),
                        key => self.is_sparse |= key.starts_with(b"GNU.sparse"),
                    }
                }
            }
            SaidKind::Nothing => {}
        }
    }
}

fn met(header: &Header, said: SaidBefore, size: u64) -> PackedItem {
    let name = said.name.unwrap_or_else(|| header.path_bytes().into_owned());
    let kind = match header.entry_type() {
        EntryType::Regular | EntryType::Continuous if said.is_sparse => PackedItemKind::Sparse,
        EntryType::Regular if name.ends_with(b"/") => PackedItemKind::Folder,
        EntryType::Regular | EntryType::Continuous => PackedItemKind::File,
        EntryType::Directory => PackedItemKind::Folder,
        EntryType::Link | EntryType::Symlink => PackedItemKind::Link,
        EntryType::GNUSparse => PackedItemKind::Sparse,
        _ => PackedItemKind::Special,
    };
    PackedItem { name, by_backslash: false, kind, size, packed: None }
}
