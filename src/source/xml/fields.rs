//! Which elements hold which field: rules as data, in the order in which they stand in for each other.

use super::body::BODY;
use super::element::{XmlElement, XmlTree};
use super::text::Plain;
use crate::source::Given;
use crate::source::json::may_be_text;
use crate::source::names::{FieldNames, Known, is_address, printed_page};

/// Where an element holds its value.
#[derive(Clone, Copy)]
enum ValuePlace {
    Text,
    Attribute(&'static str),
}
use ValuePlace::{Attribute, Text};

/// Paths (see [`XmlTree::all`]) of an article's id.
const ID: &[(&str, ValuePlace)] = &[
    ("./guid", Text),
    ("./id", Text),
    ("docdata/doc-id", Attribute("id-string")),
    ("./docno", Text),
    ("./accessionno", Text),
    ("newsitem", Attribute("guid")),
    // RDF names what it speaks of
    ("item", Attribute("about")),
];

const URL: &[(&str, ValuePlace)] = &[
    ("./feedburner:origlink", Text),
    ("./link", Text),
    ("./link", Attribute("href")),
    ("head/pubdata", Attribute("ex-ref")),
];

const OUTLET: &[(&str, ValuePlace)] =
    &[("./dc:publisher", Text), ("./sourcename", Text), ("./source", Text), ("head/pubdata", Attribute("name"))];

const DATE: &[(&str, ValuePlace)] = &[
    ("./pubdate", Text),
    ("./published", Text),
    ("./dc:date", Text),
    ("./dc:issued", Text),
    ("./publicationdate/datetime", Text),
    ("./publicationdate/date", Text),
    ("docdata/date.issue", Attribute("norm")),
    ("head/pubdata", Attribute("date.publication")),
    ("contentmeta/contentcreated", Text),
    ("itemmeta/firstcreated", Text),
    ("itemmeta/versioncreated", Text),
    ("newsitem", Attribute("date")),
];

const HEADLINE: &[(&str, ValuePlace)] = &[
    ("hedline/hl1", Text),
    ("body.head/hedline", Text),
    ("contentmeta/headline", Text),
    ("itemmeta/title", Text),
    ("./headline", Text),
    ("./title", Text),
    ("head/title", Text),
];

const BYLINE: &[(&str, ValuePlace)] = &[
    ("./dc:creator", Text),
    ("./author/name", Text),
    ("./author", Text),
    ("body.head/byline/person", Text),
    ("body.head/byline", Text),
    ("contentmeta/by", Text),
    ("./byline", Text),
];

/// Who supplied the copy: an agency, which is no outlet.
const CREDIT: &[(&str, ValuePlace)] = &[
    ("body.head/distributor", Text),
    ("contentmeta/creditline", Text),
    ("itemmeta/provider", Attribute("literal")),
    ("itemmeta/provider/name", Text),
];

const PLACE: &[(&str, ValuePlace)] = &[("body.head/dateline/location", Text), ("contentmeta/located/name", Text)];

const SECTION: &[(&str, ValuePlace)] =
    &[("./sectionname", Text), ("./section", Text), ("head/pubdata", Attribute("position.section"))];

const PAGE: &[(&str, ValuePlace)] =
    &[("./page", Text), ("./pages", Text), ("head/pubdata", Attribute("position.page"))];

/// Elements that tell when an article was changed, which is not when it was published.
const CHANGED: &[&str] = &["./updated", "./dc:modified"];

/// What an article states of itself; `text` is the XML that the tree was read from.
pub(super) fn given(tree: &XmlTree, text: &str, names: &FieldNames) -> Given {
    let find = |field: Known, rules: &[(&str, ValuePlace)]| {
        named(tree, text, names, field, true)
            .or_else(|| first(tree, text, rules))
            .or_else(|| named(tree, text, names, field, false))
    };
    Given {
        id: find(Known::Id, ID),
        url: find(Known::Url, URL).filter(|url| url.contains(':')),
        outlet: find(Known::Outlet, OUTLET).filter(|name| !is_address(name)),
        date: find(Known::Date, DATE),
        headline: find(Known::Headline, HEADLINE),
        byline: find(Known::Byline, BYLINE).map(person),
        section: find(Known::Section, SECTION),
        page: find(Known::Page, PAGE).and_then(printed_page),
        credit: first(tree, text, CREDIT).into_iter().collect(),
        place: first(tree, text, PLACE),
        ..Given::default()
    }
}

/// When the article was changed, where it does not say when it was published.
pub(super) fn changed(tree: &XmlTree, text: &str) -> Option<String> {
    CHANGED.iter().find_map(|path| first(tree, text, &[(*path, Text)]))
}

/// Whether an article without headline and text may have its text in an element that nobody knows.
pub(super) fn may_be_elsewhere(tree: &XmlTree, text: &str, names: &FieldNames) -> bool {
    let is_last = |path: &str, name: &str| path.rsplit('/').next() == Some(name);
    let is_own = |name: &str| {
        let known = HEADLINE.iter().any(|(path, _)| is_last(path, name)) || BODY.iter().any(|path| is_last(path, name));
        known || [Known::Headline, Known::Body].iter().any(|f| names.is_meant(name, *f, false))
    };
    let other = [ID, URL, OUTLET, DATE, BYLINE, CREDIT, PLACE, SECTION, PAGE];
    let is_other = |name: &str| {
        let known = other.iter().any(|rules| rules.iter().any(|(path, _)| is_last(path, name)));
        known || CHANGED.iter().any(|path| is_last(path, name)) || names.slot(name).is_some()
    };
    // where its own fields are there and empty, the text is nowhere else
    if tree.elements.iter().skip(1).any(|e| is_own(&e.name)) {
        return false;
    }
    let is_leaf = |e: &&XmlElement| !text[e.start..e.end].contains('<') || text[e.start..e.end].contains("<![CDATA[");
    let leaves = tree.elements.iter().filter(is_leaf).filter(|e| !is_other(&e.name));
    leaves.filter_map(|e| plain(e, text)).any(|value| may_be_text(&value))
}

fn first(tree: &XmlTree, text: &str, rules: &[(&str, ValuePlace)]) -> Option<String> {
    rules.iter().find_map(|rule| values(tree, text, rule).next())
}

fn values<'s>(
    tree: &'s XmlTree,
    text: &'s str,
    (path, at): &'s (&'s str, ValuePlace),
) -> impl Iterator<Item = String> + use<'s> {
    tree.all(path).filter_map(move |element| match at {
        Text => plain(element, text),
        // links of a feed lead elsewhere too: to comments, to a sound
        Attribute("href") if element.get("rel").is_some_and(|rel| rel != "alternate") => None,
        Attribute(name) => element.get(name).map(str::to_owned),
    })
}

/// A child of the article, or an attribute of it, that goes by a name of the field: the user's, or one known beforehand.
fn named(tree: &XmlTree, text: &str, names: &FieldNames, field: Known, user: bool) -> Option<String> {
    let means = |name: &str| names.is_meant(name, field, user);
    let children = tree.elements.iter().skip(1).filter(|e| e.parent == 0 && means(&e.name));
    let value = children.filter_map(|element| plain(element, text)).next();
    let root = tree.elements.first()?;
    value.or_else(|| root.attributes.iter().find(|(name, _)| means(name)).map(|(_, value)| value.trim().to_owned()))
}

/// An element's text on one line, without the markup that feeds put into titles.
pub(super) fn plain(element: &XmlElement, text: &str) -> Option<String> {
    let plain = Plain::of(&text[element.start..element.end], 0).text;
    let plain = if plain.contains(['<', '&']) { crate::source::html::linear(&plain, 1).text } else { plain };
    let words: Vec<&str> = plain.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// `desk@a.example (Anna Kowal)` is Anna Kowal, as RSS has authors.
fn person(author: String) -> String {
    let name = author.split_once('(').filter(|(address, _)| address.contains('@'));
    name.and_then(|(_, name)| Some(name.split_once(')')?.0.trim().to_owned())).unwrap_or(author)
}
