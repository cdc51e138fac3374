//! What the roots hold, or what a part of them holds, beside what the manifest says: a million files are met at once, so
//! each takes little more than its name.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Scope;
use super::paths::{absolute, below, holds, is_folder, parts_of};
use crate::error::Error;
use crate::index::{FileEntry, Manifest, RootEntry};
use crate::ingest::feeds::Loosened;
use crate::ingest::{IngestOptions, Progress, ids};
use crate::report::{Failure, Report};
use crate::source::{FoundFile, Walk, walk, walk_part};

/// A root that could be read.
#[derive(Debug)]
struct Root {
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

    /// Compares the keys, which are put together only where the roots differ.
    pub fn cmp_key(&self, other: &Self) -> Ordering {
        match Arc::ptr_eq(&self.root, &other.root) {
            true => self.file.below.cmp(&other.file.below),
            false => self.key().cmp(&other.key()),
        }
    }
}

/// What was found.
pub(super) struct Survey<'a> {
    options: &'a IngestOptions,
    /// Files by absolute path, each once, below the root that was named first.
    pub files: Vec<Seen>,
    /// The roots that could be read.
    roots: Vec<Arc<Root>>,
    /// What stands before the ids of the files of each.
    prefixes: Vec<String>,
    /// Absolute paths that could not be read: nothing below them is gone.
    unreadable: Vec<String>,
    /// Absolute paths of folders and files that were looked at: what is not found below them is gone.
    seen: HashSet<String>,
    /// Numbers of the files that the manifest knows and that are there.
    present: HashSet<u64>,
}

impl<'a> Survey<'a> {
    /// Looks at the roots, as far as the scope goes, and looks up in the manifest what they hold.
    pub fn of(
        manifest: &mut Manifest,
        roots: &[&PathBuf],
        scope: &Scope,
        options: &'a IngestOptions,
        report: &mut Report,
        progress: &dyn Fn(Progress),
    ) -> Self {
        let mut survey = Self {
            options,
            files: Vec::new(),
            roots: Vec::new(),
            prefixes: Vec::new(),
            unreadable: Vec::new(),
            seen: HashSet::new(),
            present: HashSet::new(),
        };
        for root in roots {
            match parts_of(root, scope) {
                Some(parts) => survey.add_part(root, &parts, report),
                None => survey.add_root(manifest, root, report, progress),
            }
        }
        survey.settle(manifest);
        survey.name_roots(manifest, roots.len());
        if matches!(scope, Scope::Part(_)) {
            survey.add_kin(manifest, report);
        }
        survey
    }

    fn add_root(&mut self, manifest: &Manifest, root: &Path, report: &mut Report, progress: &dyn Fn(Progress)) {
        let before = self.files.len() as u64;
        let found = |count| progress(Progress { found: before + count, ..Progress::default() });
        let walked = match walk(root, &found) {
            Ok(walked) => walked,
            Err(error) => return self.fail_root(root, error.to_string(), report),
        };
        let place = absolute(root);
        let is_folder = root.is_dir();
        if is_folder && walked.files.is_empty() && walked.problems.is_empty() {
            let shown = root.display();
            if !self.options.allow_empty && manifest.files().any(|file| holds(&place, &file.path)) {
                let message = format!(
                    "{shown}: empty, and the archive has articles from it: nothing is removed, as its disk may be away; \
                     mount it, or pass --allow-empty if it is empty on purpose"
                );
                return self.fail_root(root, message, report);
            }
            if !self.options.allow_empty {
                let message = format!("{shown}: no articles in this folder; name one that holds files of articles");
                report.failures.push(Failure { path: shown.to_string(), message });
            }
        }
        self.seen.insert(place.clone());
        let nth = self.push_root(root, place, is_folder);
        self.take(walked, nth, report);
    }

    fn push_root(&mut self, typed: &Path, place: String, is_folder: bool) -> usize {
        let nth = self.roots.len();
        self.roots.push(Arc::new(Root { typed: typed.to_path_buf(), place, is_folder, nth }));
        self.prefixes.push(String::new());
        nth
    }

    /// A root of which nothing can be said: nothing below it is gone.
    fn fail_root(&mut self, root: &Path, message: String, report: &mut Report) {
        report.roots_failed += 1;
        report.files.failed += 1;
        report.failures.push(Failure { path: root.display().to_string(), message });
        self.unreadable.push(absolute(root));
    }

    /// Looks at some parts of the root.
    fn add_part(&mut self, root: &Path, parts: &BTreeSet<PathBuf>, report: &mut Report) {
        let is_folder = match is_folder(root) {
            Ok(is_folder) => is_folder,
            Err(error) => return self.fail_root(root, Error::read(root, error).to_string(), report),
        };
        let nth = self.push_root(root, absolute(root), is_folder);
        let is_held = |part: &Path| part.ancestors().skip(1).any(|holder| parts.contains(holder));
        for part in parts.iter().filter(|part| !is_held(part)) {
            self.look_at(nth, part, report);
        }
    }

    fn look_at(&mut self, root: usize, part: &Path, report: &mut Report) {
        let below: Vec<_> = part.iter().map(|name| name.to_string_lossy()).collect();
        self.seen.insert(format!("{}/{}", self.roots[root].place, below.join("/")));
        self.take(walk_part(&self.roots[root].typed, part), root, report);
    }

    /// Takes in what was found below a root.
    fn take(&mut self, walked: Walk, root: usize, report: &mut Report) {
        let (root, overrides) = (Arc::clone(&self.roots[root]), &self.options.overrides);
        report.files.skipped += walked.skipped;
        for (path, error) in walked.problems {
            report.files.failed += 1;
            report.failures.push(Failure { path: path.display().to_string(), message: error.to_string() });
            self.unreadable.push(below(&root.place, &root.typed, &path));
        }
        let seen = walked.files.into_iter().map(|file| Seen { file, root: Arc::clone(&root) });
        self.files.extend(seen.filter(|seen| {
            let is_source = overrides.has_sources() && overrides.is_source(Path::new(&seen.key()));
            report.files.skipped += u64::from(is_source);
            !is_source
        }));
    }

    /// Brings the files into their order, each once, and looks up which of them the manifest knows.
    fn settle(&mut self, manifest: &Manifest) {
        if !self.files.is_sorted_by(|a, b| a.cmp_key(b).is_lt()) {
            // of a file that was found several times the first stays
            self.files.sort_by(Seen::cmp_key);
            self.files.dedup_by(|later, first| first.cmp_key(later).is_eq());
        }
        self.present.extend(self.files.iter().filter_map(|seen| Some(manifest.file(&seen.key())?.number)));
    }

    /// Looks also at the files whose ids may change because of those that were looked at: they have the same name but
    /// for the extension, or the name that one of those asks for. So it is with snapshots of a feed that gave way to one
    /// of those.
    fn add_kin(&mut self, manifest: &Manifest, report: &mut Report) {
        loop {
            let mut names = HashSet::new();
            for seen in &self.files {
                let full = ids::encode(&self.full_name(manifest, seen));
                names.insert(ids::stem(&full).to_owned());
                names.insert(full);
            }
            let loosened = self.loosened(manifest);
            for gone in manifest.files().filter(|file| self.is_gone(file)) {
                names.insert(ids::stem(&gone.base_id).to_owned());
                names.insert(gone.base_id.into_owned());
            }
            let kin: Vec<(usize, String)> = manifest
                .files()
                // a name that is no UTF-8 cannot be found again by its path here
                .filter(|file| !file.path.contains(char::REPLACEMENT_CHARACTER))
                .filter(|file| (shares(&file.base_id, &names) || loosened.frees(file)) && !self.is_seen(&file.path))
                .filter_map(|file| self.part_of(&file.path))
                .collect();
            if kin.is_empty() {
                return;
            }
            for (root, part) in kin {
                self.look_at(root, Path::new(&part), report);
            }
            self.settle(manifest);
        }
    }

    /// Feeds of which snapshots vanished or were looked at.
    fn loosened(&self, manifest: &Manifest) -> Loosened {
        let vanished = manifest.files().filter(|file| file.snapshot.is_some() && self.is_gone(file));
        let mut loosened = Loosened::of(vanished);
        let seen = self.files.iter().filter_map(|seen| manifest.file(&seen.key()));
        seen.for_each(|file| loosened.add(&file));
        loosened
    }

    /// The folder root that holds a path, and the path below it.
    fn part_of(&self, path: &str) -> Option<(usize, String)> {
        let root = self.roots.iter().position(|root| root.is_folder && holds(&root.place, path))?;
        Some((root, path[self.roots[root].place.len() + 1..].to_owned()))
    }

    fn is_seen(&self, path: &str) -> bool {
        let mut holders = std::iter::successors(Some(path), |path| path.rfind('/').map(|slash| &path[..slash]));
        holders.any(|holder| self.seen.contains(holder))
    }

    /// Gives each folder its prefix: none where it is the only root, its name where there are several.
    fn name_roots(&mut self, manifest: &mut Manifest, named: usize) {
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
    pub fn has(&self, file: &FileEntry<'_>) -> bool {
        self.present.contains(&file.number)
    }

    /// Absolute paths that could not be read.
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// Whether a file of the manifest is no longer there.
    pub fn is_gone(&self, file: &FileEntry<'_>) -> bool {
        let below = |holder: &str| holds(holder, &file.path);
        let named = self.roots.iter().any(|root| root.is_folder && below(&root.place));
        let hidden = || self.unreadable.iter().any(|path| file.path == **path || below(path));
        named && !self.has(file) && self.is_seen(&file.path) && !hidden()
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

/// Whether an id is one of `names`, with or without its extension and its number.
fn shares(id: &str, names: &HashSet<String>) -> bool {
    let unnumbered = id.rsplit_once('~').map_or(id, |(name, _)| name);
    [id, unnumbered].iter().any(|id| names.contains(*id) || names.contains(ids::stem(id)))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;

    use super::*;
    use crate::ingest::plan::Plan;

    #[test]
    fn a_part_that_is_no_utf8_is_looked_at_with_all_that_look_the_same() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().canonicalize().expect("its path");
        let file = |name: &[u8]| root.join("d").join(OsStr::from_bytes(name));
        fs::create_dir(root.join("d")).expect("a folder");
        if fs::write(file(b"b\xff"), "A lamp.").is_err() {
            return; // the file system takes no such names
        }
        fs::write(file(b"a"), "A lamp.").expect("written");
        fs::write(file(b"b\xfe"), "A lamp.").expect("written");
        let (options, mut manifest) = (IngestOptions::default(), Manifest::default());
        let mut plan = |paths: &[PathBuf]| {
            let (scope, mut report) = (Scope::Part(paths.iter().cloned().collect()), Report::default());
            let plan = Plan::make(&mut manifest, std::slice::from_ref(&root), &scope, &options, &mut report, &|_| {});
            for job in plan.jobs.iter().filter(|job| job.old.is_none()) {
                let entry = job.entry(manifest.take_number(), blake3::hash(b""), &options.read.fields);
                manifest.set_file(&entry);
            }
            let jobs: Vec<PathBuf> = plan.jobs.iter().map(crate::ingest::plan::Job::path).collect();
            (jobs, plan.gone.len(), report.failures.len(), plan.unreadable)
        };
        // of the two the first by its bytes is read, whichever changed, and the other one told
        let spelled = root.join("d/b\u{fffd}");
        let told = vec![spelled.display().to_string()];
        for changed in [file(b"b\xff"), file(b"b\xfe"), spelled] {
            assert_eq!(plan(&[changed]), (vec![file(b"a"), file(b"b\xfe")], 0, 1, told.clone()));
        }
        fs::remove_file(file(b"b\xfe")).expect("removed");
        assert_eq!(plan(&[file(b"b\xfe")]), (vec![file(b"a"), file(b"b\xff")], 0, 0, Vec::new()));
        fs::remove_file(file(b"b\xff")).expect("removed");
        assert_eq!(plan(&[file(b"b\xff")]), (vec![file(b"a")], 1, 0, Vec::new()));
    }
}
