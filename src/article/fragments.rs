//! The fragments of a block: most blocks are one line, and have one.

use std::ops::Deref;

use super::Fragment;

/// Fragments in the order of the text, read as a slice. One alone lies in place, as there may be millions of short lines.
#[derive(Clone, Debug)]
pub struct Fragments(Held);

#[derive(Clone, Debug)]
enum Held {
    One(Fragment),
    /// None, or several.
    Many(Vec<Fragment>),
}

impl Fragments {
    /// Adds one behind the others.
    pub fn push(&mut self, fragment: Fragment) {
        match &mut self.0 {
            Held::Many(none) if none.is_empty() => self.0 = Held::One(fragment),
            Held::Many(fragments) => fragments.push(fragment),
            Held::One(first) => self.0 = Held::Many(vec![*first, fragment]),
        }
    }
}

impl Default for Fragments {
    fn default() -> Self {
        Self(Held::Many(Vec::new()))
    }
}

impl FromIterator<Fragment> for Fragments {
    fn from_iter<I: IntoIterator<Item = Fragment>>(all: I) -> Self {
        let mut fragments = Self::default();
        all.into_iter().for_each(|fragment| fragments.push(fragment));
        fragments
    }
}

impl Deref for Fragments {
    type Target = [Fragment];

    fn deref(&self) -> &[Fragment] {
        match &self.0 {
            Held::One(fragment) => std::slice::from_ref(fragment),
            Held::Many(fragments) => fragments,
        }
    }
}

impl PartialEq for Fragments {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Fragments {}

impl<'a> IntoIterator for &'a Fragments {
    type Item = &'a Fragment;
    type IntoIter = std::slice::Iter<'a, Fragment>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
