//! The syntax tree and an archive -> hits: candidates by the back end's own BM25, the final score by positions, and only
//! what is shown read from the store.
//!
//! `course` tells the steps; what it asks of an archive is the trait `Backend`. `local` is the one in a folder of this
//! machine, and alone knows tantivy.

mod backend;
mod by_date;
mod chosen;
mod course;
mod coverage;
mod evidence;
mod expand;
mod explain;
mod few;
mod hits;
mod lexicon;
mod listing;
mod local;
mod misread;
mod named;
mod nearby;
mod order;
#[cfg(test)]
mod parity;
mod plan;
mod ranking;
mod score;
mod shown;
mod suggest;
mod top;
mod vacant;
mod weigh;
mod writings;

pub(crate) use backend::{Backend, Collection, Like, Matching, Offer, Order, Reader, Wanted, Written};
pub(crate) use course::{rank, search};
pub use local::Archive;
pub(crate) use local::is_near;
#[cfg(any(test, feature = "opensearch"))]
pub(crate) use named::words_of_names;
pub(crate) use plan::Plan;
pub(crate) use score::LeafWeight;
pub use score::SCORING_VERSION;
