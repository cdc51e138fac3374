//! Whether a page belongs to an issue that is read by itself.

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

/// What names of files of an issue have in them.
const NAMED: &[&str] = &["mets", "didl"];

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
    /// files whose names say what they are, once for each folder.
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
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let facts = path.metadata();
        let is_short = || facts.is_ok_and(|facts| facts.is_file() && facts.len() <= LONGEST);
        NAMED.iter().any(|kind| name.contains(kind)) && is_short()
    };
    let issues = entries.flatten().map(|entry| entry.path()).filter(is_issue);
    issues.flat_map(|issue| named_by(&issue)).map(|path| folder.join(path)).collect()
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
