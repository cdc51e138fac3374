//! A text and atoms -> where the text has them, for what is shown and for what postings alone cannot tell.

use rustc_hash::FxHashMap;

use super::{Atom, Test};
use crate::analysis::{AnalyzedToken, Analyzer, Capital, PASSAGE_POSITIONS, with_signs, without_signs};
use crate::article::Span;
use crate::work;

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

/// Terms up to which a word is held against each of them before it is stemmed; more would cost more than the stemming.
const FEW: usize = 16;

/// The atoms that are wanted of a text, by what their words are told by.
#[derive(Default)]
struct WantedAtoms<'a> {
    terms: FxHashMap<&'a str, Vec<usize>>,
    forms: FxHashMap<&'a str, Vec<usize>>,
    written: FxHashMap<&'a str, Vec<usize>>,
    /// Words of which only those in capitals are meant.
    in_capitals: FxHashMap<&'a str, Vec<usize>>,
    /// Words of which only those with a capital are meant.
    with_capital: FxHashMap<&'a str, Vec<usize>>,
    /// Words of which only those with these signs are meant, by the words and with the signs.
    signed: FxHashMap<&'a str, Vec<(&'a str, usize)>>,
}

impl<'a> WantedAtoms<'a> {
    fn of(atoms: &'a [Atom], wanted: impl Fn(usize) -> bool) -> Self {
        let mut all = Self::default();
        let add = |map: &mut FxHashMap<&'a str, Vec<usize>>, word: &'a str, number: usize| {
            let numbers = map.entry(word).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        };
        let of_text = |(number, atom): &(usize, &Atom)| atom.name.is_none() && wanted(*number);
        for (number, atom) in atoms.iter().enumerate().filter(of_text) {
            match &atom.test {
                Test::Any => atom.terms.iter().for_each(|term| add(&mut all.terms, term, number)),
                Test::Forms(forms) => forms.iter().for_each(|form| add(&mut all.forms, form, number)),
                Test::Name(form, _) => add(&mut all.forms, form, number),
                Test::Written(word) => add(&mut all.written, word, number),
                Test::InCapitals(form) => add(&mut all.in_capitals, form, number),
                Test::WithCapital(form) => add(&mut all.with_capital, form, number),
                Test::Signed(form) => all.signed.entry(without_signs(form)).or_default().push((form, number)),
            }
        }
        all
    }

    fn find(&self, text: &str, count: usize, analyzer: &Analyzer) -> AtomPositions {
        let mut found = AtomPositions { positions: vec![Vec::new(); count], spans: Vec::new() };
        work::add(text.len());
        if !self.terms.is_empty() {
            let few = self.terms.len() <= FEW;
            let may_match = |word: &str| !few || self.terms.keys().any(|term| analyzer.may_have(word, term));
            for token in analyzer.tokens_where(text, may_match) {
                found.add(&token, self.terms.get(token.term.as_str()).into_iter().flatten());
            }
        }
        let by_form = [&self.forms, &self.in_capitals, &self.with_capital];
        if !(self.written.is_empty() && self.signed.is_empty() && by_form.iter().all(|wanted| wanted.is_empty())) {
            let may_match = |word: &str| {
                !self.written.is_empty()
                    || self.signed.contains_key(word)
                    || by_form.iter().any(|wanted| wanted.contains_key(word))
            };
            let mut signs = String::new();
            for token in analyzer.forms_where(text, may_match) {
                let (form, written) = (token.term.as_str(), &text[token.start..token.end]);
                let parts = [
                    self.forms.get(form),
                    self.written.get(written),
                    self.in_capitals.get(form).filter(|_| Capital::of(written) == Some(Capital::All)),
                    self.with_capital.get(form).filter(|_| Capital::of(written).is_some()),
                ];
                found.add(&token, parts.into_iter().flatten().flatten());
                for (signed, atom) in self.signed_at(text, &token, &mut signs) {
                    // the signs are shown with the word
                    let before = signed.find(form).unwrap_or(0);
                    let (start, end) = (token.start - before, token.end + signed.len() - before - form.len());
                    found.add(&AnalyzedToken { start, end, ..token.clone() }, std::iter::once(atom));
                }
            }
            found.spans.sort_unstable();
            found.spans.dedup();
        }
        found
    }

    /// The atoms that a word of a text is with its signs.
    fn signed_at<'s>(
        &'s self,
        text: &str,
        token: &AnalyzedToken,
        signs: &'s mut String,
    ) -> impl Iterator<Item = &'s (&'a str, usize)> {
        let wanted = self.signed.get(token.term.as_str()).map_or(&[][..], Vec::as_slice);
        let any = !wanted.is_empty() && with_signs(text, (token.start, token.end), &token.term, signs);
        let signs: &'s str = signs;
        wanted.iter().filter(move |(form, _)| any && *form == signs)
    }
}

/// Finds the atoms that are `wanted` in `text`.
pub fn find(text: &str, atoms: &[Atom], wanted: impl Fn(usize) -> bool, analyzer: &Analyzer) -> AtomPositions {
    WantedAtoms::of(atoms, wanted).find(text, atoms.len(), analyzer)
}

/// Adds to `found` where an article has the atoms that are `wanted`: its pages are the headline and the passages.
pub fn find_in_pages<'t>(
    pages: impl Iterator<Item = &'t str> + Clone,
    atoms: &[Atom],
    wanted: impl Fn(usize) -> bool,
    analyzer: &Analyzer,
    found: &mut [Vec<u32>],
) {
    let all = WantedAtoms::of(atoms, &wanted);
    each_page(pages.clone(), &all, atoms.len(), analyzer, |atom, at| found[atom].push(at));
    for (number, atom) in atoms.iter().enumerate().filter(|(number, _)| wanted(*number)) {
        if let Test::WithCapital(form) = &atom.test
            && !found[number].is_empty()
            && !pages.clone().skip(1).any(|page| has_own_capital_in(page, form, analyzer))
        {
            found[number].clear();
        }
        if let Test::Name(form, stem) = &atom.test
            && !found[number].is_empty()
            && pages.clone().any(|page| is_small_in(page, form, analyzer))
        {
            found[number].clear();
            let terms =
                WantedAtoms { terms: FxHashMap::from_iter([(stem.as_str(), vec![0])]), ..WantedAtoms::default() };
            each_page(pages.clone(), &terms, 1, analyzer, |_, at| found[number].push(at));
        }
    }
}

/// Calls `each` with every atom, and the positions where the pages have it.
fn each_page<'t>(
    pages: impl Iterator<Item = &'t str>,
    wanted: &WantedAtoms<'_>,
    atoms: usize,
    analyzer: &Analyzer,
    mut each: impl FnMut(usize, u32),
) {
    for (page, text) in (0..).zip(pages) {
        let here = wanted.find(text, atoms, analyzer);
        for (atom, positions) in here.positions.iter().enumerate() {
            let inside = positions.iter().filter(|&&at| at < PASSAGE_POSITIONS);
            inside.for_each(|at| each(atom, page * PASSAGE_POSITIONS + at));
        }
    }
}

/// Whether a text has a folded form without a capital.
fn is_small_in(text: &str, form: &str, analyzer: &Analyzer) -> bool {
    let here = analyzer.forms_where(text, |word| word == form);
    here.iter().any(|word| Capital::of(&text[word.start..word.end]).is_none())
}

/// Whether a text has a folded form with a capital of its own, inside a sentence.
fn has_own_capital_in(text: &str, form: &str, analyzer: &Analyzer) -> bool {
    let mut found = false;
    analyzer.speller().each(text, |_, word, standing| {
        found |= word == form && standing.inside && Capital::of(standing.written).is_some();
    });
    found
}

impl AtomPositions {
    fn add<'n>(&mut self, token: &AnalyzedToken, atoms: impl Iterator<Item = &'n usize>) {
        let position = token.position as u32;
        let mut any = false;
        for &atom in atoms {
            work::add(1);
            self.positions[atom].push(position);
            any = true;
        }
        if any {
            self.spans.push((position, Span::new(token.start, token.end)));
        }
    }
}
