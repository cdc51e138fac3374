//! An article that the cluster found, and where it has what a query looks for: from its text.

use super::document::FoundDocument;
use crate::analysis::{Analyzer, PASSAGE_POSITIONS};
use crate::error::Result;
use crate::hit::StoredArticle;
use crate::matching::{Atom, Compiled, find_in_pages};
use crate::search::{Reader, words_of_names};

/// An article that the cluster found.
pub(crate) struct Candidate {
    pub article: StoredArticle,
    /// Positions of each passage, in order.
    pub lengths: Vec<u64>,
    /// Length of the text in positions.
    pub length: u32,
}

impl Candidate {
    pub(super) fn new(found: FoundDocument) -> Self {
        let length = found.length;
        let (article, lengths) = found.into_article();
        Self { article, lengths, length }
    }

    /// First and last second that its date may mean.
    pub fn dates(&self) -> Option<(i64, i64)> {
        self.article.date.as_ref().map(|field| field.value.bounds())
    }

    /// Whether a query matches it.
    pub fn holds(&self, query: &Compiled, analyzer: &Analyzer) -> bool {
        let mut starts = vec![Vec::new(); query.leaves.len()];
        query.starts(&self.positions(&query.atoms, |_| true, analyzer), true, &mut starts);
        let found: Vec<bool> = starts.iter().map(|starts| !starts.is_empty()).collect();
        query.tree.holds(&found)
    }

    /// Where it has each of the atoms that are wanted.
    fn positions(&self, atoms: &[Atom], wanted: impl Fn(usize) -> bool, analyzer: &Analyzer) -> Vec<Vec<u32>> {
        let mut found = vec![Vec::new(); atoms.len()];
        let headline = self.article.headline.as_ref().map_or("", |field| field.value.as_str());
        let pages = std::iter::once(headline).chain(self.article.passages.iter().map(|passage| passage.text.as_str()));
        find_in_pages(pages, atoms, &wanted, analyzer, &mut found);
        for ((number, atom), found) in atoms.iter().enumerate().zip(&mut found) {
            if let Some(name) = atom.name.filter(|_| wanted(number)) {
                add_names(&words_of_names(&self.article, name, analyzer), &atom.terms, found);
            }
        }
        found
    }
}

/// Reads the texts that candidates came with.
pub(crate) struct TextReader<'a> {
    atoms: &'a [Atom],
    needed: Vec<bool>,
    analyzer: &'a Analyzer,
    /// Where the atoms stand in the article that was read last.
    found: Vec<Vec<u32>>,
}

impl<'a> TextReader<'a> {
    pub fn new(atoms: &'a [Atom], needed: Vec<bool>, analyzer: &'a Analyzer) -> Self {
        Self { atoms, needed, analyzer, found: Vec::new() }
    }
}

impl Reader<Candidate> for TextReader<'_> {
    fn positions(&mut self, candidate: &Candidate) -> Result<&[Vec<u32>]> {
        self.found = candidate.positions(self.atoms, |atom| self.needed[atom], self.analyzer);
        Ok(&self.found)
    }

    fn has(&self, _: &Candidate, atom: usize) -> bool {
        !self.found[atom].is_empty()
    }

    fn lengths(&mut self, candidate: &Candidate, passages: &mut Vec<u64>) -> Result<u32> {
        passages.extend_from_slice(&candidate.lengths);
        Ok(candidate.length)
    }
}

/// Adds where names have any of the terms; each name is a page.
fn add_names(names: &[Vec<String>], terms: &[String], found: &mut Vec<u32>) {
    for (page, words) in (0..).zip(names) {
        let here = (0..).zip(words).filter(|(_, word)| terms.contains(word));
        found.extend(here.map(|(at, _)| page * PASSAGE_POSITIONS + at));
    }
}
