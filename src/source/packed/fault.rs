//! Why an entry of a packed folder, or the folder, cannot be read.

use std::fmt;
use std::io;
use std::path::Path;

use crate::error::Error;

/// What to do about what is damaged.
const RESTORE: &str = "restore it from a copy, or fetch it again";
/// What to do about what is not read as it stands.
pub(super) const BY_HAND: &str = "unpack it by hand and index what comes out";

/// What is wrong, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) struct PackedFault {
    what: String,
    way_out: String,
    is_damage: bool,
}

impl PackedFault {
    /// It is cut off, or is not what it says that it is.
    pub fn damaged(what: impl Into<String>) -> Self {
        Self { what: what.into(), way_out: RESTORE.to_owned(), is_damage: true }
    }

    /// Nothing is damaged, and still it is not read.
    pub fn refused(what: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { what: what.into(), way_out: way_out.into(), is_damage: false }
    }

    /// The error of the file at a path.
    pub fn error(&self, path: &Path) -> Error {
        let (place, what, way_out) = (path.display().to_string(), self.what.clone(), self.way_out.clone());
        match self.is_damage {
            true => Error::Corrupt { place, what, way_out },
            false => Error::Input { place, what, way_out },
        }
    }

    /// The fault that an error of a reader carries.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for PackedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.way_out)
    }
}

impl std::error::Error for PackedFault {}

impl From<PackedFault> for io::Error {
    fn from(fault: PackedFault) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

/// The error of what was read at a path: a fault is told as that, what the system says as it says it.
pub(in crate::source) fn told(path: &Path, error: io::Error) -> Error {
    match PackedFault::of(&error) {
        Some(fault) => fault.error(path),
        None => Error::read(path, error),
    }
}
