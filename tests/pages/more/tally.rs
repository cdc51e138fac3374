//! Counts of one set of pages: how its articles came out beside their gold.

use super::super::shingles::Overlap;
use super::super::support::{body, value};
use super::confidence::invents_nothing;
use super::gold::Gold;
use super::judge::{is_outlet, squash};
use dateline::extract::Extraction;

/// Sums over the pages of a set.
#[derive(Default)]
pub struct Tally {
    pub pages: usize,
    without_body: usize,
    precision: Mean,
    recall: Mean,
    /// Wanted segments found and all of them, and the same of unwanted ones.
    with: Share,
    without: Share,
    headline: Share,
    outlet: Share,
    byline: Share,
    /// Of the pages with a date in their gold, and of those of them with one found.
    date: Share,
    dated: Share,
    /// Pages whose byline and whose outlet are not invented.
    true_byline: Share,
    true_outlet: Share,
}

#[derive(Default)]
struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    fn value(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }
}

#[derive(Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn value(&self) -> Option<f64> {
        (self.all > 0).then(|| self.right as f64 / self.all as f64)
    }
}

impl Tally {
    /// Takes a page; `None` is one that could not be read.
    pub fn take(&mut self, gold: &Gold, found: Option<&Extraction>) {
        let text = found.map(body).unwrap_or_default();
        self.pages += 1;
        self.without_body += usize::from(text.is_empty());
        if let Some(wanted) = gold.body() {
            let overlap = Overlap::of(&wanted, &text);
            self.recall.add(overlap.recall());
            if overlap.has_answer() {
                self.precision.add(overlap.precision());
            }
        }
        gold.with.iter().for_each(|segment| self.with.add(text.contains(segment)));
        gold.without.iter().for_each(|segment| self.without.add(text.contains(segment)));
        self.take_fields(gold, found);
    }

    fn take_fields(&mut self, gold: &Gold, found: Option<&Extraction>) {
        let article = found.map(|found| &found.article);
        let url = found.and_then(|found| found.url.as_deref());
        let [byline, outlet] = invents_nothing(gold, article, url);
        byline.into_iter().for_each(|told| self.true_byline.add(told));
        outlet.into_iter().for_each(|told| self.true_outlet.add(told));
        if !gold.title.is_empty() {
            let headline = article.and_then(|article| value(&article.headline)).unwrap_or_default();
            self.headline.add(squash(&headline) == squash(&gold.title));
        }
        if !gold.publisher.is_empty() {
            let outlet = article.and_then(|article| value(&article.outlet)).unwrap_or_default();
            self.outlet.add(is_outlet(&outlet, &gold.publisher));
        }
        let authors = gold.authors();
        if !authors.is_empty() {
            let byline = article.and_then(|article| value(&article.byline)).unwrap_or_default();
            let mut names = [authors, byline.split([',', ';']).map(str::to_owned).collect()].map(|names| {
                let mut names: Vec<String> = names.iter().map(|name| squash(name)).collect();
                names.sort();
                names
            });
            let found = names[1].split_off(0);
            self.byline.add(names[0] == found);
        }
        if !gold.date.is_empty() {
            let date = article.and_then(|article| article.date.as_ref()).map(|field| field.value.to_string());
            let right = date.as_ref().is_some_and(|date| date.get(..10) == gold.date.get(..10));
            self.date.add(right);
            if date.is_some() {
                self.dated.add(right);
            }
        }
    }

    /// What was measured, by name; every value in 0..=1, the mean or share over the pages or segments whose gold gives it.
    /// `body F1` and `segments F` are harmonic means of the two values before them.
    pub fn values(&self) -> Vec<(&'static str, f64)> {
        let wanted = self.with.right as f64;
        let segments = (self.with.right + self.without.right > 0)
            .then(|| wanted / (self.with.right + self.without.right) as f64)
            .filter(|_| self.with.all > 0);
        let all = [
            ("body precision", self.precision.value()),
            ("body recall", self.recall.value()),
            ("body F1", self.precision.value().zip(self.recall.value()).map(harmonic)),
            ("segments precision", segments),
            ("segments recall", self.with.value()),
            ("segments F", segments.zip(self.with.value()).map(harmonic)),
            ("has a body", Some(1.0 - self.without_body as f64 / self.pages.max(1) as f64)),
            ("headline", self.headline.value()),
            ("outlet", self.outlet.value()),
            ("byline", self.byline.value()),
            ("no byline invented", self.true_byline.value()),
            ("no outlet invented", self.true_outlet.value()),
            ("date exact", self.date.value()),
            ("date precision", self.dated.value()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

fn harmonic((one, other): (f64, f64)) -> f64 {
    if one + other > 0.0 { 2.0 * one * other / (one + other) } else { 0.0 }
}

#[test]
fn segments_and_fields_are_counted() {
    let page = format!(
        "<title>Ice closes the strait</title><h1>Ice closes the strait</h1><p>{0}</p><p>{0} Or so.</p>",
        "The last ferry stayed in port, the harbour office said, and will not leave before the ice breaks."
    );
    let gold: Gold = serde_json::from_value(serde_json::json!({
        "set": "own", "title": "Ice closes the Strait!", "author": ["Anna Kowal"], "date": "2019-05-03",
        "with": ["will not leave", "a stove"], "without": ["Cookies", "harbour office"]
    }))
    .expect("gold");
    let mut tally = Tally::default();
    super::super::support::with_page(page.as_bytes(), |_, found| tally.take(&gold, Some(found)));
    tally.take(&gold, None);
    let values: Vec<String> = tally.values().iter().map(|(name, value)| format!("{name} {value}")).collect();
    let wanted = "segments precision 0.5, segments recall 0.25, segments F 0.3333333333333333, has a body 0.5, \
                  headline 0.5, byline 0, no byline invented 1, date exact 0";
    assert_eq!(values.join(", "), wanted);
}
