//! What BM25 knows of the archive as a whole: the same for the same articles, however they fell into segments and whatever
//! was there before.
//!
//! tantivy keeps a count of each field's tokens, which it only estimates when it merges segments that have deletions;
//! the sum over the lengths that its scores use anyway is exact.

use std::sync::Arc;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::living::DeletedDocs;
use crate::index::Fields;

/// Statistics of one state of the index.
#[derive(Clone)]
pub(super) struct Statistics {
    searcher: Searcher,
    text: Field,
    deleted: Arc<DeletedDocs>,
    /// Living documents.
    documents: u64,
    /// Lengths of their texts, summed.
    tokens: u64,
}

impl Statistics {
    pub fn of(searcher: Searcher, fields: Fields) -> tantivy::Result<Self> {
        let (mut documents, mut tokens) = (0, 0);
        for segment in searcher.segment_readers() {
            let lengths = segment.get_fieldnorms_reader(fields.text)?;
            tokens += segment.doc_ids_alive().map(|doc| u64::from(lengths.fieldnorm(doc))).sum::<u64>();
            documents += u64::from(segment.num_docs());
        }
        let deleted = Arc::new(DeletedDocs::of(&searcher));
        Ok(Self { searcher, text: fields.text, deleted, documents, tokens })
    }

    /// The state of the index that they are of.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Mean length of the text field in positions, a headline's counted as often as it is indexed; at least 1.
    pub fn average_length(&self) -> f32 {
        (self.tokens as f32 / self.documents.max(1) as f32).max(1.0)
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // only the text has lengths; elsewhere every document counts as long as every other
        Ok(if field == self.text { self.tokens } else { self.documents })
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.deleted.living_with(term, &self.searcher)
    }
}
