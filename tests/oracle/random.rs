//! Random articles over a small vocabulary, so that queries meet them often.

use rand::Rng;
use rand::rngs::StdRng;

use super::vocabulary::{BYLINES, CREDITS, OUTLETS, Vocabulary};

/// Dates of articles, as fine as they are known.
const DATES: &[&str] = &[
    "2017",
    "2018",
    "2018-05",
    "2018-06",
    "2018-06-01",
    "2018-06-26",
    "2018-06-27T09:30",
    "2018-06-27T23:59:30+04:00",
    "2018-07-02",
];
/// Makes articles and queries of one language.
pub struct Random<'v> {
    pub random: StdRng,
    pub vocabulary: &'v Vocabulary,
}

impl Random<'_> {
    /// Articles as JSON lines.
    pub fn articles(&mut self, count: usize) -> String {
        (0..count).map(|n| format!("{}\n", self.article(n))).collect()
    }

    fn article(&mut self, number: usize) -> serde_json::Value {
        let headline = self.words(2, 7).join(" ");
        let mut paragraphs: Vec<String> = (0..=self.below(4)).map(|_| self.paragraph()).collect();
        let credits = (0..self.below(3)).map(|_| self.one_of(CREDITS)).collect::<Vec<_>>();
        if !credits.is_empty() {
            paragraphs.push(format!("With files from {}", credits.join(" and ")));
        }
        let outlet = self.maybe(OUTLETS);
        let (date, byline) = (self.maybe(DATES), self.maybe(BYLINES));
        let body = paragraphs.join("\n\n");
        serde_json::json!({
            "id": format!("a{number:02}"), "headline": headline, "body": body, "outlet": outlet, "date": date,
            "byline": byline,
        })
    }

    fn paragraph(&mut self) -> String {
        let words = self.words(4, 60);
        let mut text = String::new();
        for (n, word) in words.iter().enumerate() {
            text.push_str(word);
            let ends = n + 1 == words.len() || self.below(9) == 0;
            text.push_str(if ends { ". " } else { " " });
        }
        text.trim_end().to_owned()
    }

    pub fn words(&mut self, least: usize, most: usize) -> Vec<&'static str> {
        (0..self.random.random_range(least..most)).map(|_| self.word()).collect()
    }

    pub fn word(&mut self) -> &'static str {
        let forms = self.one_of(self.vocabulary.words);
        self.one_of(forms)
    }

    pub fn below(&mut self, count: usize) -> usize {
        self.random.random_range(0..count)
    }

    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// One of them, or nothing.
    fn maybe(&mut self, of: &[&'static str]) -> Option<&'static str> {
        (self.below(4) > 0).then(|| self.one_of(of))
    }
}
