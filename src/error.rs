//! The one error type of the library. Every message is lowercase, names the file and place, and offers the way out.

use std::any::Any;
use std::io;
use std::path::{Path, PathBuf};

mod nearest;
mod reason;
mod system;

pub(crate) use nearest::edits;
pub use nearest::nearest;
pub use reason::Reason;

/// What a library call returns.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, where, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: cannot {action}: {source}; {way_out}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried: `read`, `write`, …
        action: &'static str,
        /// What the system said.
        source: io::Error,
        /// What the user can do.
        way_out: &'static str,
    },
    /// An input, or a record of one, is not what it should be.
    #[error("{place}: {what}; {way_out}")]
    Input {
        /// The file, with `: line N` or `: record N` (1-based) where it is known.
        place: String,
        /// What is wrong with it.
        what: String,
        /// What the user can do.
        way_out: String,
    },
    /// An input, or a record of one, that holds no article by its kind: it is passed over, and nothing is wrong with it.
    #[error("{place}: {what}; {way_out}")]
    Nothing {
        /// The file, with `: line N` or `: record N` (1-based) where it is known.
        place: String,
        /// What it is.
        what: String,
        /// What the user can do.
        way_out: String,
        /// As what it is counted.
        reason: Reason,
    },
    /// An input, or a record of one, that its own checksum or end says is not what was written: what the archive has of it is better.
    #[error("{place}: {what}; {way_out}")]
    Corrupt {
        /// The file, with `: line N` or `: record N` (1-based) where it is known.
        place: String,
        /// What is wrong with it.
        what: String,
        /// What the user can do.
        way_out: String,
    },
    /// A record that would take more memory than it may.
    #[error("{place}: {what}; {way_out}")]
    TooMuch {
        /// The file, with `: line N` or `: record N` (1-based) where it is known.
        place: String,
        /// How much it would take, and may.
        what: String,
        /// What the user can do.
        way_out: String,
    },
    /// There is no index where one was expected.
    #[error("{}: no index here; build one with `dateline index PATH --index {}`, or name another with --index", path.display(), quoted(&path.to_string_lossy()))]
    NoIndex {
        /// The folder that was looked at.
        path: PathBuf,
    },
    /// The index was written by another version.
    #[error("{}: index format {found}, this dateline reads {wanted}; {way_out}", path.display())]
    IndexVersion {
        /// The index folder.
        path: PathBuf,
        /// Format found there.
        found: String,
        /// Format this build reads and writes.
        wanted: String,
        /// What the user can do.
        way_out: &'static str,
    },
    /// The bytes of the index are not those that were written. What the disk refuses is an [`Io`](Self::Io) error.
    #[error("{}: the index is damaged: {what}; {BUILD_AGAIN}", path.display())]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Another process is writing to the index.
    #[error("{}: another dateline is writing to this index{holder}; wait for it to end", path.display())]
    Locked {
        /// The index folder.
        path: PathBuf,
        /// Who, since when, as far as known; begins with a space or is empty.
        holder: String,
    },
    /// A cluster that holds an archive could not be reached, or refused.
    #[error("{at}: {what}; {way_out}")]
    Cluster {
        /// The cluster and the index, never with a password.
        at: String,
        /// What it said or did not do.
        what: String,
        /// What the user can do.
        way_out: String,
    },
    /// Reading something brought about what cannot be: a fault of Dateline.
    #[error("{place}: something that cannot be has happened: {what}; please report this")]
    Panic {
        /// The file, with `: record N` (1-based) where it is known.
        place: String,
        /// What the panic said.
        what: String,
    },
    /// A request that makes no sense as it stands.
    #[error("{what}; {way_out}")]
    Request {
        /// What is wrong.
        what: String,
        /// What the user can do.
        way_out: String,
    },
}

impl Error {
    /// An index folder in another format than this build's.
    pub fn index_version(path: &Path, found: String, wanted: String) -> Self {
        let number = |tag: &str| tag.split('.').next().and_then(|number| number.parse::<u64>().ok());
        let is_newer = number(&found) > number(&wanted);
        let way_out = if is_newer {
            "use a newer dateline"
        } else {
            "build it again with `dateline index PATH --index DIR` in a new folder; what came by standard input, \
             `dateline salvage` prints (see `dateline guide keeping-an-archive`)"
        };
        Self::IndexVersion { path: path.to_path_buf(), found, wanted, way_out }
    }

    /// What is kept of it where failures are listed: a line, of which the middle is left out where it is long.
    pub fn message(&self) -> String {
        told(self.to_string())
    }

    /// What happened, and the way out; the file is left out where the error is of one.
    pub(crate) fn parted(&self) -> (String, String) {
        match self {
            Self::Io { action, source, way_out, .. } => (format!("cannot {action}: {source}"), (*way_out).to_owned()),
            Self::Input { what, way_out, .. }
            | Self::Corrupt { what, way_out, .. }
            | Self::TooMuch { what, way_out, .. }
            | Self::Cluster { what, way_out, .. }
            | Self::Request { what, way_out } => (what.clone(), way_out.clone()),
            other => (other.to_string(), String::new()),
        }
    }

    /// An input that is not what it should be.
    pub fn input(place: impl Into<String>, what: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self::Input { place: place.into(), what: what.into(), way_out: way_out.into() }
    }

    /// An input that holds no article by its kind.
    pub fn nothing(
        place: impl Into<String>,
        what: impl Into<String>,
        way_out: impl Into<String>,
        reason: Reason,
    ) -> Self {
        Self::Nothing { place: place.into(), what: what.into(), way_out: way_out.into(), reason }
    }

    /// Whether nothing is wrong: there is only no article.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing { .. })
    }

    /// A panic that was caught, by what it carried.
    pub fn panic(place: impl Into<String>, panic: &(dyn Any + Send)) -> Self {
        Self::Panic { place: place.into(), what: said_by(panic) }
    }

    /// A request that makes no sense as it stands.
    pub fn request(what: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self::Request { what: what.into(), way_out: way_out.into() }
    }
}

/// What to say of what is left out of an answer.
pub const DAMAGED_THERE: &str =
    "the index is damaged there; `dateline check` tells where else, `dateline salvage` saves what can be read";

/// What to do about a damaged index. What came by standard input is nowhere else, so it is saved, and the folder kept.
pub(crate) const BUILD_AGAIN: &str = "go back to a backup, or save what can be read with `dateline salvage`, set the folder \
    aside and run `dateline index PATH` again; `dateline guide keeping-an-archive` tells how";

/// What a panic said, as one line.
pub fn said_by(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is told of something, as a line: where it is long, as values in it may be, its middle is left out.
pub fn told(line: String) -> String {
    /// Characters of a line, and those of them that stand at its end, where the way out is.
    const LONGEST: usize = 2_000;
    const ENDING: usize = 500;
    shortened(line, LONGEST, ENDING)
}

/// Text of at most so many characters beside the count of those that are left out, so many of them at its end.
fn shortened(text: String, longest: usize, ending: usize) -> String {
    if text.len() <= longest {
        return text;
    }
    let count = text.chars().count();
    if count <= longest {
        return text;
    }
    let head: String = text.chars().take(longest - ending).collect();
    let tail: String = text.chars().skip(count - ending).collect();
    format!("{head} … ({} characters left out) … {tail}", count - longest)
}

/// A word, such as a path, as a shell reads it.
pub fn quoted(word: &str) -> String {
    let plain = word.chars().all(|c| c.is_alphanumeric() || "/._-+=@:,".contains(c));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// The value that goes by a name; `what` is the kind of value.
///
/// # Errors
/// Where no value has the name: those that there are.
pub(crate) fn by_name<T: Copy>(what: &str, name: &str, named: &[(&str, T)]) -> Result<T> {
    let found = named.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
    found.ok_or_else(|| Error::request(format!("no {what} \"{name}\""), format!("there are {}", names.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_keeps_its_place_and_its_way_out() {
        let error = |length: usize| Error::input("a.csv: line 2", "é".repeat(length), "mend it");
        assert_eq!(error(300).message(), error(300).to_string());
        let told = error(300_000).message();
        let is_whole = told.starts_with("a.csv: line 2: éé") && told.ends_with("éé; mend it");
        assert!(is_whole && told.contains(" … (298024 characters left out) … "), "{told}");
        assert!(told.chars().count() < 2_100, "{}", told.chars().count());
    }
}
