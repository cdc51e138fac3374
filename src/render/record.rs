//! An article of the archive as a record that can be indexed again: a line of JSON.

use serde::Serialize;

use super::json;
use crate::article::NewsDate;
use crate::hit::StoredArticle;

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
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u32>,
    hash: &'a str,
}

/// The article as one line of JSON, line end included.
pub fn line(article: &StoredArticle) -> String {
    fn value(field: &Option<crate::article::Field<String>>) -> Option<&str> {
        field.as_ref().map(|field| field.value.as_str())
    }
    json::line(&ArticleRecord {
        id: &article.id.0,
        headline: value(&article.headline),
        outlet: value(&article.outlet),
        date: article.date.as_ref().map(|date| date.value),
        byline: value(&article.byline),
        url: article.url.as_deref(),
        body: body(article),
        path: &article.path,
        record: article.record.map(|record| record.number),
        hash: &article.hash,
    })
}

/// The passages' paragraphs, an empty line between two.
fn body(article: &StoredArticle) -> String {
    let mut body = String::new();
    for passage in article.passages.iter().filter(|passage| !passage.text.is_empty()) {
        if !body.is_empty() {
            body.push_str(if passage.continues { " " } else { "\n\n" });
        }
        body.push_str(&passage.text.replace('\n', "\n\n"));
    }
    body
}
