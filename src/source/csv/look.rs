//! What the rows of a table look like, so that behind a broken one nothing is taken for a row that is none: the middle of a
//! text may well have as many commas as the table has columns.

use super::scan::{Scan, scan_cells};
use super::table::CsvTable;
use crate::source::names::Known;

/// Rows that are looked at to learn from.
const LEARNED: u32 = 64;
/// Rows that have to follow where none were learned from, or all of those are of no certain look.
const AHEAD: usize = 3;

/// What a cell looks like.
#[derive(Clone, Copy, Debug, Default)]
struct CellLook {
    filled: bool,
    quoted: bool,
    digit: bool,
    /// It has a digit anywhere.
    figure: bool,
    /// A quote where none should be: in a cell that does not begin with one, or behind a blank.
    stray: bool,
}

/// Of the cells of a column that have something in them: how many they were, are quoted, begin with a digit, and have one.
#[derive(Clone, Copy, Debug, Default)]
struct ColumnLook {
    filled: u32,
    quoted: u32,
    digit: u32,
    figure: u32,
}

/// What the rows of a table looked like so far.
#[derive(Debug, Default)]
pub(in crate::source) struct RowLook {
    columns: Vec<ColumnLook>,
    rows: u32,
}

/// Whether a row looks as others do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    Unlike,
    /// Nothing is against it.
    Open,
    /// A column of a certain look has that look.
    Like,
}

impl RowLook {
    /// Whether there is more to learn.
    pub fn learns(&self) -> bool {
        self.rows < LEARNED
    }

    /// Learns from the row that begins at `from`.
    pub fn learn(&mut self, bytes: &[u8], from: usize, table: &CsvTable) {
        let Some((cells, _)) = look(bytes, from, table, true).filter(|(cells, _)| cells.len() == table.columns.len())
        else {
            return;
        };
        self.rows += 1;
        self.columns.resize(cells.len(), ColumnLook::default());
        for (column, cell) in self.columns.iter_mut().zip(cells).filter(|(_, cell)| cell.filled) {
            column.filled += 1;
            column.quoted += u32::from(cell.quoted);
            column.digit += u32::from(cell.digit);
            column.figure += u32::from(cell.figure);
        }
    }

    /// Whether the row that begins at `from` is none but for its commas: where ids, dates and addresses had digits in every row so
    /// far it has words, in all of them that it fills. One cell of a single word tells only where several rows were seen.
    pub fn is_no_row(&self, bytes: &[u8], from: usize, table: &CsvTable) -> bool {
        let known = [Known::Id, Known::Date, Known::Url].map(|field| table.columns_of(field).next());
        let has_figures =
            |column: &&usize| self.columns.get(**column).is_some_and(|c| c.filled > 0 && c.figure == c.filled);
        let Some(last) = known.iter().flatten().filter(has_figures).max() else { return false };
        let (mut column, mut told, mut words, mut blank) = (0, false, 0, false);
        scan_cells(bytes, from, table.units, true, |cell, _| {
            if known.contains(&Some(column)) && has_figures(&&column) {
                let signs = || (cell.start..cell.end).step_by(table.units.width()).map(|at| table.units.at(bytes, at));
                let is_filled = signs().any(|sign| !matches!(sign, Some(b' ' | b'"' | b'\r' | b'\n')));
                let has_figure = signs().flatten().any(|sign| sign.is_ascii_digit());
                told |= has_figure;
                words += u32::from(is_filled && !has_figure);
                blank |= is_filled && signs().any(|sign| sign == Some(b' '));
            }
            column += 1;
            column <= *last
        });
        !told && words > 0 && (words > 1 || blank || self.rows > 1)
    }

    /// Whether a row of the table begins with the bytes, as far as its look and that of those behind it tell; and how many
    /// bytes were looked at. `last` where nothing follows the bytes.
    pub fn fits(&self, bytes: &[u8], table: &CsvTable, last: bool) -> (bool, usize) {
        let Some((cells, mut at)) = look(bytes, 0, table, last) else { return (false, bytes.len()) };
        match self.likeness(&cells, table) {
            Likeness::Unlike => return (false, at),
            Likeness::Like => return (true, at),
            Likeness::Open => {}
        }
        for _ in 0..AHEAD {
            if at >= bytes.len() {
                return (last, at);
            }
            let Some((cells, end)) = look(bytes, at, table, last) else { return (false, bytes.len()) };
            at = end;
            let is_blank = matches!(cells[..], [cell] if !cell.filled);
            if !is_blank && self.likeness(&cells, table) == Likeness::Unlike {
                return (false, at);
            }
        }
        (true, at)
    }

    fn likeness(&self, cells: &[CellLook], table: &CsvTable) -> Likeness {
        if cells.len() != table.columns.len() || cells.iter().any(|cell| cell.stray && !table.units.has_plain_quotes())
        {
            return Likeness::Unlike;
        }
        let mut likeness = Likeness::Open;
        for (column, cell) in self.columns.iter().zip(cells).filter(|(column, cell)| column.filled > 0 && cell.filled) {
            let traits = [(column.quoted, cell.quoted), (column.digit, cell.digit)];
            for (_, has) in traits.into_iter().filter(|(count, _)| *count == column.filled) {
                if !has {
                    return Likeness::Unlike;
                }
                likeness = Likeness::Like;
            }
        }
        likeness
    }
}

/// The cells of the row that begins at `from`, at most one more than there are columns, and where it ends.
fn look(bytes: &[u8], from: usize, table: &CsvTable, last: bool) -> Option<(Vec<CellLook>, usize)> {
    let units = table.units;
    let mut cells = Vec::with_capacity(table.columns.len());
    let scan = scan_cells(bytes, from, units, last, |cell, quoted| {
        let signs = || (cell.start..cell.end).step_by(units.width()).map(|at| units.at(bytes, at));
        let first = signs().find(|sign| !matches!(sign, Some(b' ' | b'\r' | b'\n')));
        let begun = if quoted { signs().skip_while(|sign| *sign != Some(b'"')).nth(1) } else { first };
        cells.push(CellLook {
            filled: first.is_some(),
            quoted,
            digit: begun.flatten().is_some_and(|sign| sign.is_ascii_digit()),
            figure: signs().flatten().any(|sign| sign.is_ascii_digit()),
            stray: if quoted { units.at(bytes, cell.start) == Some(b' ') } else { signs().any(|s| s == Some(b'"')) },
        });
        cells.len() <= table.columns.len()
    });
    match scan {
        Scan::Row(row) => Some((cells, row.end)),
        Scan::Open | Scan::Broken { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::lines::LineEnd;
    use crate::source::names::FieldNames;

    #[test]
    fn what_has_words_for_ids_and_dates_is_no_row() {
        let five = "id,outlet,date,headline,body\n";
        // the header, rows before, what comes, whether it is none
        for (header, before, next, is_none) in [
            (five, "1,The Post,2018-06-01,Head,Text that\n", "goes on, in a line, of, five, fields\n", true),
            (five, "1,The Post,2018-06-01,Head,Text that\n", "and, then, she, left, them\n", true),
            (five, "1,The Post,2018-06-01,Head,Text that\n", "goes on, in a line\n", true),
            (five, "1,The Post,2018-06-01,Head,Text.\n", "b,The Post,2018-06-02,Head,Text\n", false),
            (five, "1,The Post,2018-06-01,Head,Text.\n", "2,The Post,undated,Head,Text\n", false),
            (five, "1,The Post,2018-06-01,Head,Text.\n", ",The Post,,Head,Text\n", false),
            (five, "a,The Post,,Head,Text.\n", "goes on, in a line, of, five, fields\n", false),
            ("id,headline,body\n", "r1,Head,Text that\n", "goes on, as, it does\n", true),
            ("id,headline,body\n", "r1,Head,Text that\n", "so, it, does\n", false),
            ("id,headline,body\n", "r1,Head,Text\nr2,Head,Text that\n", "so, it, does\n", true),
            ("headline,body,url\n", "Head,Text,http://a.example/1\n", "Head,Text,he said\n", true),
            ("headline,body\n", "5 dead,Text\n", "Head,Text\n", false),
        ] {
            let table = CsvTable::of(header, true, &FieldNames::default(), LineEnd::Lf).expect("a table");
            let mut look = RowLook::default();
            let starts = std::iter::once(0).chain(before.match_indices('\n').map(|(at, _)| at + 1));
            starts.filter(|at| *at < before.len()).for_each(|at| look.learn(before.as_bytes(), at, &table));
            assert_eq!(look.is_no_row(next.as_bytes(), 0, &table), is_none, "{before}{next}");
        }
    }

    #[test]
    fn the_middle_of_a_text_is_no_row() {
        let table = |head: &str| CsvTable::of(head, true, &FieldNames::default(), LineEnd::Lf).expect("a table");
        let three = table("id,headline,body\n");
        // rows before; what comes; whether it is a row
        for (before, next, fits) in [
            ("r1,First,\"One, two.\"\n", "Then, he, came.\nMore\"\n", false),
            ("r1,First,\"One, two.\"\n", "r2,Then,\"he, came.\"\n", true),
            ("1,First,One\n", "Then, he, came.\n", false),
            ("1,First,One\n", "2,he,came\n", true),
            ("", "Then, he, came.\nAnd more, of it, here.\"\n", false),
            ("", "She said, \"No way\", and left\n", false),
            ("", "r2,Then,\"he, came.\"\nr3,So,\"did, I.\"\n", true),
            ("", "r2,Then,\"he, came.\"\n", true),
            ("r1,First,One\n", "r2,Then,came\n", true),
            ("r1,First,One\n", "a,b,c,d,e\n", false),
        ] {
            let mut look = RowLook::default();
            look.learn(before.as_bytes(), 0, &three);
            assert_eq!(look.fits(next.as_bytes(), &three, true).0, fits, "{before}{next}");
        }
        // alone on its line a row is known by a column of a certain look, and by nothing else
        for (before, next, fits) in
            [("r1,First,\"One, two.\"\n", "r2,Then,\"he, came.\"\n", true), ("r1,First,One\n", "r2,Then,came\n", false)]
        {
            let mut look = RowLook::default();
            look.learn(before.as_bytes(), 0, &three);
            assert_eq!(look.fits(next.as_bytes(), &three, false).0, fits, "{before}{next}");
        }
        // what is not there yet is no row
        assert!(!RowLook::default().fits(b"r2,Then,\"he", &three, false).0);
    }
}
