//! What changed, as the system tells it, gathered until nothing more comes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::ingest::plan::Scope;

/// Paths that are kept; where more change, all is looked at.
const MOST_PATHS: usize = 100_000;

/// Changes on their way to a batch.
#[derive(Debug)]
pub(super) struct Inbox {
    /// The folder of the index, where it is on this machine.
    index: Option<PathBuf>,
    changes: Mutex<Changes>,
}

#[derive(Debug)]
struct Changes {
    scope: Scope,
    /// When the first of them came, and the last.
    since: Option<(Instant, Instant)>,
    /// Why the system tells of changes no longer.
    blind: Option<String>,
}

impl Inbox {
    /// An empty one, deaf to what changes in this folder, which goes by its own path.
    pub fn new(index: Option<PathBuf>) -> Self {
        Self { index, changes: Mutex::new(Changes { scope: Scope::none(), since: None, blind: None }) }
    }

    /// Something changed at or below an absolute path.
    pub fn put(&self, path: PathBuf) {
        if self.index.as_ref().is_none_or(|index| !path.starts_with(index)) {
            self.add(Scope::Part(BTreeSet::from([path])));
        }
    }

    /// Anything may have changed.
    pub fn put_all(&self) {
        self.add(Scope::All);
    }

    /// The system tells of changes no longer.
    pub fn go_blind(&self, why: String) {
        self.changes().blind = Some(why);
    }

    /// Why the system tells of changes no longer; said once.
    pub fn take_blindness(&self) -> Option<String> {
        self.changes().blind.take()
    }

    /// What changed, once nothing has changed for the time `settle`, or something has been waiting for `longest`.
    pub fn take_settled(&self, settle: Duration, longest: Duration) -> Option<Scope> {
        let mut changes = self.changes();
        let (first, last) = changes.since?;
        if last.elapsed() < settle && first.elapsed() < longest {
            return None;
        }
        changes.since = None;
        Some(std::mem::replace(&mut changes.scope, Scope::none()))
    }

    fn add(&self, scope: Scope) {
        let mut changes = self.changes();
        let scope = std::mem::replace(&mut changes.scope, Scope::none()).with(&scope);
        changes.scope = match scope {
            Scope::Part(paths) if paths.len() > MOST_PATHS => Scope::All,
            scope => scope,
        };
        let now = Instant::now();
        changes.since = Some((changes.since.map_or(now, |(first, _)| first), now));
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        // nothing panics while it has the lock
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(30);
    const NEVER: Duration = Duration::from_secs(3600);

    fn part(paths: &[&str]) -> Option<Scope> {
        Some(Scope::Part(paths.iter().map(PathBuf::from).collect()))
    }

    #[test]
    fn changes_wait_for_quiet_but_not_for_ever() {
        let inbox = Inbox::new(Some("/index".into()));
        assert_eq!(inbox.take_settled(SOON, NEVER), None, "nothing changed");
        inbox.put("/a".into());
        inbox.put("/b".into());
        inbox.put("/index/meta.json".into());
        assert_eq!(inbox.take_settled(NEVER, NEVER), None, "not quiet for so long");
        std::thread::sleep(SOON);
        assert_eq!(inbox.take_settled(SOON, NEVER), part(&["/a", "/b"]));
        assert_eq!(inbox.take_settled(SOON, NEVER), None, "taken");
        inbox.put("/a".into());
        std::thread::sleep(SOON);
        inbox.put("/c".into());
        assert_eq!(inbox.take_settled(NEVER, SOON), part(&["/a", "/c"]), "the first has waited long enough");
    }

    #[test]
    fn too_many_changes_are_a_look_at_everything() {
        let inbox = Inbox::new(Some("/index".into()));
        (0..=MOST_PATHS).for_each(|n| inbox.put(format!("/{n}").into()));
        inbox.put("/a".into());
        assert_eq!(inbox.take_settled(Duration::ZERO, NEVER), Some(Scope::All));
        inbox.put_all();
        inbox.put("/a".into());
        assert_eq!(inbox.take_settled(Duration::ZERO, NEVER), Some(Scope::All));
    }
}
