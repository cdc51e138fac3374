//! Topics -> answers: many queries on several threads, answered in the order they were asked.

use crate::absent::absent_outlets;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::eval::trec::Topic;
use crate::hit::{Hit, Ranked, Unreadable};
use crate::parallel::{self, Place, Room};
use crate::query::{Around, DateContext, Query, SearchRequest, Typed, Unit, Weights};

/// What a hit takes of memory while its topic is answered and waits to be written, in bytes: one with text and citation, of
/// which passages of 160 words take 5,300, and one that is a name and a score.
const OF_A_HIT: u64 = 6_000;
const OF_A_NAME: u64 = 250;

/// Memory for the answers that are under way: being found, or waiting for those before them to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerMemory {
    /// Bytes of all of them; one that alone takes more is answered by itself.
    pub bytes: u64,
    /// Whether there are no more than these bytes, so that a topic that may take more is refused.
    pub is_all: bool,
}

impl Default for AnswerMemory {
    /// 256 MiB, which one answer may take more than.
    fn default() -> Self {
        Self { bytes: 256 << 20, is_all: false }
    }
}

impl AnswerMemory {
    /// Refuses an answer of so many hits where it may take more memory than there is; `whole` ones have their texts.
    ///
    /// # Errors
    /// With the number of hits that fit, and what more would take.
    pub fn holds(self, hits: u64, whole: bool) -> Result<()> {
        let takes = hits.saturating_mul(of_a_hit(whole));
        if !self.is_all || takes <= self.bytes {
            return Ok(());
        }
        let fit = self.bytes / of_a_hit(whole);
        let what = format!(
            "{hits} hits of a topic may take {} MiB, and {} MiB of address space are left (ulimit -v)",
            (takes >> 20) + 1,
            self.bytes >> 20
        );
        let more = ((takes - self.bytes) >> 20) + 1;
        Err(Error::request(what, format!("ask for {fit} at most (-n {fit}), or raise the limit by {more} MiB")))
    }
}

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
    /// Whether words also stand for what they may have been misread as.
    pub ocr: bool,
    /// Which dates are favoured.
    pub favoured: Favoured,
    /// What answers under way may take.
    pub memory: AnswerMemory,
}

/// Dates that are favoured in the answers to all topics.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Favoured {
    /// The time of topics that name none of their own; it counts in place of dates among their words.
    pub around: Option<Around>,
    /// Days after which an article has lost half of the bonus of the newest one; no bonus where none.
    pub recency: Option<f32>,
}

impl BatchOptions {
    /// Bytes that the answer to a topic may take that asks for `limit` hits of an archive of so many articles.
    pub fn takes(&self, limit: usize, articles: u64) -> u64 {
        self.most(limit, articles).saturating_mul(of_a_hit(self.whole))
    }

    /// Refuses to ask for `limit` hits of an archive of so many articles where they may take more memory than there is.
    ///
    /// # Errors
    /// With the number of hits that fit, and what more would take.
    pub fn bounded(&self, limit: usize, articles: u64) -> Result<()> {
        self.memory.holds(self.most(limit, articles), self.whole)
    }

    /// Hits that there can be of `limit` asked for.
    fn most(&self, limit: usize, articles: u64) -> u64 {
        let per_article = if self.by == Unit::Article { 1 } else { self.per_article.max(1) };
        (limit as u64).min(articles.saturating_mul(per_article as u64))
    }
}

/// Bytes that a hit takes, with its text or without.
fn of_a_hit(whole: bool) -> u64 {
    if whole { OF_A_HIT } else { OF_A_NAME }
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

impl Answers {
    fn is_empty(&self) -> bool {
        match self {
            Self::Names(ranked) => ranked.is_empty(),
            Self::Whole(hits) => hits.is_empty(),
        }
    }
}

/// Answers `topics` and hands each to `take`, in their order; a topic that cannot be read or answered is handed on as
/// [`Unanswered`]. Only a few topics are in memory at once, as many as the memory for their answers allows; what `topics` itself
/// remembers of each is its own.
///
/// # Errors
/// The first error of `take`.
pub fn run(
    engine: &dyn Engine,
    topics: impl Iterator<Item = Result<Topic>> + Send,
    options: &BatchOptions,
    mut take: impl FnMut(std::result::Result<Answered, Unanswered>) -> Result<()>,
) -> Result<()> {
    let articles = engine.articles();
    let room = Room::new(options.memory.bytes);
    let takes = |topic: &Result<Topic>| {
        topic.as_ref().map_or(0, |topic| {
            options.takes(topic.n.unwrap_or(options.limit), articles).saturating_add(topic.text.len() as u64)
        })
    };
    // places are taken in the order in which answers are written, so that the one that all wait for has its own
    let feed = |send: &mut dyn FnMut((Result<Topic>, Place)) -> bool| {
        let mut topics = topics.map(|topic| (room.take_in_turn(takes(&topic)), topic));
        while topics.next().is_some_and(|(place, topic)| send((topic, place))) {}
    };
    let work = |(topic, place): (Result<Topic>, Place)| {
        let answered = match topic {
            Ok(topic) => match answer(engine, &topic, options) {
                Ok((notes, answers, unreadable)) => Ok(Answered { topic, notes, answers, unreadable }),
                Err(error) => Err(Unanswered { error: placed(error, &topic), topic: Some(topic.id) }),
            },
            Err(error) => Err(Unanswered { topic: None, error }),
        };
        (answered, place)
    };
    parallel::in_order(options.threads, feed, work, |(answered, _place)| take(answered))
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
    let limit = topic.n.unwrap_or(options.limit);
    options.bounded(limit, engine.articles())?;
    let request = SearchRequest {
        by: options.by,
        limit,
        per_article: options.per_article,
        snippet_width: options.snippet_width,
        count: false,
        suggest: false,
        weights: weights(topic, options)?,
        expand: options.expand,
        ocr: options.ocr,
        recency: options.favoured.recency,
        ..SearchRequest::new(read(topic, options, DateContext::now(engine.language()))?)
    };
    let aside = topic.aside.iter().map(|key| format!("\"{key}\" is not asked, here and in later topics"));
    let mut notes: Vec<String> = request.query.notes.iter().map(|note| note.text.clone()).chain(aside).collect();
    let (answers, unreadable) = if options.whole {
        let found = engine.search(&request)?;
        (Answers::Whole(found.hits), found.unreadable)
    } else {
        let found = engine.rank(&request)?;
        (Answers::Names(found.ranked), found.unreadable)
    };
    notes.extend(filters_told(engine, topic, &request, !answers.is_empty())?);
    Ok((notes, answers, unreadable))
}

/// What is told of a topic's own filters: outlets that the archive does not have, and dates that no article has.
fn filters_told(engine: &dyn Engine, topic: &Topic, request: &SearchRequest, found: bool) -> Result<Vec<String>> {
    let filters = &topic.filters;
    if filters.outlets.is_empty() && filters.after.is_none() && filters.before.is_none() {
        return Ok(Vec::new());
    }
    let mut told = absent_outlets(&request.query, engine, found)?;
    if found {
        return Ok(told);
    }
    let counted = engine.search(&SearchRequest { limit: 0, count: true, suggest: false, ..request.clone() })?;
    let known: Vec<&str> = request.query.notes.iter().map(|note| note.text.as_str()).collect();
    if counted.total_articles == 0 {
        told.extend(counted.notes.into_iter().filter(|note| !known.contains(&note.as_str())));
    }
    Ok(told)
}

/// The constants that the topic sets, above those of all topics.
fn weights(topic: &Topic, options: &BatchOptions) -> Result<Weights> {
    let set = topic.weights.as_deref().map_or(Ok(options.weights), |set| options.weights.with(set));
    set.map_err(|what| Error::request(what, "write them as --weights takes them"))
}

fn read(topic: &Topic, options: &BatchOptions, context: DateContext) -> Result<Query> {
    let filters = &topic.filters;
    let around = topic.around.clone().or_else(|| options.favoured.around.map(|around| around.to_string()));
    let typed = Typed {
        words: &topic.text,
        plain: !options.syntax,
        outlets: &filters.outlets,
        after: filters.after.as_deref(),
        before: filters.before.as_deref(),
        around: around.as_deref(),
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
