//! The archive on a cluster, held to the one on this machine: on a real cluster of three nodes (`make test-cluster`).
//!
//! The tests drive the command as its users do. Where DATELINE_CLUSTER does not say where a cluster is, they are passed
//! over.
#![allow(clippy::print_stderr, missing_docs)]
#![cfg(feature = "opensearch")]

mod collections;
mod faults;
mod refusals;
mod same_answers;
mod support;
mod updates;
