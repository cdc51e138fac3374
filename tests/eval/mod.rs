//! Scoring, comparing and guarding rankings, as a user of the command sees them.

#![allow(clippy::print_stderr)]

mod answering;
mod comparing;
mod flags;
mod gating;
mod scoring;
mod support;
mod trec_eval;
