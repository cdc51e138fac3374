//! What the header says: which column holds which field, and what parts the cells.

use super::cells::cells;
use super::scan::{Scan, Units, scan};
use crate::source::lines::LineEnd;
use crate::source::names::{FieldNames, Known, SLOTS, sheet_slot};

/// What may part cells; of equal right, the first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Characters of a column's name, at most.
const LONGEST_NAME: usize = 60;

/// The columns of a file.
#[derive(Clone, Debug)]
pub(in crate::source) struct CsvTable {
    /// How rows and cells are parted.
    pub units: Units,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// Slot of a field -> its column.
    slots: [Option<usize>; SLOTS],
}

impl CsvTable {
    /// The table that a text begins with; none where it is something else. `named` where the file's name says so: then
    /// the columns may be unknown.
    pub fn of(head: &str, named: bool, names: &FieldNames, line_end: LineEnd) -> Option<Self> {
        let tables = DELIMITERS.iter().filter_map(|&delimiter| Self::parted_by(delimiter, head, names, line_end));
        let best = tables.max_by_key(|table| (table.known(), table.columns.len(), u8::MAX - table.rank()))?;
        let sure = best.known() >= 2 && (best.has(Known::Body) || best.has(Known::Headline)) && best.is_even(head);
        (named || sure).then_some(best)
    }

    fn parted_by(delimiter: u8, head: &str, names: &FieldNames, line_end: LineEnd) -> Option<Self> {
        let plain = Units { line_end: if line_end == LineEnd::Cr { line_end } else { LineEnd::Lf }, delimiter };
        let Scan::Row(first) = scan(head.as_bytes(), 0, plain, true) else { return None };
        let row = &head[..first.end];
        let columns: Vec<String> = cells(row, delimiter).iter().map(|cell| cell.text(row).trim().to_owned()).collect();
        let is_name = |name: &String| name.chars().count() <= LONGEST_NAME && !name.ends_with('.');
        if columns.len() < 2 || !columns.iter().all(is_name) {
            return None;
        }
        let mut slots = [None; SLOTS];
        for (column, name) in columns.iter().enumerate() {
            if let Some(place) = names.slot(name).and_then(|slot| slots.get_mut(slot)).filter(|place| place.is_none()) {
                *place = Some(column);
            }
        }
        Some(Self { units: Units { line_end, delimiter }, columns, slots })
    }

    /// The table of a sheet, whose columns may have names in any language; none where it has one column.
    pub fn of_sheet(text: &str, names: &FieldNames) -> Option<Self> {
        let mut table = Self::parted_by(b',', text, names, LineEnd::Lf)?;
        for (column, name) in table.columns.iter().enumerate() {
            let slot = if names.slot(name).is_none() { sheet_slot(name) } else { None };
            if let Some(place) = slot.and_then(|slot| table.slots.get_mut(slot)).filter(|place| place.is_none()) {
                *place = Some(column);
            }
        }
        Some(table)
    }

    /// Whether a column holds headlines or texts.
    pub fn has_article(&self) -> bool {
        self.has(Known::Body) || self.has(Known::Headline)
    }

    /// The columns of a field, best first.
    pub fn columns_of(&self, field: Known) -> impl Iterator<Item = usize> {
        field.slots().filter_map(|slot| self.slots[slot])
    }

    /// Whether a column holds the field.
    pub fn has(&self, field: Known) -> bool {
        self.columns_of(field).next().is_some()
    }

    fn known(&self) -> usize {
        Known::ALL.into_iter().filter(|field| self.has(*field)).count()
    }

    fn rank(&self) -> u8 {
        DELIMITERS.iter().position(|d| *d == self.units.delimiter).unwrap_or(0) as u8
    }

    /// Whether the row below the header has as many cells; so it is where there is none.
    fn is_even(&self, head: &str) -> bool {
        let plain = Units {
            line_end: if self.units.line_end == LineEnd::Cr { LineEnd::Cr } else { LineEnd::Lf },
            delimiter: self.units.delimiter,
        };
        let Scan::Row(first) = scan(head.as_bytes(), 0, plain, true) else { return false };
        match scan(head.as_bytes(), first.end, plain, false) {
            Scan::Row(row) => row.cells == self.columns.len(),
            // a long row, or a broken one: the reader tells
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(head: &str, named: bool) -> Option<(char, usize)> {
        let table = CsvTable::of(head, named, &FieldNames::default(), LineEnd::Lf)?;
        Some((char::from(table.units.delimiter), table.columns.len()))
    }

    #[test]
    fn a_table_is_told_by_its_header() {
        for (head, named, found) in [
            ("id,title,text\n1,A,B\n", false, Some((',', 3))),
            ("Title;Body\nA, b;C, d, e\n", false, Some((';', 2))),
            ("date\theadline\n2018\tA\n", false, Some(('\t', 2))),
            ("\"title\"|\"Author\"|\"text\"\n", false, Some(('|', 3))),
            ("Titel,Inhalt\nA,B\n", false, None),
            ("Titel,Inhalt\nA,B\n", true, Some((',', 2))),
            ("Title, text\n\nThis is a text of one paragraph.\n", false, None),
            ("A headline, and what the author thinks of it\n\nText.", false, None),
            ("one column\nand text\n", true, None),
        ] {
            assert_eq!(table(head, named), found, "{head}");
        }
    }
}
