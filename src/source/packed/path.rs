//! How an entry of a packed folder is called: `a.zip!b/c.txt`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What stands between a packed folder and the path in it.
const MARK: char = '!';

/// How the names of packed folders end.
const ENDS: &[&str] = &[
    ".zip",
    ".wacz",
    ".tar",
    ".tgz",
    ".tbz",
    ".tbz2",
    ".txz",
    ".tzst",
    ".tar.gz",
    ".tar.gzip",
    ".tar.zst",
    ".tar.zstd",
    ".tar.xz",
    ".tar.bz2",
    ".tar.bzip2",
];

/// Whether a file of that name or path may be a packed folder.
pub fn is_packed_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).as_bytes();
    let ends =
        |end: &&str| name.len() > end.len() && name[name.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes());
    ENDS.iter().any(ends)
}

/// The path of the packed folder that a path leads into; none where it leads into none.
pub fn packed_above(path: &str) -> Option<&str> {
    path.match_indices(MARK).map(|(at, _)| &path[..at]).find(|before| is_packed_name(before))
}

/// The path of an entry.
pub(crate) fn entry_path(folder: &Path, name: &str) -> PathBuf {
    let mut path = folder.as_os_str().to_owned();
    path.push(OsString::from(format!("{MARK}{name}")));
    PathBuf::from(path)
}

/// A packed folder that is there, and the name of the entry in it that a path leads to; none where the path is that of a file.
pub(in crate::source) fn parted(path: &Path) -> Option<(PathBuf, String)> {
    if path.symlink_metadata().is_ok() {
        return None;
    }
    let text = path.to_str()?;
    let folder = packed_above(text)?;
    let is_there = Path::new(folder).metadata().is_ok_and(|kind| kind.is_file());
    is_there.then(|| (PathBuf::from(folder), text[folder.len() + MARK.len_utf8()..].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_into_what_is_called_as_a_packed_folder() {
        for (path, folder) in [
            ("a.zip!b/c.txt", Some("a.zip")),
            ("x/A.ZIP!b", Some("x/A.ZIP")),
            ("x/a.tar.gz!b!c", Some("x/a.tar.gz")),
            ("wow!/a.tgz!b", Some("wow!/a.tgz")),
            ("a.zip", None),
            ("a.zip/b!c", None),
            ("what!.txt", None),
            (".zip!a", None),
            ("a.gz!b", None),
        ] {
            assert_eq!(packed_above(path), folder, "{path}");
        }
    }
}
