//! What users state of their files from outside: flags, a file of fields, a pattern of paths, outlets of their own.
//!
//! A flag goes before the file of fields, that before a document's front matter, that before the pattern, and all of
//! them before what the document says of itself; what loses stays as an alternative. Paths are those below the indexed
//! folder, parted by `/`.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::article::NewsDate;
use crate::durable;
use crate::error::{Error, Result};
use crate::extract::{Fields, Origin, OutletList, Stated};
use crate::source::DateOrder;

mod choice;
mod glob;
mod table;

use glob::Glob;
use table::OverrideTable;

pub use choice::{Chooser, FileChoice};

/// Lines without files that are told one by one.
const TOLD: usize = 5;

/// The way out where a path is none.
const PATHS_COUNT: &str = "; paths count from the indexed folder, **/ is any folders";

/// Where users state something.
#[derive(Clone, Debug, Default)]
pub struct Sources<'a> {
    /// The outlet of every article.
    pub outlet: Option<&'a str>,
    /// The date of every article.
    pub date: Option<NewsDate>,
    /// A file of fields, in CSV or TOML.
    pub fields: Option<&'a Path>,
    /// A pattern of paths.
    pub pattern: Option<&'a str>,
    /// A file of outlets.
    pub outlets: Option<&'a Path>,
    /// Which way round dates stand in figures.
    pub date_order: Option<DateOrder>,
}

/// What is stated of which files.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    flags: Fields,
    table: Option<Arc<OverrideTable>>,
    /// The pattern as typed, and as read.
    pattern: Option<(String, Glob)>,
    /// The outlets, and a hash of their file.
    outlets: Option<(Arc<OutletList>, String)>,
    date_order: Option<DateOrder>,
    /// The files that state something: these are no articles.
    files: Vec<PathBuf>,
}

/// What the files of a run have met.
#[derive(Clone, Debug, Default)]
pub struct Met {
    lines: Vec<bool>,
    pattern: bool,
}

impl Met {
    /// Whether no line and no pattern was met.
    pub fn is_empty(&self) -> bool {
        !self.pattern && !self.lines.contains(&true)
    }
}

impl Overrides {
    /// Reads what is stated.
    ///
    /// # Errors
    /// Where a file or the pattern cannot be read.
    pub fn read(sources: &Sources<'_>) -> Result<Self> {
        let table = sources.fields.map(OverrideTable::read).transpose()?;
        let glob = |pattern: &str| {
            let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
            Glob::with_placeholders(pattern).map(|glob| (pattern.to_owned(), glob)).map_err(|what| {
                let way_out =
                    "write such as '{outlet}/{date}-*.txt', with {outlet}, {date}, {headline}, {byline}, * and **";
                Error::request(format!("--pattern {pattern}: {what}"), way_out)
            })
        };
        let named = [sources.fields, sources.outlets].into_iter().flatten();
        let files: Vec<Option<PathBuf>> = named.map(place_of).collect::<Result<_>>()?;
        Ok(Self {
            flags: Fields { outlet: sources.outlet.map(str::to_owned), date: sources.date, ..Fields::default() },
            table: table.map(Arc::new),
            pattern: sources.pattern.map(glob).transpose()?,
            outlets: sources.outlets.map(read_outlets).transpose()?,
            date_order: sources.date_order,
            files: files.into_iter().flatten().collect(),
        })
    }

    /// What is stated of the file with this path below the indexed folder; notes what it met.
    pub fn of(&self, below: &str, met: &mut Met) -> Stated {
        let manifest = self.table.as_ref().map(|table| table.fields(below, &mut met.lines));
        let pattern = self.pattern.as_ref().and_then(|(_, glob)| glob.read(below));
        met.pattern |= pattern.is_some();
        let all =
            [(Origin::Flag, Some(self.flags.clone())), (Origin::Manifest, manifest), (Origin::PathPattern, pattern)];
        let fields = all.into_iter().filter_map(|(origin, fields)| Some((origin, fields?)));
        let fields = fields.filter(|(_, fields)| !fields.is_empty()).collect();
        let outlets = self.outlets.as_ref().map(|(list, _)| Arc::clone(list));
        Stated { fields, outlets, date_order: self.date_order }
    }

    /// A short hash of what [`of`](Self::of) gave for a file: another hash, and the file is to be read again. Empty where
    /// nothing is stated.
    pub fn key(&self, stated: &Stated) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        for (origin, fields) in &stated.fields {
            for (name, value) in fields.named() {
                [origin.rule(), name, &value].into_iter().for_each(&mut add);
            }
        }
        self.outlets.iter().for_each(|(_, hash)| add(hash));
        stated.date_order.iter().for_each(|order| add(order.name()));
        if stated.fields.is_empty() && self.outlets.is_none() && stated.date_order.is_none() {
            return String::new();
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// Whether any file states something.
    pub fn has_sources(&self) -> bool {
        !self.files.is_empty()
    }

    /// Whether a file, by its absolute path, is one of those that state something.
    pub fn is_source(&self, path: &Path) -> bool {
        self.files.iter().any(|file| file == path)
    }

    /// What no file has met, each with its place and the way out; of many lines the first.
    pub fn unmet(&self, met: &Met) -> Vec<String> {
        let lines = self.table.iter().flat_map(|table| table.unmet(&met.lines));
        let lines = lines.map(|(place, path)| format!("{place}: no file is {path}"));
        let pattern = self.pattern.iter().filter(|_| !met.pattern);
        let pattern = pattern.map(|(text, _)| format!("--pattern {text}: no file has such a path"));
        let mut all: Vec<String> = pattern.chain(lines).collect();
        let untold = all.len().saturating_sub(TOLD);
        all.truncate(TOLD);
        all.iter_mut().for_each(|what| what.push_str(PATHS_COUNT));
        if untold > 0 {
            all.push(format!("{untold} more lines of the same file mean no file"));
        }
        all
    }
}

/// Where a file that was read stands; none where it stands nowhere, as what a shell pipes in does.
fn place_of(file: &Path) -> Result<Option<PathBuf>> {
    match file.canonicalize() {
        Ok(place) => Ok(Some(place)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::read(file, e)),
    }
}

fn read_outlets(file: &Path) -> Result<(Arc<OutletList>, String)> {
    let text = durable::read_text(file)?;
    let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
    let list = OutletList::parse(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|(line, what)| {
        let way_out = "write a host (or -), the outlet's name and other spellings, parted by tabs";
        Error::input(format!("{}: line {line}", file.display()), what, way_out)
    })?;
    Ok((Arc::new(list), hash))
}

#[cfg(test)]
mod tests;
