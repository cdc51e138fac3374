//! The gate's results as JUnit XML, which most build servers show.

use super::super::terminal::escape;
use super::reasons::{Gate, all_fell, lost, with_words};
use crate::eval::gate::golden::Fate;
use crate::eval::gate::{Level, Tolerance, TopicLevels, UnansweredTopic, Verdict};

/// How a test case ended.
enum CaseResult {
    Passed,
    Failed(String),
    /// It could not be run.
    Error(String),
    /// It is known to fail.
    Skipped,
}

/// JUnit XML: a case for every mean, every topic of the baseline and every golden answer; known misses are skipped ones,
/// topics without answers are errors.
pub fn junit(gate: Gate<'_>) -> String {
    let error = |t: &UnansweredTopic| case("ranking.topic", &t.topic, CaseResult::Error(t.message.clone()));
    let mut cases: Vec<String> = gate.verdict.map(|v| verdict_cases(v, gate)).unwrap_or_default();
    cases.extend(gate.unanswered.iter().map(error));
    for result in gate.golden {
        let name = format!("{} for {}", result.golden.expected, result.golden.query);
        let ending = match result.fate {
            Fate::Lost => CaseResult::Failed(lost(result)),
            Fate::KnownMiss => CaseResult::Skipped,
            Fate::Kept | Fate::Mended => CaseResult::Passed,
        };
        cases.push(case("ranking.golden", &name, ending));
    }
    let with = |part: &str| cases.iter().filter(|case| case.contains(part)).count();
    let (failures, errors, skipped) = (with("<failure "), with("<error "), with("<skipped "));
    let tests = cases.len();
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n<testsuite name=\"dateline ranking\" \
         {counts}>\n{}</testsuite>\n</testsuites>\n",
        cases.concat()
    )
}

/// Means and topics, but for the topics without answers: these have no values to hold to anything.
fn verdict_cases(verdict: &Verdict, gate: Gate<'_>) -> Vec<String> {
    let fallen = |levels: &[Level], tolerance: f64, words: &str| {
        let fallen: Vec<&Level> = levels.iter().filter(|l| l.too_low).collect();
        if fallen.is_empty() {
            return CaseResult::Passed;
        }
        CaseResult::Failed(with_words(all_fell(&fallen, tolerance), words))
    };
    let gone = |class: &str, name: &String, what: &str| {
        let words = if class == "ranking.topic" { gate.words_of(name) } else { "" };
        case(class, name, CaseResult::Failed(with_words(format!("in the baseline and not {what}"), words)))
    };
    let is_answered = |topic: &str| !gate.unanswered.iter().any(|t| t.topic == topic);
    let Tolerance { max_drop, max_topic_drop } = verdict.tolerance;
    let mean = |level: &Level| case("ranking.mean", &level.measure, fallen(std::slice::from_ref(level), max_drop, ""));
    let topic =
        |t: &TopicLevels| case("ranking.topic", &t.topic, fallen(&t.levels, max_topic_drop, gate.words_of(&t.topic)));
    let mut cases: Vec<String> = verdict.means.iter().map(mean).collect();
    cases.extend(verdict.topics.iter().filter(|t| is_answered(&t.topic)).map(topic));
    cases.extend(verdict.unasked.iter().map(|name| gone("ranking.topic", name, "asked")));
    let missing = verdict.missing.iter().filter(|t| is_answered(t));
    cases.extend(missing.map(|name| gone("ranking.topic", name, "scored")));
    cases.extend(verdict.unmeasured.iter().map(|name| gone("ranking.mean", name, "measured")));
    cases
}

fn case(class: &str, name: &str, ending: CaseResult) -> String {
    let inside = match ending {
        CaseResult::Passed => String::new(),
        CaseResult::Failed(message) => format!("<failure message=\"{}\"/>", xml(&message)),
        CaseResult::Error(message) => format!("<error message=\"{}\"/>", xml(&message)),
        CaseResult::Skipped => "<skipped message=\"known miss\"/>".to_owned(),
    };
    format!("<testcase classname=\"{class}\" name=\"{}\">{inside}</testcase>\n", xml(name))
}

/// Text as the value of an XML attribute; characters that XML cannot carry become `\u{…}`.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in escape(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
