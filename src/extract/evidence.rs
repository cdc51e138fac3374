//! The evidence for a record: one list of what its readers found, whatever its form, and notes for the reader.

use super::trust::{Asked, Source};
use super::{Cut, Warning};
use crate::article::{Confidence, Field, Lines, NewsDate};

/// A value that a reader found: what, by which source, on which lines.
#[derive(Clone, Debug)]
pub(super) struct Candidate<T> {
    pub value: T,
    pub source: Source,
    pub confidence: Confidence,
    pub lines: Option<Lines>,
}

impl<T> Candidate<T> {
    /// A value of a source, as sure as its values are.
    pub(super) fn new(value: T, source: Source, lines: Option<Lines>) -> Self {
        Self { value, source, confidence: source.confidence, lines }
    }

    /// The same, surer or less sure than others of its source.
    pub(super) fn sure(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// The name of its source.
    pub(super) fn rule(&self) -> &'static str {
        self.source.rule
    }
}

/// What is said of a field.
#[derive(Clone, Debug)]
pub(super) enum Evidence {
    Text(Candidate<String>),
    Date(Candidate<NewsDate>),
}

/// Figures that may be read as two dates: they count where another date tells which way is meant.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub readings: [NewsDate; 2],
    pub source: Source,
    pub lines: Lines,
}

/// A supplier of copy, with the place that orders it among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Supplier {
    pub name: String,
    /// Byte of the text at which it is named.
    pub at: usize,
}

/// What the readers have found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// What may be a field's value, in the order in which it was found.
    evidence: Vec<Evidence>,
    /// Figures that may be read as two dates.
    pub waiting: Vec<Waiting>,
    /// Dates of the last change.
    pub updated: Vec<(NewsDate, Lines)>,
    pub dateline_place: Option<Field<String>>,
    /// The article's address and its own id, as far as stated.
    pub url: Option<String>,
    pub id: Option<String>,
    pub suppliers: Vec<Supplier>,
    /// What says that lines are the standfirst: how surely, and the name of the rule.
    pub standfirst: Option<(Confidence, &'static str)>,
    pub cuts: Vec<Cut>,
    pub warnings: Vec<Warning>,
}

impl Findings {
    /// Puts a headline, a byline or an outlet on the list.
    pub(super) fn text(&mut self, candidate: Candidate<String>) {
        self.evidence.push(Evidence::Text(candidate));
    }

    /// Puts several on the list.
    pub(super) fn text_all(&mut self, candidates: impl IntoIterator<Item = Candidate<String>>) {
        self.evidence.extend(candidates.into_iter().map(Evidence::Text));
    }

    /// Puts a date on the list.
    pub(super) fn date(&mut self, candidate: Candidate<NewsDate>) {
        self.evidence.push(Evidence::Date(candidate));
    }

    /// What is said of a field in words, in the order in which it was found.
    pub(super) fn texts(&self, field: Asked) -> impl Iterator<Item = &Candidate<String>> {
        self.evidence.iter().filter_map(move |evidence| match evidence {
            Evidence::Text(candidate) if candidate.source.field == field => Some(candidate),
            _ => None,
        })
    }

    /// The same, to be changed.
    pub(super) fn texts_mut(&mut self, field: Asked) -> impl Iterator<Item = &mut Candidate<String>> {
        self.evidence.iter_mut().filter_map(move |evidence| match evidence {
            Evidence::Text(candidate) if candidate.source.field == field => Some(candidate),
            _ => None,
        })
    }

    /// The dates, in the order in which they were found.
    pub(super) fn dates(&self) -> impl Iterator<Item = &Candidate<NewsDate>> {
        self.evidence.iter().filter_map(|evidence| match evidence {
            Evidence::Date(candidate) => Some(candidate),
            Evidence::Text(_) => None,
        })
    }

    /// Takes dates off the list, to be put back as far as they count.
    pub(super) fn take_dates(&mut self) -> Vec<Candidate<NewsDate>> {
        let dates = self.dates().cloned().collect();
        self.evidence.retain(|evidence| matches!(evidence, Evidence::Text(_)));
        dates
    }

    /// Notes a supplier of copy at a byte of the text.
    pub(super) fn credit(&mut self, name: &str, at: usize) {
        let name = name.trim();
        if !name.is_empty() {
            self.suppliers.push(Supplier { name: name.to_owned(), at });
        }
    }
}
