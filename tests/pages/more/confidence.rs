//! How many fields are right, by the confidence that they are given with.

use std::collections::BTreeMap;
use std::fmt;

use dateline::article::{Article, Confidence};

use super::super::support::value;
use super::gold::Gold;
use super::judge::{are_authors, is_outlet, is_title_of_same};

/// What a confidence promises, in percent.
const PROMISED: [(&str, usize); 2] = [("high", 98), ("medium", 90)];

/// Right values and all of them, by field and confidence.
#[derive(Default)]
pub struct ByConfidence(BTreeMap<(&'static str, &'static str), (usize, usize)>);

impl ByConfidence {
    /// Takes a page's fields, as far as its gold can be trusted: some dates of newspaper4k's set are wrong, trafilatura's leaves
    /// authors out, a page that moved to another site does not state the site of its gold, and Latin gold tells nothing of names in
    /// other scripts.
    pub fn take(&mut self, gold: &Gold, article: &Article, url: Option<&str>) {
        if let Some(field) = article.headline.as_ref().filter(|_| !gold.title.is_empty()) {
            self.add("headline", field.confidence, is_title_of_same(&field.value, &gold.title));
        }
        if let Some(field) = article.outlet.as_ref().filter(|field| gold.names_outlet(url, &field.value)) {
            self.add("outlet", field.confidence, is_outlet(&field.value, &gold.publisher));
        }
        if let Some(field) = article.byline.as_ref().filter(|_| gold.names_authors()) {
            self.add("byline", field.confidence, are_authors(&field.value, &gold.authors()));
        }
        if let Some(field) = article.date.as_ref().filter(|_| !gold.date.is_empty() && gold.set != "newspaper4k") {
            let found = field.value.to_string();
            self.add("date", field.confidence, found.get(..10) == gold.date.get(..10));
        }
    }

    fn add(&mut self, field: &'static str, confidence: Confidence, right: bool) {
        let name = match confidence {
            Confidence::Given => return,
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        };
        let (known, all) = self.0.entry((field, name)).or_default();
        *known += usize::from(right);
        *all += 1;
    }
}

impl fmt::Display for ByConfidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for field in ["outlet", "byline", "headline", "date"] {
            for name in ["high", "medium", "low"] {
                let Some((right, all)) = self.0.get(&(field, name)) else { continue };
                let promised = PROMISED.iter().find(|(known, _)| *known == name).map(|(_, percent)| *percent);
                let share = *right as f64 / *all as f64;
                let less = promised.is_some_and(|percent| right * 100 < all * percent);
                let told = if less { "  less than promised" } else { "" };
                write!(
                    f,
                    "{}{field:<12}{name:<8}{right:>5} of {all:<5}{share:.4}{told}",
                    if first { "" } else { "\n" }
                )?;
                first = false;
            }
        }
        Ok(())
    }
}

/// Whether no byline and no outlet of a page is invented; none where its gold does not tell.
pub fn invents_nothing(gold: &Gold, article: Option<&Article>, url: Option<&str>) -> [Option<bool>; 2] {
    let byline = article.and_then(|article| value(&article.byline));
    let outlet = article.and_then(|article| value(&article.outlet));
    [
        gold.names_authors().then(|| byline.is_none_or(|byline| are_authors(&byline, &gold.authors()))),
        gold.names_outlet(url, outlet.as_deref().unwrap_or("none"))
            .then(|| outlet.is_none_or(|outlet| is_outlet(&outlet, &gold.publisher))),
    ]
}

#[test]
fn fields_are_counted_by_their_confidence() {
    let mut table = ByConfidence::default();
    for (confidence, right) in
        [(Confidence::High, true), (Confidence::High, false), (Confidence::Low, false), (Confidence::Given, false)]
    {
        table.add("outlet", confidence, right);
    }
    let wanted =
        "outlet      high        1 of 2    0.5000  less than promised\noutlet      low         0 of 1    0.0000";
    assert_eq!(table.to_string(), wanted);
}
