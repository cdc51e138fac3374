//! Extraction on small articles of our own: tables, what must never be invented, and articles that are changed.

mod gold;
mod inspect;
mod mutations;
mod never;
mod seeds;
mod source;
mod support;
mod tables;
mod texts;
