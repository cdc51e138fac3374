//! Whether a page belongs to an issue that is read by itself.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::didl;
use super::kind::ScanKind;
use super::neighbours::{below, folder};
use super::readers::scan_kind;
use super::tree::ScanTree;

/// How many folders up from a page the file of its issue may lie.
const UP: usize = 2;

/// Bytes of a file that tell whether it is that of an issue.
const BEGINNING: u64 = 4096;

/// Bytes of a file of an issue that are looked at, at most.
const LONGEST: u64 = 64 << 20;

/// Folders that are remembered, at most: files come folder by folder.
const MOST_FOLDERS: usize = 16;

/// Which pages belong to issues, folder by folder, as far as a run has asked.
#[derive(Debug, Default)]
pub struct IssuePages {
    /// What the issues in a folder name, by the folder.
    folders: Mutex<FxHashMap<PathBuf, FxHashSet<PathBuf>>>,
}

impl IssuePages {
    /// Whether a METS or DIDL names a page, in its folder or up to two above it, but none above `root`. It is looked for among the
    /// files of XML there, by their beginnings, once for each folder.
    pub(in crate::source) fn has(&self, page: &Path, root: &Path) -> bool {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folder(page).ancestors().take(UP + 1).take_while(|folder| folder.starts_with(root)).any(|folder| {
            if folders.len() >= MOST_FOLDERS && !folders.contains_key(folder) {
                folders.clear();
            }
            folders.entry(folder.to_path_buf()).or_insert_with(|| named_in(folder)).contains(page)
        })
    }
}

/// The files that issues in a folder name.
fn named_in(folder: &Path) -> FxHashSet<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return FxHashSet::default() };
    let is_issue = |path: &PathBuf| {
        let facts = path.metadata();
        let is_xml = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("xml"));
        is_xml && facts.is_ok_and(|facts| facts.is_file() && facts.len() <= LONGEST) && begins_issue(path)
    };
    let issues = entries.flatten().map(|entry| entry.path()).filter(is_issue);
    issues.flat_map(|issue| named_by(&issue)).map(|path| folder.join(path)).collect()
}

/// Whether a file begins as that of an issue.
fn begins_issue(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut head));
    read.is_ok() && scan_kind(&String::from_utf8_lossy(&head)).is_some_and(ScanKind::is_issue)
}

fn named_by(issue: &Path) -> Vec<PathBuf> {
    let Ok(text) = std::fs::read_to_string(issue) else { return Vec::new() };
    let tree = scan_kind(&text).filter(|kind| kind.is_issue()).zip(ScanTree::read(&text).ok());
    let named: Vec<String> = match tree {
        Some((ScanKind::Didl, tree)) => didl::others(&tree),
        Some((_, tree)) => tree.all("flocat").filter_map(|at| tree.value(at, "href")).collect(),
        None => Vec::new(),
    };
    named.iter().filter_map(|href| below(href)).collect()
}
