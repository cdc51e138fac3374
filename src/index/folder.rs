//! The index folder for the one who writes to it: tantivy's, with what it does not promise.
//!
//! A commit is durable when it counts: the folder is synced once the file that names it was renamed, too. After an error
//! there, none counts any more, since what tantivy has in mind is no longer what the disk says. And the first error of the
//! disk is kept, for tantivy's own often do not name it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use super::commit::{Commit, META};
use super::failure::{again, open_folder};
use super::holder::Holder;
use super::seal::seal;
use super::verify::{LONGEST_END, checksum};
use super::written::WrittenFiles;
use crate::durable;
use crate::error::Result;

/// The folder, as long as the holder of its lock lives.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    path: PathBuf,
    inner: MmapDirectory,
    holder: Weak<Holder>,
    trouble: Trouble,
    written: WrittenFiles,
}

/// What went wrong on the disk.
#[derive(Clone, Debug, Default)]
pub(super) struct Trouble(Arc<Troubles>);

#[derive(Debug, Default)]
struct Troubles {
    first: Mutex<Option<io::Error>>,
    /// No commit may count any more.
    is_sealed: AtomicBool,
}

impl Trouble {
    /// The first error that the disk gave.
    pub fn first(&self) -> Option<io::Error> {
        self.0.first.lock().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(again)
    }

    fn note<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.note_error(error);
        }
        result
    }

    fn note_error(&self, error: &io::Error) {
        let mut first = self.0.first.lock().unwrap_or_else(PoisonError::into_inner);
        if first.is_none() {
            *first = again(error);
        }
    }
}

impl Folder {
    pub fn open(path: &Path, holder: &Arc<Holder>) -> Result<Self> {
        let inner = open_folder(path)?;
        let (holder, trouble, written) = (Arc::downgrade(holder), Trouble::default(), WrittenFiles::of(path)?);
        Ok(Self { path: path.to_path_buf(), inner, holder, trouble, written })
    }

    pub fn trouble(&self) -> Trouble {
        self.trouble.clone()
    }

    /// The checksums of its files.
    pub fn written(&self) -> WrittenFiles {
        self.written.clone()
    }

    /// Makes a commit count. The lock is held until it does, whoever lets go of it meanwhile.
    fn write_meta(&self, data: &[u8]) -> io::Result<()> {
        let Some(_holder) = self.holder.upgrade() else { return Err(io::Error::other("the lock was given back")) };
        if self.trouble.0.is_sealed.load(Ordering::Acquire) {
            return Err(io::Error::other("an earlier commit failed"));
        }
        let path = self.path.join(META);
        let commit = Commit::of_text(data)?;
        let sealed = seal(data, &self.written.among(commit.files())?).ok_or("a commit ends otherwise");
        let sealed = sealed.map_err(io::Error::other)?;
        let written = durable::write_soon(&path, &sealed).and_then(|()| durable::sync_folder(&self.path));
        if written.is_err() {
            self.trouble.0.is_sealed.store(true, Ordering::Release);
        }
        written
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path).inspect_err(|error| {
            if let OpenReadError::IoError { io_error, .. } = error {
                self.trouble.note_error(io_error);
            }
        })
    }

    fn exists(&self, path: &Path) -> std::result::Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> std::result::Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.trouble.note(match path == Path::new(META) {
            true => self.write_meta(data),
            // the next sync of the folder is before the next commit
            false => durable::write_soon(&self.path.join(path), data),
        })
    }

    fn open_write(&self, path: &Path) -> std::result::Result<WritePtr, OpenWriteError> {
        let file = self.inner.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.trouble.note_error(io_error);
            }
        })?;
        let file = file.into_inner().map_err(|e| OpenWriteError::wrap_io_error(e.into_error(), path.to_path_buf()))?;
        let (trouble, written) = (self.trouble.clone(), self.written.clone());
        let name = path.to_string_lossy().into_owned();
        Ok(io::BufWriter::new(Box::new(Noted { file, name, end: Vec::new(), trouble, written })))
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
        self.inner.delete(path).inspect(|()| self.written.forget(&path.to_string_lossy()))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.trouble.note(durable::sync_folder(&self.path))
    }

    fn acquire_lock(&self, lock: &Lock) -> std::result::Result<DirectoryLock, LockError> {
        if lock.filepath != INDEX_WRITER_LOCK.filepath {
            return self.inner.acquire_lock(lock);
        }
        // it is taken before the folder is looked at, and for longer than tantivy writes
        self.holder.upgrade().map(|_| DirectoryLock::from(Box::new(()))).ok_or(LockError::LockBusy)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// A file that is being written.
struct Noted {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    name: String,
    /// Its last bytes so far, in which its footer ends.
    end: Vec<u8>,
    trouble: Trouble,
    written: WrittenFiles,
}

impl Write for Noted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.trouble.note(self.file.write(bytes))?;
        let kept = &bytes[..count][count.saturating_sub(LONGEST_END)..];
        self.end.extend_from_slice(kept);
        // what is taken off the front is moved seldom
        if self.end.len() > 4 * LONGEST_END {
            self.end.drain(..self.end.len() - LONGEST_END);
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.trouble.note(self.file.flush())
    }
}

impl TerminatingWrite for Noted {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.trouble.note(self.file.terminate_ref(token))?;
        self.written.add(&self.name, checksum(&self.end));
        Ok(())
    }
}
