//! XML: feeds, NITF, NewsML-G2 and other files of articles, an element an article.

mod body;
mod element;
mod feed;
mod fields;
mod head;
mod items;
mod records;
mod survey;
mod tags;
mod text;

pub(super) use head::XmlHead;
pub(super) use items::{ItemScan, ItemStep, is_xml};
pub(super) use records::{FETCH_AGAIN, INSIDE, TOO_EARLY, of_items, records};
pub(super) use survey::XmlSurvey;
pub(super) use tags::{TagKind, TagScan};
pub(super) use text::Plain;
