//! A path -> chunks -> raw records: what stands in a file, decoded, with the way back to its bytes.

mod charset;
mod chunk;
mod chunks;
mod cost;
mod csv;
mod document;
mod export;
mod form;
mod frame;
mod html;
mod json;
mod lines;
mod literal;
mod mail;
mod map;
mod markdown;
mod markup;
mod names;
mod office;
mod options;
mod packed;
mod quotes;
mod record;
mod records;
mod reopener;
mod reread;
mod respelled;
mod salvaged;
mod scan;
mod siblings;
mod sniff;
mod standing;
mod stretches;
mod unpack;
mod walk;
mod warc;
mod window;
mod xml;

pub use crate::lexicon::DateOrder;
pub use charset::Charset;
pub use chunk::Chunk;
pub use chunks::{Chunks, open, open_each};
pub(crate) use export::{DatabaseField, is_edition, labelled_field, placed};
pub use form::Form;
pub use map::{Coded, Literal, Segment, SourceMap};
pub use markup::{Claim, ClaimKind, Element, Markup, MarkupLine, Stretch};
pub use names::{FieldName, FieldNames, Known};
pub use options::{FIELD_FLAG, Limits, MAX_RECORD_FLAG, MEMORY_FLAG, ReadOptions, SETTINGS, STDIN};
pub use packed::{Listing, PackedEntry, PackedFolder, is_packed_name, packed_above};
pub use quotes::{QuotedPassage, Quotes, requote};
pub use record::{Feed, Given, Printed, PrintedPart, PrintedUse, RawRecord, RecordPlace};
pub(crate) use reopener::{hash_of, reopener};
pub use reread::{CitedPassage, Cites, Reread, Verdict, reread};
pub use respelled::respelled;
pub use salvaged::{Salvaged, SalvagedLine, SalvagedPassage};
pub use scan::IssuePages;
pub use siblings::Siblings;
pub use standing::{Standing, standing};
pub use unpack::{Bytes, Reopen};
pub use walk::{FoundFile, FoundRole, LeavesOut, Walk, is_hidden, kind_of, walk, walk_part};

/// A text of metadata as plain text: references decoded, tags left out, whitespace collapsed.
pub fn plain(text: &str) -> String {
    html::plain(text)
}
