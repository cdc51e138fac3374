//! Names and figures as every form of a comparison writes them.

use crate::eval::comparison::Moved;

/// The names of the two runs, as they were given.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The first.
    pub before: &'a str,
    /// The second.
    pub after: &'a str,
}

/// `14 → 3`; `–` where a run does not have it.
pub(super) fn ranks(moved: &Moved) -> String {
    format!("{} → {}", rank(moved.before), rank(moved.after))
}

pub(super) fn rank(rank: Option<usize>) -> String {
    rank.map_or("–".to_owned(), |rank| rank.to_string())
}

pub(super) fn grade(moved: &Moved) -> String {
    moved.grade.map_or("unjudged".to_owned(), |grade| format!("grade {grade}"))
}

/// A probability with three digits, as papers write it.
pub(super) fn probability(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

/// `-0.0123 … +0.0456`.
pub(super) fn interval((low, high): (f64, f64)) -> String {
    format!("{} … {}", signed(low, 4).trim(), signed(high, 4).trim())
}

/// A number with its sign; no sign where nothing is left of it.
pub(super) fn signed(value: f64, digits: usize) -> String {
    let text = format!("{value:+.digits$}");
    if text[1..].chars().all(|c| matches!(c, '0' | '.')) { format!(" {}", &text[1..]) } else { text }
}
