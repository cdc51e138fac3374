//! A text and atoms -> where the text has them, for what is shown and for what postings alone cannot tell.

use super::{Atom, Test};
use crate::analysis::{AnalyzedToken, Analyzer, PASSAGE_POSITIONS};
use crate::article::Span;

/// Where a text has each atom.
#[derive(Clone, Debug, Default)]
pub struct AtomPositions {
    /// For each atom, the positions in the text (its first word is 0), ascending and once each.
    pub positions: Vec<Vec<u32>>,
    /// Position and span of every word that is one of the atoms, ascending.
    spans: Vec<(u32, Span)>,
}

impl AtomPositions {
    /// From the first byte of the word at position `start` to the last of that at `end`: bytes, half-open, 0-based.
    pub fn span(&self, start: u32, end: u32) -> Option<Span> {
        let at = |position: u32| {
            let place = self.spans.binary_search_by_key(&position, |&(at, _)| at).ok()?;
            Some(self.spans[place].1)
        };
        Some(Span { start: at(start)?.start, end: at(end)?.end })
    }
}

/// Finds the atoms that are `wanted` in `text`.
pub fn find(text: &str, atoms: &[Atom], wanted: impl Fn(usize) -> bool, analyzer: &Analyzer) -> AtomPositions {
    let of_text = |number: &usize| atoms[*number].name.is_none() && wanted(*number);
    let (by_term, by_form): (Vec<usize>, Vec<usize>) =
        (0..atoms.len()).filter(of_text).partition(|&number| atoms[number].test == Test::Any);
    let mut found = AtomPositions { positions: vec![Vec::new(); atoms.len()], spans: Vec::new() };
    if !by_term.is_empty() {
        let may_match =
            |word: &str| by_term.iter().any(|&n| atoms[n].terms.iter().any(|term| analyzer.may_have(word, term)));
        for token in analyzer.tokens_where(text, may_match) {
            let hits = by_term.iter().filter(|&&number| atoms[number].terms.contains(&token.term));
            found.add(&token, hits);
        }
    }
    if !by_form.is_empty() {
        for token in analyzer.forms(text) {
            let written = &text[token.start..token.end];
            let hits = by_form.iter().filter(|&&number| matches_form(&atoms[number], &token.term, written));
            found.add(&token, hits);
        }
        found.spans.sort_unstable();
        found.spans.dedup();
    }
    found
}

/// Adds to `found` where an article has the atoms that are `wanted`: its pages are the headline and the passages.
pub fn find_in_pages<'t>(
    pages: impl Iterator<Item = &'t str>,
    atoms: &[Atom],
    wanted: impl Fn(usize) -> bool,
    analyzer: &Analyzer,
    found: &mut [Vec<u32>],
) {
    for (page, text) in (0..).zip(pages) {
        let here = find(text, atoms, &wanted, analyzer);
        for (all, positions) in found.iter_mut().zip(&here.positions) {
            let inside = positions.iter().filter(|&&at| at < PASSAGE_POSITIONS);
            all.extend(inside.map(|at| page * PASSAGE_POSITIONS + at));
        }
    }
}

impl AtomPositions {
    fn add<'n>(&mut self, token: &AnalyzedToken, atoms: impl Iterator<Item = &'n usize>) {
        let position = token.position as u32;
        let mut any = false;
        for &atom in atoms {
            self.positions[atom].push(position);
            any = true;
        }
        if any {
            self.spans.push((position, Span::new(token.start, token.end)));
        }
    }
}

fn matches_form(atom: &Atom, form: &str, written: &str) -> bool {
    match &atom.test {
        Test::Any => false,
        Test::Forms(forms) => forms.contains(form),
        Test::Written(word) => written == word,
    }
}
