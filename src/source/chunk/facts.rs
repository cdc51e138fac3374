//! What holds for every chunk of a file.

use std::path::{Path, PathBuf};

use crate::error::{Error, Reason};
use crate::source::charset::Charset;
use crate::source::form::Form;
use crate::source::lines::LineEnd;
use crate::source::markup::Stretch;
use crate::source::options::ReadOptions;
use crate::source::scan::ScanKind;
use crate::source::siblings::Siblings;

/// A file: how it is read, and what its first bytes tell.
#[derive(Debug)]
pub(in crate::source) struct Facts {
    pub path: PathBuf,
    pub options: ReadOptions,
    pub form: Form,
    /// Which kind of scanned print it is.
    pub scan: Option<ScanKind>,
    /// Where the pages of a PDF file begin in its text, and their numbers.
    pub pages: Vec<Stretch>,
    /// Told by a byte order mark or by NUL bytes; else each record tells its own.
    pub charset: Option<Charset>,
    pub line_end: LineEnd,
    /// What its records tell together.
    pub siblings: Siblings,
}

impl Facts {
    pub fn new(path: &Path, options: &ReadOptions) -> Self {
        let (form, charset, line_end) = (Form::Text, None, LineEnd::Lf);
        let siblings = Siblings::default();
        let (path, options) = (path.to_path_buf(), options.clone());
        Self { path, options, form, scan: None, pages: Vec::new(), charset, line_end, siblings }
    }

    /// What is wrong with the file.
    pub fn error(&self, what: impl Into<String>, way_out: impl Into<String>) -> Error {
        Error::input(self.path.display().to_string(), what, way_out)
    }

    /// Why the file holds no article, though nothing is wrong with it.
    pub fn nothing(&self, what: impl Into<String>, way_out: impl Into<String>, reason: Reason) -> Error {
        Error::nothing(self.path.display().to_string(), what, way_out, reason)
    }

    /// The file has no content.
    pub fn empty(&self) -> Error {
        self.nothing("the file is empty", "leave it out, or put an article into it", Reason::EmptyFile)
    }
}
