//! What is told once for all items of a file, before they are handed on in pieces.

use super::element::Prefixes;
use super::feed::feed;
use super::items::{FilePiece, items};
use crate::source::Feed;
use crate::source::charset::Charset;
use crate::source::html;

/// What the items of a file have in common.
#[derive(Debug)]
pub(in crate::source) struct XmlHead {
    pub(super) prefixes: Prefixes,
    pub(super) feed: Option<Feed>,
}

/// The items of a whole file, and what they have in common; none where it has to be read in one piece: it is one article, or
/// its text is not its bytes.
pub(in crate::source) fn cut(bytes: &[u8], told: Option<Charset>) -> Option<(XmlHead, Vec<FilePiece>)> {
    let (charset, mark, _) = told.map_or_else(|| html::charset_of(bytes, None), |charset| (charset, 0, None));
    let text = std::str::from_utf8(bytes).ok().filter(|_| charset == Charset::Utf8 && mark == 0)?;
    let found = items(text);
    (found.len() > 1).then(|| (XmlHead::of(text, &found), found))
}

impl XmlHead {
    pub(super) fn of(text: &str, found: &[FilePiece]) -> Self {
        let first = found.iter().find_map(|piece| piece.start());
        Self { prefixes: Prefixes::of(&text[..first.unwrap_or(0)]), feed: feed(&outside(text, found)) }
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
