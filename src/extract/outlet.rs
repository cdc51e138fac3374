//! The outlet: candidates that the page's structure gives, in trust order. Prose is never searched for names.

use super::candidate::{Candidate, Choice, choose};
use super::findings::Findings;
use super::page::{Page, Role};
use super::stated::RECORD;
use super::words::title_case;
use super::{Label, Warning, label, names};
use crate::article::{Confidence, Field, Lines};
use crate::source::RawRecord;

mod follow;
mod hints;
mod holder;
mod masthead;

use follow::{followed, note_promo};
use hints::Hints;
pub(super) use hints::is_other;
use holder::holder;
pub(in crate::extract) use holder::note_copyright;
pub(super) use masthead::is_listed_alone;
use masthead::{note_masthead, note_nav};

const FOLLOW: u8 = RECORD + 1;

/// Rank of an outlet in a dateline's brackets.
pub(super) const DATELINE_RANK: u8 = RECORD + 2;

/// Its rule.
pub(super) const DATELINE_RULE: &str = "dateline-source";

const MASTHEAD: u8 = RECORD + 3;

const SUFFIX: u8 = RECORD + 4;

const COPYRIGHT: u8 = RECORD + 5;

const ADDRESS: u8 = RECORD + 6;

const RECORD_URL: u8 = RECORD + 7;

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
    note_given(record, found);
    let hints = Hints::new(page);
    for (at, unit) in page.units.iter().enumerate() {
        let Role::Drop(kind) = unit.role else { continue };
        let lines = page.file_lines(at);
        match kind {
            Label::Promo | Label::AppPrompt => note_promo(&unit.text, lines, &hints, found),
            Label::Nav | Label::Label if page.head().contains(&at) => note_masthead(&unit.text, lines, &hints, found),
            Label::Nav if page.tail().contains(&at) => note_nav(&unit.text, lines, found),
            Label::Copyright => note_copyright(&unit.text, lines, found),
            _ => {}
        }
    }
    note_hosts(page, found);
    note_address(record, RECORD_URL, found);
    settle(found);
    found.outlet = found.outlet.take().map(spelled);
}

/// Notes the outlet at the record's own address.
pub(super) fn note_address(record: &RawRecord<'_>, rank: u8, found: &mut Findings) {
    let of_record = Some(Lines::one(record.first_line)).filter(|_| record.place.is_some());
    let host = found.url.as_deref().and_then(label::host);
    if let Some(name) = host.and_then(|host| names::outlet_at(&host)).filter(|name| names::agency(name).is_none()) {
        found.outlets.push(candidate(&name, rank, Confidence::Medium, "record-url", of_record));
    }
}

/// Notes the outlet that the record itself gives.
pub(super) fn note_given(record: &RawRecord<'_>, found: &mut Findings) {
    if let Some(given) = &record.given.outlet {
        let lines = Some(Lines::one(record.first_line)).filter(|_| record.place.is_some());
        found.outlets.push(candidate(given, RECORD, Confidence::Given, "record", lines));
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
        Some(Label::Promo) => followed(&unit.text, &Hints::none()).iter().any(|f| names::squash(f) == wanted),
        Some(Label::Nav | Label::Label) => names::squash(&unit.text) == wanted,
        _ => false,
    })
}

/// Bare addresses tell the outlet where they all lead to one host; one unknown host alone tells nothing.
fn note_hosts(page: &Page<'_>, found: &mut Findings) {
    let mut hosts: Vec<(String, Lines)> = Vec::new();
    for (at, unit) in page.units.iter().enumerate().filter(|(_, unit)| unit.label() == Some(Label::Url)) {
        let lines = page.file_lines(at);
        hosts.extend(unit.text.split_whitespace().filter_map(label::host).map(|host| (host, lines)));
    }
    hosts.retain(|(host, _)| !is_other(host));
    let Some((host, first)) = hosts.first() else { return };
    if hosts.iter().any(|(other, _)| other != host) {
        return;
    }
    let lines = hosts.iter().fold(*first, |lines, (_, more)| lines.join(*more));
    let listed = names::outlet_at(host);
    if let Some(agency) = names::agency(listed.as_deref().unwrap_or(host)) {
        return found.credit(agency, usize::MAX);
    }
    let agreed = found.outlets.iter().any(|c| is_same(&key(&c.value), &key(host)));
    // On a printed page, addresses are the page's own.
    if listed.is_some() || agreed || (hosts.len() >= 2 && page.wrap.is_some()) {
        let confidence = if listed.is_some() { Confidence::Medium } else { Confidence::Low };
        found.outlets.push(candidate(
            listed.as_deref().unwrap_or(host),
            ADDRESS,
            confidence,
            "address-lines",
            Some(lines),
        ));
    }
}

/// Whether two keys mean one outlet: the same, or the one with more words behind, as a publisher's name has.
fn is_same(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || (short.len() >= 6 && long.starts_with(short))
}

/// What spellings of one outlet share: its letters, without the ending of a host.
fn key(name: &str) -> String {
    let lower = name.trim().to_ascii_lowercase();
    let host = label::host(&lower).filter(|_| !lower.contains(' '));
    let bare = host.as_deref().map_or(lower.as_str(), |h| h.split('.').next().unwrap_or(h));
    let known = names::outlet(name).or_else(|| host.as_deref().and_then(names::outlet_at));
    known.map_or_else(|| names::squash(bare), |known| names::squash(&known))
}

/// The better spelling of two that mean the same outlet.
fn better(one: &str, other: &str) -> Option<String> {
    if key(one) != key(other) {
        return is_same(&key(one), &key(other)).then(|| one.to_owned());
    }
    let worth = |name: &str| {
        let mixed = name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
        (names::outlet(name).is_some(), mixed, name.contains(' '), !name.contains('.'))
    };
    Some(if worth(other) > worth(one) { other } else { one }.to_owned())
}

/// Chooses among the candidates.
pub(super) fn settle(found: &mut Findings) {
    let candidates = std::mem::take(&mut found.outlets);
    match choose(candidates, |one: &String, other: &String| better(one, other)) {
        Choice::Field(field) => found.outlet = Some(field),
        Choice::Conflict(values) => {
            found.warnings.push(Warning::Conflict("outlet", values.iter().map(|v| usual(v)).collect()))
        }
        Choice::Nothing => {}
    }
}

/// The field in the outlet's usual spelling; a record's own words and a flag's stay as they are.
fn spelled(mut field: Field<String>) -> Field<String> {
    if field.confidence != Confidence::Given || !matches!(field.rule.as_ref(), "record" | "flag") {
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
pub(super) fn usual(name: &str) -> String {
    if let Some(known) = names::outlet(name).or_else(|| label::host(name).and_then(|host| names::outlet_at(&host))) {
        return known.to_string();
    }
    if !name.contains(' ') || !super::words::is_all_caps(name) {
        return names::split_camel(name);
    }
    // `OSTRAND DAILY` is shouted, `CBS SF` is not.
    let word =
        |word: &str| if word.len() > 3 || word == "THE" { title_case(word).into_owned() } else { word.to_owned() };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
