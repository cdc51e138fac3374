//! Lists of outlets by spelling and by host: the one that comes with Dateline, and a user's.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::spelling::squash;
use crate::lexicon;

/// The outlets that Dateline knows.
pub(super) static OUTLETS: LazyLock<OutletList> = LazyLock::new(|| {
    let mut list = OutletList::default();
    lexicon::OUTLETS.read(|row| {
        let cells: Vec<&str> = row.cells().collect();
        let [host, names @ ..] = &cells[..] else { return Err("no host".to_owned()) };
        OutletList::check(host, names.first().copied())?;
        list.add(host, names);
        Ok(())
    });
    list
});

/// Outlets: their names by spelling and by host. It puts names into their usual spelling that the structure of a
/// document gave; prose is never searched for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutletList {
    spellings: HashMap<String, Arc<str>>,
    hosts: HashMap<String, Arc<str>>,
}

impl OutletList {
    /// Reads a table: a line an outlet, fields parted by tabs: its host (`-` where it has none), its name as it writes
    /// itself, other spellings. Lines that begin with `#` are comments.
    ///
    /// # Errors
    /// The 1-based number of the first line that is none of this, and what is wrong with it.
    pub fn parse(table: &str) -> Result<Self, (u32, String)> {
        let mut list = Self::default();
        for (number, row) in (1..).zip(table.lines()) {
            if row.trim().is_empty() || row.starts_with('#') {
                continue;
            }
            let Some((host, names)) = row.split_once('\t') else { return Err((number, "no tab".to_owned())) };
            let names: Vec<&str> = names.split('\t').collect();
            Self::check(host, names.first().copied()).map_err(|what| (number, what))?;
            list.add(host, &names);
        }
        Ok(list)
    }

    /// Whether a row names a host and an outlet.
    fn check(host: &str, name: Option<&str>) -> Result<(), String> {
        if host.trim().is_empty() || host.contains(' ') {
            return Err(format!("\"{host}\" is no host"));
        }
        match name {
            Some(name) if !squash(name).is_empty() => Ok(()),
            _ => Err(format!("no name behind \"{host}\"")),
        }
    }

    /// The outlet with a squashed spelling.
    pub(super) fn spelled(&self, key: &str) -> Option<&str> {
        self.spellings.get(key).map(|name| &**name)
    }

    /// The outlet at a host.
    pub(super) fn at(&self, host: &str) -> Option<&str> {
        self.hosts.get(host).map(|name| &**name)
    }

    fn add(&mut self, host: &str, names: &[&str]) {
        let mut names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).peekable();
        let Some(name) = names.peek().map(|name| Arc::<str>::from(*name)) else { return };
        let host = host.trim().to_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        if host != "-" {
            self.hosts.insert(host.to_owned(), Arc::clone(&name));
        }
        for spelling in names {
            self.spellings.entry(squash(spelling)).or_insert_with(|| Arc::clone(&name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_names_no_outlet_is_refused() {
        for (bad, line) in [("a.example Name", 1), ("\tName", 1), ("# x\na.example\t\tName", 2), ("two words\tx", 1)] {
            assert_eq!(OutletList::parse(bad).map_err(|(line, _)| line), Err(line), "{bad:?}");
        }
    }
}
