//! The syntax tree and a tantivy index -> hits: candidates by the index's own BM25, the final score by positions, and
//! only what is shown read from the store.

mod archive;
mod candidates;
mod dates;
mod dictionary;
mod evidence;
mod expand;
mod explain;
mod guarded;
mod hits;
mod ids;
mod lexicon;
mod plan;
mod positions;
mod ranking;
mod score;
mod shown;
mod statistics;
mod stats;
mod suggest;
mod verified;
mod weigh;

pub use archive::Archive;
// what a second engine scores, shows and explains by
pub(crate) use dates::share_of_bonus;
pub(crate) use dictionary::{MAX_EXPANSIONS, is_near, nearest};
pub(crate) use evidence::Seen;
pub(crate) use expand::{Feedback, PASSAGES, with_best, words_of};
pub(crate) use explain::{Reckoning, Weighed};
pub(crate) use ranking::candidates_for;
pub use score::SCORING_VERSION;
pub(crate) use score::{LeafWeight, Scorer, idf};
pub(crate) use shown::Shown;
pub(crate) use suggest::{MAX_ABSENT, suggested};
pub(crate) use weigh::{ranks, weigh};
