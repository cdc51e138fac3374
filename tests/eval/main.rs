//! Scoring, comparing and guarding rankings, as a user of the command sees them.

mod comparing;
mod scoring;
mod support;
mod trec_eval;
