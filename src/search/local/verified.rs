//! A query of the index for leaves that its own queries cannot tell: those that a closer look at the positions, or at
//! the stored text, must confirm.

use std::sync::{Arc, OnceLock};

use tantivy::query::{BooleanQuery, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::positions::{Atoms, Positions};
use crate::analysis::{Analyzer, PASSAGE_POSITIONS};
use crate::index::Fields;
use crate::matching::{Shape, starts};
use crate::search::score::saturate;

/// The saturation of the index's own BM25, beside whose scores these are added up.
const K1: Score = 1.2;

/// Articles in which `shape` has a match.
#[derive(Clone, Debug)]
pub(super) struct VerifiedQuery {
    pub shape: Shape,
    pub atoms: Arc<Atoms>,
    /// Whether only matches in the headline count.
    pub headline: bool,
    /// What an article with one match scores; more add little.
    pub weight: Score,
    pub fields: Fields,
    pub analyzer: Analyzer,
    /// Where an error goes that a scorer cannot return.
    pub failed: Arc<OnceLock<TantivyError>>,
}

impl VerifiedQuery {
    /// Articles that have the words, in whatever places.
    fn approximation(&self, shape: &Shape) -> Box<dyn Query> {
        let all = |parts: Vec<Box<dyn Query>>| Box::new(BooleanQuery::intersection(parts)) as Box<dyn Query>;
        match shape {
            Shape::Atom(atom) => self.atoms.query(*atom, self.fields),
            Shape::Phrase { atoms, .. } => all(atoms.iter().map(|&a| self.atoms.query(a, self.fields)).collect()),
            Shape::Near { left, right, .. } => all(vec![self.approximation(left), self.approximation(right)]),
            Shape::Same(shapes) => all(shapes.iter().map(|shape| self.approximation(shape)).collect()),
            Shape::Any(shapes) => {
                Box::new(BooleanQuery::union(shapes.iter().map(|shape| self.approximation(shape)).collect()))
            }
        }
    }
}

impl Query for VerifiedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        let approximation = self.approximation(&self.shape).weight(unscored)?;
        Ok(Box::new(VerifiedWeight { query: self.clone(), approximation }))
    }
}

struct VerifiedWeight {
    query: VerifiedQuery,
    approximation: Box<dyn Weight>,
}

impl Weight for VerifiedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let VerifiedQuery { shape, atoms, fields, analyzer, .. } = &self.query;
        let needed = shape.atoms();
        let positions = Positions::open(segment, atoms, |atom| needed.contains(&atom), *fields, *analyzer)?;
        let mut scorer = VerifiedScorer {
            candidates: self.approximation.scorer(segment, 1.0)?,
            positions,
            shape: shape.clone(),
            headline: self.query.headline,
            weight: self.query.weight * boost,
            matches: 0,
            failed: Arc::clone(&self.query.failed),
        };
        let first = scorer.candidates.doc();
        scorer.next_match(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        match scorer.seek(doc) == doc {
            true => Ok(Explanation::new("a match that the positions confirm", scorer.score())),
            false => Err(TantivyError::InvalidArgument(format!("document {doc} does not match"))),
        }
    }
}

struct VerifiedScorer {
    candidates: Box<dyn Scorer>,
    positions: Positions,
    shape: Shape,
    headline: bool,
    weight: Score,
    /// Matches in the current document.
    matches: usize,
    failed: Arc<OnceLock<TantivyError>>,
}

impl VerifiedScorer {
    /// Goes on from candidate `doc` to the next one, itself included, that has a match.
    fn next_match(&mut self, mut doc: DocId) -> DocId {
        while doc != TERMINATED {
            let found = match self.positions.read(doc) {
                Ok(positions) => starts(&self.shape, positions),
                Err(error) => {
                    // the first error is told; those after it are likely the same
                    let _ = self.failed.set(error);
                    Vec::new()
                }
            };
            let counted = found.iter().filter(|(start, _)| !self.headline || *start < PASSAGE_POSITIONS);
            self.matches = counted.map(|(_, matches)| matches).sum();
            if self.matches > 0 {
                return doc;
            }
            doc = self.candidates.advance();
        }
        TERMINATED
    }
}

impl DocSet for VerifiedScorer {
    fn advance(&mut self) -> DocId {
        let next = self.candidates.advance();
        self.next_match(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        let next = self.candidates.seek(target);
        self.next_match(next)
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }
}

impl Scorer for VerifiedScorer {
    fn score(&mut self) -> Score {
        let matches = self.matches as Score;
        self.weight * saturate(matches, K1, K1)
    }
}
