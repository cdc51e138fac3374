//! Reads the dictionary of forms: of one segment, and of several side by side.

use std::collections::BTreeSet;

use tantivy::SegmentReader;
use tantivy::directory::OwnedBytes;
use tantivy::postings::TermInfo;
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy_fst::Automaton;
use tantivy_fst::automaton::AlwaysMatch;

use super::lists::{FormList, decode_family};
use super::sink::{DICTIONARY, FAMILIES, LISTS, component};

/// The dictionary of one segment.
pub(crate) struct FormsReader {
    dictionary: TermDictionary,
    families: TermDictionary,
    lists: OwnedBytes,
}

impl FormsReader {
    /// Opens the dictionary of a segment; nothing of it is read yet.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let dictionary = TermDictionary::open(segment.open_read(component(DICTIONARY))?)?;
        let families = TermDictionary::open(segment.open_read(component(FAMILIES))?)?;
        Ok(Self { dictionary, families, lists: segment.open_read(component(LISTS))?.read_bytes()? })
    }

    /// What is written of a form.
    pub fn get(&self, form: &str) -> tantivy::Result<Option<TermInfo>> {
        Ok(self.dictionary.get(form)?)
    }

    /// The documents that have a form.
    pub fn list(&self, info: &TermInfo) -> FormList<'_> {
        FormList::of(self.bytes(info))
    }

    /// The bytes of a list, which outlive the reader.
    pub fn bytes_of(&self, info: &TermInfo) -> OwnedBytes {
        let range = info.postings_range.clone();
        if range.end <= self.lists.len() { self.lists.slice(range) } else { OwnedBytes::empty() }
    }

    /// The forms that have a stem; some may be left that no document has any more.
    pub fn family(&self, stem: &str) -> tantivy::Result<Vec<String>> {
        let info = self.families.get(stem)?;
        Ok(info.map_or_else(Vec::new, |info| decode_family(stem, self.bytes(&info))))
    }

    fn bytes(&self, info: &TermInfo) -> &[u8] {
        self.lists.as_slice().get(info.postings_range.clone()).unwrap_or_default()
    }
}

/// Calls `each` with every stem, in the order of their bytes, each once, and the forms that the segments have of it.
pub(super) fn each_family(
    segments: &[FormsReader],
    mut each: impl FnMut(&str, &BTreeSet<String>) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    each_key(
        segments,
        |segment| &segment.families,
        &AlwaysMatch,
        |stem| {
            let read = |(number, info): &(usize, TermInfo)| decode_family(stem.word, segments[*number].bytes(info));
            each(stem.word, &stem.places.iter().flat_map(read).collect())
        },
    )
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
    each: impl FnMut(&Form<'_>) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    each_key(segments, |segment| &segment.dictionary, fits, each)
}

fn each_key<A: Automaton<State: Clone>>(
    segments: &[FormsReader],
    dictionary: impl Fn(&FormsReader) -> &TermDictionary,
    fits: &A,
    mut each: impl FnMut(&Form<'_>) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let mut streams: Vec<(usize, TermStreamer<'_, &A>)> = Vec::with_capacity(segments.len());
    for (number, segment) in segments.iter().enumerate() {
        let mut stream = dictionary(segment).search(fits).into_stream()?;
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
