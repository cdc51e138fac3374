//! The answer to a search: text for people, JSON for scripts.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::format::Format;
use super::look::Look;
use super::numbers::grouped;
use super::terminal::escape;
use super::{csv, hit_text, json};
use crate::error::DAMAGED_THERE;
use crate::hit::{Hit, SearchResponse, Suggestion, Unreadable};

/// Writes hits in one format: a beginning, hits, an end.
pub struct HitWriter<W> {
    out: W,
    format: Format,
    look: Look,
    is_first: bool,
}

impl<W: Write> HitWriter<W> {
    /// A writer of text, JSON, JSON lines or CSV; any other format is as text.
    pub fn new(out: W, format: Format, look: impl Into<Look>) -> Self {
        Self { out, format, look: look.into(), is_first: true }
    }

    /// What stands before the hits of an answer to `query`, as it was typed.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn begin(&mut self, query: &str, response: &SearchResponse) -> io::Result<()> {
        match self.format {
            Format::Json => {
                let head = json::line(&Head::of(query, response));
                let head = head.trim_end();
                write!(self.out, "{},\"hits\":[", head.strip_suffix('}').unwrap_or(head))
            }
            Format::Jsonl => Ok(()),
            Format::Csv => self.begin_table(),
            _ => writeln!(self.out, "{}", summary(response)),
        }
    }

    /// What stands before the hits of many topics.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn begin_table(&mut self) -> io::Result<()> {
        match self.format {
            Format::Csv => self.out.write_all(csv::header().as_bytes()),
            _ => Ok(()),
        }
    }

    /// A hit, and the topic that it answers where there are several.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn hit(&mut self, topic: Option<&str>, hit: &Hit) -> io::Result<()> {
        let is_first = std::mem::replace(&mut self.is_first, false);
        let text = match (self.format, topic) {
            (Format::Json, _) => {
                self.out.write_all(if is_first { b"" } else { b"," })?;
                json::line(hit).trim_end().to_owned()
            }
            (Format::Jsonl, Some(topic)) => json::line(&WithTopic { topic, hit }),
            (Format::Jsonl, None) => json::line(hit),
            (Format::Csv, topic) => csv::hit(topic.unwrap_or_default(), hit),
            _ => format!("\n{}", hit_text::text(hit, &self.look)),
        };
        self.out.write_all(text.as_bytes())
    }

    /// What stands behind the hits.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn end(&mut self) -> io::Result<()> {
        match self.format {
            Format::Json => self.out.write_all(b"]}\n"),
            _ => Ok(()),
        }
    }

    /// A whole answer to `query`, as it was typed.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn answer(&mut self, query: &str, response: &SearchResponse) -> io::Result<()> {
        self.begin(query, response)?;
        response.hits.iter().try_for_each(|hit| self.hit(None, hit))?;
        self.end()
    }
}

/// What is told of an answer before its hits: see [`SearchResponse`].
#[derive(Serialize)]
struct Head<'a> {
    query: &'a str,
    read_as: &'a str,
    notes: &'a [String],
    suggestions: &'a [Suggestion],
    total_articles: u64,
    with_all_words: Option<u64>,
    left_out: u64,
    undated: u64,
    archive_articles: u64,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unreadable: &'a [Unreadable],
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<Box<Whole<'a>>>,
}

/// An answer within another.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    hits: &'a [Hit],
}

impl<'a> Head<'a> {
    fn of(query: &'a str, response: &'a SearchResponse) -> Self {
        let SearchResponse { total_articles, with_all_words, left_out, undated, archive_articles, .. } = *response;
        let SearchResponse { read_as, notes, suggestions, unreadable, .. } = response;
        let whole = |corrected: &'a SearchResponse| Whole {
            head: Self::of(&corrected.read_as, corrected),
            hits: &corrected.hits,
        };
        Self {
            query,
            read_as,
            notes,
            suggestions,
            total_articles,
            with_all_words,
            left_out,
            undated,
            archive_articles,
            unreadable,
            corrected: response.corrected.as_deref().map(|corrected| Box::new(whole(corrected))),
        }
    }
}

#[derive(Serialize)]
struct WithTopic<'a> {
    topic: &'a str,
    #[serde(flatten)]
    hit: &'a Hit,
}

/// `4 passages from 4 of 5 articles`, and who was left out.
pub fn summary(response: &SearchResponse) -> String {
    let hits = response.hits.len();
    let mut articles: Vec<&str> = response.hits.iter().map(|h| h.article.0.as_str()).collect();
    articles.sort_unstable();
    articles.dedup();
    let shown = format!("{} from {}", count(hits as u64, "passage"), count(articles.len() as u64, "article"));
    format!("{shown}; {}", matching(response))
}

/// How many articles match: `9 of 8,000 articles match, 3 with all words`.
pub fn matching(response: &SearchResponse) -> String {
    let mut out =
        format!("{} of {} match", grouped(response.total_articles), count(response.archive_articles, "article"));
    if let Some(with_all) = response.with_all_words.filter(|with_all| *with_all < response.total_articles) {
        let _ = write!(out, ", {} with all words", grouped(with_all));
    }
    if response.left_out > 0 {
        let _ = write!(out, "; {} left out: date unknown or only partly in the range", grouped(response.left_out));
    }
    if response.undated > 0 {
        let _ = write!(out, "; {} without a date", grouped(response.undated));
    }
    out
}

/// A line for each word that no article has, or few: `no article has "Helsinky"; did you mean Helsinki?`.
pub fn suggestions(response: &SearchResponse) -> Vec<String> {
    let line = |suggestion: &Suggestion| {
        let words: Vec<_> = suggestion.words.iter().map(|word| escape(word)).collect();
        let meant = match words.as_slice() {
            [] => String::new(),
            [word] => format!("; did you mean {word}?"),
            [words @ .., last] => format!("; did you mean {} or {last}?", words.join(", ")),
        };
        let have = match suggestion.articles {
            0 => "no article has".to_owned(),
            1 => "only 1 article has".to_owned(),
            articles => format!("only {} have", count(articles, "article")),
        };
        format!("{have} \"{}\"{meant}", escape(&suggestion.typed))
    };
    response.suggestions.iter().map(line).collect()
}

/// What stands above the hits of a query as it may have been meant:
/// `no article has "Helsinky"; showing hits for Helsinki; --no-correct shows none`.
pub fn correction(response: &SearchResponse, corrected: &SearchResponse) -> String {
    let absent = response.suggestions.iter().filter(|suggestion| suggestion.articles == 0);
    let absent: Vec<String> = absent.map(|suggestion| format!("\"{}\"", escape(&suggestion.typed))).collect();
    let why = match absent.is_empty() {
        true => format!("nothing found for {}", escape(&response.read_as)),
        false => format!("no article has {}", absent.join(" or ")),
    };
    format!("{why}; showing hits for {}; --no-correct shows none", escape(&corrected.read_as))
}

/// What an answer lacks, and what to do about it; none where it lacks nothing.
pub fn lacking(answer: &[Unreadable]) -> Option<String> {
    (!answer.is_empty()).then(|| format!("{}: {DAMAGED_THERE}", Unreadable::told(answer)))
}

/// `1 article`, `2 articles`.
pub fn count(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}
