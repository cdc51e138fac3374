//! What becomes of each entry of a packed folder.

use std::collections::HashSet;

use super::fault::{BY_HAND, PackedFault};
use super::item::{PackedItem, PackedItemKind};
use super::limits;
use super::name::{LONGEST_NAME, SafeName, safe};
use crate::article::short_hash;
use crate::error::Reason;
use crate::source::options::SETTINGS;

/// What becomes of an entry.
pub(super) enum EntryVerdict {
    /// It is a file like any other, by this name; what is to be said of that.
    Take(String, Option<String>),
    Skip(Reason),
    /// It is counted among nothing: what is in it counts.
    Enter,
    /// It has failed.
    Refuse(String, PackedFault),
}

/// Judges the entries of one folder, in their order.
pub(super) struct Judge {
    /// Only what lies in `archive/` holds pages.
    is_crawl: bool,
    /// Bytes of the packed folder.
    packed: u64,
    /// Hashes of the names that were given out.
    named: HashSet<[u8; 16]>,
    entries: u64,
    size: u64,
}

impl Judge {
    pub fn new(is_crawl: bool, packed: u64) -> Self {
        Self { is_crawl, packed, named: HashSet::new(), entries: 0, size: 0 }
    }

    /// What becomes of the next entry.
    ///
    /// # Errors
    /// Where the folder is more than may be read, and none of it is.
    pub fn judge(&mut self, met: &PackedItem) -> Result<EntryVerdict, PackedFault> {
        self.entries += 1;
        let too_much = limits::of_entry(met.size, met.packed).err();
        if too_much.is_none() {
            self.size = self.size.saturating_add(met.size);
        }
        limits::of_folder(self.entries, self.size, self.packed)?;
        let Some(SafeName { name, led_out }) = safe(&met.name, met.by_backslash) else {
            let fate = EntryVerdict::Refuse(shown(&met.name), PackedFault::refused("an entry without a name", BY_HAND));
            return Ok(if met.kind == PackedItemKind::Folder { EntryVerdict::Enter } else { fate });
        };
        match met.kind {
            PackedItemKind::Folder => return Ok(EntryVerdict::Enter),
            PackedItemKind::Link => return Ok(EntryVerdict::Skip(Reason::PackedLink)),
            PackedItemKind::Special => return Ok(EntryVerdict::Skip(Reason::Special)),
            _ => {}
        }
        if let Some(reason) = self.passed_over(&name) {
            return Ok(EntryVerdict::Skip(reason));
        }
        let refuse =
            |what: &str, way_out: &str| Ok(EntryVerdict::Refuse(name.clone(), PackedFault::refused(what, way_out)));
        if name.len() > LONGEST_NAME {
            return Ok(EntryVerdict::Refuse(
                shown(&met.name),
                PackedFault::refused(format!("its name is longer than {LONGEST_NAME} bytes"), BY_HAND),
            ));
        }
        if !self.named.insert(short_hash(&name)) {
            return refuse("a second entry of this name: only the first is read", "rename one of them");
        }
        match met.kind {
            PackedItemKind::Locked => {
                return refuse(
                    "it opens with a password alone",
                    "unpack it with its password and index what comes out",
                );
            }
            PackedItemKind::ByMethod(method) => {
                let what = format!("it is packed by method {method}, which is not read");
                return refuse(
                    &what,
                    "pack it anew with the usual one (deflate), or unpack it and index what comes out",
                );
            }
            PackedItemKind::Sparse => return refuse("a file with holes, which are not read", BY_HAND),
            _ => {}
        }
        if let Some(fault) = too_much {
            return Ok(EntryVerdict::Refuse(name, fault));
        }
        let warning = led_out.then(|| format!("its name, \"{}\", leads out of the packed folder", shown(&met.name)));
        Ok(EntryVerdict::Take(name, warning))
    }

    /// Why a file of that name holds no article.
    fn passed_over(&self, name: &str) -> Option<Reason> {
        let file = name.rsplit('/').next().unwrap_or(name);
        let is_hidden = |part: &str| part.starts_with('.') || part == "__MACOSX";
        let is_note = file.split('.').next().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
        match () {
            () if name.split('/').any(is_hidden) => Some(Reason::Hidden),
            () if file == SETTINGS => Some(Reason::Settings),
            () if self.is_crawl && !name.starts_with("archive/") => Some(Reason::PartOfCrawl),
            () if is_note => Some(Reason::Readme),
            () => None,
        }
    }
}

/// A name as far as it is shown.
fn shown(name: &[u8]) -> String {
    const SHOWN: usize = 200;
    let name: String = String::from_utf8_lossy(name).chars().take(SHOWN).collect();
    if name.is_empty() { "(no name)".to_owned() } else { name }
}
