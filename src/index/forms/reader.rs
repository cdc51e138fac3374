//! Reads the dictionary of forms: of one segment, and of several side by side.

use tantivy::directory::OwnedBytes;
use tantivy::postings::TermInfo;
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy::{DocId, SegmentReader};
use tantivy_fst::Automaton;

use super::lists;
use super::sink::{DICTIONARY, LISTS, component};

/// The dictionary of one segment.
pub(crate) struct FormsReader {
    dictionary: TermDictionary,
    lists: OwnedBytes,
}

impl FormsReader {
    /// Opens the dictionary of a segment; nothing of it is read yet.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let dictionary = TermDictionary::open(segment.open_read(component(DICTIONARY))?)?;
        Ok(Self { dictionary, lists: segment.open_read(component(LISTS))?.read_bytes()? })
    }

    /// What is written of a form.
    pub fn get(&self, form: &str) -> tantivy::Result<Option<TermInfo>> {
        Ok(self.dictionary.get(form)?)
    }

    /// The documents that have a form, deleted ones too, ascending.
    pub fn docs(&self, info: &TermInfo) -> impl Iterator<Item = DocId> + '_ {
        lists::decode(self.lists.as_slice().get(info.postings_range.clone()).unwrap_or_default())
    }
}

/// A form as all segments have it.
pub(crate) struct Form<'a> {
    /// The form.
    pub word: &'a str,
    /// The numbers of the segments that have it, ascending, and what they say of it.
    pub places: &'a [(usize, TermInfo)],
}

/// Calls `each` with every form that `fits`, in the order of their bytes, each once.
pub(crate) fn each_form<A: Automaton<State: Clone>>(
    segments: &[FormsReader],
    fits: &A,
    mut each: impl FnMut(&Form<'_>) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let mut streams: Vec<(usize, TermStreamer<'_, &A>)> = Vec::with_capacity(segments.len());
    for (number, segment) in segments.iter().enumerate() {
        let mut stream = segment.dictionary.search(fits).into_stream()?;
        if stream.advance() {
            streams.push((number, stream));
        }
    }
    let (mut least, mut places) = (Vec::new(), Vec::new());
    while let Some(first) = streams.iter().map(|(_, stream)| stream.key()).min() {
        least.clear();
        least.extend_from_slice(first);
        places.clear();
        streams.retain_mut(|(number, stream)| {
            if stream.key() != least {
                return true;
            }
            places.push((*number, stream.value().clone()));
            stream.advance()
        });
        // every form was a str when it was written
        let word = std::str::from_utf8(&least).unwrap_or_default();
        each(&Form { word, places: &places })?;
    }
    Ok(())
}
