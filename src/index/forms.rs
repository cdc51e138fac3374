//! The dictionary of forms: which articles have which word, unstemmed, and where with a capital; and which words have one
//! stem. A component of its own in each segment.
//!
//! tantivy's own postings would do, but filling them costs a look-up in a large table for every word of every article (a
//! third of the whole indexing); here a word's number comes from the analyzer, which knows it anyway, and the lists are
//! turned round when the segment is written.

mod burden;
mod lists;
mod reader;
mod sink;
mod writer;

use std::collections::HashSet;

use tantivy::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy_fst::automaton::AlwaysMatch;

use crate::analysis::Handover;
use reader::each_family;
use sink::Sink;
use writer::FormsWriter;

pub(super) use burden::Burden;
use lists::Capitalized;
pub(crate) use lists::{CapitalizedDocs, FormList};
pub(crate) use reader::{FormsReader, each_form};
pub(super) use sink::{DICTIONARY, FAMILIES, LISTS};

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
        &[DICTIONARY, FAMILIES, LISTS]
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
        let (mut docs, mut capitalized) = (Vec::new(), Capitalized::default());
        // forms that only deleted documents had leave their families too
        let mut gone = HashSet::new();
        each_form(&readers, &AlwaysMatch, |form| {
            docs.clear();
            capitalized.clear();
            for (number, info) in form.places {
                let (list, moved) = (readers[*number].list(info), &places[*number]);
                docs.extend(list.docs().map(|doc| moved[doc as usize]).filter(|&doc| doc != u32::MAX));
                for one in list.capitalized().filter(|one| moved[one.doc as usize] != u32::MAX) {
                    capitalized.push(moved[one.doc as usize], one.small_too, one.places());
                }
            }
            if docs.is_empty() {
                gone.insert(form.word.to_owned());
            }
            sink.put(form.word.as_bytes(), &docs, &capitalized)
        })?;
        each_family(&readers, |stem, forms| {
            sink.put_family(stem, forms.iter().map(String::as_str).filter(|form| !gone.contains(*form)))
        })?;
        sink.close()
    }
}

#[cfg(test)]
mod tests;
