//! The table, and what is told of its failures.

use super::row::Filled;
use super::verdict::COLUMNS;

/// Columns that the name of a row takes.
const NAME: usize = 31;

/// The line above the rows.
pub fn head() -> String {
    let columns: String = COLUMNS.iter().map(|(_, name)| format!(" {name:>8}")).collect();
    format!("{:<NAME$} {:>6}{columns}", "fault", "times")
}

/// A row as a line.
pub fn line(row: &Filled) -> String {
    let columns: String = row.counts.iter().map(|count| format!(" {count:>8}")).collect();
    format!("{:<NAME$} {:>6}{columns}", row.name, row.times)
}

/// What failed of a row, each with the way to repeat it; `form` is long or short.
pub fn failures(row: &Filled, form: &str) -> String {
    let mut told = String::new();
    for failure in &row.failures {
        let times = failure.times;
        told += &format!("\n{} ({}): {}, and {} like it\n", row.name, failure.command, failure.case, times - 1);
        failure.against.iter().for_each(|why| told += &format!("  {why}\n"));
        told += &format!("  what it left: {}\n", failure.left.display());
        told += &format!("  again: make faults FAULTS={form} ONLY='{}' CASE='{}'\n", row.name, failure.case);
    }
    if row.untold > 0 {
        told += &format!("\n{}: {} more of other sorts\n", row.name, row.untold);
    }
    told
}
