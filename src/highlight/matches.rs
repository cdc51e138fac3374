//! Which stretches of a text match which leaf.

use crate::analysis::{Analyzer, Token};
use crate::article::Span;
use crate::query::{Leaf, Occur, Scope};

/// Which part of an article a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The headline.
    Headline,
    /// A passage of the body.
    Passage,
}

/// A stretch of text that matches a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Number of the leaf in the list it came from, 0-based.
    pub leaf: usize,
    /// From the first word's first byte to the last word's last: bytes, half-open, 0-based.
    pub span: Span,
}

/// All matches of `leaves` in `text`, by place, then by leaf.
pub fn matches(text: &str, part: Part, leaves: &[Leaf], analyzer: &Analyzer) -> Vec<Match> {
    let wanted: Vec<(usize, &Leaf)> = leaves.iter().enumerate().filter(|(_, leaf)| applies(leaf, part)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let tokens = analyzer.tokens(text);
    let mut found: Vec<Match> = Vec::new();
    for at in 0..tokens.len() {
        for &(number, leaf) in &wanted {
            if stands_at(&leaf.terms, &tokens[at..]) {
                let end = tokens[at + leaf.terms.len() - 1].end;
                found.push(Match { leaf: number, span: Span::new(tokens[at].start, end) });
            }
        }
    }
    found
}

fn applies(leaf: &Leaf, part: Part) -> bool {
    leaf.occur != Occur::MustNot && (leaf.scope == Scope::Text || part == Part::Headline)
}

fn stands_at(terms: &[String], tokens: &[Token]) -> bool {
    tokens.len() >= terms.len() && terms.iter().zip(tokens).all(|(term, token)| *term == token.term)
}

/// The matches' spans, ascending and apart: those that overlap become one.
pub fn spans(matches: &[Match]) -> Vec<Span> {
    let mut spans: Vec<Span> = matches.iter().map(|m| m.span).collect();
    spans.sort();
    spans.dedup_by(|next, last| {
        let overlaps = next.start < last.end;
        if overlaps {
            last.end = last.end.max(next.end);
        }
        overlaps
    });
    spans
}
