//! What files are called below their roots: the roots' prefixes, and the path below one.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Survey;
use crate::engine::Update;
use crate::index::{Manifest, RootEntry};
use crate::ingest::ids;
use crate::ingest::plan::paths::holds;
use crate::ingest::plan::seen::{Root, Seen};

impl Survey<'_> {
    /// The folder root that holds a path, and the path below it.
    pub(super) fn part_of(&self, path: &str) -> Option<(usize, String)> {
        let root = self.roots.iter().position(|root| root.is_folder && holds(&root.place, path))?;
        Some((root, path[self.roots[root].place.len() + 1..].to_owned()))
    }

    /// Gives each folder its prefix: none where it is the only root, its name where there are several.
    pub(super) fn name_roots<U: Update>(&mut self, update: &mut U, named: usize) {
        let manifest = update.files();
        let several = named > 1 || manifest.has_roots();
        let mut prefixes: HashSet<String> = manifest.roots().map(|r| r.prefix.clone()).collect();
        for (root, prefix) in self.roots.iter().zip(&mut self.prefixes).filter(|(root, _)| root.is_folder) {
            if let Some(known) = update.files().root(&root.place) {
                prefix.clone_from(&known.prefix);
                continue;
            }
            if several {
                let name = ids::encode(root.place.rsplit('/').next().unwrap_or(&root.place));
                *prefix = ids::first_free(&name, |p| !prefixes.contains(p));
            }
            prefixes.insert(prefix.clone());
            update.enter_root(RootEntry::new(root.place.clone(), prefix.clone()));
        }
    }

    /// Prefix and path below the root; a file that was named itself belongs to the known folder that holds it.
    pub fn place<'p>(&'p self, manifest: &'p Manifest, seen: &'p Seen) -> (&'p str, Cow<'p, str>) {
        let Root { place, is_folder, nth, .. } = &*seen.root;
        let holder = (!is_folder).then(|| manifest.root_above(place));
        match holder.flatten() {
            Some(holder) => (&holder.prefix, Cow::Owned(seen.key()[holder.path.len() + 1..].to_owned())),
            None => (&self.prefixes[*nth], Cow::Borrowed(&seen.file.below)),
        }
    }

    /// Path below the root, behind the root's prefix.
    pub fn full_name(&self, manifest: &Manifest, seen: &Seen) -> String {
        let (prefix, below) = self.place(manifest, seen);
        if prefix.is_empty() { below.into_owned() } else { format!("{prefix}/{below}") }
    }
}
