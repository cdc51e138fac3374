//! What the lines of a text say of the outlet. Prose is never searched for names.

use super::evidence::{Candidate, Findings};
use super::names::{self, Outlets};
use super::page::{Page, Role};
use super::trust::{Asked, Source};
use super::{Label, address, date, lines};
use crate::article::{Confidence, Lines};
use crate::source::RawRecord;

mod follow;
mod hints;
mod holder;
mod masthead;
mod promo;
mod spelling;

use follow::followed;
use hints::Hints;
pub(super) use hints::is_other;
use holder::holder;
pub(super) use holder::note_copyright;
pub(super) use masthead::{is_listed_alone, is_section};
use masthead::{note_masthead, note_nav};
use promo::note_promo;
pub(super) use spelling::{better, is_one, spelled, usual};
use spelling::{is_same, key};

/// Finds what names the outlet.
pub(super) fn find(page: &Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let hints = Hints::new(page);
    let of_holder = |_: &str| Source::of(Asked::Outlet, "line", "copyright-holder");
    for (at, unit) in page.units.iter().enumerate() {
        let Role::Drop(kind) = unit.role else { continue };
        let lines = page.file_lines(at);
        match kind {
            Label::Nav if page.masthead == Some(at) => masthead::note(&unit.text, lines, found),
            Label::DateLine if page.head().contains(&at) => note_before_date(&unit.text, lines, page, found),
            Label::Promo | Label::AppPrompt => note_promo(&unit.text, lines, &hints, found),
            Label::Nav | Label::Label if !page.whole && page.head().contains(&at) => {
                let at_top = at == 0 && page.units.get(1).is_some_and(|next| next.label().is_some());
                note_masthead(&unit.text, at_top, lines, &hints, found);
            }
            Label::Nav if !page.whole && page.tail().contains(&at) => note_nav(&unit.text, lines, page.outlets, found),
            Label::Copyright => note_copyright(&unit.text, lines, &of_holder, page.outlets, found),
            _ => {}
        }
    }
    note_hosts(page, found);
    note_address(record, page.outlets, found);
}

/// Notes the outlet in a line of its name and a date: `The Guardian, 12 March 2019`.
fn note_before_date(text: &str, lines: Lines, page: &Page<'_>, found: &mut Findings) {
    let name = date::behind_name(text, page.locale).map(|(name, _)| name);
    if let Some(name) = name.filter(|name| page.outlets.is_like(name) && names::agency(name).is_none()) {
        masthead::note(name, lines, found);
    }
}

/// Notes the outlet at the record's own address.
pub(super) fn note_address(record: &RawRecord<'_>, outlets: Outlets<'_>, found: &mut Findings) {
    let host = found.url.as_deref().and_then(address::host);
    let name = host.and_then(|host| outlets.at(&host)).filter(|name| names::agency(name).is_none());
    if let Some(name) = name {
        let source = Source::of(Asked::Outlet, "address", "record-url");
        found.text(Candidate::new(name.to_owned(), source, lines::of_record(record)));
    }
}

/// Notes an outlet at the end of the headline's line.
pub(super) fn note_suffix(name: &str, lines: Lines, found: &mut Findings) {
    if names::agency(name).is_none() {
        let source = Source::of(Asked::Outlet, "line", "headline-suffix");
        found.text(Candidate::new(name.to_owned(), source, Some(lines)));
    }
}

/// Whether a line of furniture names the outlet too.
pub(super) fn is_named_elsewhere(page: &Page<'_>, name: &str) -> bool {
    let wanted = names::squash(name);
    page.units.iter().any(|unit| match unit.label() {
        Some(Label::Copyright) => holder(&unit.text, page.outlets).is_some_and(|h| names::squash(h) == wanted),
        Some(Label::Promo) => followed(&unit.text, page.outlets, &|_| false).iter().any(|f| names::squash(f) == wanted),
        Some(Label::Nav | Label::Label) => names::squash(&unit.text) == wanted,
        _ => false,
    })
}

/// Bare addresses tell the outlet where they all lead to one host; one unknown host alone tells nothing.
fn note_hosts(page: &Page<'_>, found: &mut Findings) {
    let mut hosts: Vec<(String, Lines)> = Vec::new();
    for (at, unit) in page.units.iter().enumerate().filter(|(_, unit)| unit.label() == Some(Label::Url)) {
        let lines = page.file_lines(at);
        hosts.extend(unit.text.split_whitespace().filter_map(address::host).map(|host| (host, lines)));
    }
    hosts.retain(|(host, _)| !is_other(host));
    let Some((host, first)) = hosts.first() else { return };
    if hosts.iter().any(|(other, _)| other != host) {
        return;
    }
    let lines = hosts.iter().fold(*first, |lines, (_, more)| lines.join(*more));
    let listed = page.outlets.at(host);
    let name = listed.unwrap_or(host);
    if let Some(agency) = names::agency(name) {
        return found.credit(agency, usize::MAX);
    }
    let of = |name: &str| key(name, page.outlets);
    let agreed = found.texts(Asked::Outlet).any(|c| is_same(&of(&c.value), &of(host)));
    // On a printed page, addresses are the page's own.
    if listed.is_some() || agreed || (hosts.len() >= 2 && page.wrap.is_some()) {
        let source = Source::of(Asked::Outlet, "line", "address-lines");
        let confidence = if listed.is_some() { Confidence::Medium } else { source.confidence };
        found.text(Candidate::new(name.to_owned(), source, Some(lines)).sure(confidence));
    }
}
