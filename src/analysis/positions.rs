//! Where the words of an article stand in the index: headline and passages, each in a range of its own.

/// Positions that one passage may take: passage `p` (1-based) has the positions from `p * PASSAGE_POSITIONS`, and the
/// headline has those below.
pub const PASSAGE_POSITIONS: u32 = 256;

/// How often an occurrence in the headline counts: the headline weight of the index's own BM25
/// (Robertson, Zaragoza, Taylor 2004, "Simple BM25 extension to multiple weighted fields").
pub const HEADLINE_WEIGHT: u32 = 3;

/// Stands between the headline and the passages in the text that is handed to the index; never occurs inside them.
pub const PASSAGE_BREAK: char = '\u{1e}';
