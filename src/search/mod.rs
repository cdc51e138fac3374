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
pub use score::SCORING_VERSION;
