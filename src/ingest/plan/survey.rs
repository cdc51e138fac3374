//! What the roots hold, or what a part of them holds, beside what the manifest says.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use super::{Job, Scope, first_free, holds, is_same, reads_same, trusted};
use crate::error::Error;
use crate::index::{FileEntry, Manifest, RootEntry};
use crate::ingest::{IngestOptions, ids};
use crate::overrides::Met;
use crate::report::{Failure, Report};
use crate::source::{FoundFile, Walk, walk, walk_part};

/// What was found.
pub(super) struct Survey<'a> {
    options: &'a IngestOptions,
    /// Absolute path -> the file, and which root it was found below first.
    files: BTreeMap<String, (FoundFile, usize)>,
    /// The roots that could be read.
    roots: Vec<Root<'a>>,
    /// Absolute paths that could not be read: nothing below them is gone.
    unreadable: Vec<String>,
    /// Absolute paths of folders and files that were looked at: what is not found below them is gone.
    seen: HashSet<String>,
}

struct Root<'a> {
    /// As it was typed.
    path: &'a Path,
    /// Its absolute path.
    place: String,
    is_folder: bool,
    /// What stands before the ids of its files.
    prefix: String,
}

impl<'a> Survey<'a> {
    /// Looks at the roots, as far as the scope goes.
    pub fn of(
        manifest: &mut Manifest,
        roots: &[&'a PathBuf],
        scope: &Scope,
        options: &'a IngestOptions,
        report: &mut Report,
    ) -> Self {
        let (files, unreadable) = (BTreeMap::new(), Vec::new());
        let mut survey = Self { options, files, roots: Vec::new(), unreadable, seen: HashSet::new() };
        for root in roots {
            match scope {
                Scope::Part(paths) if !real(root).ancestors().any(|holder| paths.contains(holder)) => {
                    survey.add_part(root, paths, report);
                }
                _ => survey.add_root(manifest, root, report),
            }
        }
        survey.name_roots(manifest, roots.len());
        if matches!(scope, Scope::Part(_)) {
            survey.add_kin(manifest, report);
        }
        survey
    }

    fn add_root(&mut self, manifest: &Manifest, root: &'a Path, report: &mut Report) {
        let walked = match walk(root) {
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
        self.roots.push(Root { path: root, place, is_folder, prefix: String::new() });
        self.take(walked, self.roots.len() - 1, report);
    }

    /// A root of which nothing can be said: nothing below it is gone.
    fn fail_root(&mut self, root: &Path, message: String, report: &mut Report) {
        report.roots_failed += 1;
        report.files.failed += 1;
        report.failures.push(Failure { path: root.display().to_string(), message });
        self.unreadable.push(absolute(root));
    }

    /// Looks at those of `paths` that lie below the root.
    fn add_part(&mut self, root: &'a Path, paths: &BTreeSet<PathBuf>, report: &mut Report) {
        let is_folder = match is_folder(root) {
            Ok(is_folder) => is_folder,
            Err(error) => return self.fail_root(root, Error::read(root, error).to_string(), report),
        };
        let real = real(root);
        self.roots.push(Root { path: root, place: absolute(root), is_folder, prefix: String::new() });
        let is_held = |path: &Path| path.ancestors().skip(1).any(|holder| paths.contains(holder));
        for path in paths.iter().filter(|path| !is_held(path)) {
            if let Ok(part) = path.strip_prefix(&real) {
                self.look_at(self.roots.len() - 1, part, report);
            }
        }
    }

    fn look_at(&mut self, root: usize, part: &Path, report: &mut Report) {
        let below: Vec<_> = part.iter().map(|name| name.to_string_lossy()).collect();
        self.seen.insert(format!("{}/{}", self.roots[root].place, below.join("/")));
        self.take(walk_part(self.roots[root].path, part), root, report);
    }

    /// Takes in what was found below a root.
    fn take(&mut self, walked: Walk, root: usize, report: &mut Report) {
        let Root { path: typed, place, is_folder, .. } = &self.roots[root];
        report.files.skipped += walked.skipped;
        for (path, error) in walked.problems {
            report.files.failed += 1;
            report.failures.push(Failure { path: path.display().to_string(), message: error.to_string() });
            self.unreadable.push(below(place, typed, &path));
        }
        for file in walked.files {
            let key = if *is_folder { format!("{place}/{}", file.below) } else { place.clone() };
            if self.options.overrides.is_source(Path::new(&key)) {
                report.files.skipped += 1;
                continue;
            }
            self.files.entry(key).or_insert((file, root));
        }
    }

    /// Looks also at the files whose ids may change because of those that were looked at: they have the same name but
    /// for the extension, or the name that one of those asks for.
    fn add_kin(&mut self, manifest: &Manifest, report: &mut Report) {
        loop {
            let mut names = HashSet::new();
            for (key, (file, root)) in &self.files {
                let full = ids::encode(&self.full_name(manifest, key, file, *root));
                names.insert(ids::stem(&full).to_owned());
                names.insert(full);
            }
            for gone in manifest.files().filter(|file| self.is_gone(file)) {
                names.insert(ids::stem(&gone.base_id).to_owned());
                names.insert(gone.base_id.clone());
            }
            let kin: Vec<(usize, String)> = manifest
                .files()
                // a name that is no UTF-8 cannot be found again by its path here
                .filter(|file| !file.path.contains(char::REPLACEMENT_CHARACTER))
                .filter(|file| shares(&file.base_id, &names) && !self.is_seen(&file.path))
                .filter_map(|file| self.part_of(&file.path))
                .collect();
            if kin.is_empty() {
                return;
            }
            for (root, part) in kin {
                self.look_at(root, Path::new(&part), report);
            }
        }
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
        for Root { place, prefix, .. } in self.roots.iter_mut().filter(|root| root.is_folder) {
            if let Some(known) = manifest.root(place) {
                prefix.clone_from(&known.prefix);
                continue;
            }
            if several {
                let name = ids::encode(place.rsplit('/').next().unwrap_or(place));
                *prefix = first_free(&name, |p| !prefixes.contains(p));
            }
            prefixes.insert(prefix.clone());
            manifest.set_root(RootEntry { path: place.clone(), prefix: prefix.clone() });
        }
    }

    /// Absolute paths that could not be read.
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// Whether a file of the manifest is no longer there.
    pub fn is_gone(&self, file: &FileEntry) -> bool {
        let below = |holder: &str| holds(holder, &file.path);
        let named = self.roots.iter().any(|root| root.is_folder && below(&root.place));
        let hidden = || self.unreadable.iter().any(|path| file.path == *path || below(path));
        named && !self.files.contains_key(&file.path) && self.is_seen(&file.path) && !hidden()
    }

    /// The files that are to be read; the others are counted as they are.
    pub fn into_jobs(
        self,
        manifest: &mut Manifest,
        gone: &[FileEntry],
        met: &mut Met,
        report: &mut Report,
    ) -> Vec<Job> {
        let options = self.options;
        let names = self.name_files(manifest, gone);
        let mut jobs = Vec::new();
        for (key, (file, root)) in &self.files {
            let (_, below) = self.place(manifest, key, file, *root);
            let stated = options.overrides.of(below, met);
            let overrides = options.overrides.key(&stated);
            let (file, key) = (file.clone(), key.clone());
            let old = manifest.file(&key).cloned();
            let base_id = names.get(&key).cloned().unwrap_or_default();
            let modified = trusted(file.modified);
            let stays = |old: &&FileEntry| {
                let reads_same = old.overrides == overrides && reads_same(old, &options.read);
                old.base_id == base_id && reads_same && is_same(&file, old)
            };
            if let Some(old) = old.as_ref().filter(stays) {
                report.keep(&file.path.display().to_string(), old);
                if old.modified != modified {
                    manifest.set_file(FileEntry { modified, ..old.clone() });
                }
                continue;
            }
            let (path, size, is_stream) = (file.path, file.size, false);
            jobs.push(Job { path, key, base_id, size, modified, old, stated, overrides, is_stream });
        }
        jobs
    }

    /// Absolute path -> base id. Files whose ids clash keep their extension; where that is not enough, what comes later
    /// by path gets a number.
    fn name_files(&self, manifest: &Manifest, gone: &[FileEntry]) -> HashMap<String, String> {
        let leaving: HashSet<u64> = gone.iter().map(|f| f.number).collect();
        let elsewhere = manifest.files().filter(|f| !self.files.contains_key(&f.path) && !leaving.contains(&f.number));
        let mut taken: HashSet<String> = elsewhere.map(|f| f.base_id.clone()).collect();
        let mut clashes: HashMap<String, usize> = HashMap::new();
        for (key, (file, root)) in &self.files {
            *clashes.entry(ids::encode(ids::stem(&self.full_name(manifest, key, file, *root)))).or_default() += 1;
        }
        let mut names = HashMap::with_capacity(self.files.len());
        for (key, (file, root)) in &self.files {
            let full = self.full_name(manifest, key, file, *root);
            let short = ids::encode(ids::stem(&full));
            let alone = clashes.get(&short) == Some(&1) && !taken.contains(&short);
            let wanted = if alone { short } else { ids::encode(&full) };
            let name = first_free(&wanted, |name| !taken.contains(name));
            taken.insert(name.clone());
            names.insert(key.clone(), name);
        }
        names
    }

    fn full_name(&self, manifest: &Manifest, key: &str, file: &FoundFile, root: usize) -> String {
        let (prefix, below) = self.place(manifest, key, file, root);
        if prefix.is_empty() { below.to_owned() } else { format!("{prefix}/{below}") }
    }

    /// Prefix and path below the root; a file that was named itself belongs to the known folder that holds it.
    fn place<'p>(
        &'p self,
        manifest: &'p Manifest,
        key: &'p str,
        file: &'p FoundFile,
        root: usize,
    ) -> (&'p str, &'p str) {
        let Root { is_folder, prefix, .. } = &self.roots[root];
        let holder =
            (!is_folder).then(|| manifest.roots().filter(|r| holds(&r.path, key)).max_by_key(|r| r.path.len()));
        match holder.flatten() {
            Some(holder) => (&holder.prefix, &key[holder.path.len() + 1..]),
            None => (prefix, &file.below),
        }
    }
}

/// Whether an id is one of `names`, with or without its extension and its number.
fn shares(id: &str, names: &HashSet<String>) -> bool {
    let unnumbered = id.rsplit_once('~').map_or(id, |(name, _)| name);
    [id, unnumbered].iter().any(|id| names.contains(*id) || names.contains(ids::stem(id)))
}

/// Whether a root is a folder; an error where it cannot be read.
fn is_folder(root: &Path) -> io::Result<bool> {
    let is_folder = root.metadata()?.is_dir();
    if is_folder {
        root.read_dir()?;
    }
    Ok(is_folder)
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

fn absolute(path: &Path) -> String {
    real(path).to_string_lossy().trim_end_matches('/').to_owned()
}

fn below(place: &str, root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(rest) if rest.as_os_str().is_empty() => place.to_owned(),
        Ok(rest) => format!("{place}/{}", rest.display()),
        Err(_) => absolute(path),
    }
}
