//! The files of a dictionary of forms, and how they are written.

use std::io::Write;

use tantivy::Segment;
use tantivy::directory::{TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent;
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionaryBuilder;

use super::lists::{Capitalized, ListWriter, encode_family};

/// File names' ends: the dictionary of forms, that of stems, and the lists that both lead to.
pub(in crate::index) const DICTIONARY: &str = "forms";
pub(in crate::index) const FAMILIES: &str = "families";
pub(in crate::index) const LISTS: &str = "formdocs";

pub(super) fn component(name: &str) -> SegmentComponent {
    SegmentComponent::Custom(name.to_owned())
}

/// Takes words in order with their documents, then stems in order with their words, and writes all files.
pub(super) struct Sink {
    dictionary: TermDictionaryBuilder<WritePtr>,
    families: TermDictionaryBuilder<WritePtr>,
    lists: WritePtr,
    at: usize,
    writer: ListWriter,
}

impl Sink {
    pub fn create(segment: &Segment) -> tantivy::Result<Self> {
        let dictionary = TermDictionaryBuilder::create(segment.open_write(component(DICTIONARY))?)?;
        let families = TermDictionaryBuilder::create(segment.open_write(component(FAMILIES))?)?;
        let lists = segment.open_write(component(LISTS))?;
        Ok(Self { dictionary, families, lists, at: 0, writer: ListWriter::default() })
    }

    /// Adds a word with its documents, ascending and once each, and those of them that have it with a capital; one without
    /// documents is none.
    pub fn put(&mut self, word: &[u8], docs: &[u32], capitalized: &Capitalized) -> tantivy::Result<()> {
        if docs.is_empty() {
            return Ok(());
        }
        let list = self.writer.list(docs, capitalized);
        self.lists.write_all(list)?;
        let info = info(&mut self.at, list.len(), docs.len());
        self.dictionary.insert(word, &info)?;
        Ok(())
    }

    /// Adds a stem with its words, ascending; one without words is none.
    pub fn put_family<'w>(&mut self, stem: &str, forms: impl Iterator<Item = &'w str>) -> tantivy::Result<()> {
        let mut list = Vec::new();
        encode_family(stem, forms, &mut list);
        if list.is_empty() {
            return Ok(());
        }
        self.lists.write_all(&list)?;
        let info = info(&mut self.at, list.len(), 1);
        self.families.insert(stem.as_bytes(), &info)?;
        Ok(())
    }

    pub fn close(self) -> tantivy::Result<()> {
        self.dictionary.finish()?.terminate()?;
        self.families.finish()?.terminate()?;
        self.lists.terminate()?;
        Ok(())
    }
}

/// Where the next list stands.
fn info(at: &mut usize, length: usize, documents: usize) -> TermInfo {
    let start = *at;
    *at += length;
    TermInfo { doc_freq: documents as u32, postings_range: start..*at, positions_range: 0..0 }
}
