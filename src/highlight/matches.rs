//! Which stretches of a text match which leaf.

use crate::analysis::Analyzer;
use crate::article::Span;
use crate::matching::{Compiled, Leaf, find, units};
use crate::query::tree::QueryField;

/// Which part of an article a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The headline.
    Headline,
    /// A passage of the body.
    Passage,
}

/// A stretch of text that matches a leaf, or takes part in its match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// From the first word's first byte to the last word's last: bytes, half-open, 0-based.
    pub span: Span,
    /// Number of the leaf in the list it came from, 0-based.
    pub leaf: usize,
}

/// All matches in `text` of those leaves that are `live`, by place, then by leaf.
pub fn matches(text: &str, part: Part, query: &Compiled, live: &[bool], analyzer: &Analyzer) -> Vec<Match> {
    let applies = |leaf: &Leaf| match leaf.field {
        None => !leaf.negated,
        Some(QueryField::Headline) => !leaf.negated && part == Part::Headline,
        Some(_) => false,
    };
    let numbered = query.leaves.iter().enumerate();
    let leaves: Vec<(usize, &Leaf)> = numbered.filter(|(number, leaf)| live[*number] && applies(leaf)).collect();
    if leaves.is_empty() {
        return Vec::new();
    }
    let mut wanted = vec![false; query.atoms.len()];
    leaves.iter().flat_map(|(_, leaf)| leaf.shape.atoms()).for_each(|atom| wanted[atom] = true);
    let found = find(text, &query.atoms, |atom| wanted[atom], analyzer);
    let mut matches = Vec::new();
    for (number, leaf) in leaves {
        let units = units(&leaf.shape, &found.positions);
        let spans = units.iter().filter_map(|unit| found.span(unit.start, unit.end));
        matches.extend(spans.map(|span| Match { span, leaf: number }));
    }
    matches.sort_unstable();
    matches
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
