//! Collects the words of a segment's documents, and turns documents of words into words of documents.

use std::any::Any;
use std::ops::Range;

use tantivy::indexer::DocIdMapping;
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{DocId, PluginWriter, Segment, TantivyError};

use super::{Burden, Capitalized, Sink};
use crate::analysis::{CapitalAt, Handover, Mismatch, Number, Ticket};
use crate::index::document::IndexedArticle;

/// The words of the documents so far, by the analyzer's numbers.
#[derive(Default)]
pub(super) struct FormsWriter {
    /// All words, end to end; some twice, where the analyzer had forgotten them.
    words: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// The stems of all words, end to end.
    stems: String,
    /// Where each ends.
    stem_ends: Vec<usize>,
    /// The numbers of each document's words, end to end.
    numbers: Vec<Number>,
    /// Where each document's end.
    document_ends: Vec<usize>,
    /// Where each document has words with a capital, end to end.
    capitals: Vec<(u32, CapitalAt)>,
    /// Where each document's end.
    capital_ends: Vec<usize>,
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
        for (word, stem) in forms.new_words() {
            self.words.push_str(word);
            self.ends.push(self.words.len());
            self.stems.push_str(stem);
            self.stem_ends.push(self.stems.len());
        }
        self.numbers.extend_from_slice(&forms.numbers);
        self.document_ends.push(self.numbers.len());
        self.capitals.extend_from_slice(&forms.capitals);
        self.capital_ends.push(self.capitals.len());
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

    /// Calls `put` with every word in order, its documents, ascending and once each, and those that have it with a capital.
    fn each(
        &self,
        sorted: &[u32],
        mut put: impl FnMut(&str, &[u32], &Capitalized) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let numbers = self.numbers.iter().map(|number| (number.number(), u32::from(number.is_small())));
        let (documents, starts) = self.turned(numbers, &self.document_ends);
        let capitals = self.capitals.iter().map(|&(number, place)| (number, place.code()));
        let (places, place_starts) = self.turned(capitals, &self.capital_ends);
        let (mut docs, mut small, mut here) = (Vec::new(), Vec::new(), Vec::new());
        let mut capitalized = Capitalized::default();
        for same in sorted.chunk_by(|&a, &b| self.word(a as usize) == self.word(b as usize)) {
            let of = |n: &u32| *n as usize..=*n as usize + 1;
            let all = same.iter().flat_map(|n| &documents[span(&starts[of(n)])]);
            docs.clear();
            docs.extend(all.clone().map(|&(doc, _)| doc));
            small.clear();
            small.extend(all.filter(|&&(_, small)| small == 1).map(|&(doc, _)| doc));
            here.clear();
            same.iter().for_each(|n| here.extend_from_slice(&places[span(&place_starts[of(n)])]));
            if same.len() > 1 {
                docs.sort_unstable();
                small.sort_unstable();
                here.sort_unstable();
            }
            docs.dedup();
            capitalized.clear();
            for here in here.chunk_by(|(a, _), (b, _)| a == b) {
                let (doc, _) = here[0];
                let places = here.iter().map(|&(_, code)| CapitalAt::of_code(code));
                capitalized.push(doc, small.binary_search(&doc).is_ok(), places);
            }
            put(self.word(same[0] as usize), &docs, &capitalized)?;
        }
        Ok(())
    }

    /// Calls `put` with every stem in order, and its words, ascending and once each.
    fn each_family(
        &self,
        sorted: &[u32],
        mut put: impl FnMut(&str, &[&str]) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let stem = |number: u32| part(&self.stems, &self.stem_ends, number as usize);
        let mut pairs: Vec<(u64, u32)> = (0..).zip(sorted).map(|(place, &n)| (lead(stem(n)), place)).collect();
        let stem = |place: u32| stem(sorted[place as usize]);
        pairs.sort_unstable_by(|&(a, one), &(b, other)| {
            a.cmp(&b).then_with(|| stem(one).cmp(stem(other))).then_with(|| one.cmp(&other))
        });
        let mut forms = Vec::new();
        let families = pairs.chunk_by(|&(a, one), &(b, other)| a == b && stem(one) == stem(other));
        // words with signs have no stem
        for family in families.filter(|family| !stem(family[0].1).is_empty()) {
            forms.clear();
            forms.extend(family.iter().map(|&(_, place)| self.word(sorted[place as usize] as usize)));
            forms.dedup();
            put(stem(family[0].1), &forms)?;
        }
        Ok(())
    }

    fn word(&self, number: usize) -> &str {
        part(&self.words, &self.ends, number)
    }

    /// The numbers of the words, sorted by word.
    fn sorted(&self) -> Vec<u32> {
        let numbers = 0..self.ends.len() as u32;
        let mut sorted: Vec<(u64, u32)> = numbers.map(|number| (lead(self.word(number as usize)), number)).collect();
        sorted.sort_unstable_by(|(a, one), (b, other)| {
            a.cmp(b).then_with(|| self.word(*one as usize).cmp(self.word(*other as usize)))
        });
        sorted.into_iter().map(|(_, number)| number).collect()
    }

    /// What documents have of words, each with the word's number, turned round: what words have of documents, end to end and
    /// ascending, and where each word's begins.
    fn turned(
        &self,
        of_documents: impl Iterator<Item = (u32, u32)> + Clone,
        document_ends: &[usize],
    ) -> (Vec<(DocId, u32)>, Vec<usize>) {
        let mut starts = vec![0; self.ends.len() + 1];
        of_documents.clone().for_each(|(number, _)| starts[number as usize + 1] += 1);
        (1..starts.len()).for_each(|n| starts[n] += starts[n - 1]);
        let all = document_ends.last().copied().unwrap_or(0);
        let (mut turned, mut next) = (vec![(0, 0); all], starts.clone());
        let mut rest = of_documents;
        let mut from = 0;
        for (document, &end) in (0..).zip(document_ends) {
            for (number, what) in rest.by_ref().take(end - from) {
                let place = &mut next[number as usize];
                turned[*place] = (document, what);
                *place += 1;
            }
            from = end;
        }
        (turned, starts)
    }
}

/// The first letters of a word, in its order: they decide nearly always, and stand side by side.
fn lead(word: &str) -> u64 {
    let mut lead = [0; 8];
    let length = word.len().min(lead.len());
    lead[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(lead)
}

/// One of the texts that stand end to end.
fn part<'t>(texts: &'t str, ends: &[usize], number: usize) -> &'t str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &texts[start..ends[number]]
}

/// From the first of two places to the second.
fn span(ends: &[usize]) -> Range<usize> {
    ends[0]..ends[1]
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
        let sorted = self.sorted();
        self.each(&sorted, |word, docs, capitalized| sink.put(word.as_bytes(), docs, capitalized))?;
        self.each_family(&sorted, |stem, forms| sink.put_family(stem, forms.iter().copied()))?;
        sink.close()
    }

    fn mem_usage(&self) -> usize {
        let ends = [&self.ends, &self.stem_ends, &self.document_ends, &self.capital_ends];
        self.burden.bytes()
            + self.words.capacity()
            + self.stems.capacity()
            + ends.iter().map(|ends| ends.capacity()).sum::<usize>() * size_of::<usize>()
            + self.numbers.capacity() * size_of::<Number>()
            + self.capitals.capacity() * size_of::<(u32, CapitalAt)>()
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
