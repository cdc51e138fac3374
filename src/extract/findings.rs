//! What the rules have found so far: candidates for each field, and notes for the reader.

use super::candidate::Candidate;
use super::date::Waiting;
use super::{Cut, Warning};
use crate::article::{Field, Lines, NewsDate};

/// A supplier of copy, with the place that orders it among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Supplier {
    pub name: String,
    /// Byte of the text at which it is named.
    pub at: usize,
}

/// What the rules have found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub headline: Option<Field<String>>,
    pub date: Option<Field<NewsDate>>,
    pub byline: Option<Field<String>>,
    pub dateline_place: Option<Field<String>>,
    /// Headlines and bylines that are stated beside the document, highest first.
    pub headlines: Vec<Candidate<String>>,
    pub bylines: Vec<Candidate<String>>,
    /// The article's address and its own id, as far as stated.
    pub url: Option<String>,
    pub id: Option<String>,
    pub outlets: Vec<Candidate<String>>,
    pub dates: Vec<Candidate<NewsDate>>,
    /// Figures that may be read as two dates.
    pub waiting: Vec<Waiting>,
    /// Dates of the last change.
    pub updated: Vec<(NewsDate, Lines)>,
    pub suppliers: Vec<Supplier>,
    pub outlet: Option<Field<String>>,
    pub cuts: Vec<Cut>,
    pub warnings: Vec<Warning>,
}

impl Findings {
    /// Notes a supplier of copy at a byte of the text.
    pub(super) fn credit(&mut self, name: &str, at: usize) {
        let name = name.trim();
        if !name.is_empty() {
            self.suppliers.push(Supplier { name: name.to_owned(), at });
        }
    }
}
