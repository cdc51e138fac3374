//! The hits of the last query at a terminal, so that `show 3` is the third of them: a small file for each archive in the
//! user's state folder.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use dateline::hit::Hit;
use serde::{Deserialize, Serialize};

use super::Site;

/// What a person saw last of an archive.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastQuery {
    /// The words as typed.
    pub query: String,
    /// Ranks and ids.
    hits: Vec<(usize, String)>,
}

impl LastQuery {
    /// What was kept of this archive; nothing where nothing was, or where it cannot be read.
    pub fn of(site: &Site) -> Self {
        let bytes = file(site).and_then(|file| fs::read(file).ok());
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// The id of the hit of a rank.
    pub fn hit(&self, rank: usize) -> Option<&str> {
        self.hits.iter().find(|(other, _)| *other == rank).map(|(_, id)| id.as_str())
    }

    /// The same with further hits: those of another page of the query, or in its place those of another query.
    fn then(self, query: &str, hits: &[Hit]) -> Self {
        let is_page = self.query == query && hits.first().is_some_and(|hit| hit.rank > 1);
        let is_new = |rank: usize| hits.iter().all(|hit| hit.rank != rank);
        let mut kept: Vec<(usize, String)> = if is_page { self.hits } else { Vec::new() };
        kept.retain(|(rank, _)| is_new(*rank));
        kept.extend(hits.iter().map(|hit| (hit.rank, hit.id.clone())));
        Self { query: query.to_owned(), hits: kept }
    }
}

/// Keeps the hits that a person sees at a terminal. Where there is no room for them, or no folder, they are not kept.
pub(crate) fn keep(site: &Site, query: &str, hits: &[Hit]) {
    if hits.is_empty() || !io::stdout().is_terminal() {
        return;
    }
    let kept = LastQuery::of(site).then(query, hits);
    let Some((file, bytes)) = file(site).zip(serde_json::to_vec(&kept).ok()) else { return };
    // whole or not at all: two terminals may write at once
    let fresh = file.with_extension(std::process::id().to_string());
    let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
    if folder.and_then(|()| fs::write(&fresh, bytes)).and_then(|()| fs::rename(&fresh, &file)).is_err() {
        let _ = fs::remove_file(&fresh);
    }
}

/// The file of an archive, by a hash of where it is.
fn file(site: &Site) -> Option<PathBuf> {
    let place = site.place();
    let name = blake3::hash(place.as_bytes()).to_hex();
    Some(state_folder()?.join("dateline").join("last").join(format!("{}.json", &name[..16])))
}

/// XDG_STATE_HOME, else ~/.local/state; a relative one counts for nothing.
fn state_folder() -> Option<PathBuf> {
    let named = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    named.or_else(|| std::env::home_dir().filter(|home| home.is_absolute()).map(|home| in_home(&home)))
}

fn in_home(home: &Path) -> PathBuf {
    home.join(".local").join("state")
}
