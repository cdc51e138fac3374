//! XML: feeds, NITF, NewsML-G2 and other files of articles, an element an article.

mod body;
mod element;
mod feed;
mod fields;
mod head;
mod items;
mod records;
mod text;

pub(super) use head::{XmlHead, cut};
pub(super) use items::FilePiece;
pub(super) use items::is_xml;
pub(super) use records::{of_items, records};
