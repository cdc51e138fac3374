//! Holds citations against the file they cite: one walk through its bytes, front to back, with bounded memory.

use std::io::{self, Read};

use super::charset::Charset;
use super::lines::LineEnd;
use super::unpack::{Gaps, MOST_OF_DOCUMENT, Reopen, Tap, unpacked};
use super::warc;
use crate::article::{Lines, Span};

/// Bytes that are looked at at once; even, so that no UTF-16 line end is cut.
const STEP: usize = 256 * 1024;

/// What an article cites of its file.
#[derive(Clone, Debug)]
pub struct Cites {
    /// The article's id.
    pub id: String,
    /// Bytes of its record in the decompressed file; none where the file is the record.
    pub record: Option<Span>,
    /// `blake3:` and 64 hexadecimal digits.
    pub hash: String,
    /// The passages that have pieces and lines.
    pub passages: Vec<CitedPassage>,
}

/// Where a passage is said to stand.
#[derive(Clone, Copy, Debug)]
pub struct CitedPassage {
    /// Number in the article, 1-based.
    pub number: usize,
    /// Its lines.
    pub lines: Lines,
    /// First byte of its first piece, in the decompressed file, 0-based.
    pub start: u64,
    /// Its last piece.
    pub last: Span,
}

/// What became of an article's citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They hold.
    Same,
    /// Other bytes stand there.
    Bytes,
    /// The same bytes stand on other lines: the passage (1-based), and where it stands now.
    Lines(usize, Lines),
}

/// How a file stands that was read once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reread {
    /// BLAKE3 of the file as it lies on the disk.
    pub hash: blake3::Hash,
    /// It is compressed, and cut off, or another than its checksum says.
    pub is_damaged: bool,
}

/// Reads a file once and holds citations against it. `next` gives them in the order of their records' first bytes; `each`
/// gets every one back with the verdict. `read` hears how many more bytes of the file as it lies on the disk were read.
/// Returns how that file stands.
///
/// # Errors
/// Where the file cannot be opened or read; a compressed file that breaks off can.
pub fn reread(
    file: &Reopen,
    next: &mut dyn FnMut() -> Option<Cites>,
    each: &mut dyn FnMut(Cites, Verdict),
    read: &mut dyn FnMut(u64),
) -> io::Result<Reread> {
    let tap = Tap::new(file()?);
    let gaps = Gaps::default();
    let mut bytes = unpacked(tap.clone(), &gaps, MOST_OF_DOCUMENT)?.bytes;
    let mut is_damaged = false;
    let mut walk = RereadWalk::default();
    let mut waiting = next();
    let (mut block, mut told) = (Vec::with_capacity(STEP), 0);
    loop {
        block.clear();
        // where compressed bytes break off, what came before them counts
        let ended = match bytes.by_ref().take(STEP as u64).read_to_end(&mut block) {
            Err(e) if tap.failed() => return Err(e),
            result => {
                is_damaged |= result.is_err();
                is_damaged || block.len() < STEP
            }
        };
        walk.lines_of(&block);
        let end = walk.at + block.len() as u64;
        while let Some(cites) = waiting.take_if(|cites| cites.record.is_none_or(|span| span.start < end)) {
            walk.open.push(OpenRecord::new(cites));
            waiting = next();
        }
        walk.pass(&block, each);
        read(tap.size() - std::mem::replace(&mut told, tap.size()));
        if ended {
            break;
        }
    }
    walk.open.into_iter().for_each(|open| open.close(each));
    while let Some(cites) = waiting {
        each(cites, Verdict::Bytes);
        waiting = next();
    }
    tap.drain()?;
    read(tap.size() - told);
    Ok(Reread { hash: tap.hash(), is_damaged: is_damaged || gaps.next(0).is_some() })
}

/// The walk through a file.
#[derive(Default)]
struct RereadWalk {
    /// Byte of the file at which the block begins, 0-based.
    at: u64,
    /// The ways in which lines may end: the file's own, and CR where its beginning has no LF.
    counters: Vec<Counter>,
    /// Articles whose records are being passed.
    open: Vec<OpenRecord>,
}

/// Counts line ends of one kind.
struct Counter {
    end: LineEnd,
    /// Lines that ended before the block.
    before: u32,
    /// Where lines end in the block: one past the line end.
    here: Vec<u32>,
}

impl RereadWalk {
    /// Notes where lines end in a block.
    fn lines_of(&mut self, block: &[u8]) {
        if self.counters.is_empty() {
            let coded = || Charset::from_mark(block).map(|(charset, _)| charset).or_else(|| utf16_by_nuls(block));
            let charset = if block.starts_with(warc::MARK) { None } else { coded() };
            let own = LineEnd::of(charset, block);
            let ends = if own == LineEnd::Cr { vec![LineEnd::Lf, LineEnd::Cr] } else { vec![own] };
            self.counters = ends.into_iter().map(|end| Counter { end, before: 0, here: Vec::new() }).collect();
        }
        for counter in &mut self.counters {
            counter.before += counter.here.len() as u32;
            counter.here.clear();
            let mut at = 0;
            while let Some(end) = counter.end.find(block, at) {
                counter.here.push(end as u32);
                at = end;
            }
        }
    }

    /// Takes what the open articles want of a block, and closes those that end in it.
    fn pass(&mut self, block: &[u8], each: &mut dyn FnMut(Cites, Verdict)) {
        let (at, end) = (self.at, self.at + block.len() as u64);
        for open in &mut self.open {
            let within = |byte: u64| (byte.clamp(at, end) - at) as usize;
            open.take(&block[within(open.span.start)..within(open.span.end)]);
            let wanted = open.places.iter().zip(&mut open.lines).filter(|(place, _)| (at..end).contains(place));
            wanted.for_each(|(&place, line)| *line = self.counters.iter().map(|c| c.line(place - at)).collect());
        }
        for done in self.open.extract_if(.., |open| open.span.end <= end) {
            done.close(each);
        }
        self.at = end;
    }
}

impl Counter {
    /// The line (1-based) of a byte of the block.
    fn line(&self, at: u64) -> u32 {
        1 + self.before + self.here.partition_point(|&end| u64::from(end) <= at) as u32
    }
}

fn utf16_by_nuls(block: &[u8]) -> Option<Charset> {
    Charset::utf16_by_nuls(&block[..block.len() & !1])
}

/// An article whose record is being passed.
struct OpenRecord {
    cites: Cites,
    span: Span,
    hasher: blake3::Hasher,
    /// The record's first byte that is no blank.
    head: Option<u8>,
    /// The record's first byte; then of each passage its first one, the last piece's first, and its last.
    places: Vec<u64>,
    /// The line of each, by each counter; none before it was passed.
    lines: Vec<Vec<u32>>,
}

impl OpenRecord {
    fn new(cites: Cites) -> Self {
        let span = cites.record.unwrap_or(Span { start: 0, end: u64::MAX });
        let of = |p: &CitedPassage| [p.start, p.last.start, p.last.end.max(1) - 1];
        let places: Vec<u64> = std::iter::once(span.start).chain(cites.passages.iter().flat_map(of)).collect();
        let lines = vec![Vec::new(); places.len()];
        Self { cites, span, hasher: blake3::Hasher::new(), head: None, places, lines }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        let blank = |b: &u8| b.is_ascii_whitespace() || matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF);
        self.head = self.head.or_else(|| bytes.iter().copied().find(|b| !blank(b)));
    }

    fn close(self, each: &mut dyn FnMut(Cites, Verdict)) {
        let hash = self.hasher.finalize().to_hex();
        let verdict = match self.cites.hash.strip_prefix("blake3:") == Some(hash.as_str()) {
            true => self.moved().unwrap_or(Verdict::Same),
            false => Verdict::Bytes,
        };
        each(self.cites, verdict);
    }

    /// The first passage that stands on other lines than it says.
    fn moved(&self) -> Option<Verdict> {
        let of_passages = self.lines[1..].chunks_exact(3);
        self.cites.passages.iter().zip(of_passages).find_map(|(passage, found)| {
            let fits = |n: usize| self.fits(passage.lines, self.lines[0].get(n), [0, 1, 2].map(|k| found[k].get(n)));
            if (0..found[0].len()).any(fits) {
                return None;
            }
            let [first, last] = [0, 2].map(|k| found[k].first().copied().unwrap_or(0));
            Some(Verdict::Lines(passage.number, Lines { first, last: last.max(first) }))
        })
    }

    /// Whether lines are those of the bytes. A JSON string has no lines: there the passages stand where the text begins.
    fn fits(&self, lines: Lines, record: Option<&u32>, found: [Option<&u32>; 3]) -> bool {
        let (Some(record), [Some(start), Some(last), Some(end)]) = (record, found) else { return false };
        if self.head == Some(b'{') {
            return (*record..=*start).contains(&lines.first) && lines.last <= *end;
        }
        // print is read in another order than that of its file: the passage stands on all lines between
        let within = |line: &u32| (lines.first..=lines.last).contains(line);
        let is_print = self.head == Some(b'<') && within(start) && within(last);
        is_print || (lines.first == *start && (lines.last == *last || lines.last == *end))
    }
}
