//! Where a record stands.

/// A record that is to be read: its bytes in a chunk, and its place in the file.
#[derive(Clone, Copy, Debug)]
pub(in crate::source) struct Part {
    /// Where it begins in the chunk's bytes.
    pub at: usize,
    /// Bytes of its header and its block.
    pub length: usize,
    /// Its number in the file, 1-based.
    pub number: u32,
    /// The line of the file on which it begins, 1-based.
    pub line: u32,
    /// What follows it is no record, so that it may be cut.
    pub is_doubtful: bool,
}
