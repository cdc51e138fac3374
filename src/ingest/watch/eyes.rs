//! Where changes are seen: the system tells of them where it can, else they are looked for.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::News;
use super::inbox::Inbox;
use crate::ingest::plan::{Scope, lexical};
use crate::overrides::{Chooser, FileChoice};
use crate::source::{is_hidden, walk};

/// How often changes are looked for where the system does not tell of them and nobody said how often.
const EVERY: Duration = Duration::from_secs(10);
/// The most of the time that looking may take: one part in so many.
const SHARE: u32 = 10;

/// The roots, and what is known of them.
pub(super) struct Eyes {
    roots: Vec<WatchedRoot>,
    /// Which files are wanted.
    choice: FileChoice,
    /// Tells of changes below folders; none where they are looked for.
    watcher: Option<RecommendedWatcher>,
    polling: Option<Polling>,
}

struct WatchedRoot {
    /// As it was typed.
    path: PathBuf,
    /// Its absolute path when it was last there.
    place: PathBuf,
    /// The one that it had before its own path led elsewhere, until somebody has dealt with that.
    left: Option<PathBuf>,
    state: Option<FileState>,
}

/// What tells a root from another one in its place, such as a disk from the folder it is mounted on, or a link to where it
/// is now; of a file also its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileState {
    /// Its absolute path.
    place: PathBuf,
    device: u64,
    inode: u64,
    is_folder: bool,
    changed: Option<(u64, std::time::SystemTime)>,
}

struct Polling {
    every: Duration,
    due: Instant,
    /// Hash of all paths, sizes, times and stamps.
    seen: blake3::Hash,
}

impl Eyes {
    /// Sets out to watch the roots.
    pub fn open(
        roots: &[PathBuf],
        choice: &FileChoice,
        poll: Option<Duration>,
        inbox: &Arc<Inbox>,
        tell: &mut dyn FnMut(News),
    ) -> Self {
        let root = |path: &PathBuf| {
            let place = path.canonicalize().unwrap_or_else(|_| lexical(path));
            WatchedRoot { path: path.clone(), place, left: None, state: None }
        };
        let roots = roots.iter().map(root).collect();
        let mut eyes = Self { roots, choice: choice.clone(), watcher: None, polling: None };
        let taker = Arc::clone(inbox);
        match poll {
            Some(every) => eyes.poll(every),
            None => match notify::recommended_watcher(move |event| take(&taker, event)) {
                Ok(watcher) => eyes.watcher = Some(watcher),
                Err(error) => inbox.go_blind(told(&error)),
            },
        }
        eyes.look(inbox, tell);
        // everything is looked at in the first run
        let _ = inbox.take_settled(Duration::ZERO, Duration::ZERO);
        eyes
    }

    /// Looks after the roots: which vanished, came back or were put in the place of others; and where the system does not
    /// tell of changes, looks for them.
    pub fn look(&mut self, inbox: &Inbox, tell: &mut dyn FnMut(News)) {
        for root in &mut self.roots {
            let state = FileState::of(&root.path);
            if state == root.state {
                continue;
            }
            if state.is_none() {
                tell(News::Lost(root.path.clone()));
            }
            root.turn_to(state, self.watcher.as_mut(), inbox);
            inbox.put(root.place.clone());
        }
        if let Some(why) = inbox.take_blindness() {
            tell(News::Polling(why, EVERY));
            self.watcher = None;
            self.poll(EVERY);
            inbox.put_all();
        }
        self.look_for_changes(inbox);
    }

    fn poll(&mut self, every: Duration) {
        self.polling = Some(Polling { every, due: Instant::now() + every, seen: listing(&self.roots, &self.choice) });
    }

    fn look_for_changes(&mut self, inbox: &Inbox) {
        let Some(polling) = self.polling.as_mut().filter(|polling| polling.due <= Instant::now()) else { return };
        let start = Instant::now();
        let seen = listing(&self.roots, &self.choice);
        if seen != polling.seen {
            inbox.put_all();
            polling.seen = seen;
        }
        polling.due = Instant::now() + polling.every.max(start.elapsed() * SHARE);
    }

    /// What of the changes lies at or below the roots, is not hidden and in no folder that is left out.
    pub fn among(&self, scope: Scope) -> Scope {
        let Scope::Part(paths) = scope else { return Scope::All };
        let chooser = Chooser::new(&self.choice);
        let is_ours = |path: &PathBuf| {
            let below = self.roots.iter().filter_map(|root| path.strip_prefix(&root.place).ok());
            let is_out = |below: &Path| below.iter().any(is_hidden) || chooser.is_left_out(&below.to_string_lossy());
            below.into_iter().any(|below| !is_out(below))
        };
        Scope::Part(paths.into_iter().filter(is_ours).collect())
    }

    /// The roots whose path leads elsewhere than it did, each with its absolute path of before.
    pub fn elsewhere(&self) -> Vec<(PathBuf, PathBuf)> {
        self.roots.iter().filter_map(|root| Some((root.path.clone(), root.left.clone()?))).collect()
    }

    /// Those were dealt with.
    pub fn arrived(&mut self) {
        self.roots.iter_mut().for_each(|root| root.left = None);
    }

    /// Whether a path is one of the roots or lies below one.
    pub fn holds(&self, path: &str) -> bool {
        self.roots.iter().any(|root| Path::new(path).starts_with(&root.place))
    }
}

impl WatchedRoot {
    /// Watches what is there now, in place of what was.
    fn turn_to(&mut self, state: Option<FileState>, watcher: Option<&mut RecommendedWatcher>, inbox: &Inbox) {
        let before = self.place.clone();
        if let Some(state) = &state {
            self.place.clone_from(&state.place);
        }
        if before != self.place {
            self.left.get_or_insert(before.clone());
        }
        self.state = state;
        let Some(watcher) = watcher else { return };
        // there is no watch where it vanished, or was never there
        let _ = watcher.unwatch(&before);
        if !self.state.as_ref().is_some_and(|state| state.is_folder) {
            return;
        }
        match watcher.watch(&self.place, RecursiveMode::Recursive) {
            Ok(()) => {}
            // it vanished meanwhile, or a folder in it: tried again at the next look
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => self.state = None,
            Err(error) => inbox.go_blind(told(&error)),
        }
    }
}

impl FileState {
    /// None where the root is not there or cannot be read.
    fn of(path: &Path) -> Option<Self> {
        let kind = path.metadata().ok()?;
        let is_folder = kind.is_dir();
        if is_folder {
            path.read_dir().ok()?;
        }
        let (device, inode) = identity(&kind);
        let changed = if is_folder { None } else { Some((kind.len(), kind.modified().ok()?)) };
        // by another path its changes would not be known as its own
        let place = path.canonicalize().ok()?;
        Some(Self { place, device, inode, is_folder, changed })
    }
}

#[cfg(unix)]
fn identity(kind: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (kind.dev(), kind.ino())
}

/// Where folders have no numbers, when they were made tells them apart.
#[cfg(not(unix))]
fn identity(kind: &Metadata) -> (u64, u64) {
    let made = kind.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    (0, made.map_or(0, |since| since.as_nanos() as u64))
}

/// A hash of the paths, sizes, times and stamps of all files below the roots that are not left out by their folder.
fn listing(roots: &[WatchedRoot], choice: &FileChoice) -> blake3::Hash {
    let chooser = Chooser::new(choice);
    let mut hasher = blake3::Hasher::new();
    for root in roots {
        let walked = walk(&root.path, &|folder| chooser.leaves_out(folder), &|_| {}).unwrap_or_default();
        hasher.update(&(walked.files.len() as u64).to_le_bytes());
        for file in walked.files {
            hasher.update(file.below.as_bytes()).update(b"\0");
            hasher.update(&file.size.to_le_bytes()).update(&file.modified.to_le_bytes());
            hasher.update(&file.stamp.to_le_bytes());
        }
    }
    hasher.finalize()
}

/// Takes what the system tells. That a file was opened is no change: we do it ourselves.
fn take(inbox: &Inbox, event: notify::Result<Event>) {
    match event {
        // the system's queue ran over
        Ok(event) if event.need_rescan() => inbox.put_all(),
        Ok(Event { kind: EventKind::Access(kind), .. }) if kind != AccessKind::Close(AccessMode::Write) => {}
        Ok(event) => event.paths.into_iter().for_each(|path| inbox.put(path)),
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => inbox.go_blind(told(&error)),
        // what was missed is not told
        Err(_) => inbox.put_all(),
    }
}

/// Why the system does not tell of changes, with the way out where there is one.
fn told(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "there are more folders than may be watched (raise fs.inotify.max_user_watches)".to_owned()
        }
        ErrorKind::Io(error) => format!("changes cannot be watched ({error})"),
        _ => format!("changes cannot be watched ({error})"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use notify::event::{Flag, ModifyKind};

    use super::*;

    #[test]
    fn what_the_system_tells_is_a_change_or_a_look_at_everything() {
        let path = PathBuf::from("/articles/a.txt");
        let part = || Some(Scope::Part(BTreeSet::from([path.clone()])));
        let kind = |kind| Ok(Event::new(kind).add_path(path.clone()));
        let failed = |kind| Err(notify::Error::new(kind));
        for (event, wanted) in [
            (kind(EventKind::Modify(ModifyKind::Any)), part()),
            (kind(EventKind::Access(AccessKind::Close(AccessMode::Write))), part()),
            (kind(EventKind::Access(AccessKind::Open(AccessMode::Any))), None),
            (Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), Some(Scope::All)),
            (failed(ErrorKind::Generic("lost".to_owned())), Some(Scope::All)),
            (failed(ErrorKind::MaxFilesWatch), None),
        ] {
            let inbox = Inbox::new(Some("/index".into()));
            let is_limit = matches!(&event, Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch));
            take(&inbox, event);
            assert_eq!(inbox.take_settled(Duration::ZERO, Duration::ZERO), wanted);
            assert_eq!(inbox.take_blindness().is_some(), is_limit);
        }
    }
}
