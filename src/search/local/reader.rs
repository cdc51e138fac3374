//! Where articles have the words of a query: by their postings, document after document.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocAddress, SegmentOrdinal};

use super::archive::Archive;
use super::positions::{Atoms, Positions};
use crate::error::Result;
use crate::index::Fields;
use crate::search::backend::Reader;

/// Reads the postings of a query's words; asked for documents in their order.
pub(crate) struct PostingsReader<'a> {
    archive: &'a Archive,
    atoms: &'a Arc<Atoms>,
    needed: Vec<bool>,
    segment: Option<SegmentPostings>,
}

struct SegmentPostings {
    number: SegmentOrdinal,
    positions: Positions,
    lengths: FieldNormReader,
    passage_lengths: Column<u64>,
}

impl<'a> PostingsReader<'a> {
    pub fn new(archive: &'a Archive, atoms: &'a Arc<Atoms>, needed: Vec<bool>) -> Self {
        Self { archive, atoms, needed, segment: None }
    }

    /// The segment with this number, opened where it is not the one that was read last.
    fn segment(&mut self, number: SegmentOrdinal) -> Result<&mut SegmentPostings> {
        self.segment.take_if(|segment| segment.number != number);
        match &mut self.segment {
            Some(segment) => Ok(segment),
            none => {
                let opened = SegmentPostings::open(self.archive, self.atoms, &self.needed, number);
                Ok(none.insert(opened.map_err(|e| self.archive.failed(&e))?))
            }
        }
    }
}

impl SegmentPostings {
    fn open(archive: &Archive, atoms: &Arc<Atoms>, needed: &[bool], number: SegmentOrdinal) -> tantivy::Result<Self> {
        let Archive { fields, analyzer, statistics, .. } = archive;
        let reader = statistics.searcher().segment_reader(number);
        Ok(Self {
            number,
            positions: Positions::open(reader, atoms, |atom| needed[atom], *fields, *analyzer)?,
            lengths: reader.get_fieldnorms_reader(fields.text)?,
            passage_lengths: reader.fast_fields().u64(Fields::PASSAGE_LENGTHS)?,
        })
    }
}

impl Reader<DocAddress> for PostingsReader<'_> {
    fn positions(&mut self, article: &DocAddress) -> Result<&[Vec<u32>]> {
        let archive = self.archive;
        self.segment(article.segment_ord)?.positions.read(article.doc_id).map_err(|e| archive.failed(&e))
    }

    fn has(&self, article: &DocAddress, atom: usize) -> bool {
        let segment = self.archive.statistics.searcher().segment_reader(article.segment_ord).segment_id();
        self.atoms.has(atom, segment, article.doc_id)
    }

    fn lengths(&mut self, article: &DocAddress, passages: &mut Vec<u64>) -> Result<u32> {
        let segment = self.segment(article.segment_ord)?;
        passages.extend(segment.passage_lengths.values_for_doc(article.doc_id));
        Ok(segment.lengths.fieldnorm(article.doc_id))
    }
}
