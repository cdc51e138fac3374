//! Questions whose id begins with the day on which they were asked: answered with that day as the time that is preferred.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::json;

use super::MEASURES;
use super::measure::Measured;

/// The topics of a file of lines, each with its day, as JSON lines in `into`; false where an id has no day.
pub fn with_days(topics: &Path, into: &Path) -> bool {
    let topics = fs::read_to_string(topics).expect("topics");
    let dated: Option<Vec<String>> = topics.lines().map(with_day).collect();
    let lines = dated.map(|lines| lines.concat());
    lines.map(|lines| fs::write(into, lines).expect("a scratch file")).is_some()
}

fn with_day(line: &str) -> Option<String> {
    let (id, query) = line.split_once('\t')?;
    let day = id.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()))?;
    let date = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    Some(format!("{}\n", json!({ "id": id, "query": query, "date": date })))
}

/// A line for each collection and measure that was asked with days too.
pub fn table(measured: &[Measured]) -> String {
    let mut text = String::new();
    for collection in measured {
        let Some(dated) = &collection.dated else { continue };
        for (measure, name) in MEASURES.iter().enumerate() {
            let (without, with) = (collection.plain.means[measure], dated.means[measure]);
            let percent = 100.0 * (with / without - 1.0);
            let _ = writeln!(
                text,
                "{}, {name}: {with:.4} around the day of each question, {without:.4} without ({percent:+.1}%)",
                collection.name
            );
        }
    }
    text
}
