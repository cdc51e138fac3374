//! Where the articles of a file stand: the elements that are one each. Tags are told without a look at what they mean, so
//! that one broken article does not take the others with it.

use std::ops::Range;

use super::tags::{TagKind, TagScan};

/// Elements that are an article each, in lower case; the outermost counts.
const ITEMS: &[&str] = &["item", "entry", "newsitem", "nitf", "doc", "article", "story", "document", "record"];

/// Elements with which files of articles begin, beside those of [`ITEMS`].
const ROOTS: &[&str] = &[
    "rss",
    "feed",
    "rdf",
    "newsmessage",
    "newsml",
    "docs",
    "articles",
    "stories",
    "documents",
    "records",
    "news",
    "items",
    "corpus",
    "add",
    "root",
    "channel",
];

/// What a file holds, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FilePiece {
    /// An article: its bytes in the text.
    Item { start: usize, end: usize },
    /// An article that begins here and does not end.
    Open { start: usize },
    /// The element of the file itself does not end.
    CutOff,
}

impl FilePiece {
    /// Where the article begins.
    pub(super) fn start(self) -> Option<usize> {
        match self {
            Self::Item { start, .. } | Self::Open { start } => Some(start),
            Self::CutOff => None,
        }
    }
}

/// How far the articles of a file were looked for, piece by piece. Places are bytes of what is held of the file.
#[derive(Debug, Default)]
pub(in crate::source) struct ItemScan {
    tags: TagScan,
    open: Option<OpenItem>,
    /// Elements that are open.
    depth: usize,
    /// An element of the file itself ended.
    has_root: bool,
    /// Where the first tag stands; and whether a file of articles begins so.
    first: Option<usize>,
    is_list: bool,
}

/// An article of which the end was not found yet.
#[derive(Debug)]
struct OpenItem {
    start: usize,
    name: String,
    /// Elements of its name that are open, itself among them.
    nested: usize,
}

/// Why a look ends.
pub(in crate::source) enum ItemStep {
    /// An article begins here.
    Opens(usize),
    /// These bytes are an article.
    Item(Range<usize>),
    /// The bytes end.
    More,
}

impl ItemScan {
    /// Goes on to where the next article begins or ends.
    pub fn step(&mut self, bytes: &[u8]) -> ItemStep {
        while let Some(tag) = self.tags.next(bytes) {
            if self.first.is_none() {
                self.first = Some(tag.start);
                self.is_list = ROOTS.contains(&tag.name.as_str());
            }
            match tag.kind {
                TagKind::Start => self.depth += 1,
                TagKind::End => self.depth = self.depth.saturating_sub(1),
                TagKind::Empty => {}
            }
            self.has_root |= self.depth == 0;
            match &mut self.open {
                None if tag.kind == TagKind::Start && ITEMS.contains(&tag.name.as_str()) => {
                    self.open = Some(OpenItem { start: tag.start, name: tag.name, nested: 1 });
                    return ItemStep::Opens(tag.start);
                }
                Some(open) if open.name == tag.name => {
                    match tag.kind {
                        TagKind::Start => open.nested += 1,
                        TagKind::End => open.nested -= 1,
                        TagKind::Empty => {}
                    }
                    if open.nested == 0 {
                        let start = open.start;
                        self.open = None;
                        return ItemStep::Item(start..tag.end);
                    }
                }
                _ => {}
            }
        }
        ItemStep::More
    }

    /// One past what was looked at.
    pub fn at(&self) -> usize {
        self.tags.at
    }

    /// Where the article begins that is open.
    pub fn open(&self) -> Option<usize> {
        self.open.as_ref().map(|open| open.start)
    }

    /// Whether no element of the file itself ended.
    pub fn is_cut_off(&self) -> bool {
        !self.has_root
    }

    /// The scan of a file that has ended, as it should.
    pub fn ended() -> Self {
        Self { has_root: true, ..Self::default() }
    }

    /// The first `count` bytes are gone, none of which has still to be looked at.
    pub fn shift(&mut self, count: usize) {
        self.tags.at -= count;
        if let Some(open) = &mut self.open {
            open.start = open.start.saturating_sub(count);
        }
    }
}

/// Whether a text is XML: it has a prolog, or begins with an element that files of articles begin with. Pages are none.
pub(in crate::source) fn is_xml(head: &str) -> bool {
    let head = head.trim_start();
    let Some(root) = TagScan::default().next(head.as_bytes()) else { return false };
    let before = head[..root.start].trim();
    let silent = before.is_empty() || before.starts_with('<');
    let known = ROOTS.contains(&root.name.as_str()) || (ITEMS.contains(&root.name.as_str()) && root.name != "article");
    let page = root.name == "html" || before.to_ascii_lowercase().contains("<!doctype html");
    silent && !page && root.kind != TagKind::End && (known || head.starts_with("<?xml"))
}

/// The articles of a text; where none of its elements is known as one, the text itself.
pub(super) fn items(text: &str) -> Vec<FilePiece> {
    let (mut scan, mut found) = (ItemScan::default(), Vec::new());
    loop {
        match scan.step(text.as_bytes()) {
            ItemStep::Opens(_) => {}
            ItemStep::Item(item) => found.push(FilePiece::Item { start: item.start, end: item.end }),
            ItemStep::More => break,
        }
    }
    match scan.open() {
        Some(start) => found.push(FilePiece::Open { start }),
        None if scan.is_cut_off() => found.push(FilePiece::CutOff),
        // a feed without items is no article itself
        None if found.is_empty() && !scan.is_list => {
            found.extend(scan.first.map(|start| FilePiece::Item { start, end: text.trim_end().len() }))
        }
        None => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let show = |found| match found {
            FilePiece::Item { start, end } => &text[start..end],
            FilePiece::Open { .. } => "open",
            FilePiece::CutOff => "cut off",
        };
        items(text).into_iter().map(show).collect()
    }

    #[test]
    fn items_are_cut_out_whole() {
        let rss = "<?xml version='1.0'?><!-- <item> --><rss><channel><item><a>1</a></item><item/>\
            <item x='>'><![CDATA[</item>]]><item>in</item></item></channel></rss>";
        assert_eq!(cut(rss), ["<item><a>1</a></item>", "<item x='>'><![CDATA[</item>]]><item>in</item></item>"]);
        assert_eq!(cut("<feed><entry>1</entry><entry>2"), ["<entry>1</entry>", "open"]);
        assert_eq!(cut("<feed><entry>1</entry>"), ["<entry>1</entry>", "cut off"]);
        assert_eq!(cut("<x><title>One</title></x>\n"), ["<x><title>One</title></x>"]);
        assert_eq!(cut("<feed><title>One</title></feed>\n"), [""; 0]);
        assert_eq!(cut("<DOC>a</DOC>\n<DOC>b</DOC>"), ["<DOC>a</DOC>", "<DOC>b</DOC>"]);
        assert_eq!(cut("<!DOCTYPE nitf [<!ENTITY a \"<item>\">]><nitf>x</nitf>"), ["<nitf>x</nitf>"]);
    }

    #[test]
    fn xml_is_told_from_pages_and_texts() {
        for (head, xml) in [
            ("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", true),
            ("<rdf:RDF xmlns=\"x\">", true),
            ("\n<!-- a feed -->\n<feed xmlns='http://www.w3.org/2005/Atom'>", true),
            ("<DOC>\n<DOCNO>1</DOCNO>", true),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", false),
            ("<article><p>A part of a page</p></article>", false),
            ("<p>A part of a page</p>", false),
            ("A text with <rss> in it", false),
        ] {
            assert_eq!(is_xml(head), xml, "{head}");
        }
    }
}
