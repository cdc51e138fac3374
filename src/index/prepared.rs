//! An article made ready for the index, on whichever thread extracted it.

use super::known::Known;
use super::stored::{self, Provenance};
use crate::analysis::PASSAGE_BREAK;
use crate::article::{Article, Field, Span, sites};
use crate::passage;

/// An article ready for the index, but for its id.
#[derive(Debug)]
pub struct PreparedArticle {
    pub(super) text: String,
    pub(super) headline: String,
    pub(super) outlet: String,
    pub(super) credit: String,
    pub(super) byline: String,
    pub(super) section: String,
    pub(super) page: String,
    pub(super) sites: String,
    pub(super) date: Option<(i64, i64)>,
    pub(super) known: u64,
    pub(super) lengths: Vec<u64>,
    pub(super) stored: Vec<u8>,
    pub(super) passages: String,
}

impl PreparedArticle {
    /// Splits the body into passages and packs what the index stores. `to_file` turns ascending spans of the
    /// record's text into spans of the file; none where there is no way back, and then there are no pieces.
    pub fn new(article: Article, from: Provenance<'_>, to_file: impl Fn(&[Span]) -> Option<Vec<Span>>) -> Self {
        let mut passages = passage::split(&article, from.language);
        let printed = article.printed.as_ref().map(|text| passage::printed(&passages, text));
        passage::resolve(&mut passages, to_file);
        let value = |field: &Option<Field<String>>| field.as_ref().map_or("", |f| &f.value).to_owned();
        let headline = value(&article.headline);
        let outlet = value(&article.outlet);
        // no phrase reaches from one agency's name into the next
        let credit = article.credit.join(&PASSAGE_BREAK.to_string());
        let byline = value(&article.byline);
        let (section, page) = (value(&article.section), value(&article.page));
        let sites = sites(from.url.as_deref(), article.outlet.as_ref().map(|f| f.value.as_str())).join(" ");
        let date = article.date.as_ref().map(|f| f.value.bounds());
        let known = Known::bits(&article);
        let (stored, texts) = stored::encode(article, from, &passages, printed);
        Self {
            text: passage::join_for_index(&headline, passages.iter().map(|p| p.text.as_str())),
            outlet,
            credit,
            byline,
            section,
            page,
            sites,
            date,
            known,
            lengths: passages.iter().map(|p| p.positions as u64).collect(),
            stored,
            passages: texts,
            headline,
        }
    }
}
