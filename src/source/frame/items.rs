//! The items of a file of XML, one by one.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::super::charset::Charset;
use super::super::chunk::{Chunk, Fault, RecordLayout};
use super::super::unpack::{Bytes, Reopen};
use super::super::window::Window;
use super::super::xml::{self, ItemScan, ItemStep, XmlHead, XmlSurvey};
use super::whole::WholeFramer;
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::{Error, Result};

/// Opens the file once more; none where that cannot be done, as with standard input.
pub(in super::super) type Again = Option<Reopen>;

/// Cuts between items, about a megabyte at a time. What a feed says of itself may stand behind its items, so that a longer
/// file is read twice where it can be: first for that, with no item held.
pub(in super::super) struct Items {
    /// The file's byte order mark.
    mark: Vec<u8>,
    again: Again,
    course: Course,
}

/// How the file is read.
enum Course {
    /// It was not looked at yet.
    Unknown,
    /// In one piece: it is one article, or too short to be worth it.
    Whole(WholeFramer),
    Stream(ItemStream),
    Done,
}

struct ItemStream {
    head: Arc<XmlHead>,
    scan: ItemScan,
    passed: Option<PassedItem>,
}

/// An item that is longer than allowed, of which bytes were thrown away: its line, and its first byte.
struct PassedItem {
    line: u32,
    offset: u64,
}

impl Framer for Items {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        if matches!(self.course, Course::Unknown) {
            self.course = match self.head(file)? {
                Some(head) => Course::Stream(ItemStream::of(head)),
                None => Course::Whole(WholeFramer::new(std::mem::take(&mut self.mark))),
            };
        }
        match &mut self.course {
            Course::Whole(whole) => whole.next(file),
            Course::Stream(stream) => {
                let next = stream.next(file)?;
                if next.is_none() {
                    self.course = Course::Done;
                }
                Ok(next)
            }
            Course::Unknown | Course::Done => Ok(None),
        }
    }
}

impl Items {
    /// The items of a file behind its byte order mark.
    pub fn new(mark: Vec<u8>, again: Again) -> Self {
        Self { mark, again, course: Course::Unknown }
    }

    /// What the items have in common; none where the file is read in one piece.
    fn head(&self, file: &mut Opened) -> Result<Option<XmlHead>> {
        file.fill(CHUNK + 1)?;
        let told = file.facts.charset;
        if matches!(told, Some(Charset::Utf16Le | Charset::Utf16Be)) {
            return Ok(None);
        }
        let survey = match &self.again {
            _ if file.window.ended => held(file),
            Some(again) => self.ahead(file, &**again)?,
            None => first(file)?,
        };
        // of an article that is longer than allowed, others may follow
        let is_long = file.window.buffer().len() > longest(file);
        let is_several = survey.begun() > usize::from(!is_long || file.window.ended);
        let buffer = file.window.buffer();
        let head = is_several.then(|| survey.head(&buffer[..buffer.len().min(CHUNK)], told)).flatten();
        // a short file in another character set is decoded as a whole
        Ok(head.filter(|head| !file.window.ended || head.is_utf8()))
    }

    /// A look at all of a file, held nowhere.
    fn ahead(&self, file: &Opened, again: &dyn Fn() -> io::Result<Bytes>) -> Result<XmlSurvey> {
        let path = &file.facts.path;
        let mut survey = XmlSurvey::default();
        let mut window = Window::new(path, again().map_err(|e| Error::read(path, e))?, file.facts.options.limits)?;
        window.fill(path, CHUNK)?;
        window.pass(self.mark.len().min(window.buffer().len()));
        loop {
            let done = survey.look(window.buffer());
            window.pass(done);
            if window.ended {
                return Ok(survey);
            }
            // what is left is a tag that goes on
            window.fill(path, CHUNK.max(window.buffer().len() * 2))?;
        }
    }
}

/// A look at a short file, all of which is held.
fn held(file: &Opened) -> XmlSurvey {
    let mut survey = XmlSurvey::default();
    let buffer = file.window.buffer();
    if file.window.broken.is_none() && std::str::from_utf8(buffer).is_ok() {
        survey.look(buffer);
    }
    survey
}

/// A look at the beginning of a file that cannot be read twice: up to its second article, or the longest that may be held.
fn first(file: &mut Opened) -> Result<XmlSurvey> {
    loop {
        let mut survey = XmlSurvey::default();
        survey.look(file.window.buffer());
        let held = file.window.buffer().len();
        if survey.begun() > 1 || file.window.ended || held > longest(file) {
            return Ok(survey);
        }
        file.fill(held * 2)?;
    }
}

fn longest(file: &Opened) -> usize {
    usize::try_from(file.facts.options.limits.longest()).unwrap_or(usize::MAX)
}

impl ItemStream {
    fn of(head: XmlHead) -> Self {
        Self { head: Arc::new(head), scan: ItemScan::default(), passed: None }
    }

    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        let (mut items, mut wanted) = (Vec::new(), CHUNK);
        loop {
            file.fill(wanted)?;
            match self.scan.step(file.window.buffer()) {
                ItemStep::Opens(_) => {}
                ItemStep::Item(item) if self.passed.is_some() => return Ok(Some(self.too_long(file, item.end))),
                ItemStep::Item(item) => {
                    let end = item.end;
                    items.push(item);
                    if end >= CHUNK || items.len() == MOST_RECORDS {
                        return Ok(Some(self.chunk(file, items)));
                    }
                }
                ItemStep::More if !items.is_empty() => return Ok(Some(self.chunk(file, items))),
                ItemStep::More if file.window.ended => return Ok(self.end(file)),
                ItemStep::More => {
                    self.let_go(file);
                    let held = file.window.buffer().len();
                    wanted = held + CHUNK.max(held - self.scan.at());
                }
            }
        }
    }

    fn chunk(&mut self, file: &mut Opened, items: Vec<Range<usize>>) -> Chunk {
        let (end, records) = (items.last().map_or(0, |item| item.end), items.len() as u32);
        let mut chunk = file.chunk(end, RecordLayout::Items(Arc::clone(&self.head), items));
        chunk.records = records;
        file.window.record += records;
        file.window.line += memchr::memchr_iter(b'\n', &chunk.bytes).count() as u32;
        self.scan.shift(end);
        chunk
    }

    fn pass(&mut self, file: &mut Opened, count: usize) {
        file.pass(count);
        self.scan.shift(count);
    }

    /// Lets go of what stands before the item under way, and of that where it is longer than allowed.
    fn let_go(&mut self, file: &mut Opened) {
        let at = self.scan.at();
        self.pass(file, self.scan.open().unwrap_or(at));
        let held = file.window.buffer().len() as u64;
        if self.scan.open().is_none() || (self.passed.is_none() && held <= file.facts.options.limits.longest()) {
            return;
        }
        let (line, offset) = (file.window.line, file.window.offset);
        self.passed.get_or_insert(PassedItem { line, offset });
        self.pass(file, self.scan.at());
    }

    fn too_long(&mut self, file: &mut Opened, end: usize) -> Chunk {
        self.pass(file, end);
        let here = PassedItem { line: file.window.line, offset: file.window.offset };
        let PassedItem { line, offset } = self.passed.take().unwrap_or(here);
        let length = file.window.offset - offset;
        let fault = Fault::too_long(&file.facts, line, file.window.record, length);
        let mut chunk = file.fault(fault);
        chunk.first_line = line;
        chunk
    }

    /// The file ends: inside an item or its own element, or where it should.
    fn end(&mut self, file: &mut Opened) -> Option<Chunk> {
        let is_open = self.scan.open().is_some();
        // where a compressed file breaks off, that is told at its end
        if file.window.broken.is_some() || !(is_open || self.scan.is_cut_off()) {
            return None;
        }
        self.let_go(file);
        let begun = self.passed.take().map_or(file.window.line, |passed| passed.line);
        let left = file.window.buffer().len();
        file.pass(left);
        let (what, line) = if is_open { (xml::INSIDE, begun) } else { (xml::TOO_EARLY, file.window.line) };
        let fault = Fault::new(&file.facts, line, file.window.record, what, xml::FETCH_AGAIN);
        self.scan = ItemScan::ended();
        let mut chunk = file.fault(fault);
        chunk.first_line = line;
        Some(chunk)
    }
}

#[cfg(test)]
mod tests;
