//! An article on its way to the indexing threads.

use std::iter::Map;
use std::slice::Iter;

use tantivy::Document;
use tantivy::schema::{Field, OwnedValue};

use crate::analysis::Ticket;
use crate::parallel::Place;

/// The values of an article's fields. tantivy queues thousands of documents, whatever their size; the place that each
/// takes is given back when an indexing thread has done with it, which bounds what they take together.
#[derive(Debug)]
pub(super) struct IndexedArticle {
    /// Of its text.
    pub ticket: Ticket,
    values: Vec<(Field, OwnedValue)>,
    _place: Place,
}

/// Values for which there is room from the start.
const ROOM: usize = 32;

impl IndexedArticle {
    /// Bytes that one more value takes.
    pub const BYTES_OF_VALUE: usize = size_of::<(Field, OwnedValue)>();
    /// Bytes that an article takes beside its texts and the lengths of its passages: the room for its values, the pieces of
    /// memory that they are in, and its place in the queue.
    pub const BYTES: usize = ROOM * Self::BYTES_OF_VALUE + 512;

    pub fn new(ticket: Ticket, place: Place) -> Self {
        Self { ticket, values: Vec::with_capacity(ROOM), _place: place }
    }

    pub fn add(&mut self, field: Field, value: impl Into<OwnedValue>) {
        self.values.push((field, value.into()));
    }
}

impl Document for IndexedArticle {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> =
        Map<Iter<'a, (Field, OwnedValue)>, fn(&'a (Field, OwnedValue)) -> (Field, &'a OwnedValue)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().map(|(field, value)| (*field, value))
    }
}
