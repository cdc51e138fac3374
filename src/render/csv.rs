//! Hits as CSV, safe for spreadsheets: a cell that would be taken for a formula gets an apostrophe in front.

use std::borrow::Cow;

use crate::article::{Field, Lines, NewsDate};
use crate::hit::Hit;

/// The column names.
pub fn header() -> String {
    row(&[
        "topic",
        "rank",
        "score",
        "id",
        "article",
        "passage",
        "outlet",
        "date",
        "time",
        "date_precision",
        "date_confidence",
        "byline",
        "section",
        "page",
        "url",
        "headline",
        "snippet",
        "path",
        "root",
        "first_line",
        "last_line",
    ])
}

/// A topic's hit as one row.
pub fn hit(topic: &str, hit: &Hit) -> String {
    let [date, time, precision, confidence] = dated(hit.date.as_ref());
    let [first, last] = lines(hit.source.lines);
    row(&[
        topic,
        &hit.rank.to_string(),
        &hit.score.to_string(),
        &hit.id,
        &hit.article.0,
        &hit.passage.to_string(),
        hit.outlet.as_ref().map_or("", |f| &f.value),
        &date,
        &time,
        &precision,
        &confidence,
        hit.byline.as_ref().map_or("", |f| &f.value),
        hit.section.as_ref().map_or("", |f| &f.value),
        hit.page.as_ref().map_or("", |f| &f.value),
        hit.url.as_deref().unwrap_or_default(),
        hit.headline.as_ref().map_or("", |h| &h.field.value),
        &hit.snippet.text,
        &hit.source.path,
        hit.source.root.as_deref().unwrap_or_default(),
        &first,
        &last,
    ])
}

/// First and last line in cells of their own: `8-12` is a date to a spreadsheet.
pub(super) fn lines(lines: Option<Lines>) -> [String; 2] {
    lines.map_or_else(Default::default, |lines| [lines.first, lines.last].map(|line| line.to_string()))
}

/// A date in cells: the first day that it may mean (2018-06-01), the time with its offset, how fine it is known, and how
/// sure it is. All empty without a date.
pub(super) fn dated(field: Option<&Field<NewsDate>>) -> [String; 4] {
    let Some(field) = field else { return Default::default() };
    let written = field.value.to_string();
    let time = written.split_once('T').map_or("", |(_, time)| time);
    let (precision, confidence) = (field.value.precision().name(), field.confidence.name());
    [field.value.start().date().to_string(), time.to_owned(), precision.to_owned(), confidence.to_owned()]
}

pub(super) fn row(cells: &[&str]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let safe: Vec<Cow<'_, str>> = cells.iter().map(|cell| safe(cell)).collect();
    // a Vec takes all bytes
    let _ = writer.write_record(safe.iter().map(|cell| cell.as_bytes()));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Spreadsheets run cells that begin with one of these signs; numbers may.
fn safe(cell: &str) -> Cow<'_, str> {
    let visible: Cow<'_, str> = super::terminal::escape(cell);
    let is_formula =
        visible.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && visible.parse::<f64>().is_err();
    if is_formula { format!("'{visible}").into() } else { visible }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (cell, written) in [
            ("plain", "plain"),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1 555", "'+1 555"),
            ("-0.25", "-0.25"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", " =1"),
            ("two\nlines", "two lines"),
            ("\u{1b}[31m", "\\u{1b}[31m"),
        ] {
            assert_eq!(row(&[cell, "end"]), format!("{written},end\r\n"));
        }
    }
}
