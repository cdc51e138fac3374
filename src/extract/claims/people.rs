//! Names of people out of what a page states as its author.

use crate::extract::names;
use crate::extract::words::{is_all_caps, strip_prefix_ci, title_case};

/// Words before a name that are no part of it.
const BEFORE: &[&str] = &[
    "by ",
    "by: ",
    "von ",
    "par ",
    "por ",
    "di ",
    "door ",
    "author: ",
    "written by ",
    "posted by ",
    "words by ",
    "reported by ",
    "story by ",
    "text: ",
    "text by ",
    "reviewed by ",
    "review by ",
    "interview by ",
    "guest post by ",
    "opinion by ",
    "analysis by ",
    "autor: ",
    "dr. ",
    "prof. ",
    "mr. ",
    "mrs. ",
    "ms. ",
];

/// The people that a claim names, joined by commas; none where it names an organisation, an address or a login.
pub(in crate::extract) fn people(claim: &str, outlet: Option<&str>) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    let parts =
        claim.split([';', '|', '/', '\n', '•', '·']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" & "));
    let parts = parts.flat_map(|p| p.split(" und ")).flat_map(|p| p.split(" et ")).flat_map(|p| p.split(" with "));
    for part in parts.flat_map(|p| p.split(',')) {
        if let Some(name) = person(part, outlet)
            && !found.iter().any(|known| names::squash(known) == names::squash(&name))
        {
            found.push(name);
        }
    }
    (!found.is_empty() && found.len() <= 12).then(|| found.join(", "))
}

/// One person's name, cleaned.
fn person(part: &str, outlet: Option<&str>) -> Option<String> {
    let mut name = part.trim().trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')'));
    while let Some(rest) = BEFORE.iter().find_map(|word| strip_prefix_ci(name, word)) {
        name = rest.trim_start();
    }
    for word in [" for ", " at ", " in ", " of ", " (", " - ", " – ", " — ", " @", " on "] {
        name = name.split(word).next().unwrap_or(name).trim();
    }
    if name.contains(['@', '/', ':', '_']) || name.chars().any(|c| c.is_ascii_digit()) || name.len() > 60 {
        return None;
    }
    let is_site = outlet.is_some_and(|outlet| names::squash(outlet) == names::squash(name));
    if is_site || names::agency(name).is_some() || names::outlet(name).is_some() {
        return None;
    }
    let shown = if is_all_caps(name) { title_case(name).into_owned() } else { name.to_owned() };
    let foreign = shown.chars().any(|c| c > '\u{24f}') && shown.chars().count() >= 2 && shown.split(' ').count() <= 4;
    (names::is_person_like(&shown) || foreign).then_some(shown)
}
