//! Print that was scanned and read by a program.
//!
//! What a file is, its root element says: `alto`, `PcGts` (PAGE XML), a page of HTML with classes of hOCR, `text` of Delpher,
//! or the whole of an issue, `mets` and `DIDL`. A page is an article; an issue has the articles that it states, whose words
//! stand in files beside it.

mod alto;
mod articles;
mod beside;
mod didl;
mod file;
mod hocr;
mod issue;
mod kind;
mod mets;
mod neighbours;
mod page;
mod page_xml;
mod readers;
mod records;
mod text;
mod tree;

pub use beside::IssuePages;
pub(super) use kind::ScanKind;
pub(super) use page::is_hyphen;
pub(super) use readers::scan_kind;
pub(super) use records::records;
