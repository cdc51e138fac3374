//! What the manifest says of a file and of a root.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::error::Reason;

/// A file whose articles the index holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry<'a> {
    /// Number of the file in this index, never used twice.
    pub number: u64,
    /// The file's absolute path.
    pub path: Cow<'a, str>,
    /// The id its articles have, or that is in front of their `#N`.
    pub base_id: Cow<'a, str>,
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970; 0 where it was too fresh to be trusted.
    pub modified: u64,
    /// What else tells of a change, from [`FoundFile`](crate::source::FoundFile); 0 where an earlier version did not know.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub stamp: u32,
    /// BLAKE3 of the file, hexadecimal in the log.
    #[serde(with = "hexadecimal")]
    pub hash: blake3::Hash,
    /// Articles that the index holds of it.
    pub articles: u32,
    /// What failed in it, in the words it was reported with; said again on every run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Cow<'a, str>>,
    /// How many more failed in it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub untold: u32,
    /// Whether the whole file failed, not only some of its records.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub failed: bool,
    /// Why it was passed over as a whole, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Records of it that hold no article.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skipped: u32,
    /// How many of those are empty; the others are records of something else.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub empty: u32,
    /// What its records were said to call their fields (`headline=Titel …`); empty where nothing was said.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub fields: Cow<'a, str>,
    /// Hash of what was stated of it from outside; empty where nothing was.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub overrides: Cow<'a, str>,
    /// Longest record in bytes that was allowed, where something failed; else 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub max_record: u64,
    /// The version of Dateline that one of its records was too much for, so that another one tries again; else empty.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub broke: Cow<'a, str>,
    /// The snapshot of a feed that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<FeedSnapshot>,
    /// Whether it is to be read again, though it is as it was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
    /// Whether it was moved here and keeps its base id, whatever files of this path are called.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub moved: bool,
    /// Whether it was compressed when it was read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub packed: bool,
}

/// What is remembered of a file that is a snapshot of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedSnapshot {
    /// A hash of what tells the feed from others.
    pub feed: u64,
    /// When the feed says that it was built, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<i64>,
    /// Items of it that the index does not hold, since a newer snapshot of the feed has them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub superseded: u32,
}

fn is_zero<N: Default + PartialEq>(number: &N) -> bool {
    *number == N::default()
}

impl<'a> FileEntry<'a> {
    /// A file of which there is no more to say, and of which the index holds no article.
    pub fn new(
        number: u64,
        path: impl Into<Cow<'a, str>>,
        base_id: impl Into<Cow<'a, str>>,
        hash: blake3::Hash,
    ) -> Self {
        Self {
            number,
            path: path.into(),
            base_id: base_id.into(),
            size: 0,
            modified: 0,
            stamp: 0,
            hash,
            articles: 0,
            failures: Vec::new(),
            untold: 0,
            failed: false,
            reason: None,
            skipped: 0,
            empty: 0,
            fields: Cow::default(),
            overrides: Cow::default(),
            max_record: 0,
            broke: Cow::default(),
            snapshot: None,
            stale: false,
            moved: false,
            packed: false,
        }
    }
}

impl FileEntry<'_> {
    /// Whether it came by standard input: it has no path, and goes by its id.
    pub fn is_stream(&self) -> bool {
        self.path == self.base_id
    }

    /// Items that a newer snapshot of the same feed has.
    pub fn superseded(&self) -> u32 {
        self.snapshot.map_or(0, |snapshot| snapshot.superseded)
    }

    /// The same, to be kept while the manifest changes.
    pub fn into_owned(self) -> FileEntry<'static> {
        fn own(text: Cow<'_, str>) -> Cow<'static, str> {
            Cow::Owned(text.into_owned())
        }
        FileEntry {
            number: self.number,
            path: own(self.path),
            base_id: own(self.base_id),
            size: self.size,
            modified: self.modified,
            stamp: self.stamp,
            hash: self.hash,
            articles: self.articles,
            failures: self.failures.into_iter().map(own).collect(),
            untold: self.untold,
            failed: self.failed,
            reason: self.reason,
            skipped: self.skipped,
            empty: self.empty,
            fields: own(self.fields),
            overrides: own(self.overrides),
            max_record: self.max_record,
            broke: own(self.broke),
            snapshot: self.snapshot,
            stale: self.stale,
            moved: self.moved,
            packed: self.packed,
        }
    }
}

/// A folder or file that was named on the command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootEntry {
    /// Its absolute path.
    pub path: String,
    /// What stands before the ids of its files; empty where it was the only root.
    pub prefix: String,
    /// Its absolute path before it was moved to where it is; empty where it was not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub was: String,
}

impl RootEntry {
    /// A root that was not moved.
    pub fn new(path: impl Into<String>, prefix: impl Into<String>) -> Self {
        Self { path: path.into(), prefix: prefix.into(), was: String::new() }
    }
}

/// A hash as 64 hexadecimal digits.
mod hexadecimal {
    use std::borrow::Cow;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(hash: &blake3::Hash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hash.to_hex())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<blake3::Hash, D::Error> {
        let digits = Cow::<str>::deserialize(deserializer)?;
        blake3::Hash::from_hex(&*digits).map_err(serde::de::Error::custom)
    }
}
