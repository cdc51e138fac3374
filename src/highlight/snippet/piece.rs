//! A passage -> pieces: its sentences, its titles, and what stands beside them.

use std::ops::Range;

use super::aside::{asides, is_credit};
use crate::analysis::Language;
use crate::passage::{sentences, trimmed};

/// What a piece of a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Sentence,
    /// A line without an end.
    Title,
    /// A caption, a credit, a link, a plea.
    Aside,
}

impl PieceKind {
    /// What a match in it counts.
    pub fn weight(self) -> f32 {
        match self {
            Self::Sentence => 1.0,
            Self::Title => 0.7,
            Self::Aside => 0.25,
        }
    }
}

/// A stretch of a passage that is shown whole where it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes, half-open, 0-based, without blanks at the ends.
    pub range: Range<usize>,
    pub kind: PieceKind,
    /// Whether it begins in the middle of a sentence.
    pub continues: bool,
}

/// The most words of a title.
const TITLE_WORDS: usize = 15;
/// The most sentences of a caption before its credit.
const CAPTION_SENTENCES: usize = 3;

/// The pieces of a passage, ascending and apart, where sentences end as in `language`.
pub(super) fn pieces(text: &str, language: Language) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for sentence in sentences(text, language).into_iter().map(|sentence| trimmed(text, sentence)) {
        let is_credited = is_credit(&text[sentence.clone()]);
        let before = pieces.len();
        part(text, &sentence, &mut pieces);
        if is_credited {
            caption(text, &mut pieces[..=before]);
        }
    }
    pieces
}

/// Adds the pieces of a sentence.
fn part(text: &str, sentence: &Range<usize>, pieces: &mut Vec<Piece>) {
    let mut at = sentence.start;
    let mut goes_on = false;
    for aside in asides(text, sentence) {
        let before = trimmed(text, at..aside.start);
        if !before.is_empty() {
            pieces.push(Piece { range: before, kind: PieceKind::Sentence, continues: goes_on });
            goes_on = true;
        }
        at = aside.end;
        pieces.push(Piece { range: aside, kind: PieceKind::Aside, continues: false });
    }
    let rest = trimmed(text, at..sentence.end);
    if !rest.is_empty() || at == sentence.start {
        let kind = if is_title(text, &rest) { PieceKind::Title } else { PieceKind::Sentence };
        pieces.push(Piece { range: rest, kind, continues: goes_on });
    }
}

/// Whether a piece is a line of its own that ends with no mark.
fn is_title(text: &str, piece: &Range<usize>) -> bool {
    let is_line = (piece.start == 0 || text[..piece.start].ends_with('\n'))
        && (piece.end == text.len() || text[piece.end..].starts_with('\n'));
    let line = &text[piece.clone()];
    is_line && line.ends_with(char::is_alphanumeric) && line.split_whitespace().count() <= TITLE_WORDS
}

/// Makes the sentences of a line before its credit, which is the last of the `pieces`, a caption.
fn caption(text: &str, pieces: &mut [Piece]) {
    let mut after = pieces[pieces.len() - 1].range.start;
    for piece in pieces.iter_mut().rev().skip(1).take(CAPTION_SENTENCES) {
        if text[piece.range.end..after].contains('\n') {
            break;
        }
        piece.kind = PieceKind::Aside;
        after = piece.range.start;
    }
}
