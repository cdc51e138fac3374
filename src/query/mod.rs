//! What a person types -> a syntax tree -> text again.
//!
//! ```text
//! query   = { clause }
//! clause  = [ "+" | "-" ] ( field ":" value | value )
//! value   = word | '"' words '"'
//! field   = "headline" | "outlet" | "credit" | "date" | "after" | "before"
//! word    = any run of characters without blanks or quotes
//! ```
//!
//! `+` makes a clause a must, `-` a must-not, both of the whole article. A clause on a field is a must where nothing
//! else is said. Everything is answered: a sign without a word is passed over, an open quote closes at the end of the
//! line, an unknown `field:` is a word; what was read otherwise than typed is told in [`Query::notes`].

mod date;
mod leaves;
mod parse;
mod request;
mod stopwords;
mod tweets;
mod weights;

use std::fmt;

pub use date::{DateRange, parse_day};
pub use leaves::{Leaf, MAX_LEAVES, Scope, leaves};
pub use parse::{parse, plain};
pub use request::{SearchRequest, Unit};
pub(crate) use stopwords::is_telling;
pub use weights::Weights;

/// Whether an article may, must or must not match a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occur {
    /// Counts for the ranking.
    Should,
    /// Articles without it are no hits.
    Must,
    /// Articles with it are no hits.
    MustNot,
}

/// What a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Headline and body.
    Text,
    /// The headline.
    Headline,
    /// The outlet's name.
    Outlet,
    /// The names of agencies that supplied copy.
    Credit,
}

impl Target {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Headline => Some("headline"),
            Self::Outlet => Some("outlet"),
            Self::Credit => Some("credit"),
        }
    }
}

/// One clause of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// May, must, must not.
    pub occur: Occur,
    /// What it speaks of.
    pub target: Target,
    /// The words, as typed.
    pub words: String,
    /// Whether they stood in quotes: all of them, in this order, side by side.
    pub phrase: bool,
}

/// A query as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Its clauses, in the order typed.
    pub clauses: Vec<Clause>,
    /// Range of publication dates; both ends included.
    pub dates: DateRange,
    /// What was read otherwise than it was typed, a sentence each.
    pub notes: Vec<String>,
}

impl Query {
    /// Narrows the query to an outlet (its name, or words of it) and to dates, each as the flag of that name takes it.
    ///
    /// # Errors
    /// Where a date is none.
    pub fn restrict(&mut self, outlet: Option<&str>, after: Option<&str>, before: Option<&str>) -> crate::Result<()> {
        let dates = DateRange {
            after: after.map(|day| parse_day("--after", day)).transpose()?,
            before: before.map(|day| parse_day("--before", day)).transpose()?,
        };
        self.dates = self.dates.narrow(dates);
        if let Some(outlet) = outlet {
            let words = outlet.to_owned();
            self.clauses.push(Clause { occur: Occur::Must, target: Target::Outlet, words, phrase: true });
        }
        Ok(())
    }

    /// Whether nothing is asked for: neither words nor names nor dates.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.dates.is_open()
    }
}

impl fmt::Display for Query {
    /// The query as it was read, in the query language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.clauses.iter().map(Clause::to_string).collect();
        parts.extend(self.dates.to_clause());
        f.write_str(&parts.join(" "))
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.occur {
            Occur::Must if self.target == Target::Text => f.write_str("+")?,
            Occur::MustNot => f.write_str("-")?,
            _ => {}
        }
        if let Some(name) = self.target.name() {
            write!(f, "{name}:")?;
        }
        if self.phrase { write!(f, "\"{}\"", self.words) } else { f.write_str(&self.words) }
    }
}

#[cfg(test)]
mod tests;
