//! Lines of an export: of a text, or of a page.

use std::ops::Range;

use crate::source::Markup;

/// A line.
#[derive(Clone, Copy, Debug)]
pub(super) struct ExportLine<'t> {
    /// Its first byte in the file's text.
    pub at: usize,
    /// Its text without the line end.
    pub text: &'t str,
    /// The line of the file, 1-based.
    pub number: u32,
    /// It stands in the middle: in a text, it is indented; in a page, only a break parts it from such a line.
    pub centred: bool,
    /// It is of a page.
    pub of_page: bool,
    /// Classes of the element that it is, and of the one that that stands in; empty in a text.
    pub classes: [&'t str; 2],
}

impl<'t> ExportLine<'t> {
    /// What is left of it from a byte on.
    pub fn from(&self, byte: usize) -> ExportLine<'t> {
        ExportLine { at: self.at + byte, text: &self.text[byte..], ..*self }
    }

    /// One past its last byte.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether a class has this word in it, whatever its case.
    pub fn is_called(&self, word: &str) -> bool {
        self.classes.iter().any(|classes| classes.to_ascii_lowercase().contains(word))
    }
}

/// Classes of lines of a text.
const NONE: [&str; 2] = ["", ""];

/// The lines of a text, of which the first is the line `first` of the file.
pub(super) fn lines(text: &str, first: u32) -> Vec<ExportLine<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    let returns = memchr::memchr(b'\n', text.as_bytes()).is_none();
    let end = if returns { '\r' } else { '\n' };
    for (whole, number) in text.split_inclusive(end).zip(first..) {
        let text = whole.trim_end_matches(['\n', '\r']);
        let centred = text.starts_with("  ") || text.starts_with('\t');
        lines.push(ExportLine { at, text, number, centred, of_page: false, classes: NONE });
        at += whole.len();
    }
    lines
}

/// The lines of a page, with a blank one wherever more than a break parts two.
pub(super) fn of_page<'t>(text: &'t str, markup: &'t Markup) -> Vec<ExportLine<'t>> {
    let mut lines: Vec<ExportLine<'t>> = Vec::with_capacity(2 * markup.lines.len());
    let mut at = 0;
    for (whole, line) in text.split_inclusive('\n').zip(&markup.lines) {
        let element = &markup.elements[line.element as usize];
        let holder = &markup.elements[element.parent as usize];
        if !line.broken {
            lines.push(ExportLine { at, text: "", number: line.number, centred: false, of_page: true, classes: NONE });
        }
        let text = whole.trim_end_matches('\n');
        let classes = [element.signs.as_str(), holder.signs.as_str()];
        lines.push(ExportLine { at, text, number: line.number, centred: false, of_page: true, classes });
        at += whole.len();
    }
    lines
}

/// The bytes from the first filled line to the last; none where all are blank.
pub(super) fn filled<'l, 't: 'l>(lines: impl IntoIterator<Item = &'l ExportLine<'t>>) -> Option<Range<usize>> {
    let mut filled = lines.into_iter().filter(|line| !line.is_blank());
    let first = filled.next()?;
    Some(first.at..filled.last().unwrap_or(first).end())
}

/// Several lines as one.
pub(super) fn joined(lines: &[ExportLine<'_>]) -> String {
    let filled = lines.iter().map(|line| line.text.trim()).filter(|line| !line.is_empty());
    filled.collect::<Vec<_>>().join(" ")
}

/// A value that says something.
pub(super) fn some(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
