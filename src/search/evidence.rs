//! What a candidate has of the query, from the positions of its words, and what that is worth.

use tantivy::DocAddress;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;

use super::archive::Archive;
use super::plan::Plan;
use super::positions::Positions;
use super::score::Scorer;
use crate::index::Fields;
use crate::query::Weights;

/// Where an article has the leaves of a query.
pub(crate) struct Seen<'a> {
    /// Where the matches of each leaf begin, ascending and once each.
    pub starts: &'a [Vec<u32>],
    /// The article's length, relative to the mean.
    pub length: f32,
    /// Positions of each passage, in order.
    pub lengths: &'a [u64],
}

/// The postings of a plan's words; asked for candidates in document order.
pub(super) struct Evidence<'a> {
    archive: &'a Archive,
    plan: &'a Plan,
    segment: Option<Segment>,
    /// Where the matches of each leaf begin.
    starts: Vec<Vec<u32>>,
    /// Whether every leaf that an article has makes it match.
    flat: bool,
    /// The atoms whose positions are needed.
    needed: Vec<bool>,
    scorer: Scorer,
}

struct Segment {
    number: u32,
    positions: Positions,
    lengths: FieldNormReader,
    passage_lengths: Column<u64>,
}

impl<'a> Evidence<'a> {
    pub fn open(archive: &'a Archive, plan: &'a Plan, weights: Weights) -> Self {
        let flat = plan.compiled.tree.is_flat();
        let mut needed = vec![false; plan.compiled.atoms.len()];
        // where leaves live or die together, those that do not rank count too
        let counts = plan.compiled.leaves.iter().zip(&plan.weights).filter(|(_, weight)| !flat || weight.idf > 0.0);
        counts.flat_map(|(leaf, _)| leaf.shape.atoms()).for_each(|atom| needed[atom] = true);
        let starts = vec![Vec::new(); plan.compiled.leaves.len()];
        Self { archive, plan, segment: None, starts, flat, needed, scorer: Scorer::new(weights) }
    }

    /// Scores a candidate: its best `count` passages (1-based) with their scores. Candidates come in document order.
    pub fn score(
        &mut self,
        address: DocAddress,
        count: usize,
    ) -> tantivy::Result<impl Iterator<Item = (u32, f32)> + '_> {
        let length = self.measure(address)?;
        Ok(self.scorer.score(&self.plan.weights, &self.starts, length, count))
    }

    /// What is scored in an article.
    pub fn seen(&mut self, address: DocAddress) -> tantivy::Result<Seen<'_>> {
        let length = self.measure(address)?;
        Ok(Seen { starts: &self.starts, length, lengths: &self.scorer.lengths })
    }

    /// Finds the leaves in an article and the lengths of its passages; gives its own length, relative to the mean.
    fn measure(&mut self, address: DocAddress) -> tantivy::Result<f32> {
        self.read(address)?;
        let Some(segment) = &self.segment else { return Ok(1.0) };
        self.scorer.lengths.clear();
        self.scorer.lengths.extend(segment.passage_lengths.values_for_doc(address.doc_id));
        Ok(segment.lengths.fieldnorm(address.doc_id) as f32 / self.plan.average_length)
    }

    /// The leaves that make an article match.
    pub fn live(&mut self, address: DocAddress) -> tantivy::Result<Vec<bool>> {
        self.read(address)?;
        Ok(self.starts.iter().map(|starts| !starts.is_empty()).collect())
    }

    /// Finds where the leaves that make an article match begin in it.
    fn read(&mut self, address: DocAddress) -> tantivy::Result<()> {
        if self.segment.as_ref().is_none_or(|s| s.number != address.segment_ord) {
            self.segment = Some(self.open_segment(address.segment_ord)?);
        }
        let Some(segment) = &mut self.segment else { return Ok(()) };
        let positions = segment.positions.read(address.doc_id)?;
        self.plan.compiled.starts(positions, self.flat, &mut self.starts);
        Ok(())
    }

    fn open_segment(&self, number: u32) -> tantivy::Result<Segment> {
        let Archive { fields, analyzer, statistics, .. } = self.archive;
        let reader = statistics.searcher().segment_reader(number);
        let needed = |atom: usize| self.needed[atom];
        Ok(Segment {
            number,
            positions: Positions::open(reader, &self.plan.atoms, needed, *fields, *analyzer)?,
            lengths: reader.get_fieldnorms_reader(fields.text)?,
            passage_lengths: reader.fast_fields().u64(Fields::PASSAGE_LENGTHS)?,
        })
    }
}
