//! Why nothing can be read of a document.

use std::fmt;
use std::io;

use crate::source::{MAX_RECORD_FLAG, MEMORY_FLAG};

/// What is wrong with a document, and the way out.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) struct Unreadable {
    pub what: String,
    pub way_out: String,
}

impl Unreadable {
    /// A document that is cut off, or is not what it says that it is.
    pub fn damaged(what: &str, how: &str) -> Self {
        Self {
            what: format!("{what} is damaged: {how}"),
            way_out: "fetch the file again, or open it and save it anew".to_owned(),
        }
    }

    /// A document that opens with a password alone.
    pub fn locked() -> Self {
        Self { what: "the document opens with a password alone".to_owned(), way_out: "save it without one".to_owned() }
    }

    /// A document whose pages are pictures.
    pub fn without_text(pages: usize) -> Self {
        let pages =
            if pages == 1 { "its page is a picture".to_owned() } else { format!("its {pages} pages are pictures") };
        Self {
            what: format!("no text layer: {pages}"),
            way_out: "have a program read the print first, for example `ocrmypdf`".to_owned(),
        }
    }

    /// A document whose fonts do not say which letters they draw.
    pub fn without_letters() -> Self {
        Self {
            what: "its fonts do not say which letters they draw".to_owned(),
            way_out: "have a program read its pages as pictures, for example `ocrmypdf --force-ocr`".to_owned(),
        }
    }

    /// A document of more than so many pages.
    pub fn too_many_pages(most: usize) -> Self {
        Self { what: format!("the document has more than {most} pages"), way_out: "split it".to_owned() }
    }

    /// A document of which more would be unpacked than so many bytes.
    pub fn too_large(most: u64) -> Self {
        Self {
            what: format!("the document unpacks to more than {} MiB", (most >> 20).max(1)),
            way_out: format!("split it, or raise the limit with {MAX_RECORD_FLAG} (and {MEMORY_FLAG})"),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.way_out)
    }
}

impl std::error::Error for Unreadable {}

impl From<Unreadable> for io::Error {
    fn from(unreadable: Unreadable) -> Self {
        Self::new(io::ErrorKind::InvalidData, unreadable)
    }
}
