//! The dictionary of forms: which articles have which word, unstemmed. A component of its own in each segment.
//!
//! tantivy's own postings would do, but filling them costs a look-up in a large table for every word of every article (a
//! third of the whole indexing); here a word's number comes from the analyzer, which knows it anyway, and the lists are
//! turned round when the segment is written.

mod lists;
mod reader;
mod writer;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::directory::{TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent;
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionaryBuilder;
use tantivy::{PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin};
use tantivy_fst::automaton::AlwaysMatch;

pub(crate) use reader::{FormsReader, each_form};
use writer::FormsWriter;

/// File names' ends: the dictionary, and the lists of documents.
pub(super) const DICTIONARY: &str = "forms";
pub(super) const LISTS: &str = "formdocs";

fn component(name: &str) -> SegmentComponent {
    SegmentComponent::Custom(name.to_owned())
}

/// Makes tantivy write and merge the dictionary of forms with each segment.
pub(crate) struct FormsPlugin {
    /// Counted as memory of each segment that is being written.
    pub burden: Burden,
}

/// Bytes of each indexing thread's memory that are taken elsewhere: it writes its segment so much earlier. tantivy fixes what a
/// thread may fill when it is opened, but asks everything that takes part in a segment how much it holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Burden(Arc<AtomicUsize>);

impl Burden {
    pub fn set(&self, bytes: usize) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl SegmentPlugin for FormsPlugin {
    fn extensions(&self) -> &[&str] {
        &[DICTIONARY, LISTS]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(FormsWriter::new(self.burden.clone())))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        let mut readers = Vec::with_capacity(context.readers.len());
        // the segments are stacked: documents that are alive keep their order and close up
        let mut places: Vec<Vec<u32>> = Vec::with_capacity(context.readers.len());
        let mut next = 0..;
        for segment in context.readers {
            readers.push(FormsReader::open(segment)?);
            let mut moved = vec![u32::MAX; segment.max_doc() as usize];
            segment.doc_ids_alive().zip(&mut next).for_each(|(old, new)| moved[old as usize] = new);
            places.push(moved);
        }
        let mut sink = Sink::create(context.target_segment)?;
        let mut docs = Vec::new();
        each_form(&readers, &AlwaysMatch, |form| {
            docs.clear();
            for (number, info) in form.places {
                let moved = readers[*number].docs(info).map(|doc| places[*number][doc as usize]);
                docs.extend(moved.filter(|&doc| doc != u32::MAX));
            }
            sink.put(form.word.as_bytes(), &docs)
        })?;
        sink.close()
    }
}

/// Takes words in order with their documents, and writes both files.
struct Sink {
    dictionary: TermDictionaryBuilder<WritePtr>,
    lists: WritePtr,
    at: usize,
    list: Vec<u8>,
}

impl Sink {
    fn create(segment: &Segment) -> tantivy::Result<Self> {
        let dictionary = TermDictionaryBuilder::create(segment.open_write(component(DICTIONARY))?)?;
        Ok(Self { dictionary, lists: segment.open_write(component(LISTS))?, at: 0, list: Vec::new() })
    }

    /// Adds a word with its documents, ascending and once each; one without documents is none.
    fn put(&mut self, word: &[u8], docs: &[u32]) -> tantivy::Result<()> {
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

    fn close(self) -> tantivy::Result<()> {
        self.dictionary.finish()?.terminate()?;
        self.lists.terminate()?;
        Ok(())
    }
}
