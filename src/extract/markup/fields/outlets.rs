//! The outlet of a page: what it states for machines, the name behind its title, the holder of its copyright.

use super::view::{MOST_TITLES, View};
use crate::article::{Confidence, Lines};
use crate::extract::claims::{self, Claims};
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::markup::signs;
use crate::extract::trust::{Asked, Source};
use crate::extract::{Label, names, outlet};

/// The source of an outlet on a page.
fn source(place: &str, rule: &str) -> Source {
    Source::of(Asked::Outlet, place, rule)
}

/// Finds what names the outlet; agencies that are stated as publishers are credited.
pub(super) fn find(view: &View<'_, '_>, claims: &mut Claims<'_>, found: &mut Findings) {
    claims.suppliers.iter().for_each(|name| found.credit(name, usize::MAX));
    let headline = Some(names::squash(&view.headline)).filter(|key| !key.is_empty());
    claims.outlets.retain(|c| headline.as_ref() != Some(&names::squash(&c.value)));
    let titles = titles(view, claims);
    let mut told: Vec<_> = as_host(&view.headline, &titles, claims).into_iter().collect();
    told.extend(behind_title(&view.headline, claims).or_else(|| before_title(&view.headline, claims)));
    drop_sections(claims, &told);
    found.text_all(
        claims.outlets.drain(..).map(|c| confirmed(c, claims.host.as_deref(), claims.label.as_deref(), view)),
    );
    found.text_all(told);
    // Beside the text it is a picture's.
    let below = view.page.prose.map_or(0, |(_, last)| last + 1);
    for (at, unit) in view.page.units.iter().enumerate().skip(below) {
        if unit.label() == Some(Label::Copyright) && !view.chosen.is_inside(view.element(at)) {
            // A holder in another script cannot be held against the host.
            let latin = |holder: &str| holder.chars().any(|c| c.is_ascii_alphabetic());
            let holder = |name: &str| source(if latin(name) { "line" } else { "foreign" }, "copyright-holder");
            outlet::note_copyright(&unit.text, view.page.file_lines(at), &holder, view.page.outlets, found);
        }
    }
    outlet::note_address(view.record, view.page.outlets, found);
    note_host(view, claims, found);
}

/// A name that a page states, surer where its host is called so.
fn confirmed(
    candidate: Candidate<String>,
    host: Option<&str>,
    label: Option<&str>,
    view: &View<'_, '_>,
) -> Candidate<String> {
    let listed = host.and_then(|host| view.page.outlets.at(host)).is_some_and(|name| name == candidate.value);
    let sure = listed || label.is_some_and(|label| claims::is_akin(label, &candidate.value));
    let confidence = if sure { Confidence::High } else { candidate.confidence };
    candidate.sure(confidence)
}

/// Drops stated names that are made like a section's or a motto's, where the page names something else.
fn drop_sections(claims: &mut Claims<'_>, told: &[Candidate<String>]) {
    let label = claims.label.as_deref();
    let known = claims.known;
    let own = |name: &str| known.named(name).is_some() || label.is_some_and(|label| claims::is_akin(label, name));
    let doubtful = |name: &str| !own(name) && (outlet::is_section(name) || claims::is_nobody(name) || is_motto(name));
    let others = || claims.outlets.iter().chain(told).map(|c| c.value.as_str());
    let named = others().any(|name| !doubtful(name));
    if named {
        let kept: Vec<bool> = claims.outlets.iter().map(|c| !doubtful(&c.value)).collect();
        let mut kept = kept.into_iter();
        claims.outlets.retain(|_| kept.next().unwrap_or(true));
    }
}

/// Words from which on a name may be a motto.
const MOTTO: usize = 4;

/// Whether a name says what a site is about and not what it is called: `News of the bay since 1911`.
fn is_motto(name: &str) -> bool {
    let small = |word: &str| word.chars().count() >= 4 && word.starts_with(char::is_lowercase);
    let words = name.split_whitespace();
    let sentence = name.ends_with(['.', '!']) || name.contains(", ");
    words.clone().count() >= MOTTO && !names::has_outlet_word(name) && (sentence || words.skip(1).any(small))
}

/// The titles of the page, as stated and as seen.
fn titles(view: &View<'_, '_>, claims: &Claims<'_>) -> Vec<(String, Option<Lines>)> {
    let stated = claims.title.iter().chain(&claims.headlines).map(|c| (c.value.clone(), c.lines));
    let heading = |at: &usize| signs::is_heading(view.markup, view.element(*at));
    let seen = (0..view.page.units.len()).filter(heading).take(MOST_TITLES);
    stated.chain(seen.map(|at| (view.page.units[at].text.to_string(), Some(view.page.file_lines(at))))).collect()
}

/// Words of the longest name that is a part of the host's or the other way round, and letters of the shortest.
const LONGEST: usize = 4;
const SHORTEST: usize = 5;

/// The part of a title that is called as the page's host: `Tamsin Post` at `tamsinpost.example`.
fn as_host(headline: &str, titles: &[(String, Option<Lines>)], claims: &Claims<'_>) -> Option<Candidate<String>> {
    let label = claims.label.as_deref()?;
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
    Some(Candidate::new(name.to_owned(), source("title", "title-host"), lines))
}

/// The name that stands behind the headline in the window's title: of several the one that the page states elsewhere.
fn behind_title(headline: &str, claims: &Claims<'_>) -> Option<Candidate<String>> {
    let title = claims.title.as_ref()?;
    let rest = title.value.split_once(headline).filter(|_| !headline.is_empty())?.1;
    let all = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let parted = rest.starts_with(' ') && all.len() < rest.len();
    let sites = claims.site_keys();
    let parts: Vec<&str> = all.split(" | ").map(str::trim).collect();
    let stated = parts.iter().find(|part| sites.contains(&claims::key(part)));
    let name = stated.or(parts.last()).copied().unwrap_or(all);
    let fits = (1..=5).contains(&name.split_whitespace().count()) && names::agency(name).is_none();
    let place = if stated.is_some() { "title" } else { "end" };
    (parted && fits).then(|| Candidate::new(name.to_owned(), source(place, "title-suffix"), title.lines))
}

/// The name that stands before the headline in the window's title: `Tamsin Digital Home | …`.
fn before_title(headline: &str, claims: &Claims<'_>) -> Option<Candidate<String>> {
    let title = claims.title.as_ref()?;
    let rest = title.value.strip_suffix(headline).filter(|_| !headline.is_empty())?;
    let marked = [" | ", " » ", " :: "].iter().find_map(|mark| Some((rest.strip_suffix(mark)?, mark)));
    // of a path the site stands first
    let name = marked.map(|(before, mark)| before.split(mark).next().unwrap_or(before).trim())?;
    let figures = name.bytes().any(|b| b.is_ascii_digit());
    let words = (2..=5).contains(&name.split_whitespace().count());
    let fits = words && !figures && names::agency(name).is_none() && !outlet::is_section(name);
    fits.then(|| Candidate::new(name.to_owned(), source("end", "title-prefix"), title.lines))
}

/// Notes the page's host, which names the site where nothing else does; on its own pages an agency is the outlet.
fn note_host(view: &View<'_, '_>, claims: &Claims<'_>, found: &mut Findings) {
    let Some(host) = claims.host.as_deref().filter(|host| !outlet::is_other(host)) else { return };
    if let Some(own) = view.page.outlets.at(host).filter(|name| names::agency(name).is_some()) {
        return found.text(Candidate::new(own.to_owned(), source("own", "page-host"), None));
    }
    let alone = source("host", "page-host");
    let known = found.texts(Asked::Outlet).any(|c| c.source.trust < alone.trust);
    if names::agency(host).is_none() && !known {
        found.text(Candidate::new(host.to_owned(), alone, None));
    }
}
