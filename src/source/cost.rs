//! What a record takes of memory on its way to an article, told from its bytes before anything is made of them.

/// For each byte: its text, passages, and what is stored of them.
pub(super) const BYTE: u64 = 5;
/// For each line: the line, what it was taken for, the block that it is, and its piece of a passage.
const LINE: u64 = 200;
/// For each start tag: the element, its line and stretches, and what a line takes.
const TAG: u64 = 360;
/// For each character that is spelled otherwise, such as `&amp;` or a doubled quote: a segment of its own.
const RESPELLED: u64 = 48;

/// The most that so many bytes can take.
pub(super) fn most_of(length: usize) -> u64 {
    (length as u64).saturating_mul(BYTE + TAG)
}

/// What these bytes take.
pub(super) fn of(bytes: &[u8]) -> u64 {
    let count = |byte| memchr::memchr_iter(byte, bytes).count() as u64;
    let pairs = |two| memchr::memmem::find_iter(bytes, two).count() as u64;
    // a line end in a JSON string is spelled `\n`; a file has one kind of line end, but for CR LF
    let lines = count(b'\n').max(count(b'\r')) + pairs(b"\\n");
    let tags = count(b'<').saturating_sub(pairs(b"</"));
    let respelled = count(b'&') + pairs(b"\"\"");
    bytes.len() as u64 * BYTE + lines * LINE + tags * TAG + respelled * RESPELLED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_is_dear() {
        for (bytes, cost) in [
            ("", 0),
            ("twelve bytes", 12 * BYTE),
            ("a\r\nb\r\n", 6 * BYTE + 2 * LINE),
            ("a\rb\r", 4 * BYTE + 2 * LINE),
            ("{\"a\":\"b\\nc\"}", 12 * BYTE + LINE),
            ("<p>a</p>", 8 * BYTE + TAG),
            ("a &amp; b", 9 * BYTE + RESPELLED),
            ("\"a \"\"b\"\"\"", 9 * BYTE + 2 * RESPELLED),
        ] {
            assert_eq!(of(bytes.as_bytes()), cost, "{bytes}");
            assert!(cost <= most_of(bytes.len()), "{bytes}");
        }
    }
}
