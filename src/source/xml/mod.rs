//! XML: feeds, NITF, NewsML-G2 and other files of articles, an element an article.

mod body;
mod element;
mod feed;
mod fields;
mod items;
mod records;
mod text;

pub(super) use items::FilePiece;
pub(super) use items::is_xml;
pub(super) use records::{XmlHead, cut, of_items, records};
