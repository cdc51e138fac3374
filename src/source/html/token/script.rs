//! Where a script ends: an end tag within a comment that begins a script itself is none.

/// The states of a script's text. Source: HTML, 13.2.5.15 to 13.2.5.31, "Script data … state".
#[derive(Clone, Copy, PartialEq)]
enum ScriptState {
    Script,
    Comment,
    ScriptInComment,
}

/// Whether the name of a tag stands at the start of `bytes`, whole and in any case.
pub(super) fn is_tag(bytes: &[u8], name: &str) -> bool {
    bytes.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(name.len()).is_none_or(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace())
}

/// Bytes of a script up to its end tag; all of them where it has none.
pub(super) fn length(bytes: &[u8]) -> usize {
    let mut within = ScriptState::Script;
    for at in memchr::memchr2_iter(b'<', b'-', bytes) {
        let rest = &bytes[at..];
        let begins = rest[0] == b'<' && is_tag(&rest[1..], "script");
        let ends = rest.starts_with(b"</") && is_tag(&rest[2..], "script");
        within = match within {
            ScriptState::Script | ScriptState::Comment if ends => return at,
            ScriptState::Script if rest.starts_with(b"<!--") => ScriptState::Comment,
            ScriptState::Comment if begins => ScriptState::ScriptInComment,
            ScriptState::ScriptInComment if ends => ScriptState::Comment,
            ScriptState::Comment | ScriptState::ScriptInComment if rest.starts_with(b"-->") => ScriptState::Script,
            same => same,
        };
    }
    bytes.len()
}
