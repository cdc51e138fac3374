//! The values of a JSON file: the objects of an array, or objects one behind the other.

use std::ops::Range;

use super::super::chunk::{Chunk, Fault, RecordLayout};
use super::wrapper::{self, WayOut};
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::{Result, work};

/// Cuts between values, about a megabyte at a time. Only brackets and strings are looked at; what a value holds is read
/// with the chunk.
#[derive(Default)]
pub(in super::super) struct Values {
    scan: ValueScan,
    /// Bytes of the value under way that were thrown away, since it is longer than allowed.
    passed: u64,
    /// Values that were handed out.
    count: u32,
    /// Whether it was looked at what stands around the next records, and what does.
    looked: bool,
    around: Option<WayOut>,
}

/// How far the buffer was looked at. Places are bytes of the buffer.
#[derive(Default)]
struct ValueScan {
    at: usize,
    /// Where the value under way begins.
    begun: Option<usize>,
    /// Brackets that are open in it.
    depth: u32,
    in_string: bool,
    /// Whether the file is an array that is open, and whether it was closed.
    array: bool,
    closed: bool,
}

/// Why a look ends.
enum ValueStep {
    /// A value ends.
    Value(Range<usize>),
    /// The bytes end.
    More,
    /// Something else than a value stands here.
    Stray,
}

impl Framer for Values {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        let mut wanted = CHUNK;
        let mut values = Vec::new();
        loop {
            if values.is_empty() {
                self.enter(file)?;
            }
            file.fill(wanted)?;
            let step = self.scan.step(file.window.buffer(), file.window.ended);
            let end = values.last().map_or(0, |value: &Range<usize>| value.end);
            match step {
                ValueStep::Value(_) if self.passed > 0 => return self.too_long(file).map(Some),
                ValueStep::Value(value) => {
                    values.push(value);
                    if self.scan.at >= CHUNK || values.len() == MOST_RECORDS {
                        return Ok(Some(self.chunk(file, values)));
                    }
                }
                ValueStep::More
                    if !values.is_empty() && (file.window.ended || file.window.buffer().len() - end < CHUNK) =>
                {
                    return Ok(Some(self.chunk(file, values)));
                }
                ValueStep::More if file.window.ended => return Ok(self.end(file)),
                ValueStep::More => {
                    self.pass_by(file);
                    wanted = file.window.buffer().len().saturating_mul(2).max(CHUNK);
                }
                ValueStep::Stray if !values.is_empty() => return Ok(Some(self.chunk(file, values))),
                ValueStep::Stray if self.scan.closed && self.around.is_some() => self.leave(file)?,
                ValueStep::Stray => return self.stray(file).map(Some),
            }
        }
    }
}

impl Values {
    /// Passes over what stands before the next records.
    fn enter(&mut self, file: &mut Opened) -> Result<()> {
        if std::mem::replace(&mut self.looked, true) {
            return Ok(());
        }
        file.fill(CHUNK)?;
        if let Some(array) = wrapper::array_in(file.window.buffer(), &file.facts.options.fields) {
            file.pass(array.start);
            self.around = Some(WayOut::of(array.depth));
        }
        Ok(())
    }

    /// Passes over what stands behind records, to the next object.
    fn leave(&mut self, file: &mut Opened) -> Result<()> {
        file.pass(self.scan.at);
        self.scan = ValueScan::default();
        let Some(mut around) = self.around.take() else { return Ok(()) };
        loop {
            let (passed, has_ended) = around.pass(file.window.buffer());
            file.pass(passed);
            if has_ended || file.window.ended {
                self.looked = false;
                return Ok(());
            }
            file.fill(CHUNK)?;
        }
    }

    fn chunk(&mut self, file: &mut Opened, values: Vec<Range<usize>>) -> Chunk {
        let (end, records) = (values.last().map_or(0, |value| value.end), values.len() as u32);
        // a file that is one object is the record
        let alone = self.count == 0 && records == 1 && !self.scan.array && file.window.ended;
        let alone = alone && file.window.buffer()[end..].trim_ascii().is_empty();
        self.count += records;
        let mut chunk = file.chunk(end, RecordLayout::Values { values, alone });
        chunk.records = records;
        file.window.record += records;
        file.window.line += memchr::memchr_iter(b'\n', &chunk.bytes).count() as u32;
        self.scan.shift(end);
        chunk
    }

    /// Lets go of a value that is longer than allowed.
    fn pass_by(&mut self, file: &mut Opened) {
        let Some(begun) = self.scan.begun else { return };
        let held = (self.scan.at - begun) as u64;
        if self.passed == 0 && held <= file.facts.options.limits.longest() {
            return;
        }
        self.passed += held;
        let at = self.scan.at;
        file.pass(at);
        self.scan.shift(at);
        self.scan.begun = Some(0);
    }

    fn too_long(&mut self, file: &mut Opened) -> Result<Chunk> {
        let (line, record) = (file.window.line, file.window.record);
        let at = self.scan.at;
        let length = std::mem::take(&mut self.passed) + at as u64;
        let chunk = file.fault(Fault::too_long(&file.facts, line, record, length));
        self.count += 1;
        file.pass(at);
        self.scan.shift(at);
        Ok(chunk)
    }

    /// The file ends: inside a value or its array, or where it should.
    fn end(&mut self, file: &mut Opened) -> Option<Chunk> {
        let is_open = self.scan.begun.is_some() || (self.scan.array && !self.scan.closed);
        // where a compressed file breaks off, that is told at its end
        let told = is_open && file.window.broken.is_none();
        let fault = |file: &mut Opened| {
            let (line, record) = (file.window.line, file.window.record);
            let what = if self.scan.begun.is_some() { "inside a record" } else { "before its array does" };
            let fault = Fault::new(&file.facts, line, record, format!("the file ends {what}"), "fetch it again");
            file.fault(fault)
        };
        let chunk = told.then(|| fault(file));
        let left = file.window.buffer().len();
        file.pass(left);
        self.scan = ValueScan { closed: true, ..ValueScan::default() };
        chunk
    }

    /// Nothing behind what is no value can be told apart.
    fn stray(&mut self, file: &mut Opened) -> Result<Chunk> {
        file.pass(self.scan.at);
        let (line, record) = (file.window.line, file.window.record);
        let what = "invalid JSON: no value where one should begin; what follows is lost";
        let chunk = file.fault(Fault::new(&file.facts, line, record, what, "mend the file"));
        file.skip(u64::MAX)?;
        self.scan = ValueScan { closed: true, ..ValueScan::default() };
        Ok(chunk)
    }
}

impl ValueScan {
    /// Goes on to the end of the next value.
    fn step(&mut self, bytes: &[u8], ended: bool) -> ValueStep {
        let from = self.at;
        let step = self.walk(bytes, ended);
        work::add(self.at - from);
        step
    }

    fn walk(&mut self, bytes: &[u8], ended: bool) -> ValueStep {
        while let Some(&byte) = bytes.get(self.at) {
            if self.in_string {
                let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[self.at..]) else {
                    self.at = bytes.len();
                    return ValueStep::More;
                };
                if bytes[self.at + found] == b'\\' {
                    // what stands behind it may not be there yet
                    if self.at + found + 2 > bytes.len() && !ended {
                        self.at += found;
                        return ValueStep::More;
                    }
                    self.at = (self.at + found + 2).min(bytes.len());
                } else {
                    self.at += found + 1;
                    self.in_string = false;
                    if self.depth == 0 {
                        return self.value();
                    }
                }
                continue;
            }
            match (self.begun, byte) {
                (None, b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                (None, b',') if self.array => self.at += 1,
                (None, b'[') if !self.array && !self.closed => {
                    self.array = true;
                    self.at += 1;
                }
                (None, b']') if self.array && !self.closed => {
                    (self.array, self.closed) = (false, true);
                    self.at += 1;
                }
                (None, _) if self.closed || !is_of_value(byte) => return ValueStep::Stray,
                (None, _) => self.begun = Some(self.at),
                (Some(_), b'"') => {
                    self.in_string = true;
                    self.at += 1;
                }
                (Some(_), b'{' | b'[') => {
                    self.depth += 1;
                    self.at += 1;
                }
                // a number or a name ends before what is none of it
                (Some(_), b'}' | b']' | b',' | b' ' | b'\t' | b'\n' | b'\r') if self.depth == 0 => return self.value(),
                (Some(_), b'}' | b']') => {
                    self.depth -= 1;
                    self.at += 1;
                    if self.depth == 0 {
                        return self.value();
                    }
                }
                (Some(_), _) => self.at += 1,
            }
        }
        let is_whole = ended && self.depth == 0 && !self.in_string && self.begun.is_some();
        if is_whole { self.value() } else { ValueStep::More }
    }

    fn value(&mut self) -> ValueStep {
        let begun = self.begun.take().unwrap_or(self.at);
        ValueStep::Value(begun..self.at)
    }

    /// The first `count` bytes are gone.
    fn shift(&mut self, count: usize) {
        self.at -= count;
        self.begun = self.begun.map(|begun| begun.saturating_sub(count));
    }
}

/// Whether a value may begin with a byte.
fn is_of_value(byte: u8) -> bool {
    matches!(byte, b'{' | b'[' | b'"' | b'-') || byte.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_by_brackets_and_strings() {
        for (text, values) in [
            ("[{\"a\":\"]}\\\"\"}, {\"b\":[1]}\n]\n", vec!["{\"a\":\"]}\\\"\"}", "{\"b\":[1]}"]),
            ("{\"a\":1}{\"b\":2}\n{}", vec!["{\"a\":1}", "{\"b\":2}", "{}"]),
            ("[1, \"x\",null,[2]]", vec!["1", "\"x\"", "null", "[2]"]),
            ("[]", vec![]),
            ("[{}] x", vec!["{}", "stray"]),
            ("[{}}", vec!["{}", "stray"]),
            ("{\"a\":", vec!["more"]),
        ] {
            let mut scan = ValueScan::default();
            let mut found = Vec::new();
            loop {
                match scan.step(text.as_bytes(), true) {
                    ValueStep::Value(value) => found.push(&text[value]),
                    ValueStep::Stray => break found.push("stray"),
                    ValueStep::More if scan.begun.is_some() => break found.push("more"),
                    ValueStep::More => break,
                }
            }
            assert_eq!(found, values, "{text}");
        }
    }
}
