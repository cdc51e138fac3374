//! A file that is written is none of those that are read: what stood in it would be gone before it is read again.

use std::path::{Path, PathBuf};

use dateline::durable::folder_of;
use dateline::{Error, Result};

/// Refuses to write `output`, the value of a flag, where it is one of `read`, or lies in one that is a folder; each with how it
/// was named.
///
/// # Errors
/// Where it is, naming both.
pub(super) fn refuse(flag: &str, output: &Path, read: &[(&str, &Path)]) -> Result<()> {
    let Some(place) = place_of(output) else { return Ok(()) };
    for (name, path) in read {
        let Ok(other) = path.canonicalize() else { continue };
        if place.starts_with(&other) {
            let how = if place == other { "is" } else { "lies in" };
            let what = format!("{flag} {}: it {how} {name} {}", output.display(), path.display());
            return Err(Error::request(what, "name a file elsewhere"));
        }
    }
    Ok(())
}

/// Where a file is, or would be made; none where its folder is not there.
fn place_of(file: &Path) -> Option<PathBuf> {
    file.canonicalize().ok().or_else(|| Some(folder_of(file).canonicalize().ok()?.join(file.file_name()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_not_written_over() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = |name: &str| dir.path().join(name);
        std::fs::create_dir(path("articles")).expect("made");
        std::fs::write(path("qrels.txt"), "x").expect("written");
        let (articles, qrels) = (path("articles"), path("qrels.txt"));
        let read = [("the articles", articles.as_path()), ("--qrels", qrels.as_path())];
        for (output, told) in [
            ("failed.txt", None),
            ("articles-failed.txt", None),
            ("nowhere/failed.txt", None),
            ("articles/failed.txt", Some("it lies in the articles")),
            ("articles/../articles/a.txt", Some("it lies in the articles")),
            ("qrels.txt", Some("it is --qrels")),
        ] {
            let refused = refuse("--junit", &path(output), &read).err().map(|error| error.to_string());
            assert_eq!(refused.is_some(), told.is_some(), "{output}: {refused:?}");
            assert!(refused.unwrap_or_default().contains(told.unwrap_or_default()), "{output}");
        }
    }
}
