//! An article that the cluster found, and where it has what a query looks for: from its text.

use super::document::Found;
use super::rank::Prepared;
use crate::analysis::{Analyzer, PASSAGE_POSITIONS};
use crate::hit::StoredArticle;
use crate::matching::{Name, find_in_pages};

/// An article that the cluster found.
pub(super) struct Candidate {
    pub article: StoredArticle,
    /// Positions of each passage, in order.
    pub lengths: Vec<u64>,
    /// Length of the text in positions.
    pub length: u32,
}

impl Candidate {
    pub fn new(found: Found) -> Self {
        let length = found.length;
        let (article, lengths) = found.into_article();
        Self { article, lengths, length }
    }

    /// First and last second that its date may mean.
    pub fn dates(&self) -> Option<(i64, i64)> {
        self.article.date.as_ref().map(|field| field.value.bounds())
    }

    /// Where the leaves that make it match begin.
    pub fn starts(&self, query: &Prepared, analyzer: &Analyzer) -> Vec<Vec<u32>> {
        let mut starts = vec![Vec::new(); query.compiled.leaves.len()];
        query.compiled.starts(&self.positions(query, analyzer), query.flat, &mut starts);
        starts
    }

    /// Which leaves make it match.
    pub fn live(&self, query: &Prepared, analyzer: &Analyzer) -> Vec<bool> {
        match query.flat {
            true => vec![true; query.compiled.leaves.len()],
            false => self.starts(query, analyzer).iter().map(|starts| !starts.is_empty()).collect(),
        }
    }

    /// Whether it matches.
    pub fn holds(&self, query: &Prepared, analyzer: &Analyzer) -> bool {
        let mut starts = vec![Vec::new(); query.compiled.leaves.len()];
        query.compiled.starts(&self.positions(query, analyzer), true, &mut starts);
        let found: Vec<bool> = starts.iter().map(|starts| !starts.is_empty()).collect();
        query.compiled.tree.holds(&found)
    }

    /// Where it has each atom.
    fn positions(&self, query: &Prepared, analyzer: &Analyzer) -> Vec<Vec<u32>> {
        let atoms = &query.compiled.atoms;
        let mut found = vec![Vec::new(); atoms.len()];
        let headline = self.article.headline.as_ref().map_or("", |field| field.value.as_str());
        let pages = std::iter::once(headline).chain(self.article.passages.iter().map(|passage| passage.text.as_str()));
        find_in_pages(pages, atoms, |_| true, analyzer, &mut found);
        for (atom, found) in atoms.iter().zip(&mut found) {
            let outlet = self.article.outlet.iter().map(|field| field.value.as_str());
            match atom.name {
                None => {}
                Some(Name::Outlet) => add_names(outlet, &atom.terms, analyzer, found),
                Some(Name::Credit) => {
                    add_names(self.article.credit.iter().map(String::as_str), &atom.terms, analyzer, found);
                }
            }
        }
        found
    }
}

/// Adds where names have any of the terms; each name is a page.
fn add_names<'n>(names: impl Iterator<Item = &'n str>, terms: &[String], analyzer: &Analyzer, found: &mut Vec<u32>) {
    for (page, name) in (0..).zip(names) {
        let words = analyzer.forms(name);
        let here = words.iter().filter(|word| terms.contains(&word.term));
        found.extend(here.map(|word| page * PASSAGE_POSITIONS + word.position as u32));
    }
}
