//! Which segments are merged: only those whose files have the checksums that they were written with. A merge copies bytes and
//! writes checksums of its own, so what was damaged would be damaged and well.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

use super::commit::segment_files;
use super::failure::unread;
use super::forms::{DICTIONARY, FAMILIES, LISTS};
use super::unsound;
use super::verify::verify;
use super::written::WrittenFiles;
use crate::error::{Error, Result};

/// tantivy's policy over the sound segments. Each is read to its end once, before it is merged for the first time; tantivy
/// waits for it, as it does for the merge.
#[derive(Clone, Debug)]
pub(super) struct SoundSegments {
    dir: PathBuf,
    written: WrittenFiles,
    policy: LogMergePolicy,
    state: Arc<Mutex<Verified>>,
}

#[derive(Debug, Default)]
struct Verified {
    sound: HashSet<SegmentId>,
    unsound: HashSet<SegmentId>,
    /// The first fault.
    fault: Option<Error>,
}

impl SoundSegments {
    /// For the index in `dir`, with the checksums of its files, and the fault that an earlier run found and that is still there.
    pub fn new(dir: &Path, written: WrittenFiles, fault: Option<Error>) -> Self {
        let state = Arc::new(Mutex::new(Verified { fault, ..Verified::default() }));
        Self { dir: dir.to_path_buf(), written, policy: LogMergePolicy::default(), state }
    }

    /// Verifies segments that are to be merged.
    ///
    /// # Errors
    /// Where a file is not as it was written, or cannot be read.
    pub fn verify(&self, segments: &[SegmentMeta]) -> Result<()> {
        segments.iter().try_for_each(|segment| self.verify_segment(segment))
    }

    /// Why a merge was not made, now or in an earlier run, the first time; none where none was left out since.
    pub fn take_fault(&self) -> Option<Error> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).fault.take()
    }

    fn is_sound(&self, segment: &SegmentMeta) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.sound.contains(&segment.id()) {
            return true;
        }
        if state.unsound.contains(&segment.id()) {
            return false;
        }
        let verified = self.verify_segment(segment);
        let is_sound = verified.is_ok();
        let known = if is_sound { &mut state.sound } else { &mut state.unsound };
        known.insert(segment.id());
        state.fault = state.fault.take().or(verified.err());
        is_sound
    }

    fn verify_segment(&self, segment: &SegmentMeta) -> Result<()> {
        let id = segment.id().uuid_string();
        for name in segment_files(&id, [DICTIONARY, FAMILIES, LISTS].into_iter(), segment.delete_opstamp()) {
            let path = self.dir.join(&name);
            let wanted = self.written.checksum(&name);
            let verdict = File::open(&path).and_then(|file| verify(&file, wanted));
            let verdict = verdict.map_err(|e| unread(&self.dir, &name, e))?;
            verdict.sound(&self.dir, &name).inspect_err(|_| {
                // the damage is told by this run in any case
                let _ = unsound::note(&self.dir, &name);
            })?;
        }
        Ok(())
    }
}

impl MergePolicy for SoundSegments {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut left = segments.to_vec();
        loop {
            let candidates = self.policy.compute_merge_candidates(&left);
            let wanted: HashSet<SegmentId> = candidates.iter().flat_map(|candidate| &candidate.0).copied().collect();
            let before = left.len();
            left.retain(|segment| !wanted.contains(&segment.id()) || self.is_sound(segment));
            if left.len() == before {
                return candidates;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::article::{Article, ArticleId};
    use crate::budget::Budget;
    use crate::index::writer::COUNTS;
    use crate::index::{FileEntry, PreparedArticle, Provenance, Writer, WriterOptions};

    fn open(dir: &Path) -> Writer {
        let options = WriterOptions { threads: 1, memory: Budget::new(32 << 20), ..WriterOptions::default() };
        Writer::open(dir, options).expect("a writer")
    }

    /// Makes an article count, in a segment of its own.
    fn add(writer: &mut Writer) {
        let number = writer.take_number();
        let path = format!("{number}.txt");
        let from =
            Provenance { path: &path, root: None, record: None, hash: [0; 32], url: None, language: writer.language() };
        let prepared = PreparedArticle::new(Article::default(), from, |_| None);
        writer.put(number, &ArticleId(path.clone()), prepared).expect("put");
        writer.enter(&FileEntry::new(number, path.as_str(), path.as_str(), blake3::hash(&[])));
        writer.commit().expect("committed");
    }

    fn files(dir: &Path, end: &str) -> Vec<PathBuf> {
        let all = fs::read_dir(dir).expect("a folder").flatten().map(|entry| entry.path());
        let mut files: Vec<PathBuf> = all.filter(|path| path.extension().is_some_and(|e| e == end)).collect();
        files.sort();
        files
    }

    #[test]
    fn a_merge_leaves_out_what_is_damaged_and_says_so() {
        for (end, is_damaged) in [("store", true), ("idx", true), ("fast", true), ("formdocs", true), ("", false)] {
            let dir = tempfile::tempdir().expect("a folder");
            let mut writer = open(dir.path());
            (0..7).for_each(|_| add(&mut writer));
            let damaged = files(dir.path(), end).first().cloned();
            if let Some(path) = &damaged {
                let mut bytes = fs::read(path).expect("a file");
                bytes[0] ^= 1;
                fs::write(path, bytes).expect("written");
            }
            (0..2).for_each(|_| add(&mut writer));
            let closed = writer.close();
            let merged = files(dir.path(), "store").len();
            assert_eq!((closed.is_err(), merged), (is_damaged, 2), "{end}: {closed:?}");
            if let (Some(path), Err(error)) = (damaged, closed) {
                let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
                let told = error.to_string();
                assert!(told.contains(&format!("{name}: its ")), "{told}");
                assert!(told.contains(COUNTS), "{told}");
                assert!(path.exists(), "{name} was merged away");
                // told again, without a merge, until it is mended
                for is_mended in [false, true, true] {
                    if is_mended && dir.path().join(unsound::UNSOUND).exists() {
                        let mut bytes = fs::read(&path).expect("a file");
                        bytes[0] ^= 1;
                        fs::write(&path, bytes).expect("written");
                    }
                    let closed = Writer::open(dir.path(), WriterOptions::default()).and_then(Writer::close);
                    assert_eq!(closed.is_ok(), is_mended, "{end}: {closed:?}");
                    assert_eq!(dir.path().join(unsound::UNSOUND).exists(), !is_mended, "{end}");
                }
            }
        }
    }
}
