//! What each value must not fall below.

use std::collections::BTreeMap;
use std::path::Path;

use crate::floors::Strayed;

/// Values by name, in 0..=1.
pub struct Floors(BTreeMap<String, f64>);

impl Floors {
    /// Reads the file.
    pub fn read(file: &Path) -> Self {
        let text = std::fs::read(file).expect("tests/pages-floors.json");
        Self(serde_json::from_slice(&text).expect("floors as JSON"))
    }

    /// What lies below its floor by more than `margin`, and what lies above it by as much.
    pub fn check(&self, measured: &[(String, f64)], margin: f64) -> Strayed {
        let values = measured.iter().map(|(name, value)| (name.clone(), *value, self.0.get(name).copied()));
        Strayed::of(values, margin)
    }

    /// Raises floors to what was measured; none falls.
    pub fn raise(&mut self, measured: &[(String, f64)]) {
        for (name, value) in measured {
            let floor = self.0.entry(name.clone()).or_default();
            *floor = floor.max((value * 1e4).floor() / 1e4);
        }
    }

    /// Writes the file.
    pub fn write(&self, file: &Path) {
        let text = serde_json::to_string_pretty(&self.0).expect("JSON");
        std::fs::write(file, text + "\n").expect("the floors are written");
    }
}

#[test]
fn a_floor_never_falls() {
    let mut floors = Floors(BTreeMap::from([("F1".to_owned(), 0.9)]));
    let one = |value| [("F1".to_owned(), value)];
    assert_eq!(floors.check(&one(0.8999), 0.001), Strayed::default());
    assert_eq!(floors.check(&one(0.85), 0.001).fallen, ["F1: 0.8500, floor 0.9000"]);
    floors.raise(&[("F1".to_owned(), 0.85), ("new".to_owned(), 0.5)]);
    assert_eq!((floors.0["F1"], floors.0["new"]), (0.9, 0.5));
}
