//! What an archive holds, from its columns and dictionaries: no article is read.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermMerger;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use super::archive::Archive;
use crate::analysis;
use crate::article::{BodyDoubt, day_of};
use crate::error::Result;
use crate::index::{FORMAT, Fields, Known, parts};
use crate::search::score::SCORING_VERSION;
use crate::stats::{Part, Stats, Versions};

impl Archive {
    /// What the archive holds.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn stats(&self) -> Result<Stats> {
        self.snapshot.verify(&[".fast", ".term", ".forms"])?;
        let manifest = self.snapshot.manifest()?;
        let stats = stats(self).map_err(|e| self.failed(&e))?;
        let failed_files = manifest.files().filter(|file| file.failed).count() as u64;
        Ok(Stats { files: manifest.files().count() as u64, failed_files, bytes: parts(&self.dir)?, ..stats })
    }

    /// The outlets and how many articles each has, the most first, ties by name.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn outlets(&self) -> Result<Vec<Part>> {
        self.snapshot.verify(&[".fast"])?;
        let outlets = outlets(self).map_err(|e| self.failed(&e))?;
        let mut outlets: Vec<Part> = outlets.into_iter().map(|(name, count)| Part::new(name, count)).collect();
        outlets.sort_by_key(|outlet| Reverse(outlet.count));
        Ok(outlets)
    }

    /// A hash of the hashes of all indexed files, in their order.
    ///
    /// # Errors
    /// Where the manifest cannot be read.
    pub fn fingerprint(&self) -> Result<String> {
        Ok(self.snapshot.manifest()?.fingerprint())
    }
}

/// Everything that the index itself tells.
fn stats(archive: &Archive) -> tantivy::Result<Stats> {
    let mut sums = Sums::default();
    for segment in archive.searcher().segment_readers() {
        sums.add(segment)?;
    }
    let articles = archive.articles();
    let lack = |known: &Known| Part::new(known.name(), articles - sums.known[*known as usize]);
    Ok(Stats {
        articles,
        passages: sums.passages,
        words: sums.words,
        forms: Some(archive.dictionary.forms()?),
        terms: Some(terms(archive)?),
        outlets: outlets(archive)?.len() as u64,
        first_day: sums.days.map(|(first, _)| day_of(first)),
        last_day: sums.days.map(|(_, last)| day_of(last)),
        unknown: Known::ALL.iter().map(lack).collect(),
        doubtful: BodyDoubt::ALL.iter().map(|doubt| Part::new(doubt.name(), sums.doubtful[*doubt as usize])).collect(),
        segments: archive.searcher().segment_readers().len() as u64,
        deleted: sums.deleted,
        versions: Versions {
            format: FORMAT.to_owned(),
            analyzer: analysis::version(archive.analyzer.language()).to_owned(),
            scoring: SCORING_VERSION.to_owned(),
            language: archive.analyzer.language().name().to_owned(),
            dateline: env!("CARGO_PKG_VERSION").to_owned(),
        },
        ..Stats::default()
    })
}

/// Articles of each outlet, by its name as extraction spells it.
fn outlets(archive: &Archive) -> tantivy::Result<BTreeMap<String, u64>> {
    let mut outlets = BTreeMap::new();
    for segment in archive.searcher().segment_readers() {
        let Some(column) = segment.fast_fields().str(Fields::OUTLET_NAME)? else { continue };
        let mut counts = vec![0; column.num_terms()];
        for ord in segment.doc_ids_alive().filter_map(|doc| column.term_ords(doc).next()) {
            counts[ord as usize] += 1;
        }
        let mut name = String::new();
        for (ord, count) in (0..).zip(counts).filter(|(_, count)| *count > 0) {
            name.clear();
            column.ord_to_str(ord, &mut name)?;
            *outlets.entry(name.clone()).or_default() += count;
        }
    }
    Ok(outlets)
}

/// Different stems in the texts of the articles that can be found.
fn terms(archive: &Archive) -> tantivy::Result<u64> {
    let readers = archive.searcher().segment_readers().iter();
    let indexes =
        readers.map(|reader| reader.inverted_index(archive.fields.text)).collect::<tantivy::Result<Vec<_>>>()?;
    let streams = indexes.iter().map(|index| index.terms().stream()).collect::<std::io::Result<Vec<_>>>()?;
    let mut merged = TermMerger::new(streams);
    let mut terms = 0;
    while merged.advance() {
        for (segment, term) in merged.current_segment_ords_and_term_infos() {
            let reader = archive.searcher().segment_reader(segment as u32);
            // read where all of its articles may be removed ones
            if term.doc_freq > reader.num_deleted_docs() || has_living(&indexes[segment], reader, &term)? {
                terms += 1;
                break;
            }
        }
    }
    Ok(terms)
}

/// Whether an article that can be found has the term.
fn has_living(index: &InvertedIndexReader, reader: &SegmentReader, term: &TermInfo) -> tantivy::Result<bool> {
    let mut postings = index.read_postings_from_terminfo(term, IndexRecordOption::Basic)?;
    while postings.doc() != TERMINATED {
        if !reader.is_deleted(postings.doc()) {
            return Ok(true);
        }
        postings.advance();
    }
    Ok(false)
}

/// What is added up over the segments.
#[derive(Default)]
struct Sums {
    passages: u64,
    words: u64,
    deleted: u64,
    /// Articles that have each field, in the order of [`Known::ALL`].
    known: [u64; Known::ALL.len()],
    /// Articles whose body is in doubt, in the order of [`BodyDoubt::ALL`].
    doubtful: [u64; BodyDoubt::ALL.len()],
    /// The first and last second of any article's date.
    days: Option<(i64, i64)>,
}

impl Sums {
    fn add(&mut self, segment: &SegmentReader) -> tantivy::Result<()> {
        let columns = segment.fast_fields();
        let (known, lengths) = (columns.u64(Fields::KNOWN)?, columns.u64(Fields::PASSAGE_LENGTHS)?);
        let (first, last) = (columns.i64(Fields::DATE_FIRST)?, columns.i64(Fields::DATE_LAST)?);
        self.deleted += u64::from(segment.num_deleted_docs());
        for doc in segment.doc_ids_alive() {
            for length in lengths.values_for_doc(doc) {
                self.passages += 1;
                self.words += length;
            }
            let bits = known.first(doc).unwrap_or(0);
            for field in Known::ALL {
                self.known[field as usize] += u64::from(bits & field.bit() != 0);
            }
            for doubt in BodyDoubt::ALL {
                self.doubtful[doubt as usize] += u64::from(bits & Known::doubt_bit(doubt) != 0);
            }
            if let Some((first, last)) = first.first(doc).zip(last.first(doc)) {
                let (from, to) = self.days.unwrap_or((first, last));
                self.days = Some((from.min(first), to.max(last)));
            }
        }
        Ok(())
    }
}
