//! A query as it was read: its tree, its dates, and what was read otherwise than typed.

use std::mem;

use super::around::Around;
use super::calendar::{DateContext, read_around, read_day, typed_dates};
use super::date::{DateFilter, DateRange};
use super::doubt::Doubt;
use super::lexer::MAX_BYTES;
use super::tree::{Clause, Node, Note, Occur, Phrase, QueryField, Word};
use super::{normal, notes};
use crate::error::{Error, Result};

/// A query as it was read. Its tree is in the one form that printing and reading again keep: no empty groups, none of one
/// part, none within another of its kind, negation and boost outside fields; see [`grammar`](super::grammar).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What is looked for; no clauses at all where only dates are asked for, or nothing.
    pub root: Node,
    /// Which publication dates are kept.
    pub dates: DateFilter,
    /// Times whose articles are preferred; the nearest to an article counts.
    pub around: Vec<Around>,
    /// Words that name the month or the day of a year, which count less as words; of plain words none do.
    pub time_words: Vec<String>,
    /// What was read otherwise than it was typed, in the order typed.
    pub notes: Vec<Note>,
    /// Where a word may be an operator, as the archive tells: what settles it.
    pub doubt: Option<Box<Doubt>>,
}

impl Query {
    /// A query for what a tree says.
    pub fn new(root: Node) -> Self {
        Self { root: normal::rebuild(root).unwrap_or_default(), ..Self::default() }
    }

    /// Narrows the query to outlets (of each its name, or words of it; one of them where there are several) and to dates,
    /// each as the flag of that name takes it and as `outlet:"…"`, `after:"…"` and `before:"…"` behind the query would.
    ///
    /// # Errors
    /// Where a date is none, where an outlet's name has no letter in it, and where they are longer than a query may be.
    pub fn restrict(
        &mut self,
        outlets: &[String],
        after: Option<&str>,
        before: Option<&str>,
        context: impl Into<DateContext>,
    ) -> Result<()> {
        let context = context.into();
        let day = |flag, text: Option<&str>| text.map(|text| read_day(flag, text, context)).transpose();
        let (from, to) = (day("--after", after)?, day("--before", before)?);
        let dates = DateRange { after: from.and_then(|d| d.after), before: to.and_then(|d| d.before) };
        let was_empty = self.dates.within.is_empty();
        self.dates.within = self.dates.within.narrow(dates);
        if !was_empty && self.dates.within.is_empty() {
            self.notes.push(Note { at: 0, text: notes::NO_DATE.to_owned() });
        }
        if let Some(doubt) = &mut self.doubt {
            doubt.dates = dates;
        }
        if outlets.iter().map(String::len).sum::<usize>() > MAX_BYTES {
            let what = format!("names of outlets of more than {MAX_BYTES} bytes");
            return Err(Error::request(what, "name fewer, or words of them"));
        }
        let name = |outlet: &String| {
            let words = outlet.split_whitespace().map(Word::new).collect();
            normal::phrase(Phrase { words, slop: 0 }).ok_or_else(|| {
                Error::request(format!("--outlet \"{outlet}\" names none"), "give its name or words of it")
            })
        };
        let Some(name) = normal::any(outlets.iter().map(name).collect::<Result<_>>()?) else { return Ok(()) };
        if let Some(doubt) = &mut self.doubt {
            doubt.outlets = Some(name.clone());
        }
        self.keep_outlets(name);
        Ok(())
    }

    /// Keeps only articles of the outlets that are named.
    pub(super) fn keep_outlets(&mut self, names: Node) {
        let mut clauses = match mem::take(&mut self.root) {
            Node::Clauses(clauses) => clauses,
            node => vec![Clause { occur: Occur::Should, node }],
        };
        clauses.push(Clause { occur: Occur::Must, node: normal::inside(QueryField::Outlet, names) });
        self.root = normal::clauses(clauses).unwrap_or_default();
    }

    /// Prefers articles of a time too, as the flag `--around` takes it.
    ///
    /// # Errors
    /// Where it is no date.
    pub fn prefer(&mut self, time: &str, context: impl Into<DateContext>) -> Result<()> {
        let around = read_around(time, context.into())?;
        if !self.around.contains(&around) {
            self.around.push(around);
        }
        Ok(())
    }

    /// Prefers the times that the query's words name, where no other is preferred; `plain` says that they have no signs.
    pub(super) fn prefer_typed(&mut self, plain: bool, context: DateContext) {
        let typed = typed_dates(&self.root, plain, context);
        if self.around.is_empty() {
            self.around = typed.times;
        }
        self.time_words = typed.words;
    }

    /// The words that a hit should have in any form in headline or text, in the order typed.
    pub fn wanted(&self) -> Vec<&str> {
        let mut words = Vec::new();
        self.root.collect_wanted(&mut words);
        words
    }

    /// Whether nothing is asked for: neither words nor names nor dates.
    pub fn is_empty(&self) -> bool {
        self.root.is_empty() && self.dates.is_open()
    }

    /// Refuses a query that was read otherwise than it was typed; `text` is what was typed.
    ///
    /// # Errors
    /// Where there is a note: the line typed, a caret under the place, and the note.
    pub fn strict(&self, text: &str) -> Result<()> {
        match self.notes.first() {
            None => Ok(()),
            Some(note) => Err(notes::refusal(text, note)),
        }
    }
}
