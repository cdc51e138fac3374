//! A crawl compressed with gzip, a member a record: a damaged member loses itself, and what comes behind it is read.

use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::bufread::{GzDecoder, MultiGzDecoder};

/// What a crawl begins with.
const WARC: &[u8] = b"WARC/";
/// What a member begins with: the marks of gzip, and the only way of packing that there is.
const MEMBER: &[u8] = &[0x1F, 0x8B, 8];
/// Bytes that are read at once.
const STEP: usize = 64 * 1024;
/// Packed bytes by which a member is told from a mark by chance.
const PROBE: usize = 1024;
/// Packed bytes that are kept to look for the next member in; those of a longer member are let go of.
const KEPT: usize = 4 << 20;
/// Bytes of a member that are held back until its checksum was seen; those of a longer one come before.
const HELD: usize = 1 << 20;

/// Places in the unpacked bytes at which some are missing, ascending; clones know the same.
#[derive(Clone, Debug, Default)]
pub(in crate::source) struct Gaps(Arc<Mutex<Vec<u64>>>);

impl Gaps {
    fn add(&self, at: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(at);
    }

    /// The first place that is not before `from`.
    pub fn next(&self, from: u64) -> Option<u64> {
        let gaps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gaps.get(gaps.partition_point(|gap| *gap < from)).copied()
    }

    /// Forgets what [`next`](Self::next) gives, and those before it.
    pub fn forget(&self, from: u64) {
        let mut gaps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = gaps.partition_point(|gap| *gap < from);
        let last = gaps.len().min(passed + 1);
        gaps.drain(..last);
    }
}

/// A member of a crawl is damaged, and nothing follows it: nothing of it was given out, and what came before it is right.
#[derive(Debug)]
pub(in crate::source) struct MemberLost;

impl std::error::Error for MemberLost {}

impl std::fmt::Display for MemberLost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a damaged member")
    }
}

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

/// Members end to end, of which the first bytes are held back: where these are damaged it may be a crawl after all.
struct Stream<R> {
    /// None once it gave out.
    members: Option<Box<MultiGzDecoder<Kept<R>>>>,
    /// The first bytes, how many of them were given, and what came behind them.
    held: Vec<u8>,
    given: usize,
    failed: Option<io::Error>,
    begun: bool,
}

impl<R: Read> Stream<R> {
    fn new(kept: Kept<R>) -> Self {
        let members = Some(Box::new(MultiGzDecoder::new(kept)));
        Self { members, held: Vec::new(), given: 0, failed: None, begun: false }
    }

    /// The crawl that the file is, told by its second member where the first one is damaged. It is looked for once.
    fn crawl_behind(&mut self) -> Option<Crawl<R>> {
        if std::mem::replace(&mut self.begun, true) {
            return None;
        }
        while let Some(members) = self.members.as_mut().filter(|_| self.held.len() < HELD) {
            let begun = self.held.len();
            self.held.resize(begun + STEP, 0);
            let read = members.read(&mut self.held[begun..]);
            self.held.truncate(begun + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    // what the disk refuses is no damage
                    let is_damage = error.raw_os_error().is_none();
                    self.failed = Some(error);
                    return self
                        .members
                        .take()
                        .filter(|_| is_damage)
                        .and_then(|members| Crawl::behind(members.into_inner()));
                }
            }
        }
        None
    }

    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = buf.len().min(self.held.len() - self.given);
        if count > 0 {
            buf[..count].copy_from_slice(&self.held[self.given..self.given + count]);
            self.given += count;
            if self.given == self.held.len() {
                (self.held, self.given) = (Vec::new(), 0);
            }
            return Ok(count);
        }
        match (self.failed.take(), &mut self.members) {
            (Some(error), _) => Err(error),
            (None, Some(members)) => members.read(buf),
            (None, None) => Ok(0),
        }
    }
}

/// A crawl that is being read.
struct Crawl<R> {
    member: Box<GzDecoder<Kept<R>>>,
    /// Bytes of the member that wait for its checksum, and how many of them were given.
    held: Vec<u8>,
    given: usize,
    /// All bytes of the member are held, and they are right.
    whole: bool,
}

impl<R: Read> Members<R> {
    pub fn new(source: R, gaps: Gaps) -> Self {
        Self { state: State::New(Kept { source, bytes: Vec::new(), at: 0, ended: false }), gaps, given: 0 }
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
                    self.state = State::Plain(plain);
                    return read;
                }
                State::Crawl(mut crawl) => match crawl.read(buf) {
                    Ok(0) => match crawl.next_member() {
                        Some(next) => self.state = State::Crawl(next),
                        None => return Ok(0),
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

impl<R: Read> Crawl<R> {
    fn new(mut kept: Kept<R>) -> Self {
        kept.forget();
        Self { member: Box::new(GzDecoder::new(kept)), held: Vec::new(), given: 0, whole: false }
    }

    /// Bytes of the member; none at its end.
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
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

    /// The member behind this one, which was read to its end.
    fn next_member(self) -> Option<Self> {
        let mut kept = self.member.into_inner();
        let more = !kept.fill_buf().unwrap_or_default().is_empty();
        more.then(|| Self::new(kept))
    }

    /// The next member with which a record begins, behind a damaged one.
    fn behind_damage(self) -> Option<Self> {
        Self::behind(self.member.into_inner())
    }

    /// The first member with which a record begins, behind the first byte that is kept.
    fn behind(mut kept: Kept<R>) -> Option<Self> {
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
                    return Some(Self::new(kept));
                }
                from += 1;
            }
            // a mark may stand across what is read next
            kept.at = kept.bytes.len().saturating_sub(MEMBER.len() - 1).max(from.min(kept.bytes.len()));
            kept.forget();
            from = 0;
            if !kept.read_on().unwrap_or(false) {
                return None;
            }
        }
    }
}

/// Packed bytes that can be read again from the beginning of a member.
struct Kept<R> {
    source: R,
    bytes: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Kept<R> {
    /// Lets go of what was read.
    fn forget(&mut self) {
        self.bytes.drain(..std::mem::take(&mut self.at));
    }

    /// Reads more; false at the end.
    fn read_on(&mut self) -> io::Result<bool> {
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn member(text: &str) -> Vec<u8> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).expect("written");
        gzip.finish().expect("written")
    }

    fn read(bytes: &[u8]) -> (String, Vec<u64>, bool) {
        let gaps = Gaps::default();
        let mut text = Vec::new();
        let fine = Members::new(bytes, gaps.clone()).read_to_end(&mut text).is_ok();
        let found = gaps.0.lock().expect("no panic").clone();
        (String::from_utf8_lossy(&text).into_owned(), found, fine)
    }

    #[test]
    fn a_damaged_member_loses_itself() {
        let records = ["WARC/1.0 one", "WARC/1.0 two", "WARC/1.0 three"];
        let members = records.map(member);
        let sizes = members.clone().map(|member| member.len());
        let whole = members.concat();
        assert_eq!(read(&whole), (records.concat(), vec![], true));
        // any byte of the middle one, and its checksum
        for at in 0..sizes[1] {
            let mut damaged = whole.clone();
            damaged[sizes[0] + at] ^= 0x55;
            let (text, gaps, fine) = read(&damaged);
            let is_told = text == format!("{}{}", records[0], records[2]) && gaps == [records[0].len() as u64];
            // time and system of the header are in no checksum
            assert!(fine && (is_told || text == records.concat()), "{at}: {text} {gaps:?}");
        }
        let cut = &whole[..whole.len() - 3];
        assert_eq!(read(cut), (records[..2].concat(), vec![], false));
        // the first one: nothing but damage tells that it is no other file
        for at in 0..sizes[0] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let (text, gaps, fine) = read(&damaged);
            let is_told = text.ends_with(&records[1..].concat()) && gaps.len() == 1;
            assert!(fine && (is_told || text == records.concat()), "{at}: {text} {gaps:?}");
        }
        // other files are one stream
        let lines = [member("{}\n"), member("{}\n")].concat();
        assert_eq!(read(&lines), ("{}\n{}\n".to_owned(), vec![], true));
        let mut damaged = lines.clone();
        damaged[14] ^= 0x55;
        assert!(!read(&damaged).2);
    }
}
