//! Topics -> answers: many queries on several threads, answered in the order they were asked.

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::eval::trec::Topic;
use crate::hit::{Hit, Ranked, Unreadable};
use crate::parallel;
use crate::query::{DateContext, Query, SearchRequest, Typed, Unit, Weights};

/// How topics are answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchOptions {
    /// What is ranked.
    pub by: Unit,
    /// The most hits of a topic that names no number of its own.
    pub limit: usize,
    /// The most passages of one article.
    pub per_article: usize,
    /// Whether topics are in the query language; else every word is a word, whatever signs it carries.
    pub syntax: bool,
    /// Whether hits are wanted whole, with text and citation, or only their names and scores.
    pub whole: bool,
    /// The longest snippet of a whole hit, in characters.
    pub snippet_width: usize,
    /// Threads that search, at least 1.
    pub threads: usize,
    /// The constants of the score.
    pub weights: Weights,
    /// Whether words of the best passages are added to the ranking.
    pub expand: bool,
}

/// A topic and what was found for it.
#[derive(Debug)]
pub struct Answered {
    /// The topic.
    pub topic: Topic,
    /// What was read otherwise than it was written, a sentence each.
    pub notes: Vec<String>,
    /// The answers, best first.
    pub answers: Answers,
    /// What they lack, since it could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// A topic that could not be read or answered.
#[derive(Debug)]
pub struct Unanswered {
    /// Its id; none where it could not be read.
    pub topic: Option<String>,
    /// Why not, with the file and the line.
    pub error: Error,
}

/// Answers, as whole as was asked for.
#[derive(Debug)]
pub enum Answers {
    /// Names and scores.
    Names(Vec<Ranked>),
    /// Hits with text and citation.
    Whole(Vec<Hit>),
}

/// Answers `topics` and hands each to `take`, in their order; a topic that cannot be read or answered is handed on as
/// [`Unanswered`]. Only a few topics are in memory at once; what `topics` itself
/// remembers of each is its own.
///
/// # Errors
/// The first error of `take`.
pub fn run(
    engine: &dyn Engine,
    topics: impl Iterator<Item = Result<Topic>> + Send,
    options: &BatchOptions,
    take: impl FnMut(std::result::Result<Answered, Unanswered>) -> Result<()>,
) -> Result<()> {
    let feed = |send: &mut dyn FnMut(Result<Topic>) -> bool| {
        let mut topics = topics;
        while topics.next().is_some_and(&mut *send) {}
    };
    let work = |topic: Result<Topic>| match topic {
        Ok(topic) => match answer(engine, &topic, options) {
            Ok((notes, answers, unreadable)) => Ok(Answered { topic, notes, answers, unreadable }),
            Err(error) => Err(Unanswered { error: placed(error, &topic), topic: Some(topic.id) }),
        },
        Err(error) => Err(Unanswered { topic: None, error }),
    };
    parallel::in_order(options.threads, feed, work, take)
}

/// Why a topic could not be answered, with the place where it can be mended.
fn placed(error: Error, topic: &Topic) -> Error {
    match error {
        Error::Request { what, way_out } => {
            Error::input(topic.place.as_str(), format!("topic {}: {what}", topic.id), way_out)
        }
        error => error,
    }
}

fn answer(
    engine: &dyn Engine,
    topic: &Topic,
    options: &BatchOptions,
) -> Result<(Vec<String>, Answers, Vec<Unreadable>)> {
    let request = SearchRequest {
        by: options.by,
        limit: topic.n.unwrap_or(options.limit),
        per_article: options.per_article,
        snippet_width: options.snippet_width,
        count: false,
        suggest: false,
        weights: weights(topic, options)?,
        expand: options.expand,
        ..SearchRequest::new(read(topic, options, DateContext::now(engine.language()))?)
    };
    let aside = topic.aside.iter().map(|key| format!("\"{key}\" is not asked, here and in later topics"));
    let notes = request.query.notes.iter().map(|note| note.text.clone()).chain(aside).collect();
    if options.whole {
        let found = engine.search(&request)?;
        return Ok((notes, Answers::Whole(found.hits), found.unreadable));
    }
    let found = engine.rank(&request)?;
    Ok((notes, Answers::Names(found.ranked), found.unreadable))
}

/// The constants that the topic sets, above those of all topics.
fn weights(topic: &Topic, options: &BatchOptions) -> Result<Weights> {
    let set = topic.weights.as_deref().map_or(Ok(options.weights), |set| options.weights.with(set));
    set.map_err(|what| Error::request(what, "write them as --weights takes them"))
}

fn read(topic: &Topic, options: &BatchOptions, context: DateContext) -> Result<Query> {
    let filters = &topic.filters;
    let typed = Typed {
        words: &topic.text,
        plain: !options.syntax,
        outlets: &filters.outlets,
        after: filters.after.as_deref(),
        before: filters.before.as_deref(),
        strict: false,
    };
    typed.query(context)
}

/// What runs and qrels call an answer: the article, or the passage.
pub fn docno(by: Unit, ranked: &Ranked) -> String {
    match by {
        Unit::Article => ranked.article.0.clone(),
        Unit::Passage => format!("{}:{}", ranked.article, ranked.passage),
    }
}
