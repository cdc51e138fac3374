//! The hits of the last query at a terminal, so that `show 3` is the third of them: a small file for each archive in the
//! user's state folder.

use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal, Write};
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

    /// The same with further hits, ranks and ids: those of another page of the query, or in its place those of another query.
    fn with(self, query: &str, hits: Vec<(usize, String)>) -> Self {
        let is_page = self.query == query && hits.first().is_some_and(|(rank, _)| *rank > 1);
        let mut kept = if is_page { self.hits } else { Vec::new() };
        kept.retain(|(rank, _)| hits.iter().all(|(new, _)| new != rank));
        kept.extend(hits);
        Self { query: query.to_owned(), hits: kept }
    }
}

/// Keeps the hits that a person sees at a terminal. Where there is no room for them, or no folder, they are not kept.
pub(crate) fn keep(site: &Site, query: &str, hits: &[Hit]) {
    if hits.is_empty() || !io::stdout().is_terminal() {
        return;
    }
    let hits = hits.iter().map(|hit| (hit.rank, hit.id.clone())).collect();
    let kept = LastQuery::of(site).with(query, hits);
    let Some((file, bytes)) = file(site).zip(serde_json::to_vec(&kept).ok()) else { return };
    // whole or not at all: two terminals may write at once
    let fresh = file.with_extension(std::process::id().to_string());
    let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
    if folder.and_then(|()| write(&fresh, &bytes)).and_then(|()| fs::rename(&fresh, &file)).is_err() {
        let _ = fs::remove_file(&fresh);
    }
}

/// Writes a file that only the user may read: what somebody looked for is nobody else's.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_query_are_kept_together_and_another_query_begins_anew() {
        let hits =
            |ranks: std::ops::Range<usize>| -> Vec<(usize, String)> { ranks.map(|n| (n, format!("a:{n}"))).collect() };
        let last = LastQuery::default().with("lamp", hits(1..3)).with("lamp", hits(3..5));
        assert_eq!((last.hit(1), last.hit(4), last.hit(5)), (Some("a:1"), Some("a:4"), None));
        let again = last.with("lamp", vec![(1, "b:1".to_owned())]);
        assert_eq!((again.hit(1), again.hit(4)), (Some("b:1"), None), "the first page begins anew");
        let other = again.with("candle", hits(7..8));
        assert_eq!((other.hit(1), other.hit(7)), (None, Some("a:7")));
    }
}
