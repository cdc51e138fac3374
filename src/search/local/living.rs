//! How many living articles have a term: postings list deleted ones until a merge leaves them out.

use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// Postings for each deleted document from which on it pays to look the deleted ones up in them: to seek costs as much as
/// to read so many.
const POSTINGS_WORTH_SEEKING: u64 = 16;

/// The deleted documents of each segment, ascending.
pub(super) struct DeletedDocs(Vec<Vec<DocId>>);

impl DeletedDocs {
    pub fn of(searcher: &Searcher) -> Self {
        let deleted = |segment: &SegmentReader| match segment.alive_bitset() {
            Some(alive) => (0..segment.max_doc()).filter(|&doc| alive.is_deleted(doc)).collect(),
            None => Vec::new(),
        };
        Self(searcher.segment_readers().iter().map(deleted).collect())
    }

    /// How many living documents of a searcher have a term: the same whatever was deleted, merged or not.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn living_with(&self, term: &Term, searcher: &Searcher) -> tantivy::Result<u64> {
        let mut living = 0;
        for (segment, deleted) in searcher.segment_readers().iter().zip(&self.0) {
            let index = segment.inverted_index(term.field())?;
            let Some(info) = index.get_term_info(term)? else { continue };
            living += u64::from(info.doc_freq);
            if !deleted.is_empty() {
                let postings = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                living -= common(postings, u64::from(info.doc_freq), deleted);
            }
        }
        Ok(living)
    }
}

/// How many of the documents, which ascend, are among the postings.
fn common(mut postings: SegmentPostings, length: u64, documents: &[DocId]) -> u64 {
    let mut common = 0;
    if length / POSTINGS_WORTH_SEEKING > documents.len() as u64 {
        for &document in documents {
            if postings.doc() < document && postings.seek(document) == TERMINATED {
                break;
            }
            common += u64::from(postings.doc() == document);
        }
        return common;
    }
    let mut rest = documents.iter().copied().peekable();
    while postings.doc() != TERMINATED {
        while rest.next_if(|&document| document < postings.doc()).is_some() {}
        match rest.peek() {
            None => break,
            Some(&document) => common += u64::from(document == postings.doc()),
        }
        postings.advance();
    }
    common
}
