//! CSV and TSV: a header with the names of the columns, then an article a row.

mod cells;
mod look;
mod records;
mod scan;
mod table;

pub(super) use look::RowLook;
pub(super) use records::records;
pub(super) use scan::{Scan, scan};
pub(super) use table::CsvTable;
