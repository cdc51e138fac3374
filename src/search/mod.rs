//! The syntax tree and a tantivy index -> hits: candidates by the index's own BM25, the final score by positions, and
//! only what is shown read from the store.

mod archive;
mod candidates;
mod evidence;
mod expand;
mod hits;
mod ids;
mod plan;
mod score;

pub use archive::Archive;
pub use score::SCORING_VERSION;
