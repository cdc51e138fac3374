//! The archive's answers to a file of topics, as a run for `dateline eval` to score, and what they were made from.

use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::path::Path;

use dateline::Error;
use dateline::analysis::ANALYZER_VERSION;
use dateline::batch::{self, Answers, BatchOptions, docno};
use dateline::engine::Engine;
use dateline::eval::gate::{Inputs, Unanswered};
use dateline::eval::trec::{Run, RunWriter, topics as read_topics};
use dateline::query::{Unit, Weights};
use dateline::search::SCORING_VERSION;

use super::Output;
use super::topics::{self, TopicArgs};

/// Hits of a topic, as deep as TREC runs are.
const DEPTH: usize = 1000;
/// Passages of one article, where passages are ranked and no number is named: a good article may have several good ones.
pub(crate) const PER_ARTICLE: usize = 20;

/// Topics, and how the archive is to answer them.
pub(crate) struct Asked<'a> {
    engine: &'a dyn Engine,
    /// What messages call the topics.
    name: String,
    /// The topics as they are written: what is hashed is what is asked, from standard input too.
    text: Vec<u8>,
    how: How<'a>,
}

/// How topics are to be answered.
pub(crate) struct How<'a> {
    /// What is ranked.
    pub(crate) by: Unit,
    /// The most passages of one article.
    pub(crate) per_article: usize,
    /// The constants of the score.
    pub(crate) weights: Weights,
    /// How topics are read.
    pub(crate) flags: &'a TopicArgs,
}

/// What came of asking.
pub(crate) struct Replies {
    /// The answers.
    pub(crate) run: Run,
    /// Ids of the topics that could be read; none where the run came from elsewhere.
    pub(crate) asked: Option<HashSet<String>>,
    /// Topics that could not be read or answered.
    pub(crate) unanswered: Vec<Unanswered>,
}

impl<'a> Asked<'a> {
    /// Reads the topics.
    pub(crate) fn read(engine: &'a dyn Engine, path: &Path, how: How<'a>) -> anyhow::Result<Self> {
        let (name, mut reader) = topics::open(path)?;
        let mut text = Vec::new();
        reader.read_to_end(&mut text).map_err(|error| Error::read(Path::new(&name), error))?;
        Ok(Self { engine, name, text, how })
    }

    /// Asks; topics that could not be read or answered are told too.
    pub(crate) fn run(&self, out: &Output) -> anyhow::Result<Replies> {
        let topics = read_topics(&self.name, Cursor::new(&self.text), self.how.flags.options())?;
        let mut run = RunWriter::new(Vec::new(), "dateline");
        let (mut asked, mut unanswered) = (HashSet::new(), Vec::new());
        batch::run(self.engine, topics, &self.options(), |answered| {
            match answered {
                Err(why) => {
                    out.tell(&format!("dateline: {}", why.error));
                    asked.extend(why.topic.clone());
                    unanswered.push(told(why));
                }
                Ok(answered) => {
                    let Answers::Names(ranked) = answered.answers else { return Ok(()) };
                    for hit in &ranked {
                        // a Vec takes all bytes
                        let _ = run.write(&answered.topic.id, &docno(self.how.by, hit), hit.score);
                    }
                    asked.insert(answered.topic.id);
                }
            }
            Ok(())
        })?;
        let name = format!("the archive's answers to {}", self.name);
        Ok(Replies { run: Run::parse(&name, run.into_inner())?, asked: Some(asked), unanswered })
    }

    /// Hashes and versions of what the answers are made from.
    pub(crate) fn inputs(&self) -> anyhow::Result<Inputs> {
        let scoring = format!("{SCORING_VERSION} {}", self.how.weights);
        Ok(Inputs::from([
            ("topics".to_owned(), format!("blake3:{}", blake3::hash(&self.text))),
            ("articles".to_owned(), format!("blake3:{}", self.engine.fingerprint()?)),
            ("analyzer".to_owned(), ANALYZER_VERSION.to_owned()),
            ("scoring".to_owned(), scoring.trim_end().to_owned()),
            ("settings".to_owned(), self.how.settings()),
        ]))
    }

    fn options(&self) -> BatchOptions {
        BatchOptions {
            by: self.how.by,
            limit: DEPTH,
            per_article: self.how.per_article,
            syntax: self.how.flags.syntax(),
            whole: false,
            snippet_width: 0,
            threads: self.how.flags.threads(),
            weights: self.how.weights,
            expand: self.how.flags.expand(),
        }
    }
}

impl How<'_> {
    /// What changes the answers to the same topics, as a baseline records it; what is as always is not named.
    fn settings(&self) -> String {
        let unit = if self.by == Unit::Article { "articles" } else { "passages" };
        let some = (self.per_article != PER_ARTICLE).then(|| format!(", {} an article", self.per_article));
        format!("{DEPTH} {unit} a topic{}{}", some.unwrap_or_default(), self.flags.settings())
    }
}

/// The same without what only the archive knows.
fn told(unanswered: batch::Unanswered) -> Unanswered {
    let message = unanswered.error.to_string();
    let place = match unanswered.error {
        Error::Input { place, .. } => place,
        Error::Io { path, .. } => path.display().to_string(),
        _ => "no place".to_owned(),
    };
    Unanswered { topic: unanswered.topic.unwrap_or(place), message }
}
