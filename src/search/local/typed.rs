//! A query for a word that counts less, or nothing, in articles which have it in other forms than the one typed.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::dictionary::AnyForm;

/// Matches what `inner` matches, but for articles that count nothing.
#[derive(Debug)]
pub(super) struct TypedFormQuery {
    pub inner: Box<dyn Query>,
    /// The articles that have the form typed.
    pub documents: AnyForm,
    /// What the score of these is multiplied by.
    pub typed: Score,
    /// What the score of the others is multiplied by; none where they do not match.
    pub other: Option<Score>,
}

impl Clone for TypedFormQuery {
    fn clone(&self) -> Self {
        let Self { inner, documents, typed, other } = self;
        Self { inner: inner.box_clone(), documents: documents.clone(), typed: *typed, other: *other }
    }
}

impl Query for TypedFormQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(TypedFormWeight { inner: self.inner.weight(scoring)?, query: self.clone() }))
    }
}

struct TypedFormWeight {
    inner: Box<dyn Weight>,
    query: TypedFormQuery,
}

impl Weight for TypedFormWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let TypedFormQuery { documents, typed, other, .. } = &self.query;
        let inner = self.inner.scorer(segment, boost)?;
        let with = documents.of(segment.segment_id());
        let mut scorer = TypedFormScorer { inner, with, typed: *typed, other: *other };
        let first = scorer.doc();
        scorer.next_match(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.inner.explain(segment, doc)
    }
}

struct TypedFormScorer {
    inner: Box<dyn Scorer>,
    with: Option<Arc<BitSet>>,
    typed: Score,
    other: Option<Score>,
}

impl TypedFormScorer {
    fn has_form(&self, doc: DocId) -> bool {
        self.with.as_ref().is_some_and(|with| with.contains(doc))
    }

    /// Goes on from `doc` to the next document, itself included, that matches.
    fn next_match(&mut self, mut doc: DocId) -> DocId {
        while self.other.is_none() && doc != TERMINATED && !self.has_form(doc) {
            doc = self.inner.advance();
        }
        doc
    }
}

impl DocSet for TypedFormScorer {
    fn advance(&mut self) -> DocId {
        let next = self.inner.advance();
        self.next_match(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let next = self.inner.seek(target);
        self.next_match(next)
    }

    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }
}

impl Scorer for TypedFormScorer {
    fn score(&mut self) -> Score {
        let typed = self.has_form(self.inner.doc());
        let factor = if typed { self.typed } else { self.other.unwrap_or(0.0) };
        factor * self.inner.score()
    }
}
