//! A query to exclude by.
//!
//! tantivy asks what it excludes by for documents that lie before the place where that stands already. Phrases and
//! conjunctions do not expect it: they fail an assertion in debug builds, and their state afterwards is undefined. Here
//! nothing is ever asked to go back.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader};

/// Matches what `inner` matches.
#[derive(Debug)]
pub(super) struct GuardedQuery {
    pub inner: Box<dyn Query>,
}

impl Clone for GuardedQuery {
    fn clone(&self) -> Self {
        Self { inner: self.inner.box_clone() }
    }
}

impl Query for GuardedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(GuardedWeight { inner: self.inner.weight(scoring)? }))
    }
}

struct GuardedWeight {
    inner: Box<dyn Weight>,
}

impl Weight for GuardedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(GuardedScorer { inner: self.inner.scorer(segment, boost)? }))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.inner.explain(segment, doc)
    }
}

struct GuardedScorer {
    inner: Box<dyn Scorer>,
}

impl DocSet for GuardedScorer {
    fn advance(&mut self) -> DocId {
        self.inner.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.inner.doc() >= target { self.inner.doc() } else { self.inner.seek(target) }
    }

    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }
}

impl Scorer for GuardedScorer {
    fn score(&mut self) -> Score {
        self.inner.score()
    }
}
