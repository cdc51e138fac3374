//! The elements of a file with their places in it: tags are told as bytes, so that a prefix that nobody declares breaks nothing.

use std::ops::Range;

use crate::source::html;
use crate::source::xml::{Plain, TagKind, TagScan};

/// Elements within each other, at most.
const DEEPEST: usize = 500;

/// Elements of HTML that have no end tag.
const VOID: &[&str] = &["meta", "br", "img", "link", "hr", "input", "base"];

/// An element.
#[derive(Debug)]
pub(super) struct ScanElement {
    /// Its name in lower case, without prefix.
    pub name: String,
    /// Place of the element it stands in; its own for the first.
    pub parent: usize,
    /// Bytes of its start tag, and between its tags.
    pub tag: Range<usize>,
    pub inside: Range<usize>,
    /// One past the last element that stands in it.
    pub end: usize,
}

/// The elements of a file, in its order.
#[derive(Debug)]
pub(super) struct ScanTree<'t> {
    pub text: &'t str,
    pub nodes: Vec<ScanElement>,
    /// The first element does not end.
    pub is_cut_off: bool,
}

impl<'t> ScanTree<'t> {
    /// Reads a file; says what is wrong where it has no element, or some stand too deep.
    pub fn read(text: &'t str) -> Result<Self, String> {
        let (mut scan, mut nodes) = (TagScan::default(), Vec::<ScanElement>::new());
        let mut open: Vec<usize> = Vec::new();
        while let Some(tag) = scan.next(text.as_bytes()) {
            if tag.kind == TagKind::End {
                let Some(place) = open.iter().rposition(|at| nodes[*at].name == tag.name) else { continue };
                let end = nodes.len();
                for at in open.drain(place..) {
                    (nodes[at].inside.end, nodes[at].end) = (tag.start, end);
                }
                continue;
            }
            if open.len() == DEEPEST {
                return Err(format!("elements more than {DEEPEST} deep"));
            }
            let (place, inside) = (nodes.len(), tag.end..tag.end);
            let is_open = tag.kind == TagKind::Start && !VOID.contains(&tag.name.as_str());
            let parent = open.last().copied().unwrap_or(place);
            nodes.push(ScanElement { name: tag.name, parent, tag: tag.start..tag.end, inside, end: place + 1 });
            if is_open {
                open.push(place);
            }
        }
        let (end, is_cut_off) = (nodes.len(), open.first() == Some(&0));
        for at in open {
            (nodes[at].inside.end, nodes[at].end) = (text.len(), end);
        }
        if nodes.is_empty() { Err("invalid XML: no element".to_owned()) } else { Ok(Self { text, nodes, is_cut_off }) }
    }

    /// The elements that stand directly in one.
    pub fn children(&self, of: usize) -> impl Iterator<Item = usize> {
        let mut at = of + 1;
        std::iter::from_fn(move || {
            let here = Some(at).filter(|here| *here < self.nodes[of].end)?;
            at = self.nodes[here].end;
            Some(here)
        })
    }

    /// The elements of a name that stand in one, however deep.
    pub fn within(&self, of: usize, name: &str) -> impl Iterator<Item = usize> {
        (of + 1..self.nodes[of].end).filter(move |at| self.nodes[*at].name == name)
    }

    /// All elements of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(move |at| self.nodes[*at].name == name)
    }

    /// The elements around one, from the inside.
    pub fn around(&self, of: usize) -> impl Iterator<Item = usize> {
        let next = move |at: usize| Some(self.nodes[at].parent).filter(|parent| *parent != at);
        std::iter::successors(next(of), move |at| next(*at))
    }

    pub fn name(&self, at: usize) -> &str {
        &self.nodes[at].name
    }

    /// Bytes of an element with its tags.
    pub fn span(&self, at: usize) -> Range<usize> {
        let node = &self.nodes[at];
        let behind = self.text[node.inside.end..].starts_with("</").then(|| self.text[node.inside.end..].find('>'));
        node.tag.start..behind.flatten().map_or(node.inside.end, |length| node.inside.end + length + 1)
    }

    /// Bytes of the value of an attribute, by its name in lower case, without prefix.
    pub fn attribute(&self, at: usize, name: &str) -> Option<Range<usize>> {
        let tag = self.nodes[at].tag.clone();
        let bytes = self.text[tag.clone()].as_bytes();
        let mut from = 1;
        loop {
            let equals = from + memchr::memchr(b'=', &bytes[from..])?;
            let quote = equals + 1 + bytes[equals + 1..].iter().position(|b| !b.is_ascii_whitespace())?;
            let mark = bytes[quote];
            if !matches!(mark, b'"' | b'\'') {
                from = equals + 1;
                continue;
            }
            let end = quote + 1 + memchr::memchr(mark, &bytes[quote + 1..])?;
            let key = bytes[from..equals].trim_ascii_end();
            let start = key.iter().rposition(|b| b.is_ascii_whitespace() || *b == b':').map_or(0, |at| at + 1);
            if key[start..].eq_ignore_ascii_case(name.as_bytes()) {
                return Some(tag.start + quote + 1..tag.start + end);
            }
            from = end + 1;
        }
    }

    /// The value of an attribute, references decoded; none where it is empty.
    pub fn value(&self, at: usize, name: &str) -> Option<String> {
        let range = self.attribute(at, name)?;
        Some(html::decode(&self.text[range]).trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// The text of an element on one line; none where it has none.
    pub fn plain(&self, at: usize) -> Option<String> {
        let text = Plain::of(&self.text[self.nodes[at].inside.clone()], 0).text;
        let words: Vec<&str> = text.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_told_with_their_places() {
        let xml = "<?xml version='1.0'?><a:x><b c = \"1 &amp; 2\" n:d='>'/><!-- <b> --><b>t <i>u</i></b><e>v</a:x>";
        let tree = ScanTree::read(xml).expect("a tree");
        let names: Vec<&str> = tree.nodes.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["x", "b", "b", "i", "e"]);
        assert_eq!(tree.children(0).collect::<Vec<_>>(), [1, 2, 4]);
        assert_eq!(tree.within(0, "i").collect::<Vec<_>>(), [3]);
        assert_eq!(tree.around(3).collect::<Vec<_>>(), [2, 0]);
        assert_eq!((tree.value(1, "c").as_deref(), tree.value(1, "d").as_deref()), (Some("1 & 2"), Some(">")));
        assert_eq!((tree.value(1, "e"), tree.plain(2).as_deref()), (None, Some("t u")));
        assert_eq!(&xml[tree.span(2)], "<b>t <i>u</i></b>");
        assert!(!tree.is_cut_off && ScanTree::read(&xml[..90]).expect("a tree").is_cut_off);
        assert!(ScanTree::read("no element").is_err() && ScanTree::read(&"<a>".repeat(DEEPEST + 1)).is_err());
    }
}
