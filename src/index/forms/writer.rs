//! Collects the words of a segment's documents, and turns documents of words into words of documents.

use std::any::Any;

use tantivy::indexer::DocIdMapping;
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{DocId, PluginWriter, Segment, TantivyError};

use super::{Burden, Sink};
use crate::analysis::{Handover, Mismatch, Ticket};
use crate::index::document::IndexedArticle;

/// The words of the documents so far, by the analyzer's numbers.
#[derive(Default)]
pub(super) struct FormsWriter {
    /// All words, end to end; some twice, where the analyzer had forgotten them.
    words: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// The numbers of each document's words, end to end.
    numbers: Vec<u32>,
    /// Where each document's end.
    document_ends: Vec<usize>,
    /// The ticket of the first document.
    first: Option<Ticket>,
    burden: Burden,
    handover: Handover,
}

impl FormsWriter {
    pub fn new(burden: Burden, handover: Handover) -> Self {
        Self { burden, handover, ..Self::default() }
    }

    /// Claims the words of the document that comes next, by the ticket of its text.
    fn add(&mut self, document: DocId, ticket: Ticket) -> Result<(), Mismatch> {
        let forms = self.handover.claim(ticket)?;
        let first = *self.first.get_or_insert(ticket);
        if forms.numbering != Some(first) {
            return Err(Mismatch::OtherSegment);
        }
        if forms.known as usize != self.ends.len() || document as usize != self.document_ends.len() {
            return Err(Mismatch::OtherOrder);
        }
        for word in forms.new_words() {
            self.words.push_str(word);
            self.ends.push(self.words.len());
        }
        self.numbers.extend_from_slice(&forms.numbers);
        self.document_ends.push(self.numbers.len());
        Ok(())
    }

    /// Whether all words that were numbered for this segment were claimed.
    fn finish(&self) -> Result<(), Mismatch> {
        if self.handover.holds(self.first) { Err(Mismatch::Unclaimed) } else { Ok(()) }
    }

    /// Ends the run: a dictionary of other articles' words is worse than none.
    fn failed(&self, mismatch: Mismatch) -> TantivyError {
        TantivyError::InternalError(self.handover.note(mismatch).to_string())
    }

    /// Calls `put` with every word in order, and its documents, ascending and once each.
    fn each(&self, mut put: impl FnMut(&str, &[u32]) -> tantivy::Result<()>) -> tantivy::Result<()> {
        let (documents, starts) = self.documents();
        let mut docs: Vec<u32> = Vec::new();
        for same in self.sorted().chunk_by(|&a, &b| self.word(a as usize) == self.word(b as usize)) {
            docs.clear();
            same.iter().for_each(|&n| docs.extend(&documents[starts[n as usize]..starts[n as usize + 1]]));
            if same.len() > 1 {
                docs.sort_unstable();
            }
            docs.dedup();
            put(self.word(same[0] as usize), &docs)?;
        }
        Ok(())
    }

    fn word(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start..self.ends[number]]
    }

    /// The numbers of the words, sorted by word.
    fn sorted(&self) -> Vec<u32> {
        // the first letters decide nearly always, and stand side by side
        let lead = |number: u32| {
            let mut lead = [0; 8];
            let word = self.word(number as usize).as_bytes();
            let length = word.len().min(lead.len());
            lead[..length].copy_from_slice(&word[..length]);
            (u64::from_be_bytes(lead), number)
        };
        let mut sorted: Vec<(u64, u32)> = (0..self.ends.len() as u32).map(lead).collect();
        sorted.sort_unstable_by(|(a, one), (b, other)| {
            a.cmp(b).then_with(|| self.word(*one as usize).cmp(self.word(*other as usize)))
        });
        sorted.into_iter().map(|(_, number)| number).collect()
    }

    /// The documents of each number, end to end and ascending, and where they begin.
    fn documents(&self) -> (Vec<u32>, Vec<usize>) {
        let mut starts = vec![0; self.ends.len() + 1];
        self.numbers.iter().for_each(|&number| starts[number as usize + 1] += 1);
        (1..starts.len()).for_each(|n| starts[n] += starts[n - 1]);
        let (mut documents, mut next) = (vec![0; self.numbers.len()], starts.clone());
        let mut from = 0;
        for (document, &end) in (0..).zip(&self.document_ends) {
            for &number in &self.numbers[from..end] {
                let place = &mut next[number as usize];
                documents[*place] = document;
                *place += 1;
            }
            from = end;
        }
        (documents, starts)
    }
}

impl PluginWriter for FormsWriter {
    fn add_document(&mut self, number: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let article = document.as_any().downcast_ref::<IndexedArticle>().ok_or(Mismatch::Missing);
        article.and_then(|article| self.add(number, article.ticket)).map_err(|mismatch| self.failed(mismatch))
    }

    fn serialize(self: Box<Self>, segment: &Segment, mapping: Option<&DocIdMapping>) -> tantivy::Result<()> {
        if mapping.is_some() {
            return Err(TantivyError::InternalError("the index keeps its documents in the order they came".to_owned()));
        }
        self.finish().map_err(|mismatch| self.failed(mismatch))?;
        let mut sink = Sink::create(segment)?;
        self.each(|word, docs| sink.put(word.as_bytes(), docs))?;
        sink.close()
    }

    fn mem_usage(&self) -> usize {
        let ends = self.ends.capacity() + self.document_ends.capacity();
        self.burden.bytes()
            + self.words.capacity()
            + ends * size_of::<usize>()
            + self.numbers.capacity() * size_of::<u32>()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

#[cfg(test)]
mod tests;
