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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost_passages: Vec<usize>,
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
        lost_passages: lost(article),
        path: &article.path,
        record: article.record.map(|record| record.number),
        hash: &article.hash,
    })
}

/// Numbers of the passages (1-based) that are known and have no text: they were damaged.
pub fn lost(article: &StoredArticle) -> Vec<usize> {
    let passages = (1..).zip(&article.passages);
    passages.filter(|(_, passage)| passage.text.is_empty() && passage.lines.is_some()).map(|(n, _)| n).collect()
}

/// The passages' paragraphs, an empty line between two. What stands on both sides of one that is lost is no sentence.
fn body(article: &StoredArticle) -> String {
    let (mut body, mut follows) = (String::new(), false);
    for passage in &article.passages {
        if !body.is_empty() && !passage.text.is_empty() {
            body.push_str(if passage.continues && follows { " " } else { "\n\n" });
        }
        body.push_str(&passage.text.replace('\n', "\n\n"));
        follows = !passage.text.is_empty();
    }
    body
}
