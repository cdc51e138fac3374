//! The constants of the score, so that a change to them can be tried and measured before it is made.

use std::fmt;
use std::str::FromStr;

/// What `search::score` adds up, and by how much; the defaults are what every search uses that says nothing else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// BM25's saturation of term frequency, for article and passage.
    pub k1: f32,
    /// How much an article's length counts, 0 to 1.
    pub article_b: f32,
    /// How much a passage's length counts, 0 to 1.
    pub passage_b: f32,
    /// How often an occurrence in the headline counts.
    pub headline: f32,
    /// How much of the passage's score is added to the article's.
    pub passage: f32,
    /// What a pair side by side, in the query's order, counts beside a word.
    pub ordered_pair: f32,
    /// What a pair within eight positions counts.
    pub near_pair: f32,
    /// How much less a late passage counts than the first, 0 to 1.
    pub lead: f32,
    /// How far the rarity of the form typed goes into a match, beside that of its stem, 0 to 1.
    pub typed_form: f32,
    /// What a match counts in an article that has the word in other forms only, 0 to 1.
    pub other_forms: f32,
    /// How far an article's score goes down with what it lacks of a short list of words, 0 to 1: at 1, one that has half of
    /// them keeps a quarter of its score.
    pub missing: f32,
    /// By which share of itself the score of an article of a preferred time is raised.
    pub around: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            k1: 1.2,
            article_b: 0.75,
            passage_b: 0.5,
            headline: 3.0,
            passage: 0.5,
            ordered_pair: 0.3,
            near_pair: 0.15,
            lead: 0.2,
            typed_form: 1.0,
            other_forms: 0.5,
            missing: 1.0,
            around: 0.3,
        }
    }
}

/// The names by which the weights are set.
const NAMES: [&str; 12] = [
    "k1",
    "article-b",
    "passage-b",
    "headline",
    "passage",
    "ordered-pair",
    "near-pair",
    "lead",
    "typed-form",
    "other-forms",
    "missing",
    "around",
];

impl Weights {
    fn slots(&mut self) -> [&mut f32; 12] {
        [
            &mut self.k1,
            &mut self.article_b,
            &mut self.passage_b,
            &mut self.headline,
            &mut self.passage,
            &mut self.ordered_pair,
            &mut self.near_pair,
            &mut self.lead,
            &mut self.typed_form,
            &mut self.other_forms,
            &mut self.missing,
            &mut self.around,
        ]
    }
}

impl Weights {
    /// The same with those that are set as in `passage=0.5,headline=3`; what is not named stays as it is.
    ///
    /// # Errors
    /// Where a part sets nothing, names no weight, or is no number of 0 or more.
    pub fn with(self, text: &str) -> Result<Self, String> {
        let mut weights = self;
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) =
                part.split_once('=').ok_or_else(|| format!("\"{part}\" sets nothing; write NAME=NUMBER"))?;
            let place = NAMES.iter().position(|n| *n == name.trim());
            let place = place.ok_or_else(|| format!("no weight \"{name}\"; there are {}", NAMES.join(", ")))?;
            let value = value.trim().parse().ok().filter(|v: &f32| v.is_finite() && *v >= 0.0);
            *weights.slots()[place] = value.ok_or_else(|| format!("\"{part}\" is no number of 0 or more"))?;
        }
        Ok(weights)
    }
}

impl FromStr for Weights {
    type Err = String;

    /// Reads `passage=0.5,headline=3`; what is not named keeps its default.
    fn from_str(text: &str) -> Result<Self, String> {
        Self::default().with(text)
    }
}

impl fmt::Display for Weights {
    /// Those that differ from their defaults, as [`FromStr`] reads them; nothing where none does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut ours, mut defaults) = (*self, Self::default());
        let set = NAMES.iter().zip(ours.slots()).zip(defaults.slots());
        let changed = set.filter(|((_, ours), default)| ours != default);
        let parts: Vec<String> = changed.map(|((name, value), _)| format!("{name}={value}")).collect();
        f.write_str(&parts.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_printed_by_name() {
        for (text, printed) in [("", ""), ("passage=0, headline=1", "headline=1,passage=0"), ("k1=1.2", "")] {
            assert_eq!(text.parse::<Weights>().map(|w| w.to_string()), Ok(printed.to_owned()));
        }
        for bad in ["passage", "nonsense=1", "k1=-1", "k1=many", "k1=NaN"] {
            assert!(bad.parse::<Weights>().is_err(), "{bad}");
        }
    }
}
