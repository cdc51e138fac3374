//! JSON-LD: what a page's data say of its article, as far as they can be read.

use serde_json::{Map, Value};

use super::{Claims, trust};
use crate::article::{Confidence, Lines};
use crate::extract::candidate::Candidate;
use crate::extract::date;
use crate::extract::stamp::Stamp;
use crate::source::plain;

/// Kinds of things that are articles, with the trust in what is said of them.
const KINDS: &[(&str, u8)] = &[
    ("newsarticle", 1),
    ("reportagenewsarticle", 1),
    ("analysisnewsarticle", 1),
    ("opinionnewsarticle", 1),
    ("reviewnewsarticle", 1),
    ("askpublicnewsarticle", 1),
    ("backgroundnewsarticle", 1),
    ("advertisercontentarticle", 1),
    ("satiricalarticle", 1),
    ("scholarlyarticle", 1),
    ("medicalscholarlyarticle", 1),
    ("techarticle", 1),
    ("article", 1),
    ("blogposting", 1),
    ("liveblogposting", 1),
    ("socialmediaposting", 1),
    ("report", 1),
    ("pressrelease", 1),
    ("discussionforumposting", 1),
    ("review", 1),
    ("recipe", 1),
    ("howto", 1),
    ("podcastepisode", 5),
    ("videoobject", 7),
    ("webpage", 5),
    ("itempage", 5),
    ("medicalwebpage", 5),
    ("creativework", 6),
];

/// Things nested deeper are not looked at.
const DEEPEST: usize = 6;

/// A thing that a block speaks of, with the block and the line of the file on which it begins.
struct Node<'b> {
    data: Map<String, Value>,
    block: &'b str,
    line: u32,
}

/// Names of things by their `@id`.
type Named = Vec<(String, String)>;

/// Reads all blocks of a page into candidates.
pub(super) fn read(blocks: &[(&str, u32)], claims: &mut Claims) {
    let mut nodes: Vec<Node<'_>> = Vec::new();
    for &(block, line) in blocks {
        match parse(block) {
            Some(value) => {
                let mut found = Vec::new();
                collect(value, 0, &mut found);
                nodes.extend(found.into_iter().map(|data| Node { data, block, line }));
            }
            None => scan(block, line, claims),
        }
    }
    let named = |node: &Node<'_>| Some((string(node.data.get("@id")?)?, name_of(&node.data)?));
    let named: Named = nodes.iter().filter_map(named).collect();
    // Of several articles the first is the page's; the others stand in lists.
    let first = nodes.iter().position(|node| rank_of(&node.data) == Some(1));
    for (at, node) in nodes.iter().enumerate() {
        match rank_of(&node.data) {
            Some(1) if first != Some(at) => {}
            Some(rank) => article(node, rank, &named, claims),
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

fn rank_of(node: &Map<String, Value>) -> Option<u8> {
    let kinds = kinds(node);
    KINDS.iter().filter(|(kind, _)| kinds.iter().any(|k| k == kind)).map(|(_, rank)| *rank).min()
}

fn article(node: &Node<'_>, rank: u8, named: &Named, claims: &mut Claims) {
    let data = &node.data;
    let at = |key: &str| Lines::one(line_of(node.block, key, node.line));
    dates(data, rank, &at, claims);
    if let Some(value) = data.get("headline").or_else(|| data.get("name")).and_then(string) {
        claims.headlines.push(text(&value, rank, at("headline")));
    }
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty() {
            people_of(data.get(key), named, &mut authors);
        }
    }
    if !authors.is_empty() {
        claims.bylines.push(text(&authors.join("; "), rank, at("author")));
    }
    for publisher in [data.get("publisher"), data.get("sourceOrganization")].into_iter().flatten() {
        let name = publisher.as_object().and_then(|p| name_of(p).or_else(|| look_up(p, named)));
        if let Some(name) = name.or_else(|| string(publisher)) {
            claims.outlet(text(&name, rank + 1, at("publisher")));
        }
    }
    if let Some(Value::Object(site)) = data.get("isPartOf")
        && let Some(name) = name_of(site).filter(|_| kinds(site).iter().any(|k| k == "website"))
    {
        claims.outlet(text(&name, SITE, at("isPartOf")));
    }
}

/// Trust in the name of a site that an article is said to be part of.
const SITE: u8 = 4;

fn dates(data: &Map<String, Value>, rank: u8, at: &dyn Fn(&str) -> Lines, claims: &mut Claims) {
    if let Some(value) = data.get("datePublished").or_else(|| data.get("uploadDate")).and_then(string) {
        claims.date(&value, trust(rank, 0), "json-ld", at("datePublished"));
    } else if let Some(value) = data.get("dateCreated").and_then(string) {
        claims.date(&value, trust(rank + 2, 15), "json-ld-created", at("dateCreated"));
    }
    if let Some(Stamp::Date(value)) =
        data.get("dateModified").and_then(string).and_then(|v| date::read_given(&v, claims.locale))
    {
        claims.updated.push((value, at("dateModified")));
    }
}

fn text(value: &str, rank: u8, lines: Lines) -> Candidate<String> {
    let confidence = if rank <= 2 { Confidence::High } else { Confidence::Medium };
    Candidate { value: plain(value), rank: trust(rank, 0), confidence, rule: "json-ld", lines: Some(lines) }
}

/// The site's own name.
fn site(node: &Map<String, Value>, line: u32, claims: &mut Claims) {
    let kinds = kinds(node);
    let rank = match () {
        () if kinds.iter().any(|k| k == "website") => 4,
        () if kinds.iter().any(|k| k == "newsmediaorganization") => 5,
        () if kinds.iter().any(|k| k == "organization") => 6,
        () => return,
    };
    if let Some(name) = name_of(node) {
        let value = plain(&name);
        let lines = Some(Lines::one(line));
        claims.outlet(Candidate {
            value,
            rank: trust(rank, 0),
            confidence: Confidence::Medium,
            rule: "json-ld-site",
            lines,
        });
    }
}

fn people_of(value: Option<&Value>, named: &Named, people: &mut Vec<String>) {
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

fn look_up(node: &Map<String, Value>, named: &Named) -> Option<String> {
    by_id(&string(node.get("@id")?)?, named)
}

fn by_id(id: &str, named: &Named) -> Option<String> {
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
fn scan(block: &str, line: u32, claims: &mut Claims) {
    let value = |key: &str| {
        let after = &block[block.find(&format!("\"{key}\""))? + key.len() + 2..];
        let inside = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        inside.split_once('"').map(|(value, _)| value.to_owned())
    };
    if let Some(date) = value("datePublished") {
        claims.date(&date, trust(1, 0), "json-ld", Lines::one(line_of(block, "datePublished", line)));
    }
    if let Some(title) = value("headline") {
        let lines = Some(Lines::one(line_of(block, "headline", line)));
        let value = plain(&title);
        claims.headlines.push(Candidate {
            value,
            rank: trust(2, 0),
            confidence: Confidence::Medium,
            rule: "json-ld",
            lines,
        });
    }
}
