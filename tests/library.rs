//! The library's tests, in one program, so that they are linked once: its walls, extraction, forms of files, pages, search
//! held to a plain matcher, and ranking on collections.

mod extraction;
mod floors;
mod forms;
mod fuzz;
mod layering;
mod oracle;
mod pages;
mod ranking;
