//! What a commit of the index says of itself: its segments and their files, and which list of files counts with it.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use tantivy::schema::Schema;

use super::failure::{NOT_AS_WRITTEN, damaged};
use super::seal::{Checksums, unseal};
use crate::error;

/// The file that makes a commit count, when it is renamed into its place.
pub(super) const META: &str = "meta.json";

/// Ends of the names of a segment's files, beside those of plugins.
const ENDS: [&str; 6] = ["idx", "pos", "fast", "fieldnorm", "term", "store"];

/// Digits of a segment's name.
const SEGMENT_NAME: usize = 32;

/// A commit, as [`META`] has it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Commit {
    segments: Vec<Segment>,
    #[serde(default)]
    persisted_custom_extensions: Vec<String>,
    schema: serde_json::Value,
    opstamp: u64,
    /// What the manifest gave the commit to carry.
    pub payload: Option<String>,
    /// What its files are to be.
    #[serde(skip)]
    checksums: Checksums,
    /// What tantivy wrote of it.
    #[serde(skip)]
    pub text: Vec<u8>,
}

#[derive(Clone, Debug, Deserialize)]
struct Segment {
    segment_id: String,
    max_doc: u32,
    deletes: Option<Deletes>,
}

#[derive(Clone, Debug, Deserialize)]
struct Deletes {
    num_deleted_docs: u32,
    opstamp: u64,
}

impl Segment {
    /// What its files are called, but for their ends.
    fn name(&self) -> String {
        self.segment_id.replace('-', "")
    }
}

impl Commit {
    /// Reads the bytes of [`META`].
    ///
    /// # Errors
    /// Where one of them is not as it was written.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let (text, checksums) = unseal(bytes).ok_or(NOT_AS_WRITTEN)?;
        Self::of_text(&text).map(|commit| Self { checksums, text, ..commit }).map_err(|_| NOT_AS_WRITTEN.to_owned())
    }

    /// The same of the index in `dir`, as an error of that.
    ///
    /// # Errors
    /// Where one of them is not as it was written.
    pub fn of_index(dir: &Path, bytes: &[u8]) -> error::Result<Self> {
        Self::parse(bytes).map_err(|what| damaged(dir, &format!("{META}: {what}")))
    }

    /// Reads a commit as tantivy writes it.
    ///
    /// # Errors
    /// Where it is none.
    pub fn of_text(text: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(text)
    }

    /// The checksum that a segment's file was written with; none where it is not one of this commit.
    pub fn checksum(&self, name: &str) -> Option<u32> {
        self.checksums.get(name).copied()
    }

    /// The same of all of its files.
    pub fn checksums(&self) -> &Checksums {
        &self.checksums
    }

    /// Names of the files of all segments.
    pub fn files(&self) -> impl Iterator<Item = String> {
        self.segments.iter().flat_map(|segment| self.files_of(&segment.name()))
    }

    /// Names of the files of the segment of this name, ascending.
    pub fn files_of(&self, name: &str) -> BTreeSet<String> {
        let segment = self.segments.iter().find(|segment| segment.name() == name);
        let deletes = segment.and_then(|segment| segment.deletes.as_ref());
        let plugins = self.persisted_custom_extensions.iter().map(String::as_str);
        segment_files(name, plugins, deletes.map(|deletes| deletes.opstamp)).collect()
    }

    /// How many articles can be found.
    pub fn articles(&self) -> u64 {
        let deleted = |segment: &Segment| segment.deletes.as_ref().map_or(0, |deletes| deletes.num_deleted_docs);
        self.segments.iter().map(|segment| u64::from(segment.max_doc.saturating_sub(deleted(segment)))).sum()
    }

    /// What is stored of each segment.
    pub fn stored_segments(&self) -> Vec<StoredSegment> {
        let stored = |segment: &Segment| StoredSegment {
            name: segment.name(),
            deletes: segment.deletes.as_ref().map(|deletes| deletions(&segment.name(), deletes.opstamp)),
            documents: Some(segment.max_doc),
        };
        self.segments.iter().map(stored).collect()
    }

    /// Whether it is the first of an index of ours, which holds nothing yet.
    pub fn is_beginning(&self, schema: &Schema) -> bool {
        let is_ours = serde_json::to_value(schema).is_ok_and(|ours| ours == self.schema);
        is_ours && self.opstamp == 0 && self.segments.is_empty() && self.payload.is_none()
    }
}

/// A segment whose articles are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoredSegment {
    /// What its files are called, but for their ends.
    pub name: String,
    /// The file of its deletions.
    pub deletes: Option<String>,
    /// How many documents it has, where that is known.
    pub documents: Option<u32>,
}

/// The segments in a folder of these files, where no commit names them: each with its latest deletions, by name.
pub(super) fn segments_by_name(files: &[String]) -> Vec<StoredSegment> {
    let stores = files.iter().filter(|file| is_segment_file(file)).filter_map(|file| file.strip_suffix(".store"));
    let mut segments: Vec<StoredSegment> = stores
        .map(|name| {
            let opstamp =
                |file: &String| file.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".del")?.parse::<u64>().ok();
            let deletes = files.iter().filter_map(opstamp).max().map(|opstamp| deletions(name, opstamp));
            StoredSegment { name: name.to_owned(), deletes, documents: None }
        })
        .collect();
    segments.sort_by(|a, b| a.name.cmp(&b.name));
    segments
}

/// Names of the files of the segment of this name, with those of plugins; its deletions go by the commit that made them.
pub(super) fn segment_files<'a>(
    name: &'a str,
    plugins: impl Iterator<Item = &'a str> + 'a,
    deletes: Option<u64>,
) -> impl Iterator<Item = String> + 'a {
    let deletes = deletes.map(|opstamp| deletions(name, opstamp));
    ENDS.into_iter().chain(plugins).map(move |end| format!("{name}.{end}")).chain(deletes)
}

/// The file of the deletions that a commit made in the segment of this name.
fn deletions(name: &str, opstamp: u64) -> String {
    format!("{name}.{opstamp}.del")
}

/// Whether a file in an index folder has a name that only a segment's file has.
pub(super) fn is_segment_file(name: &str) -> bool {
    let Some((id, end)) = name.split_once('.') else { return false };
    let is_id = id.len() == SEGMENT_NAME && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let is_deletes = |end: &str| end.strip_suffix(".del").is_some_and(|stamp| stamp.parse::<u64>().is_ok());
    let ours = [super::forms::DICTIONARY, super::forms::FAMILIES, super::forms::LISTS, "store.temp"];
    is_id && (ENDS.contains(&end) || ours.contains(&end) || is_deletes(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_names_its_files() {
        let meta = r#"{"persisted_custom_extensions":["forms"],"schema":[],"opstamp":9,"payload":"x","segments":[
            {"segment_id":"eb34fbea-180a-40a5-a9d8-72afa75b4196","max_doc":3,"deletes":{"num_deleted_docs":1,"opstamp":7}}]}"#;
        let commit = Commit::of_text(meta.as_bytes()).expect("a commit");
        let names: Vec<String> = commit.files().collect();
        let ends = ["7.del", "fast", "fieldnorm", "forms", "idx", "pos", "store", "term"];
        assert_eq!(names, ends.map(|end| format!("eb34fbea180a40a5a9d872afa75b4196.{end}")));
        assert!(names.iter().all(|name| is_segment_file(name)));
    }

    #[test]
    fn a_name_of_another_kind_is_no_segment_file() {
        let id = "eb34fbea180a40a5a9d872afa75b4196";
        for (end, is_ours) in [
            ("store", true),
            ("store.temp", true),
            ("12.del", true),
            ("formdocs", true),
            ("families", true),
            ("txt", false),
            ("x.del", false),
        ] {
            assert_eq!(is_segment_file(&format!("{id}.{end}")), is_ours, "{end}");
        }
        for name in ["meta.json", "dateline.json", "manifest-1.jsonl", "notes.store", &id[1..], id] {
            assert!(!is_segment_file(name), "{name}");
        }
    }
}
