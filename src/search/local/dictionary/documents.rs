//! A query for the articles that have one of several forms: what a wildcard or an exact word asks of the index.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, Score, SegmentReader};

use super::Dictionary;

/// Matches the living documents of a set; each scores 1.
#[derive(Clone, Debug)]
pub(in crate::search::local) struct AnyForm {
    documents: Arc<HashMap<SegmentId, BitSet>>,
}

impl AnyForm {
    /// The living documents of a dictionary's archive that have any of these folded words.
    pub fn new(dictionary: &Dictionary, forms: &[String]) -> tantivy::Result<Self> {
        let mut documents = HashMap::new();
        for (reader, segment) in dictionary.searcher.segment_readers().iter().zip(&dictionary.segments) {
            let mut found = BitSet::with_max_value(reader.max_doc());
            let alive = reader.alive_bitset();
            for form in forms {
                if let Some(info) = segment.get(form)? {
                    let living = segment.docs(&info).filter(|&doc| alive.is_none_or(|alive| alive.is_alive(doc)));
                    for doc in living {
                        found.insert(doc);
                    }
                }
            }
            documents.insert(reader.segment_id(), found);
        }
        Ok(Self { documents: Arc::new(documents) })
    }

    /// Whether a document of a segment is one of them.
    pub fn contains(&self, segment: SegmentId, doc: DocId) -> bool {
        self.documents.get(&segment).is_some_and(|found| found.contains(doc))
    }

    /// How many documents there are.
    pub fn count(&self) -> u64 {
        self.documents.values().map(|found| found.len() as u64).sum()
    }
}

impl Query for AnyForm {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for AnyForm {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.documents.get(&reader.segment_id()) {
            Some(found) => Box::new(ConstScorer::new(BitSetDocSet::from(found.clone()), boost)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let found = self.documents.get(&reader.segment_id()).is_some_and(|found| found.contains(doc));
        Ok(Explanation::new("has one of the forms", if found { 1.0 } else { 0.0 }))
    }
}
