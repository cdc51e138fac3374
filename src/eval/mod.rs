//! Evaluation: the formats of topics, runs and qrels, measures, comparison of runs, and the gate that keeps a ranking
//! from getting worse. Knows no engine: any system's run will do.

pub mod comparison;
mod evaluation;
pub mod gate;
pub mod measures;
pub mod trec;

pub use evaluation::{Evaluation, Scope, TopicCounts, TopicValues, evaluate};
