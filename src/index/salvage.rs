//! What can still be read of an index whatever else of it is damaged: its articles, by the stores alone.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::OwnedBytes;
use tantivy::fastfield::AliveBitSet;
use tantivy::store::StoreReader;

use super::StoredFields;
use super::commit::{Commit, META, StoredSegment, segments_by_name};
use super::failure::refused;
use super::format::refuse_other_format;
use super::store_file::open_store;
use super::verify::{Verdict, body, verify_bytes};
use crate::error::{Error, Result};
use crate::hit::StoredArticle;

/// What was saved of an index, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvage {
    /// Articles that were read whole.
    pub whole: u64,
    /// Articles that lack a passage.
    pub cut: u64,
    /// Articles that could not be read.
    pub lost: u64,
    /// What else is to be known of what was read, a sentence each.
    pub notes: Vec<String>,
}

impl Salvage {
    /// Whether all that the index held was read, and nothing else.
    pub fn is_complete(&self) -> bool {
        self.cut + self.lost == 0 && self.notes.is_empty()
    }
}

/// Hands every article that can be read to `take`, in the order of the index, until it says no; of one that is damaged the
/// passages that are as they were written.
///
/// # Errors
/// Where there is no index, or one of another version, and where the disk refuses its folder.
pub fn salvage(dir: &Path, take: &mut dyn FnMut(StoredArticle) -> bool) -> Result<Salvage> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| absent(dir, e))? {
        names.push(entry.map_err(|e| Error::read(dir, e))?.file_name().to_string_lossy().into_owned());
    }
    refuse_other_format(dir)?;
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
            let why = meta.err().map_or("it is not as it was written".to_owned(), |e| e.to_string());
            salvage.notes.push(format!("{META}: {why}: articles that were replaced may be among them"));
            segments
        }
    };
    let _ = segments.iter().try_for_each(|segment| salvage.segment(dir, segment, take));
    Ok(salvage)
}

fn absent(dir: &Path, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Error::NoIndex { path: dir.to_path_buf() },
        _ => Error::read(dir, error),
    }
}

impl Salvage {
    fn segment(
        &mut self,
        dir: &Path,
        segment: &StoredSegment,
        take: &mut dyn FnMut(StoredArticle) -> bool,
    ) -> ControlFlow<()> {
        let StoredSegment { name, deletes, documents } = segment;
        let alive = self.alive(dir, deletes.as_deref());
        let documents = documents.or(alive.as_ref().map(|alive| alive.bitset().max_value()));
        let is_alive = |doc| alive.as_ref().is_none_or(|alive| alive.is_alive(doc));
        let store = format!("{name}.store");
        let opened = open_store(&dir.join(&store)).and_then(|file| guarded(|| StoreReader::open(file, 1)));
        let reader = match opened {
            Ok(reader) => reader,
            Err(error) => {
                self.notes.push(format!("{store} cannot be read: {error}"));
                self.lost += (0..documents.unwrap_or(0)).filter(|&doc| is_alive(doc)).count() as u64;
                return ControlFlow::Continue(());
            }
        };
        let mut refusal = None;
        for doc in (0..documents.unwrap_or(u32::MAX)).filter(|&doc| is_alive(doc)) {
            match guarded(|| Ok(StoredFields::read(&reader, doc))) {
                // behind the last one, where nobody says how many there are
                Ok(Err(TantivyError::InvalidArgument(_))) if documents.is_none() => break,
                Ok(Ok(stored)) => self.article(&stored, take)?,
                Ok(Err(error)) => {
                    self.lost += 1;
                    refusal = refusal.or(refused(&error));
                }
                Err(_) => self.lost += 1,
            }
        }
        self.notes.extend(refusal.map(|(_, io)| format!("{store} cannot be read whole: {io}")));
        ControlFlow::Continue(())
    }

    fn article(&mut self, stored: &StoredFields, take: &mut dyn FnMut(StoredArticle) -> bool) -> ControlFlow<()> {
        let mut hand_on = |article| if take(article) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        if let Ok(article) = stored.article(|_| true) {
            self.whole += 1;
            return hand_on(article);
        }
        let Ok(mut article) = stored.article(|_| false) else {
            self.lost += 1;
            return ControlFlow::Continue(());
        };
        for (number, passage) in article.passages.iter_mut().enumerate() {
            let whole = stored.article(|n| n == number).ok();
            passage.text = whole.map(|mut whole| std::mem::take(&mut whole.passages[number].text)).unwrap_or_default();
        }
        self.cut += 1;
        hand_on(article)
    }

    /// Which documents are not deleted; none where all are taken.
    fn alive(&mut self, dir: &Path, deletes: Option<&str>) -> Option<AliveBitSet> {
        let name = deletes?;
        let read = fs::read(dir.join(name)).map_err(|e| e.to_string());
        let whole = read.and_then(|bytes| match verify_bytes(&bytes, None) {
            Verdict::Same => Ok(bytes),
            Verdict::Damaged(what) => Err(what.to_owned()),
        });
        let bytes = match whole {
            Ok(bytes) => bytes,
            Err(why) => {
                self.notes.push(format!("{name}: {why}: articles that were replaced or removed are among them"));
                return None;
            }
        };
        let body = body(&bytes).to_vec();
        guarded(|| Ok(AliveBitSet::open(OwnedBytes::new(body)))).ok()
    }
}

/// tantivy trusts the bytes that it reads, and may panic where they are not its own.
fn guarded<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let panicked = |_| Err(io::Error::other("it is not as it was written"));
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(panicked)
}
