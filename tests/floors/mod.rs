//! Floors of what is measured: what fell below them fails, and `UPDATE=1` raises them; none falls silently.
#![allow(clippy::print_stdout)]

use std::path::Path;

/// What lies below its floor, and what lies above it or has none, each as a line.
#[derive(Default, Debug, PartialEq)]
pub struct Strayed {
    pub fallen: Vec<String>,
    pub risen: Vec<String>,
}

impl Strayed {
    /// Of values with their names and floors, those that stray from their floor by more than `margin`.
    pub fn of(values: impl Iterator<Item = (String, f64, Option<f64>)>, margin: f64) -> Self {
        let mut strayed = Self::default();
        for (name, value, floor) in values {
            let Some(floor) = floor else {
                strayed.risen.push(format!("{name}: {value:.4}, no floor"));
                continue;
            };
            let told = format!("{name}: {value:.4}, floor {floor:.4}");
            if value < floor - margin {
                strayed.fallen.push(told);
            } else if value > floor + margin {
                strayed.risen.push(told);
            }
        }
        strayed
    }

    /// Fails where `what` fell below its floors in `file`; with `UPDATE=1` they are raised first.
    pub fn hold(&self, what: &str, file: &Path, raise: impl FnOnce()) {
        if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
            raise();
            println!("{}: floors raised to what was measured where that is more", file.display());
        } else if !self.risen.is_empty() {
            println!("more than the floors, UPDATE=1 raises them:\n  {}", self.risen.join("\n  "));
        }
        assert!(self.fallen.is_empty(), "{what} fell below its floors:\n  {}", self.fallen.join("\n  "));
    }
}
