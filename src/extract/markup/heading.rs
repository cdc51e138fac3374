//! Which line of a page is the article's own heading.

use super::signs;
use crate::extract::claims::parts;
use crate::extract::names::squash;
use crate::extract::page::{Page, Unit};
use crate::source::{ClaimKind, Markup};

/// Letters from which on a heading that a title holds is no accident.
const NO_ACCIDENT: usize = 12;

/// The unit that is the article's heading: the first that the page's titles say as well, whatever its level, else the only
/// one of the first level; none where a page has neither.
pub(super) fn find(page: &Page<'_>, markup: &Markup) -> Option<usize> {
    let claims = || markup.claims.iter().filter(|claim| is_title(claim.kind, &claim.name));
    let stated: Vec<String> = claims().map(|claim| squash(&claim.value)).collect();
    let leads: Vec<String> =
        claims().filter_map(|claim| parts(&claim.value).first().map(|part| squash(part))).collect();
    let element = |unit: &Unit<'_>| markup.lines[unit.lines.start].element;
    let shown: Vec<(usize, bool, String)> = page
        .units
        .iter()
        .enumerate()
        .filter(|(_, unit)| {
            let name = signs::block(markup, element(unit));
            matches!(name, "h1" | "h2" | "h3") || signs::is_title(markup, element(unit))
        })
        .map(|(at, unit)| (at, signs::is_heading(markup, element(unit)), squash(&unit.text)))
        .filter(|(.., said)| !said.is_empty())
        .collect();
    // half of a title or more: the other half may be the site's name
    let part = |said: &str, title: &str| said.len() >= NO_ACCIDENT && said.len() * 2 >= title.len();
    let begins = |said: &str| {
        let is = |title: &String| title == said || (part(said, title) && title.starts_with(said));
        stated.iter().any(is) || leads.iter().any(|lead| lead == said)
    };
    let stands_in = |said: &str| stated.iter().any(|title| said.len() * 3 >= title.len() * 2 && title.contains(said));
    let find = |agrees: &dyn Fn(&str) -> bool, first_level: bool| {
        let mut all = shown.iter().filter(|(_, level, said)| (*level || !first_level) && agrees(said));
        all.next().map(|(at, ..)| *at)
    };
    let agreed = find(&begins, true).or_else(|| find(&begins, false)).or_else(|| find(&stands_in, true));
    agreed.or_else(|| {
        let mut first = shown.iter().filter(|(_, level, _)| *level).map(|(at, ..)| *at);
        first.next().filter(|at| first.next().is_none() && page.units[*at].shape.words >= 3)
    })
}

fn is_title(kind: ClaimKind, name: &str) -> bool {
    kind == ClaimKind::Title || (kind == ClaimKind::Meta && matches!(name, "og:title" | "twitter:title"))
}
