//! Files that nobody changed, and whose ids depend on files that somebody did.

use std::collections::HashSet;
use std::path::Path;

use super::Survey;
use crate::index::Manifest;
use crate::ingest::feeds::Loosened;
use crate::ingest::ids;
use crate::report::Report;
use crate::source::packed_above;

impl Survey<'_> {
    /// Looks also at the files whose ids may change because of those that were looked at: they have the same name but
    /// for the extension, or the name that one of those asks for. So it is with snapshots of a feed that gave way to one of
    /// those.
    pub(super) fn add_kin(&mut self, manifest: &Manifest, report: &mut Report) {
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
                .filter_map(|file| self.part_of(packed_above(&file.path).unwrap_or(&file.path)))
                .collect();
            if kin.is_empty() {
                return;
            }
            for (root, part) in kin {
                self.look_at(manifest, root, Path::new(&part), report);
            }
            self.settle(manifest, report);
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
}

/// Whether an id is one of `names`, with or without its extension and its number.
fn shares(id: &str, names: &HashSet<String>) -> bool {
    let unnumbered = id.rsplit_once('~').map_or(id, |(name, _)| name);
    [id, unnumbered].iter().any(|id| names.contains(*id) || names.contains(ids::stem(id)))
}
