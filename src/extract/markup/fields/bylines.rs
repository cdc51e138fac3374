//! The byline of a page: people that it states for machines, and the names that stand where authors do.

use super::signatures::{self, Signature, holds};
use super::view::{NEAR, View};
use crate::article::Confidence;
use crate::extract::byline::{self, Grounds};
use crate::extract::claims::{self, Claims, Naming};
use crate::extract::date::{self, Sense};
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::markup::signs;
use crate::extract::names::Outlets;
use crate::extract::page::Role;
use crate::extract::settle::outlet_so_far;
use crate::extract::trust::{Asked, Source};
use crate::extract::words::strip_prefix_ci;
use crate::extract::{Label, leads, names};
use crate::lexicon::Locale;

/// Most words of a line of names.
const WORDS: u8 = 16;

/// Most words of a line of one name.
const SHORT: u8 = 5;

/// Meta elements that name whoever wrote the page's template, or put the article in, as often as its author.
const UNSURE: &[&str] = &["author", "dc.creator", "dcterms.creator", "dc:creator", "article:author"];

/// Whether a claim's name is one of those.
fn is_unsure(rule: &str) -> bool {
    UNSURE.contains(&rule)
}

/// Finds what names the authors; agencies that stand in their place are credited. Gives the unit that is a signature below the
/// text, where nothing else names anybody.
pub(super) fn find(view: &View<'_, '_>, claims: &mut Claims<'_>, found: &mut Findings) -> Option<usize> {
    let mut sites = site_keys(view, claims, found);
    sites.extend(claims.sections.drain(..).filter(|key| key.len() >= 2));
    let naming = Naming { sites: &sites, locale: view.page.locale, outlets: view.page.outlets };
    let (signed, agencies) = signatures::find(view, naming);
    agencies.into_iter().for_each(|agency| found.credit(agency, usize::MAX));
    let mut stated: Vec<Candidate<String>> = Vec::new();
    for candidate in joined(std::mem::take(&mut claims.bylines), view.page.outlets) {
        if let Some(value) = naming.people(&candidate.value, true) {
            let unsure = is_unsure(candidate.rule()) || !value.contains(' ') && !value.contains(names::is_caseless);
            let confidence = if unsure { candidate.confidence.min(Confidence::Medium) } else { candidate.confidence };
            stated.push(Candidate { value, confidence, ..candidate });
        } else if let Some(agency) = names::agency(candidate.value.trim()) {
            found.credit(agency, usize::MAX);
        }
    }
    found.text_all(signed.map(|signed| signature(signed, &stated)));
    found.text_all(fuller(view, naming, &stated));
    found.text_all(stated);
    let is_open = |found: &Findings| found.texts(Asked::Byline).all(|c| c.source.is_stated());
    if is_open(found) {
        let head = || named_alone(view, naming).or_else(|| beside_date(view, naming));
        found.text_all(shown(view, naming).or_else(head).or_else(|| among_facts(view, naming)));
    }
    let signs_off = signed_off(view, naming).filter(|_| is_open(found));
    found.text_all(signs_off.as_ref().map(|(_, signature)| signature.clone()));
    for unit in view.page.units.iter().filter(|unit| unit.role == Role::Drop(Label::Byline)) {
        let read = byline::read(&unit.text, view.page.locale, view.page.outlets);
        let beside = read.map_or_else(Vec::new, |byline| byline.organisations);
        let parts = unit.text.split([',', '/', '|']).map(|part| part.trim_start_matches("By "));
        for name in parts.chain(beside).filter_map(names::agency) {
            found.credit(name, view.page.lines[unit.lines.start].start);
        }
    }
    signs_off.map(|(at, _)| at)
}

/// Keys of names that are the site's and no author's.
fn site_keys(view: &View<'_, '_>, claims: &Claims<'_>, found: &Findings) -> Vec<String> {
    let mut keys = claims.site_keys();
    // The host of a blog may well be its author's name.
    keys.retain(|key| claims.label.as_ref() != Some(key) || claims.sites.iter().any(|site| claims::key(site) == *key));
    // The publisher of a blog may well be its author.
    let people = claims
        .sites
        .iter()
        .filter(|site| names::is_person_like(site) && claims.bylines.iter().any(|c| c.value == **site));
    let people: Vec<String> = people.map(|site| claims::key(site)).collect();
    keys.retain(|key| !people.contains(key));
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
    let more = holds(&signed.names, &best.value) || is_fuller(&signed.names, &best.value);
    let agreed = stated.iter().skip(1).any(|c| holds(&c.value, &signed.names));
    let unsure = is_unsure(best.rule());
    let whole = signed.names.split(", ").all(|name| name.contains(' '));
    let said = (signed.led && (signed.near || signed.stated)) || (signed.near && signed.stated);
    more || (agreed && signed.near) || (unsure && whole && said)
}

/// Whether a name is the whole of one of which a single word is known: `Anna Kowal` of `Anna`.
fn is_fuller(whole: &str, word: &str) -> bool {
    let key = names::squash(word);
    let mut words = whole.split(' ');
    let ends = [words.next(), words.next_back()];
    !word.contains(' ')
        && !whole.contains(',')
        && ends[1].is_some()
        && ends.into_iter().flatten().any(|w| names::squash(w) == key)
}

/// More than the best claim says: the names of another claim that has all of its own, or the whole name of whom it names by one
/// word, in another claim or alone on a line above or below the text.
fn fuller(view: &View<'_, '_>, naming: Naming<'_>, stated: &[Candidate<String>]) -> Option<Candidate<String>> {
    let best = stated.first()?;
    let source = Source::of(Asked::Byline, "signed", "byline");
    let more = |other: &str| is_fuller(other, &best.value) || (holds(other, &best.value) && !holds(&best.value, other));
    if let Some(other) = stated.iter().find(|other| more(&other.value)) {
        return Some(Candidate::new(other.value.clone(), source, other.lines));
    }
    let (first, last) = view.page.prose.filter(|_| !best.value.contains(' '))?;
    let until = view.page.units.len().min(last + NEAR);
    (first.saturating_sub(NEAR)..first).chain(last + 1..until).find_map(|at| {
        let unit = &view.page.units[at];
        let value = naming.people(&unit.text, false).filter(|_| unit.shape.words <= SHORT)?;
        is_fuller(&value, &best.value).then(|| Candidate::new(value, source, Some(view.page.file_lines(at))))
    })
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
        let above = (first.saturating_sub(NEAR)..first).contains(&at);
        let edge = above || at + 2 >= last;
        let short = unit.shape.words <= SHORT + 1 && claims::is_led(&unit.text, view.page.locale);
        let dated = || read(&unit.text).is_some_and(|byline| byline.is_led() && byline.date.is_some());
        let led = english || (edge && short) || (above && dated());
        if edge
            && !view.chosen.is_beside(element)
            && leads::is_lead_alone(&unit.text, view.page.locale)
            && let Some(names) = behind_label(view, naming, at + 1)
        {
            return Some(names);
        }
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

/// The names in the line behind one that is nothing but a label: `By`, `Author`.
fn behind_label(view: &View<'_, '_>, naming: Naming<'_>, at: usize) -> Option<Candidate<String>> {
    let unit = view.page.units.get(at).filter(|unit| unit.shape.words <= SHORT && unit.role != Role::Headline)?;
    let value = naming.people(&unit.text, false).filter(|_| !view.chosen.is_beside(view.element(at)))?;
    Some(Candidate::new(value, Source::of(Asked::Byline, "shown", "byline"), Some(view.page.file_lines(at))))
}

/// Lines below the text in which a list of facts is looked for.
const FACTS: usize = 64;

/// The names in a list of facts below the text, of which the date is one too: `Date 28.04.2023`, `Author Anna Kowal`.
fn among_facts(view: &View<'_, '_>, naming: Naming<'_>) -> Option<Candidate<String>> {
    let (_, last) = view.page.prose?;
    let units = &view.page.units;
    let fact = |at: usize| {
        let unit = &units[at];
        let locale = view.page.locale;
        date::is_date_line(&unit.text, unit.shape, true, locale) || date::sense_before(&unit.text) != Sense::Plain
    };
    (last + 1..units.len().min(last + FACTS)).find_map(|at| {
        let near = at.saturating_sub(2).max(last + 1)..units.len().min(at + 3);
        let short = units[at].shape.words <= SHORT + 1 && !view.chosen.is_beside(view.element(at));
        if !short || !near.clone().any(|other| other != at && units[other].shape.words <= SHORT && fact(other)) {
            return None;
        }
        if leads::is_lead_alone(&units[at].text, view.page.locale) {
            return behind_label(view, naming, at + 1);
        }
        let value = naming.people(leads::behind_label(&units[at].text)?, false)?;
        Some(Candidate::new(value, Source::of(Asked::Byline, "shown", "byline"), Some(view.page.file_lines(at))))
    })
}

/// The names that stand between headline and text beside a date, and are no section's: `Anna Kowal, 27 June 2018`.
fn beside_date(view: &View<'_, '_>, naming: Naming<'_>) -> Option<Candidate<String>> {
    let (first, _) = view.page.prose?;
    let from = first.saturating_sub(NEAR);
    (from..first).find_map(|at| {
        let unit = &view.page.units[at];
        let element = view.element(at);
        let fits = unit.shape.words <= WORDS && unit.role != Role::Headline && view.title > 0 && element > view.title;
        if !fits || view.chosen.is_beside(element) {
            return None;
        }
        let is_date = |at: usize| {
            let unit = &view.page.units[at];
            date::is_date_line(&unit.text, unit.shape, false, view.page.locale)
        };
        let dated =
            || signs::is_called_dated(view.markup, element) && ((at > from && is_date(at - 1)) || is_date(at + 1));
        let names = byline::beside_date(&unit.text, view.page.locale, view.page.outlets)
            .or_else(|| Some(unit.text.as_ref()).filter(|text| byline::is_names(text) && dated()))?;
        let said = names::squash(names);
        let menu = view.page.units[..at].iter().any(|other| names::squash(&other.text) == said);
        if menu || names::is_city(names) || !byline::is_nobody_in(view.page, at, names) {
            return None;
        }
        let people = naming.people(names, false)?;
        let same = |printed: &&str| naming.people(printed, false).as_ref() == Some(&people) && printed.contains(' ');
        let value = Some(names).filter(same).map_or(people.clone(), str::to_owned);
        let source = Source::of(Asked::Byline, "line", "name-line");
        Some(Candidate::new(value, source, Some(view.page.file_lines(at))))
    })
}

/// The last line of the body where it is nothing but names, and what it gives.
fn signed_off(view: &View<'_, '_>, naming: Naming<'_>) -> Option<(usize, Candidate<String>)> {
    let at = view.page.units.iter().rposition(|unit| unit.is_open())?;
    let element = view.element(at);
    let heading = signs::block(view.markup, element).starts_with('h');
    if heading || !view.chosen.is_inside(element) || !byline::signs_off(view.page, at) {
        return None;
    }
    let value = names_of_line(&view.page.units[at].text, naming)?;
    let line = view.markup.lines[view.page.units[at].lines.start];
    let set_off = line.stressed as usize * 2 > value.len();
    let confidence = if set_off { Confidence::Medium } else { Confidence::Low };
    let source = Source::of(Asked::Byline, "line", "name-line");
    Some((at, Candidate::new(value, source, Some(view.page.file_lines(at))).sure(confidence)))
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
