//! A file compressed with gzip that is no crawl: members end to end are one stream.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;

use super::crawl::{Crawl, HELD};
use super::kept::{Kept, STEP, Trailing};

/// Members end to end, of which the first bytes are held back: where these are damaged it may be a crawl after all.
pub(super) struct Stream<R> {
    /// The member that is being read; none at the end, and once it gave out.
    member: Option<Box<GzDecoder<Kept<R>>>>,
    /// The first bytes, how many of them were given, and what came behind them.
    held: Vec<u8>,
    given: usize,
    failed: Option<io::Error>,
    begun: bool,
    /// Bytes behind the last member that are none of a member's, once its end was read.
    pub passed_over: u64,
}

impl<R: Read> Stream<R> {
    pub fn new(kept: Kept<R>) -> Self {
        let member = Some(Box::new(GzDecoder::new(kept)));
        Self { member, held: Vec::new(), given: 0, failed: None, begun: false, passed_over: 0 }
    }

    /// The crawl that the file is, told by its second member where the first one is damaged. It is looked for once.
    pub fn crawl_behind(&mut self) -> Option<Crawl<R>> {
        if std::mem::replace(&mut self.begun, true) {
            return None;
        }
        while self.held.len() < HELD {
            let begun = self.held.len();
            self.held.resize(begun + STEP, 0);
            let mut step = std::mem::take(&mut self.held);
            let read = self.unpack(&mut step[begun..]);
            self.held = step;
            self.held.truncate(begun + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    // what the disk refuses is no damage
                    let is_damage = error.raw_os_error().is_none();
                    self.failed = Some(error);
                    return self
                        .member
                        .take()
                        .filter(|_| is_damage)
                        .and_then(|member| Crawl::behind(member.into_inner()).ok());
                }
            }
        }
        None
    }

    /// What was held back, and then the rest.
    pub fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = buf.len().min(self.held.len() - self.given);
        if count > 0 {
            buf[..count].copy_from_slice(&self.held[self.given..self.given + count]);
            self.given += count;
            if self.given == self.held.len() {
                (self.held, self.given) = (Vec::new(), 0);
            }
            return Ok(count);
        }
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.unpack(buf),
        }
    }

    /// Bytes of the members, one behind the other.
    fn unpack(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(buf)?;
            if count > 0 || buf.is_empty() {
                return Ok(count);
            }
            let Some(mut kept) = self.member.take().map(|member| member.into_inner()) else { break };
            match kept.behind_member()? {
                Trailing::Member => self.member = Some(Box::new(GzDecoder::new(kept))),
                Trailing::End => {}
                Trailing::Other(begun) => self.passed_over = kept.read_to_end()? - begun,
            }
        }
        Ok(0)
    }
}
