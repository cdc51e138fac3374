//! The outlets that a record's names are held against: the user's before those that Dateline knows.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::list::{OUTLETS, OutletList};
use super::spelling::squash;
use crate::extract::words::{is_capital, strip_prefix_ci};
use crate::lexicon;

/// Words such as `Gazette`, in lower case.
pub(super) static OUTLET_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::NAME_WORDS.labelled("outlet"));

/// Bytes of the longest name that is looked up.
const LONGEST: usize = 48;

/// Outlets that are known; handed to every rule that asks for a name.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::extract) struct Outlets<'o> {
    users: Option<&'o OutletList>,
}

impl<'o> Outlets<'o> {
    /// Those that Dateline knows, behind the user's where there is a list of them.
    pub(in crate::extract) fn new(users: Option<&'o OutletList>) -> Self {
        Self { users }
    }

    /// The outlet of that name, as it writes itself.
    pub(in crate::extract) fn named(self, name: &str) -> Option<&'o str> {
        if name.len() > LONGEST {
            return None;
        }
        let key = squash(name);
        self.look_up(|list| list.spelled(&key))
    }

    /// The outlet at that host, or at a host above it.
    pub(in crate::extract) fn at(self, host: &str) -> Option<&'o str> {
        let mut rest = host;
        loop {
            if let Some(name) = self.look_up(|list| list.at(rest)) {
                return Some(name);
            }
            rest = rest.split_once('.').map(|(_, above)| above).filter(|above| above.contains('.'))?;
        }
    }

    /// Whether a name is made like an outlet's: known, with a word such as `Gazette` in it, or with `The` before it.
    pub(in crate::extract) fn is_like(self, name: &str) -> bool {
        self.named(name).is_some() || has_outlet_word(name) || strip_prefix_ci(name, "the ").is_some_and(is_capital)
    }

    /// What the user's list says, else what Dateline's does.
    fn look_up(self, ask: impl Fn(&'o OutletList) -> Option<&'o str>) -> Option<&'o str> {
        self.users.and_then(&ask).or_else(|| ask(&OUTLETS))
    }
}

/// Whether a word such as `Gazette` stands in a name.
pub(in crate::extract) fn has_outlet_word(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| OUTLET_WORDS.contains(w.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_outlets_go_first_where_they_are_carried() {
        let table = "# ours\nwww.kell.example\tKell Bay Times\tKBT\n-\tMoscow Times of Kell\tMoscow Times\n";
        let list = OutletList::parse(table).expect("a list");
        let outlets = Outlets::new(Some(&list));
        assert_eq!(outlets.named("the kbt"), Some("Kell Bay Times"));
        assert_eq!(outlets.at("news.kell.example"), Some("Kell Bay Times"));
        assert_eq!(outlets.named("Moscow Times"), Some("Moscow Times of Kell"));
        assert_eq!(outlets.named("NYT"), Some("The New York Times"));
        assert_eq!(Outlets::default().named("kbt"), None);
    }
}
