//! Is the index what was written? Its files by their checksums, then what they say of each other.
//!
//! Of a file whose checksum is wrong nothing else is read: what reads an index trusts its bytes.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use tantivy::columnar::ColumnarReader;
use tantivy::directory::Directory;
use tantivy::directory::footer::Footer;
use tantivy::index::SegmentComponent;
use tantivy::{DocAddress, HasLen, Index, IndexMeta, IndexReader, ReloadPolicy, Searcher, SegmentMeta};
use tantivy_fst::automaton::AlwaysMatch;

use super::format::{MARK, is_marked, is_ours, open};
use super::forms::{DICTIONARY, FormsReader, LISTS, each_form};
use super::{Fields, Manifest, StoredFields};
use crate::checkup::{Finding, FindingKind};
use crate::error::{Error, Result};
use crate::hit::StoredArticle;

/// What to do about a damaged index.
pub(crate) const BUILD_AGAIN: &str = "remove the folder and run `dateline index PATH` again";

/// How often a check begins anew because a writer changed the index under it.
const TRIES: usize = 5;

/// What was found of an index.
#[derive(Default)]
pub(crate) struct Examined {
    /// What is damaged.
    pub findings: Vec<Finding>,
    /// Files of the index that were looked at.
    pub files: u64,
    /// The way to its articles; none where it is too damaged to read them.
    pub inside: Option<Inside>,
}

/// Verifies the index in `dir` as of its last commit.
///
/// # Errors
/// Where there is no index, or one of another version, or where it cannot be read at all.
pub(crate) fn examine(dir: &Path) -> Result<Examined> {
    let mut tries = 0;
    loop {
        let before = fs::read(dir.join("meta.json")).ok();
        let found = examine_once(dir)?;
        tries += 1;
        // what a writer merged away meanwhile is not missing
        if found.findings.is_empty() || tries == TRIES || before == fs::read(dir.join("meta.json")).ok() {
            return Ok(found);
        }
    }
}

fn examine_once(dir: &Path) -> Result<Examined> {
    let mut found = Examined::default();
    let (index, metas) = match opened(dir) {
        Err(Error::Damaged { what, .. }) => {
            found.damaged(dir, what);
            return Ok(found);
        }
        other => other?,
    };
    found.files = 3;
    found.meta(dir, &index, &metas);
    for segment in &metas.segments {
        found.segment(dir, &index, segment);
    }
    match Manifest::load(dir, metas.payload.as_deref()) {
        Ok(manifest) => {
            if let Some(what) = manifest.discord(metas.payload.as_deref(), metas.opstamp) {
                found.damaged(&dir.join("meta.json"), what);
            }
            if found.findings.is_empty() {
                found.enter(dir, &index, manifest);
            }
        }
        Err(Error::Damaged { what, .. }) => found.damaged(dir, what),
        Err(error) => found.damaged(dir, error.to_string()),
    }
    Ok(found)
}

/// The index and what its last commit says, where both can be read.
fn opened(dir: &Path) -> Result<(Index, IndexMeta)> {
    let (index, language) = open(dir)?;
    if !is_marked(dir, language) {
        return Err(super::damaged(dir, &format!("{MARK} is not as it was written")));
    }
    let metas = index.load_metas().map_err(|e| super::damaged(dir, &e))?;
    Ok((index, metas))
}

impl Examined {
    fn damaged(&mut self, path: &Path, what: impl Into<String>) {
        let (path, way_out) = (path.display().to_string(), BUILD_AGAIN.to_owned());
        self.findings.push(Finding { kind: FindingKind::Damaged, path, what: what.into(), way_out });
    }

    /// What has no checksum must be spelled as it is written, and name what is there.
    fn meta(&mut self, dir: &Path, index: &Index, metas: &IndexMeta) {
        let path = dir.join("meta.json");
        let spelled = serde_json::to_string_pretty(metas).map(|text| text + "\n");
        if spelled.ok().map(String::into_bytes) != fs::read(&path).ok() || !is_ours(index.settings()) {
            self.damaged(&path, "it is not as it was written");
        }
        let path = dir.join(".managed.json");
        let bytes = fs::read(&path).unwrap_or_default();
        let names = serde_json::from_slice::<Vec<String>>(&bytes).and_then(|names| serde_json::to_string(&names));
        if names.ok().map(|text| text + "\n").map(String::into_bytes).as_ref() != Some(&bytes) {
            self.damaged(&path, "it is not as it was written");
        }
        let managed = index.directory().list_managed_files();
        let wanted = metas.segments.iter().flat_map(files_of).chain([PathBuf::from("meta.json")]);
        for name in wanted.filter(|name| !managed.contains(name)) {
            let what = format!("it does not list {}", name.display());
            self.damaged(&path, what);
        }
    }

    /// Every file of a segment is there, with the checksum that it was written with.
    fn segment(&mut self, dir: &Path, index: &Index, segment: &SegmentMeta) {
        let damaged = self.findings.len();
        for name in files_of(segment) {
            self.files += 1;
            if let Err(what) = verify(dir, index, &name) {
                self.damaged(&dir.join(name), what);
            }
        }
        if self.findings.len() > damaged {
            return;
        }
        let columns = segment.relative_path(SegmentComponent::FastFields);
        match documents(index, &columns) {
            Ok(documents) if documents == segment.max_doc() => {}
            Ok(documents) => {
                let what = format!("it holds {documents} articles, and meta.json says {}", segment.max_doc());
                self.damaged(&dir.join(columns), what);
            }
            Err(error) => self.damaged(&dir.join(columns), error.to_string()),
        }
    }

    /// Opens the segments, and reads our dictionary front to back.
    fn enter(&mut self, dir: &Path, index: &Index, manifest: Manifest) {
        match searcher(index).and_then(|searcher| dictionary(&searcher).map(|()| searcher)) {
            Ok(searcher) => {
                for segment in searcher.segment_readers() {
                    let alive = segment.doc_ids_alive().count() as u32;
                    if alive != segment.num_docs() {
                        let what = format!("{} articles are alive, and meta.json says {}", alive, segment.num_docs());
                        self.damaged(&dir.join("meta.json"), what);
                    }
                }
                self.inside = Some(Inside { manifest, searcher });
            }
            Err(error) => self.damaged(dir, error.to_string()),
        }
    }
}

/// The files that a segment has: tantivy's, ours, and its deletions where there are any.
fn files_of(segment: &SegmentMeta) -> BTreeSet<PathBuf> {
    use SegmentComponent as C;
    let ours = [DICTIONARY, LISTS].map(|name| C::Custom(name.to_owned()));
    let all = [C::Postings, C::Positions, C::FastFields, C::FieldNorms, C::Terms, C::Store];
    let deletes = segment.has_deletes().then_some(C::Delete);
    all.into_iter().chain(ours).chain(deletes).map(|component| segment.relative_path(component)).collect()
}

/// What is wrong with a file of the index.
fn verify(dir: &Path, index: &Index, name: &Path) -> std::result::Result<(), String> {
    if !dir.join(name).is_file() {
        return Err("it is missing".to_owned());
    }
    match index.directory().validate_checksum(name) {
        Ok(true) => {}
        Ok(false) => return Err("its checksum does not match its bytes".to_owned()),
        Err(error) => return Err(format!("it cannot be read: {error}")),
    }
    // the checksum does not cover the footer that it stands in
    let body = index.directory().open_read(name).map_err(|e| e.to_string())?.len();
    let footer = tail(&dir.join(name), body as u64).map_err(|e| e.to_string())?;
    let told = footer.split_last_chunk::<8>().map(|(text, _)| text).unwrap_or_default();
    let spelled = serde_json::from_slice::<Footer>(told).and_then(|footer| serde_json::to_vec(&footer));
    let is_spelled = spelled.is_ok_and(|text| text == told);
    if is_spelled { Ok(()) } else { Err("its footer is not as it was written".to_owned()) }
}

/// The bytes of a file from a place on.
fn tail(path: &Path, from: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Documents of a segment, by its columns.
fn documents(index: &Index, columns: &Path) -> tantivy::Result<u32> {
    Ok(ColumnarReader::open(index.directory().open_read(columns)?)?.num_docs())
}

fn searcher(index: &Index) -> tantivy::Result<Searcher> {
    let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(reader.searcher())
}

/// Reads the dictionary of forms: every list names documents that there are.
fn dictionary(searcher: &Searcher) -> tantivy::Result<()> {
    let segments = searcher.segment_readers();
    let readers = segments.iter().map(FormsReader::open).collect::<tantivy::Result<Vec<_>>>()?;
    each_form(&readers, &AlwaysMatch, |form| {
        for (number, info) in form.places {
            let (mut count, last) = (0, segments[*number].max_doc());
            let beyond = readers[*number].docs(info).inspect(|_| count += 1).any(|doc| doc >= last);
            if beyond || count != info.doc_freq {
                let what = format!("the dictionary of forms is wrong about {:?}", form.word);
                return Err(tantivy::TantivyError::InternalError(what));
            }
        }
        Ok(())
    })
}

/// Where an article stands in an index that is being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(DocAddress);

/// An index whose files are as they were written.
pub(crate) struct Inside {
    /// The files that it holds.
    pub manifest: Manifest,
    searcher: Searcher,
}

/// The articles of a file: where their records begin, ascending, and where each stands in the index.
pub(crate) type Held = HashMap<u64, Vec<(u64, Place)>>;

impl Inside {
    /// Articles that can be found.
    pub fn articles(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Reads every article once: the articles of each file by its number, and ids that two of them share.
    ///
    /// # Errors
    /// Where an article cannot be read.
    pub fn survey(&self, read: &mut dyn FnMut()) -> tantivy::Result<(Held, Vec<String>)> {
        let (mut held, mut ids, mut twice) = (Held::new(), HashSet::new(), Vec::new());
        for (ord, segment) in (0..).zip(self.searcher.segment_readers()) {
            let files = segment.fast_fields().u64(Fields::FILE)?;
            for doc in segment.doc_ids_alive() {
                let place = Place(DocAddress::new(ord, doc));
                let article = self.article(place)?;
                // half a hash is enough to tell a million ids apart
                let mut key = [0; 16];
                key.copy_from_slice(&blake3::hash(article.id.0.as_bytes()).as_bytes()[..16]);
                if !ids.insert(key) {
                    twice.push(article.id.0.clone());
                }
                let start = article.record.map_or(0, |record| record.span.start);
                held.entry(files.first(doc).unwrap_or(u64::MAX)).or_default().push((start, place));
                read();
            }
        }
        held.values_mut().for_each(|places| places.sort_unstable());
        Ok((held, twice))
    }

    /// An article, without its passages' texts.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn article(&self, place: Place) -> tantivy::Result<StoredArticle> {
        self.searcher.doc::<StoredFields>(place.0)?.article(|_| false)
    }
}
