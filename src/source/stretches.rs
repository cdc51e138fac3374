//! A text made of stretches of another: what lies between them goes, but for the ends of its lines.

use std::ops::Range;

use super::map::Segment;

/// Some stretches of a text, and the way back to it.
pub(super) struct Stretches<'t> {
    whole: &'t str,
    text: String,
    segments: Vec<Segment>,
    /// Bytes of the whole that were read.
    read: usize,
    /// What is added to places in the whole.
    base: usize,
}

impl<'t> Stretches<'t> {
    /// Of `whole` from the byte `from` on; places of the way back count from `base`.
    pub(super) fn new(whole: &'t str, base: usize, from: usize) -> Self {
        Self { whole, text: String::with_capacity(whole.len() - from), segments: Vec::new(), read: from, base }
    }

    /// Takes a stretch as it stands.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        self.skip_to(range.start);
        self.push(range);
    }

    /// Takes a stretch in another spelling.
    pub(super) fn respell(&mut self, range: Range<usize>, said: &str) {
        self.skip_to(range.start);
        self.segments.push(Segment {
            at: self.text.len(),
            written: said.len(),
            start: self.base + range.start,
            length: range.len(),
            same: false,
        });
        self.text.push_str(said);
        self.read = range.end;
    }

    /// Bytes of the text so far.
    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    /// The text and its segments.
    pub(super) fn done(self) -> (String, Vec<Segment>) {
        (self.text, self.segments)
    }

    /// The same with all ends of lines that follow.
    pub(super) fn whole_lines(mut self) -> (String, Vec<Segment>) {
        self.skip_to(self.whole.len());
        self.done()
    }

    fn skip_to(&mut self, end: usize) {
        let from = self.read.min(end);
        for at in memchr::memchr_iter(b'\n', &self.whole.as_bytes()[from..end]) {
            self.push(from + at..from + at + 1);
        }
        self.read = self.read.max(end);
    }

    fn push(&mut self, range: Range<usize>) {
        let range = range.start.max(self.read.min(range.end))..range.end;
        if range.is_empty() {
            return;
        }
        let start = self.base + range.start;
        match self.segments.last_mut() {
            Some(last) if last.same && last.start + last.length == start => {
                last.written += range.len();
                last.length += range.len();
            }
            _ => self.segments.push(Segment {
                at: self.text.len(),
                written: range.len(),
                start,
                length: range.len(),
                same: true,
            }),
        }
        self.text.push_str(&self.whole[range.clone()]);
        self.read = range.end;
    }
}
