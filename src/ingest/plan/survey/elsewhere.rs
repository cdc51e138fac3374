//! Roots that are not what the archive knows: gone, led elsewhere, of another kind.

use std::io::ErrorKind;
use std::path::Path;

use super::super::paths::{holds, lexical, spelling, supposed};
use super::super::seen::Root;
use crate::error::{Error, quoted};
use crate::index::Manifest;

/// What there is to say of a root that is gone, and of which the archive has articles.
pub(super) fn lost(root: &Path, error: &Error, manifest: &Manifest) -> Option<String> {
    let place = spelling(&supposed(root));
    let is_lost =
        root.metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) && has_articles(manifest, &place);
    let (shown, typed, (what, _)) = (root.display(), quoted(&root.to_string_lossy()), error.parted());
    is_lost.then(|| {
        format!(
            "{shown}: {what}, and the archive keeps the articles from it; put it back, pass --forget {typed} to take them \
             out, or say where it is now by `dateline index PATH --moved-from {typed}`"
        )
    })
}

/// What there is to say of a root that was read by a path which leads elsewhere now: its articles are of another place.
pub(super) fn leads_elsewhere(root: &Root, manifest: &Manifest) -> Option<String> {
    let before = spelling(&lexical(&root.typed));
    (before != root.place && manifest.root(&before).is_some() && has_articles(manifest, &before)).then(|| {
        format!(
            "{}: leads to {} now, and the articles that came from {before} stay beside those from there; `dateline index \
             --forget {}` takes them out",
            root.typed.display(),
            root.place,
            quoted(&before)
        )
    })
}

/// What a root was, where it is something else now.
pub(super) fn was_otherwise(root: &Root, manifest: &Manifest) -> Option<&'static str> {
    match root.is_folder {
        true => manifest.file(&root.place).map(|_| "file"),
        false => manifest.root(&root.place).map(|_| "folder"),
    }
}

fn has_articles(manifest: &Manifest, place: &str) -> bool {
    manifest.files().any(|file| file.articles > 0 && (file.path == *place || holds(place, &file.path)))
}
