//! Exports of news databases, as text or as a page: many articles in a file, each under a head of fields.
//!
//! What a file is, its content says: articles that are numbered (`1 of 10 DOCUMENTS`), rules of underscores with
//! `Document 1 of 2` under them, fields by Factiva's codes, or its `Document …` under each article. An article's fields are
//! stated; its text is what stands between its head and its tail. What stands before the first article and behind the last
//! (covers, queries, summaries) is none.

mod clippings;
mod database;
mod europresse;
mod exported;
mod factiva;
mod labels;
mod line;
mod nexis;
mod nexis_uni;
mod numbered;
mod page;
mod placing;
mod proquest;
#[cfg(test)]
mod tests;
mod text;

pub(super) use database::{Database, database, is_head_field};
pub(crate) use labels::{DatabaseField, is_edition, named as labelled_field};
pub(super) use labels::{has_year, heads_contents, labelled_page, section};
pub(super) use page::records as of_page;
pub(crate) use placing::placed;
pub(super) use text::records;
