//! Packed folders that are made here.
