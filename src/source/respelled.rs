//! Paths that are not in UTF-8, and are kept as they are shown: found again by how they look.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that a path is of, as it can be opened: of several names that look alike the first, which is the one that a walk
/// takes. A path of which nothing is found stays as it is.
pub fn respelled(path: &str) -> PathBuf {
    if !path.contains(char::REPLACEMENT_CHARACTER) {
        return PathBuf::from(path);
    }
    let mut found = PathBuf::new();
    for part in Path::new(path) {
        let exact = found.join(part);
        let is_odd = part.to_string_lossy().contains(char::REPLACEMENT_CHARACTER);
        match is_odd && exact.symlink_metadata().is_err() {
            true => found.push(like(&found, &part.to_string_lossy()).unwrap_or_else(|| part.to_owned())),
            false => found = exact,
        }
    }
    found
}

/// The first name in a folder that looks like this one.
fn like(folder: &Path, name: &str) -> Option<OsString> {
    let names = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name());
    names.filter(|other| other.to_string_lossy() == name).min()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn a_path_is_found_by_how_it_looks() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |names: [&[u8]; 2]| {
            names.iter().fold(dir.path().to_path_buf(), |at, name| at.join(OsStr::from_bytes(name)))
        };
        for (names, wanted) in [
            ([&b"a"[..], &b"b"[..]], [&b"a"[..], &b"b"[..]]),
            ([b"d\xff", b"x"], [b"d\xff", b"x"]),
            ([b"e", b"z\xff"], [b"e", b"z\xfe"]),
            ([b"e", b"z\xfe"], [b"e", b"z\xfe"]),
            ([b"f", b"z\xff"], [b"f", "z\u{fffd}".as_bytes()]),
            ([b"f", "z\u{fffd}".as_bytes()], [b"f", "z\u{fffd}".as_bytes()]),
            ([b"g", b"\xff"], [b"g", b"\xff"]),
        ] {
            for path in [at(names), at(wanted)] {
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                if fs::write(&path, "x").is_err() {
                    return; // the file system takes no such names
                }
            }
            assert_eq!(respelled(&at(names).to_string_lossy()), at(wanted), "{names:?}");
        }
        let nowhere = dir.path().join("no\u{fffd}where");
        assert_eq!(respelled(&nowhere.to_string_lossy()), nowhere);
    }
}
