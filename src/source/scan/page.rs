//! A page as a program for reading print saw it: blocks of printed lines.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::article::PagePicture;
use crate::source::PrintedUse;
use crate::source::xml::Plain;

/// A page.
#[derive(Debug, Default)]
pub(super) struct ScanPage {
    /// Bytes of its element.
    pub span: Range<usize>,
    /// Its blocks, in the order in which they are read.
    pub blocks: Vec<ScanBlock>,
    pub picture: PagePicture,
    /// What is printed as its number.
    pub number: Option<String>,
}

/// A block of a page.
#[derive(Debug, Default)]
pub(super) struct ScanBlock {
    /// Its id, and those of what it stands in.
    pub ids: Vec<String>,
    pub kind: BlockUse,
    pub lines: Vec<ScanLine>,
    /// How its letters look, as far as that is stated: the same for two blocks that look alike.
    pub look: Option<String>,
    /// The block that goes on from it.
    pub next: Option<String>,
    /// The page that it stands on.
    pub picture: PagePicture,
}

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum BlockUse {
    #[default]
    Text,
    Heading,
    /// Around the text: a running head, the number of the page.
    Beside,
    /// The large letter that a paragraph begins with.
    Initial,
}

impl BlockUse {
    /// What that makes of its paragraph.
    pub fn printed(self) -> PrintedUse {
        match self {
            Self::Text | Self::Initial => PrintedUse::Text,
            Self::Heading => PrintedUse::Heading,
            Self::Beside => PrintedUse::Beside,
        }
    }
}

/// A printed line.
#[derive(Debug, Default)]
pub(super) struct ScanLine {
    /// Its words, a blank between two.
    pub text: String,
    pub words: Vec<ScanWord>,
    /// Its last word goes on in the next line, as the file says.
    pub is_cut: bool,
}

/// A word of a line.
#[derive(Debug)]
pub(super) struct ScanWord {
    /// Its first byte in the text of the line.
    pub at: usize,
    /// Its bytes in the file.
    pub range: Range<usize>,
    pub place: Option<WordPlace>,
}

/// Where a word stands on its page, and how sure it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordPlace {
    /// Left, top, width and height.
    pub area: [i32; 4],
    /// In hundredths.
    pub confidence: Option<u8>,
}

impl WordPlace {
    /// Of numbers as files write them, `168` and `168.5`; none where one is missing.
    pub fn of(area: [Option<String>; 4], confidence: Option<u8>) -> Option<Self> {
        let number = |text: Option<String>| text?.parse::<f64>().ok().map(|number| number.round() as i32);
        let [left, top, width, height] = area.map(number);
        Some(Self { area: [left?, top?, width?, height?], confidence })
    }

    /// Of the edges of a box.
    pub fn between([left, top, right, bottom]: [i32; 4], confidence: Option<u8>) -> Self {
        Self { area: [left, top, right.saturating_sub(left), bottom.saturating_sub(top)], confidence }
    }
}

impl ScanLine {
    /// Adds the words of a stretch of the file, which begins at byte `start`; all of them stand in that place.
    pub fn push(&mut self, raw: &str, start: usize, place: Option<WordPlace>) {
        let mut at = 0;
        for word in raw.split_whitespace() {
            let from = at + raw[at..].find(word).unwrap_or(0);
            at = from + word.len();
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.words.push(ScanWord { at: self.text.len(), range: start + from..start + at, place });
            match word.contains(['&', '<']) {
                true => self.text.push_str(&Plain::of(word, 0).text),
                false => self.text.push_str(word),
            }
        }
    }

    /// Takes a hyphen off its end.
    pub fn cut(&mut self) {
        if let Some(hyphen) = self.text.chars().next_back().filter(|c| is_hyphen(*c)) {
            self.text.truncate(self.text.len() - hyphen.len_utf8());
        }
        self.is_cut = true;
    }
}

/// Signs that stand at the end of a printed line in the middle of a word.
pub(in crate::source) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '¬' | '\u{2010}' | '\u{2e17}')
}

impl ScanBlock {
    /// Its text on one line.
    pub fn plain(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }
}

impl ScanPage {
    /// Tells each block which page it stands on, and takes a number beside the text for the page's where none is stated.
    pub fn sign(&mut self) {
        let (picture, blocks) = (&self.picture, &mut self.blocks);
        blocks.iter_mut().for_each(|block| block.picture = picture.clone());
        let is_number =
            |text: &String| (1..=LONGEST_NUMBER).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let beside = self.blocks.iter().filter(|block| block.kind == BlockUse::Beside).flat_map(|block| &block.lines);
        let number = || beside.map(|line| line.text.trim().to_owned()).find(is_number);
        self.number = self.number.take().or_else(number);
    }

    /// Brings the blocks into an order of ids; those that it does not name stay behind those that it does. A block that goes on in
    /// another has that behind it.
    pub fn order(&mut self, ids: &[String]) {
        let places: FxHashMap<&str, usize> = ids.iter().enumerate().rev().map(|(nth, id)| (id.as_str(), nth)).collect();
        let place = |block: &ScanBlock| block.ids.iter().find_map(|id| places.get(id.as_str()).copied());
        self.blocks.sort_by_key(|block| place(block).unwrap_or(usize::MAX));
        if self.blocks.iter().all(|block| block.next.is_none()) {
            return;
        }
        let own: FxHashMap<String, usize> =
            self.blocks.iter().enumerate().filter_map(|(nth, block)| Some((block.ids.first()?.clone(), nth))).collect();
        let mut waiting: Vec<Option<ScanBlock>> = std::mem::take(&mut self.blocks).into_iter().map(Some).collect();
        for nth in 0..waiting.len() {
            let mut at = Some(nth);
            while let Some(block) = at.and_then(|at| waiting[at].take()) {
                at = block.next.as_ref().and_then(|id| own.get(id).copied());
                self.blocks.push(block);
            }
        }
    }

    /// Makes its first block the heading where it looks like one and none is stated: a line of words that no sentence ends,
    /// in letters that are not those of the text below it.
    pub fn find_heading(&mut self) {
        if self.blocks.iter().any(|block| block.kind == BlockUse::Heading) {
            return;
        }
        let mut text =
            self.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockUse::Text && !block.is_blank());
        let (Some((first, head)), Some((_, below))) = (text.next(), text.next()) else { return };
        let looks_other = head.look.is_none() || head.look != below.look;
        if looks_other && below.lines.len() > 1 && is_title(head) {
            self.blocks[first].kind = BlockUse::Heading;
        }
    }
}

/// Figures of the number of a page, at most.
const LONGEST_NUMBER: usize = 4;

/// Printed lines of a title, and its words.
const TITLE: (usize, Range<usize>) = (2, 2..15);

fn is_title(block: &ScanBlock) -> bool {
    let text = block.plain();
    let first = text.chars().next().is_some_and(char::is_uppercase);
    let words = text.split_whitespace().count();
    first
        && block.lines.len() <= TITLE.0
        && TITLE.1.contains(&words)
        && text.ends_with(|c: char| c.is_alphabetic() || matches!(c, '?' | '!' | '”' | '"' | '’'))
        && text.split_whitespace().all(|word| word.contains(char::is_alphabetic))
}
