//! A disk that remembers what a power cut spares: of a file what was synced, of a folder what a sync of the folder followed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rand::Rng;
use rand::rngs::StdRng;

use super::log::Op;

/// A change of a file's bytes.
#[derive(Clone, Debug)]
enum Change {
    Write(u64, Vec<u8>),
    Truncate(u64),
}

/// A file: what is on the disk of it, and what came after.
#[derive(Clone, Debug, Default)]
struct Inode {
    is_folder: bool,
    synced: Vec<u8>,
    pending: Vec<Change>,
}

/// A change of names.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Naming {
    Enter(String, usize),
    Move(String, String),
    Remove(String),
}

impl Naming {
    /// The folder that it changes.
    fn folder(&self) -> &str {
        let (Self::Enter(path, _) | Self::Move(_, path) | Self::Remove(path)) = self;
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

type Names = BTreeMap<String, usize>;

/// How much of what was not synced a power cut spares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spared {
    Nothing,
    /// Any part, from the first on; the last write may be torn.
    Some,
    All,
}

/// A disk under a process.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    inodes: Vec<Inode>,
    /// As the process sees it.
    now: Names,
    /// As the disk has it.
    synced: Names,
    pending: Vec<Naming>,
    /// Whether the sync of a new file makes its name last too, as on ext4.
    names_last: bool,
}

impl Disk {
    /// What lies in a folder, all of it on the disk.
    pub fn of(folder: &Path, names_last: bool) -> Self {
        let mut disk = Self { names_last, ..Self::default() };
        disk.add(folder, "index");
        disk.synced = disk.now.clone();
        disk
    }

    fn add(&mut self, folder: &Path, path: &str) {
        let from = folder.join(path);
        if !from.exists() {
            return;
        }
        let is_folder = from.is_dir();
        let synced = if is_folder { Vec::new() } else { fs::read(&from).expect("read") };
        self.now.insert(path.to_owned(), self.inodes.len());
        self.inodes.push(Inode { is_folder, synced, pending: Vec::new() });
        for entry in from.read_dir().into_iter().flatten().flatten() {
            self.add(folder, &format!("{path}/{}", entry.file_name().to_string_lossy()));
        }
    }

    /// Does what the process did.
    pub fn take(&mut self, op: &Op) {
        match op {
            Op::Mkdir { path } => self.enter(path, true),
            Op::Create { path, empties } => {
                if !self.now.contains_key(path) {
                    self.enter(path, false);
                } else if *empties {
                    self.change(path, Change::Truncate(0));
                }
            }
            Op::Write { path, at, bytes } => self.change(path, Change::Write(*at, bytes.clone())),
            Op::Truncate { path, len } => self.change(path, Change::Truncate(*len)),
            Op::Rename { from, to } => self.name(Naming::Move(from.clone(), to.clone())),
            Op::Unlink { path } => self.name(Naming::Remove(path.clone())),
            Op::Sync { path } => self.sync(path),
        }
    }

    fn enter(&mut self, path: &str, is_folder: bool) {
        self.inodes.push(Inode { is_folder, ..Inode::default() });
        self.name(Naming::Enter(path.to_owned(), self.inodes.len() - 1));
    }

    fn change(&mut self, path: &str, change: Change) {
        if let Some(&inode) = self.now.get(path) {
            self.inodes[inode].pending.push(change);
        }
    }

    fn name(&mut self, naming: Naming) {
        apply(&mut self.now, &naming);
        self.pending.push(naming);
    }

    fn sync(&mut self, path: &str) {
        // the folder that all is in is not one of the disk's own
        let inode = self.now.get(path).copied();
        if path.is_empty() || inode.is_some_and(|inode| self.inodes[inode].is_folder) {
            return self.settle(|naming| naming.folder() == path);
        }
        let Some(inode) = inode else { return };
        let Inode { synced, pending, .. } = &mut self.inodes[inode];
        pending.drain(..).for_each(|change| carry_out(synced, &change));
        if self.names_last {
            // ext4 writes its journal up to there: what stands before it in the journal lasts too
            let last = self.pending.iter().rposition(|naming| matches!(naming, Naming::Enter(_, of) if *of == inode));
            let mut at = 0;
            self.settle(|_| {
                at += 1;
                last.is_some_and(|last| at <= last + 1)
            });
        }
    }

    /// Has some changes of names reach the disk.
    fn settle(&mut self, mut which: impl FnMut(&Naming) -> bool) {
        let synced = &mut self.synced;
        self.pending.retain(|naming| {
            let settles = which(naming);
            if settles {
                apply(synced, naming);
            }
            !settles
        });
    }

    /// Writes what is left after a power cut into a folder that holds nothing.
    pub fn cut(&self, names: Spared, bytes: Spared, rng: &mut StdRng, folder: &Path) {
        let spared = share(self.pending.len(), names, rng);
        let mut left = self.synced.clone();
        self.pending[..spared].iter().for_each(|naming| apply(&mut left, naming));
        for (path, &inode) in &left {
            let inode = &self.inodes[inode];
            let to = folder.join(path);
            if inode.is_folder {
                fs::create_dir_all(&to).expect("a folder");
            } else if to.parent().is_some_and(Path::is_dir) {
                fs::write(&to, inode.left(bytes, rng)).expect("written");
            }
        }
    }
}

impl Inode {
    /// Its bytes after a power cut.
    fn left(&self, spared: Spared, rng: &mut StdRng) -> Vec<u8> {
        let mut left = self.synced.clone();
        let whole = share(self.pending.len(), spared, rng);
        self.pending[..whole].iter().for_each(|change| carry_out(&mut left, change));
        if let (Spared::Some, Some(Change::Write(at, bytes))) = (spared, self.pending.get(whole)) {
            let torn = rng.random_range(0..=bytes.len());
            carry_out(&mut left, &Change::Write(*at, bytes[..torn].to_vec()));
        }
        left
    }
}

/// How many of so many changes are spared.
fn share(count: usize, spared: Spared, rng: &mut StdRng) -> usize {
    match spared {
        Spared::Nothing => 0,
        Spared::Some => rng.random_range(0..=count),
        Spared::All => count,
    }
}

fn apply(names: &mut Names, naming: &Naming) {
    match naming {
        Naming::Enter(path, inode) => drop(names.insert(path.clone(), *inode)),
        Naming::Remove(path) => drop(names.remove(path)),
        Naming::Move(from, to) => {
            if let Some(inode) = names.remove(from) {
                names.insert(to.clone(), inode);
            }
        }
    }
}

fn carry_out(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Truncate(len) => bytes.resize(*len as usize, 0),
        Change::Write(at, more) => {
            let (at, end) = (*at as usize, *at as usize + more.len());
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[at..end].copy_from_slice(more);
        }
    }
}
