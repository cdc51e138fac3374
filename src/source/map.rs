//! From offsets in decoded text back to bytes of the file.

/// The way from an offset in a record's decoded text to a byte of the decompressed, undecoded file.
#[derive(Clone, Debug)]
pub enum SourceMap<'a> {
    /// Clean UTF-8: text offset plus `base` is the byte.
    Utf8 {
        /// Byte of the file at which the text begins, 0-based.
        base: u64,
    },
    /// The inside of a JSON string literal (between its quotes) of a UTF-8 file.
    JsonString {
        /// The literal's bytes, escapes as they stand.
        raw: &'a [u8],
        /// Byte of the file at which `raw` begins, 0-based.
        base: u64,
    },
}
