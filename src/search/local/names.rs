//! The words of names, which have a field of their own in the index.

use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::dictionary::near;
use super::pattern::Pattern;
use crate::search::backend::{Like, Offer};

/// Offers every word of a field of names that is meant; how many articles have it is not told.
pub(super) fn like(searcher: &Searcher, field: Field, like: Like<'_>, offer: &mut Offer<'_>) -> tantivy::Result<()> {
    match like {
        Like::Pattern(pattern) => each(searcher, field, &Pattern::new(pattern), offer),
        Like::Near(word, edits) => each(searcher, field, &near(word, edits)?, offer),
    }
}

fn each<A: Automaton<State: Clone>>(
    searcher: &Searcher,
    field: Field,
    fits: &A,
    offer: &mut Offer<'_>,
) -> tantivy::Result<()> {
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().search(fits).into_stream()?;
        while stream.advance() {
            if let Ok(word) = std::str::from_utf8(stream.key()) {
                offer(word, 0, &|| true);
            }
        }
    }
    Ok(())
}
