//! Blocks of printed lines -> the text of a record, a paragraph a line, with the way back.

use std::ops::Range;

use super::page::{BlockUse, ScanBlock, ScanLine, WordPlace, is_hyphen};
use crate::article::{BoxedWord, PageBlock, Span};
use crate::source::map::Segment;
use crate::source::markup::Stretch;
use crate::source::record::{Printed, PrintedPart, PrintedUse};

/// A text that grows by blocks.
#[derive(Debug, Default)]
pub(super) struct ScanText {
    pub text: String,
    pub segments: Vec<Segment>,
    pub printed: Printed,
    /// Another file has its words.
    pub is_elsewhere: bool,
    /// What came before ends in the middle of a word.
    is_cut: bool,
    /// The block before is the large letter of this one.
    has_initial: bool,
}

/// Where the words of a block stand in the file of the record.
pub(super) enum Stand<'f> {
    /// They stand there, on lines that are told by a byte.
    Words(&'f dyn Fn(usize) -> u32),
    /// Another file has them: here they are named, on this line.
    Named(u32),
}

impl ScanText {
    /// Adds a block as a paragraph of its own; one that the block before is cut off from, or is the large letter of, goes on in it.
    pub fn push(&mut self, block: &ScanBlock, said: PrintedUse, stand: &Stand<'_>) {
        let goes_on = self.has_initial || (self.is_cut && self.last_use() == Some(said));
        self.add(block, said, stand, goes_on);
    }

    /// Adds a block to the paragraph of the one before.
    pub fn push_on(&mut self, block: &ScanBlock, said: PrintedUse, stand: &Stand<'_>) {
        let goes_on = self.last_use() == Some(said);
        self.add(block, said, stand, goes_on);
    }

    fn last_use(&self) -> Option<PrintedUse> {
        self.printed.parts.last().map(|part| part.said)
    }

    fn add(&mut self, block: &ScanBlock, said: PrintedUse, stand: &Stand<'_>, goes_on: bool) {
        if block.is_blank() {
            return;
        }
        if !goes_on && !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.is_cut = false;
        }
        self.enter(block);
        let mut is_first = !goes_on || self.has_initial;
        for line in block.lines.iter().filter(|line| !line.text.is_empty()) {
            if !std::mem::take(&mut is_first) {
                self.join(&line.text);
            }
            self.line(line, stand);
        }
        self.has_initial = block.kind == BlockUse::Initial;
        match self.printed.parts.last_mut().filter(|_| goes_on) {
            Some(part) => part.end = self.text.len(),
            None => self.printed.parts.push(PrintedPart { end: self.text.len(), said }),
        }
    }

    /// What stands between the line before and the next: a blank, or nothing in the middle of a word. A hyphen before a small
    /// letter goes, as one does that parts a word; before a capital it is the word's own.
    fn join(&mut self, next: &str) {
        if self.is_cut {
            return;
        }
        let mut before = self.text.chars().rev();
        let hyphen = before.next().filter(|c| is_hyphen(*c));
        let in_word = hyphen.is_some() && before.next().is_some_and(char::is_alphabetic);
        match next.chars().next() {
            Some(first) if in_word && first.is_lowercase() => self.drop_last(),
            Some(first) if in_word && first.is_alphabetic() => {}
            _ => self.text.push(' '),
        }
    }

    fn drop_last(&mut self) {
        let Some(last) = self.text.pop() else { return };
        if let Some(word) = self.printed.places.words.last_mut() {
            word.text.end = word.text.end.min(self.text.len() as u64);
        }
        if let Some(segment) = self.segments.last_mut() {
            segment.written -= last.len_utf8().min(segment.written);
            if segment.same {
                segment.length = segment.written;
            }
        }
    }

    fn line(&mut self, line: &ScanLine, stand: &Stand<'_>) {
        let base = self.text.len();
        self.text.push_str(&line.text);
        self.is_cut = line.is_cut;
        match stand {
            Stand::Named(number) => {
                self.stretch(base, *number);
                self.is_elsewhere = true;
            }
            Stand::Words(line_of) => {
                let first = line.words.first().map_or(0, |word| word.range.start);
                self.stretch(base, line_of(first));
                let ends = line.words.iter().skip(1).map(|word| word.at - 1).chain([line.text.len()]);
                for (word, end) in line.words.iter().zip(ends) {
                    self.word(base + word.at, end - word.at, word.range.clone());
                }
            }
        }
        self.place(base, line);
    }

    /// Notes where the words of a line stand on the page, in the block that was added last.
    fn place(&mut self, base: usize, line: &ScanLine) {
        let places = &mut self.printed.places;
        let Some(block) = places.blocks.len().checked_sub(1) else { return };
        let ends = line.words.iter().skip(1).map(|word| word.at - 1).chain([line.text.len()]);
        for (word, end) in line.words.iter().zip(ends) {
            if let Some(WordPlace { area, confidence }) = word.place {
                let text = Span::new(base + word.at, base + end.max(word.at));
                places.words.push(BoxedWord { text, block: block as u32, area, confidence });
            }
        }
    }

    /// Notes the block that words are added from.
    fn enter(&mut self, block: &ScanBlock) {
        let places = &mut self.printed.places;
        let page = match places.pages.iter().rposition(|page| *page == block.picture) {
            Some(page) => page,
            None => {
                places.pages.push(block.picture.clone());
                places.pages.len() - 1
            }
        };
        let id = block.ids.first().cloned().unwrap_or_default();
        places.blocks.push(PageBlock { page: page as u32, id });
    }

    fn stretch(&mut self, at: usize, line: u32) {
        self.printed.stretches.push(Stretch { at, line });
    }

    /// Notes where a word stands; what stands before it as in the text is one stretch with it.
    fn word(&mut self, at: usize, written: usize, range: Range<usize>) {
        let (start, length) = (range.start, range.len());
        let same = written == length;
        match self.segments.last_mut().filter(|last| last.same && same) {
            Some(last) if last.start + last.length + 1 == start && last.at + last.written + 1 == at => {
                last.written += 1 + written;
                last.length = last.written;
            }
            _ => self.segments.push(Segment { at, written, start, length, same }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockUse, lines: &[(&str, bool)]) -> ScanBlock {
        let line = |(text, is_cut): &(&str, bool)| {
            let mut line = ScanLine::default();
            line.push(text, 0, None);
            if *is_cut {
                line.cut();
            }
            line
        };
        ScanBlock { kind, lines: lines.iter().map(line).collect(), ..ScanBlock::default() }
    }

    #[test]
    fn lines_and_cut_words_are_joined_as_the_file_says() {
        let text = BlockUse::Text;
        for (blocks, joined) in [
            (vec![block(text, &[("two", false), ("lines", false)])], "two lines"),
            (vec![block(text, &[("passen", true), ("gers aboard", false)])], "passengers aboard"),
            (vec![block(text, &[("passen-", true), ("gers", false)])], "passengers"),
            (vec![block(text, &[("rou-", false), ("tine", false)])], "routine"),
            (vec![block(text, &[("Anglo-", false), ("Saxon", false)])], "Anglo-Saxon"),
            (vec![block(text, &[("1889-", false), ("90", false)])], "1889- 90"),
            (vec![block(text, &[("a –", false), ("b", false)])], "a – b"),
            (vec![block(text, &[("one", false)]), block(text, &[("two", false)])], "one\n\ntwo"),
            (vec![block(text, &[("cut", true)]), block(text, &[("off", false)])], "cutoff"),
            (vec![block(BlockUse::Initial, &[("A", false)]), block(text, &[("bout", false)])], "About"),
            (vec![block(text, &[("", false)]), block(text, &[("&lt;b&gt; &amp; c", false)])], "<b> & c"),
        ] {
            let mut made = ScanText::default();
            blocks.iter().for_each(|block| made.push(block, PrintedUse::Text, &Stand::Words(&|_| 1)));
            assert_eq!(made.text, joined);
            assert_eq!(made.printed.parts.last().map(|part| part.end), Some(joined.len()));
        }
    }
}
