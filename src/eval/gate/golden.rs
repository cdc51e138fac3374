//! Golden rankings: single answers that must keep their places.
//!
//! A table, a line an answer: query, tab, passage or article, tab, the worst rank allowed, and where the answer is known
//! to be missed a further tab and `known miss`. Lines that begin with `#` say something to people. A known miss stays in
//! the table; when it is mended, that is told, and the mark can go.

use std::path::Path;

use serde::Serialize;

use crate::durable;
use crate::error::{Error, Result};

/// The mark of a known miss.
pub const KNOWN_MISS: &str = "known miss";

/// The way out of a line that is none, and of a table without lines.
const ROW: &str = "write query, tab, passage or article, tab, rank, and \"known miss\" after another tab";

/// An answer that a query must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Golden {
    /// The query, as it is typed.
    pub query: String,
    /// The passage, or the article of which any passage will do.
    pub expected: String,
    /// The worst rank allowed, 1-based.
    pub rank: usize,
    /// Whether it is known that the answer is not there.
    pub known_miss: bool,
    /// Where it stands in its table, 1-based.
    pub line: usize,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is where it must be.
    Kept,
    /// It is not: the gate fails.
    Lost,
    /// It is not, as is known.
    KnownMiss,
    /// It is there, though it was known to be missed: the mark can go.
    Mended,
}

/// A golden ranking held to what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoldenResult {
    /// What was expected.
    #[serde(flatten)]
    pub golden: Golden,
    /// Where it was found; none where it was not.
    pub found: Option<usize>,
    /// What became of it.
    pub fate: Fate,
}

/// A hit, by its two names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldenHit {
    /// The passage.
    pub passage: String,
    /// Its article.
    pub article: String,
}

/// Reads a table from a file.
///
/// # Errors
/// Where it cannot be read; else as [`parse`].
pub fn read(path: &Path) -> Result<Vec<Golden>> {
    let text = durable::read_text(path)?;
    parse(&path.display().to_string(), &text)
}

/// Reads a table from its text; `name` stands for the file in messages.
///
/// # Errors
/// Where a line is not as it must be, and where there is none: such a table could hold nothing to its place.
pub fn parse(name: &str, text: &str) -> Result<Vec<Golden>> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let read =
        |(number, line)| row(number, line).map_err(|what| Error::input(format!("{name}: line {number}"), what, ROW));
    let table: Vec<Golden> = lines.map(read).collect::<Result<_>>()?;
    if table.is_empty() {
        return Err(Error::input(name, "no golden ranking in it", ROW));
    }
    Ok(table)
}

fn row(line: usize, text: &str) -> std::result::Result<Golden, String> {
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    let (query, expected, rank, mark) = match cells[..] {
        [query, expected, rank] => (query, expected, rank, ""),
        [query, expected, rank, mark] => (query, expected, rank, mark),
        _ => return Err(format!("{} columns where golden rankings have three or four", cells.len())),
    };
    let known_miss = match mark {
        "" => false,
        mark if mark.eq_ignore_ascii_case(KNOWN_MISS) => true,
        mark => return Err(format!("the mark \"{mark}\" is not known")),
    };
    if query.is_empty() || expected.is_empty() {
        return Err("no query, or no passage or article".to_owned());
    }
    let rank = rank.parse().ok().filter(|&rank| rank > 0).ok_or(format!("the rank \"{rank}\" is no number from 1"))?;
    Ok(Golden { query: query.into(), expected: expected.into(), rank, known_miss, line })
}

/// Holds every answer to what `search` finds for its query, best first.
///
/// # Errors
/// The first error of `search`.
pub fn check(
    table: Vec<Golden>,
    mut search: impl FnMut(&Golden) -> Result<Vec<GoldenHit>>,
) -> Result<Vec<GoldenResult>> {
    let result = |golden: Golden| {
        let hits = search(&golden)?;
        let is_it = |hit: &GoldenHit| hit.passage == golden.expected || hit.article == golden.expected;
        let found = hits.iter().position(is_it).map(|at| at + 1);
        let fate = match (found.is_some_and(|rank| rank <= golden.rank), golden.known_miss) {
            (true, false) => Fate::Kept,
            (true, true) => Fate::Mended,
            (false, true) => Fate::KnownMiss,
            (false, false) => Fate::Lost,
        };
        Ok(GoldenResult { golden, found, fate })
    };
    table.into_iter().map(result).collect()
}
