//! Leaves and an analyzed passage -> matches -> snippet. What is marked made the match: a word in any of its forms, a
//! phrase only as a phrase, an excluded word never, a headline's word only in the headline.

mod matches;
mod snippet;

pub use matches::{Match, Part, matches, spans};
pub use snippet::snippet;
