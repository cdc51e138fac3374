//! Packed folders: the files in them are found as those in other folders are.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::Survey;
use crate::error::Reason;
use crate::index::{FileEntry, Manifest};
use crate::ingest::plan::job::trusted;
use crate::ingest::plan::seen::Seen;
use crate::report::Report;
use crate::source::{FoundFile, Listing, PackedEntry, PackedFolder, hash_of, packed_above};

impl Survey<'_> {
    /// Takes in the files of a packed folder; false where it is none, or is left out itself.
    pub(super) fn unpack(&mut self, manifest: &Manifest, seen: &Seen, report: &mut Report) -> bool {
        let key = seen.key();
        let overrides = &self.options.overrides;
        let is_source = overrides.has_sources() && overrides.is_source(Path::new(&key));
        if is_source || self.chooser.excludes(&seen.file.below) {
            return false;
        }
        let old = manifest.file(&key);
        if let Some(old) = old.as_ref().filter(|old| self.is_same(seen, old)) {
            if old.reason == Some(Reason::PackedFolder) {
                self.take_known(manifest, seen, &key);
            }
            return old.reason == Some(Reason::PackedFolder);
        }
        let list = |folder: PackedFolder| {
            let mut listing = folder.list()?;
            hash_known(&folder, &mut listing, &|name| manifest.file(&format!("{key}!{name}")).map(|old| old.size));
            Ok(listing)
        };
        let listing = match PackedFolder::at(&seen.path()).and_then(|folder| folder.map(list).transpose()) {
            Ok(None) => return false,
            Ok(Some(listing)) => listing,
            Err(error) => {
                report.files.failed += 1;
                report.fail(seen.path().display().to_string(), error.message());
                self.unreadable.push(key);
                return true;
            }
        };
        self.take_listed(seen, key, listing, report);
        true
    }

    /// Whether a packed folder is as the manifest has it, and the same files in it are wanted.
    fn is_same(&self, seen: &Seen, old: &FileEntry<'_>) -> bool {
        let file = &seen.file;
        let is_same = !old.stale
            && !old.failed
            && (old.size, old.modified, old.stamp) == (file.size, trusted(file), file.stamp)
            && old.modified != 0;
        let is_packed = old.reason == Some(Reason::PackedFolder);
        is_same && !(is_packed && (self.options.reread || old.overrides != self.options.choice.key()))
    }

    /// A packed folder that is as it was is not opened: the manifest has its files.
    fn take_known(&mut self, manifest: &Manifest, seen: &Seen, key: &str) {
        let entries = self.packed.get_or_insert_with(|| by_folder(manifest)).get(key);
        let entries = entries.into_iter().flatten().filter_map(|number| manifest.file_by_number(*number));
        let entries = entries.map(|entry| seen.file.entry(&entry.path[key.len() + 1..], entry.size, None));
        let files: Vec<FoundFile> = entries.collect();
        self.push_packed(seen, files, true);
    }

    fn take_listed(&mut self, seen: &Seen, key: String, listing: Listing, report: &mut Report) {
        let path = seen.path();
        listing.skipped.iter().for_each(|(reason, count)| report.skip(*reason, *count));
        report.tell(listing.warned(&path));
        let is_whole = listing.problems.is_empty() && listing.broken.is_none();
        for (name, error) in listing.problems {
            report.files.failed += 1;
            report.fail(format!("{}!{name}", path.display()), error.message());
            // what the archive has of it stays
            self.unreadable.push(format!("{key}!{name}"));
        }
        let takes_all = self.chooser.takes(&seen.file.below);
        let mut files = Vec::with_capacity(listing.entries.len());
        for entry in listing.entries {
            let file = seen.file.entry(&entry.name, entry.size, entry.hash);
            let is_wanted = self.chooser.takes(&file.below) || (takes_all && !self.chooser.excludes(&file.below));
            report.skip(Reason::Excluded, u64::from(!is_wanted));
            files.extend(Some(file).filter(|_| is_wanted));
        }
        let mut folder = seen.clone();
        // where not all of it could be read it is looked through again
        folder.file.is_fresh |= !is_whole;
        match listing.broken {
            None => self.push_packed(&folder, files, false),
            Some(error) => {
                report.files.failed += 1;
                report.fail(path.display().to_string(), error.message());
                self.unreadable.push(key);
                self.push_entries(&folder, files);
            }
        }
    }

    fn push_packed(&mut self, seen: &Seen, entries: Vec<FoundFile>, is_same: bool) {
        self.files.push(Seen { file: seen.file.clone().packed(is_same), root: Arc::clone(&seen.root) });
        self.push_entries(seen, entries);
    }

    fn push_entries(&mut self, seen: &Seen, entries: Vec<FoundFile>) {
        self.files.extend(entries.into_iter().map(|file| Seen { file, root: Arc::clone(&seen.root) }));
    }
}

/// Hashes what the manifest knows and may be as it was, in one pass. What cannot be read then is read by the run, and told.
fn hash_known(folder: &PackedFolder, listing: &mut Listing, known: &dyn Fn(&str) -> Option<u64>) {
    let may_be_same = |entry: &&mut PackedEntry| entry.hash.is_none() && known(&entry.name) == Some(entry.size);
    let mut waiting: HashMap<String, &mut PackedEntry> =
        listing.entries.iter_mut().filter(may_be_same).map(|entry| (entry.name.to_string(), entry)).collect();
    if waiting.is_empty() {
        return;
    }
    let names: HashSet<String> = waiting.keys().cloned().collect();
    let _ = folder.each(&|name| names.contains(name), &mut |name, opened| {
        if let Some(entry) = waiting.remove(name) {
            entry.hash = opened.ok().and_then(|opened| hash_of(&opened).ok());
        }
        ControlFlow::Continue(())
    });
}

/// Numbers of the files in packed folders, by the path of the folder.
fn by_folder(manifest: &Manifest) -> HashMap<String, Vec<u64>> {
    let mut numbers: HashMap<String, Vec<u64>> = HashMap::new();
    for file in manifest.files() {
        if let Some(folder) = packed_above(&file.path) {
            numbers.entry(folder.to_owned()).or_default().push(file.number);
        }
    }
    numbers
}
