//! The command's tests, in one program, so that they are linked once: `dateline` as users drive it, and its evaluation.

mod cli;
mod eval;
