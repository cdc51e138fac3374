//! A copy of one commit of an index, whatever writers do meanwhile.
//!
//! Files are copied and not linked: a disk that damages one would damage both, and the list of files grows where it stands.
//! A copy that shares blocks costs nothing where the file system has such.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Manifest;
use super::commit::{META, is_segment_file};
use super::failure::unread;
use super::format::{MARK, Opened, open_each};
use super::managed::{MANAGED, mended};
use super::snapshot::Snapshot;
use super::verify::verify;
use crate::durable;
use crate::error::{Error, Result};

/// What a copy holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// Files of the index.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether it was there already, so that nothing was copied.
    pub was_there: bool,
    /// Names of what else lies in its folder and is no part of it, ascending.
    pub others: Vec<String>,
}

/// Copies the last commit of the index in `dir` to the folder `to`, which is there once it is whole: it is made beside its
/// place and renamed. A folder that holds this very commit already is verified, and is the copy. `progress` hears how many bytes
/// are copied, and of how many.
///
/// # Errors
/// Where there is no index, or one of another version; where a file of it is not as it was written, or cannot be read; and
/// where the folder holds something, or cannot be written.
pub fn backup(dir: &Path, to: &Path, progress: &dyn Fn(u64, u64)) -> Result<Backup> {
    let mut files = BTreeMap::new();
    let opened = open_each(dir, &mut |name| drop(files.insert(name.to_owned(), File::open(dir.join(name)))))?;
    if let Some(made) = made_before(dir, &opened, to)? {
        return Ok(made);
    }
    let place = BackupPlace::of(dir, to)?;
    let made = Copy { dir, opened: &opened, partial: &place.partial, progress }.make(files);
    let made = made.and_then(|made| place.take().map(|()| made));
    if made.is_err() {
        // what is left of it is removed by the next one
        let _ = fs::remove_dir_all(&place.partial);
    }
    made
}

/// The copy that a folder holds already, where it is of this commit and is well: of a run that was killed when it was made.
fn made_before(dir: &Path, opened: &Opened, to: &Path) -> Result<Option<Backup>> {
    if to.canonicalize().ok() == dir.canonicalize().ok() || !to.join(MARK).is_file() {
        return Ok(None);
    }
    let meta = to.join(META);
    let is_same = match fs::read(&meta) {
        Ok(there) => Some(&there[..]) == opened.snapshot.small(META),
        Err(e) if e.kind() == io::ErrorKind::NotFound => false,
        Err(e) => return Err(Error::read(&meta, e)),
    };
    if !is_same {
        return Ok(None);
    }
    let verified = Snapshot::take(to, &mut |_| {}).and_then(|copy| {
        copy.verify(&[""])?;
        copy.manifest()
    });
    if let Err(Error::Damaged { what, .. }) = verified {
        let what = format!("a copy of this commit is here, and it is damaged: {what}");
        return Err(Error::input(to.display().to_string(), what, "remove it and make another"));
    }
    verified?;
    counted(opened, to).map(Some)
}

/// What lies in the folder of a copy that was there already: its files, and others.
fn counted(opened: &Opened, to: &Path) -> Result<Backup> {
    let commit = opened.snapshot.commit();
    let log = Manifest::log_of(to, commit.payload.as_deref())?;
    let own = [META, MARK, MANAGED].map(str::to_owned);
    let own: BTreeSet<String> = commit.files().chain(own).chain(log).collect();
    let mut made = Backup { was_there: true, ..Backup::default() };
    for entry in fs::read_dir(to).map_err(|e| Error::read(to, e))? {
        let entry = entry.map_err(|e| Error::read(to, e))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if own.contains(&name) {
            made.files += 1;
            made.bytes += entry.metadata().map_err(|e| Error::read(&entry.path(), e))?.len();
        } else if !name.starts_with('.') {
            // locks and notes of those who read and write it are hidden
            made.others.push(name);
        }
    }
    made.others.sort_unstable();
    Ok(made)
}

/// Where a copy goes, and where it is made.
struct BackupPlace {
    to: PathBuf,
    folder: PathBuf,
    partial: PathBuf,
    /// Its lock; none where the system has none on folders.
    _lock: Option<File>,
}

impl BackupPlace {
    fn of(dir: &Path, to: &Path) -> Result<Self> {
        // a link to a folder is that folder
        let absolute = match to.canonicalize() {
            Ok(there) => there,
            Err(_) => std::path::absolute(to).map_err(|e| Error::write(to, e))?,
        };
        let shown = || to.display().to_string();
        let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return Err(Error::input(shown(), "no folder for a copy", "name a new folder"));
        };
        match fs::read_dir(&absolute).map(|mut entries| entries.next().is_none()) {
            Ok(true) => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound && !absolute.is_symlink() => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(Error::input(shown(), "it is a link that leads nowhere", "name a new folder"));
            }
            Err(e) if e.kind() != io::ErrorKind::NotADirectory => return Err(Error::read(to, e)),
            _ => return Err(Error::input(shown(), "there is something here already", "name a new folder")),
        }
        durable::create_folder(folder).map_err(|e| Error::write(folder, e))?;
        let inside = |path: &Path| path.canonicalize().map_err(|e| Error::read(path, e));
        if inside(folder)?.starts_with(inside(dir)?) {
            return Err(Error::input(shown(), "it lies in the index", "name a folder elsewhere"));
        }
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".partial");
        let partial = folder.join(hidden);
        match fs::create_dir(&partial) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(Error::write(&partial, e)),
            _ => {}
        }
        let lock = File::open(&partial).ok();
        if lock.as_ref().is_some_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock))) {
            return Err(Error::input(shown(), "another backup makes this copy", "wait for it to end"));
        }
        clear(&partial).map_err(|e| Error::write(&partial, e))?;
        Ok(Self { folder: folder.to_path_buf(), to: absolute, partial, _lock: lock })
    }

    /// Puts the copy into its place.
    fn take(&self) -> Result<()> {
        let moved = durable::sync_folder(&self.partial).and_then(|()| {
            if cfg!(windows) && self.to.is_dir() {
                fs::remove_dir(&self.to)?;
            }
            fs::rename(&self.partial, &self.to)
        });
        moved.and_then(|()| durable::sync_folder(&self.folder)).map_err(|e| Error::write(&self.to, e))
    }
}

/// Empties a folder that a copy was made in when it was killed.
fn clear(partial: &Path) -> io::Result<()> {
    for entry in fs::read_dir(partial)? {
        fs::remove_file(entry?.path())?;
    }
    Ok(())
}

/// A copy that is being made.
struct Copy<'a> {
    dir: &'a Path,
    opened: &'a Opened,
    partial: &'a Path,
    progress: &'a dyn Fn(u64, u64),
}

impl Copy<'_> {
    fn make(&self, files: BTreeMap<String, io::Result<File>>) -> Result<Backup> {
        // what is wrong with the list of files is the index's own, not the copy's
        self.opened.snapshot.manifest()?;
        let commit = self.opened.snapshot.commit();
        let log = Manifest::length_of(self.dir, commit.payload.as_deref())?;
        let mut sources = Vec::with_capacity(files.len());
        for (name, file) in files {
            let read = |e| unread(self.dir, &name, e);
            let file = file.map_err(read)?;
            let size = file.metadata().map_err(read)?.len();
            // what stands behind the part that counts is another commit's
            let length = if is_segment_file(&name) { size } else { size.min(log) };
            sources.push((name, file, length));
        }
        let all = sources.iter().map(|(_, _, length)| length).sum();
        let mut made = Backup::default();
        for (name, file, length) in sources {
            (self.progress)(made.bytes, all);
            self.copy(&name, &file, length)?;
            made.files += 1;
            made.bytes += length;
        }
        Manifest::open(self.partial, commit.payload.as_deref())?;
        let mark = fs::read(self.dir.join(MARK)).map_err(|e| Error::read(&self.dir.join(MARK), e))?;
        let meta = self.opened.snapshot.small(META).unwrap_or_default();
        for (name, bytes) in [(MANAGED, &mended(None, commit)[..]), (META, meta), (MARK, &mark)] {
            durable::write(&self.partial.join(name), bytes)?;
            made.files += 1;
            made.bytes += bytes.len() as u64;
        }
        Ok(made)
    }

    /// Copies a file and verifies what it wrote.
    fn copy(&self, name: &str, file: &File, length: u64) -> Result<()> {
        let path = self.partial.join(name);
        let written = || {
            let mut copy = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
            let copied = io::copy(&mut file.take(length), &mut copy)?;
            copy.sync_all()?;
            match copied == length {
                true => Ok(copy),
                false => Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        let copy = written().map_err(|e| Error::write(&path, e))?;
        if !is_segment_file(name) {
            return Ok(());
        }
        verify(&copy, self.opened.snapshot.commit().checksum(name))
            .map_err(|e| Error::read(&path, e))?
            .sound(self.dir, name)
    }
}
