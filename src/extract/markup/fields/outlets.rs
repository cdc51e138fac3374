//! The outlet of a page: what it states for machines, the name behind its title, the holder of its copyright.

use super::{MOST_TITLES, View};
use crate::article::{Confidence, Lines};
use crate::extract::candidate::Candidate;
use crate::extract::claims::{self, Claims};
use crate::extract::findings::Findings;
use crate::extract::markup::signs;
use crate::extract::{Label, names, outlet};

/// Trust in a name that the page's host has too, in the name behind the title, in the host itself, in the holder of the
/// copyright, and in the list's name for the page's host.
const AS_HOST: u8 = 98;
const TITLE_SUFFIX: u8 = 100;
const OTHER_SUFFIX: u8 = 104;
const HOST_ALONE: u8 = 108;
const HOLDER: u8 = 110;
const HOST: u8 = 106;

/// Trust in an agency on a page of its own.
const OWN_PAGE: u8 = 12;

/// Finds the outlet; agencies that are stated as publishers are credited.
pub(super) fn find(view: &View<'_, '_>, claims: &mut Claims, found: &mut Findings) {
    outlet::note_given(view.record, found);
    claims.suppliers.iter().for_each(|name| found.credit(name, usize::MAX));
    let headline = found.headline.as_ref().map(|h| names::squash(&h.value));
    let named = |c: &Candidate<String>| headline.as_ref() != Some(&names::squash(&c.value));
    found.outlets.extend(claims.outlets.drain(..).filter(named));
    let titles = titles(view, claims);
    found.outlets.extend(as_host(&titles, claims, found));
    found.outlets.extend(behind_title(claims, found).or_else(|| before_title(claims, found)));
    // Beside the text it is a picture's.
    let below = view.page.prose.map_or(0, |(_, last)| last + 1);
    for (at, unit) in view.page.units.iter().enumerate().skip(below) {
        if unit.label() == Some(Label::Copyright) && !view.chosen.is_inside(view.element(at)) {
            outlet::note_copyright(&unit.text, view.page.file_lines(at), found);
        }
    }
    // A holder in another script cannot be held against the host.
    for holder in found.outlets.iter_mut().filter(|c| c.rule == "copyright-holder") {
        let latin = holder.value.chars().any(|c| c.is_ascii_alphabetic());
        holder.rank = if latin { HOLDER } else { HOST_ALONE - 1 };
    }
    outlet::note_address(view.record, HOST, found);
    note_host(claims, found);
    outlet::settle(found);
}

/// The titles of the page, as stated and as seen.
fn titles(view: &View<'_, '_>, claims: &Claims) -> Vec<(String, Option<Lines>)> {
    let stated = claims.title.iter().chain(&claims.headlines).map(|c| (c.value.clone(), c.lines));
    let heading = |at: &usize| signs::is_heading(view.markup, view.element(*at));
    let seen = (0..view.page.units.len()).filter(heading).take(MOST_TITLES);
    stated.chain(seen.map(|at| (view.page.units[at].text.to_string(), Some(view.page.file_lines(at))))).collect()
}

/// Words of the longest name that is a part of the host's or the other way round, and letters of the shortest.
const LONGEST: usize = 4;
const SHORTEST: usize = 5;

/// The part of a title that is called as the page's host: `Tamsin Post` at `tamsinpost.example`.
fn as_host(titles: &[(String, Option<Lines>)], claims: &Claims, found: &Findings) -> Option<Candidate<String>> {
    let label = claims.label.as_deref()?;
    let headline = found.headline.as_ref().map_or("", |h| h.value.as_str());
    let parts = || titles.iter().flat_map(|(title, lines)| claims::parts(title).into_iter().map(move |p| (p, *lines)));
    let fits = |name: &str| name != headline && names::agency(name).is_none();
    let same = |name: &str| claims::key(name) == label;
    let akin = |name: &str| {
        let key = claims::key(name);
        let (short, long) = if key.len() <= label.len() { (key.as_str(), label) } else { (label, key.as_str()) };
        let few = name.split_whitespace().count() <= LONGEST;
        few && short.len() >= SHORTEST && long.starts_with(short)
    };
    let find = |is: &dyn Fn(&str) -> bool| parts().find(|(name, _)| fits(name) && is(name));
    let (name, lines) = find(&same).or_else(|| find(&akin))?;
    let (value, confidence) = (name.to_owned(), Confidence::Medium);
    Some(Candidate { value, rank: AS_HOST, confidence, rule: "title-host", lines })
}

/// The name that stands behind the headline in the window's title: of several the one that the page states elsewhere.
fn behind_title(claims: &Claims, found: &Findings) -> Option<Candidate<String>> {
    let title = claims.title.as_ref()?;
    let rest = title.value.strip_prefix(found.headline.as_ref()?.value.as_str())?;
    let all = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let parted = rest.starts_with(' ') && all.len() < rest.len();
    let sites = claims.site_keys();
    let parts: Vec<&str> = all.split(" | ").map(str::trim).collect();
    let stated = parts.iter().find(|part| sites.contains(&claims::key(part)));
    let name = stated.or(parts.last()).copied().unwrap_or(all);
    let fits = (1..=5).contains(&name.split_whitespace().count()) && names::agency(name).is_none();
    let (value, confidence) = (name.to_owned(), Confidence::Medium);
    let rank = if stated.is_some() { TITLE_SUFFIX } else { OTHER_SUFFIX };
    (parted && fits).then_some(Candidate { value, rank, confidence, rule: "title-suffix", lines: title.lines })
}

/// The name that stands before the headline in the window's title: `Tamsin Digital Home | …`.
fn before_title(claims: &Claims, found: &Findings) -> Option<Candidate<String>> {
    let title = claims.title.as_ref()?;
    let rest = title.value.strip_suffix(found.headline.as_ref()?.value.as_str())?;
    let name = [" | ", " » ", " :: "].iter().find_map(|mark| rest.strip_suffix(mark))?;
    let figures = name.bytes().any(|b| b.is_ascii_digit());
    let fits = (2..=5).contains(&name.split_whitespace().count()) && !figures && names::agency(name).is_none();
    let (value, confidence, rank) = (name.to_owned(), Confidence::Low, OTHER_SUFFIX);
    fits.then_some(Candidate { value, rank, confidence, rule: "title-prefix", lines: title.lines })
}

/// Notes the page's host, which names the site where nothing else does; on its own pages an agency is the outlet.
fn note_host(claims: &Claims, found: &mut Findings) {
    let Some(host) = claims.host.as_deref().filter(|host| !outlet::is_other(host)) else { return };
    let own = names::outlet_at(host).filter(|name| names::agency(name).is_some());
    let name = own.as_deref().unwrap_or(host);
    let (rank, confidence) = if own.is_some() { (OWN_PAGE, Confidence::Medium) } else { (HOST_ALONE, Confidence::Low) };
    let agency = own.is_none() && names::agency(host).is_some();
    let known = found.outlets.iter().any(|c| c.rank < HOST_ALONE);
    if !agency && (own.is_some() || !known) {
        let value = name.to_owned();
        found.outlets.push(Candidate { value, rank, confidence, rule: "page-host", lines: None });
    }
}
