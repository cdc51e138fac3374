//! One commit of an index, held: what a reader opens of it is there until the reader ends, whatever writers do meanwhile.
//!
//! tantivy clears files away when no commit names them any more, but not while somebody has its lock. So all files of the
//! last commit are opened under that lock, together with what is read beside them, and everything else is read from there.
//! The folder may be somebody else's, or lie on a disk that cannot be written.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::Manifest;
use super::commit::{Commit, META, is_segment_file};
use super::failure::{damaged, open_folder, unreadable};
use super::managed::{MANAGED, mended};
use super::store_file::StoreFile;
use super::verify::{LONGEST_END, verify_bytes, verify_end};
use crate::error::{Error, Result};

/// How often a snapshot is taken anew where no lock is to be had and files were cleared away meanwhile.
const TRIES: u32 = 20;

/// Bytes of files that are verified whenever an index is opened, the smallest first.
const SMALL: usize = 512 << 10;

/// Bytes of columns that are verified beside them: by these articles are dated, left out and named, and they take 40 bytes an
/// article. Of 64 MiB that is four milliseconds.
const COLUMNS: usize = 64 << 20;

/// One commit, and its files.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot(Arc<HeldFiles>);

#[derive(Debug)]
struct HeldFiles {
    dir: PathBuf,
    commit: Commit,
    /// Bytes of what is read whole, by name.
    small: HashMap<&'static str, Vec<u8>>,
    files: HashMap<String, std::result::Result<Arc<dyn FileHandle>, OpenReadError>>,
}

impl Snapshot {
    /// The last commit of the index in `dir`. `each` is handed the name of every file of it while none is cleared away.
    ///
    /// # Errors
    /// Where its beginning cannot be read. A segment's file that is missing, or that cannot be opened, is told to who reads it.
    pub fn take(dir: &Path, each: &mut dyn FnMut(&str)) -> Result<Self> {
        let folder = open_folder(dir)?;
        let lock = lock_to_read(dir).map_err(|e| Error::lock(dir, e))?;
        let mut tries = if lock.is_some() { 0 } else { TRIES };
        loop {
            let held = HeldFiles::of(dir, &folder)?;
            if tries == 0 || held.files.values().all(|file| !is_missing(file)) {
                held.files.keys().for_each(|name| each(name));
                return Ok(Self(Arc::new(held)));
            }
            tries -= 1;
        }
    }

    /// The bytes of a small file, by its name; none where it is missing.
    pub fn small(&self, name: &str) -> Option<&[u8]> {
        self.0.small.get(name).map(Vec::as_slice)
    }

    /// Verifies its smallest files, up to [`SMALL`] bytes in all, its columns up to [`COLUMNS`], and those whose names end in one of `ends`, whatever their
    /// size; of the others that they are those of this commit. What reads an index trusts its bytes: a length that is wrong
    /// may ask for more memory than there is.
    ///
    /// # Errors
    /// Where one is not as it was written.
    pub fn verify(&self, ends: &[&str]) -> Result<()> {
        self.verify_those(ends, |_| true)
    }

    /// The same; of the stored articles, each of which has its own checksums, that they are those of this commit.
    ///
    /// # Errors
    /// Where one is not as it was written.
    pub fn verify_to_read(&self) -> Result<()> {
        self.verify_those(&[], |name| !name.ends_with(".store"))
    }

    fn verify_those(&self, ends: &[&str], may_be_whole: impl Fn(&str) -> bool) -> Result<()> {
        let HeldFiles { dir, files, commit, .. } = &*self.0;
        if let Some((name, _)) =
            files.iter().filter(|(name, file)| is_segment_file(name) && is_missing(file)).min_by_key(|f| f.0)
        {
            return Err(damaged(dir, &format!("{name} is missing")));
        }
        // others that cannot be opened are told to who reads them, and the list of files has its hash in the commit
        let opened = files.iter().filter_map(|(name, file)| Some((name, file.as_ref().ok()?)));
        let mut opened: Vec<_> = opened.filter(|(name, _)| is_segment_file(name)).collect();
        opened.sort_by_key(|(name, file)| (file.len(), *name));
        let (mut left, mut columns_left) = (SMALL, COLUMNS);
        for (name, file) in opened {
            let left = if name.ends_with(".fast") { &mut columns_left } else { &mut left };
            let is_small = file.len() <= *left && may_be_whole(name);
            let is_whole = is_small || ends.iter().any(|end| name.ends_with(end));
            let from = if is_whole { 0 } else { file.len().saturating_sub(LONGEST_END) };
            let read = file.read_bytes(from..file.len()).map_err(|e| OpenReadError::wrap_io_error(e, name.into()));
            let bytes = read.map_err(|e| unreadable(dir, &e.into()))?;
            let wanted = commit.checksum(name).unwrap_or_default();
            let verdict = if is_whole { verify_bytes(&bytes, Some(wanted)) } else { verify_end(&bytes, wanted) };
            verdict.sound(dir, name)?;
            *left = left.saturating_sub(file.len());
        }
        Ok(())
    }

    /// Whether the index in the folder still is at this commit, in the same segments.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn is_latest(&self) -> Result<bool> {
        let path = self.0.dir.join(META);
        let now = fs::read(&path).map_err(|e| Error::read(&path, e))?;
        Ok(self.small(META) == Some(now.as_slice()))
    }

    /// What the commit says of itself.
    pub(super) fn commit(&self) -> &Commit {
        &self.0.commit
    }

    /// Bytes at the end of the list of files that the commit does not count.
    ///
    /// # Errors
    /// Where what the commit says of it is not as it was written.
    pub fn unused(&self) -> Result<u64> {
        let HeldFiles { dir, files, commit, .. } = &*self.0;
        let payload = commit.payload.as_deref();
        let list = Manifest::log_of(dir, payload)?.and_then(|list| files.get(&list)?.as_ref().ok());
        Ok(list.map_or(0, |list| list.len() as u64).saturating_sub(Manifest::length_of(dir, payload)?))
    }

    /// The files that the archive holds as of the commit.
    ///
    /// # Errors
    /// Where the list cannot be read, or is not as it was written.
    pub fn manifest(&self) -> Result<Manifest> {
        let HeldFiles { dir, commit, .. } = &*self.0;
        let Some(list) = Manifest::log_of(dir, commit.payload.as_deref())? else { return Ok(Manifest::default()) };
        let opened = self.get_file_handle(Path::new(&list)).map_err(|e| unreadable(dir, &e.into()))?;
        let bytes = opened.read_bytes(0..opened.len()).map_err(|e| Error::read(&dir.join(&list), e))?;
        Manifest::load(dir, commit.payload.as_deref(), bytes.as_slice())
    }
}

impl HeldFiles {
    fn of(dir: &Path, folder: &MmapDirectory) -> Result<Self> {
        let mut small = HashMap::new();
        for name in [META, MANAGED] {
            match fs::read(dir.join(name)) {
                Ok(bytes) => drop(small.insert(name, bytes)),
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(Error::read(&dir.join(name), e)),
            }
        }
        let meta = small.get(META).ok_or_else(|| damaged(dir, &format!("{META} is missing")))?;
        let commit = Commit::of_index(dir, meta)?;
        let list = Manifest::log_of(dir, commit.payload.as_deref())?;
        let files = commit.files().chain(list).map(|name| {
            let opened = folder.get_file_handle(Path::new(&name)).and_then(|file| bounded(file, &name));
            (name, opened)
        });
        let files = files.collect();
        Ok(Self { dir: dir.to_path_buf(), commit, small, files })
    }
}

/// The file, where it is a store with blocks of a length that they can have.
fn bounded(file: Arc<dyn FileHandle>, name: &str) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
    if !name.ends_with(".store") {
        return Ok(file);
    }
    let store = StoreFile::new(file).map_err(|e| OpenReadError::wrap_io_error(e, PathBuf::from(name)))?;
    Ok(Arc::new(store))
}

fn is_missing(file: &std::result::Result<Arc<dyn FileHandle>, OpenReadError>) -> bool {
    matches!(file, Err(OpenReadError::FileDoesNotExist(_)))
}

/// tantivy's lock on clearing away; none where one may not write, or where the file system has no locks. It goes with the file.
pub(super) fn lock_to_read(dir: &Path) -> io::Result<Option<File>> {
    let path = dir.join(&META_LOCK.filepath);
    let file = match OpenOptions::new().write(true).create(true).truncate(false).open(&path) {
        // a file that is opened for reading can be locked too
        Err(e) if is_refused(&e) => match File::open(&path) {
            Ok(file) => file,
            Err(_) => return Ok(None),
        },
        opened => opened?,
    };
    Ok(file.lock().ok().map(|()| file))
}

/// Whether an error says that one may not write here.
fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Nothing is asked of it that a reader may not do.
impl Directory for Snapshot {
    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        let absent = || Err(OpenReadError::FileDoesNotExist(path.to_path_buf()));
        path.to_str().and_then(|name| self.0.files.get(name)).cloned().unwrap_or_else(absent)
    }

    fn exists(&self, path: &Path) -> std::result::Result<bool, OpenReadError> {
        let is_there = |name| name == MANAGED || self.small(name).is_some() || self.0.files.contains_key(name);
        Ok(path.to_str().is_some_and(is_there))
    }

    fn atomic_read(&self, path: &Path) -> std::result::Result<Vec<u8>, OpenReadError> {
        if path == Path::new(MANAGED) {
            // a reader needs nothing of it that the commit does not say
            return Ok(mended(self.small(MANAGED), &self.0.commit));
        }
        let found = path.to_str().and_then(|name| self.small(name));
        found.map(<[u8]>::to_vec).ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_path_buf()))
    }

    fn acquire_lock(&self, _: &Lock) -> std::result::Result<DirectoryLock, LockError> {
        // nothing of a snapshot is cleared away
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_path_buf() })
    }

    fn open_write(&self, path: &Path) -> std::result::Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_path_buf()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Err(read_only())
    }
}

fn read_only() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}
