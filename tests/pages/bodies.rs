//! Bodies of pages beside what people marked as the article.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;

use super::shingles::Overlap;
use super::support::{Pace, body, unpacked, with_page};

/// Pages that the table shows.
const WORST: usize = 15;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Gold {
    article_body: String,
    #[serde(default)]
    url: String,
}

/// How well bodies are found.
pub struct Bodies {
    rows: Vec<(Overlap, String)>,
    pace: Pace,
}

/// Reads every page of `articles.json`.
pub fn measure(pages: &Path) -> Bodies {
    let gold = std::fs::read(pages.join("articles.json")).expect("articles.json");
    let gold: BTreeMap<String, Gold> = serde_json::from_slice(&gold).expect("gold bodies");
    let mut pace = Pace::default();
    let row = |(name, gold): (String, Gold)| {
        let bytes = unpacked(&pages.join("articles").join(format!("{name}.html.gz")));
        let found = pace.time(&bytes, || with_page(&bytes, |_, extraction| body(extraction)));
        let name = if gold.url.is_empty() { name } else { gold.url };
        (Overlap::of(&gold.article_body, &found.unwrap_or_default()), name)
    };
    let rows = gold.into_iter().map(row).collect();
    Bodies { rows, pace }
}

impl Bodies {
    /// Precision and recall as means over the pages, and their harmonic mean.
    pub fn values(&self) -> Vec<(&'static str, f64)> {
        let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let answered = self.rows.iter().filter(|(overlap, _)| overlap.has_answer());
        let precision = mean(answered.map(|(overlap, _)| overlap.precision()).collect());
        let recall = mean(self.rows.iter().map(|(overlap, _)| overlap.recall()).collect());
        let f1 = 2.0 * precision * recall / (precision + recall);
        vec![("body precision", precision), ("body recall", recall), ("body F1", f1)]
    }
}

impl fmt::Display for Bodies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut worst: Vec<&(Overlap, String)> = self.rows.iter().collect();
        worst.sort_by(|(a, _), (b, _)| (a.precision() + a.recall()).total_cmp(&(b.precision() + b.recall())));
        writeln!(
            f,
            "bodies of {} pages, the worst first ({:.0} MB/s)",
            self.rows.len(),
            self.pace.megabytes_a_second()
        )?;
        writeln!(f, "precision  recall  page")?;
        for (overlap, name) in worst.into_iter().take(WORST) {
            writeln!(f, "{:9.3}  {:6.3}  {name}", overlap.precision(), overlap.recall())?;
        }
        let all: Vec<String> = self.values().iter().map(|(name, value)| format!("{name} {value:.4}")).collect();
        write!(f, "{}", all.join(", "))
    }
}
