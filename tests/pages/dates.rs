//! Publication dates of pages beside those that people found.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;

use super::support::{Pace, unpacked, with_page};

#[derive(Deserialize)]
struct Gold {
    file: String,
    date: String,
}

/// How well dates are found.
pub struct Dates {
    pages: usize,
    right: usize,
    /// File, gold, what was found and by which rule.
    wrong: Vec<(String, String, String)>,
    missed: Vec<(String, String)>,
    pace: Pace,
}

/// Reads every page of `dates.json`.
pub fn measure(pages: &Path) -> Dates {
    let gold = std::fs::read(pages.join("dates.json")).expect("dates.json");
    let gold: BTreeMap<String, Gold> = serde_json::from_slice(&gold).expect("gold dates");
    let mut dates = Dates { pages: gold.len(), right: 0, wrong: Vec::new(), missed: Vec::new(), pace: Pace::default() };
    for Gold { file, date } in gold.into_values() {
        let bytes = unpacked(&pages.join("dates").join(format!("{file}.gz")));
        let see = |found: &dateline::extract::Extraction| {
            found.article.date.as_ref().map(|field| (field.value.to_string(), field.rule.to_string()))
        };
        match dates.pace.time(&bytes, || with_page(&bytes, |_, found| see(found))).flatten() {
            Some((found, _)) if found.get(..10) == Some(date.as_str()) => dates.right += 1,
            Some((found, rule)) => dates.wrong.push((file, date, format!("{found} ({rule})"))),
            None => dates.missed.push((file, date)),
        }
    }
    dates
}

impl Dates {
    /// The share of all pages whose day is right, and that of the pages with a date.
    pub fn values(&self) -> Vec<(&'static str, f64)> {
        let right = self.right as f64;
        let given = (self.right + self.wrong.len()).max(1) as f64;
        vec![("date exact", right / self.pages.max(1) as f64), ("date precision", right / given)]
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "dates of {} pages ({:.0} MB/s)", self.pages, self.pace.megabytes_a_second())?;
        for (file, gold, found) in &self.wrong {
            writeln!(f, "wrong   {gold}  {file}: {found}")?;
        }
        for (file, gold) in &self.missed {
            writeln!(f, "missed  {gold}  {file}")?;
        }
        let all: Vec<String> = self.values().iter().map(|(name, value)| format!("{name} {value:.4}")).collect();
        write!(f, "{}", all.join(", "))
    }
}
