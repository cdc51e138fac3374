//! Where the atoms of a query stand in an article: from the postings, and from the stored text where those cannot tell.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25StatisticsProvider, Query, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, SegmentReader, Term};

use super::archive::is_damage;
use super::capitals::Capitals;
use super::dictionary::{AnyForm, Dictionary};
use super::statistics::Statistics;
use crate::analysis::Analyzer;
use crate::index::{Fields, StoredFields};
use crate::matching::{Atom, Name, Test, find_in_pages};

/// Articles of which the stored text stays in memory, in blocks.
const STORE_BLOCKS: usize = 8;

/// The atoms of a query, and which articles have those that only some words with their term are.
#[derive(Debug)]
pub(crate) struct Atoms {
    pub atoms: Vec<Atom>,
    /// The articles that have one of an atom's forms; none where its terms tell.
    documents: Vec<Option<AnyForm>>,
    /// Articles whose texts were asked, and are not as they were written.
    unreadable: Mutex<BTreeSet<(SegmentId, DocId)>>,
}

impl Atoms {
    pub(super) fn of(atoms: &[Atom], dictionary: &Dictionary) -> tantivy::Result<Self> {
        let documents = atoms.iter().map(|atom| match (atom.name, &atom.test) {
            (Some(_), _) | (None, Test::Any) => Ok(None),
            (None, _) => AnyForm::new(dictionary, atom).map(Some),
        });
        let documents = documents.collect::<tantivy::Result<_>>()?;
        Ok(Self { documents, atoms: atoms.to_vec(), unreadable: Mutex::default() })
    }

    /// Articles whose texts were asked so far, and are not as they were written.
    pub fn unreadable(&self) -> BTreeSet<(SegmentId, DocId)> {
        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note_unreadable(&self, segment: SegmentId, doc: DocId) {
        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner).insert((segment, doc));
    }

    /// Whether an article has one of the forms that an atom stands for.
    pub fn has(&self, atom: usize, segment: SegmentId, doc: DocId) -> bool {
        self.documents[atom].as_ref().is_some_and(|documents| documents.contains(segment, doc))
    }

    /// The articles that have one of the forms that an atom stands for.
    pub(super) fn with_form(&self, atom: usize) -> Option<&AnyForm> {
        self.documents[atom].as_ref()
    }

    /// Articles that have any of an atom's words.
    pub fn query(&self, atom: usize, fields: Fields) -> Box<dyn Query> {
        if let Some(documents) = &self.documents[atom] {
            return Box::new(documents.clone());
        }
        let (atom, field) = (&self.atoms[atom], field_of(&self.atoms[atom], fields));
        Box::new(TermSetQuery::new(atom.terms.iter().map(|term| Term::from_field_text(field, term))))
    }

    /// Whether an atom is a word and what it was misread as.
    pub(super) fn is_misread(&self, atom: usize) -> bool {
        let atom = &self.atoms[atom];
        atom.name.is_none() && atom.test == Test::Any && atom.terms.len() > 1
    }

    /// How many articles have an atom; of several terms, as if no article had two of them.
    pub(super) fn articles_with(&self, atom: usize, statistics: &Statistics, fields: Fields) -> tantivy::Result<u64> {
        if let Some(documents) = &self.documents[atom] {
            return Ok(documents.count());
        }
        let field = field_of(&self.atoms[atom], fields);
        let mut with = 0;
        for term in &self.atoms[atom].terms {
            with += statistics.doc_freq(&Term::from_field_text(field, term))?;
        }
        Ok(with)
    }
}

/// Reads positions in one segment; asked for documents in ascending order.
pub(super) struct Positions {
    atoms: Arc<Atoms>,
    segment: SegmentId,
    postings: Vec<Vec<SegmentPostings>>,
    /// Where the atoms stand in the document that was read last, ascending and once each.
    found: Vec<Vec<u32>>,
    /// The atoms that some words with their term are, and what the dictionary of forms says of their capitals.
    narrow: Vec<(usize, Option<Capitals>)>,
    /// Those of them that only the text of the document can tell.
    by_text: Vec<usize>,
    text: Option<Texts>,
    scratch: Vec<u32>,
}

/// The stored texts, for atoms that only some words with their term are.
struct Texts {
    store: StoreReader,
    analyzer: Analyzer,
}

impl Positions {
    /// The positions of those atoms that are `wanted`; the others are nowhere.
    pub fn open(
        segment: &SegmentReader,
        atoms: &Arc<Atoms>,
        wanted: impl Fn(usize) -> bool,
        fields: Fields,
        analyzer: Analyzer,
    ) -> tantivy::Result<Self> {
        let mut postings = Vec::with_capacity(atoms.atoms.len());
        let mut narrow = Vec::new();
        for (number, atom) in atoms.atoms.iter().enumerate() {
            if let Some(documents) = atoms.documents[number].as_ref().filter(|_| wanted(number)) {
                narrow.push((number, documents.list(segment.segment_id()).and_then(|list| Capitals::of(atom, list))));
            }
            postings.push(match &atom.test {
                _ if !wanted(number) => Vec::new(),
                Test::Name(_, stem) => open_terms(segment, std::slice::from_ref(stem), fields.text)?,
                _ if atoms.documents[number].is_none() => open_terms(segment, &atom.terms, field_of(atom, fields))?,
                _ => Vec::new(),
            });
        }
        let text = match narrow.is_empty() {
            true => None,
            false => Some(Texts { store: segment.get_store_reader(STORE_BLOCKS)?, analyzer }),
        };
        let found = vec![Vec::new(); atoms.atoms.len()];
        let (atoms, segment) = (Arc::clone(atoms), segment.segment_id());
        Ok(Self { atoms, segment, postings, found, narrow, by_text: Vec::new(), text, scratch: Vec::new() })
    }

    /// Where each atom stands in a document.
    pub fn read(&mut self, doc: DocId) -> tantivy::Result<&[Vec<u32>]> {
        for ((postings, found), documents) in self.postings.iter_mut().zip(&mut self.found).zip(&self.atoms.documents) {
            found.clear();
            if documents.is_none() {
                read_terms(postings, doc, found, &mut self.scratch);
            }
        }
        self.by_text.clear();
        for (atom, capitals) in &mut self.narrow {
            let found = &mut self.found[*atom];
            let is_told = capitals.as_mut().is_some_and(|capitals| capitals.read(doc, found));
            if is_told || !self.atoms.has(*atom, self.segment, doc) {
                continue;
            }
            match self.atoms.atoms[*atom].test {
                Test::Name(..) => read_terms(&mut self.postings[*atom], doc, found, &mut self.scratch),
                _ => self.by_text.push(*atom),
            }
        }
        if let Some(text) = &self.text
            && !self.by_text.is_empty()
            && !text.read(doc, &self.atoms.atoms, &self.by_text, &mut self.found)?
        {
            self.atoms.note_unreadable(self.segment, doc);
        }
        Ok(&self.found)
    }
}

/// The field whose postings have an atom's terms.
pub(super) fn field_of(atom: &Atom, fields: Fields) -> Field {
    atom.name.map_or(fields.text, |name| field_of_names(name, fields))
}

/// The field that has names of a kind.
pub(super) fn field_of_names(name: Name, fields: Fields) -> Field {
    match name {
        Name::Outlet => fields.outlet,
        Name::Credit => fields.credit,
        Name::Byline => fields.byline,
        Name::Section => fields.section,
        Name::Page => fields.page,
        Name::Site => fields.site,
    }
}

fn open_terms(segment: &SegmentReader, terms: &[String], field: Field) -> tantivy::Result<Vec<SegmentPostings>> {
    let option = IndexRecordOption::WithFreqsAndPositions;
    let index = segment.inverted_index(field)?;
    let mut postings = Vec::with_capacity(terms.len());
    for term in terms {
        postings.extend(index.read_postings(&Term::from_field_text(field, term), option)?);
    }
    Ok(postings)
}

/// The positions of any of the terms, ascending, each once: a headline's stand in the index several times.
fn read_terms(postings: &mut [SegmentPostings], doc: DocId, found: &mut Vec<u32>, scratch: &mut Vec<u32>) {
    let mut lists = 0;
    for postings in postings {
        if !stands_at(postings, doc) {
            continue;
        }
        if lists == 0 {
            postings.positions(found);
        } else {
            postings.positions(scratch);
            found.append(scratch);
        }
        lists += 1;
    }
    if lists > 1 {
        found.sort_unstable();
    }
    found.dedup();
}

fn stands_at(postings: &mut SegmentPostings, doc: DocId) -> bool {
    if postings.doc() < doc {
        postings.seek(doc);
    }
    postings.doc() == doc
}

impl Texts {
    /// Fills in the positions of the atoms that only the text can tell; says whether all of the text could be read.
    fn read(&self, doc: DocId, atoms: &[Atom], wanted: &[usize], found: &mut [Vec<u32>]) -> tantivy::Result<bool> {
        let article = match StoredFields::read(&self.store, doc).and_then(|stored| stored.readable(|_| true)) {
            Ok(article) => article,
            Err(error) if is_damage(&error) => return Ok(false),
            Err(error) => return Err(error),
        };
        let headline = article.headline.as_ref().map_or("", |field| &field.value);
        let pages = std::iter::once(headline).chain(article.passages.iter().map(|passage| passage.text.as_str()));
        find_in_pages(pages, atoms, |atom| wanted.contains(&atom), &self.analyzer, found);
        Ok(article.passages.iter().all(|passage| !passage.lost))
    }
}
