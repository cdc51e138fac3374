//! What is held against a run: a row's columns, and what the failures were.

/// The columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The same command again fails.
    Wedged,
    /// Articles are missing.
    Lost,
    /// Articles are there twice.
    Doubled,
    /// Other answers, a check that is not well, a wrong exit status.
    Wrong,
    /// The message does not name the cause, or calls it damage.
    Mistold,
    /// What is known not to hold, and is not counted as a failure.
    Known,
}

pub const COLUMNS: [(Column, &str); 6] = [
    (Column::Wedged, "wedged"),
    (Column::Lost, "lost"),
    (Column::Doubled, "doubled"),
    (Column::Wrong, "wrong"),
    (Column::Mistold, "mistold"),
    (Column::Known, "known"),
];

/// What is held against one case; nothing where all is well.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    pub against: Vec<(Column, String)>,
}

impl Verdict {
    /// Holds something against it.
    pub fn blame(&mut self, column: Column, why: impl Into<String>) {
        self.against.push((column, why.into()));
    }

    /// Whether that is held against it.
    pub fn has(&self, column: Column) -> bool {
        self.against.iter().any(|(of, _)| *of == column)
    }

    /// Whether it is a failure.
    pub fn fails(&self) -> bool {
        self.against.iter().any(|(column, _)| *column != Column::Known)
    }
}
