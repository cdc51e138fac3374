//! Older snapshots of feeds whose newer ones left, below roots that a run does not come to: what they gave way with comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::plan::{Scope, absolute, reads_as_stated};
use super::{IngestOptions, known};
use crate::engine::Update;
use crate::overrides::FileChoice;
use crate::source::{STDIN, packed_above};

/// What is to be read again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Returning {
    /// The roots.
    pub roots: Vec<PathBuf>,
    /// The files below them.
    files: BTreeSet<PathBuf>,
    /// What cannot be read as it was: for each root a warning.
    pub told: Vec<String>,
}

impl Returning {
    /// What is stale since it gave way to what is no more, but for what lies below these roots. A file is read again where it
    /// is there, and what is stated of it is what was.
    pub fn of<U: Update>(update: &U, but_for: &[PathBuf], options: &IngestOptions) -> Self {
        let manifest = update.files();
        let mut stale =
            manifest.files().filter(|file| file.stale && file.superseded() > 0 && !file.is_stream()).peekable();
        if stale.peek().is_none() {
            return Self::default();
        }
        let done: Vec<String> =
            but_for.iter().filter(|root| *root != Path::new(STDIN)).filter_map(|root| absolute(root).ok()).collect();
        let (mut roots, mut files, mut left) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::<String, u64>::new());
        for file in stale.filter(|file| !done.iter().any(|root| known::is_within(root, &file.path))) {
            let alone = packed_above(&file.path).unwrap_or(&file.path);
            let root = manifest.root_above(&file.path).map_or(alone, |root| &root.path).to_owned();
            let below = file.path.strip_prefix(&format!("{root}/")).unwrap_or(&file.path);
            let path = Path::new(&*file.path);
            let place = packed_above(&file.path).map_or(path, Path::new);
            if place.is_file() && reads_as_stated(&file, below, options) {
                roots.insert(shown(Path::new(&root)));
                files.insert(path.to_path_buf());
            } else {
                *left.entry(root).or_default() += 1;
            }
        }
        let told = left.into_iter().map(|(root, count)| tell(&root, count)).collect();
        Self { roots: roots.into_iter().collect(), files, told }
    }

    /// What a run over the roots looks at.
    pub fn scope(&self) -> Scope {
        Scope::Part(self.files.clone())
    }

    /// How such a run reads: patterns were meant for other roots.
    pub fn options(options: &IngestOptions) -> IngestOptions {
        IngestOptions { choice: FileChoice::default(), reread: false, allow_empty: false, ..options.clone() }
    }
}

/// A root as it is shown where its articles are cited: most name it from the folder that they are in.
fn shown(root: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let below = here.and_then(|here| root.strip_prefix(here).ok().map(Path::to_path_buf));
    below.filter(|below| !below.as_os_str().is_empty()).unwrap_or_else(|| root.to_path_buf())
}

fn tell(root: &str, count: u64) -> String {
    let (snapshots, they) = if count == 1 { ("snapshot", "it is") } else { ("snapshots", "they are") };
    format!(
        "{count} older {snapshots} of feeds below {root} may have items that newer ones had, and could not be read as before; \
         {they} read again by `dateline index {root}`, with the flags that state its fields where there are any"
    )
}
