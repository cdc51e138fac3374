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
    let letters = first_letters(&wanted, analyzer);
    let tokens = analyzer.tokens_where(text, |word| letters.as_ref().is_none_or(|l| l.contains(&first_letter(word))));
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

/// The letters that a word must begin with to be part of any match; none where a stemmer may change them.
fn first_letters(wanted: &[(usize, &Leaf)], analyzer: &Analyzer) -> Option<Vec<char>> {
    let terms = || wanted.iter().flat_map(|(_, leaf)| &leaf.terms);
    analyzer.keeps_first_letter().then(|| terms().map(|term| first_letter(term)).collect())
}

fn first_letter(word: &str) -> char {
    word.chars().next().unwrap_or_default()
}

fn applies(leaf: &Leaf, part: Part) -> bool {
    leaf.occur != Occur::MustNot && (leaf.scope == Scope::Text || part == Part::Headline)
}

/// Whether `tokens` begin with the terms, side by side.
fn stands_at(terms: &[String], tokens: &[Token]) -> bool {
    let first = tokens.first().map_or(0, |token| token.position);
    let beside = |(n, (term, token)): (usize, (&String, &Token))| *term == token.term && token.position == first + n;
    tokens.len() >= terms.len() && terms.iter().zip(tokens).enumerate().all(beside)
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
