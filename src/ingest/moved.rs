//! A root that was moved is the same archive: its files keep their ids, and what cites them is read again.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::feeds::Loosened;
use super::forget::unknown;
use super::known::{has, is_within, listed, place_of};
use super::plan::{absolute, hash_file, holds};
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::index::{FileEntry, Manifest, RootEntry};
use crate::source::STDIN;

/// Files whose content is compared at most.
const COMPARED: usize = 32;

/// How far below a named folder one is looked for that was moved into it.
const DEEPEST: usize = 2;

/// A folder or a file that looks like a root which is no longer where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where the root was, as the archive has it.
    pub from: PathBuf,
    /// Where it is, as it was named.
    pub to: PathBuf,
    /// Whether it stands in a folder that was named, and was not named itself.
    pub inside: bool,
}

/// What is named in `roots`, or stands in a folder of them, is new to the archive, and looks like a root that it knows and that is
/// no longer there: most of its files are found there under the same paths, and most of those compared have the same
/// content.
///
/// # Errors
/// Where a root that is there cannot be looked at: taken for another archive, all its articles would come in twice.
pub fn moved_roots<U: Update>(update: &mut U, roots: &[PathBuf]) -> Result<Vec<Moved>> {
    let manifest = update.files();
    let lost = manifest.roots().map(|root| root.path.clone()).filter(|path| is_gone(Path::new(path)));
    let mut lost: Vec<String> = lost.collect();
    let (mut moved, lost_files) = (Vec::new(), OnceCell::new());
    for named in roots.iter().filter(|named| named.as_path() != Path::new(STDIN)) {
        match kind_of(named)? {
            PathKind::Folder if !lost.is_empty() => moved.extend(moved_folder(manifest, &mut lost, named)?),
            PathKind::File => moved.extend(moved_file(manifest, &lost_files, named)?),
            _ => {}
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

/// A folder that a lost root became: the one that is named, or one of the root's name in it. Roots that are found are lost no
/// more.
fn moved_folder(manifest: &Manifest, lost: &mut Vec<String>, named: &Path) -> Result<Option<Moved>> {
    let mut best: Option<(usize, String, PathBuf)> = None;
    for to in std::iter::once(named.to_path_buf()).chain(namesakes(lost, named)) {
        if has(manifest, &absolute(&to)?) {
            continue;
        }
        // of several the largest, then the first by path
        for from in lost.iter() {
            let files = likeness(manifest, from, &to).unwrap_or(0);
            if files > best.as_ref().map_or(0, |(most, ..)| *most) {
                best = Some((files, from.clone(), to.clone()));
            }
        }
    }
    let Some((_, from, to)) = best else { return Ok(None) };
    lost.retain(|path| !is_within(&from, path));
    Ok(Some(Moved { from: from.into(), inside: to != named, to }))
}

/// Folders in a folder that are called as a lost root was.
fn namesakes(lost: &[String], named: &Path) -> Vec<PathBuf> {
    let names: HashSet<&OsStr> = lost.iter().filter_map(|path| Path::new(path).file_name()).collect();
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
    let alone = |file: &FileEntry<'_>| !file.is_stream() && !manifest.roots().any(|root| holds(&root.path, &file.path));
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
    Ok(same.map(|file| Moved { from: PathBuf::from(&file.path), to: named.to_path_buf(), inside: false }))
}

/// Makes `to` the root, or the file, that `from` was, and commits: the same prefix and ids, the list of its files under
/// their new paths. Stored citations carry paths, so these files are stale until a run has read them again.
///
/// # Errors
/// Where the archive has nothing of `from` or something of `to` already, where `from` is still there or `to` is not, and
/// where the archive cannot be written.
pub fn take_over<U: Update>(update: &mut U, from: &Path, to: &Path) -> Result<()> {
    let manifest = update.files();
    let new = absolute(to)?;
    let old = match place_of(manifest, from).filter(|place| place != STDIN) {
        Some(old) => old,
        // a run that was killed, or an earlier one, has done it
        None if has(manifest, &new) => return Ok(()),
        None => return Err(unknown(manifest, from)),
    };
    refuse_what_cannot_be(manifest, (from, &old), (to, &new))?;
    // a file is called after its place, and files in a folder of another root may be called after that
    let is_held = manifest.file(&old).is_some() || manifest.roots().any(|root| holds(&root.path, &new));
    move_roots(update, &old, &new);
    move_files(update, &old, &new, is_held);
    update.commit()
}

/// Whether nothing is there; what merely cannot be read is not gone.
fn is_gone(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// How many files of the root `from` stand below `to`; none where most do not, or are other files.
fn likeness(manifest: &Manifest, from: &str, to: &Path) -> Option<usize> {
    let files = || manifest.files().filter(|file| holds(from, &file.path));
    let here = |file: &FileEntry<'_>| to.join(&file.path[from.len() + 1..]);
    let (total, mut missed, mut found) = (files().count(), 0, Vec::new());
    for file in files() {
        if here(&file).metadata().is_ok_and(|kind| kind.is_file() && kind.len() == file.size) {
            found.push(file.number);
            continue;
        }
        missed += 1;
        if 2 * missed >= total {
            return None;
        }
    }
    let compared = found.len().min(COMPARED);
    let sample = (0..compared).filter_map(|n| manifest.file_by_number(found[n * found.len() / compared]));
    let same = sample.filter(|file| hash_file(&here(file)).is_ok_and(|hash| hash == file.hash)).count();
    (2 * same > compared).then_some(found.len())
}

fn refuse_what_cannot_be(manifest: &Manifest, (from, old): (&Path, &str), (to, new): (&Path, &str)) -> Result<()> {
    let (shown, beside) = (from.display(), to.display());
    if old == new {
        let what = format!("{shown}: that is where {beside} is already");
        return Err(Error::request(what, "leave out --moved-from, or name where it was before"));
    }
    if !is_gone(Path::new(old)) {
        let what = format!("{shown}: still there, or its disk cannot be read, so it was not moved");
        return Err(Error::request(what, format!("remove it first, or pass --not-moved to add {beside} beside it")));
    }
    let kind = to.metadata().map_err(|error| Error::read(to, error))?;
    let of_new = |path: &str| is_within(new, path) && !is_within(old, path);
    if manifest.roots().any(|root| of_new(&root.path)) || manifest.files().any(|file| of_new(&file.path)) {
        let what = format!("{beside}: the archive has something from there already, so it cannot stand for {shown}");
        let way_out = format!("pass --forget {beside} as well: then it is read as what {shown} was, under its ids");
        return Err(Error::request(what, way_out));
    }
    let was_file = manifest.file(old).is_some();
    if was_file == kind.is_dir() {
        let what = format!("{shown} was a {}, and {beside} is none", if was_file { "file" } else { "folder" });
        return Err(Error::request(what, format!("name what it became; the archive knows {}", listed(manifest))));
    }
    Ok(())
}

/// Puts the root, and the roots in it, where they are now. A folder in a root becomes one itself, with the ids it had.
fn move_roots<U: Update>(update: &mut U, old: &str, new: &str) {
    let manifest = update.files();
    let moved: Vec<RootEntry> = manifest.roots().filter(|root| is_within(old, &root.path)).cloned().collect();
    let holder = manifest.roots().filter(|root| holds(&root.path, old)).max_by_key(|root| root.path.len());
    let inherited = holder.filter(|_| manifest.file(old).is_none() && manifest.root(old).is_none()).map(|holder| {
        let below = &old[holder.path.len() + 1..];
        let prefix = if holder.prefix.is_empty() { below.to_owned() } else { format!("{}/{below}", holder.prefix) };
        RootEntry { path: new.to_owned(), prefix }
    });
    for root in moved {
        update.remove_root(&root.path);
        update.enter_root(RootEntry { path: format!("{new}{}", &root.path[old.len()..]), prefix: root.prefix });
    }
    inherited.into_iter().for_each(|root| update.enter_root(root));
}

/// `is_held` says that by their new paths they would be called otherwise: they keep their ids.
fn move_files<U: Update>(update: &mut U, old: &str, new: &str, is_held: bool) {
    let of_old = || update.files().files().filter(|file| is_within(old, &file.path));
    let mut files: Vec<(usize, u64)> = of_old().map(|file| (file.path.len(), file.number)).collect();
    // by their new paths they may be older than snapshots that gave way to them
    let loosened = Loosened::of(of_old());
    loosened.mark(update);
    // where one place lies in the other, a file that is higher up makes room for one below it
    files.sort_unstable();
    for (_, number) in files {
        let Some(entry) = update.files().file_by_number(number).map(FileEntry::into_owned) else { continue };
        let path = format!("{new}{}", &entry.path[old.len()..]);
        update.enter(&FileEntry { path: path.into(), stale: true, moved: entry.moved || is_held, ..entry });
    }
}
