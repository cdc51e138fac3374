//! The outlet: candidates that the page's structure gives, in trust order. Prose is never searched for names.

use super::candidate::{Candidate, Choice, choose};
use super::findings::Findings;
use super::page::{Page, Role};
use super::words::strip_prefix_ci;
use super::{Label, Warning, label, names};
use crate::article::{Confidence, Field, Lines};
use crate::source::RawRecord;

const RECORD: u8 = 0;
const FOLLOW: u8 = 1;
/// Rank of an outlet in a dateline's brackets.
pub(super) const DATELINE_RANK: u8 = 2;
/// Its rule.
pub(super) const DATELINE_RULE: &str = "dateline-source";
const MASTHEAD: u8 = 3;
const SUFFIX: u8 = 4;
const COPYRIGHT: u8 = 5;
const ADDRESS: u8 = 6;
const RECORD_URL: u8 = 7;

/// Networks that a `Follow … on` line names.
const NETWORKS: &[&str] = &[
    "twitter",
    "facebook",
    "telegram",
    "instagram",
    "whatsapp",
    "youtube",
    "google",
    "linkedin",
    "x",
    "threads",
    "tiktok",
    "vk",
    "social",
];

/// Hosts that are no news outlet's own.
const OTHER_HOSTS: &[&str] = &[
    "twitter.com",
    "x.com",
    "t.co",
    "facebook.com",
    "fb.com",
    "youtube.com",
    "youtu.be",
    "instagram.com",
    "bit.ly",
    "t.me",
    "telegram.org",
    "telegram.me",
    "whatsapp.com",
    "linkedin.com",
    "reddit.com",
    "tinyurl.com",
    "goo.gl",
    "google.com",
    "pinterest.com",
    "tiktok.com",
    "vk.com",
    "ow.ly",
    "archive.org",
    "wikipedia.org",
    "gov.uk",
    "change.org",
    "gofundme.com",
    "apple.com",
    "spotify.com",
    "soundcloud.com",
    "scribd.com",
    "documentcloud.org",
];

fn candidate(
    name: &str,
    rank: u8,
    confidence: Confidence,
    rule: &'static str,
    lines: Option<Lines>,
) -> Candidate<String> {
    Candidate { value: name.trim().to_owned(), rank, confidence, rule, lines }
}

/// Finds the outlet.
pub(super) fn find(page: &Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let of_record = Some(Lines::one(record.first_line)).filter(|_| record.place.is_some());
    if let Some(given) = &record.given.outlet {
        found.outlets.push(candidate(given, RECORD, Confidence::Given, "record", of_record));
    }
    let mut hosts: Vec<(String, Lines)> = Vec::new();
    for (at, unit) in page.units.iter().enumerate() {
        let Role::Drop(kind) = unit.role else { continue };
        let lines = page.file_lines(at);
        let edge = page.prose.is_none_or(|(first, last)| at < first || at > last);
        match kind {
            Label::Promo | Label::AppPrompt => note_promo(&unit.text, lines, found),
            Label::Nav if edge => note_nav(&unit.text, lines, found),
            Label::Copyright => note_copyright(&unit.text, lines, found),
            Label::Url => hosts.extend(unit.text.split_whitespace().filter_map(label::host).map(|host| (host, lines))),
            _ => {}
        }
    }
    note_hosts(&hosts, found);
    let host = record.given.url.as_deref().and_then(label::host);
    if let Some(name) = host.and_then(|host| names::outlet_at(&host)).filter(|name| names::agency(name).is_none()) {
        found.outlets.push(candidate(name, RECORD_URL, Confidence::Medium, "record-url", of_record));
    }
    settle(found);
}

/// `Follow Trend on Telegram`, `Follow CBSMIAMI.COM: Facebook | Twitter`, `Get the CBS News app`.
fn note_promo(text: &str, lines: Lines, found: &mut Findings) {
    if let Some(name) = followed(text) {
        let confidence =
            if names::outlet(name).is_some() || name.contains('.') { Confidence::High } else { Confidence::Medium };
        found.outlets.push(candidate(name, FOLLOW, confidence, "follow-line", Some(lines)));
        return;
    }
    let lower = text.to_ascii_lowercase();
    let between = |head: &str, tail: &str| {
        let start = lower.find(head)? + head.len();
        let end = start + lower[start..].find(tail)?;
        Some(text[start..end].trim())
    };
    let app = between("the ", " app")
        .filter(|_| lower.contains("get the") || lower.contains("download the") || lower.contains("install the"));
    let home = between("visit ", "'s homepage").or_else(|| between("visit ", "’s homepage"));
    let open = lower.strip_suffix(" app open").map(|rest| &text[..rest.len()]);
    if let Some(name) = app.or(home).or(open).filter(|name| names::outlet(name).is_some()) {
        found.outlets.push(candidate(name, MASTHEAD, Confidence::Medium, "site-line", Some(lines)));
    }
}

/// Whom a line asks to follow, where that is an outlet.
fn followed(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = ["follow ", "like ", "join ", "subscribe to "].iter().find_map(|p| strip_prefix_ci(text, p))?;
    let on = rest.find(" on ").filter(|at| {
        let next = rest[at + 4..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        NETWORKS.contains(&next.to_ascii_lowercase().as_str())
    });
    let name = rest[..on.or_else(|| rest.find(':'))?].trim().trim_end_matches("'s").trim_end_matches("’s");
    let first = name.split_whitespace().next()?;
    let vague = ["us", "our", "him", "her", "them", "me", "the", "this", "all", "more"]
        .contains(&first.to_ascii_lowercase().as_str());
    let the = strip_prefix_ci(name, "the ").is_some_and(super::words::is_capital);
    let short = name.split_whitespace().count() <= 5 && first.chars().next().is_some_and(char::is_uppercase);
    let one = !name.contains(' ');
    let outlet = one || names::is_outlet_like(name);
    (short && (!vague || the) && outlet && names::agency(name).is_none()).then_some(name)
}

/// `Azernews Newspaper`, `Watch CBS News`, `The Harbour Gazette` where the site's name stands.
fn note_nav(text: &str, lines: Lines, found: &mut Findings) {
    let end = text.len().saturating_sub(" newspaper".len());
    let paper = text.get(end..).filter(|t| t.eq_ignore_ascii_case(" newspaper")).map(|_| &text[..end]);
    let watch = ["Watch ", "Welcome to ", "View "]
        .iter()
        .find_map(|p| text.strip_prefix(p))
        .map(|n| n.strip_suffix(" In").unwrap_or(n));
    let named = watch.filter(|n| names::outlet(n).is_some());
    if let Some(name) = paper.or(named) {
        found.outlets.push(candidate(name, MASTHEAD, Confidence::Medium, "masthead", Some(lines)));
    } else {
        note_masthead(text, lines, found);
    }
}

/// Notes a line above the text that is an outlet's name and nothing else.
pub(super) fn note_masthead(text: &str, lines: Lines, found: &mut Findings) {
    let known = names::outlet(text).is_some();
    let made =
        text.split_whitespace().count() >= 2 && strip_prefix_ci(text, "the ").is_some() && names::has_outlet_word(text);
    if (known || made) && names::agency(text).is_none() {
        found.outlets.push(candidate(text, MASTHEAD, Confidence::Medium, "masthead", Some(lines)));
    }
}

/// Notes an outlet at the end of the headline's line.
pub(super) fn note_suffix(name: &str, lines: Lines, found: &mut Findings) {
    if names::agency(name).is_none() {
        found.outlets.push(candidate(name, SUFFIX, Confidence::Medium, "headline-suffix", Some(lines)));
    }
}

/// Whether a line of furniture names the outlet too.
pub(super) fn is_named_elsewhere(page: &Page<'_>, name: &str) -> bool {
    let wanted = names::squash(name);
    page.units.iter().any(|unit| match unit.label() {
        Some(Label::Copyright) => holder(&unit.text).is_some_and(|h| names::squash(h) == wanted),
        Some(Label::Promo) => followed(&unit.text).is_some_and(|f| names::squash(f) == wanted),
        Some(Label::Nav | Label::Label) => names::squash(&unit.text) == wanted,
        _ => false,
    })
}

/// The holder of a copyright, as an outlet; a wire agency is credited.
fn note_copyright(text: &str, lines: Lines, found: &mut Findings) {
    let Some(name) = holder(text) else { return };
    if names::agency(name).is_some() {
        return found.credit(name, usize::MAX);
    }
    let confidence = if names::outlet(name).is_some() { Confidence::Medium } else { Confidence::Low };
    found.outlets.push(candidate(name, COPYRIGHT, confidence, "copyright-holder", Some(lines)));
}

/// Forms of companies, which are no part of an outlet's name.
const COMPANY: &[&str] = &[
    " inc",
    " llc",
    " ltd",
    " limited",
    " gmbh",
    " corp",
    " corporation",
    " company",
    " co",
    " plc",
    " pty",
    " l.p",
    " lp",
    " ag",
    " group",
    " holdings",
    " broadcasting",
    " publishing",
    " publications",
    " interactive",
    " pvt",
    " s.a",
    " b.v",
    " oy",
    " ab",
];

/// Whose copyright a line states.
fn holder(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    for word in ["copyright", "all content", "c) ", "copyright"] {
        rest = strip_prefix_ci(rest, word).unwrap_or(rest).trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    rest = strip_prefix_ci(rest, "c)").unwrap_or(rest);
    rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    rest = strip_prefix_ci(rest, "by ").or_else(|| strip_prefix_ci(rest, "of ")).unwrap_or(rest);
    let end =
        ["all rights", "reprinted", "republished", "registered", "powered", "terms", "privacy", "no part", "click"]
            .iter()
            .filter_map(|stop| rest.to_ascii_lowercase().find(stop))
            .chain(rest.find(['|', ';', '©', '\n']))
            .chain(rest.match_indices(". ").map(|(at, _)| at).find(|at| *at > 3 && !rest[..*at].ends_with("St")))
            .min()
            .unwrap_or(rest.len());
    let mut name = rest[..end].trim_matches(|c: char| !c.is_alphanumeric());
    name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ' ' | ','));
    if names::outlet(name).is_some() || names::agency(name).is_some() {
        return Some(name);
    }
    while let Some(shorter) = COMPANY.iter().find_map(|form| {
        let bare = name.trim_end_matches(['.', ',', ' ']);
        let at = bare.len().checked_sub(form.len())?;
        bare.get(at..)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(form))
            .then(|| bare[..at].trim_end_matches(['.', ',', ' ']))
    }) {
        name = shorter;
    }
    let words = name.split_whitespace().count();
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let outlet = names::is_outlet_like(name) || words == 1;
    (capital && (1..=6).contains(&words) && outlet && name.len() >= 2).then_some(name)
}

/// Bare addresses tell the outlet where they all lead to one host.
fn note_hosts(hosts: &[(String, Lines)], found: &mut Findings) {
    let other =
        |host: &str| OTHER_HOSTS.iter().any(|o| host == *o || host.strip_suffix(o).is_some_and(|h| h.ends_with('.')));
    let own: Vec<&(String, Lines)> = hosts.iter().filter(|(host, _)| !other(host)).collect();
    let Some((host, first)) = own.first() else { return };
    if own.iter().any(|(other, _)| other != host) {
        return;
    }
    let lines = own.iter().fold(*first, |lines, (_, more)| lines.join(*more));
    let name = names::outlet_at(host).unwrap_or(host);
    if names::agency(name).is_some() {
        return found.credit(name, usize::MAX);
    }
    let confidence = if names::outlet_at(host).is_some() { Confidence::Medium } else { Confidence::Low };
    found.outlets.push(candidate(name, ADDRESS, confidence, "address-lines", Some(lines)));
}

/// What spellings of one outlet share: its letters, without the ending of a host.
fn key(name: &str) -> String {
    let lower = name.trim().to_ascii_lowercase();
    let host = label::host(&lower).filter(|_| !lower.contains(' '));
    let bare = host.as_deref().map_or(lower.as_str(), |h| h.split('.').next().unwrap_or(h));
    let known = names::outlet(name).or_else(|| host.as_deref().and_then(names::outlet_at));
    known.map_or_else(|| names::squash(bare), names::squash)
}

/// The better spelling of two that mean the same outlet.
fn better(one: &str, other: &str) -> Option<String> {
    if key(one) != key(other) {
        return None;
    }
    let worth = |name: &str| {
        let mixed = name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
        (names::outlet(name).is_some(), mixed, name.contains(' '), !name.contains('.'))
    };
    Some(if worth(other) > worth(one) { other } else { one }.to_owned())
}

fn settle(found: &mut Findings) {
    let candidates = std::mem::take(&mut found.outlets);
    match choose(candidates, |one: &String, other: &String| better(one, other)) {
        Choice::Field(field) => found.outlet = Some(spelled(field)),
        Choice::Conflict(values) => {
            found.warnings.push(Warning::Conflict("outlet", values.iter().map(|v| usual(v)).collect()))
        }
        Choice::Nothing => {}
    }
}

/// The field in the outlet's usual spelling; a record's own words stay as they are.
fn spelled(mut field: Field<String>) -> Field<String> {
    if field.confidence != Confidence::Given || field.rule != "record" {
        field.value = usual(&field.value);
    }
    let mut seen = vec![key(&field.value)];
    field.alternatives.iter_mut().for_each(|other| other.value = usual(&other.value));
    field.alternatives.retain(|other| {
        let fresh = !seen.contains(&key(&other.value));
        seen.push(key(&other.value));
        fresh
    });
    field
}

/// A name as the outlet itself writes it, as far as the list or its own capitals tell.
fn usual(name: &str) -> String {
    if let Some(known) = names::outlet(name).or_else(|| label::host(name).and_then(|host| names::outlet_at(&host))) {
        return known.to_owned();
    }
    names::split_camel(name)
}
