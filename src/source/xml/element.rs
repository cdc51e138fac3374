//! The elements of one article, in the order of the text.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::work;

/// Elements of an article, at most: what has more is no article.
const MOST: usize = 100_000;

/// Elements within each other, at most: the rules look from one up to the article.
const DEEPEST: usize = 500;

/// Prefixes as the rules write them, for the namespaces that matter; those of the article itself have none.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://purl.org/rss/1.0/modules/content/", "content:"),
    ("http://purl.org/dc/elements/1.1/", "dc:"),
    ("http://purl.org/dc/terms/", "dc:"),
    ("http://www.w3.org/2005/Atom", ""),
    ("http://purl.org/rss/1.0/", ""),
    ("http://www.w3.org/1999/xhtml", ""),
    ("http://iptc.org/std/nar/2006-10-01/", ""),
    ("http://iptc.org/std/NITF/2006-10-18/", ""),
];

/// An element.
#[derive(Debug)]
pub(super) struct XmlElement {
    /// Its name in lower case, with its prefix unless it is of the article's own namespace.
    pub name: String,
    /// Place of the element it stands in; its own for the article.
    pub parent: usize,
    /// Bytes of the text between its tags.
    pub start: usize,
    pub end: usize,
    /// Names (in lower case, without prefix) and values.
    pub attributes: Vec<(String, String)>,
}

/// The elements of an article, the article first.
#[derive(Debug, Default)]
pub(super) struct XmlTree {
    pub elements: Vec<XmlElement>,
}

/// Prefix -> what the rules write for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes(Vec<(String, &'static str)>);

impl Prefixes {
    /// Adds what the attributes of a tag declare.
    fn declare(&mut self, tag: &BytesStart<'_>) {
        for attribute in tag.attributes().with_checks(false).flatten() {
            let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:").map(str::to_owned) else { continue };
            let known = NAMESPACES.iter().find(|(uri, _)| *uri == attribute.value.as_ref());
            self.0.extend(known.map(|(_, written)| (prefix, *written)));
        }
    }

    /// What the head of a file, before its first article, declares.
    pub fn of(head: &str) -> Self {
        let mut prefixes = Self::default();
        let (mut reader, _) = reader(head);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(tag) | Event::Empty(tag) => prefixes.declare(&tag),
                Event::Eof => break,
                _ => {}
            }
        }
        prefixes
    }

    fn name(&self, written: &str) -> String {
        let lower = written.to_ascii_lowercase();
        let Some((prefix, local)) = lower.split_once(':') else { return lower };
        let known = self.0.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(prefix));
        match known {
            Some((_, canonical)) => format!("{canonical}{local}"),
            None => lower,
        }
    }
}

/// A reader that puts up with what people put into feeds, and what its places lack: it does not count a byte order mark.
pub(super) fn reader(text: &str) -> (Reader<&[u8]>, usize) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    (reader, if text.starts_with(MARK) { MARK.len_utf8() } else { 0 })
}

/// A byte order mark, which some programs put in the middle of a file too.
const MARK: char = '\u{feff}';

impl XmlTree {
    /// Reads an article; says what is wrong where it is no XML.
    pub fn read(text: &str, prefixes: &Prefixes) -> Result<Self, String> {
        let mut prefixes = prefixes.clone();
        let mut tree = Self::default();
        let mut open: Vec<usize> = Vec::new();
        let (mut reader, mark) = reader(text);
        loop {
            let before = mark + reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|e| format!("invalid XML: {e}"))?;
            let after = mark + reader.buffer_position() as usize;
            match event {
                Event::Start(tag) => {
                    open.push(tree.push(&tag, &mut prefixes, &open, after)?);
                }
                Event::Empty(tag) => drop(tree.push(&tag, &mut prefixes, &open, after)?),
                Event::End(tag) => {
                    let name = prefixes.name(tag.name().as_ref());
                    // an end tag that is missing ends with its parent
                    if let Some(place) = open.iter().rposition(|at| tree.elements[*at].name == name) {
                        open.drain(place..).for_each(|at| tree.elements[at].end = before);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        open.into_iter().for_each(|at| tree.elements[at].end = text.len());
        if tree.elements.is_empty() { Err("invalid XML: no element".to_owned()) } else { Ok(tree) }
    }

    fn push(
        &mut self,
        tag: &BytesStart<'_>,
        prefixes: &mut Prefixes,
        open: &[usize],
        at: usize,
    ) -> Result<usize, String> {
        if self.elements.len() == MOST {
            return Err(format!("more than {MOST} elements in one article"));
        }
        if open.len() == DEEPEST {
            return Err(format!("elements more than {DEEPEST} deep"));
        }
        prefixes.declare(tag);
        let attribute = |a: quick_xml::events::attributes::Attribute<'_>| {
            let name = a.key.as_ref();
            let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
            (name, crate::source::html::decode(&a.value))
        };
        let attributes = tag.attributes().with_checks(false).flatten().map(attribute).collect();
        let name = prefixes.name(tag.name().as_ref());
        let place = self.elements.len();
        let parent = open.last().copied().unwrap_or(place);
        self.elements.push(XmlElement { name, parent, start: at, end: at, attributes });
        Ok(place)
    }

    /// The elements that a path of names leads to, such as `contentmeta/headline`: the last name is the element's, those
    /// before are elements around it, not always directly.
    pub fn all<'s>(&'s self, path: &'s str) -> impl Iterator<Item = &'s XmlElement> {
        self.elements.iter().filter(move |element| self.is_at(element, path))
    }

    fn is_at(&self, element: &XmlElement, path: &str) -> bool {
        let mut names = path.rsplit('/');
        if names.next() != Some(element.name.as_str()) {
            return false;
        }
        let mut at = element.parent;
        names.all(|name| {
            // the child form of the path: `./` stands for the article itself
            if name == "." {
                return at == 0;
            }
            loop {
                work::add(1);
                let here = &self.elements[at];
                let top = here.parent == at;
                at = here.parent;
                if here.name == name {
                    return true;
                }
                if top {
                    return false;
                }
            }
        })
    }
}

impl XmlElement {
    /// An attribute that is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }
}
