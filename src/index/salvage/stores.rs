//! The stores of an index one by one, whatever else of it is damaged: every document that is not known to be deleted.

use std::cell::LazyCell;
use std::fs::{self, File};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tantivy::columnar::{Column, ColumnarReader, DynamicColumn, StrColumn};
use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy::fastfield::AliveBitSet;
use tantivy::store::StoreReader;
use tantivy::{DocId, TantivyError};

use crate::index::commit::{Commit, StoredSegment};
use crate::index::failure::refused;
use crate::index::store_blocks::StoreBlocks;
use crate::index::store_file::open_store;
use crate::index::stored::guarded;
use crate::index::verify::{Verdict, body, checksum_of, verify_bytes};
use crate::index::{Fields, StoredFields};

/// A document that is not known to be deleted.
pub(super) struct Document<'a> {
    pub doc: DocId,
    /// Number of its file, where the column of these can be read.
    pub file: Option<u64>,
    /// Its id by the column of ids, where that can be read.
    pub id: &'a dyn Fn() -> Option<String>,
    /// What is stored of it; none where that cannot be read.
    pub stored: Option<StoredFields>,
}

/// Hands every document of a segment to `take`, until it says no. What is wrong with the segment goes to `notes`, a sentence
/// each.
pub(super) fn each(
    dir: &Path,
    commit: Option<&Commit>,
    segment: &StoredSegment,
    notes: &mut Vec<String>,
    take: &mut dyn FnMut(Document<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (path, is_its_own) = store_of(dir, commit, segment);
    let store = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let deletes = segment.deletes.as_deref().filter(|_| is_its_own);
    let alive = deletes.and_then(|deletes| match alive(dir, commit, deletes) {
        Ok(alive) => Some(alive),
        Err(why) => {
            notes.push(format!("{deletes}: {why}: articles that were removed are among them"));
            None
        }
    });
    if !is_its_own {
        notes.push(format!(
            "{store}: it is another file than the one that was written under this name: all of it is taken"
        ));
    }
    let documents = segment.documents.filter(|_| is_its_own);
    let documents = documents.or(alive.as_ref().map(|alive| alive.bitset().max_value()));
    let files = files(dir, commit, &segment.name).ok().filter(|_| is_its_own);
    let file = |doc| files.as_ref().and_then(|files| files.first(doc));
    let ids = LazyCell::new(|| ids(dir, commit, &segment.name).ok().filter(|_| is_its_own));
    let id = |doc| {
        let (ids, mut id) = ((*ids).as_ref()?, String::new());
        let read = guarded(|| ids.ord_to_str(ids.term_ords(doc).next().unwrap_or(u64::MAX), &mut id));
        read.ok().filter(|is_there| *is_there).map(|_| id)
    };
    let is_alive = |doc: &DocId| alive.as_ref().is_none_or(|alive| alive.is_alive(*doc));
    let mut take = |doc: DocId, stored| match is_alive(&doc) {
        true => take(Document { doc, file: file(doc), id: &|| id(doc), stored }),
        false => ControlFlow::Continue(()),
    };
    let read = by_blocks(&path, documents, &mut take)?;
    match by_list(&path, read, documents, &mut take) {
        ControlFlow::Continue(Ok(())) => {}
        ControlFlow::Continue(Err(why)) => notes.push(format!("{store}: {why}")),
        ControlFlow::Break(()) => return ControlFlow::Break(()),
    }
    ControlFlow::Continue(())
}

/// Takes a document by its number.
type Take<'a> = &'a mut dyn FnMut(DocId, Option<StoredFields>) -> ControlFlow<()>;

/// Hands the documents of a store to `take` as far as its blocks follow each other, whatever its list of them says: how many
/// there are.
fn by_blocks(path: &Path, documents: Option<u32>, take: Take<'_>) -> ControlFlow<(), DocId> {
    let Ok(file) = File::open(path) else { return ControlFlow::Continue(0) };
    let (mut blocks, mut count) = (StoreBlocks::new(file), 0);
    while documents.is_none_or(|documents| count < documents)
        && let Ok(Some(block)) = blocks.next()
    {
        for document in block.documents() {
            take(count, StoredFields::of(OwnedBytes::new(document.to_vec())))?;
            count += 1;
        }
    }
    ControlFlow::Continue(count)
}

/// Hands the documents from this one on to `take`, by the list of blocks: behind a block that is damaged. What is wrong with
/// the list where it is needed.
fn by_list(path: &Path, from: DocId, documents: Option<u32>, take: Take<'_>) -> ControlFlow<(), Result<(), String>> {
    if documents.is_some_and(|documents| from >= documents) {
        return ControlFlow::Continue(Ok(()));
    }
    let reader = match open_store(path).and_then(|file| guarded(|| StoreReader::open(file, 1))) {
        Ok(reader) => reader,
        Err(error) => {
            (from..documents.unwrap_or(from)).try_for_each(|doc| take(doc, None))?;
            return ControlFlow::Continue(Err(error.to_string()));
        }
    };
    let mut refusal = None;
    for doc in from..documents.unwrap_or(u32::MAX) {
        let stored = match StoredFields::read(&reader, doc) {
            // behind the last one, where nobody says how many there are
            Err(TantivyError::InvalidArgument(_)) if documents.is_none() => break,
            Ok(stored) => Some(stored),
            Err(error) => {
                refusal = refusal.or(refused(&error));
                None
            }
        };
        take(doc, stored)?;
    }
    ControlFlow::Continue(refusal.map_or(Ok(()), |(_, io)| Err(io.to_string())))
}

/// Whether it can be told which documents of a segment are deleted.
pub(super) fn knows_deletions(dir: &Path, commit: Option<&Commit>, segment: &StoredSegment) -> bool {
    let is_told = |deletes| alive(dir, commit, deletes).is_ok();
    store_of(dir, commit, segment).1 && segment.deletes.as_deref().is_none_or(is_told)
}

/// A segment's store, which may stand under another name, and whether it is its own: whether it ends as the commit says. One
/// whose end is damaged may be.
fn store_of(dir: &Path, commit: Option<&Commit>, segment: &StoredSegment) -> (PathBuf, bool) {
    let name = format!("{}.store", segment.name);
    let checksum_at = |path: &Path| File::open(path).and_then(|file| checksum_of(&file)).ok().flatten();
    let (path, wanted) = (dir.join(&name), commit.and_then(|commit| commit.checksum(&name)));
    let Some(wanted) = wanted else { return (path, true) };
    if checksum_at(&path).is_none_or(|found| found == wanted) {
        return (path, true);
    }
    let all = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let stores = all.filter(|path| path.extension().is_some_and(|end| end == "store"));
    let own = stores.filter(|path| checksum_at(path) == Some(wanted)).min();
    own.map_or((path, false), |own| (own, true))
}

/// Which documents are not deleted; else why that cannot be told.
fn alive(dir: &Path, commit: Option<&Commit>, deletes: &str) -> Result<AliveBitSet, String> {
    let bytes = sound(dir, commit, deletes)?;
    guarded(|| Ok::<_, io::Error>(AliveBitSet::open(OwnedBytes::new(bytes)))).map_err(|e| e.to_string())
}

/// The numbers of the documents' files.
fn files(dir: &Path, commit: Option<&Commit>, segment: &str) -> Result<Column<u64>, String> {
    let bytes = sound(dir, commit, &format!("{segment}.fast"))?;
    let column = guarded(|| {
        let column = ColumnarReader::open(FileSlice::from(bytes))?.read_columns(Fields::FILE)?.into_iter().next();
        column.map_or(Ok(None), |column| column.open_u64_lenient())
    });
    column.map_err(|e: io::Error| e.to_string())?.ok_or_else(|| "it has no numbers of files".to_owned())
}

/// The bytes of a file that is as it was written, without its footer; else what is wrong with it.
fn sound(dir: &Path, commit: Option<&Commit>, name: &str) -> Result<Vec<u8>, String> {
    let bytes = fs::read(dir.join(name)).map_err(|e| e.to_string())?;
    match verify_bytes(&bytes, commit.and_then(|commit| commit.checksum(name))) {
        Verdict::Same => Ok(body(&bytes).to_vec()),
        Verdict::Damaged(what) => Err(what.to_owned()),
    }
}

/// The ids of the documents.
fn ids(dir: &Path, commit: Option<&Commit>, segment: &str) -> Result<StrColumn, String> {
    let bytes = sound(dir, commit, &format!("{segment}.fast"))?;
    let column = guarded(|| {
        let column = ColumnarReader::open(FileSlice::from(bytes))?.read_columns(Fields::ID)?.into_iter().next();
        column.map(|column| column.open()).transpose()
    });
    match column.map_err(|e: io::Error| e.to_string())? {
        Some(DynamicColumn::Str(ids)) => Ok(ids),
        _ => Err("it has no column of ids".to_owned()),
    }
}
