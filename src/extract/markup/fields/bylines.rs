//! The byline of a page: people that it states for machines, and the names that stand where authors do.

use super::signatures::{self, Signature, holds};
use super::view::{NEAR, View};
use crate::article::Confidence;
use crate::extract::byline::{self, Grounds};
use crate::extract::claims::{self, Claims, Naming};
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::names::Outlets;
use crate::extract::page::Role;
use crate::extract::settle::outlet_so_far;
use crate::extract::trust::{Asked, Source};
use crate::extract::words::strip_prefix_ci;
use crate::extract::{Label, names};
use crate::lexicon::Locale;

/// Most words of a line of names.
const WORDS: u8 = 16;

/// Meta elements that name whoever wrote the page's template, or put the article in, as often as its author.
const UNSURE: &[&str] = &["author", "dc.creator", "dcterms.creator", "article:author", "json-ld"];

/// Finds what names the authors; agencies that stand in their place are credited.
pub(super) fn find(view: &View<'_, '_>, claims: &mut Claims<'_>, found: &mut Findings) {
    let sites = site_keys(view, claims, found);
    let naming = Naming { sites: &sites, locale: view.page.locale, outlets: view.page.outlets };
    let (signed, agencies) = signatures::find(view, naming);
    agencies.into_iter().for_each(|agency| found.credit(agency, usize::MAX));
    let mut stated: Vec<Candidate<String>> = Vec::new();
    for candidate in joined(std::mem::take(&mut claims.bylines), view.page.outlets) {
        if let Some(value) = naming.people(&candidate.value, true) {
            stated.push(Candidate { value, ..candidate });
        } else if let Some(agency) = names::agency(candidate.value.trim()) {
            found.credit(agency, usize::MAX);
        }
    }
    found.text_all(signed.map(|signed| signature(signed, &stated)));
    found.text_all(stated);
    if found.texts(Asked::Byline).all(|c| c.source.is_stated()) {
        found.text_all(shown(view, naming).or_else(|| named_alone(view, naming)));
    }
    for unit in view.page.units.iter().filter(|unit| unit.role == Role::Drop(Label::Byline)) {
        let read = byline::read(&unit.text, view.page.locale, view.page.outlets);
        let beside = read.map_or_else(Vec::new, |byline| byline.organisations);
        let parts = unit.text.split([',', '/', '|']).map(|part| part.trim_start_matches("By "));
        for name in parts.chain(beside).filter_map(names::agency) {
            found.credit(name, view.page.lines[unit.lines.start].start);
        }
    }
}

/// Keys of names that are the site's and no author's.
fn site_keys(view: &View<'_, '_>, claims: &Claims<'_>, found: &Findings) -> Vec<String> {
    let mut keys = claims.site_keys();
    // The host of a blog may well be its author's name.
    keys.retain(|key| claims.label.as_ref() != Some(key) || claims.sites.iter().any(|site| claims::key(site) == *key));
    let outlet = outlet_so_far(found, view.page.outlets).filter(|outlet| outlet.rule != "title-host");
    keys.extend(outlet.map(|outlet| claims::key(&outlet.value)));
    keys.retain(|key| key.len() >= 2);
    keys
}

/// Claims of one rule as one, in the order of trust: a page names several authors in several elements.
fn joined(mut claims: Vec<Candidate<String>>, outlets: Outlets<'_>) -> Vec<Candidate<String>> {
    claims.sort_by_key(|c| c.source.trust);
    let mut joined: Vec<Candidate<String>> = Vec::new();
    for claim in claims {
        match joined.iter_mut().find(|known| known.source == claim.source) {
            Some(known) => {
                let is_turned = |name: &str| name.matches(", ").count() == 1;
                let turned = |name: &str| if is_turned(name) { turned(name, outlets) } else { name.to_owned() };
                known.value = format!("{}; {}", turned(&known.value), turned(&claim.value));
            }
            None => joined.push(claim),
        }
    }
    joined
}

/// `Kowal, Anna` the way it is said, before it stands beside other names.
fn turned(name: &str, outlets: Outlets<'_>) -> String {
    let naming = Naming { sites: &[], locale: Locale::default(), outlets };
    naming.people(name, false).filter(|said| !said.contains(',')).unwrap_or_else(|| name.to_owned())
}

/// Whether names on the page go before the stated ones: they are more, or another claim agrees with them, or they stand
/// after `By` under the headline and what is stated may be anybody.
fn is_better(signed: &Signature, stated: &[Candidate<String>]) -> bool {
    let Some(best) = stated.first() else { return true };
    if holds(&best.value, &signed.names) {
        return false;
    }
    let more = holds(&signed.names, &best.value);
    let agreed = stated.iter().skip(1).any(|c| holds(&c.value, &signed.names));
    let unsure = UNSURE.contains(&best.rule()) && best.rule() != "json-ld";
    let whole = signed.names.split(", ").all(|name| name.contains(' '));
    more || (agreed && signed.near) || (unsure && signed.led && whole && (signed.near || signed.stated))
}

/// A signature as evidence: before what is stated, or behind it.
fn signature(signed: Signature, stated: &[Candidate<String>]) -> Candidate<String> {
    let place = if is_better(&signed, stated) { "signed" } else { "beside" };
    let source = Source::of(Asked::Byline, place, "byline");
    let confidence = if signed.led && signed.near { Confidence::High } else { source.confidence };
    Candidate::new(signed.names, source, Some(signed.lines)).sure(confidence)
}

/// The first line of names around the headline and the text that begins with `By`.
fn shown(view: &View<'_, '_>, naming: Naming<'_>) -> Option<Candidate<String>> {
    let (first, last) = view.page.prose?;
    let from = first.saturating_sub(2 * NEAR);
    let until = view.page.units.len().min(last + NEAR);
    let read = |line| byline::read(line, view.page.locale, view.page.outlets);
    (from..until).find_map(|at| {
        let unit = &view.page.units[at];
        let element = view.element(at);
        let english = strip_prefix_ci(&unit.text, "by ").is_some() && unit.label() == Some(Label::Byline);
        let edge = (first.saturating_sub(NEAR)..first).contains(&at) || at + 2 >= last;
        let led = english || (edge && claims::is_led(&unit.text, view.page.locale) && unit.shape.words <= 6);
        if unit.shape.words > WORDS || unit.role == Role::Headline || !led || view.chosen.is_beside(element) {
            return None;
        }
        // without capitals a short line is names only where it was told as such
        let told = || {
            unit.label() == Some(Label::Byline) || read(&unit.text).is_some_and(|byline| byline.told == Grounds::Colon)
        };
        let value =
            names_of_line(&unit.text, naming).filter(|value| !value.starts_with(names::is_caseless) || told())?;
        let source = Source::of(Asked::Byline, "shown", "byline");
        let confidence = if english { Confidence::High } else { source.confidence };
        Some(Candidate::new(value, source, Some(view.page.file_lines(at))).sure(confidence))
    })
}

/// The first line between headline and text that is nothing but names and was told as such, as in a text.
fn named_alone(view: &View<'_, '_>, naming: Naming<'_>) -> Option<Candidate<String>> {
    let (first, _) = view.page.prose?;
    (first.saturating_sub(NEAR)..first).find_map(|at| {
        let unit = &view.page.units[at];
        let told = unit.label() == Some(Label::Byline) && view.element(at) > view.title;
        if !told || unit.shape.words > WORDS || view.chosen.is_beside(view.element(at)) {
            return None;
        }
        let value = names_of_line(&unit.text, naming)?;
        let source = Source::of(Asked::Byline, "line", "name-line");
        let byline = byline::read(&unit.text, view.page.locale, view.page.outlets);
        let confidence = byline.map_or(source.confidence, |byline| byline.confidence(source));
        Some(Candidate::new(value, source, Some(view.page.file_lines(at))).sure(confidence))
    })
}

/// The names of a line as it prints them, as in a text; a list of them where it holds more than a byline.
fn names_of_line(line: &str, naming: Naming<'_>) -> Option<String> {
    let people = naming.people(line, false)?;
    let printed = byline::read(line, naming.locale, naming.outlets).map(|byline| byline.names);
    let same = |printed: &&str| naming.people(printed, false).as_ref() == Some(&people);
    Some(printed.filter(same).map_or(people, str::to_owned))
}
