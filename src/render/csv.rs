//! Hits as CSV, safe for spreadsheets: a cell that would be taken for a formula gets an apostrophe in front.

use std::borrow::Cow;

use super::dates::date;
use crate::hit::Hit;

/// The column names.
pub fn header() -> String {
    row(&[
        "topic", "rank", "score", "id", "article", "passage", "outlet", "date", "headline", "snippet", "path", "lines",
    ])
}

/// A topic's hit as one row.
pub fn hit(topic: &str, hit: &Hit) -> String {
    row(&[
        topic,
        &hit.rank.to_string(),
        &hit.score.to_string(),
        &hit.id,
        &hit.article.0,
        &hit.passage.to_string(),
        hit.outlet.as_ref().map_or("", |f| &f.value),
        &hit.date.as_ref().map_or(String::new(), |f| date(Some(f))),
        hit.headline.as_ref().map_or("", |h| &h.field.value),
        &hit.snippet.text,
        &hit.source.path,
        &hit.source.lines.map_or(String::new(), |lines| lines.to_string()),
    ])
}

fn row(cells: &[&str]) -> String {
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
