//! Reads where the query's words stand in a candidate, from the postings alone.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, InvertedIndexReader, Searcher, Term};

use super::plan::Plan;
use super::score::Scorer;
use crate::analysis::PASSAGE_POSITIONS;
use crate::index::Fields;
use crate::query::{Leaf, Occur, Scope, Weights};

/// The postings of a plan's terms; asked for candidates in document order.
pub(super) struct Evidence<'a> {
    searcher: &'a Searcher,
    plan: &'a Plan,
    fields: Fields,
    segment: Option<Segment>,
    positions: Vec<Vec<u32>>,
    scorer: Scorer,
}

struct Segment {
    number: u32,
    /// Postings of each leaf's terms.
    postings: Vec<Vec<Option<SegmentPostings>>>,
    lengths: FieldNormReader,
    passage_lengths: Column<u64>,
}

impl<'a> Evidence<'a> {
    pub fn open(searcher: &'a Searcher, plan: &'a Plan, fields: Fields, weights: Weights) -> Self {
        Self {
            searcher,
            plan,
            fields,
            segment: None,
            positions: vec![Vec::new(); plan.leaves.len()],
            scorer: Scorer::new(weights),
        }
    }

    /// Scores a candidate: its best `count` passages (1-based) with their scores. Candidates come in document order.
    pub fn score(
        &mut self,
        address: DocAddress,
        count: usize,
    ) -> tantivy::Result<impl Iterator<Item = (u32, f32)> + '_> {
        if self.segment.as_ref().is_none_or(|s| s.number != address.segment_ord) {
            self.segment = Some(self.open_segment(address.segment_ord)?);
        }
        let mut length = 1.0;
        if let Some(segment) = &mut self.segment {
            for (leaf, postings) in segment.postings.iter_mut().enumerate() {
                read_leaf(&self.plan.leaves[leaf], postings, address.doc_id, &mut self.positions[leaf]);
            }
            length = segment.lengths.fieldnorm(address.doc_id) as f32 / self.plan.average_length.max(1.0);
            self.scorer.lengths.clear();
            self.scorer.lengths.extend(segment.passage_lengths.values_for_doc(address.doc_id));
        }
        Ok(self.scorer.score(&self.plan.weights, &self.positions, length, count))
    }

    fn open_segment(&self, number: u32) -> tantivy::Result<Segment> {
        let reader = self.searcher.segment_reader(number);
        let index = reader.inverted_index(self.fields.text)?;
        let mut postings = Vec::with_capacity(self.plan.leaves.len());
        for leaf in &self.plan.leaves {
            postings.push(self.open_leaf(leaf, &index)?);
        }
        Ok(Segment {
            number,
            postings,
            lengths: reader.get_fieldnorms_reader(self.fields.text)?,
            passage_lengths: reader.fast_fields().u64(Fields::PASSAGE_LENGTHS)?,
        })
    }

    fn open_leaf(
        &self,
        leaf: &Leaf,
        index: &Arc<InvertedIndexReader>,
    ) -> tantivy::Result<Vec<Option<SegmentPostings>>> {
        if leaf.occur == Occur::MustNot {
            return Ok(Vec::new());
        }
        let mut postings = Vec::with_capacity(leaf.terms.len());
        for term in &leaf.terms {
            let term = Term::from_field_text(self.fields.text, term);
            postings.push(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        Ok(postings)
    }
}

/// Puts into `found` where the leaf's matches begin in this document, ascending and once each.
fn read_leaf(leaf: &Leaf, postings: &mut [Option<SegmentPostings>], doc: u32, found: &mut Vec<u32>) {
    found.clear();
    let Some((first, rest)) = postings.split_first_mut() else { return };
    if !read_positions(first, doc, found) {
        return;
    }
    let mut next = Vec::new();
    for (distance, postings) in rest.iter_mut().enumerate() {
        if !read_positions(postings, doc, &mut next) {
            found.clear();
            return;
        }
        let distance = distance as u32 + 1;
        found.retain(|&at| next.binary_search(&(at + distance)).is_ok());
    }
    // no phrase reaches into the next passage: positions end below 256 but for text beyond all bounds
    found.retain(|&at| (at + leaf.terms.len() as u32 - 1) / PASSAGE_POSITIONS == at / PASSAGE_POSITIONS);
    if leaf.scope == Scope::Headline {
        found.retain(|&at| at < PASSAGE_POSITIONS);
    }
}

/// The positions of a term in a document, each once (a headline's stand there thrice); false where it has none.
fn read_positions(postings: &mut Option<SegmentPostings>, doc: u32, found: &mut Vec<u32>) -> bool {
    let Some(postings) = postings else { return false };
    if postings.doc() < doc {
        postings.seek(doc);
    }
    if postings.doc() != doc {
        return false;
    }
    postings.positions(found);
    found.dedup();
    true
}
