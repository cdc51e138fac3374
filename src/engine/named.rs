//! What people call an article by, beside its id: the beginning of it, and the place where it stands.

use crate::article::{ArticleId, Lines};
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
    /// The first of its passages (1-based) that takes the line; none where no line was named, and where it is a field's.
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

    /// What of an article stands there: a passage, or else what tells its headline, its date or who made it.
    pub(super) fn of(&self, article: &StoredArticle) -> Option<Cited> {
        let passage = match self.line {
            None => None,
            Some(line) => match passage_of(article, line) {
                None if !is_told_on(article, line) => return None,
                passage => passage,
            },
        };
        Some(Cited { article: article.id.clone(), passage })
    }
}

/// The first passage (1-based) that takes a line.
fn passage_of(article: &StoredArticle, line: u32) -> Option<usize> {
    let lines = article.passages.iter().map(|passage| passage.lines);
    lines.into_iter().position(|lines| takes(lines, line)).map(|place| place + 1)
}

/// Whether a field of an article stands on a line.
fn is_told_on(article: &StoredArticle, line: u32) -> bool {
    let StoredArticle { headline, outlet, date, byline, dateline_place, .. } = article;
    let texts = [headline, outlet, byline, dateline_place].into_iter().flatten().map(|field| field.lines);
    texts.chain(date.iter().map(|date| date.lines)).any(|lines| takes(lines, line))
}

fn takes(lines: Option<Lines>, line: u32) -> bool {
    lines.is_some_and(|lines| (lines.first..=lines.last).contains(&line))
}
