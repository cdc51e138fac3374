//! Extraction on small articles of our own: tables, what must never be invented, and articles that are changed.

mod inspect;
mod mutations;
mod never;
mod support;
mod tables;
