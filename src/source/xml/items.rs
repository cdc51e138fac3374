//! Where the articles of a file stand: the elements that are one each. Tags are told without a look at what they mean, so
//! that one broken article does not take the others with it.

use crate::work;

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

/// A tag: the bytes of the text that it takes, its name without prefix in lower case, and which kind it is.
struct Tag {
    start: usize,
    end: usize,
    name: String,
    kind: TagKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TagKind {
    Start,
    End,
    Empty,
}

/// What a file holds, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum FilePiece {
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

    /// The same article where the bytes before it are gone.
    pub fn moved(self, gone: usize) -> Self {
        match self {
            Self::Item { start, end } => Self::Item { start: start - gone, end: end - gone },
            Self::Open { start } => Self::Open { start: start - gone },
            Self::CutOff => Self::CutOff,
        }
    }
}

/// Whether a text is XML: it has a prolog, or begins with an element that files of articles begin with. Pages are none.
pub(in crate::source) fn is_xml(head: &str) -> bool {
    let head = head.trim_start();
    let Some(root) = Tags { text: head, at: 0 }.next() else { return false };
    let before = head[..root.start].trim();
    let silent = before.is_empty() || before.starts_with('<');
    let known = ROOTS.contains(&root.name.as_str()) || (ITEMS.contains(&root.name.as_str()) && root.name != "article");
    let page = root.name == "html" || before.to_ascii_lowercase().contains("<!doctype html");
    silent && !page && root.kind != TagKind::End && (known || head.starts_with("<?xml"))
}

/// The articles of a text; where none of its elements is known as one, the text itself.
pub(super) fn items(text: &str) -> Vec<FilePiece> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, usize)> = None;
    let (mut roots, mut depth, mut first, mut is_list) = (0, 0_usize, None, false);
    for tag in (Tags { text, at: 0 }) {
        if first.is_none() {
            first = Some(tag.start);
            is_list = ROOTS.contains(&tag.name.as_str());
        }
        match tag.kind {
            TagKind::Start => depth += 1,
            TagKind::End => depth = depth.saturating_sub(1),
            TagKind::Empty => {}
        }
        roots += usize::from(depth == 0);
        match &mut open {
            None if tag.kind != TagKind::End && ITEMS.contains(&tag.name.as_str()) => match tag.kind {
                TagKind::Empty => {}
                _ => open = Some((tag.start, tag.name, 1)),
            },
            Some((start, name, nested)) if *name == tag.name => {
                match tag.kind {
                    TagKind::Start => *nested += 1,
                    TagKind::End => *nested -= 1,
                    TagKind::Empty => {}
                }
                if *nested == 0 {
                    found.push(FilePiece::Item { start: *start, end: tag.end });
                    open = None;
                }
            }
            _ => {}
        }
    }
    match open {
        Some((start, ..)) => found.push(FilePiece::Open { start }),
        None if roots == 0 => found.push(FilePiece::CutOff),
        // a feed without items is no article itself
        None if found.is_empty() && !is_list => {
            found.extend(first.map(|start| FilePiece::Item { start, end: text.trim_end().len() }))
        }
        None => {}
    }
    found
}

/// The tags of a text; comments, CDATA, instructions and declarations are passed over.
struct Tags<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.at + memchr::memchr(b'<', bytes.get(self.at..)?)?;
            let rest = &self.text[start..];
            let passed = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
            if let Some((begin, end)) = passed.iter().find(|(begin, _)| rest.starts_with(begin)) {
                let found = memchr::memmem::find(&rest.as_bytes()[begin.len()..], end.as_bytes())?;
                self.at = start + begin.len() + found + end.len();
                continue;
            }
            if rest.starts_with("<!") {
                self.at = start + declaration(rest)?;
                continue;
            }
            let end = start + end_of_tag(rest.as_bytes())?;
            work::add(end - self.at);
            self.at = end;
            let inside = &self.text[start + 1..end - 1];
            let (inside, kind) = match (inside.strip_prefix('/'), inside.strip_suffix('/')) {
                (Some(name), _) => (name, TagKind::End),
                (_, Some(inside)) => (inside, TagKind::Empty),
                _ => (inside, TagKind::Start),
            };
            let name = inside.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or("");
            if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                self.at = start + 1;
                continue;
            }
            let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
            return Some(Tag { start, end, name, kind });
        }
    }
}

/// One past the `>` of a tag, those in quoted attributes passed over.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        let found = at + memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[found] {
            b'>' => return Some(found + 1),
            // an apostrophe in a broken tag must not swallow the file
            quote => match memchr::memchr2(quote, b'<', &bytes[found + 1..])? {
                close if bytes[found + 1 + close] == quote => at = found + close + 2,
                _ => at = found + 1,
            },
        }
    }
}

/// One past a declaration, with what stands in its brackets.
fn declaration(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    match text.find('[').filter(|open| *open < end) {
        Some(open) => {
            let close = open + text[open..].find(']')?;
            Some(close + text[close..].find('>')? + 1)
        }
        None => Some(end + 1),
    }
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
