//! JSON for scripts: compact, one line a value, safe to look at on a terminal.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::article::unsafe_in;

/// A value as one line of JSON, line end included. Characters that steer terminals are written as `\uXXXX`.
pub fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Safe(CompactFormatter));
    // our own types serialize, and a Vec takes all bytes
    let _ = value.serialize(&mut serializer);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// JSON that escapes what [`unsafe_in`] says is unsafe, beyond what JSON itself asks for.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in unsafe_in(fragment) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn json_is_the_same_text_without_raw_controls() {
        let text = "a\u{9b}31m \u{202e}b \"q\" \n é";
        let json = super::line(&text);
        assert_eq!(json, "\"a\\u009b31m \\u202eb \\\"q\\\" \\n é\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some(text));
    }
}
