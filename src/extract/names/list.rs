//! The lists of outlets: the one that comes with Dateline, and the user's before it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::squash;
use crate::lexicon;

/// The outlets that Dateline knows.
static OUTLETS: LazyLock<OutletList> = LazyLock::new(|| {
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

thread_local! {
    /// The user's outlets while a record is extracted. Nearly every rule asks for names, and handing the list through
    /// all of them would hide what each is about.
    static USERS: RefCell<Option<Arc<OutletList>>> = const { RefCell::new(None) };
}

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
            return Err(format!("{host:?} is no host"));
        }
        match name {
            Some(name) if !squash(name).is_empty() => Ok(()),
            _ => Err(format!("no name behind {host:?}")),
        }
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

/// Does some work while the user's outlets go before the ones that Dateline knows.
pub(in crate::extract) fn with_outlets<T>(list: Option<&Arc<OutletList>>, work: impl FnOnce() -> T) -> T {
    /// Takes the list away again, also where the work panics.
    struct Taken;
    impl Drop for Taken {
        fn drop(&mut self) {
            USERS.set(None);
        }
    }
    USERS.set(list.cloned());
    let _taken = Taken;
    work()
}

/// What the user's list says, else what Dateline's does.
fn look_up(ask: impl Fn(&OutletList) -> Option<Arc<str>>) -> Option<Arc<str>> {
    USERS.with_borrow(|users| users.as_deref().and_then(&ask)).or_else(|| ask(&OUTLETS))
}

/// The outlet of that name, as it writes itself.
pub(in crate::extract) fn outlet(name: &str) -> Option<Arc<str>> {
    if name.len() > 48 {
        return None;
    }
    let key = squash(name);
    look_up(|list| list.spellings.get(&key).cloned())
}

/// The outlet at that host, or at a host above it.
pub(in crate::extract) fn outlet_at(host: &str) -> Option<Arc<str>> {
    let mut rest = host;
    loop {
        if let Some(name) = look_up(|list| list.hosts.get(rest).cloned()) {
            return Some(name);
        }
        rest = rest.split_once('.').map(|(_, above)| above).filter(|above| above.contains('.'))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_outlets_go_first_and_only_while_they_are_asked_for() {
        let table = "# ours\nwww.kell.example\tKell Bay Times\tKBT\n-\tMoscow Times of Kell\tMoscow Times\n";
        let list = Arc::new(OutletList::parse(table).expect("a list"));
        with_outlets(Some(&list), || {
            assert_eq!(outlet("the kbt").as_deref(), Some("Kell Bay Times"));
            assert_eq!(outlet_at("news.kell.example").as_deref(), Some("Kell Bay Times"));
            assert_eq!(outlet("Moscow Times").as_deref(), Some("Moscow Times of Kell"));
            assert_eq!(outlet("NYT").as_deref(), Some("The New York Times"));
        });
        assert_eq!(outlet("kbt"), None);
        for (bad, line) in [("a.example Name", 1), ("\tName", 1), ("# x\na.example\t\tName", 2), ("two words\tx", 1)] {
            assert_eq!(OutletList::parse(bad).map_err(|(line, _)| line), Err(line), "{bad:?}");
        }
    }
}
