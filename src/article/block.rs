//! Blocks of a text, with the way back to the bytes that they were made from.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::place::{Lines, Span};

/// What a block of the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A paragraph of running text.
    Paragraph,
    /// A heading inside the body.
    Subhead,
}

/// An unbroken stretch of a block's text: a slice of the record's text, byte for byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Where it begins in the block's text: byte offset, 0-based.
    pub at: usize,
    /// The same bytes in the record's decoded text: half-open, 0-based.
    pub span: Span,
    /// The line of the file it stands on, 1-based.
    pub line: u32,
}

/// Fragments in the order of the text, read as a slice. One alone lies in place, as there may be millions of short lines.
#[derive(Clone, Debug)]
pub struct Fragments(FragmentList);

#[derive(Clone, Debug)]
enum FragmentList {
    One(Fragment),
    /// None, or several.
    Many(Vec<Fragment>),
}

impl Fragments {
    /// Adds one behind the others.
    pub fn push(&mut self, fragment: Fragment) {
        match &mut self.0 {
            FragmentList::Many(none) if none.is_empty() => self.0 = FragmentList::One(fragment),
            FragmentList::Many(fragments) => fragments.push(fragment),
            FragmentList::One(first) => self.0 = FragmentList::Many(vec![*first, fragment]),
        }
    }
}

impl Default for Fragments {
    fn default() -> Self {
        Self(FragmentList::Many(Vec::new()))
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
            FragmentList::One(fragment) => std::slice::from_ref(fragment),
            FragmentList::Many(fragments) => fragments,
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

/// A block of the body: its hard-wrapped lines joined by one space (or by nothing, after a word break).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Paragraph or subhead.
    pub kind: BlockKind,
    /// The block's text on one line.
    pub text: String,
    /// Where `text` comes from, ascending; what lies between two fragments is the joint.
    pub fragments: Fragments,
    /// Of a body that is cut into passages already, where the block begins one: whether in the middle of a paragraph.
    pub opens: Option<bool>,
}

impl Block {
    /// The lines of the file the block stands on.
    pub fn lines(&self) -> Lines {
        let first = self.fragments.first().map_or(1, |f| f.line);
        let last = self.fragments.last().map_or(first, |f| f.line);
        Lines { first, last }
    }
}
