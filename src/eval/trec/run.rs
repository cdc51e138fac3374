//! A run in memory: for every topic its documents in the order that counts, and the text that has their names.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::Path;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::by_topic;
use super::falling::{Falling, without_blanks};
use super::text::{Column, columns, decode, is_line_of_qrels, lines, place};
use crate::durable;
use crate::error::{Error, Result};

/// What a system answered to some topics.
#[derive(Debug, Default)]
pub struct Run {
    name: String,
    text: String,
    topics: Vec<TopicRanking>,
    by_id: HashMap<String, usize, FxBuildHasher>,
}

/// One topic's documents.
#[derive(Debug)]
struct TopicRanking {
    id: String,
    documents: Vec<Document>,
}

#[derive(Clone, Copy, Debug)]
struct Document {
    docno: Column,
    score: f32,
}

/// The documents of one topic, best first.
#[derive(Clone, Copy, Debug)]
pub struct Ranked<'a> {
    text: &'a str,
    documents: &'a [Document],
}

impl Run {
    /// Reads a run from a file.
    ///
    /// # Errors
    /// Where the file cannot be read, where a line is not `topic Q0 docno rank score tag` with a number for a score,
    /// and where a topic has a document twice.
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&path.display().to_string(), durable::read(path)?)
    }

    /// A run of answers that are at hand, each a topic with its documents and their scores, best first. It is what
    /// [`RunWriter`](super::RunWriter) would write of them, read again.
    ///
    /// # Errors
    /// Where a topic has a document twice.
    pub fn of<'a, D>(name: &str, answers: impl IntoIterator<Item = (&'a str, D)>) -> Result<Self>
    where
        D: IntoIterator<Item = (String, f32)>,
    {
        let mut run = Self { name: name.to_owned(), ..Self::default() };
        for (topic, documents) in answers {
            let (mut scores, mut at) = (Falling::default(), None);
            for (docno, score) in documents {
                let start = run.text.len();
                run.text.push_str(&without_blanks(&docno));
                let docno = Column { start, len: run.text.len() - start };
                run.text.push('\n');
                let at = *at.get_or_insert_with(|| run.place_of(&without_blanks(topic)));
                run.topics[at].documents.push(Document { docno, score: scores.next(score) });
            }
        }
        run.no_document_twice().map(|()| run)
    }

    /// Where the answers to a topic stand.
    fn place_of(&mut self, topic: &str) -> usize {
        if let Some(&at) = self.by_id.get(topic) {
            return at;
        }
        self.by_id.insert(topic.to_owned(), self.topics.len());
        self.topics.push(TopicRanking { id: topic.to_owned(), documents: Vec::new() });
        self.topics.len() - 1
    }

    /// Reads a run from its bytes; `name` stands for the file in messages.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self> {
        let text = decode(bytes);
        let (mut topics, mut by_id) = (Vec::<TopicRanking>::new(), FxHashMap::default());
        let mut at = 0;
        for (number, line) in lines(&text) {
            let (topic, docno, score) = parse_line(line).map_err(|what| malformed(name, number, line, &what))?;
            if topics.get(at).is_none_or(|answers| answers.id != topic) {
                at = by_id.get(topic).copied().unwrap_or(topics.len());
            }
            if at == topics.len() {
                by_id.insert(topic.to_owned(), at);
                topics.push(TopicRanking { id: topic.to_owned(), documents: Vec::new() });
            }
            topics[at].documents.push(Document { docno: Column::of(docno, &text), score });
        }
        for answers in &mut topics {
            answers.documents.sort_by(|a, b| by_score(a, b, &text));
        }
        let run = Self { name: name.to_owned(), text, topics, by_id };
        run.no_document_twice().map(|()| run)
    }

    /// The file, as it is named in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it answers nothing.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }

    /// How many documents it has, over all topics.
    pub fn documents(&self) -> usize {
        self.topics.iter().map(|t| t.documents.len()).sum()
    }

    /// Ids of the topics that it answers, as people count.
    pub fn topics(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.topics.iter().map(|t| t.id.as_str()).collect();
        ids.sort_unstable_by(|a, b| by_topic(a, b));
        ids
    }

    /// The answers to a topic; empty where it has none.
    pub fn topic(&self, id: &str) -> Ranked<'_> {
        let documents = self.by_id.get(id).map_or(&[][..], |&at| &self.topics[at].documents);
        Ranked { text: &self.text, documents }
    }

    fn no_document_twice(&self) -> Result<()> {
        let mut seen = FxHashSet::default();
        for answers in &self.topics {
            seen.clear();
            let twice = answers.documents.iter().find(|d| !seen.insert(d.docno.of_text(&self.text)));
            let Some(twice) = twice else { continue };
            let docno = twice.docno.of_text(&self.text);
            let same = answers.documents.iter().filter(|d| d.docno.of_text(&self.text) == docno);
            let mut at: Vec<usize> = same.map(|d| d.docno.line(&self.text)).collect();
            at.sort_unstable();
            let what = format!("document {docno} of topic {} stands on line {} already", answers.id, at[0]);
            return Err(Error::input(place(&self.name, at[1]), what, "leave one of the two lines out"));
        }
        Ok(())
    }
}

impl<'a> Ranked<'a> {
    /// How many there are.
    pub fn len(self) -> usize {
        self.documents.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.documents.is_empty()
    }

    /// The docnos, best first.
    pub fn docnos(self) -> impl Iterator<Item = &'a str> {
        self.documents.iter().map(move |d| d.docno.of_text(self.text))
    }

    /// The scores, in the order of [`docnos`](Self::docnos).
    pub fn scores(self) -> impl Iterator<Item = f32> {
        self.documents.iter().map(|d| d.score)
    }
}

/// trec_eval's order: the score, read as a single-precision number, descending; then the docno's bytes, descending.
fn by_score(a: &Document, b: &Document, text: &str) -> Ordering {
    let by_score = b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal);
    by_score.then_with(|| b.docno.of_text(text).cmp(a.docno.of_text(text)))
}

/// Topic, docno and score of a line; else what is wrong with it.
fn parse_line(line: &str) -> std::result::Result<(&str, &str, f32), String> {
    let [topic, _, docno, _, score, _] =
        columns(line).map_err(|count| format!("{count} columns where a run has six"))?;
    // trec_eval reads a double and keeps a float
    match score.parse::<f64>() {
        Ok(value) if !value.is_nan() => Ok((topic, docno, value as f32)),
        _ => Err(format!("the score \"{score}\" is no number")),
    }
}

fn malformed(name: &str, number: usize, line: &str, what: &str) -> Error {
    let way_out = match is_line_of_qrels(line) {
        true => "these are judgments: name the run first, then the judgments",
        false => "write topic, Q0, docno, rank, score and tag, with blanks between them",
    };
    Error::input(place(name, number), what, way_out)
}
