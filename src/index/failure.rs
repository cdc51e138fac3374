//! tantivy's errors -> ours: what the disk refuses is told from bytes that are not as they were written.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::analysis::Mismatch;
use crate::error::{Error, Result};

/// What a reader of the index in `dir` met.
pub(crate) fn unreadable(dir: &Path, error: &TantivyError) -> Error {
    use TantivyError as E;
    if let Some((path, io)) = refused(error) {
        return Error::read(&path.map_or_else(|| dir.to_path_buf(), |name| dir.join(name)), io);
    }
    match error {
        // tantivy takes a folder that it cannot look at for none
        E::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_) | OpenDirectoryError::NotADirectory(_)) => {
            let looked_at = dir.metadata().err().unwrap_or_else(|| io::Error::other("it could not be looked at"));
            Error::read(dir, looked_at)
        }
        // what the system would not give: a thread, for one
        E::SystemError(what) => Error::read(dir, io::Error::other(what.clone())),
        other => damaged(dir, &said(other)),
    }
}

/// What an error of tantivy's says, without its types and the bytes that it quotes.
pub(super) fn said(error: &TantivyError) -> String {
    use TantivyError as E;
    match error {
        E::OpenReadError(OpenReadError::FileDoesNotExist(name)) => format!("{} is missing", name.display()),
        E::OpenReadError(OpenReadError::IoError { filepath, .. }) => {
            format!("{}: {NOT_AS_WRITTEN}", filepath.display())
        }
        E::IoError(io) if again(io).is_some() => io.to_string(),
        E::InternalError(what)
        | E::SchemaError(what)
        | E::InvalidArgument(what)
        | E::ErrorInThread(what)
        | E::SystemError(what) => what.clone(),
        _ => NOT_AS_WRITTEN.to_owned(),
    }
}

/// tantivy's folder; one that it cannot look at is looked at once more.
pub(super) fn open_folder(dir: &Path) -> Result<MmapDirectory> {
    let again = |_| MmapDirectory::open(dir);
    MmapDirectory::open(dir).or_else(again).map_err(|e| unreadable(dir, &e.into()))
}

/// What a writer of the index in `dir` met; `cause` is the first error that the disk gave it, which tantivy's may not name.
pub(super) fn unwritable(dir: &Path, error: &TantivyError, cause: Option<io::Error>) -> Error {
    let io = refused(error).map(|(_, io)| io).or(cause);
    Error::write(dir, io.unwrap_or_else(|| io::Error::other(said(error))))
}

/// A dictionary of forms that the writer of the index in `dir` will not write.
pub(super) fn mismatched(dir: &Path, mismatch: Mismatch) -> Error {
    let source = io::Error::other(format!("the dictionary of forms would be wrong: {mismatch}"));
    let way_out = "the index stands at its last commit, please report this";
    Error::Io { path: dir.to_path_buf(), action: "write", source, way_out }
}

/// What is wrong with a file of which nothing closer can be told.
pub(super) const NOT_AS_WRITTEN: &str = "it is not as it was written";

/// An index whose bytes are not those that were written.
pub(crate) fn damaged(dir: &Path, what: &dyn std::fmt::Display) -> Error {
    Error::Damaged { path: dir.to_path_buf(), what: what.to_string() }
}

/// A file of a commit in `dir` that cannot be read: where it is missing the index is damaged.
pub(super) fn unread(dir: &Path, name: &str, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => damaged(dir, &format!("{name} is missing")),
        _ => Error::read(&dir.join(name), error),
    }
}

/// The error of the system behind an error of tantivy's, and the file where it is named.
pub(super) fn refused(error: &TantivyError) -> Option<(Option<PathBuf>, io::Error)> {
    use TantivyError as E;
    let (path, io) = match error {
        E::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => (None, io_error),
        E::OpenReadError(OpenReadError::IoError { io_error, filepath }) => (Some(filepath), io_error),
        E::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => (Some(filepath), io_error),
        E::LockFailure(LockError::IoError(io), _) | E::IoError(io) => (None, io),
        _ => return None,
    };
    Some((path.cloned(), again(io)?))
}

/// An error of the system once more; none where it is one of ours, such as of bytes that cannot be what they should be.
pub(super) fn again(error: &io::Error) -> Option<io::Error> {
    error.raw_os_error().map(io::Error::from_raw_os_error)
}

/// The same for results.
pub(super) fn read<T>(dir: &Path, result: tantivy::Result<T>) -> Result<T> {
    result.map_err(|error| unreadable(dir, &error))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::error::DataCorruption;

    use super::*;

    fn opening(io: io::Error) -> TantivyError {
        OpenReadError::IoError { io_error: Arc::new(io), filepath: PathBuf::from("a.store") }.into()
    }

    #[test]
    #[cfg(unix)]
    fn what_the_disk_refuses_is_no_damage_and_has_its_way_out() {
        for (number, way_out) in [
            (13, "check its permissions"),
            (24, "raise the limit on open files (ulimit -n)"),
            (12, "free memory or raise the limit on it"),
            (5, "the disk failed: check it"),
            (28, "the disk or its quota is full: make room"),
        ] {
            let told = unreadable(Path::new("index"), &opening(io::Error::from_raw_os_error(number))).to_string();
            assert!(told.starts_with("index/a.store: cannot read: ") && told.contains(way_out), "{told}");
            let told = unwritable(Path::new("index"), &io::Error::from_raw_os_error(number).into(), None).to_string();
            assert!(told.starts_with("index: cannot write: ") && !told.contains("damaged"), "{told}");
        }
        let cause = Some(io::Error::from_raw_os_error(28));
        let told = unwritable(Path::new("index"), &TantivyError::ErrorInThread("x".to_owned()), cause).to_string();
        assert!(told.contains("make room"), "{told}");
    }

    #[test]
    fn bytes_that_are_not_as_written_are_damage() {
        for error in [
            opening(io::ErrorKind::UnexpectedEof.into()),
            OpenReadError::FileDoesNotExist(PathBuf::from("a.store")).into(),
            DataCorruption::comment_only("x").into(),
        ] {
            let told = unreadable(Path::new("index"), &error).to_string();
            assert!(told.starts_with("index: the index is damaged: "), "{told}");
        }
    }
}
