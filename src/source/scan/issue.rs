//! An issue: its articles as its own file states them, their words in files beside it.

use std::ops::Range;
use std::path::PathBuf;

use crate::source::Given;
use crate::source::record::PrintedUse;

/// What a file states of an issue.
#[derive(Debug, Default)]
pub(super) struct Issue {
    /// The files with the words, as paths from its folder; what names none there is told as it is written.
    pub files: Vec<Result<PathBuf, String>>,
    pub articles: Vec<IssueArticle>,
}

/// An article of an issue.
#[derive(Debug)]
pub(super) struct IssueArticle {
    /// Bytes of the element that states it.
    pub span: Range<usize>,
    pub given: Given,
    /// Titles of which one may be a line above the headline.
    pub titles: Vec<String>,
    /// Where its words stand, in the order in which they are read.
    pub parts: Vec<IssuePart>,
}

/// Some blocks of an article.
#[derive(Debug)]
pub(super) struct IssuePart {
    /// Which of the files.
    pub file: usize,
    /// The block or the page; none for all of the file.
    pub block: Option<String>,
    pub said: PartUse,
    /// Bytes of the tag that names it.
    pub tag: Range<usize>,
    /// It goes on with the paragraph before.
    pub goes_on: bool,
}

/// What a part of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartUse {
    /// As its own file says.
    Own,
    Text,
    Heading,
    /// A line above the headline.
    Overline,
}

impl PartUse {
    pub fn printed(self) -> PrintedUse {
        match self {
            Self::Own | Self::Text => PrintedUse::Text,
            Self::Heading => PrintedUse::Heading,
            Self::Overline => PrintedUse::Beside,
        }
    }
}
