//! A crawl that is being read, member by member, and how the next member is found behind a damaged one.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;

use super::kept::{Kept, MEMBER, STEP, Trailing};

/// What a crawl begins with.
pub(super) const WARC: &[u8] = b"WARC/";
/// Packed bytes by which a member is told from a mark by chance.
const PROBE: usize = 1024;
/// Bytes of a member that are held back until its checksum was seen; those of a longer one come before.
pub(super) const HELD: usize = 1 << 20;

/// A crawl that is being read.
pub(super) struct Crawl<R> {
    member: Box<GzDecoder<Kept<R>>>,
    /// Bytes of the member that wait for its checksum, and how many of them were given.
    held: Vec<u8>,
    pub given: usize,
    /// All bytes of the member are held, and they are right.
    whole: bool,
}

/// What stands behind a member of a crawl.
pub(super) enum Next<R> {
    Member(Crawl<R>),
    /// Something else, and behind it a member.
    BehindGap(Crawl<R>),
    End,
    /// Something else up to the end: so many bytes.
    Other(u64),
}

impl<R: Read> Crawl<R> {
    pub fn new(mut kept: Kept<R>) -> Self {
        kept.forget();
        Self { member: Box::new(GzDecoder::new(kept)), held: Vec::new(), given: 0, whole: false }
    }

    /// Bytes of the member; none at its end.
    pub fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while !self.whole && self.held.len() < HELD && self.given == 0 {
            let begun = self.held.len();
            self.held.resize(begun + STEP, 0);
            let read = self.member.read(&mut self.held[begun..]);
            self.held.truncate(begun + *read.as_ref().unwrap_or(&0));
            self.whole = read? == 0;
        }
        if self.given == self.held.len() {
            return if self.whole { Ok(0) } else { self.member.read(buf) };
        }
        let count = buf.len().min(self.held.len() - self.given);
        buf[..count].copy_from_slice(&self.held[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }

    /// What stands behind this member, which was read to its end.
    pub fn what_follows(self) -> io::Result<Next<R>> {
        let mut kept = self.member.into_inner();
        let begun = match kept.behind_member()? {
            Trailing::Member => return Ok(Next::Member(Self::new(kept))),
            Trailing::End => return Ok(Next::End),
            Trailing::Other(begun) => begun,
        };
        kept.forget();
        Ok(match Self::behind(kept) {
            Ok(next) => Next::BehindGap(next),
            Err(mut kept) => Next::Other(kept.read_to_end()? - begun),
        })
    }

    /// The next member with which a record begins, behind a damaged one.
    pub fn behind_damage(self) -> Option<Self> {
        Self::behind(self.member.into_inner()).ok()
    }

    /// The first member with which a record begins, behind the first byte that is kept; what was read where there is none.
    pub fn behind(mut kept: Kept<R>) -> Result<Self, Kept<R>> {
        kept.at = 0;
        let mut from = 1;
        loop {
            while let Some(found) = memchr::memmem::find(kept.bytes.get(from..).unwrap_or_default(), MEMBER) {
                from += found;
                if kept.bytes.len() - from < PROBE && kept.read_on().unwrap_or(false) {
                    continue;
                }
                let probe = &kept.bytes[from..kept.bytes.len().min(from + PROBE)];
                let mut head = Vec::with_capacity(WARC.len());
                // a mark by chance is no member
                let _ = GzDecoder::new(probe).take(WARC.len() as u64).read_to_end(&mut head);
                if head == WARC {
                    kept.at = from;
                    return Ok(Self::new(kept));
                }
                from += 1;
            }
            // a mark may stand across what is read next
            kept.at = kept.bytes.len().saturating_sub(MEMBER.len() - 1).max(from.min(kept.bytes.len()));
            kept.forget();
            from = 0;
            if !kept.read_on().unwrap_or(false) {
                return Err(kept);
            }
        }
    }
}
