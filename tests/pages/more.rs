//! Further pages with gold, by set and by part: a table with a row a measure, and room for a column a tool.

pub mod confidence;
pub mod gold;
pub mod judge;
pub mod tally;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::support::{unpacked, with_page};
use confidence::ByConfidence;
use gold::{Gold, Part};
use tally::Tally;

/// What one tool makes of one part of the pages.
struct Column {
    title: String,
    sets: BTreeMap<String, Tally>,
    confidence: ByConfidence,
}

/// How the articles of further pages come out.
pub struct MorePages {
    columns: Vec<Column>,
}

/// Reads the pages of `more.json` that rules may be made with, and those held back where `HELD=1` asks for them; none where
/// the folder has no such file.
pub fn measure(pages: &Path) -> Option<MorePages> {
    let gold = Gold::read(pages)?;
    let held = std::env::var_os("HELD").is_some_and(|held| held == "1");
    let parts = [Part::Tune, Part::Held].into_iter().filter(|part| *part == Part::Tune || held);
    Some(MorePages { columns: parts.map(|part| column(pages, &gold, part)).collect() })
}

fn column(pages: &Path, gold: &BTreeMap<String, Gold>, part: Part) -> Column {
    let mut sets: BTreeMap<String, Tally> = BTreeMap::new();
    let mut confidence = ByConfidence::default();
    for (name, gold) in gold.iter().filter(|(name, _)| Part::of(name) == part) {
        let tally = sets.entry(gold.set.clone()).or_default();
        let bytes = unpacked(&pages.join("more").join(name));
        let seen = with_page(&bytes, |_, found| {
            tally.take(gold, Some(found));
            confidence.take(gold, &found.article, found.url.as_deref());
        });
        if seen.is_none() {
            tally.take(gold, None);
        }
    }
    Column { title: part.name().to_owned(), sets, confidence }
}

impl MorePages {
    /// What is held to floors: the values on the pages that rules are made with, named by set and measure.
    pub fn values(&self) -> Vec<(String, f64)> {
        let named = |(set, tally): (&String, &Tally)| {
            let values = tally.values().into_iter();
            values.map(|(name, value)| (format!("{set} {name}"), value)).collect::<Vec<_>>()
        };
        self.columns.first().into_iter().flat_map(|column| column.sets.iter().flat_map(named)).collect()
    }
}

impl fmt::Display for MorePages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "further pages                  ")?;
        self.columns.iter().try_for_each(|column| write!(f, "{:>8}", column.title))?;
        for set in self.columns.iter().take(1).flat_map(|column| column.sets.keys()) {
            let tallies: Vec<&Tally> = self.columns.iter().filter_map(|column| column.sets.get(set)).collect();
            write!(f, "\n{set:<12}{:<19}", "pages")?;
            tallies.iter().try_for_each(|tally| write!(f, "{:>8}", tally.pages))?;
            let values: Vec<_> = tallies.iter().map(|tally| tally.values()).collect();
            for (name, _) in values.first().into_iter().flatten() {
                write!(f, "\n{:<12}{name:<19}", "")?;
                for column in &values {
                    let value = column.iter().find(|(other, _)| other == name);
                    write!(f, "{:>8}", value.map_or_else(|| "-".to_owned(), |(_, value)| format!("{value:.4}")))?;
                }
            }
        }
        let columns = &mut self.columns.iter();
        columns.try_for_each(|column| write!(f, "\n\nright by confidence, {}\n{}", column.title, column.confidence))
    }
}
