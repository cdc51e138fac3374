//! Topics of a table with a header, as spreadsheets write them.

use std::io::Read;

use super::topic::{Filters, ReadTopic, Topic, Wrong, wrong};

/// What stands between the cells of a header.
pub(super) fn delimiter(header: &str) -> u8 {
    [b'\t', b',', b';'].into_iter().find(|&d| header.contains(char::from(d))).unwrap_or(b',')
}

/// Which columns hold what.
#[derive(Default)]
pub(super) struct Columns {
    id: usize,
    text: usize,
    outlet: Option<usize>,
    after: Option<usize>,
    before: Option<usize>,
    n: Option<usize>,
}

impl Columns {
    /// None where the names of an id or of a text are missing.
    pub(super) fn of<'h>(header: impl Iterator<Item = &'h str>) -> Option<Self> {
        let names: Vec<String> = header.map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
        let of = |wanted: &[&str]| wanted.iter().find_map(|name| names.iter().position(|n| n == name));
        Some(Self {
            id: of(&["id", "qid", "query_id", "topic", "_id"])?,
            text: of(&["query", "text", "title", "question"])?,
            outlet: of(&["outlet"]),
            after: of(&["after"]),
            before: of(&["before"]),
            n: of(&["n"]),
        })
    }
}

/// Topics of a table with a header.
pub(super) struct Table<R> {
    reader: csv::Reader<R>,
    columns: Option<Columns>,
    failed: bool,
}

impl<R: Read> Table<R> {
    pub(super) fn new(reader: R, delimiter: u8) -> Self {
        let reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(reader);
        Self { reader, columns: None, failed: false }
    }

    /// The next record with its line; none at the end.
    fn record(&mut self) -> Option<(usize, std::result::Result<csv::StringRecord, Wrong>)> {
        let mut record = csv::StringRecord::new();
        let before = self.reader.position().line() as usize;
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
                    Some((before, Err(Wrong::Io(error))))
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
            return Some((line, columns.topic(&record)));
        }
        self.columns = Columns::of(record.iter());
        if self.columns.is_some() {
            return self.next();
        }
        self.failed = true;
        Some((line, Err(wrong("the first line does not name the columns", "begin with a line such as id,query"))))
    }
}

impl Columns {
    fn topic(&self, record: &csv::StringRecord) -> std::result::Result<Topic, Wrong> {
        let of = |column: Option<usize>| {
            column.and_then(|at| record.get(at)).map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned)
        };
        let n = of(self.n).map(|n| n.parse().map_err(|_| wrong(format!("n is \"{n}\", no number"), "write a number")));
        Ok(Topic {
            id: of(Some(self.id)).unwrap_or_default(),
            text: of(Some(self.text)).unwrap_or_default(),
            filters: Filters { outlet: of(self.outlet), after: of(self.after), before: of(self.before) },
            n: n.transpose()?,
            ..Topic::default()
        })
    }
}
