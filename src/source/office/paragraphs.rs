//! A document as its paragraphs.

use std::ops::Range;

use crate::source::Given;

/// A paragraph of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its text; a line break in it is a line end.
    pub text: String,
    /// Its level as a heading: 0 is the title of the document.
    pub level: Option<u8>,
    /// All of it is bold.
    pub bold: bool,
}

/// A document: its paragraphs, and what its properties say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    pub paragraphs: Vec<Paragraph>,
    pub title: Option<String>,
    pub author: Option<String>,
}

/// Gathers the runs of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Gatherer {
    paragraphs: Vec<Paragraph>,
    text: String,
    level: Option<u8>,
    /// Some of the text is bold, some is not.
    bold: bool,
    plain: bool,
}

impl Gatherer {
    /// Text, which is bold or not.
    pub fn push(&mut self, text: &str, bold: bool) {
        if !text.trim().is_empty() {
            self.bold |= bold;
            self.plain |= !bold;
        }
        self.text.push_str(text);
    }

    /// The paragraph is a heading.
    pub fn set_level(&mut self, level: Option<u8>) {
        self.level = level;
    }

    /// Nothing was gathered of a paragraph.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Ends the paragraph; a blank one counts.
    pub fn end(&mut self) {
        let bold = std::mem::take(&mut self.bold) & !std::mem::take(&mut self.plain);
        let (text, level) = (std::mem::take(&mut self.text), self.level.take());
        self.paragraphs.push(Paragraph { text, level, bold });
    }

    /// The paragraphs.
    pub fn done(mut self) -> Vec<Paragraph> {
        if !self.is_empty() {
            self.end();
        }
        self.paragraphs
    }
}

/// What is known of an article, by numbers of paragraphs.
#[derive(Debug, Default)]
pub(super) struct FoundArticle {
    pub paragraphs: Range<usize>,
    pub text: Range<usize>,
    /// Paragraphs of its text that introduce it.
    pub standfirst: usize,
    /// What is read of it, but for its standfirst.
    pub given: Given,
}

/// Whether a paragraph has no text.
pub(super) fn is_blank(paragraph: &Paragraph) -> bool {
    paragraph.text.trim().is_empty()
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
