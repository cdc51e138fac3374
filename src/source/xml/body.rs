//! The body of an article: a text, or markup of HTML or NITF.

use super::element::{XmlElement, XmlTree};
use super::text::Plain;
use crate::source::html::{Linear, linear};
use crate::source::map::Segment;
use crate::source::markup::Markup;
use crate::source::names::{FieldNames, Known};

/// Elements that hold the body, best first.
pub(super) const BODY: &[&str] = &[
    "body.content",
    "contentset/inlinexml",
    "contentset/inlinedata",
    "./content:encoded",
    "./content",
    "./description",
    "./summary",
    "./text",
    "datacontent",
];

/// Parts of a body that stand apart, in the order in which they are read: Factiva has them so.
const PARTS: &[&str] = &["./leadparagraph", "./tailparagraphs"];

/// Elements of NITF and of Factiva, and the element of HTML that does the same; none is longer.
const AS_HTML: &[(&str, &str)] = &[
    ("body.content", "div"),
    ("paragraph", "p"),
    ("hlt", "b"),
    ("block", "div"),
    ("hl1", "h1"),
    ("hl2", "h2"),
    ("bq", "p"),
    ("media", "div"),
    ("media-caption", "figcaption"),
    ("media-producer", "figcaption"),
    ("media-metadata", "template"),
    ("nitf-table", "div"),
    ("fn", "i"),
    ("location", "span"),
    ("person", "span"),
    ("object.title", "span"),
];

/// A body: its text, where it stands in the XML, and the markup behind it.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub text: String,
    /// Stretches of the text in the markup; none where the body is no markup.
    pub inner: Option<Vec<Segment>>,
    /// Stretches of the markup (or the text) in the XML.
    pub outer: Vec<Segment>,
    pub markup: Option<Markup>,
    /// Where it begins in the XML.
    pub start: usize,
}

/// The body of the article that a tree was read from; `line` gives the line of a byte of its text.
pub(super) fn body(tree: &XmlTree, text: &str, names: &FieldNames, line: impl Fn(usize) -> u32) -> Body {
    let child = |user: bool| {
        let is = move |e: &&XmlElement| e.parent == 0 && names.is_meant(&e.name, Known::Body, user);
        tree.elements.iter().skip(1).find(is)
    };
    let filled = |e: &&XmlElement| !text[e.start..e.end].trim().is_empty();
    let known = BODY.iter().find_map(|path| tree.all(path).find(filled));
    let parts: Vec<&XmlElement> = PARTS.iter().flat_map(|path| tree.all(path)).filter(filled).collect();
    if child(true).is_none() && !parts.is_empty() {
        return of_parts(&parts, text, line);
    }
    let Some(element) = child(true).or(known).or_else(|| child(false)) else { return Body::default() };
    let xml = &text[element.start..element.end];
    let has_elements = tree.elements.iter().any(|e| e.start > element.start && e.end < element.end);
    let (page, outer) = if has_elements && !xml.contains("<![CDATA[") {
        let whole = Segment { at: 0, written: xml.len(), start: element.start, length: xml.len(), same: true };
        (as_html(xml), vec![whole])
    } else {
        let Plain { text, segments } = Plain::of(xml, element.start);
        (text, segments)
    };
    if !has_elements && !is_markup(&page) {
        // blank lines at its beginning are lines of the text too
        let start = outer.first().map_or(element.start, |segment| segment.start);
        return Body { text: page, inner: None, outer, markup: None, start: start.min(element.end) };
    }
    let Linear { text, segments, markup } = linear(&page, line(element.start));
    Body { text, inner: Some(segments), outer, markup: Some(markup), start: element.start }
}

/// A body of elements that stand apart, as one page.
fn of_parts(parts: &[&XmlElement], text: &str, line: impl Fn(usize) -> u32) -> Body {
    let (mut page, mut outer) = (String::new(), Vec::new());
    let mut before = parts.first().map_or(0, |first| first.start);
    for part in parts {
        let length = part.end - part.start;
        // what stands between two parts takes lines
        let between = text.get(before..part.start).unwrap_or_default();
        page.extend(between.chars().filter(|c| *c == '\n'));
        before = part.end;
        outer.push(Segment { at: page.len(), written: length, start: part.start, length, same: true });
        page.push_str(&as_html(&text[part.start..part.end]));
    }
    let start = parts.first().map_or(0, |first| first.start);
    let Linear { text, segments, markup } = linear(&page, line(start));
    Body { text, inner: Some(segments), outer, markup: Some(markup), start }
}

/// Whether a text has tags or references of its own.
fn is_markup(text: &str) -> bool {
    let tag = |(at, _): (usize, &str)| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && text[at..].contains('>')
    };
    let reference =
        |(at, _): (usize, &str)| text[at + 1..].bytes().take(12).position(|b| b == b';').is_some_and(|end| end > 1);
    text.match_indices('<').any(tag) || text.match_indices('&').any(reference)
}

/// The same markup, byte for byte as long, in elements that HTML knows.
fn as_html(xml: &str) -> String {
    let mut html = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let name_at = at + 1 + usize::from(rest[at + 1..].starts_with('/'));
        html.push_str(&rest[..name_at]);
        rest = &rest[name_at..];
        let end =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'))).unwrap_or(rest.len());
        let name = &rest[..end];
        let local = name.rsplit(':').next().unwrap_or(name);
        let written = AS_HTML.iter().find(|(nitf, _)| nitf.eq_ignore_ascii_case(local)).map_or(local, |(_, html)| html);
        html.push_str(written);
        html.extend(std::iter::repeat_n(' ', name.len() - written.len()));
        rest = &rest[end..];
    }
    html.push_str(rest);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nitf_is_read_as_html_of_the_same_length() {
        let xml = "<block><hl2 id=\"a\">Sub &amp; head</hl2><x:p>A <person>B</person></x:p></block>";
        let html = as_html(xml);
        assert_eq!(html, "<div  ><h2  id=\"a\">Sub &amp; head</h2 ><p  >A <span  >B</span  ></p  ></div  >");
        assert_eq!(html.len(), xml.len());
        assert!(AS_HTML.iter().all(|(nitf, html)| html.len() <= nitf.len()));
    }
}
