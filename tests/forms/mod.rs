//! Articles of every form in, records out: fields, text, citations that lead back to the bytes, counts that add up.
#![allow(clippy::print_stderr, missing_docs)]

mod broken;
mod charsets;
mod mails;
mod mutations;
mod packed;
mod samples;
mod scans;
mod support;
mod warc;
