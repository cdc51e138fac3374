//! The words of names, which have a field of their own in the index.

use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::dictionary::near;
use super::pattern::{ByCharacter, Pattern};
use super::statistics::Statistics;
use crate::search::backend::{Like, Offer};

/// Offers every word of a field of names that is meant, once for each segment that has it.
pub(super) fn like(
    statistics: &Statistics,
    field: Field,
    like: Like<'_>,
    offer: &mut Offer<'_>,
) -> tantivy::Result<()> {
    match like {
        Like::Pattern(pattern) => each(statistics, field, &ByCharacter(Pattern::new(pattern)), offer),
        Like::Fitting(regex) => each(statistics, field, &ByCharacter(regex), offer),
        Like::Near(word, edits) => each(statistics, field, &near(word, edits)?, offer),
    }
}

fn each<A: Automaton<State: Clone>>(
    statistics: &Statistics,
    field: Field,
    fits: &A,
    offer: &mut Offer<'_>,
) -> tantivy::Result<()> {
    for segment in statistics.searcher().segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().search(fits).into_stream()?;
        while stream.advance() {
            if let Ok(word) = std::str::from_utf8(stream.key()) {
                let articles = statistics.doc_freq(&Term::from_field_text(field, word))?;
                offer(word, articles, &|| articles);
            }
        }
    }
    Ok(())
}
