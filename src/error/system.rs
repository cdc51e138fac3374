//! What the system refuses: the reason that it names, and the way out of that.

use std::io;
use std::path::Path;

use super::Error;

impl Error {
    /// A file or folder that could not be read.
    pub fn read(path: &Path, source: io::Error) -> Self {
        let otherwise = match source.kind() {
            io::ErrorKind::NotFound => "check the path",
            io::ErrorKind::PermissionDenied => "check its permissions",
            _ => "check the file and the disk, then run again",
        };
        Self::of_system(path, "read", source, otherwise)
    }

    /// A file or folder that could not be written.
    pub fn write(path: &Path, source: io::Error) -> Self {
        let otherwise = match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "check its permissions or choose another folder"
            }
            _ => "check the folder and the disk, then run again",
        };
        Self::of_system(path, "write", source, otherwise)
    }

    /// A folder whose file system gives no lock on it.
    pub fn lock(path: &Path, source: io::Error) -> Self {
        let otherwise = match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "check its permissions or choose another folder with --index"
            }
            _ => "put the index on a disk whose file system has locks",
        };
        Self::of_system(path, "lock", source, otherwise)
    }

    /// What the system refused: the way out of its reason where that is the machine, else the one of what was tried.
    fn of_system(path: &Path, action: &'static str, source: io::Error, otherwise: &'static str) -> Self {
        let way_out = way_out(&source).unwrap_or(otherwise);
        Self::Io { path: path.to_path_buf(), action, source, way_out }
    }

    /// Whether the disk, or what the user may fill of it, is full: it may have room later.
    pub fn is_full_disk(&self) -> bool {
        matches!(self, Self::Io { source, .. } if is_full(source))
    }
}

/// What the user can do where the machine, and not what was asked of it, is the reason.
fn way_out(error: &io::Error) -> Option<&'static str> {
    /// Numbers of errors that Unix systems share.
    const DISK_FAILED: i32 = 5;
    const TOO_MANY_FILES: [i32; 2] = [23, 24];
    let number = error.raw_os_error().filter(|_| cfg!(unix))?;
    Some(match error.kind() {
        io::ErrorKind::FileTooLarge => {
            "the disk or its quota is full, or the size of files is limited (ulimit -f): make room, then run again"
        }
        _ if is_full(error) => "the disk or its quota is full: make room, then run again",
        io::ErrorKind::OutOfMemory => "free memory or raise the limit on it (ulimit -v), then run again",
        _ if TOO_MANY_FILES.contains(&number) => "raise the limit on open files (ulimit -n), then run again",
        _ if number == DISK_FAILED => "the disk failed: check it, then run again; the files on it may well be whole",
        _ => return None,
    })
}

fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}
