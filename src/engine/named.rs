//! What people call an article by, beside its id: the beginning of it, and the place where it stands.

use crate::article::ArticleId;
use crate::hit::StoredArticle;
use crate::index::Manifest;

/// A place in a file, as a citation has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CitedPlace<'a> {
    /// The file's absolute path, or the end of it from a folder's name on.
    pub path: &'a str,
    /// The line, 1-based; none for the whole file.
    pub line: Option<u32>,
}

/// What stands in a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// The article.
    pub article: ArticleId,
    /// The first of its passages (1-based) that takes the line; none where no line was named.
    pub passage: Option<usize>,
}

impl CitedPlace<'_> {
    /// Numbers of the files of this path; where no file has it, of those whose paths end in it.
    pub(super) fn files(&self, manifest: &Manifest) -> Vec<u64> {
        if let Some(file) = manifest.file(self.path) {
            return vec![file.number];
        }
        let end = format!("/{}", self.path.trim_start_matches("./"));
        manifest.files().filter(|file| file.path.ends_with(&end)).map(|file| file.number).collect()
    }

    /// What of an article stands there.
    pub(super) fn of(&self, article: &StoredArticle) -> Option<Cited> {
        let takes = |line: u32| {
            let lines = article.passages.iter().map(|passage| passage.lines);
            lines.into_iter().position(|lines| lines.is_some_and(|lines| (lines.first..=lines.last).contains(&line)))
        };
        let passage = match self.line {
            None => None,
            Some(line) => Some(takes(line)? + 1),
        };
        Some(Cited { article: article.id.clone(), passage })
    }
}
