//! The stores of an index one by one, whatever else of it is damaged: every document that is not known to be deleted.

use std::fs::{self, File};
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use tantivy::columnar::{Column, ColumnarReader};
use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy::fastfield::AliveBitSet;
use tantivy::store::StoreReader;
use tantivy::{DocId, TantivyError};

use crate::index::commit::StoredSegment;
use crate::index::failure::refused;
use crate::index::store_blocks::StoreBlocks;
use crate::index::store_file::open_store;
use crate::index::stored::guarded;
use crate::index::verify::{Verdict, body, verify_bytes};
use crate::index::{Fields, StoredFields};

/// A document that is not known to be deleted.
pub(super) struct Document {
    pub doc: DocId,
    /// Number of its file, where the column of these can be read.
    pub file: Option<u64>,
    /// What is stored of it; none where that cannot be read.
    pub stored: Option<StoredFields>,
}

/// Hands every document of a segment to `take`, until it says no. What is wrong with the segment goes to `notes`, a sentence
/// each.
pub(super) fn each(
    dir: &Path,
    segment: &StoredSegment,
    notes: &mut Vec<String>,
    take: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let StoredSegment { name, deletes, documents } = segment;
    let alive = deletes.as_deref().and_then(|deletes| match alive(dir, deletes) {
        Ok(alive) => Some(alive),
        Err(why) => {
            notes.push(format!("{deletes}: {why}: articles that were removed are among them"));
            None
        }
    });
    let documents = documents.or(alive.as_ref().map(|alive| alive.bitset().max_value()));
    let files = files(dir, name).ok();
    let file = |doc| files.as_ref().and_then(|files| files.first(doc));
    let is_alive = |doc: &DocId| alive.as_ref().is_none_or(|alive| alive.is_alive(*doc));
    let store = format!("{name}.store");
    let reader = match open_store(&dir.join(&store)).and_then(|file| guarded(|| StoreReader::open(file, 1))) {
        Ok(reader) => reader,
        Err(error) => {
            notes.push(format!("{store}: {error}"));
            let path = dir.join(&store);
            let read = without_a_list(&path, &mut |doc, stored| match is_alive(&doc) {
                true => take(Document { doc, file: file(doc), stored }),
                false => ControlFlow::Continue(()),
            })?;
            let lost = |doc| take(Document { doc, file: file(doc), stored: None });
            return (read..documents.unwrap_or(read)).filter(is_alive).try_for_each(lost);
        }
    };
    let mut refusal = None;
    for doc in (0..documents.unwrap_or(u32::MAX)).filter(is_alive) {
        let stored = match StoredFields::read(&reader, doc) {
            // behind the last one, where nobody says how many there are
            Err(TantivyError::InvalidArgument(_)) if documents.is_none() => break,
            Ok(stored) => Some(stored),
            Err(error) => {
                refusal = refusal.or(refused(&error));
                None
            }
        };
        take(Document { doc, file: file(doc), stored })?;
    }
    notes.extend(refusal.map(|(_, io)| format!("{store} cannot be read whole: {io}")));
    ControlFlow::Continue(())
}

/// Hands the documents of a store without a list of its blocks to `take`, as far as blocks follow each other; how many there are.
fn without_a_list(
    path: &Path,
    take: &mut dyn FnMut(DocId, Option<StoredFields>) -> ControlFlow<()>,
) -> ControlFlow<(), DocId> {
    let Ok(file) = File::open(path) else { return ControlFlow::Continue(0) };
    let (mut blocks, mut count) = (StoreBlocks::new(file), 0);
    // what cannot be read is counted as lost
    while let Ok(Some(block)) = blocks.next() {
        for document in block.documents() {
            take(count, StoredFields::of(OwnedBytes::new(document.to_vec())))?;
            count += 1;
        }
    }
    ControlFlow::Continue(count)
}

/// Whether it can be told which documents of a segment are deleted.
pub(super) fn knows_deletions(dir: &Path, segment: &StoredSegment) -> bool {
    segment.deletes.as_deref().is_none_or(|deletes| alive(dir, deletes).is_ok())
}

/// Which documents are not deleted; else why that cannot be told.
fn alive(dir: &Path, deletes: &str) -> Result<AliveBitSet, String> {
    let bytes = sound(dir, deletes)?;
    guarded(|| Ok::<_, io::Error>(AliveBitSet::open(OwnedBytes::new(bytes)))).map_err(|e| e.to_string())
}

/// The numbers of the documents' files.
fn files(dir: &Path, segment: &str) -> Result<Column<u64>, String> {
    let bytes = sound(dir, &format!("{segment}.fast"))?;
    let column = guarded(|| {
        let column = ColumnarReader::open(FileSlice::from(bytes))?.read_columns(Fields::FILE)?.into_iter().next();
        column.map_or(Ok(None), |column| column.open_u64_lenient())
    });
    column.map_err(|e: io::Error| e.to_string())?.ok_or_else(|| "it has no numbers of files".to_owned())
}

/// The bytes of a file that is as it was written, without its footer; else what is wrong with it.
fn sound(dir: &Path, name: &str) -> Result<Vec<u8>, String> {
    let bytes = fs::read(dir.join(name)).map_err(|e| e.to_string())?;
    match verify_bytes(&bytes, None) {
        Verdict::Same => Ok(body(&bytes).to_vec()),
        Verdict::Damaged(what) => Err(what.to_owned()),
    }
}
