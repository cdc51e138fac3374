//! Body -> passages: where they start and end, and how they are joined for the analyzer.
//!
//! A passage is a stretch of the body of about [`MIN_WORDS`] to [`MAX_WORDS`] words: whole paragraphs where it can be,
//! else whole sentences; an overlong sentence is cut at a word. It never takes more than [`MAX_POSITIONS`] positions of
//! the index, so that each fits between two multiples of [`PASSAGE_POSITIONS`](crate::analysis::PASSAGE_POSITIONS).

mod cut;
mod sentence;

use crate::analysis::{Language, PASSAGE_BREAK, count_positions_at_most};
use crate::article::{Article, Block, BlockKind, BoxedWord, Lines, PrintedArticle, PrintedPassage, PrintedText, Span};
use cut::WordCutter;

pub use cut::MAX_WORDS;
pub use sentence::sentences;

/// A passage closes at the first paragraph end past this many words.
pub const MIN_WORDS: usize = 80;
const _: () = assert!(crate::article::STANDFIRST_WORDS < MIN_WORDS);
/// No passage takes more positions than this.
pub const MAX_POSITIONS: usize = 200;
/// A last passage shorter than this joins the one before it where both fit.
const SHORT_TAIL: usize = 40;

/// A citable stretch of an article's body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The text: one line a paragraph or subhead, parted by `\n`.
    pub text: String,
    /// Whether the passage begins in the middle of a paragraph.
    pub continues: bool,
    /// Which lines of `text` are subheads, 0-based.
    pub subheads: Vec<u32>,
    /// Unbroken stretches of the record's decoded text that make up `text`, in order: bytes, half-open, 0-based.
    pub pieces: Vec<Span>,
    /// Lines of the file; none for an article without a body.
    pub lines: Option<Lines>,
    /// Upper bound of the positions taken.
    pub positions: usize,
}

/// Splits the text of an article into passages, where sentences end as in `language`; one without text gives one empty
/// passage. A text that is cut already stays so, as long as its passages have room in the index.
pub fn split(article: &Article, language: Language) -> Vec<Passage> {
    if let Some(passages) = as_cut(article) {
        return passages;
    }
    let mut splitter = Splitter { language, ..Splitter::default() };
    for block in article.blocks() {
        splitter.push_block(block);
    }
    splitter.finish()
}

/// The passages of a text that is cut already.
fn as_cut(article: &Article) -> Option<Vec<Passage>> {
    article.blocks().next()?.opens?;
    let mut cutter = Splitter::default();
    for block in article.blocks() {
        if block.opens.is_some() {
            cutter.close();
        }
        cutter.append(block, 0..block.text.len(), count_positions_at_most(&block.text));
        cutter.open.continues = block.opens.unwrap_or(cutter.open.continues);
    }
    cutter.close();
    cutter.done.iter().all(|passage| passage.positions <= MAX_POSITIONS).then_some(cutter.done)
}

/// Turns the pieces of passages into spans of the file, by what turns ascending spans of the record's text into such;
/// where there is no way back (none), there are no pieces.
pub(crate) fn resolve(passages: &mut [Passage], to_file: impl Fn(&[Span]) -> Option<Vec<Span>>) {
    let spans: Vec<Span> = passages.iter().flat_map(|p| &p.pieces).copied().collect();
    let Some(found) = to_file(&spans) else {
        passages.iter_mut().for_each(|passage| passage.pieces.clear());
        return;
    };
    let pieces = passages.iter_mut().flat_map(|p| &mut p.pieces);
    pieces.zip(found).for_each(|(piece, span)| *piece = span);
}

/// Where the words of passages stand on their pages, by where those of the record's text do; to be asked before the pieces are
/// resolved.
pub(crate) fn printed(passages: &[Passage], text: &PrintedText) -> PrintedArticle {
    let passages = passages.iter().map(|passage| PrintedPassage::of(printed_words(passage, &text.words))).collect();
    PrintedArticle { pages: text.pages.clone(), blocks: text.blocks.clone(), passages }
}

/// The words of a passage, by its own bytes; none where its pieces do not add up to it. What the record's text has between two
/// pieces is one sign here, or nothing, as inside of a word that was cut at a line's end.
fn printed_words(passage: &Passage, words: &[BoxedWord]) -> Vec<BoxedWord> {
    let (mut at, mut found, mut before) = (0, Vec::new(), None);
    for piece in &passage.pieces {
        at += before.map_or(0, |end: u64| piece.start.saturating_sub(end).min(1));
        before = Some(piece.end);
        let from = words.partition_point(|word| word.text.end <= piece.start);
        for word in words[from..].iter().take_while(|word| word.text.start < piece.end) {
            let (start, end) = (word.text.start.max(piece.start), word.text.end.min(piece.end));
            let text = Span { start: at + start - piece.start, end: at + end - piece.start };
            found.push(BoxedWord { text, ..*word });
        }
        at += piece.len() as u64;
    }
    if at == passage.text.len() as u64 { found } else { Vec::new() }
}

/// What the index is given: headline, then each passage behind a [`PASSAGE_BREAK`].
pub fn join_for_index<'a>(headline: &str, passages: impl Iterator<Item = &'a str>) -> String {
    let mut text = without_breaks(headline).into_owned();
    for passage in passages {
        text.push(PASSAGE_BREAK);
        text.push_str(&without_breaks(passage));
    }
    text
}

fn without_breaks(text: &str) -> std::borrow::Cow<'_, str> {
    match memchr::memchr(PASSAGE_BREAK as u8, text.as_bytes()) {
        Some(_) => text.replace(PASSAGE_BREAK, " ").into(),
        None => text.into(),
    }
}

#[derive(Default)]
struct Splitter {
    language: Language,
    done: Vec<Passage>,
    open: Passage,
}

impl Splitter {
    fn push_block(&mut self, block: &Block) {
        let words = count_positions_at_most(&block.text);
        if block.kind == BlockKind::Subhead && self.open.positions >= MIN_WORDS / 2 {
            self.close();
        }
        if self.open.positions + words <= MAX_WORDS {
            self.append(block, 0..block.text.len(), words);
        } else if self.open.positions >= MIN_WORDS && words <= MAX_WORDS {
            self.close();
            self.append(block, 0..block.text.len(), words);
        } else {
            self.push_sentences(block);
        }
        if self.open.positions >= MIN_WORDS && block.kind == BlockKind::Paragraph {
            self.close();
        }
    }

    fn push_sentences(&mut self, block: &Block) {
        for sentence in sentences(&block.text, self.language) {
            let words = count_positions_at_most(&block.text[sentence.clone()]);
            if words > MAX_WORDS {
                self.push_words(block, sentence);
                continue;
            }
            let fits = self.open.positions + words <= MAX_WORDS
                || (self.open.positions < MIN_WORDS && self.open.positions + words <= MAX_POSITIONS);
            if !fits {
                self.close();
            }
            self.append(block, sentence, words);
        }
    }

    /// An overlong sentence: cut where the words reach [`MAX_WORDS`].
    fn push_words(&mut self, block: &Block, sentence: std::ops::Range<usize>) {
        let mut words = WordCutter::new(&block.text[..sentence.end], sentence.start);
        let mut start = sentence.start;
        while start < sentence.end {
            let cut = words.cut_after(MAX_WORDS.saturating_sub(self.open.positions));
            if cut == start {
                self.close();
                continue;
            }
            let words = count_positions_at_most(&block.text[start..cut]);
            self.append(block, start..cut, words);
            start = cut;
        }
    }

    fn append(&mut self, block: &Block, range: std::ops::Range<usize>, words: usize) {
        let range = trimmed(&block.text, range);
        if range.is_empty() {
            return;
        }
        let open = &mut self.open;
        if open.text.is_empty() {
            open.continues = range.start > 0;
        } else {
            open.text.push(if range.start > 0 { ' ' } else { '\n' });
        }
        if block.kind == BlockKind::Subhead {
            open.subheads.push(memchr::memchr_iter(b'\n', open.text.as_bytes()).count() as u32);
        }
        open.text.push_str(&block.text[range.clone()]);
        open.positions += words;
        add_pieces(open, block, range);
    }

    fn close(&mut self) {
        if !self.open.text.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    fn finish(mut self) -> Vec<Passage> {
        let tail = std::mem::take(&mut self.open);
        match self.done.last_mut() {
            Some(last) if tail.positions < SHORT_TAIL && last.positions + tail.positions <= MAX_POSITIONS => {
                join(last, tail);
            }
            None => self.done.push(tail),
            Some(_) if tail.text.is_empty() => {}
            Some(_) => self.done.push(tail),
        }
        self.done
    }
}

/// Adds the parts of `range` (bytes of the block's text) to the passage's pieces; stretches that touch become one.
fn add_pieces(passage: &mut Passage, block: &Block, range: std::ops::Range<usize>) {
    let from = block.fragments.partition_point(|f| f.at + f.span.len() <= range.start);
    for fragment in &block.fragments[from..] {
        if fragment.at >= range.end {
            break;
        }
        let start = range.start.max(fragment.at) - fragment.at;
        let end = (range.end - fragment.at).min(fragment.span.len());
        let piece = Span { start: fragment.span.start + start as u64, end: fragment.span.start + end as u64 };
        match passage.pieces.last_mut() {
            Some(last) if fragment.at < range.start && joins(last, piece) => last.end = piece.end,
            _ => passage.pieces.push(piece),
        }
        let lines = Lines::one(fragment.line);
        passage.lines = Some(passage.lines.map_or(lines, |l| l.join(lines)));
    }
}

/// Two sentences of one line with a single blank between them are one unbroken stretch.
fn joins(last: &Span, next: Span) -> bool {
    next.start == last.end + 1
}

fn join(last: &mut Passage, tail: Passage) {
    if tail.text.is_empty() {
        return;
    }
    let lines_before = memchr::memchr_iter(b'\n', last.text.as_bytes()).count() as u32 + u32::from(!tail.continues);
    last.text.push(if tail.continues { ' ' } else { '\n' });
    last.text.push_str(&tail.text);
    last.subheads.extend(tail.subheads.iter().map(|line| line + lines_before));
    last.positions += tail.positions;
    last.lines = match (last.lines, tail.lines) {
        (Some(a), Some(b)) => Some(a.join(b)),
        (a, b) => a.or(b),
    };
    let mut pieces = tail.pieces.into_iter();
    if let (true, Some(end), Some(first)) = (tail.continues, last.pieces.last_mut(), pieces.as_slice().first().copied())
        && joins(end, first)
    {
        end.end = first.end;
        pieces.next();
    }
    last.pieces.extend(pieces);
}

/// A byte range without the blanks at its ends.
pub(crate) fn trimmed(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

#[cfg(test)]
mod tests;
