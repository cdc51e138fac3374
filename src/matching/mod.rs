//! What a query looks for, in terms of the index, and where a text has it: the one matcher that search and highlighting
//! share.
//!
//! [`compile()`] turns a syntax tree into *atoms* (a word as the index has it), *leaves* (what ranks and is highlighted as
//! one: a word, a phrase, two words near each other) and a [`Tree`] over the leaves that says which articles match.
//! Given the positions of the atoms, [`intervals()`] are the matches of a leaf, and [`Tree::live`] the leaves that make an
//! article match.
//!
//! Positions are those of the index: passage `p` (1-based) has the positions from `p * PASSAGE_POSITIONS`, the headline
//! those below. No match reaches over the end of a passage.

mod compile;
mod compiled;
mod interval;
mod intervals;
mod near;
mod starts;
mod text;
mod truth;
mod writing;

#[cfg(test)]
pub(crate) use compile::NoWords;
pub use compile::{Lexicon, MAX_LEAVES, compile};
pub use compiled::{Atom, Compiled, Leaf, Name, Shape, Test, Tree};
pub use interval::Interval;
pub use intervals::{intervals, starts, units};
pub use text::{AtomPositions, find, find_in_pages};
pub use writing::{Misreadings, TypedWord, WrittenAs};
