//! The dictionary of forms: which articles have which word, unstemmed. A component of its own in each segment.
//!
//! tantivy's own postings would do, but filling them costs a look-up in a large table for every word of every article (a
//! third of the whole indexing); here a word's number comes from the analyzer, which knows it anyway, and the lists are
//! turned round when the segment is written.

mod burden;
mod lists;
mod reader;
mod sink;
mod writer;

use tantivy::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy_fst::automaton::AlwaysMatch;

use crate::analysis::Handover;
use sink::Sink;
use writer::FormsWriter;

pub(super) use burden::Burden;
pub(crate) use reader::{FormsReader, each_form};
pub(super) use sink::{DICTIONARY, LISTS};

/// Makes tantivy write and merge the dictionary of forms with each segment.
#[derive(Clone, Default)]
pub(crate) struct FormsPlugin {
    /// Counted as memory of each segment that is being written.
    pub burden: Burden,
    /// Where the words of the articles' texts are left.
    pub handover: Handover,
}

impl SegmentPlugin for FormsPlugin {
    fn extensions(&self) -> &[&str] {
        &[DICTIONARY, LISTS]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(FormsWriter::new(self.burden.clone(), self.handover.clone())))
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

#[cfg(test)]
mod tests;
