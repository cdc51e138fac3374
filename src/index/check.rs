//! Is the index what was written? Its files by their checksums, then what they say of each other.
//!
//! Of a file whose checksum is wrong nothing else is read: what reads an index trusts its bytes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::columnar::ColumnarReader;
use tantivy::directory::Directory;
use tantivy::index::SegmentComponent;
use tantivy::{DocAddress, Index, IndexMeta, IndexReader, ReloadPolicy, Searcher, SegmentMeta, TantivyError};
use tantivy_fst::automaton::AlwaysMatch;

use super::commit::{Commit, META};
use super::failure::{NOT_AS_WRITTEN, refused, said};
use super::format::{MARK, Opened, is_marked, is_ours, open_each};
use super::forms::{FormsReader, each_form};
use super::managed::{self, MANAGED, WRITE_ANEW};
use super::snapshot::Snapshot;
use super::verify::{Verdict, verify};
use super::{Fields, Manifest, Stores};
use crate::article::short_hash;
use crate::checkup::{Finding, FindingKind};
use crate::error::{BUILD_AGAIN, Error, Result};
use crate::hit::StoredArticle;

/// What was found of an index.
#[derive(Default)]
pub(crate) struct Examined {
    /// What is damaged, or could not be read.
    pub findings: Vec<Finding>,
    /// Files of the index that were looked at.
    pub files: u64,
    /// Bytes of its list of files that the commit does not count.
    pub unused: u64,
    /// The way to its articles; none where it is too damaged to read them.
    pub inside: Option<Inside>,
}

/// The files of a commit, each opened while none is cleared away; they are read, not mapped, as a disk that fails under a
/// map ends the process.
type OpenFiles = BTreeMap<String, io::Result<File>>;

/// Verifies the index in `dir` as of its last commit, which stays as it is while writers go on.
///
/// # Errors
/// Where there is no index, or one of another version, or where the disk refuses it.
pub(crate) fn examine(dir: &Path) -> Result<Examined> {
    let mut found = Examined::default();
    let mut files = OpenFiles::new();
    let opened = open_each(dir, &mut |name| drop(files.insert(name.to_owned(), File::open(dir.join(name)))));
    let Opened { index, language, snapshot } = match opened {
        Err(Error::Damaged { what, .. }) => {
            found.damaged(dir, what);
            return Ok(found);
        }
        opened => opened?,
    };
    if !is_marked(dir, language)? {
        found.damaged(&dir.join(MARK), NOT_AS_WRITTEN);
    }
    let metas = match super::failure::read(dir, index.load_metas()) {
        Err(Error::Damaged { what, .. }) => {
            found.damaged(dir, what);
            return Ok(found);
        }
        metas => metas?,
    };
    found.files = 3;
    found.meta(dir, &index, &snapshot, &metas);
    for segment in &metas.segments {
        found.segment(dir, &index, snapshot.commit(), &files, segment);
    }
    found.unused = snapshot.unused()?;
    match snapshot.manifest() {
        Ok(manifest) => {
            if let Some(what) = manifest.discord(metas.payload.as_deref(), metas.opstamp) {
                found.damaged(&dir.join(META), what);
            }
            if found.findings.is_empty() {
                found.enter(dir, &index, manifest);
            }
        }
        Err(Error::Damaged { what, .. }) => found.damaged(dir, what),
        Err(error) => return Err(error),
    }
    Ok(found)
}

impl Examined {
    fn damaged(&mut self, path: &Path, what: impl Into<String>) {
        let (path, way_out) = (path.display().to_string(), BUILD_AGAIN.to_owned());
        self.findings.push(Finding { kind: FindingKind::Damaged, path, what: what.into(), way_out });
    }

    /// What the disk refuses: whether it is damaged cannot be told.
    fn unread(&mut self, path: &Path, error: io::Error) {
        let error = Error::read(path, error);
        let (what, way_out) = error.parted();
        let path = path.display().to_string();
        self.findings.push(Finding { kind: FindingKind::Unreadable, path, what, way_out });
    }

    /// A failure to read the index, as what it is.
    fn failed(&mut self, path: &Path, error: &TantivyError) {
        match refused(error) {
            Some((_, io)) => self.unread(path, io),
            None => self.damaged(path, said(error)),
        }
    }

    /// What has no checksum must be spelled as it is written, and name what is there.
    fn meta(&mut self, dir: &Path, index: &Index, snapshot: &Snapshot, metas: &IndexMeta) {
        let spelled = serde_json::to_string_pretty(metas).map(|text| text + "\n");
        let spelled = spelled.ok().map(String::into_bytes);
        if spelled.as_deref() != Some(&snapshot.commit().text[..]) || !is_ours(index.settings()) {
            self.damaged(&dir.join(META), NOT_AS_WRITTEN);
        }
        if let Some(what) = managed::fault(snapshot.small(MANAGED), snapshot.commit()) {
            let (path, way_out) = (dir.join(MANAGED).display().to_string(), WRITE_ANEW.to_owned());
            self.findings.push(Finding { kind: FindingKind::Damaged, path, what, way_out });
        }
    }

    /// Every file of a segment is there, with the checksum that it was written with.
    fn segment(&mut self, dir: &Path, index: &Index, commit: &Commit, files: &OpenFiles, segment: &SegmentMeta) {
        let before = self.findings.len();
        for name in commit.files_of(&segment.id().uuid_string()) {
            self.files += 1;
            let path = dir.join(&name);
            match files
                .get(&name)
                .map(|file| file.as_ref().map_err(again).and_then(|file| verify(file, commit.checksum(&name))))
            {
                Some(Ok(Verdict::Same)) => {}
                Some(Ok(Verdict::Damaged(what))) => self.damaged(&path, what),
                Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => self.unread(&path, error),
                _ => self.damaged(&path, "it is missing"),
            }
        }
        if self.findings.len() > before {
            return;
        }
        let columns = segment.relative_path(SegmentComponent::FastFields);
        match documents(index, &columns) {
            Ok(documents) if documents == segment.max_doc() => {}
            Ok(documents) => {
                let what = format!("it holds {documents} articles, and meta.json says {}", segment.max_doc());
                self.damaged(&dir.join(columns), what);
            }
            Err(error) => self.failed(&dir.join(columns), &error),
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
                        self.damaged(&dir.join(META), what);
                    }
                }
                let stores = Stores::of(&searcher);
                self.inside = Some(Inside { dir: dir.to_path_buf(), manifest, searcher, stores });
            }
            Err(error) => self.failed(dir, &error),
        }
    }
}

/// An error of the system once more.
fn again(error: &io::Error) -> io::Error {
    super::failure::again(error).unwrap_or_else(|| error.kind().into())
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
            let list = readers[*number].list(info);
            let beyond = list.docs().inspect(|_| count += 1).any(|doc| doc >= last);
            let capitals_beyond = list.capitalized().any(|capitalized| capitalized.doc >= last);
            if beyond || capitals_beyond || count != info.doc_freq {
                let what = format!("the dictionary of forms is wrong about \"{}\"", form.word);
                return Err(tantivy::TantivyError::InternalError(what));
            }
        }
        Ok(())
    })
}

/// Where an article stands in an index that is being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ArticlePlace(DocAddress);

/// An index whose files are as they were written.
pub(crate) struct Inside {
    dir: PathBuf,
    /// The files that it holds.
    pub manifest: Manifest,
    searcher: Searcher,
    stores: Stores,
}

/// The articles of a file: where their records begin, ascending, and where each stands in the index.
pub(crate) type Held = HashMap<u64, Vec<(u64, ArticlePlace)>>;

impl Inside {
    /// Articles that can be found.
    pub fn articles(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Reads every article once: the articles of each file by its number, and ids that two of them share.
    ///
    /// # Errors
    /// Where an article cannot be read.
    pub fn survey(&self, read: &mut dyn FnMut()) -> Result<(Held, Vec<String>)> {
        let (mut held, mut ids, mut twice) = (Held::new(), HashSet::new(), Vec::new());
        for (ord, segment) in (0..).zip(self.searcher.segment_readers()) {
            let files = super::failure::read(&self.dir, segment.fast_fields().u64(Fields::FILE))?;
            for doc in segment.doc_ids_alive() {
                let place = ArticlePlace(DocAddress::new(ord, doc));
                let article = self.article(place)?;
                if !ids.insert(short_hash(&article.id.0)) {
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

    /// An article.
    ///
    /// # Errors
    /// Where it cannot be read, or is not as it was written.
    pub fn article(&self, place: ArticlePlace) -> Result<StoredArticle> {
        self.read(place, |_| true)
    }

    /// An article without its passages' texts.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn outline(&self, place: ArticlePlace) -> Result<StoredArticle> {
        self.read(place, |_| false)
    }

    fn read(&self, place: ArticlePlace, is_wanted: impl Fn(usize) -> bool) -> Result<StoredArticle> {
        let read = self.stores.read(place.0).and_then(|stored| stored.article(is_wanted));
        super::failure::read(&self.dir, read)
    }
}
