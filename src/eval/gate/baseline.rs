//! The baseline file: JSON that is read and compared by people too, one topic a line, four digits a value.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::durable;
use crate::error::{Error, Result};
use crate::eval::Evaluation;
use crate::eval::trec::by_topic;

/// Number of the file's layout.
const FORMAT: u32 = 1;

/// Hashes and versions of what a ranking depends on, by name.
pub type Inputs = BTreeMap<String, String>;

/// Values by measure.
pub type Floors = BTreeMap<String, f64>;

/// What a ranking was worth, and what it was made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    /// The gated measures, in the order in which they are shown.
    pub measures: Vec<String>,
    /// Hashes and versions of what the ranking was made from.
    pub inputs: Inputs,
    /// The mean of every measure.
    pub means: Floors,
    /// Every topic's values, as people count.
    pub topics: Vec<(String, Floors)>,
}

/// A floor that an update would lower.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lowered {
    /// The topic; none for a mean.
    pub topic: Option<String>,
    /// The measure.
    pub measure: String,
    /// The floor as it is.
    pub floor: f64,
    /// What it would become; none where it would be gone.
    pub now: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    inputs: Inputs,
    measures: Vec<String>,
    means: Floors,
    topics: BTreeMap<String, Floors>,
}

impl Baseline {
    /// What an evaluation says, made from these inputs.
    pub fn of(evaluation: &Evaluation, inputs: Inputs) -> Self {
        let measures: Vec<String> = evaluation.measures.iter().map(ToString::to_string).collect();
        let floors = |values: &[f64]| measures.iter().cloned().zip(values.iter().map(|v| rounded(*v))).collect();
        let topics = evaluation.topics.iter().map(|t| (t.topic.clone(), floors(&t.values))).collect();
        Self { inputs, means: floors(&evaluation.means), topics, measures }
    }

    /// Reads a baseline from a file; none where there is no file.
    ///
    /// # Errors
    /// Where it cannot be read, and where it is no baseline.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        match durable::read_text(path) {
            Ok(text) => Self::parse(&path.display().to_string(), &text).map(Some),
            Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads a baseline from its text; `name` stands for the file in messages.
    ///
    /// # Errors
    /// Where it is not one, or one of a later layout, or one without floors, which would hold nothing.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let way_out = "restore the file, or make it anew: remove it and pass --update-baseline";
        let file: File = serde_json::from_str(text).map_err(|error| {
            let place = format!("{name}: line {}", error.line().max(1));
            Error::input(place, format!("no baseline: {error}"), way_out)
        })?;
        if file.format != FORMAT {
            let what = format!("baseline format {}, this dateline reads {FORMAT}", file.format);
            return Err(Error::input(name, what, way_out));
        }
        if file.measures.is_empty() || file.topics.is_empty() {
            return Err(Error::input(name, "a baseline without floors holds nothing", way_out));
        }
        if let Some(measure) = file.measures.iter().find(|measure| !file.means.contains_key(*measure)) {
            return Err(Error::input(name, format!("a baseline without the mean of {measure}"), way_out));
        }
        let mut topics: Vec<(String, Floors)> = file.topics.into_iter().collect();
        topics.sort_by(|a, b| by_topic(&a.0, &b.0));
        Ok(Self { measures: file.measures, inputs: file.inputs, means: file.means, topics })
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        let inputs = self.inputs.iter().map(|(what, hash)| format!("    {}: {}", quoted(what), quoted(hash)));
        let topics = self.topics.iter().map(|(id, floors)| format!("    {}: {}", quoted(id), self.row(floors)));
        let measures: Vec<String> = self.measures.iter().map(|m| quoted(m)).collect();
        let mut out = format!("{{\n  \"format\": {FORMAT},\n");
        // writing to a String does not fail
        let _ = writeln!(out, "  \"inputs\": {{\n{}\n  }},", inputs.collect::<Vec<_>>().join(",\n"));
        let _ = writeln!(out, "  \"measures\": [{}],\n  \"means\": {},", measures.join(", "), self.row(&self.means));
        let _ = writeln!(out, "  \"topics\": {{\n{}\n  }}\n}}", topics.collect::<Vec<_>>().join(",\n"));
        out
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// Where it cannot be written; what stood there stays.
    pub fn write(&self, path: &Path) -> Result<()> {
        durable::write(path, self.to_text().as_bytes())
    }

    /// The floors of a topic.
    pub fn topic(&self, id: &str) -> Option<&Floors> {
        let at = self.topics.binary_search_by(|(topic, _)| by_topic(topic, id)).ok()?;
        Some(&self.topics[at].1)
    }

    /// The floors that would fall if `new` took the place of this one.
    pub fn lowered_by(&self, new: &Self) -> Vec<Lowered> {
        let lowered = |topic: Option<&String>, floors: &Floors, now: Option<&Floors>| -> Vec<Lowered> {
            let now = |measure: &String| now.and_then(|now| now.get(measure)).copied();
            let pairs = floors.iter().map(|(measure, floor)| (measure, *floor, now(measure)));
            let fallen = pairs.filter(|(_, floor, now)| now.is_none_or(|now| *floor - now > 0.5e-4));
            let entry = |(measure, floor, now): (&String, f64, Option<f64>)| Lowered {
                topic: topic.cloned(),
                measure: measure.clone(),
                floor,
                now,
            };
            fallen.map(entry).collect()
        };
        let topics = self.topics.iter().flat_map(|(id, floors)| lowered(Some(id), floors, new.topic(id)));
        let means = lowered(None, &self.means, Some(&new.means));
        means.into_iter().chain(topics).collect()
    }

    fn row(&self, floors: &Floors) -> String {
        let values = self.measures.iter().filter_map(|m| Some((m, floors.get(m)?)));
        let values: Vec<String> = values.map(|(m, value)| format!("{}: {value:.4}", quoted(m))).collect();
        format!("{{{}}}", values.join(", "))
    }
}

/// Four digits, as in the file.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4 + 0.0
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
