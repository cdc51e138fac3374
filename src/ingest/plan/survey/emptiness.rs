//! Folders that hold nothing, as a mount point does without its disk.

use super::super::paths::{below, holds};
use super::super::seen::Root;
use crate::error::Reason;
use crate::index::Manifest;
use crate::source::Walk;

/// What is wrong with a folder that holds nothing, or empty files alone, and whether its articles stay for that: its disk
/// may be away.
pub(super) fn emptiness(root: &Root, walked: &Walk, manifest: &Manifest) -> Option<(String, bool)> {
    let chosen = walked.skipped.contains_key(&Reason::Excluded);
    if !walked.is_folder || chosen || walked.files.iter().any(|file| file.size > 0) {
        return None;
    }
    let hidden: Vec<String> = walked.problems.iter().map(|(path, _)| below(&root.place, &root.typed, path)).collect();
    let is_hidden = |file: &str| hidden.iter().any(|path| file == path || holds(path, file));
    let mut had = manifest.files().filter(|file| file.articles > 0 && holds(&root.place, &file.path)).peekable();
    if had.peek().is_some() {
        let is_empty = !had.any(|file| is_hidden(&file.path));
        return is_empty.then(|| (root.is_bare(), true));
    }
    let message =
        format!("{}: no articles in this folder; name one that holds files of articles", root.typed.display());
    let holds_nothing = walked.skipped.is_empty() && walked.files.is_empty() && walked.problems.is_empty();
    holds_nothing.then_some((message, false))
}
