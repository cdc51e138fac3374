//! What a person types -> a syntax tree -> text again. The language is specified in [`grammar`].

use crate::analysis::Language;

mod around;
pub mod calendar;
mod date;
mod doubt;
mod foreign;
pub mod grammar;
mod lexer;
mod nearness;
mod normal;
mod notes;
mod parsed;
mod parser;
mod print;
mod regex;
mod repair;
mod request;
mod respell;
mod settled;
mod stopwords;
mod token;
pub mod tree;
mod tweets;
mod weights;
mod word;

pub use around::Around;
pub use calendar::DateContext;
pub(crate) use calendar::is_month;
pub use date::{DateFilter, DateRange, Fate};
pub use doubt::Doubt;
pub use grammar::{plain, read};
pub use parsed::Query;
pub use regex::Regex;
pub use request::{SearchRequest, Sort, Typed, Unit};
pub(crate) use stopwords::{is_stopword, is_telling, weight};
pub(crate) use tweets::{names_in, without_addresses};
pub use weights::Weights;

/// Reads a query in the language of [`grammar`] for an English archive, today being what the machine's clock says.
pub fn parse(text: &str) -> Query {
    read(text, DateContext::now(Language::default()))
}

#[cfg(test)]
mod grammar_tests;
#[cfg(test)]
mod round_trip_pieces;
#[cfg(test)]
mod round_trip_tests;
