//! A query for the articles that have one of several forms: what a wildcard or an exact word asks of the index.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::directory::OwnedBytes;
use tantivy::index::SegmentId;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, Score, SegmentReader};

use super::Dictionary;
use crate::analysis::CapitalAt;
use crate::index::FormList;
use crate::matching::{Atom, Test};

/// Matches the living documents of a set; each scores 1.
#[derive(Clone, Debug)]
pub(in crate::search::local) struct AnyForm {
    documents: Arc<HashMap<SegmentId, Arc<BitSet>>>,
    /// What the dictionary says of the form, where there is one.
    lists: Arc<HashMap<SegmentId, OwnedBytes>>,
}

impl AnyForm {
    /// The living documents of a dictionary's archive that have any of an atom's folded words, in capitals where that is
    /// what it wants.
    pub fn new(dictionary: &Dictionary, atom: &Atom) -> tantivy::Result<Self> {
        let (mut documents, mut lists) = (HashMap::new(), HashMap::new());
        let forms = &atom.terms;
        for (reader, segment) in dictionary.searcher.segment_readers().iter().zip(&dictionary.segments) {
            let mut found = BitSet::with_max_value(reader.max_doc());
            let alive = reader.alive_bitset();
            for form in forms {
                if let Some(info) = segment.get(form)? {
                    let list = segment.list(&info);
                    each_document(list, &atom.test, |doc| {
                        if alive.is_none_or(|alive| alive.is_alive(doc)) {
                            found.insert(doc);
                        }
                    });
                    if forms.len() == 1 {
                        lists.insert(reader.segment_id(), segment.bytes_of(&info));
                    }
                }
            }
            documents.insert(reader.segment_id(), Arc::new(found));
        }
        Ok(Self { documents: Arc::new(documents), lists: Arc::new(lists) })
    }

    /// Whether a document of a segment is one of them.
    pub fn contains(&self, segment: SegmentId, doc: DocId) -> bool {
        self.documents.get(&segment).is_some_and(|found| found.contains(doc))
    }

    /// What the dictionary of a segment says of the one form that is meant.
    pub fn list(&self, segment: SegmentId) -> Option<OwnedBytes> {
        self.lists.get(&segment).cloned()
    }

    /// Those of a segment, where the dictionary has it.
    pub fn of(&self, segment: SegmentId) -> Option<Arc<BitSet>> {
        self.documents.get(&segment).cloned()
    }

    /// How many documents there are.
    pub fn count(&self) -> u64 {
        self.documents.values().map(|found| found.len() as u64).sum()
    }
}

/// Calls `each` with every document of a form that passes an atom's test, as far as the dictionary tells.
fn each_document(list: FormList<'_>, test: &Test, each: impl FnMut(DocId)) {
    match test {
        Test::InCapitals(_) | Test::Signed(_) => {
            let all = list.capitalized().filter(|one| one.places().any(CapitalAt::is_all));
            all.map(|one| one.doc).for_each(each);
        }
        Test::WithCapital(_) => list.capitalized().filter(|one| one.tells()).map(|one| one.doc).for_each(each),
        _ => list.docs().for_each(each),
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
            Some(found) => Box::new(ConstScorer::new(BitSetDocSet::from(BitSet::clone(found)), boost)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let found = self.documents.get(&reader.segment_id()).is_some_and(|found| found.contains(doc));
        Ok(Explanation::new("has one of the forms", if found { 1.0 } else { 0.0 }))
    }
}
