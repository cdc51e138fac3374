//! The command as its users meet it: arguments in; output, messages and exit status out.
#![allow(clippy::print_stderr, missing_docs)]

mod as_typed;
mod away;
mod bad_input;
mod batch;
mod check;
mod choosing;
mod citations;
mod compact;
mod config;
mod damage;
mod date_order;
mod dates;
mod elsewhere;
#[cfg(unix)]
mod explain;
mod feed_roots;
mod feeds;
mod forget;
mod forms;
mod guide;
#[cfg(unix)]
mod hand;
mod history;
mod increments;
mod kill;
mod languages;
#[cfg(unix)]
mod links;
#[cfg(target_os = "linux")]
mod memory;
mod moved;
mod ourselves;
mod overrides;
mod packed;
mod packed_folders;
mod packing;
mod pages;
mod pdf;
mod positions;
mod query;
mod salvage;
mod scans;
mod schemas;
mod sections;
mod shared_seeds;
mod show;
mod skipped;
mod standfirst;
mod stats;
mod support;
mod terminal;
mod trouble;
mod unreadable;
#[cfg(unix)]
mod watch;
