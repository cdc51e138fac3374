//! Packed folders: ZIP and tar archives, also compressed ones, and WACZ -> their entries, each a file like any other.
//!
//! An entry is called `a.zip!b/c.txt`. Nothing is unpacked into a folder. A compressed tar archive can be read from its front
//! alone: one pass lists its entries, a second hands out those that are wanted, each held while it is read, in a file without
//! a name where it is long.

mod bytes;
mod fault;
mod item;
mod judge;
mod limits;
mod name;
mod path;
mod tar;
#[cfg(test)]
mod tests;
mod zip;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

pub(super) use fault::{PackedFault, told};
pub(crate) use path::entry_path;
pub(super) use path::parted;
pub use path::{is_packed_name, packed_above};

use super::unpack::{Gaps, Packing, Reopen, TOLD_BY, decompressed};
use crate::error::{Error, Reason, Result};
use item::PackedItem;
use judge::{EntryVerdict, Judge};
use tar::TarSource;
use zip::ZipPlace;

/// A packed folder.
#[derive(Debug)]
pub struct PackedFolder {
    path: PathBuf,
    kind: PackedKind,
    /// Bytes of it as it lies on the disk.
    size: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PackedKind {
    /// Whether it is a crawl, of which only a part holds pages.
    Zip {
        is_crawl: bool,
    },
    Tar(Option<Packing>),
}

/// What a packed folder holds.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files in it, in its order.
    pub entries: Vec<PackedEntry>,
    /// What else is in it.
    pub skipped: BTreeMap<Reason, u64>,
    /// Entries that cannot be read, by name.
    pub problems: Vec<(String, Error)>,
    /// What is to be said of entries that are read, by name.
    pub warnings: Vec<(String, String)>,
    /// Why nothing follows the last entry, where something should.
    pub broken: Option<Error>,
}

/// A file in a packed folder.
#[derive(Debug, PartialEq, Eq)]
pub struct PackedEntry {
    /// Its path in the folder.
    pub name: Box<str>,
    /// Bytes that it unpacks to.
    pub size: u64,
    /// BLAKE3 of it, where it was read on the way.
    pub hash: Option<blake3::Hash>,
}

/// Takes an entry by its name, or what is wrong with it; says whether to go on.
pub(crate) type TakeEntry<'a> = &'a mut dyn FnMut(&str, Result<Reopen>) -> ControlFlow<()>;

/// Takes an entry, what becomes of it, and its bytes; says whether to go on.
type VisitEntry<'a> = &'a mut dyn FnMut(&PackedItem, EntryVerdict, EntryBytes<'_>) -> io::Result<ControlFlow<()>>;

/// Where the bytes of an entry are.
enum EntryBytes<'r> {
    Zip(ZipPlace),
    /// In the file itself, from this byte on.
    Stretch(u64),
    /// They come now, and only once.
    Stream(&'r mut dyn Read),
}

impl Listing {
    /// What is to be said of entries that are read, of the folder at a path.
    pub fn warned(&self, path: &Path) -> Vec<String> {
        self.warnings.iter().map(|(name, said)| format!("{}: {said}", entry_path(path, name).display())).collect()
    }

    /// The same, and how many others there are.
    pub fn told(&self, path: &Path) -> Vec<String> {
        let warned = self.warned(path).into_iter();
        let skipped = self.skipped.iter().map(|(reason, count)| {
            let (one, several) = reason.names();
            format!("{}: {count} {} skipped", path.display(), if *count == 1 { one } else { several })
        });
        warned.chain(skipped).collect()
    }
}

impl PackedFolder {
    /// The packed folder at a path: it is called as one, and begins as one. An office document is none.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn at(path: &Path) -> Result<Option<Self>> {
        if !is_packed_name(&path.to_string_lossy()) {
            return Ok(None);
        }
        let kind = Self::kind(path).map_err(|e| told(path, e))?;
        let size = path.metadata().map_err(|e| Error::read(path, e))?.len();
        Ok(kind.map(|kind| Self { path: path.to_path_buf(), kind, size }))
    }

    fn kind(path: &Path) -> io::Result<Option<PackedKind>> {
        let mut head = Vec::new();
        File::open(path)?.take(tar::BLOCK as u64).read_to_end(&mut head)?;
        if zip::begins(&head) {
            return Self::kind_of_zip(path);
        }
        if tar::begins(&head) {
            return Ok(Some(PackedKind::Tar(None)));
        }
        let Some(packing) = Packing::of(&head[..head.len().min(TOLD_BY)]) else { return Ok(None) };
        let mut block = Vec::new();
        let read = decompressed(File::open(path)?, Some(packing), &Gaps::default())
            .take(tar::BLOCK as u64)
            .read_to_end(&mut block);
        // what is damaged at its beginning is told as what its name says
        let is_tar = tar::begins(&block) || read.is_err() || block.iter().all(|byte| *byte == 0);
        Ok(is_tar.then_some(PackedKind::Tar(Some(packing))))
    }

    /// A list that cannot be read is told by whoever asks for it.
    fn kind_of_zip(path: &Path) -> io::Result<Option<PackedKind>> {
        let (mut is_document, mut has_pages, mut has_list) = (false, false, false);
        let walked = zip::walk(path, &mut |met, _| {
            let part = ["[Content_Types].xml", "mimetype", "META-INF/container.xml"];
            is_document |= part.iter().any(|part| part.as_bytes() == met.name);
            has_pages |= met.name.starts_with(b"archive/");
            has_list |= met.name == b"datapackage.json";
            ControlFlow::Continue(())
        });
        match walked {
            Err(error) if PackedFault::of(&error).is_none() => Err(error),
            _ if is_document => Ok(None),
            _ => Ok(Some(PackedKind::Zip { is_crawl: has_pages && has_list })),
        }
    }

    /// What it holds.
    ///
    /// # Errors
    /// Where that cannot be read, or is more than may be.
    pub fn list(&self) -> Result<Listing> {
        let mut listing = Listing::default();
        let walked = self.walk(&mut |met, fate, bytes| {
            match fate {
                EntryVerdict::Enter => {}
                EntryVerdict::Skip(reason) => *listing.skipped.entry(reason).or_default() += 1,
                EntryVerdict::Refuse(name, fault) => {
                    let error = fault.error(&entry_path(&self.path, &name));
                    listing.problems.push((name, error));
                }
                EntryVerdict::Take(name, warning) => {
                    let hash = match bytes {
                        EntryBytes::Stream(bytes) => Some(hash_of(bytes, met.size)?),
                        _ => None,
                    };
                    listing.warnings.extend(warning.map(|warning| (name.clone(), warning)));
                    listing.entries.push(PackedEntry { name: name.into(), size: met.size, hash });
                }
            }
            Ok(ControlFlow::Continue(()))
        });
        match walked {
            Ok(()) => {}
            // no entry counts that a failed checksum covers
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                let fault = PackedFault::damaged("the packed folder is cut off: what follows is lost");
                listing.broken = Some(fault.error(&self.path));
            }
            Err(error) => return Err(self.told(error)),
        }
        Ok(listing)
    }

    /// Hands over the entries whose names are wanted, in the order in which they stand in it, in one pass.
    ///
    /// # Errors
    /// Where it cannot be read any further; one that is cut off just ends.
    pub(crate) fn each(&self, wanted: &dyn Fn(&str) -> bool, take: TakeEntry<'_>) -> Result<()> {
        let walked = self.walk(&mut |met, fate, bytes| {
            let EntryVerdict::Take(name, _) = fate else { return Ok(ControlFlow::Continue(())) };
            if !wanted(&name) {
                return Ok(ControlFlow::Continue(()));
            }
            let opened = match bytes {
                EntryBytes::Zip(place) => Ok(zip::reopen(self.path.clone(), place)),
                EntryBytes::Stretch(at) => Ok(bytes::reopen_stretch(self.path.clone(), at, met.size)),
                EntryBytes::Stream(bytes) => bytes::spool(bytes),
            };
            Ok(take(&name, Ok(opened?)))
        });
        match walked {
            Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => Err(self.told(error)),
            _ => Ok(()),
        }
    }

    /// Opens one entry.
    pub(super) fn entry(&self, name: &str) -> io::Result<Reopen> {
        let mut found = None;
        let walked = self.each(&|other| other == name, &mut |_, opened| {
            found = opened.ok();
            ControlFlow::Break(())
        });
        match (found, walked) {
            (Some(found), _) => Ok(found),
            (None, Ok(())) => Err(io::ErrorKind::NotFound.into()),
            (None, Err(error)) => Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
        }
    }

    fn told(&self, error: io::Error) -> Error {
        let is_damage = error.raw_os_error().is_none() && PackedFault::of(&error).is_none();
        let what = "the packed folder is damaged, as its checksum or its stream says: nothing of it is indexed, and what the \
                    index holds of it stays";
        let error = if is_damage { PackedFault::damaged(what).into() } else { error };
        told(&self.path, error)
    }

    fn walk(&self, visit: VisitEntry<'_>) -> io::Result<()> {
        let mut judge = Judge::new(self.kind == PackedKind::Zip { is_crawl: true }, self.size);
        match self.kind {
            PackedKind::Zip { .. } => {
                let mut failed = None;
                zip::walk(&self.path, &mut |met, place| {
                    let visited = judge
                        .judge(&met)
                        .map_err(Into::into)
                        .and_then(|fate| visit(&met, fate, EntryBytes::Zip(place)));
                    visited.unwrap_or_else(|error| {
                        failed = Some(error);
                        ControlFlow::Break(())
                    })
                })?;
                failed.map_or(Ok(()), Err)
            }
            PackedKind::Tar(packing) => tar::walk(self.tar(packing)?, &mut |met, at, bytes| {
                let fate = judge.judge(&met)?;
                let bytes = if packing.is_none() { EntryBytes::Stretch(at) } else { EntryBytes::Stream(bytes) };
                visit(&met, fate, bytes)
            }),
        }
    }

    fn tar(&self, packing: Option<Packing>) -> io::Result<TarSource> {
        let file = File::open(&self.path)?;
        let Some(packing) = packing else { return Ok(TarSource::File(file)) };
        let packed = Arc::new(AtomicU64::new(0));
        let counted = limits::Counted::new(file, Arc::clone(&packed));
        let bytes = decompressed(counted, Some(packing), &Gaps::default());
        Ok(TarSource::Stream(Box::new(limits::Guarded { bytes, packed, given: 0 })))
    }
}

/// BLAKE3 of an entry that comes now; an error where it is shorter than it says.
fn hash_of(bytes: &mut dyn Read, size: u64) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    match io::copy(bytes, &mut hasher)? {
        read if read < size => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(hasher.finalize()),
    }
}
