//! Experiments on an archive's ranking, as retrieval research runs them: its answers to topics are a run that judgments
//! score, its golden rankings are held to their places, and a baseline is compared and updated.
//!
//! What is scored and compared knows no engine ([`crate::eval`]); here an engine answers.

mod baseline_file;

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::path::Path;

pub use baseline_file::{BaselineFile, Updated};

use crate::analysis;
use crate::batch::{self, AnswerMemory, Answered, Answers, BatchOptions, Favoured, Unanswered, docno};
use crate::engine::Engine;
use crate::error::{DAMAGED_THERE, Error, Result};
use crate::eval::gate::golden::{self, Golden, GoldenHit, GoldenResult};
use crate::eval::gate::{Inputs, UnansweredTopic};
use crate::eval::trec::{Run, TopicOptions, topics};
use crate::hit::{Ranked, Unreadable};
use crate::query::{DateContext, SearchRequest, Unit, Weights, read};
use crate::search::SCORING_VERSION;

/// Hits of a topic, as deep as TREC runs are.
const DEPTH: usize = 1000;
/// Ranks looked at for a golden answer, so that a lost one can be told where it went.
const GOLDEN_DEPTH: usize = 100;
/// Passages of one article, where passages are ranked and no number is named: a good article may have several good ones.
pub const PER_ARTICLE: usize = 20;

/// How an archive is to answer topics.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// What is ranked.
    pub by: Unit,
    /// The most passages of one article.
    pub per_article: usize,
    /// The constants of the score.
    pub weights: Weights,
    /// How topics are written.
    pub topics: TopicOptions,
    /// Whether topics are in the query language; else every word is a word.
    pub syntax: bool,
    /// Whether words of the best passages are added to the ranking.
    pub expand: bool,
    /// Whether words also stand for what they may have been misread as.
    pub ocr: bool,
    /// Which dates are favoured.
    pub favoured: Favoured,
    /// Threads that search, at least 1.
    pub threads: usize,
}

/// Topics, and how an archive is to answer them.
pub struct Experiment<'a> {
    engine: &'a dyn Engine,
    name: String,
    text: Vec<u8>,
    setting: Setting,
}

/// What came of asking.
pub struct Replies {
    /// The answers.
    pub run: Run,
    /// Ids of the topics that could be read.
    pub asked: HashSet<String>,
    /// What those ask that were answered.
    pub words: BTreeMap<String, String>,
    /// Topics that could not be read or answered.
    pub unanswered: Vec<UnansweredTopic>,
}

impl<'a> Experiment<'a> {
    /// Topics as they are written, under the name that messages give them: what is hashed is what is asked.
    pub fn new(engine: &'a dyn Engine, name: String, text: Vec<u8>, setting: Setting) -> Self {
        Self { engine, name, text, setting }
    }

    /// Asks. A topic that cannot be read or answered is told at once, and the others go on.
    ///
    /// # Errors
    /// Where no topic can be read at all.
    pub fn run(&self, tell: &mut dyn FnMut(&Error)) -> Result<Replies> {
        let topics = topics(&self.name, Cursor::new(&self.text), self.setting.topics)?;
        let (mut answers, mut asked, mut unanswered) = (Vec::new(), HashSet::new(), Vec::new());
        let mut words = BTreeMap::new();
        batch::run(self.engine, topics, &self.options(), |answered| {
            match answered.and_then(whole) {
                Err(why) => {
                    tell(&why.error);
                    asked.extend(why.topic.clone());
                    unanswered.push(told(why));
                }
                Ok(answered) => {
                    asked.insert(answered.topic.id.clone());
                    words.insert(answered.topic.id.clone(), answered.topic.text);
                    if let Answers::Names(ranked) = answered.answers {
                        answers.push((answered.topic.id, ranked));
                    }
                }
            }
            Ok(())
        })?;
        let name = format!("the archive's answers to {}", self.name);
        let named = |ranked: &Vec<Ranked>| {
            ranked.iter().map(|hit| (docno(self.setting.by, hit), hit.score)).collect::<Vec<_>>()
        };
        let run = Run::of(&name, answers.iter().map(|(topic, ranked)| (topic.as_str(), named(ranked))))?;
        Ok(Replies { run, asked, words, unanswered })
    }

    /// Hashes and versions of what the answers are made from.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn inputs(&self) -> Result<Inputs> {
        let language = self.engine.language();
        let scoring = format!("{SCORING_VERSION} {}", self.setting.weights);
        Ok(Inputs::from([
            ("topics".to_owned(), format!("blake3:{}", blake3::hash(&self.text))),
            ("articles".to_owned(), format!("blake3:{}", self.engine.fingerprint()?)),
            ("language".to_owned(), language.name().to_owned()),
            ("analyzer".to_owned(), analysis::version(language).to_owned()),
            ("scoring".to_owned(), scoring.trim_end().to_owned()),
            ("settings".to_owned(), self.setting.told()),
        ]))
    }

    fn options(&self) -> BatchOptions {
        let Setting { by, per_article, weights, syntax, expand, ocr, favoured, threads, .. } = self.setting;
        let memory = AnswerMemory::default();
        let (limit, whole, snippet_width) = (DEPTH, false, 0);
        BatchOptions {
            by,
            limit,
            per_article,
            syntax,
            whole,
            snippet_width,
            threads,
            weights,
            expand,
            ocr,
            favoured,
            memory,
        }
    }
}

impl Setting {
    /// What changes the answers to the same topics, as a baseline records it; what is as always is not named.
    fn told(&self) -> String {
        let unit = if self.by == Unit::Article { "articles" } else { "passages" };
        let some = (self.per_article != PER_ARTICLE).then(|| format!(", {} an article", self.per_article));
        let said = [
            (self.topics.description, ", with descriptions"),
            (self.syntax, ", in the query language"),
            (self.expand, ", expanded"),
            (self.ocr, ", with misreadings"),
        ];
        let said: String = said.iter().filter(|(is_set, _)| *is_set).map(|(_, what)| *what).collect();
        let Favoured { around, recency } = self.favoured;
        let around = around.map(|around| format!(", around {around}")).unwrap_or_default();
        let recency = recency.map(|days| format!(", recency {days}")).unwrap_or_default();
        format!("{DEPTH} {unit} a topic{}{said}{around}{recency}", some.unwrap_or_default())
    }
}

/// An answer that lacks nothing: of half an answer there is no score.
fn whole(answered: Answered) -> std::result::Result<Answered, Unanswered> {
    if answered.unreadable.is_empty() {
        return Ok(answered);
    }
    let topic = answered.topic;
    let error = lacking(format!("{}: topic {}", topic.place, topic.id), &answered.unreadable);
    Err(Unanswered { topic: Some(topic.id), error })
}

fn lacking(place: String, unreadable: &[Unreadable]) -> Error {
    Error::input(place, Unreadable::told(unreadable), DAMAGED_THERE)
}

/// The same without what only the archive knows.
fn told(unanswered: Unanswered) -> UnansweredTopic {
    let message = unanswered.error.to_string();
    let place = match unanswered.error {
        Error::Input { place, .. } | Error::Corrupt { place, .. } | Error::TooMuch { place, .. } => place,
        Error::Io { path, .. } => path.display().to_string(),
        _ => "no place".to_owned(),
    };
    UnansweredTopic { topic: unanswered.topic.unwrap_or(place), message }
}

/// Holds golden answers to what an archive finds; queries are in the query language, as typed.
///
/// # Errors
/// Where the table or the archive cannot be read.
pub fn golden(engine: &dyn Engine, table: &Path, weights: Weights) -> Result<Vec<GoldenResult>> {
    let context = DateContext::now(engine.language());
    let search = |golden: &Golden| {
        let limit = golden.rank.max(GOLDEN_DEPTH);
        let request =
            SearchRequest { limit, count: false, weights, ..SearchRequest::new(read(&golden.query, context)) };
        let found = engine.rank(&request)?;
        if !found.unreadable.is_empty() {
            return Err(lacking(format!("query {}", golden.query), &found.unreadable));
        }
        let found = found.ranked.into_iter();
        Ok(found.map(|hit| GoldenHit { passage: docno(Unit::Passage, &hit), article: hit.article.0 }).collect())
    };
    golden::check(golden::read(table)?, search)
}
