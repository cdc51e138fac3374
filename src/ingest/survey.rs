//! What the roots hold: a million files are met at once, so each takes little more than its name.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Progress;
use super::ids;
use crate::index::{FileEntry, Manifest, RootEntry};
use crate::overrides::Overrides;
use crate::report::{Failure, Report};
use crate::source::{FoundFile, walk};

/// A root that could be read.
#[derive(Debug)]
pub(super) struct Root {
    /// As it was named.
    typed: PathBuf,
    /// Its absolute path.
    place: String,
    is_folder: bool,
    /// How many roots were named before it.
    nth: usize,
}

/// A file below a root.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub file: FoundFile,
    root: Arc<Root>,
    /// Its number in the manifest, where that knows it.
    number: Option<u64>,
}

impl Seen {
    /// The file as it can be opened.
    pub fn path(&self) -> PathBuf {
        self.file.path(&self.root.typed)
    }

    /// Its absolute path: the key of the manifest.
    pub fn key(&self) -> String {
        if self.root.is_folder { format!("{}/{}", self.root.place, self.file.below) } else { self.root.place.clone() }
    }

    /// What the manifest has of it.
    pub fn old<'m>(&self, manifest: &'m Manifest) -> Option<&'m FileEntry> {
        manifest.file_by_number(self.number?)
    }

    /// Compares the keys, which are put together only where the roots differ.
    fn cmp_key(&self, other: &Self) -> Ordering {
        match Arc::ptr_eq(&self.root, &other.root) {
            true => self.file.below.cmp(&other.file.below),
            false => self.key().cmp(&other.key()),
        }
    }
}

/// What all roots hold.
#[derive(Default)]
pub(super) struct Survey {
    /// Files by absolute path, each once, below the root that was named first.
    pub files: Vec<Seen>,
    /// Each root that could be read.
    roots: Vec<Arc<Root>>,
    /// The prefix of each root's ids.
    prefixes: Vec<String>,
    /// Absolute paths that could not be read: nothing below them is gone.
    unreadable: Vec<String>,
    /// Numbers of the files that the manifest knows and that are there.
    present: HashSet<u64>,
}

impl Survey {
    /// Walks the roots, and looks up in the manifest what they hold.
    pub fn of(
        roots: &[&PathBuf],
        manifest: &Manifest,
        overrides: &Overrides,
        report: &mut Report,
        progress: &dyn Fn(Progress),
    ) -> Self {
        let mut survey = Self::default();
        for root in roots {
            survey.add_root(root, overrides, report, progress);
        }
        if survey.roots.len() > 1 {
            // of a file below several roots the first root's stays
            survey.files.sort_by(Seen::cmp_key);
            survey.files.dedup_by(|b, a| a.cmp_key(b).is_eq());
        }
        for seen in &mut survey.files {
            seen.number = manifest.file(&seen.key()).map(|file| file.number);
            survey.present.extend(seen.number);
        }
        survey
    }

    fn add_root(&mut self, root: &Path, overrides: &Overrides, report: &mut Report, progress: &dyn Fn(Progress)) {
        let before = self.files.len() as u64;
        let found = |count| progress(Progress { found: before + count, ..Progress::default() });
        let walked = match walk(root, &found) {
            Ok(walked) => walked,
            Err(error) => {
                report.roots_failed += 1;
                report.files.failed += 1;
                report.failures.push(Failure { path: root.display().to_string(), message: error.to_string() });
                return;
            }
        };
        let (place, is_folder) = (absolute(root), root.is_dir());
        report.files.skipped += walked.skipped;
        for (path, error) in walked.problems {
            report.files.failed += 1;
            report.failures.push(Failure { path: path.display().to_string(), message: error.to_string() });
            self.unreadable.push(below(&place, root, &path));
        }
        if is_folder && walked.files.is_empty() && self.unreadable.is_empty() {
            let message =
                format!("{}: no articles in this folder; name one that holds files of articles", root.display());
            report.failures.push(Failure { path: root.display().to_string(), message });
        }
        let nth = self.roots.len();
        let root = Arc::new(Root { typed: root.to_path_buf(), place, is_folder, nth });
        self.roots.push(Arc::clone(&root));
        self.prefixes.push(String::new());
        let seen = walked.files.into_iter().map(|file| Seen { file, root: Arc::clone(&root), number: None });
        self.files.extend(seen.filter(|seen| {
            let is_source = overrides.has_sources() && overrides.is_source(Path::new(&seen.key()));
            report.files.skipped += u64::from(is_source);
            !is_source
        }));
    }

    /// Gives each folder its prefix: none where it is the only root, its name where there are several.
    pub fn name_roots(&mut self, manifest: &mut Manifest, named: usize) {
        let several = named > 1 || manifest.has_roots();
        let mut prefixes: HashSet<String> = manifest.roots().map(|r| r.prefix.clone()).collect();
        for (root, prefix) in self.roots.iter().zip(&mut self.prefixes).filter(|(root, _)| root.is_folder) {
            if let Some(known) = manifest.root(&root.place) {
                prefix.clone_from(&known.prefix);
                continue;
            }
            if several {
                let name = ids::encode(root.place.rsplit('/').next().unwrap_or(&root.place));
                *prefix = ids::first_free(&name, |p| !prefixes.contains(p));
            }
            prefixes.insert(prefix.clone());
            manifest.set_root(RootEntry { path: root.place.clone(), prefix: prefix.clone() });
        }
    }

    /// Whether a file that the manifest knows is there.
    pub fn has(&self, file: &FileEntry) -> bool {
        self.present.contains(&file.number)
    }

    /// Whether a file that the manifest knows has vanished from below a root.
    pub fn is_gone(&self, file: &FileEntry) -> bool {
        let below = |root: &str| holds(root, &file.path);
        let named = self.roots.iter().any(|root| root.is_folder && below(&root.place));
        let hidden = self.unreadable.iter().any(|path| file.path == *path || below(path));
        named && !hidden && !self.has(file)
    }

    /// Prefix and path below the root; a file that was named itself belongs to the known folder that holds it.
    pub fn place<'p>(&'p self, manifest: &'p Manifest, seen: &'p Seen) -> (&'p str, &'p str) {
        let Root { place, is_folder, nth, .. } = &*seen.root;
        let holder =
            (!is_folder).then(|| manifest.roots().filter(|r| holds(&r.path, place)).max_by_key(|r| r.path.len()));
        match holder.flatten() {
            Some(holder) => (&holder.prefix, &place[holder.path.len() + 1..]),
            None => (&self.prefixes[*nth], &seen.file.below),
        }
    }

    /// Path below the root, behind the root's prefix.
    pub fn full_name(&self, manifest: &Manifest, seen: &Seen) -> String {
        let (prefix, below) = self.place(manifest, seen);
        if prefix.is_empty() { below.to_owned() } else { format!("{prefix}/{below}") }
    }
}

fn holds(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn absolute(path: &Path) -> String {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    place.to_string_lossy().trim_end_matches('/').to_owned()
}

fn below(place: &str, root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(rest) if rest.as_os_str().is_empty() => place.to_owned(),
        Ok(rest) => format!("{place}/{}", rest.display()),
        Err(_) => absolute(path),
    }
}
