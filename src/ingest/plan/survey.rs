//! What the roots hold, or what a part of them holds, beside what the manifest says.

mod elsewhere;
mod emptiness;
mod kin;
mod naming;
mod packed;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use elsewhere::{leads_elsewhere, lost, was_otherwise};
use emptiness::emptiness;

use super::Scope;
use super::paths::{below, holds, is_folder, parts_of, real, spelling, supposed};
use super::seen::{Root, Seen};
use super::stake::Stake;
use crate::engine::Update;
use crate::error::{Error, Reason, Result};
use crate::index::{FileEntry, Manifest};
use crate::ingest::{IngestOptions, Progress};
use crate::overrides::Chooser;
use crate::report::Report;
use crate::source::{Walk, is_packed_name, packed_above, walk, walk_part};

/// What was found.
pub(super) struct Survey<'a> {
    options: &'a IngestOptions,
    chooser: Chooser<'a>,
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
    /// Absolute paths of the files that were named themselves and are excluded.
    left_out: HashSet<String>,
    /// Numbers of the files that the manifest knows and that are there.
    present: HashSet<u64>,
    /// Numbers of what the manifest has in each packed folder, by its absolute path; none before somebody asks.
    packed: Option<HashMap<String, Vec<u64>>>,
}

impl<'a> Survey<'a> {
    /// Looks at the roots, as far as the scope goes, and looks up in the manifest what they hold.
    pub fn of<U: Update>(
        update: &mut U,
        roots: &[&PathBuf],
        scope: &Scope,
        options: &'a IngestOptions,
        report: &mut Report,
        progress: &dyn Fn(Progress),
    ) -> Self {
        let mut survey = Self {
            options,
            chooser: Chooser::new(&options.choice),
            files: Vec::new(),
            roots: Vec::new(),
            prefixes: Vec::new(),
            unreadable: Vec::new(),
            seen: HashSet::new(),
            left_out: HashSet::new(),
            present: HashSet::new(),
            packed: None,
        };
        for root in roots {
            survey.add(update.files(), root, scope, report, progress);
        }
        survey.settle(update.files(), report);
        survey.name_roots(update, roots.len());
        if matches!(scope, Scope::Part(_)) {
            survey.add_kin(update.files(), report);
        }
        survey
    }

    /// Looks at a root as far as the scope goes; one that cannot be looked at keeps its articles.
    fn add(
        &mut self,
        manifest: &Manifest,
        root: &Path,
        scope: &Scope,
        report: &mut Report,
        progress: &dyn Fn(Progress),
    ) {
        let added = real(root).and_then(|real| match parts_of(&real, scope) {
            Some(parts) => self.add_part(manifest, root, real, &parts, report),
            None => self.add_root(manifest, root, real, report, progress),
        });
        if let Err(error) = added {
            let message = lost(root, &error, manifest).unwrap_or_else(|| error.to_string());
            self.fail_root(root, message, report);
        }
    }

    fn add_root(
        &mut self,
        manifest: &Manifest,
        typed: &Path,
        real: PathBuf,
        report: &mut Report,
        progress: &dyn Fn(Progress),
    ) -> Result<()> {
        let before = self.files.len() as u64;
        let found = |count| progress(Progress { found: before + count, ..Progress::default() });
        let walked = walk(typed, &|folder| self.chooser.leaves_out(folder), &found)?;
        let root = Root::new(typed, real, walked.is_folder, self.roots.len());
        if !self.options.allow_empty
            && let Some((message, keeps)) = emptiness(&root, &walked, manifest)
        {
            if keeps {
                self.tell_problems(walked.problems, &root, report);
                self.fail_root(typed, message, report);
                return Ok(());
            }
            report.fail(typed.display().to_string(), message);
        }
        if let Some(was) = was_otherwise(&root, manifest) {
            let (now, path) = (if root.is_folder { "folder" } else { "file" }, typed.display());
            let message = format!(
                "{path}: a {now} now, and the archive has it as a {was}: nothing is removed, as its disk may be away; put \
                 it back, or pass --forget {path} as well to take the old articles out"
            );
            self.fail_root(typed, message, report);
            return Ok(());
        }
        if !self.options.allow_empty && self.leaves_nothing(&root, &walked, manifest) {
            let message = format!(
                "{}: --include and --exclude leave no file of this folder, and the archive has articles from it: nothing is \
                 removed; mend the patterns, or pass --allow-empty if it is meant",
                typed.display()
            );
            self.fail_root(typed, message, report);
            return Ok(());
        }
        report.tell(leads_elsewhere(&root, manifest));
        self.seen.insert(root.place.clone());
        let nth = self.push_root(root);
        self.take(manifest, walked, nth, report);
        Ok(())
    }

    /// Whether all that a folder holds is left out by patterns, and the archive has articles from it: one may be mistyped.
    fn leaves_nothing(&self, root: &Root, walked: &Walk, manifest: &Manifest) -> bool {
        let is_left_out = !walked.files.is_empty() || walked.skipped.contains_key(&Reason::Excluded);
        let may_hold = |below: &str| is_packed_name(below) && !self.chooser.excludes(below);
        let takes = || walked.files.iter().any(|file| self.chooser.takes(&file.below) || may_hold(&file.below));
        let has = || manifest.files().any(|file| holds(&root.place, &file.path));
        walked.is_folder && is_left_out && !takes() && has()
    }

    fn push_root(&mut self, root: Root) -> usize {
        self.roots.push(Arc::new(root));
        self.prefixes.push(String::new());
        self.roots.len() - 1
    }

    /// A root of which nothing can be said: nothing below it is gone.
    fn fail_root(&mut self, root: &Path, message: String, report: &mut Report) {
        report.roots_failed += 1;
        report.files.failed += 1;
        report.fail(root.display().to_string(), message);
        self.unreadable.push(spelling(&supposed(root)));
    }

    /// Looks at some parts of the root.
    fn add_part(
        &mut self,
        manifest: &Manifest,
        typed: &Path,
        real: PathBuf,
        parts: &BTreeSet<PathBuf>,
        report: &mut Report,
    ) -> Result<()> {
        let nth = self.push_root(Root::new(typed, real, is_folder(typed)?, self.roots.len()));
        let is_held = |part: &Path| part.ancestors().skip(1).any(|holder| parts.contains(holder));
        for part in parts.iter().filter(|part| !is_held(part)) {
            self.look_at(manifest, nth, part, report);
        }
        Ok(())
    }

    fn look_at(&mut self, manifest: &Manifest, root: usize, part: &Path, report: &mut Report) {
        let below: Vec<_> = part.iter().map(|name| name.to_string_lossy()).collect();
        self.seen.insert(format!("{}/{}", self.roots[root].place, below.join("/")));
        let walked = walk_part(&self.roots[root].typed, part, &|folder| self.chooser.leaves_out(folder));
        self.take(manifest, walked, root, report);
    }

    /// Takes in what was found below a root.
    fn take(&mut self, manifest: &Manifest, walked: Walk, root: usize, report: &mut Report) {
        self.tell_problems(walked.problems, &Arc::clone(&self.roots[root]), report);
        walked.skipped.into_iter().for_each(|(reason, count)| report.skip(reason, count));
        let mut plain = Vec::with_capacity(walked.files.len());
        for file in walked.files {
            let seen = Seen { file, root: Arc::clone(&self.roots[root]) };
            if !is_packed_name(&seen.file.below) || !self.unpack(manifest, &seen, report) {
                plain.push(seen);
            }
        }
        let Self { options, chooser, files, roots, left_out, .. } = self;
        let (root, overrides) = (&roots[root], &options.overrides);
        files.extend(plain.into_iter().filter(|seen| {
            let is_source = overrides.has_sources() && overrides.is_source(Path::new(&seen.key()));
            let is_left_out = !is_source && !chooser.takes(&seen.file.below);
            if is_left_out && !root.is_folder {
                left_out.insert(root.place.clone());
            }
            report.skip(Reason::NamedByFlags, u64::from(is_source));
            report.skip(Reason::Excluded, u64::from(is_left_out));
            !is_source && !is_left_out
        }));
    }

    /// What could not be read or looked at has failed, and nothing at or below it is gone.
    fn tell_problems(&mut self, problems: Vec<(PathBuf, Error)>, root: &Root, report: &mut Report) {
        for (path, error) in problems {
            report.files.failed += 1;
            report.fail(path.display().to_string(), error.to_string());
            self.unreadable.push(below(&root.place, &root.typed, &path));
        }
    }

    /// Brings the files into their order, each once, and looks up which of them the manifest knows. Of two files that the
    /// manifest cannot tell apart the second is refused.
    fn settle(&mut self, manifest: &Manifest, report: &mut Report) {
        if !self.files.is_sorted_by(|a, b| a.cmp_key(b).is_lt()) {
            // of a file that was found several times the first stays
            self.files.sort_by(Seen::cmp_key);
            self.files.dedup_by(|later, first| {
                let same_key = first.cmp_key(later).is_eq();
                if same_key && !later.is(first) {
                    let (path, first) = (later.path().display().to_string(), first.path());
                    let what = format!("the archive cannot tell it from {}", first.display());
                    let message = Error::input(path.as_str(), what, "rename one of them").to_string();
                    report.files.failed += 1;
                    report.fail(path, message);
                }
                same_key
            });
        }
        self.present.extend(self.files.iter().filter_map(|seen| Some(manifest.file(&seen.key())?.number)));
    }

    fn is_seen(&self, path: &str) -> bool {
        let mut holders = std::iter::successors(Some(path), |path| path.rfind('/').map(|slash| &path[..slash]));
        holders.any(|holder| self.seen.contains(holder)) || packed_above(path).is_some_and(|f| self.seen.contains(f))
    }

    /// Whether a file that the manifest knows is there.
    pub fn has(&self, file: &FileEntry<'_>) -> bool {
        self.present.contains(&file.number)
    }

    /// Absolute paths that could not be read.
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// The roots that could be read and were not left out themselves.
    pub fn roots(&self) -> Vec<Arc<Root>> {
        self.roots.iter().filter(|root| !self.left_out.contains(&root.place)).cloned().collect()
    }

    /// What the archive has of each of them, before the run.
    pub fn stakes(&self, manifest: &Manifest) -> Vec<Stake> {
        let mut stakes: Vec<Stake> = self.roots().into_iter().map(Stake::new).collect();
        for file in manifest.files().filter(|file| file.articles > 0) {
            for stake in stakes.iter_mut().filter(|stake| stake.root.has(&file.path)) {
                stake.add(&file, &self.chooser);
            }
        }
        stakes
    }

    /// Patterns that no path has met.
    pub fn unmet(&self) -> Vec<String> {
        self.chooser.unmet()
    }

    /// Whether a file of the manifest is no longer there.
    pub fn is_gone(&self, file: &FileEntry<'_>) -> bool {
        let folder = packed_above(&file.path);
        let below = |holder: &str| holds(holder, &file.path) || folder == Some(holder);
        let is_left_out = |path: &str| self.left_out.contains(path);
        let named = self.roots.iter().any(|root| (root.is_folder || folder.is_some()) && below(&root.place))
            || is_left_out(&file.path)
            || folder.is_some_and(is_left_out);
        let hidden = || self.unreadable.iter().any(|path| file.path == **path || below(path));
        named && !self.has(file) && self.is_seen(&file.path) && !hidden()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
