//! The archive's answers to a file of topics, as a run for `dateline eval` to score, and what they were made from.

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
/// Passages of one article, where passages are ranked: a good article may have several good ones.
const PER_ARTICLE: usize = 20;

/// Topics, and how the archive is to answer them.
pub(crate) struct Asked<'a> {
    engine: &'a dyn Engine,
    /// What messages call the topics.
    name: String,
    /// The topics as they are written: what is hashed is what is asked, from standard input too.
    text: Vec<u8>,
    by: Unit,
    weights: Weights,
    flags: &'a TopicArgs,
}

impl<'a> Asked<'a> {
    /// Reads the topics.
    pub(crate) fn read(
        engine: &'a dyn Engine,
        path: &Path,
        by: Unit,
        weights: Weights,
        flags: &'a TopicArgs,
    ) -> anyhow::Result<Self> {
        let (name, mut reader) = topics::open(path)?;
        let mut text = Vec::new();
        reader.read_to_end(&mut text).map_err(|error| Error::read(Path::new(&name), error))?;
        Ok(Self { engine, name, text, by, weights, flags })
    }

    /// The answers as a run, and the topics that could not be read or answered, which are told too.
    pub(crate) fn run(&self, out: &Output) -> anyhow::Result<(Run, Vec<Unanswered>)> {
        let topics = read_topics(&self.name, Cursor::new(&self.text), self.flags.options())?;
        let (mut run, mut unanswered) = (RunWriter::new(Vec::new(), "dateline"), Vec::new());
        batch::run(self.engine, topics, &self.options(), |answered| {
            match answered {
                Err(why) => {
                    out.tell(&format!("dateline: {}", why.error));
                    unanswered.push(told(why));
                }
                Ok(answered) => {
                    let Answers::Names(ranked) = answered.answers else { return Ok(()) };
                    for hit in &ranked {
                        // a Vec takes all bytes
                        let _ = run.write(&answered.topic.id, &docno(self.by, hit), hit.score);
                    }
                }
            }
            Ok(())
        })?;
        let name = format!("the archive's answers to {}", self.name);
        Ok((Run::parse(&name, run.into_inner())?, unanswered))
    }

    /// Hashes and versions of what the answers are made from.
    pub(crate) fn inputs(&self) -> anyhow::Result<Inputs> {
        let unit = if self.by == Unit::Article { "articles" } else { "passages" };
        let scoring = format!("{SCORING_VERSION} {}", self.weights);
        Ok(Inputs::from([
            ("topics".to_owned(), format!("blake3:{}", blake3::hash(&self.text))),
            ("articles".to_owned(), format!("blake3:{}", self.engine.fingerprint()?)),
            ("analyzer".to_owned(), ANALYZER_VERSION.to_owned()),
            ("scoring".to_owned(), scoring.trim_end().to_owned()),
            ("settings".to_owned(), format!("{DEPTH} {unit} a topic{}", self.flags.settings())),
        ]))
    }

    fn options(&self) -> BatchOptions {
        BatchOptions {
            by: self.by,
            limit: DEPTH,
            per_article: PER_ARTICLE,
            syntax: self.flags.syntax(),
            whole: false,
            snippet_width: 0,
            threads: self.flags.threads(),
            weights: self.weights,
        }
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
