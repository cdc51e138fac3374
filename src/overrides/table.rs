//! A file of fields: which paths, and what is stated of them; as CSV or TOML.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::glob::Glob;
use crate::durable::{self, at_line, line_of, parse_toml};
use crate::error::{Error, Result};
use crate::extract::Fields;

/// The columns of a file of fields.
const COLUMNS: &[&str] = &["path", "outlet", "date", "headline", "byline", "url"];

/// A line of the file: the paths it means, and what it states of them.
#[derive(Debug)]
struct TableLine {
    number: u32,
    path: String,
    glob: Glob,
    fields: Fields,
}

/// The lines of a file of fields.
#[derive(Debug)]
pub(super) struct OverrideTable {
    file: PathBuf,
    lines: Vec<TableLine>,
    /// Lines that mean a single path, by that path.
    single: HashMap<String, Vec<usize>>,
    /// The others.
    several: Vec<usize>,
}

/// A cell of the file: its column, its text and its line.
struct Cell {
    column: &'static str,
    text: String,
    line: u32,
}

impl OverrideTable {
    /// Reads a file: TOML where its name ends so, else CSV.
    ///
    /// # Errors
    /// Where it cannot be read, with the line.
    pub(super) fn read(file: &Path) -> Result<Self> {
        let text = durable::read_text(file)?;
        let is_toml = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
        let rows = if is_toml { toml_rows(file, &text) } else { csv_rows(file, &text) }?;
        let mut table =
            Self { file: file.to_path_buf(), lines: Vec::new(), single: HashMap::new(), several: Vec::new() };
        rows.into_iter().try_for_each(|(number, cells)| table.add(number, cells))?;
        Ok(table)
    }

    fn add(&mut self, number: u32, cells: Vec<Cell>) -> Result<()> {
        let mut fields = Fields::default();
        let mut path = String::new();
        for Cell { column, text, line } in cells {
            let text = text.trim();
            match column {
                _ if text.is_empty() => {}
                "path" => path = text.strip_prefix("./").unwrap_or(text).to_owned(),
                "date" => {
                    let (what, way_out) = (format!("\"{text}\" is no date"), "write 2018, 2018-06 or 2018-06-27");
                    let date = text.parse().map_err(|_: String| Error::input(at_line(&self.file, line), what, way_out));
                    fields.date = Some(date?);
                }
                "outlet" => fields.outlet = Some(text.to_owned()),
                "headline" => fields.headline = Some(text.to_owned()),
                "byline" => fields.byline = Some(text.to_owned()),
                _ => fields.url = Some(text.to_owned()),
            }
        }
        if path.is_empty() {
            return Err(Error::input(
                at_line(&self.file, number),
                "no path",
                "say which files are meant, such as 2018/*",
            ));
        }
        let glob = Glob::new(&path);
        let nth = self.lines.len();
        match glob.single() {
            Some(path) => self.single.entry(path).or_default().push(nth),
            None => self.several.push(nth),
        }
        self.lines.push(TableLine { number, path, glob, fields });
        Ok(())
    }

    /// What the lines state of a path: of those that mean it, the last that has a field gives it. Notes which they are.
    pub(super) fn fields(&self, path: &str, met: &mut Vec<bool>) -> Fields {
        met.resize(self.lines.len(), false);
        let several = self.several.iter().filter(|nth| self.lines[**nth].glob.read(path).is_some());
        let mut all: Vec<usize> = self.single.get(path).into_iter().flatten().chain(several).copied().collect();
        all.sort_unstable();
        let mut fields = Fields::default();
        for nth in all {
            met[nth] = true;
            let line = self.lines[nth].fields.clone();
            fields = Fields {
                outlet: line.outlet.or(fields.outlet),
                date: line.date.or(fields.date),
                headline: line.headline.or(fields.headline),
                byline: line.byline.or(fields.byline),
                url: line.url.or(fields.url),
            };
        }
        fields
    }

    /// Lines that no file met: place and path.
    pub(super) fn unmet(&self, met: &[bool]) -> impl Iterator<Item = (String, &str)> {
        let unmet = self.lines.iter().enumerate().filter(|(nth, _)| !met.get(*nth).copied().unwrap_or(false));
        unmet.map(|(_, line)| (at_line(&self.file, line.number), line.path.as_str()))
    }
}

/// The rows of a CSV file, each with its line; the first names the columns.
fn csv_rows(file: &Path, text: &str) -> Result<Vec<(u32, Vec<Cell>)>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let line_at = |position: Option<&csv::Position>| position.map_or(1, |p| p.line() as u32);
    let wrong = |e: csv::Error| {
        let what = match e.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("{len} fields under {expected_len} columns")
            }
            _ => e.to_string(),
        };
        Error::input(at_line(file, line_at(e.position())), what, "put what holds a comma in quotes, or mend the line")
    };
    let header = reader.headers().map_err(wrong)?.clone();
    let columns: Vec<&'static str> = header.iter().map(|name| column(file, name)).collect::<Result<_>>()?;
    if !columns.contains(&"path") {
        let way_out = format!("begin it with a line such as {}", COLUMNS.join(","));
        return Err(Error::input(at_line(file, 1), "no column is called path", way_out));
    }
    let mut rows = Vec::new();
    for row in reader.into_records() {
        let row = row.map_err(wrong)?;
        let line = line_at(row.position());
        let cell = |(column, text): (&&'static str, &str)| Cell { column, text: text.to_owned(), line };
        rows.push((line, columns.iter().zip(row.iter()).map(cell).collect()));
    }
    Ok(rows)
}

fn column(file: &Path, name: &str) -> Result<&'static str> {
    let known = COLUMNS.iter().find(|known| known.eq_ignore_ascii_case(name.trim()));
    let unknown = || {
        let way_out = format!("the columns are {}", COLUMNS.join(", "));
        Error::input(at_line(file, 1), format!("no field is called \"{}\"", name.trim()), way_out)
    };
    known.copied().ok_or_else(unknown)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    files: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: Spanned<String>,
    outlet: Option<Spanned<String>>,
    /// In quotes, or one of TOML's own dates, or a year.
    date: Option<Spanned<toml::Value>>,
    headline: Option<Spanned<String>>,
    byline: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
}

/// The `[[files]]` of a TOML file, each with its line.
fn toml_rows(file: &Path, text: &str) -> Result<Vec<(u32, Vec<Cell>)>> {
    let way_out = format!("write [[files]] and under it {}, each as key = \"value\"", COLUMNS.join(", "));
    let document: Document = parse_toml(file, text, &way_out)?;
    let row = |entry: Spanned<Entry>| {
        let first = line_of(text, entry.span().start);
        let entry = entry.into_inner();
        let written = |value: toml::Value| match value {
            toml::Value::String(text) => text,
            toml::Value::Datetime(date) => date.to_string(),
            toml::Value::Integer(year) => year.to_string(),
            other => other.type_str().to_owned(),
        };
        let date = entry.date.map(|date| (date.span(), written(date.into_inner())));
        let texts = [
            ("path", Some(entry.path)),
            ("outlet", entry.outlet),
            ("headline", entry.headline),
            ("byline", entry.byline),
            ("url", entry.url),
        ];
        let texts = texts.into_iter().filter_map(|(column, text)| Some((column, text?)));
        let texts = texts.map(|(column, text)| (column, text.span(), text.into_inner()));
        let all = texts.chain(date.map(|(span, text)| ("date", span, text)));
        let cells =
            all.map(|(column, span, cell)| Cell { column, text: cell, line: line_of(text, span.start) }).collect();
        (first, cells)
    };
    Ok(document.files.into_iter().map(row).collect())
}
