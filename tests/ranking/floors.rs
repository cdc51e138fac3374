//! What each collection's values must not fall below, and what Lucene's BM25 has there.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::MEASURES;
use super::measure::Measured;
use crate::floors::Strayed;

/// `collection -> bm25 | default | expand | around -> measure -> value`.
pub struct Floors(BTreeMap<String, BTreeMap<String, BTreeMap<String, f64>>>);

impl Floors {
    /// Reads the file.
    pub fn read(file: &Path) -> Self {
        let text = std::fs::read(file).expect("tests/ranking-floors.json");
        Self(serde_json::from_slice(&text).expect("floors as JSON"))
    }

    /// The better of Lucene's two BM25 settings, where it is known.
    pub fn bm25(&self, collection: &str, measure: usize) -> Option<f64> {
        self.value(collection, "bm25", measure)
    }

    fn value(&self, collection: &str, way: &str, measure: usize) -> Option<f64> {
        self.0.get(collection)?.get(way)?.get(MEASURES[measure]).copied()
    }

    /// What lies below its floor by more than `margin`, and what lies above it by as much.
    pub fn check(&self, measured: &[Measured], margin: f64) -> Strayed {
        let named = |(collection, way, measure, value): (&str, &str, usize, f64)| {
            let name = format!("{collection}, {way}, {}", MEASURES[measure]);
            (name, value, self.value(collection, way, measure))
        };
        Strayed::of(each(measured).map(named), margin)
    }

    /// Raises floors to what was measured; none falls.
    pub fn raise(&mut self, measured: &[Measured]) {
        for (collection, way, measure, value) in each(measured) {
            let ways = self.0.entry(collection.to_owned()).or_default();
            let floor = ways.entry(way.to_owned()).or_default().entry(MEASURES[measure].to_owned()).or_default();
            *floor = floor.max((value * 1e4).round() / 1e4);
        }
    }

    /// Writes the file, a collection's way of ranking a line.
    pub fn write(&self, file: &Path) {
        let collection = |(name, ways): (&String, &BTreeMap<String, BTreeMap<String, f64>>)| {
            let way = |(way, values)| format!("    {}: {}", json!(way), Value::from_iter::<Vec<_>>(pairs(values)));
            format!("  {}: {{\n{}\n  }}", json!(name), ways.iter().map(way).collect::<Vec<_>>().join(",\n"))
        };
        let text = self.0.iter().map(collection).collect::<Vec<_>>().join(",\n");
        std::fs::write(file, format!("{{\n{text}\n}}\n")).expect("the floors are written");
    }
}

fn pairs(values: &BTreeMap<String, f64>) -> Vec<(String, f64)> {
    values.iter().map(|(measure, value)| (measure.clone(), *value)).collect()
}

/// Every value that has a floor.
fn each(measured: &[Measured]) -> impl Iterator<Item = (&str, &'static str, usize, f64)> {
    measured.iter().flat_map(|m| {
        (0..MEASURES.len()).flat_map(move |measure| {
            m.ways(measure).into_iter().map(move |(way, value)| (m.name.as_str(), way, measure, value))
        })
    })
}
