//! The loader of tables: rows of cells parted by tabs, comments behind `#`.

use std::fmt;

/// ISO 639-1 codes of the languages that tables have words of; `*` is every language.
pub(super) const LANGUAGES: &[&str] = &[
    "*", "ar", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "hi", "hu", "id", "it", "ja", "ko",
    "lt", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "zh",
];

/// A table of this folder.
pub(crate) struct LexiconTable {
    name: &'static str,
    text: &'static str,
}

/// A row of a table.
pub(crate) struct Row {
    /// The line of the file, 1-based.
    pub(crate) line: usize,
    text: &'static str,
}

impl Row {
    /// The cells, in order.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &'static str> {
        self.text.split('\t')
    }

    /// The cells of a row that has so many.
    ///
    /// # Errors
    /// Where it has more or fewer.
    pub(crate) fn exactly<const N: usize>(&self) -> Result<[&'static str; N], String> {
        let cells: Vec<_> = self.cells().collect();
        let found = cells.len();
        cells.try_into().map_err(|_| format!("{found} cells in place of {N}"))
    }
}

/// The first cell and the others. Cells are short, so that a plain look at each byte is the fastest: queries wait for it.
fn first_cell(text: &'static str) -> Option<(&'static str, &'static str)> {
    let end = text.bytes().position(|byte| byte == b'\t')?;
    Some((&text[..end], &text[end + 1..]))
}

/// A row that cannot be read, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadRow {
    table: &'static str,
    line: usize,
    reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.table, self.line, self.reason)
    }
}

impl LexiconTable {
    pub(super) const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text }
    }

    /// The rows without comments and blank lines.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> {
        let rows = (1..).zip(self.text.lines()).map(|(line, text)| Row { line, text });
        rows.filter(|row| !row.text.is_empty() && !row.text.starts_with('#'))
    }

    /// What `read` makes of each row.
    ///
    /// # Errors
    /// The first row that it refuses, or that has an empty cell or blanks around one.
    pub(super) fn try_read<T>(&self, mut read: impl FnMut(&Row) -> Result<T, String>) -> Result<Vec<T>, BadRow> {
        self.rows()
            .map(|row| {
                let bad = |reason| BadRow { table: self.name, line: row.line, reason };
                if row.cells().any(|cell| cell.trim() != cell || cell.is_empty()) {
                    return Err(bad("a cell is empty or has blanks around it".to_owned()));
                }
                read(&row).map_err(bad)
            })
            .collect()
    }

    /// What `read` makes of each row.
    ///
    /// # Panics
    /// Where a row cannot be read: tables are part of the program.
    pub(crate) fn read<T>(&self, read: impl FnMut(&Row) -> Result<T, String>) -> Vec<T> {
        self.try_read(read).unwrap_or_else(|bad| panic!("{bad}"))
    }

    /// All cells of all rows, in order.
    ///
    /// # Panics
    /// Where a row cannot be read.
    pub(crate) fn all_cells(&self) -> Vec<&'static str> {
        self.read(|row| Ok(row.cells().collect::<Vec<_>>())).concat()
    }
}

/// A table of words: labels (parted by blanks), language, words.
pub(crate) struct WordTable(LexiconTable);

/// A row of a table of words.
pub(crate) struct WordRow {
    pub(crate) labels: &'static str,
    pub(crate) language: &'static str,
    pub(crate) words: Vec<&'static str>,
}

impl WordRow {
    pub(super) fn parse(row: &Row) -> Result<Self, String> {
        let mut cells = row.cells();
        let (Some(labels), Some(language)) = (cells.next(), cells.next()) else { return Err("no language".to_owned()) };
        if !LANGUAGES.contains(&language) {
            return Err(format!("no language \"{language}\""));
        }
        let words: Vec<_> = cells.collect();
        if words.is_empty() { Err("no words".to_owned()) } else { Ok(Self { labels, language, words }) }
    }

    /// Whether the words have a label.
    pub(crate) fn has(&self, label: &str) -> bool {
        self.labels.split(' ').any(|one| one == label)
    }
}

impl WordTable {
    pub(super) const fn new(name: &'static str, text: &'static str) -> Self {
        Self(LexiconTable::new(name, text))
    }

    #[cfg(test)]
    pub(super) fn table(&self) -> &LexiconTable {
        &self.0
    }

    /// Every row.
    ///
    /// # Panics
    /// Where a row cannot be read.
    pub(crate) fn rows(&self) -> Vec<WordRow> {
        self.0.read(WordRow::parse)
    }

    /// The words with a label, of every language, in the order of the table.
    ///
    /// # Panics
    /// Where a row cannot be read, or no row has the label.
    pub(crate) fn labelled<C: FromIterator<&'static str>>(&self, label: &str) -> C {
        let mut rows = self.rows();
        rows.retain(|row| row.has(label));
        assert!(!rows.is_empty(), "{}: no label {label:?}", self.0.name);
        rows.into_iter().flat_map(|row| row.words).collect()
    }

    /// The rows of a language, and of every language; those of others are not looked into. The tests have read them all.
    pub(crate) fn of_language(&self, language: &str) -> impl Iterator<Item = WordRow> {
        self.0.rows().filter_map(move |row| {
            let (labels, rest) = first_cell(row.text)?;
            let (code, words) = first_cell(rest)?;
            let is_wanted = code == language || code == "*";
            is_wanted.then(|| WordRow { labels, language: code, words: words.split('\t').collect() })
        })
    }
}
