//! How the articles stand in the text of a document.

use std::ops::Range;

use crate::source::Given;
use crate::source::markup::Stretch;

/// Where articles stand in what a document unpacks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) enum OfficeLayout {
    /// The text is one article.
    Whole(Box<OfficePiece>),
    /// These stretches of the text are articles.
    Pieces(Vec<OfficePiece>),
    /// Each sheet is lines of cells, one a row, in the form of CSV.
    Sheets(Vec<Sheet>),
    /// Each chapter is a page.
    Book(Book),
    /// Printed pages, one article or several.
    Print(PrintedPages),
}

/// An article in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::source) struct OfficePiece {
    /// All of it, in bytes of the text.
    pub range: Range<usize>,
    /// Its text, in bytes of the text.
    pub text: Range<usize>,
    /// Lines of the document before it, and before its text.
    pub line: u32,
    pub text_line: u32,
    /// What the document states of it.
    pub given: Given,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) struct Sheet {
    /// Its rows from its header on, in bytes of the text.
    pub range: Range<usize>,
    /// The row of its header, 1-based.
    pub header: u32,
}

/// A book of chapters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::source) struct Book {
    /// The chapters, in bytes of the text.
    pub chapters: Vec<Range<usize>>,
    /// What it is called, where it is the issue of a paper.
    pub outlet: Option<String>,
    /// When it came out.
    pub date: Option<String>,
}

/// The pages of a PDF file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::source) struct PrintedPages {
    /// Where a page begins in the text, and its number, 1-based; ascending.
    pub starts: Vec<Stretch>,
    /// Its articles; none where the text is an export, whose own readers find them.
    pub articles: Vec<OfficePiece>,
    /// A program read them off pictures.
    pub is_scan: bool,
    /// The file is one article.
    pub is_one: bool,
    /// What stands around the text of the articles, and their headlines, in bytes of the text.
    pub beside: Vec<Range<usize>>,
    pub headings: Vec<Range<usize>>,
}

/// What stands for a line end in a cell, so that a row is a line.
pub(in crate::source) const LINE_IN_CELL: char = '\u{2028}';

/// What a document unpacks to.
#[derive(Debug)]
pub(in crate::source) struct Unpacked {
    /// Its text.
    pub text: String,
    pub layout: OfficeLayout,
}
