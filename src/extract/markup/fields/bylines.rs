//! The byline of a page: people that it states for machines, and the names that stand where authors do.

use super::signatures::{self, Signature, holds};
use super::{NEAR, View, given};
use crate::article::{Alternative, Confidence, Field};
use crate::extract::candidate::Candidate;
use crate::extract::claims::{self, Claims};
use crate::extract::findings::Findings;
use crate::extract::page::Role;
use crate::extract::words::strip_prefix_ci;
use crate::extract::{Label, names};
use crate::lexicon::Locale;

/// Most words of a line of names.
const WORDS: usize = 16;

/// Meta elements that name whoever wrote the page's template, or put the article in, as often as its author.
const UNSURE: &[&str] = &["author", "dc.creator", "dcterms.creator", "article:author", "json-ld"];

/// Finds the byline; agencies that stand in its place are credited.
pub(super) fn find(view: &View<'_, '_>, claims: &mut Claims, found: &mut Findings) {
    found.byline = given(view.record.given.byline.as_deref(), view.record);
    let sites = site_keys(claims, found);
    let (signed, agencies) = signatures::find(view, &sites);
    agencies.into_iter().for_each(|agency| found.credit(agency, usize::MAX));
    let mut stated: Vec<Candidate<String>> = Vec::new();
    for candidate in joined(std::mem::take(&mut claims.bylines)) {
        if let Some(value) = claims::people(&candidate.value, &sites, true, view.page.locale) {
            stated.push(Candidate { value, ..candidate });
        } else if let Some(agency) = names::agency(candidate.value.trim()) {
            found.credit(agency, usize::MAX);
        }
    }
    let signed = signed.map(|signed| (is_better(&signed, &stated), as_candidate(signed)));
    let (before, after) = match signed {
        Some((true, signed)) => (Some(signed), None),
        Some((false, signed)) => (None, Some(signed)),
        None => (None, None),
    };
    before.into_iter().chain(stated).chain(after).for_each(|candidate| take(candidate, &mut found.byline));
    if found.byline.is_none() {
        found.byline = shown(view, &sites);
    }
    for unit in view.page.units.iter().filter(|unit| unit.role == Role::Drop(Label::Byline)) {
        let parts = unit.text.split([',', '/', '|']);
        for name in parts.filter_map(|part| names::agency(part.trim_start_matches("By "))) {
            found.credit(name, view.page.lines[unit.lines.start].start);
        }
    }
}

/// Keys of names that are the site's and no author's.
fn site_keys(claims: &Claims, found: &Findings) -> Vec<String> {
    let mut keys = claims.site_keys();
    // The host of a blog may well be its author's name.
    keys.retain(|key| claims.label.as_ref() != Some(key) || claims.sites.iter().any(|site| claims::key(site) == *key));
    keys.extend(found.outlet.iter().filter(|o| o.rule != "title-host").map(|o| claims::key(&o.value)));
    keys.retain(|key| key.len() >= 2);
    keys
}

/// Claims of one rule as one, in the order of trust: a page names several authors in several elements.
fn joined(mut claims: Vec<Candidate<String>>) -> Vec<Candidate<String>> {
    claims.sort_by_key(|c| c.rank);
    let mut joined: Vec<Candidate<String>> = Vec::new();
    for claim in claims {
        match joined.iter_mut().find(|known| known.rank == claim.rank && known.rule == claim.rule) {
            Some(known) => {
                let turned = |name: &str| if name.matches(", ").count() == 1 { turned(name) } else { name.to_owned() };
                known.value = format!("{}; {}", turned(&known.value), turned(&claim.value));
            }
            None => joined.push(claim),
        }
    }
    joined
}

/// `Kowal, Anna` the way it is said, before it stands beside other names.
fn turned(name: &str) -> String {
    claims::people(name, &[], false, Locale::default())
        .filter(|said| !said.contains(','))
        .unwrap_or_else(|| name.to_owned())
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
    let unsure = UNSURE.contains(&best.rule) && best.rule != "json-ld";
    let whole = signed.names.split(", ").all(|name| name.contains(' '));
    more || (agreed && signed.near) || (unsure && signed.led && whole && (signed.near || signed.stated))
}

fn as_candidate(signed: Signature) -> Candidate<String> {
    let confidence = if signed.led && signed.near { Confidence::High } else { Confidence::Medium };
    Candidate { value: signed.names, rank: 0, confidence, rule: "byline", lines: Some(signed.lines) }
}

/// Takes the first names as the field, and others as alternatives.
fn take(candidate: Candidate<String>, byline: &mut Option<Field<String>>) {
    let Candidate { value, confidence, rule, lines, .. } = candidate;
    let same = |other: &str| names::squash(other) == names::squash(&value);
    match byline {
        None => {
            *byline = Some(Field { value, confidence, rule: rule.into(), lines, alternatives: Vec::new() });
        }
        Some(field) if !same(&field.value) && !field.alternatives.iter().any(|a| same(&a.value)) => {
            field.alternatives.push(Alternative { value, rule: rule.into(), lines });
        }
        Some(_) => {}
    }
}

/// The first line of names around the headline and the text that begins with `By`.
fn shown(view: &View<'_, '_>, sites: &[String]) -> Option<Field<String>> {
    let (first, last) = view.page.prose?;
    let from = first.saturating_sub(2 * NEAR);
    let until = view.page.units.len().min(last + NEAR);
    (from..until).find_map(|at| {
        let unit = &view.page.units[at];
        let element = view.element(at);
        let english = strip_prefix_ci(&unit.text, "by ").is_some() && unit.label() == Some(Label::Byline);
        let edge = (first.saturating_sub(NEAR)..first).contains(&at) || at + 2 >= last;
        let led = english || (edge && claims::is_led(&unit.text, view.page.locale) && unit.shape.words <= 6);
        if unit.shape.words > WORDS || unit.role == Role::Headline || !led || view.chosen.is_beside(element) {
            return None;
        }
        let value = claims::people(&unit.text, sites, false, view.page.locale)?;
        let lines = Some(view.page.file_lines(at));
        let confidence = if english { Confidence::High } else { Confidence::Medium };
        Some(Field { value, confidence, rule: "byline".into(), lines, alternatives: Vec::new() })
    })
}
