//! XLSX: the rows of each sheet as lines of CSV.

use jiff::ToSpan;
use jiff::civil::DateTime;
use rustc_hash::FxHashMap;

use super::layout::{LINE_IN_CELL, OfficeLayout, Sheet, Unpacked};
use super::package::Package;
use super::parts::{XmlPiece, attribute, local, walk};
use super::unreadable::Unreadable;

/// Rows and columns of a sheet, at most: those of the program itself.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: usize = 1 << 14;

/// The workbook of a package, whose list of sheets stands in `part`; at most so many bytes of text.
pub(super) fn read(package: &mut Package<'_>, part: &str, most: u64) -> Result<Unpacked, Unreadable> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let within = |target: &str| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let list = package.needed(part)?;
    let relations = package.part(&within(&format!("_rels/{file}.rels")))?.unwrap_or_default();
    let targets = targets(&relations)?;
    let named = |kind: &str| targets.values().find(|(known, _)| known == kind).map(|(_, target)| within(target));
    let strings = match named("sharedStrings") {
        Some(part) => package.part(&part)?.map_or_else(|| Ok(Vec::new()), |xml| shared(&xml))?,
        None => Vec::new(),
    };
    let dates = match named("styles") {
        Some(part) => package.part(&part)?.map_or_else(|| Ok(Vec::new()), |xml| date_styles(&xml))?,
        None => Vec::new(),
    };
    let (ids, from_1904) = shown_sheets(part, &list)?;
    let mut book = Workbook { strings, dates, from_1904, most, text: String::new() };
    let mut sheets = Vec::new();
    for id in ids {
        let Some((_, target)) = targets.get(&id) else { continue };
        if let Some(xml) = package.part(&within(target))? {
            sheets.extend(book.sheet(target, &xml)?);
        }
    }
    Ok(Unpacked { text: book.text, layout: OfficeLayout::Sheets(sheets) })
}

/// Id -> kind and target of each part that belongs to the workbook.
fn targets(xml: &str) -> Result<FxHashMap<String, (String, String)>, Unreadable> {
    let mut found = FxHashMap::default();
    walk("the list of sheets", xml, |piece| {
        if let XmlPiece::Open(_, tag) = piece
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.insert(id, (kind, target));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Ids of the sheets that are shown, in order; and whether days are counted from 1904 on.
fn shown_sheets(part: &str, xml: &str) -> Result<(Vec<String>, bool), Unreadable> {
    let (mut ids, mut from_1904) = (Vec::new(), false);
    walk(part, xml, |piece| {
        let XmlPiece::Open(name, tag) = piece else { return Ok(()) };
        match local(name) {
            "sheet" if attribute(tag, "state").is_none_or(|state| state == "visible") => {
                ids.extend(attribute(tag, "id"));
            }
            "workbookPr" => {
                from_1904 = attribute(tag, "date1904").is_some_and(|value| matches!(value.as_str(), "1" | "true"));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((ids, from_1904))
}

/// Texts that cells share.
fn shared(xml: &str) -> Result<Vec<String>, Unreadable> {
    let mut strings: Vec<String> = Vec::new();
    let (mut in_text, mut aside) = (false, false);
    walk("xl/sharedStrings.xml", xml, |piece| {
        match piece {
            XmlPiece::Open(name, _) => match local(name) {
                "si" => strings.push(String::new()),
                // how a text is pronounced
                "rPh" => aside = true,
                "t" => in_text = !aside,
                _ => {}
            },
            XmlPiece::Close(name) => match local(name) {
                "t" => in_text = false,
                "rPh" => aside = false,
                _ => {}
            },
            XmlPiece::Text(text) if in_text => strings.last_mut().into_iter().for_each(|last| last.push_str(&text)),
            XmlPiece::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

/// Whether cells of each style are dates.
fn date_styles(xml: &str) -> Result<Vec<bool>, Unreadable> {
    let mut own: FxHashMap<u32, bool> = FxHashMap::default();
    let mut styles = Vec::new();
    let mut in_cells = false;
    walk("xl/styles.xml", xml, |piece| {
        match piece {
            XmlPiece::Open(name, tag) => {
                let number = || attribute(tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                match local(name) {
                    "numFmt" => {
                        let code = attribute(tag, "formatCode").unwrap_or_default();
                        own.extend(number().map(|id| (id, is_date_format(&code))));
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = number().unwrap_or(0);
                        let built_in = matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                        styles.push(own.get(&id).copied().unwrap_or(built_in));
                    }
                    _ => {}
                }
            }
            XmlPiece::Close(name) if local(name) == "cellXfs" => in_cells = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// Whether a format of numbers shows days: what stands in quotes and brackets aside.
fn is_date_format(code: &str) -> bool {
    let mut closing = None;
    let mut letters = code.chars().filter(|c| match (closing, *c) {
        (Some(end), c) => {
            if c == end {
                closing = None;
            }
            false
        }
        (None, '"') => {
            closing = Some('"');
            false
        }
        (None, '[') => {
            closing = Some(']');
            false
        }
        (None, _) => true,
    });
    letters.any(|c| matches!(c, 'y' | 'Y' | 'd' | 'D' | 'h' | 'H'))
}

struct Workbook {
    strings: Vec<String>,
    dates: Vec<bool>,
    from_1904: bool,
    most: u64,
    text: String,
}

/// A cell that is being read.
#[derive(Default)]
struct OpenCell {
    kind: String,
    is_date: bool,
    value: String,
}

impl Workbook {
    /// Adds the rows of a sheet to the text; none where it has no two columns.
    fn sheet(&mut self, part: &str, xml: &str) -> Result<Option<Sheet>, Unreadable> {
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        let mut cell = OpenCell::default();
        let (mut column, mut in_value, mut held) = (0, false, 0_u64);
        walk(part, xml, |piece| {
            match piece {
                XmlPiece::Open(name, tag) => match local(name) {
                    "row" => {
                        let next = rows.last().map_or(1, |(number, _)| number + 1);
                        let told = attribute(tag, "r").and_then(|number| number.parse().ok());
                        rows.push((told.filter(|n| (next..=MOST_ROWS).contains(n)).unwrap_or(next), Vec::new()));
                        column = 0;
                    }
                    "c" => {
                        column = attribute(tag, "r").and_then(|place| column_of(&place)).unwrap_or(column);
                        let style = attribute(tag, "s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
                        let is_date = self.dates.get(style).copied().unwrap_or(false);
                        cell =
                            OpenCell { kind: attribute(tag, "t").unwrap_or_default(), is_date, ..OpenCell::default() };
                    }
                    "v" | "t" => in_value = true,
                    _ => {}
                },
                XmlPiece::Close(name) => match local(name) {
                    "v" | "t" => in_value = false,
                    "c" => {
                        let value = self.value(&std::mem::take(&mut cell));
                        held += value.len() as u64 + 1;
                        if let Some((_, cells)) = rows.last_mut().filter(|_| !value.is_empty() && column < MOST_COLUMNS)
                        {
                            held += (column.saturating_sub(cells.len()) * size_of::<String>()) as u64;
                            cells.resize(cells.len().max(column + 1), String::new());
                            cells[column] = value;
                        }
                        column += 1;
                        if held > self.most {
                            return Err(Unreadable::too_large(self.most));
                        }
                    }
                    _ => {}
                },
                XmlPiece::Text(text) if in_value => cell.value.push_str(&text),
                XmlPiece::Text(_) => {}
            }
            Ok(())
        })?;
        self.add(&rows)
    }

    fn value(&self, cell: &OpenCell) -> String {
        let value = cell.value.trim();
        match cell.kind.as_str() {
            "s" => value.parse().ok().and_then(|at: usize| self.strings.get(at)).cloned().unwrap_or_default(),
            // an error, such as #N/A
            "e" => String::new(),
            "b" | "str" | "inlineStr" | "d" => cell.value.clone(),
            _ if cell.is_date => value.parse().ok().and_then(|days| self.date(days)).unwrap_or_default(),
            _ => value.to_owned(),
        }
    }

    /// A number of days as a date, with the time of day where it has one; a time of day alone is none.
    fn date(&self, days: f64) -> Option<String> {
        let begins = if self.from_1904 {
            DateTime::constant(1904, 1, 1, 0, 0, 0, 0)
        } else {
            DateTime::constant(1899, 12, 30, 0, 0, 0, 0)
        };
        let seconds = (days * 86_400.0).round();
        if !(86_400.0..=3.0e11).contains(&seconds) {
            return None;
        }
        let at = begins.checked_add((seconds as i64).seconds()).ok()?;
        let is_day = at.hour() == 0 && at.minute() == 0 && at.second() == 0;
        Some(if is_day { at.date().to_string() } else { at.strftime("%Y-%m-%d %H:%M:%S").to_string() })
    }

    /// Adds rows from the header on: the first with two cells.
    fn add(&mut self, rows: &[(u32, Vec<String>)]) -> Result<Option<Sheet>, Unreadable> {
        let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let Some(first) = rows.iter().position(|(_, cells)| filled(cells) > 1) else { return Ok(None) };
        let (header, start) = (rows[first].0, self.text.len());
        let width = rows[first..].iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let mut line = header;
        for (number, cells) in &rows[first..] {
            let blank = number.saturating_sub(line) as usize;
            self.text.extend(std::iter::repeat_n('\n', blank));
            line = number.saturating_add(1);
            if filled(cells) > 0 {
                for column in 0..width {
                    let end = if column + 1 < width { ',' } else { '\n' };
                    self.cell(cells.get(column).map_or("", String::as_str), end);
                }
            } else {
                self.text.push('\n');
            }
            if self.text.len() as u64 > self.most {
                return Err(Unreadable::too_large(self.most));
            }
        }
        Ok(Some(Sheet { range: start..self.text.len(), header }))
    }

    fn cell(&mut self, value: &str, end: char) {
        if !value.is_empty() {
            self.text.push('"');
            for c in value.chars().filter(|c| *c != '\r') {
                match c {
                    '"' => self.text.push_str("\"\""),
                    '\n' => self.text.push(LINE_IN_CELL),
                    c => self.text.push(c),
                }
            }
            self.text.push('"');
        }
        self.text.push(end);
    }
}

/// The column of a place such as `AB12`, 0-based.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}
