//! What is named is held against the roots that the archive knows: one of them may have moved there.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::likeness::{is_gone, likeness};
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::index::{FileEntry, Manifest};
use crate::ingest::known::{has, is_within};
use crate::ingest::plan::{absolute, hash_file, holds};
use crate::source::STDIN;
use crate::source::packed_above;

/// How far below a named folder one is looked for that was moved into it, and how far below a root what moved out of it.
const DEEPEST: usize = 2;

/// A folder or a file that looks like a root which was elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where the root was, as the archive has it; a folder in a root where all else of it is gone.
    pub from: PathBuf,
    /// Where it is, as it was named.
    pub to: PathBuf,
    /// Whether it stands in a folder that was named, and was not named itself.
    pub inside: bool,
    /// Whether there is something in the old place still.
    pub is_there: bool,
}

/// What is named in `roots`, or stands in a folder of them, is new to the archive, and looks like a root that it knows: most
/// of its files are found there under the same paths, and most of those compared have the same content. The root is no
/// longer there, or its path leads elsewhere now; or it is still there, and neither named nor above or below what is.
///
/// # Errors
/// Where a root that is there cannot be looked at: taken for another archive, all its articles would come in twice.
pub fn moved_roots<U: Update>(update: &mut U, roots: &[PathBuf]) -> Result<Vec<Moved>> {
    let manifest = update.files();
    let roots = || roots.iter().filter(|named| named.as_path() != Path::new(STDIN));
    let mut known = KnownRoots::of(manifest, &roots().filter_map(|root| absolute(root).ok()).collect::<Vec<_>>());
    let (mut moved, lost_files) = (Vec::new(), OnceCell::new());
    for named in roots() {
        match kind_of(named)? {
            PathKind::Folder => moved.extend(moved_folder(manifest, &mut known, named)?),
            PathKind::File => moved.extend(moved_file(manifest, &lost_files, named)?),
            PathKind::Neither => {}
        }
    }
    Ok(moved)
}

enum PathKind {
    Folder,
    File,
    Neither,
}

/// What is named; what is not there is told by who reads it.
fn kind_of(path: &Path) -> Result<PathKind> {
    match path.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(PathKind::Neither),
        Err(error) => Err(Error::read(path, error)),
        Ok(kind) if kind.is_dir() => Ok(PathKind::Folder),
        Ok(kind) => Ok(if kind.is_file() { PathKind::File } else { PathKind::Neither }),
    }
}

/// Folders that may be elsewhere now.
struct KnownRoots {
    /// Roots that are gone, and the folders in them that had most of their files.
    lost: Vec<String>,
    /// Roots that are still there and that nobody named.
    there: Vec<String>,
}

impl KnownRoots {
    fn of(manifest: &Manifest, named: &[String]) -> Self {
        let (mut lost, mut there) = (Vec::new(), Vec::new());
        for root in manifest.roots().map(|root| &root.path) {
            if is_gone(Path::new(root)) {
                lost.push(root.clone());
                lost.extend(main_folders(manifest, root));
            } else if !named.iter().any(|place| is_within(place, root) || holds(root, place)) {
                there.push(root.clone());
            }
        }
        Self { lost, there }
    }

    /// A root that was found, with all in it and above it, is sought no more.
    fn found(&mut self, from: &str) {
        let is_other = |path: &String| !is_within(from, path) && !holds(path, from);
        self.lost.retain(is_other);
        self.there.retain(is_other);
    }
}

/// The folders in a root that have most of its files, one in the other.
fn main_folders(manifest: &Manifest, root: &str) -> Vec<String> {
    let mut folders = Vec::<String>::new();
    let total = manifest.files().filter(|file| holds(root, &file.path)).count();
    while folders.len() < DEEPEST {
        let holder = folders.last().map_or(root, String::as_str);
        let mut counts = BTreeMap::<String, usize>::new();
        for file in manifest.files().filter(|file| holds(holder, &file.path)) {
            if let Some((name, _)) = file.path[holder.len() + 1..].split_once('/') {
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| 2 * count > total);
        let Some((name, _)) = most else { break };
        folders.push(format!("{holder}/{name}"));
    }
    folders
}

/// A known root that a folder is now: the one that is named, or one of the root's name in it.
fn moved_folder(manifest: &Manifest, known: &mut KnownRoots, named: &Path) -> Result<Option<Moved>> {
    let mut best: Option<(usize, Moved)> = None;
    for to in std::iter::once(named.to_path_buf()).chain(namesakes(&known.lost, named)) {
        if has(manifest, &absolute(&to)?) {
            continue;
        }
        let inside = to != named;
        // a copy in a folder that is named may be a copy; what is gone was not copied
        let there = known.there.iter().filter(|_| !inside).map(|from| (from, true));
        // of several the largest, then those that are gone, then the first by path
        for (from, is_there) in known.lost.iter().map(|from| (from, false)).chain(there) {
            let files = likeness(manifest, from, &to).unwrap_or(0);
            if files > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((files, Moved { from: from.into(), to: to.clone(), inside, is_there }));
            }
        }
    }
    let moved = best.map(|(_, moved)| moved);
    moved.iter().for_each(|moved| known.found(&moved.from.to_string_lossy()));
    Ok(moved)
}

/// Folders in a folder that are called as a lost root was.
fn namesakes(lost: &[String], named: &Path) -> Vec<PathBuf> {
    let names: HashSet<&OsStr> = lost.iter().filter_map(|path| Path::new(path).file_name()).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let below = WalkDir::new(named).min_depth(1).max_depth(DEEPEST).sort_by_file_name().into_iter();
    let folders = below.flatten().filter(|entry| entry.file_type().is_dir() && names.contains(entry.file_name()));
    folders.map(walkdir::DirEntry::into_path).collect()
}

/// A file that was named itself and is no longer there.
struct LostFile {
    path: String,
    size: u64,
    hash: blake3::Hash,
}

fn lost_files(manifest: &Manifest) -> Vec<LostFile> {
    let alone = |file: &FileEntry<'_>| {
        !file.is_stream()
            && packed_above(&file.path).is_none()
            && !manifest.roots().any(|root| holds(&root.path, &file.path))
    };
    let lost = manifest.files().filter(|file| alone(file) && is_gone(Path::new(&*file.path)));
    lost.map(|file| LostFile { size: file.size, hash: file.hash, path: file.path.into_owned() }).collect()
}

/// A lost file that the named one became; `lost` is looked up once, for the first file that is new.
fn moved_file(manifest: &Manifest, lost: &OnceCell<Vec<LostFile>>, named: &Path) -> Result<Option<Moved>> {
    let place = absolute(named)?;
    if manifest.file(&place).is_some() || manifest.roots().any(|root| is_within(&root.path, &place)) {
        return Ok(None);
    }
    let size = named.metadata().map_err(|error| Error::read(named, error))?.len();
    let alike: Vec<&LostFile> =
        lost.get_or_init(|| lost_files(manifest)).iter().filter(|file| file.size == size).collect();
    if alike.is_empty() {
        return Ok(None);
    }
    let hash = hash_file(named).map_err(|error| Error::read(named, error))?;
    let same = alike.into_iter().find(|file| file.hash == hash);
    Ok(same.map(|file| Moved {
        from: PathBuf::from(&file.path),
        to: named.to_path_buf(),
        inside: false,
        is_there: false,
    }))
}
