//! What a commit takes out of the index. tantivy keeps each removal, with two kilobytes of its own, until all segments have
//! heard of it; so what was removed between two commits is one query for many.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::{BooleanQuery, Query, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;

use super::Fields;
use crate::article::ArticleId;

/// Files or articles that one query takes out.
const AT_ONCE: usize = 1 << 16;
/// Files of which one query takes out single articles.
const FILES_AT_ONCE: usize = 256;

/// Files, and single articles of other files, that are to go.
#[derive(Debug, Default)]
pub(super) struct Removals {
    files: Vec<u64>,
    /// By the number of their file.
    articles: BTreeMap<u64, Vec<ArticleId>>,
}

impl Removals {
    /// Takes out all articles of the file with this number.
    pub fn add_file(&mut self, file: u64) {
        self.files.push(file);
    }

    /// Takes out one article of the file with this number.
    pub fn add_article(&mut self, file: u64, id: &ArticleId) {
        self.articles.entry(file).or_default().push(id.clone());
    }

    /// Queries that find what is to go, one after the other.
    pub fn queries<'a>(&'a self, fields: &'a Fields) -> impl Iterator<Item = Box<dyn Query>> + 'a {
        let number = |&file: &u64| Term::from_field_u64(fields.file, file);
        let files = self.files.chunks(AT_ONCE).map(move |files| any(files.iter().map(number)));
        let articles = self.articles.iter().flat_map(|(file, ids)| ids.chunks(AT_ONCE).map(move |ids| (file, ids)));
        let articles: Vec<_> = articles.collect();
        let of_file = move |(file, ids): &(&u64, &[ArticleId])| {
            let of_file: Box<dyn Query> = Box::new(TermQuery::new(number(file), IndexRecordOption::Basic));
            let named = any(ids.iter().map(|id| Term::from_field_text(fields.id, &id.0)));
            Box::new(BooleanQuery::intersection(vec![of_file, named])) as Box<dyn Query>
        };
        let some = articles.chunks(FILES_AT_ONCE).map(|some| some.iter().map(of_file).collect());
        let some: Vec<_> = some.map(|some| Box::new(BooleanQuery::union(some)) as Box<dyn Query>).collect();
        files.chain(some)
    }
}

/// Finds what has any of the terms.
fn any(terms: impl Iterator<Item = Term>) -> Box<dyn Query> {
    Box::new(TermSetQuery::new(terms))
}
