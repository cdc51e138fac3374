//! Topics of a table with a header, as spreadsheets write them.

use std::io::{self, Read};

use super::keys::{Draft, Key, key};
use super::topic::{LONGEST, ReadTopic, Topic, Wrong, too_long, wrong};

/// What stands between the cells of a header.
pub(super) fn delimiter(header: &str) -> u8 {
    [b'\t', b',', b';'].into_iter().find(|&d| header.contains(char::from(d))).unwrap_or(b',')
}

/// What columns hold, in their order, and what they are called.
pub(super) struct Columns(Vec<(std::result::Result<Key, Wrong>, String)>);

impl Columns {
    /// None where the names of an id or of a question are missing.
    pub(super) fn of<'h>(header: impl Iterator<Item = &'h str>) -> Option<Self> {
        let column = |name: &str| {
            let name = name.trim().trim_matches('"').to_lowercase();
            (key(&name), name)
        };
        let columns: Vec<_> = header.map(column).collect();
        let has = |wanted: Key| columns.iter().any(|(key, _)| key.as_ref().is_ok_and(|key| *key == wanted));
        (has(Key::Id) && has(Key::Question)).then_some(Self(columns))
    }
}

/// Topics of a table with a header.
pub(super) struct Table<R> {
    reader: csv::Reader<Bounded<R>>,
    columns: Option<Vec<(Key, String)>>,
    description: bool,
    failed: bool,
}

/// What is read for one row, up to [`LONGEST`] bytes: a quote that is not closed would take in all that follows.
struct Bounded<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}

impl<R: Read> Table<R> {
    pub(super) fn new(reader: R, delimiter: u8, description: bool) -> Self {
        let mut options = csv::ReaderBuilder::new();
        let options = options.has_headers(false).flexible(true).delimiter(delimiter);
        let reader = options.from_reader(Bounded { reader, left: LONGEST });
        Self { reader, columns: None, description, failed: false }
    }

    /// The next record with its line; none at the end.
    fn record(&mut self) -> Option<(usize, std::result::Result<csv::StringRecord, Wrong>)> {
        let mut record = csv::StringRecord::new();
        let before = self.reader.position().line() as usize;
        self.reader.get_mut().left = LONGEST;
        match self.reader.read_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                let line = record.position().map_or(before, |p| p.line() as usize);
                // the line's end is in the cell: the quote before it has taken all that follows
                let is_open = record.iter().next_back().is_some_and(|cell| cell.ends_with('\n'));
                let open = || wrong("a quote that is not closed", "close it, and write a quote inside a cell twice");
                Some((line, if is_open { Err(open()) } else { Ok(record) }))
            }
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(error) => {
                    self.failed = true;
                    let is_long = error.kind() == io::ErrorKind::FileTooLarge;
                    Some((before, Err(if is_long { too_long() } else { Wrong::Io(error) })))
                }
                _ => Some((before, Err(wrong("not UTF-8", "save the file as UTF-8")))),
            },
        }
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = ReadTopic;

    fn next(&mut self) -> Option<ReadTopic> {
        if self.failed {
            return None;
        }
        let (line, record) = self.record()?;
        let record = match record {
            Ok(record) => record,
            Err(error) => return Some((line, Err(error))),
        };
        if let Some(columns) = &self.columns {
            return Some((line, topic(columns, &record, self.description)));
        }
        let columns = Columns::of(record.iter())
            .ok_or_else(|| wrong("the first line does not name the columns", "begin with a line such as id,query"));
        let known = |columns: Columns| columns.0.into_iter().map(|(key, name)| Ok((key?, name))).collect();
        match columns.and_then(known) {
            Ok(columns) => {
                self.columns = Some(columns);
                self.next()
            }
            Err(error) => {
                self.failed = true;
                Some((line, Err(error)))
            }
        }
    }
}

fn topic(
    columns: &[(Key, String)],
    record: &csv::StringRecord,
    description: bool,
) -> std::result::Result<Topic, Wrong> {
    let (named, cells) = (columns.len(), record.len());
    if record.iter().skip(named).any(|cell| !cell.trim().is_empty()) {
        let what = format!("{cells} cells, and the first line names {named}");
        return Err(wrong(what, "put quotes around a cell that has the sign between the cells in it"));
    }
    let mut draft = Draft::default();
    for ((key, name), cell) in columns.iter().zip(record) {
        draft.put(*key, name, cell)?;
    }
    Ok(draft.topic(description))
}
