//! What is told once for all items of a file.

use super::element::Prefixes;
use super::feed::feed;
use super::items::FilePiece;
use crate::source::Feed;
use crate::source::charset::Charset;

/// What the items of a file have in common.
#[derive(Debug)]
pub(in crate::source) struct XmlHead {
    pub(super) prefixes: Prefixes,
    pub(super) feed: Option<Feed>,
    pub(super) charset: Charset,
    /// A warning where the character set stays a guess.
    pub(super) guess: Option<String>,
}

impl XmlHead {
    /// Whether the file is UTF-8.
    pub fn is_utf8(&self) -> bool {
        self.charset == Charset::Utf8
    }

    pub(super) fn of(text: &str, found: &[FilePiece], charset: Charset, guess: Option<String>) -> Self {
        let first = found.iter().find_map(|piece| piece.start());
        let prefixes = Prefixes::of(&text[..first.unwrap_or(0)]);
        Self { prefixes, feed: feed(&outside(text, found)), charset, guess }
    }
}

/// A text without its articles.
fn outside(text: &str, found: &[FilePiece]) -> String {
    let (mut outside, mut at) = (String::new(), 0);
    for found in found {
        let (start, end) = match *found {
            FilePiece::Item { start, end } => (start, end),
            FilePiece::Open { start } => (start, text.len()),
            FilePiece::CutOff => continue,
        };
        outside.push_str(&text[at..start]);
        at = end;
    }
    outside.push_str(&text[at..]);
    outside
}
