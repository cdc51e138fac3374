//! The syntax tree and a tantivy index -> hits: candidates by the index's own BM25, the final score by positions, and
//! only what is shown read from the store.

mod archive;
mod candidates;
mod dates;
mod evidence;
mod hits;
mod ids;
mod lexicon;
mod plan;
mod positions;
mod score;
mod statistics;
mod verified;

pub use archive::Archive;
pub use score::SCORING_VERSION;
