//! JSON-LD: what a page's data say of its article, as far as they can be read.

use serde_json::{Map, Value};

use super::collected::Claims;
use crate::article::Lines;
use crate::extract::evidence::Candidate;
use crate::extract::trust::{Asked, Source};
use crate::source::{ClaimKind, Markup, plain};

/// The place of what is said of an article.
pub(super) const ARTICLE: &str = "json-ld";

/// Kinds of things that are articles, with the place of what is said of them, the most trusted first.
const KINDS: &[(&str, &[&str])] = &[
    (
        ARTICLE,
        &[
            "newsarticle",
            "reportagenewsarticle",
            "analysisnewsarticle",
            "opinionnewsarticle",
            "reviewnewsarticle",
            "askpublicnewsarticle",
            "backgroundnewsarticle",
            "advertisercontentarticle",
            "satiricalarticle",
            "scholarlyarticle",
            "medicalscholarlyarticle",
            "techarticle",
            "article",
            "blogposting",
            "liveblogposting",
            "socialmediaposting",
            "report",
            "pressrelease",
            "discussionforumposting",
            "review",
            "recipe",
            "howto",
        ],
    ),
    ("json-ld-page", &["podcastepisode", "webpage", "itempage", "medicalwebpage"]),
    ("json-ld-work", &["creativework"]),
    ("json-ld-video", &["videoobject"]),
];

/// Things nested deeper are not looked at.
const DEEPEST: usize = 6;

/// What the JSON-LD of a page speaks of.
#[derive(Default)]
pub(in crate::extract) struct JsonLd<'b> {
    pub(super) nodes: Vec<Node<'b>>,
    /// Blocks that nobody can parse, with the lines on which they begin.
    broken: Vec<(&'b str, u32)>,
}

impl<'b> JsonLd<'b> {
    /// Parses all blocks of a page.
    pub(in crate::extract) fn read(markup: &'b Markup) -> Self {
        let mut read = Self::default();
        for claim in markup.claims.iter().filter(|claim| claim.kind == ClaimKind::JsonLd) {
            let (block, line) = (claim.value.as_str(), claim.line);
            let Some(value) = parse(block) else {
                read.broken.push((block, line));
                continue;
            };
            let mut found = Vec::new();
            collect(value, 0, &mut found);
            read.nodes.extend(found.into_iter().map(|data| Node { data, block, line }));
        }
        read
    }
}

/// A thing that a block speaks of, with the block and the line of the file on which it begins.
pub(super) struct Node<'b> {
    pub(super) data: Map<String, Value>,
    block: &'b str,
    line: u32,
}

/// Names of things by their `@id`.
type NamesById = Vec<(String, String)>;

/// Takes what a page's JSON-LD says as candidates.
pub(super) fn take(json_ld: &JsonLd<'_>, claims: &mut Claims<'_>) {
    let JsonLd { nodes, broken } = json_ld;
    broken.iter().for_each(|&(block, line)| scan(block, line, claims));
    let named = |node: &Node<'_>| Some((string(node.data.get("@id")?)?, name_of(&node.data)?));
    let named: NamesById = nodes.iter().filter_map(named).collect();
    // Of several articles the first is the page's; the others stand in lists.
    let is_article = |node: &Node<'_>| place_of(&node.data) == Some(ARTICLE);
    let first = nodes.iter().position(is_article);
    for (at, node) in nodes.iter().enumerate() {
        match place_of(&node.data) {
            Some(ARTICLE) if first != Some(at) => {}
            Some(place) => article(node, place, &named, claims),
            None => site(&node.data, node.line, claims),
        }
    }
}

/// The value of a block, mended where it is broken in the usual ways.
fn parse(block: &str) -> Option<Value> {
    let mut text = block.trim().trim_start_matches('\u{feff}');
    for (open, close) in [
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("// <![CDATA[", "// ]]>"),
        ("<![CDATA[", "]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
    ] {
        text = text.strip_prefix(open).unwrap_or(text).trim_start();
        text = text.strip_suffix(close).unwrap_or(text).trim_end();
    }
    let text = text.trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&mended(text)).ok())
}

/// JSON with raw line ends in its strings, commas before a closing bracket and unknown escapes made what was meant.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted => {
                let known = chars.peek().is_some_and(|n| "\"\\/bfnrtu".contains(*n));
                out.push('\\');
                if known {
                    out.extend(chars.next())
                } else {
                    out.push('\\')
                }
                continue;
            }
            c if quoted && c.is_control() => {
                out.push(' ');
                continue;
            }
            ']' | '}' if !quoted => {
                let kept = out.trim_end();
                if kept.ends_with(',') {
                    out.truncate(kept.len() - 1);
                }
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// The things that a block speaks of: itself, those of a list or graph, and what it is mainly about.
fn collect(value: Value, depth: usize, nodes: &mut Vec<Map<String, Value>>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(all) => all.into_iter().for_each(|value| collect(value, depth + 1, nodes)),
        Value::Object(mut node) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if node.get(key).is_some_and(|v| v.is_array() || v.is_object())
                    && let Some(inner) = node.remove(key)
                {
                    collect(inner, depth + 1, nodes);
                }
            }
            nodes.push(node);
        }
        _ => {}
    }
}

fn kinds(node: &Map<String, Value>) -> Vec<String> {
    let kind = |value: &Value| value.as_str().map(|k| k.rsplit(['/', ':']).next().unwrap_or(k).to_ascii_lowercase());
    match node.get("@type") {
        Some(Value::Array(all)) => all.iter().filter_map(kind).collect(),
        Some(value) => kind(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Where what is said of a thing stands in the table of trust; none where it is no article.
pub(super) fn place_of(node: &Map<String, Value>) -> Option<&'static str> {
    let kinds = kinds(node);
    let known = KINDS.iter().find(|(_, known)| kinds.iter().any(|kind| known.contains(&kind.as_str())));
    known.map(|(place, _)| *place)
}

fn article(node: &Node<'_>, place: &str, named: &NamesById, claims: &mut Claims<'_>) {
    let data = &node.data;
    let at = |key: &str| Lines::one(line_of(node.block, key, node.line));
    dates(data, place, &at, claims);
    if let Some(value) = data.get("headline").or_else(|| data.get("name")).and_then(string) {
        claims.headlines.push(text(&value, Asked::Headline, place, at("headline")));
    }
    for key in ["printSection", "articleSection"] {
        let section = |name: String| text(&name, Asked::Section, ARTICLE, at(key));
        match data.get(key) {
            Some(Value::Array(all)) => all.iter().filter_map(string).for_each(|name| claims.section(section(name))),
            one => one.and_then(string).into_iter().for_each(|name| claims.section(section(name))),
        }
    }
    let page =
        ["printPage", "pagination", "pageStart"].into_iter().find_map(|key| Some((key, string(data.get(key)?)?)));
    claims.placed.extend(page.map(|(key, page)| text(&page, Asked::Page, ARTICLE, at(key))));
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty() {
            people_of(data.get(key), named, &mut authors);
        }
    }
    if !authors.is_empty() {
        claims.bylines.push(text(&authors.join("; "), Asked::Byline, place, at("author")));
    }
    for publisher in [data.get("publisher"), data.get("sourceOrganization")].into_iter().flatten() {
        let name = publisher.as_object().and_then(|p| name_of(p).or_else(|| look_up(p, named)));
        if let Some(name) = name.or_else(|| string(publisher)) {
            claims.outlet(text(&name, Asked::Outlet, place, at("publisher")));
        }
    }
    if let Some(Value::Object(site)) = data.get("isPartOf")
        && let Some(name) = name_of(site).filter(|_| kinds(site).iter().any(|k| k == "website"))
    {
        claims.outlet(text(&name, Asked::Outlet, "json-ld-part", at("isPartOf")));
    }
}

fn dates(data: &Map<String, Value>, place: &str, at: &dyn Fn(&str) -> Lines, claims: &mut Claims<'_>) {
    let source = |rule| Source::of(Asked::Date, place, rule);
    if let Some(value) = data.get("datePublished").or_else(|| data.get("uploadDate")).and_then(string) {
        claims.date(&value, source("json-ld"), at("datePublished"));
    } else if let Some(value) = data.get("dateCreated").and_then(string) {
        claims.date(&value, source("json-ld-created"), at("dateCreated"));
    }
    if let Some(value) = data.get("dateModified").and_then(string) {
        claims.change(&value, at("dateModified"));
    }
}

fn text(value: &str, field: Asked, place: &str, lines: Lines) -> Candidate<String> {
    Candidate::new(plain(value), Source::of(field, place, "json-ld"), Some(lines))
}

/// The site's own name.
fn site(node: &Map<String, Value>, line: u32, claims: &mut Claims<'_>) {
    let kinds = kinds(node);
    let place = match () {
        () if kinds.iter().any(|k| k == "website") => "json-ld-website",
        () if kinds.iter().any(|k| k == "newsmediaorganization") => "json-ld-media",
        () if kinds.iter().any(|k| k == "organization") => "json-ld-organization",
        () => return,
    };
    if let Some(name) = name_of(node) {
        let source = Source::of(Asked::Outlet, place, "json-ld-site");
        claims.outlet(Candidate::new(plain(&name), source, Some(Lines::one(line))));
    }
}

fn people_of(value: Option<&Value>, named: &NamesById, people: &mut Vec<String>) {
    match value {
        Some(Value::Array(all)) => all.iter().for_each(|one| people_of(Some(one), named, people)),
        Some(Value::Object(one)) => {
            let organisation = kinds(one).iter().any(|k| k.contains("organization"));
            if let Some(name) = name_of(one).or_else(|| look_up(one, named)).filter(|_| !organisation) {
                people.push(name);
            }
        }
        Some(Value::String(name)) => people.push(by_id(name, named).unwrap_or_else(|| name.clone())),
        _ => {}
    }
}

fn look_up(node: &Map<String, Value>, named: &NamesById) -> Option<String> {
    by_id(&string(node.get("@id")?)?, named)
}

fn by_id(id: &str, named: &NamesById) -> Option<String> {
    named.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone())
}

fn name_of(node: &Map<String, Value>) -> Option<String> {
    match node.get("name") {
        Some(Value::Array(all)) => Some(all.iter().filter_map(string).collect::<Vec<_>>().join("; ")),
        Some(value) => string(value),
        None => {
            let part = |key: &str| node.get(key).and_then(string);
            Some(format!("{} {}", part("givenName")?, part("familyName")?))
        }
    }
}

fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Array(all) => all.first().and_then(string),
        Value::Object(one) => one.get("@value").and_then(string),
        _ => None,
    }
}

/// The line on which a key stands.
fn line_of(block: &str, key: &str, line: u32) -> u32 {
    let before = block.find(&format!("\"{key}\"")).map_or("", |at| &block[..at]);
    line + memchr::memchr_iter(b'\n', before.as_bytes()).count() as u32
}

/// A block that cannot be read as JSON: the first of each key that stands in it.
fn scan(block: &str, line: u32, claims: &mut Claims<'_>) {
    let value = |key: &str| {
        let after = &block[block.find(&format!("\"{key}\""))? + key.len() + 2..];
        let inside = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        inside.split_once('"').map(|(value, _)| value.to_owned())
    };
    let at = |key: &str| Lines::one(line_of(block, key, line));
    if let Some(date) = value("datePublished") {
        claims.date(&date, Source::of(Asked::Date, ARTICLE, "json-ld"), at("datePublished"));
    }
    if let Some(title) = value("headline") {
        claims.headlines.push(text(&title, Asked::Headline, "json-ld-broken", at("headline")));
    }
}
