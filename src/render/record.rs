//! An article of the archive as a record that can be indexed again: a line of JSON.

use serde::Serialize;

use super::json;
use crate::article::{Field, NewsDate};
use crate::hit::StoredArticle;
use crate::source::Salvaged;

/// The names that a record is read by; what it is cited by goes with it, and is not read.
#[derive(Serialize)]
struct ArticleRecord<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<NewsDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    body: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost_passages: Vec<usize>,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u32>,
    hash: &'a str,
    /// By it the record is read as it stands.
    salvaged: Salvaged,
}

/// The article as one line of JSON, line end included.
pub fn line(article: &StoredArticle) -> String {
    fn value(field: &Option<Field<String>>) -> Option<&str> {
        field.as_ref().map(|field| field.value.as_str())
    }
    let passages = article.passages.iter().map(|p| (p.text.as_str(), p.continues, p.subheads.as_slice()));
    let (body, mut passages) = Salvaged::joined(passages);
    passages.iter_mut().zip(&article.passages).for_each(|(saved, passage)| saved.lost = passage.lost);
    json::line(&ArticleRecord {
        id: &article.id.0,
        headline: value(&article.headline),
        outlet: value(&article.outlet),
        date: article.date.as_ref().map(|date| date.value),
        byline: value(&article.byline),
        url: article.url.as_deref(),
        body,
        lost_passages: article.lost_passages(),
        path: &article.path,
        record: article.record.map(|record| record.number),
        hash: &article.hash,
        salvaged: Salvaged {
            headline: article.headline.clone(),
            outlet: article.outlet.clone(),
            date: article.date.clone(),
            byline: article.byline.clone(),
            place: article.dateline_place.clone(),
            section: article.section.clone(),
            page: article.page.clone(),
            credit: article.credit.clone(),
            standfirst: article
                .standfirst
                .clone()
                .filter(|_| article.passages.first().is_some_and(|first| !first.lost)),
            doubt: article.doubt,
            passages,
        },
    })
}
