//! What the archive has of a path that somebody types, whether or not anything is there any more.

use std::path::Path;

use super::plan::{absolute, holds, lexical, spelling};
use crate::index::{FileEntry, Manifest};
use crate::source::{STDIN, packed_above};

/// Roots that a message lists at most.
const LISTED: usize = 20;

/// The place under which the archive has something of what was typed: an absolute path, or [`STDIN`] for all that came by
/// standard input. A root that is called just so goes first: its path may lead elsewhere now.
pub(super) fn place_of(manifest: &Manifest, typed: &Path) -> Option<String> {
    let exact = spelling(&lexical(typed));
    if typed != Path::new(STDIN) && (manifest.root(&exact).is_some() || manifest.file(&exact).is_some()) {
        return Some(exact);
    }
    spellings(typed).into_iter().find(|place| has(manifest, place))
}

/// Whether the archive has a root or a file at or below a place.
pub(super) fn has(manifest: &Manifest, place: &str) -> bool {
    let roots = manifest.roots().any(|root| is_within(place, &root.path));
    roots || manifest.files().any(|file| is_of(place, &file))
}

/// Whether a file came from a place.
pub(super) fn is_of(place: &str, file: &FileEntry<'_>) -> bool {
    if file.is_stream() { place == STDIN } else { is_within(place, &file.path) }
}

/// Whether a path is a place or lies below it, be it in a packed folder.
pub(super) fn is_within(place: &str, path: &str) -> bool {
    path == place || holds(place, path) || packed_above(path) == Some(place)
}

/// What there is to choose from, for a message: the roots, and files that were named themselves.
pub(super) fn listed(manifest: &Manifest) -> String {
    let roots = manifest.roots().map(|root| root.path.clone());
    let alone = |file: &FileEntry<'_>| {
        !file.is_stream()
            && packed_above(&file.path).is_none()
            && !manifest.roots().any(|root| holds(&root.path, &file.path))
    };
    let files = manifest.files().filter(alone).map(|file| file.path.into_owned());
    let streams = manifest.files().find(FileEntry::is_stream).map(|_| format!("{STDIN} (standard input)"));
    let mut places: Vec<String> = roots.chain(files).chain(streams).take(LISTED + 1).collect();
    if places.len() > LISTED {
        places[LISTED] = "…".to_owned();
    }
    if places.is_empty() { "nothing yet".to_owned() } else { places.join(", ") }
}

/// The absolute paths that may be meant: the real one where it is there; else the real folder above it with what was
/// typed behind, and what was typed as it stands.
pub(super) fn spellings(typed: &Path) -> Vec<String> {
    if typed == Path::new(STDIN) {
        return vec![STDIN.to_owned()];
    }
    let lexical = lexical(typed);
    let real = lexical.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let real = real.and_then(|(above, real)| Some(real.join(lexical.strip_prefix(above).ok()?)));
    let real = real.map(|real| spelling(&real));
    let exact = absolute(typed).ok();
    exact.into_iter().chain(real).chain([spelling(&lexical)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::RootEntry;

    #[test]
    fn a_path_is_known_however_it_is_spelled_and_when_it_is_gone() {
        let dir = tempfile::tempdir().expect("a folder");
        let top = dir.path().canonicalize().expect("its path");
        std::fs::create_dir_all(top.join("there/sub")).expect("a folder");
        let mut manifest = Manifest::default();
        let mut root = |below: &str| {
            let path = top.join(below).display().to_string();
            manifest.set_root(RootEntry { path, prefix: String::new(), was: String::new() });
        };
        root("there/sub");
        root("gone/one");
        for (typed, found) in [
            ("there/sub", Some("there/sub")),
            ("there/../there/./sub/", Some("there/sub")),
            ("there", Some("there")),
            ("gone/one", Some("gone/one")),
            ("gone/one/", Some("gone/one")),
            ("gone/../gone", Some("gone")),
            ("there/../gone/./one", Some("gone/one")),
            ("gone/on", None),
            ("gone/one/two", None),
            ("ther", None),
        ] {
            let found = found.map(|found| top.join(found).display().to_string());
            assert_eq!(place_of(&manifest, &top.join(typed)), found, "{typed}");
        }
        assert_eq!(place_of(&manifest, Path::new(STDIN)), None);
        assert_eq!(listed(&Manifest::default()), "nothing yet");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_known_by_where_it_leads() {
        let dir = tempfile::tempdir().expect("a folder");
        let top = dir.path().canonicalize().expect("its path");
        std::fs::create_dir(top.join("real")).expect("a folder");
        std::os::unix::fs::symlink(top.join("real"), top.join("link")).expect("a link");
        let mut manifest = Manifest::default();
        let places = ["real", "real/gone"].map(|below| top.join(below).display().to_string());
        manifest.set_root(RootEntry { path: places[1].clone(), prefix: String::new(), was: String::new() });
        assert_eq!(place_of(&manifest, &top.join("link/gone")).as_ref(), Some(&places[1]));
        assert_eq!(place_of(&manifest, &top.join("link")).as_ref(), Some(&places[0]));
    }
}
