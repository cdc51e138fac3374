//! A crawl compressed with gzip, a member a record: a damaged member loses itself, and what comes behind it is read.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;

mod crawl;
mod gaps;
mod kept;
mod stream;

use crawl::{Crawl, Next, WARC};
pub(in crate::source) use gaps::{Gaps, MemberLost};
use kept::Kept;
use stream::Stream;

/// The unpacked bytes of a gzip file; of a crawl, without those of damaged members.
pub(super) struct Members<R> {
    state: State<R>,
    gaps: Gaps,
    /// Bytes that were given out.
    given: u64,
}

enum State<R> {
    /// Nothing was read yet.
    New(Kept<R>),
    /// No crawl: one stream, which ends where it is damaged.
    Plain(Stream<R>),
    Crawl(Crawl<R>),
    /// Every byte was given.
    Ended,
}

impl<R: Read> Members<R> {
    pub fn new(source: R, gaps: Gaps) -> Self {
        Self { state: State::New(Kept::new(source)), gaps, given: 0 }
    }

    /// Tells a crawl from other files by its first bytes.
    fn begin(mut kept: Kept<R>) -> io::Result<State<R>> {
        let mut head = Vec::with_capacity(WARC.len());
        // what is wrong is told by whoever reads it
        let _ = GzDecoder::new(&mut kept).take(WARC.len() as u64).read_to_end(&mut head);
        kept.at = 0;
        Ok(match head == WARC {
            true => State::Crawl(Crawl::new(kept)),
            false => State::Plain(Stream::new(kept)),
        })
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::New(kept) => self.state = Self::begin(kept)?,
                State::Plain(mut plain) => {
                    if let Some(next) = plain.crawl_behind() {
                        self.gaps.add(self.given);
                        self.state = State::Crawl(next);
                        continue;
                    }
                    let read = plain.read(buf);
                    self.gaps.pass_over(plain.passed_over);
                    self.state = State::Plain(plain);
                    return read;
                }
                State::Crawl(mut crawl) => match crawl.read(buf) {
                    Ok(0) => match crawl.what_follows()? {
                        Next::Member(next) => self.state = State::Crawl(next),
                        Next::BehindGap(next) => {
                            self.gaps.add(self.given);
                            self.state = State::Crawl(next);
                        }
                        Next::End => return Ok(0),
                        Next::Other(bytes) => {
                            self.gaps.pass_over(bytes);
                            return Ok(0);
                        }
                    },
                    Ok(count) => {
                        self.given += count as u64;
                        self.state = State::Crawl(crawl);
                        return Ok(count);
                    }
                    // what the disk refuses is no damage
                    Err(error) if error.raw_os_error().is_some() => return Err(error),
                    Err(error) => {
                        // of a long member records may have been given that its checksum covers
                        let is_apart = crawl.given == 0;
                        let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
                        match crawl.behind_damage() {
                            Some(next) if is_apart => {
                                self.gaps.add(self.given);
                                self.state = State::Crawl(next);
                            }
                            None if is_cut => return Err(error),
                            None if is_apart => return Err(io::Error::new(io::ErrorKind::InvalidData, MemberLost)),
                            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
                        }
                    }
                },
                State::Ended => return Ok(0),
            }
        }
    }
}

#[cfg(test)]
mod tests;
