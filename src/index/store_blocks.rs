//! The documents of a store whose end is lost, and with it the list of its blocks: the blocks stand end to end from its
//! beginning, each as long as its LZ4 says.
//!
//! A block is how many bytes it has unpacked (four bytes, little-endian) and an LZ4 block
//! (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>). Unpacked it is documents end to end, then where each begins, then
//! how many there are, in four bytes each.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::store_file::LENGTH;

/// Bytes that are read at first: more than most blocks have.
const WINDOW: usize = 64 << 10;
/// Bytes that are read at most: what says that it is longer is no block of ours.
const LARGEST: usize = 256 << 20;

/// Bytes of a number in a block.
const NUMBER: usize = size_of::<u32>();

/// Bytes of a token, and of the offset of a match.
const TOKEN: usize = 1;
const OFFSET: usize = 2;
/// What the shortest match adds to its length.
const SHORTEST_MATCH: usize = 4;
/// A length of four bits that goes on behind the token.
const LONG: usize = 15;

/// Reads one block after the other.
pub(super) struct StoreBlocks {
    file: File,
    /// Where the next one begins: byte offset, 0-based.
    at: u64,
}

/// An unpacked block.
pub(super) struct StoreBlock {
    bytes: Vec<u8>,
    documents: Vec<Range<usize>>,
}

impl StoreBlock {
    /// Its documents, in their order.
    pub fn documents(&self) -> impl Iterator<Item = &[u8]> {
        self.documents.iter().map(|range| &self.bytes[range.clone()])
    }

    fn of(bytes: Vec<u8>) -> Option<Self> {
        let count = number(&bytes, bytes.len().checked_sub(NUMBER)?)?;
        let list = bytes.len().checked_sub(NUMBER.checked_mul(count.checked_add(1)?)?)?;
        let starts: Vec<usize> = (0..count).map_while(|n| number(&bytes, list + n * NUMBER)).collect();
        let ends = starts.iter().skip(1).copied().chain([list]);
        let documents: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
        let is_whole =
            !documents.is_empty() && documents.iter().all(|range| range.start <= range.end && range.end <= list);
        is_whole.then_some(Self { bytes, documents })
    }
}

impl StoreBlocks {
    pub fn new(file: File) -> Self {
        Self { file, at: 0 }
    }

    /// The next block; none where what follows is none, or is cut off.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn next(&mut self) -> io::Result<Option<StoreBlock>> {
        let mut window = WINDOW;
        loop {
            let mut bytes = Vec::new();
            self.file.seek(SeekFrom::Start(self.at))?;
            (&self.file).take(window as u64).read_to_end(&mut bytes)?;
            let Some(unpacked) = number(&bytes, 0) else { return Ok(None) };
            match packed_length(&bytes[LENGTH..], unpacked) {
                Some(length) => {
                    self.at += (LENGTH + length) as u64;
                    let packed = &bytes[LENGTH..LENGTH + length];
                    return Ok(lz4_flex::block::decompress(packed, unpacked).ok().and_then(StoreBlock::of));
                }
                None if bytes.len() < window || window >= LARGEST => return Ok(None),
                None => window *= 2,
            }
        }
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|number| u32::from_le_bytes(*number) as usize)
}

/// How many bytes an LZ4 block has that is so long unpacked; none where these are too few, or none.
fn packed_length(bytes: &[u8], unpacked: usize) -> Option<usize> {
    let (mut at, mut made) = (0, 0_usize);
    loop {
        let token = usize::from(*bytes.get(at)?);
        let literals = length(bytes, at + TOKEN, token >> 4)?;
        at = literals.end.checked_add(literals.length).filter(|end| *end <= bytes.len())?;
        made = made.checked_add(literals.length)?;
        // the last sequence is literals alone
        if made >= unpacked {
            return (made == unpacked).then_some(at);
        }
        let copied = length(bytes, at + OFFSET, token & LONG)?;
        at = copied.end;
        made = made.checked_add(copied.length + SHORTEST_MATCH)?;
    }
}

/// A length, and where it ends.
struct Length {
    length: usize,
    end: usize,
}

/// The length whose first four bits these are.
fn length(bytes: &[u8], mut at: usize, bits: usize) -> Option<Length> {
    let mut length = bits;
    if bits == LONG {
        loop {
            let more = usize::from(*bytes.get(at)?);
            at += 1;
            length += more;
            if more < 255 {
                break;
            }
        }
    }
    (at <= bytes.len()).then_some(Length { length, end: at })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn block(documents: &[&[u8]]) -> Vec<u8> {
        let mut bytes: Vec<u8> = documents.concat();
        let mut start = 0;
        for document in documents {
            bytes.extend((start as u32).to_le_bytes());
            start += document.len();
        }
        bytes.extend((documents.len() as u32).to_le_bytes());
        let mut packed = (bytes.len() as u32).to_le_bytes().to_vec();
        packed.extend(lz4_flex::block::compress(&bytes));
        packed
    }

    fn read(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        let mut blocks = StoreBlocks::new(file);
        let next = || blocks.next().expect("read").map(|block| block.documents().map(<[u8]>::to_vec).collect());
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn blocks_are_told_apart_without_a_list_of_them() {
        let noise: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let same = vec![b'x'; 300_000];
        let (first, second): (Vec<&[u8]>, Vec<&[u8]>) =
            (vec![b"one", b"", b"another, another, another, another"], vec![&noise, &same]);
        let whole = [block(&first), block(&second), block(&[b"last"])].concat();
        let wanted: Vec<Vec<Vec<u8>>> =
            [first, second, vec![b"last"]].map(|documents| documents.iter().map(|d| d.to_vec()).collect()).to_vec();
        assert_eq!(read(&whole), wanted);
        assert_eq!(read(&whole[..whole.len() - 1]), wanted[..2], "the last one is cut off");
        assert_eq!(read(&[&whole[..], &[7; 40]].concat()), wanted, "what follows is no block");
        assert_eq!(read(b""), Vec::<Vec<Vec<u8>>>::new());
    }
}
