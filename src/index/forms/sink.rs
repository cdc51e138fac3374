//! The two files of a dictionary of forms, and how they are written.

use std::io::Write;

use tantivy::Segment;
use tantivy::directory::{TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent;
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionaryBuilder;

use super::lists;

/// File names' ends: the dictionary, and the lists of documents.
pub(in crate::index) const DICTIONARY: &str = "forms";
pub(in crate::index) const LISTS: &str = "formdocs";

pub(super) fn component(name: &str) -> SegmentComponent {
    SegmentComponent::Custom(name.to_owned())
}

/// Takes words in order with their documents, and writes both files.
pub(super) struct Sink {
    dictionary: TermDictionaryBuilder<WritePtr>,
    lists: WritePtr,
    at: usize,
    list: Vec<u8>,
}

impl Sink {
    pub fn create(segment: &Segment) -> tantivy::Result<Self> {
        let dictionary = TermDictionaryBuilder::create(segment.open_write(component(DICTIONARY))?)?;
        Ok(Self { dictionary, lists: segment.open_write(component(LISTS))?, at: 0, list: Vec::new() })
    }

    /// Adds a word with its documents, ascending and once each; one without documents is none.
    pub fn put(&mut self, word: &[u8], docs: &[u32]) -> tantivy::Result<()> {
        if docs.is_empty() {
            return Ok(());
        }
        self.list.clear();
        lists::encode(docs, &mut self.list);
        self.lists.write_all(&self.list)?;
        let end = self.at + self.list.len();
        let info = TermInfo { doc_freq: docs.len() as u32, postings_range: self.at..end, positions_range: 0..0 };
        self.dictionary.insert(word, &info)?;
        self.at = end;
        Ok(())
    }

    pub fn close(self) -> tantivy::Result<()> {
        self.dictionary.finish()?.terminate()?;
        self.lists.terminate()?;
        Ok(())
    }
}
