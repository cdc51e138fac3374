//! Relevance judgments in memory.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::by_topic;
use super::text::{columns, decode, is_line_of_run, lines, place};
use crate::durable;
use crate::error::{Error, Result};

/// Which documents answer which topic, and how well.
#[derive(Debug, Default)]
pub struct Qrels {
    name: String,
    topics: FxHashMap<String, Judgments>,
    /// The highest grade given.
    max_grade: i32,
    hash: String,
}

/// The judgments of one topic.
#[derive(Debug, Default)]
pub struct Judgments {
    grades: FxHashMap<String, i32>,
    /// All grades, highest first.
    levels: Vec<i32>,
}

impl Qrels {
    /// Reads judgments from a file.
    ///
    /// # Errors
    /// Where the file cannot be read, where a line is not `topic iteration docno grade` with a whole number for a
    /// grade, and where a topic's document is judged twice.
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&path.display().to_string(), durable::read(path)?)
    }

    /// Reads judgments from bytes; `name` stands for the file in messages.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self> {
        let hash = format!("blake3:{}", blake3::hash(&bytes));
        let text = decode(bytes);
        let mut topics = FxHashMap::<String, Judgments>::default();
        for (number, line) in lines(&text) {
            let (topic, docno, grade) = parse_line(line).map_err(|what| malformed(name, number, line, &what))?;
            if !topics.contains_key(topic) {
                topics.insert(topic.to_owned(), Judgments::default());
            }
            let Some(judgments) = topics.get_mut(topic) else { continue };
            if judgments.grades.insert(docno.to_owned(), grade).is_some() {
                let what = format!("document {docno} of topic {topic} has been judged on an earlier line");
                return Err(Error::input(place(name, number), what, "leave one of the two lines out"));
            }
            judgments.levels.push(grade);
        }
        for judgments in topics.values_mut() {
            judgments.levels.sort_unstable_by(|a, b| b.cmp(a));
        }
        let max_grade = topics.values().filter_map(|j| j.levels.first().copied()).max().unwrap_or(0);
        Ok(Self { name: name.to_owned(), topics, max_grade, hash })
    }

    /// The file, as it is named in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A hash of the bytes that were read: `blake3:` and 64 hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Whether nothing was judged.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }

    /// The highest grade given to any document.
    pub fn max_grade(&self) -> i32 {
        self.max_grade
    }

    /// Ids of the topics that were judged, as people count.
    pub fn topics(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.topics.keys().map(String::as_str).collect();
        ids.sort_unstable_by(|a, b| by_topic(a, b));
        ids
    }

    /// The judgments of a topic.
    pub fn topic(&self, id: &str) -> Option<&Judgments> {
        self.topics.get(id)
    }
}

impl Judgments {
    /// The grade of a document; none where nobody judged it.
    pub fn grade(&self, docno: &str) -> Option<i32> {
        self.grades.get(docno).copied()
    }

    /// All grades, highest first.
    pub fn levels(&self) -> &[i32] {
        &self.levels
    }

    /// How many documents have at least this grade.
    pub fn relevant(&self, least: i32) -> usize {
        self.levels.partition_point(|&grade| grade >= least)
    }

    /// How many documents have a lower grade, those below zero left out: trec_eval takes them as unjudged here.
    pub fn not_relevant(&self, least: i32) -> usize {
        self.relevant(0).saturating_sub(self.relevant(least))
    }
}

fn parse_line(line: &str) -> std::result::Result<(&str, &str, i32), String> {
    let [topic, _, docno, grade] = columns(line).map_err(|count| format!("{count} columns where qrels have four"))?;
    let grade = grade.parse().map_err(|_| format!("the grade \"{grade}\" is no whole number"))?;
    Ok((topic, docno, grade))
}

fn malformed(name: &str, number: usize, line: &str, what: &str) -> Error {
    let way_out = match is_line_of_run(line) {
        true => "this is a run: name the run first, then the judgments",
        false => "write topic, 0, docno and grade, with blanks between them",
    };
    Error::input(place(name, number), what, way_out)
}
