//! The packed bytes of a gzip file, kept for as long as they may have to be read again.

use std::io::{self, BufRead, Read};

/// What a member begins with: the marks of gzip, and the only way of packing that there is.
pub(super) const MEMBER: &[u8] = &[0x1F, 0x8B, 8];
/// Bytes that are read at once.
pub(super) const STEP: usize = 64 * 1024;
/// Packed bytes that are kept to look for the next member in; those of a longer member are let go of.
const KEPT: usize = 4 << 20;

/// Whether a member begins so: one of its marks may be damaged, or the last of them cut off.
fn begins_member(head: &[u8]) -> bool {
    let same = head.iter().zip(MEMBER).filter(|(byte, mark)| byte == mark).count();
    let there = head.len().min(MEMBER.len());
    there > 0 && same >= there.min(MEMBER.len() - 1)
}

/// Packed bytes that can be read again from the beginning of a member.
pub(super) struct Kept<R> {
    source: R,
    pub bytes: Vec<u8>,
    /// How many of them were read.
    pub at: usize,
    /// Bytes before them that were let go of.
    forgotten: u64,
    ended: bool,
}

/// What stands behind a member.
pub(super) enum Trailing {
    Member,
    /// Nothing, or zeros up to the end, as tapes are padded with.
    End,
    /// Something else: the place of its first byte in the file, 0-based, zeros before it counted.
    Other(u64),
}

impl<R: Read> Kept<R> {
    pub fn new(source: R) -> Self {
        Self { source, bytes: Vec::new(), at: 0, forgotten: 0, ended: false }
    }

    /// Lets go of what was read.
    pub fn forget(&mut self) {
        self.forgotten += self.at as u64;
        self.bytes.drain(..std::mem::take(&mut self.at));
    }

    /// What stands behind the member that was read to its end. Zeros are passed over, wherever they stand.
    pub fn behind_member(&mut self) -> io::Result<Trailing> {
        let begun = self.place();
        loop {
            while self.bytes.len() - self.at < MEMBER.len() && self.read_on()? {}
            let head = &self.bytes[self.at..];
            let zeros = head.iter().take_while(|byte| **byte == 0).count();
            match zeros {
                _ if head.is_empty() => return Ok(Trailing::End),
                _ if begins_member(head) => return Ok(Trailing::Member),
                0 => return Ok(Trailing::Other(begun)),
                _ => self.consume(zeros),
            }
        }
    }

    /// Reads what is left, and gives the place of its end.
    pub fn read_to_end(&mut self) -> io::Result<u64> {
        while self.read_on()? {
            self.at = self.bytes.len();
        }
        self.at = self.bytes.len();
        Ok(self.place())
    }

    /// Bytes of the file that were read.
    fn place(&self) -> u64 {
        self.forgotten + self.at as u64
    }

    /// Reads more; false at the end.
    pub fn read_on(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.at > KEPT {
            self.forget();
        }
        let held = self.bytes.len();
        self.bytes.resize(held + STEP, 0);
        let read = self.source.read(&mut self.bytes[held..]);
        self.bytes.truncate(held + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(!self.ended)
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = buf.len().min(self.fill_buf()?.len());
        buf[..count].copy_from_slice(&self.bytes[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

impl<R: Read> BufRead for Kept<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.bytes.len() && self.read_on()? {}
        Ok(&self.bytes[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}
