//! Where a passage stands, as it can be opened from where the reader stands.

use std::path::{Component, Path, PathBuf};

use crate::hit::{PrintSource, Source};

/// The file of a citation as it can be opened from the folder `here`: relative where it stands below, or beside in a folder
/// that both share, else whole. The path as it is stored where nothing is known of either.
pub fn path(source: &Source, here: Option<&Path>) -> String {
    let (Some(root), Some(here)) = (source.root.as_deref(), here) else { return source.path.clone() };
    if Path::new(root) == here {
        return source.path.clone();
    }
    from(&whole(Path::new(root), Path::new(&source.path)), here).display().to_string()
}

/// The file of a citation as it can be opened from anywhere.
pub fn opened(source: &Source) -> PathBuf {
    match &source.root {
        Some(root) => whole(Path::new(root), Path::new(&source.path)),
        None => PathBuf::from(&source.path),
    }
}

/// The file, and its lines behind a colon.
pub fn text(source: &Source, here: Option<&Path>) -> String {
    let lines = source.lines.map_or(String::new(), |lines| format!(":{lines}"));
    format!("{}{lines}", path(source, here))
}

/// Blocks that are named, at most.
const NAMED: usize = 3;

/// Blocks and pages of print: `TB2, TB3 on 0001.tif`, and what is to be known of their words.
pub fn pages(printed: &PrintSource) -> String {
    let mut said: Vec<String> = Vec::new();
    for page in printed.blocks.chunk_by(|one, other| one.image == other.image) {
        let mut names: Vec<&str> =
            page.iter().map(|block| block.block.as_str()).filter(|name| !name.is_empty()).collect();
        let more = if names.len() > NAMED { ", …" } else { "" };
        names.truncate(NAMED);
        let on = if names.is_empty() { "on" } else { " on" };
        said.push(format!(
            "{}{more}{on} {}",
            names.join(", "),
            page[0].image.rsplit(['/', '\\']).next().unwrap_or_default()
        ));
    }
    if let Some(sure) = printed.confidence.filter(|_| printed.is_doubtful()) {
        said.push(format!("read with confidence 0.{sure:02}: words may be wrong"));
    }
    said.join("; ")
}

/// A path that counts from a folder, whole. What goes up at its beginning goes up in the folder, which is no link.
fn whole(root: &Path, path: &Path) -> PathBuf {
    let (mut root, mut parts) = (root.to_path_buf(), path.components().peekable());
    while let Some(part) = parts.next_if(|part| matches!(part, Component::ParentDir | Component::CurDir)) {
        if part == Component::ParentDir {
            root.pop();
        }
    }
    root.join(parts.collect::<PathBuf>())
}

/// A whole path as seen from a folder; whole where both have nothing but the beginning in common.
fn from(path: &Path, here: &Path) -> PathBuf {
    let common = path.components().zip(here.components()).take_while(|(a, b)| a == b).count();
    if common < 2 {
        return path.to_path_buf();
    }
    let up = here.components().skip(common).map(|_| Component::ParentDir);
    up.chain(path.components().skip(common)).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_citation_opens_from_where_the_reader_stands() {
        // the folder that the path counts from, the path, where the reader stands, what is shown
        for (root, path, here, shown) in [
            (Some("/data/news"), "articles/a.txt", Some("/data/news"), "articles/a.txt"),
            (Some("/data/news"), "./articles/a.txt", Some("/data"), "news/articles/a.txt"),
            (Some("/data/news"), "articles/a.txt", Some("/data/news/articles"), "a.txt"),
            (Some("/data/news"), "articles/a.txt", Some("/data/news/notes/today"), "../../articles/a.txt"),
            (Some("/data/news"), "../old/a.txt", Some("/data"), "old/a.txt"),
            (Some("/data/news"), "articles/a.txt", Some("/home/reader"), "/data/news/articles/a.txt"),
            (Some("/data/news"), "articles/a.txt", None, "articles/a.txt"),
            (None, "/data/news/a.txt", Some("/data"), "/data/news/a.txt"),
            (None, "-", Some("/data"), "-"),
        ] {
            let root = root.map(str::to_owned);
            let (lines, pieces, record, hash) = (None, Vec::new(), None, String::new());
            let source = Source { path: path.to_owned(), root, lines, pieces, record, hash, printed: None };
            assert_eq!(super::path(&source, here.map(Path::new)), shown, "{path} from {here:?}");
        }
    }
}
