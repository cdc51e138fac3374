//! A line made ready to be looked up among phrases.

use std::sync::LazyLock;

use memchr::memmem::Finder;

static GAP: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"  "));

/// A line made ready to be looked up: lower case, plain quotes, single spaces, without bullets before and marks after.
#[derive(Debug, Default)]
pub(in crate::extract) struct LineKey {
    text: String,
    /// Length of `text` without the marks at its end.
    bare: usize,
}

pub(super) const BULLETS: &[char] = &[
    '-', '–', '—', '•', '*', '>', '»', '|', '[', '(', '·', '▪', '●', '►', '▶', '▸', '→', '+', '#', '_', '~', '<', '‹',
    '«', '❯', '✕', '×',
];
const END_MARKS: &[char] = &[
    '.', ':', '!', '>', '»', '…', ')', ']', '|', '*', '-', '–', '—', '→', '▸', '►', '▶', '<', '+', '_', '~', '›', '❯',
    ',', '✕', '×', '"', '\'',
];

impl LineKey {
    /// Fills the key from a line; the buffer is used again.
    pub(in crate::extract) fn set(&mut self, line: &str) {
        self.text.clear();
        let line = line.trim_start_matches(|c: char| BULLETS.contains(&c) || c.is_whitespace());
        let mut rest = line;
        let mut odd_space = false;
        while let Some(at) = rest.bytes().position(|b| !b.is_ascii()) {
            self.text.push_str(&rest[..at]);
            let mut chars = rest[at..].chars();
            match chars.next() {
                Some('’' | '‘' | '´') => self.text.push('\''),
                Some('“' | '”') => self.text.push('"'),
                Some(c) => {
                    odd_space |= c.is_whitespace();
                    self.text.extend(c.to_lowercase());
                }
                None => {}
            }
            rest = chars.as_str();
        }
        self.text.push_str(rest);
        self.text.make_ascii_lowercase();
        let bytes = self.text.as_bytes();
        if odd_space || memchr::memchr(b'\t', bytes).is_some() || GAP.find(bytes).is_some() {
            self.text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self.bare = self.text.trim_end_matches(|c: char| END_MARKS.contains(&c) || c == ' ').len();
    }

    /// The key's text.
    pub(in crate::extract) fn text(&self) -> &str {
        &self.text
    }

    /// The key's text without the marks at its end.
    pub(in crate::extract) fn bare(&self) -> &str {
        &self.text[..self.bare]
    }
}
