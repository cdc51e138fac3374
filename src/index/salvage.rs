//! What can still be read of an index whatever else of it is damaged: its articles, by the stores alone.
//!
//! Where it cannot be told which articles were replaced, the stores are read twice: first for who has which id. Of those that
//! share one, the article counts whose file the list of files has; of several the one of the file that came last.

mod stores;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::commit::{Commit, META, StoredSegment, segments_by_name};
use super::failure::NOT_AS_WRITTEN;
use super::format::refuse_other_articles;
use super::{Manifest, StoredFields};
use crate::article::{ArticleId, short_hash};
use crate::error::{Error, Result};
use crate::hit::StoredArticle;
use stores::Document;

/// What was saved of an index, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvage {
    /// Articles that were read whole.
    pub whole: u64,
    /// Articles that lack a passage.
    pub cut: u64,
    /// Articles that could not be read.
    pub lost: u64,
    /// Of those that could not be read the first ten whose ids are known: each with the path of its file, where that is known.
    pub named_lost: Vec<(ArticleId, Option<String>)>,
    /// Articles that were left out, since a later one has their id: they were replaced.
    pub replaced: u64,
    /// Files of which no article was saved, though the archive had some: the first ten, by path.
    pub files_lost: Vec<String>,
    /// How many more such files there are.
    pub more_files_lost: u64,
    /// What else is to be known of what was read, a sentence each.
    pub notes: Vec<String>,
}

impl Salvage {
    /// Files that are named, and articles.
    const NAMED: usize = 10;

    /// Whether all that the index held was read, and nothing else.
    pub fn is_complete(&self) -> bool {
        self.cut + self.lost == 0 && self.files_lost.is_empty() && self.notes.is_empty()
    }
}

/// Hands every article that can be read to `take`, in the order of the index, until it says no; of one that is damaged the
/// passages that are as they were written. No two have one id.
///
/// # Errors
/// Where there is no index, or one of another version, and where the disk refuses its folder.
pub fn salvage(dir: &Path, take: &mut dyn FnMut(StoredArticle) -> bool) -> Result<Salvage> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| absent(dir, e))? {
        names.push(entry.map_err(|e| Error::read(dir, e))?.file_name().to_string_lossy().into_owned());
    }
    refuse_other_articles(dir)?;
    let mut salvage = Salvage::default();
    let meta = fs::read(dir.join(META));
    let committed = meta.as_ref().ok().and_then(|meta| Commit::parse(meta).ok());
    let segments = match &committed {
        Some(commit) => commit.stored_segments(),
        None => {
            let segments = segments_by_name(&names);
            if segments.is_empty() {
                return Err(Error::NoIndex { path: dir.to_path_buf() });
            }
            let why = meta.err().map_or(NOT_AS_WRITTEN.to_owned(), |e| e.to_string());
            salvage.notes.push(format!("{META}: {why}: articles that were removed may be among them"));
            segments
        }
    };
    // a list that is damaged tells nothing of what was lost
    let manifest = committed.as_ref().and_then(|commit| Manifest::open(dir, commit.payload.as_deref()).ok());
    let commit = committed.as_ref();
    let is_told = commit.is_some() && segments.iter().all(|segment| stores::knows_deletions(dir, commit, segment));
    let holders = (!is_told).then(|| IdHolders::of(dir, commit, &segments, manifest.as_ref()));
    let mut saved = SavedFiles::default();
    for (place, segment) in (0..).zip(&segments) {
        let mut notes = Vec::new();
        let ended = stores::each(dir, commit, segment, &mut notes, &mut |document| {
            let is_older =
                |id: &str| holders.as_ref().is_some_and(|holders| holders.is_older(id, (place, document.doc)));
            let before = salvage.lost;
            let flow = salvage.document(document.stored.as_ref(), &is_older, &mut |article| {
                saved.note(document.file);
                take(article)
            });
            if salvage.lost > before {
                salvage.note_lost(&document, manifest.as_ref());
            }
            flow
        });
        salvage.notes.append(&mut notes);
        if ended.is_break() {
            return Ok(salvage);
        }
    }
    // a store that is another's hides how many it should have
    let held = commit.map_or(0, Commit::articles);
    salvage.lost = salvage.lost.max(held.saturating_sub(salvage.whole + salvage.cut));
    if let Some(manifest) = manifest {
        salvage.note_files(&manifest, &saved);
    }
    Ok(salvage)
}

fn absent(dir: &Path, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Error::NoIndex { path: dir.to_path_buf() },
        _ => Error::read(dir, error),
    }
}

impl Salvage {
    fn document(
        &mut self,
        stored: Option<&StoredFields>,
        is_older: &dyn Fn(&str) -> bool,
        take: &mut dyn FnMut(StoredArticle) -> bool,
    ) -> ControlFlow<()> {
        let Some(article) = stored.and_then(|stored| stored.readable(|_| true).ok()) else {
            self.lost += 1;
            return ControlFlow::Continue(());
        };
        if is_older(&article.id.0) {
            self.replaced += 1;
            return ControlFlow::Continue(());
        }
        let count = if article.lost_passages().is_empty() { &mut self.whole } else { &mut self.cut };
        *count += 1;
        if take(article) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Names an article that could not be read.
    fn note_lost(&mut self, document: &Document<'_>, manifest: Option<&Manifest>) {
        if self.named_lost.len() == Self::NAMED {
            return;
        }
        let file = document.file.zip(manifest).and_then(|(number, list)| list.file_by_number(number));
        let path = file.map(|file| file.path.into_owned());
        self.named_lost.extend((document.id)().map(|id| (ArticleId(id), path)));
    }

    /// Names the files of which nothing was saved, where that can be told.
    fn note_files(&mut self, manifest: &Manifest, saved: &SavedFiles) {
        if saved.is_unknown {
            return;
        }
        let lost = manifest.files().filter(|file| file.articles > 0 && !saved.numbers.contains(&file.number));
        let mut paths: Vec<String> = lost.map(|file| file.path.into_owned()).collect();
        paths.sort();
        self.more_files_lost = paths.len().saturating_sub(Self::NAMED) as u64;
        paths.truncate(Self::NAMED);
        self.files_lost = paths;
    }
}

/// The files of which an article was saved.
#[derive(Default)]
struct SavedFiles {
    numbers: HashSet<u64>,
    /// Whether of one it cannot be told which it was.
    is_unknown: bool,
}

impl SavedFiles {
    fn note(&mut self, file: Option<u64>) {
        match file {
            Some(number) => drop(self.numbers.insert(number)),
            None => self.is_unknown = true,
        }
    }
}

/// A document: its segment's place in the commit, and its number there.
type StorePlace = (u32, u32);

/// What says which of two articles counts, the greater one: whether the list of files has its file, the file's number (later
/// files have higher ones), its place.
type Claim = (bool, Option<u64>, StorePlace);

/// Who has which id: hashes of ids alone, 16 bytes each, as articles may be many.
struct IdHolders(HashMap<[u8; 16], Claim>);

impl IdHolders {
    fn of(dir: &Path, commit: Option<&Commit>, segments: &[StoredSegment], manifest: Option<&Manifest>) -> Self {
        let mut holders = Self(HashMap::new());
        for (place, segment) in (0..).zip(segments) {
            let _ =
                stores::each(dir, commit, segment, &mut Vec::new(), &mut |Document { doc, file, stored, .. }| {
                    if let Some(article) = stored.and_then(|stored| stored.readable(|_| false).ok()) {
                        let is_listed = file.zip(manifest).is_some_and(|(n, list)| list.file_by_number(n).is_some());
                        let claim = (is_listed, file, (place, doc));
                        let best = holders.0.entry(short_hash(&article.id.0)).or_insert(claim);
                        *best = claim.max(*best);
                    }
                    ControlFlow::Continue(())
                });
        }
        holders
    }

    /// Whether another article than the one at this place has the id.
    fn is_older(&self, id: &str, place: StorePlace) -> bool {
        self.0.get(&short_hash(id)).is_some_and(|(.., best)| *best != place)
    }
}
