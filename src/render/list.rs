//! The articles of an archive, one by one, as tables and for scripts.

use std::io::{self, Write};

use serde::Serialize;

use super::format::Format;
use super::{csv, json};
use crate::article::{ArticleId, Field, NewsDate};
use crate::hit::{Record, StoredArticle};

/// Column names, in their order.
const COLUMNS: [&str; 19] = [
    "id",
    "headline",
    "outlet",
    "date",
    "time",
    "date_precision",
    "date_confidence",
    "byline",
    "place",
    "section",
    "page",
    "credit",
    "url",
    "passages",
    "path",
    "root",
    "record",
    "first_line",
    "last_line",
];

/// What stands before the articles.
///
/// # Errors
/// Where the output cannot be written.
pub fn begin(out: &mut dyn Write, format: Format) -> io::Result<()> {
    match format {
        Format::Csv => out.write_all(csv::row(&COLUMNS).as_bytes()),
        _ => Ok(()),
    }
}

/// An article: a row of a table, safe for spreadsheets, or a line of JSON.
///
/// # Errors
/// Where the output cannot be written.
pub fn article(out: &mut dyn Write, format: Format, article: &StoredArticle) -> io::Result<()> {
    let line = if format == Format::Csv { row(article) } else { json::line(&ListedArticle::of(article)) };
    out.write_all(line.as_bytes())
}

fn row(article: &StoredArticle) -> String {
    fn value(field: &Option<Field<String>>) -> &str {
        field.as_ref().map_or("", |field| &field.value)
    }
    let [date, time, precision, confidence] = csv::dated(article.date.as_ref());
    let lines = article.passages.iter().filter_map(|passage| passage.lines).reduce(|a, b| a.join(b));
    let [first, last] = csv::lines(lines);
    csv::row(&[
        &article.id.0,
        value(&article.headline),
        value(&article.outlet),
        &date,
        &time,
        &precision,
        &confidence,
        value(&article.byline),
        value(&article.dateline_place),
        value(&article.section),
        value(&article.page),
        &article.credit.join("; "),
        article.url.as_deref().unwrap_or_default(),
        &article.passages.len().to_string(),
        &article.path,
        article.root.as_deref().unwrap_or_default(),
        &article.record.map_or(String::new(), |record| record.number.to_string()),
        &first,
        &last,
    ])
}

/// The article without its text; `tests/schemas/listed.schema.json` says what every key means.
#[derive(Serialize)]
struct ListedArticle<'a> {
    id: &'a ArticleId,
    headline: &'a Option<Field<String>>,
    outlet: &'a Option<Field<String>>,
    #[serde(serialize_with = "dated")]
    date: &'a Option<Field<NewsDate>>,
    byline: &'a Option<Field<String>>,
    dateline_place: &'a Option<Field<String>>,
    section: &'a Option<Field<String>>,
    page: &'a Option<Field<String>>,
    credit: &'a [String],
    url: Option<&'a str>,
    passages: usize,
    path: &'a str,
    root: Option<&'a str>,
    record: Option<Record>,
    hash: &'a str,
}

fn dated<S: serde::Serializer>(date: &&Option<Field<NewsDate>>, serializer: S) -> Result<S::Ok, S::Error> {
    crate::hit::with_precision(date, serializer)
}

impl<'a> ListedArticle<'a> {
    fn of(article: &'a StoredArticle) -> Self {
        Self {
            id: &article.id,
            headline: &article.headline,
            outlet: &article.outlet,
            date: &article.date,
            byline: &article.byline,
            dateline_place: &article.dateline_place,
            section: &article.section,
            page: &article.page,
            credit: &article.credit,
            url: article.url.as_deref(),
            passages: article.passages.len(),
            path: &article.path,
            root: article.root.as_deref(),
            record: article.record,
            hash: &article.hash,
        }
    }
}
