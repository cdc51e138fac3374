//! What a page states for machines, as candidates for fields: meta elements, JSON-LD, times, the address.

use super::evidence::Candidate;
use super::names::Outlets;
use super::trust::{Asked, Source};
use crate::article::Lines;
use crate::lexicon::Locale;
use crate::source::{Claim, ClaimKind, Markup};

mod collected;
mod descriptions;
mod heads;
mod hosts;
mod json_ld;
mod labelled;
mod marks;
mod people;
mod stated_body;
mod titles;

pub(super) use collected::Claims;
pub(super) use descriptions::descriptions;
pub(super) use heads::{Headings, Shown};
pub(super) use hosts::{is_akin, key};
pub(super) use json_ld::JsonLd;
pub(super) use marks::parts;
pub(super) use people::{Naming, is_led, is_nobody, joins};
pub(super) use stated_body::StatedBody;
pub(super) use titles::note_headlines;

/// Elements above the headline in which a date still is the article's.
const ABOVE: u32 = 60;

/// Reads the claims of a page at `url` whose headline stands in the element `title`. `beside` tells whether an element
/// is furniture, whose times are not the article's.
pub(super) fn read<'o>(
    markup: &Markup,
    json_ld: &JsonLd<'_>,
    url: Option<&str>,
    title: u32,
    beside: &dyn Fn(u32) -> bool,
    locale: Locale,
    outlets: Outlets<'o>,
) -> Claims<'o> {
    let mut claims = Claims { host: hosts::own(markup, url), locale, known: outlets, ..Claims::default() };
    claims.label = claims.host.as_deref().and_then(hosts::label);
    let window = Source::of(Asked::Headline, "window", "title");
    let in_page = |claim: &Claim| {
        let signed = matches!(claim.kind, ClaimKind::Time | ClaimKind::Item);
        signed || (claim.kind == ClaimKind::Meta && markup.elements[claim.element as usize].parent != 0)
    };
    let below = |claim: &&Claim| claim.element + ABOVE >= title;
    let shown: Vec<&Claim> = markup.claims.iter().filter(|c| in_page(c) && !beside(c.element)).collect();
    let ordered = shown.iter().filter(|c| below(c)).chain(shown.iter().filter(|c| !below(c)));
    ordered.for_each(|claim| take_signed(claim, &mut claims));
    shown.iter().filter(|claim| claim.name == "name").for_each(|claim| take_named(claim, markup, &mut claims));
    for claim in &markup.claims {
        match claim.kind {
            ClaimKind::Title if claims.title.is_none() => claims.title = Some(text(claim, window)),
            ClaimKind::Meta if !in_page(claim) => take_meta(claim, &mut claims),
            _ => {}
        }
    }
    labelled::take(markup, &mut claims);
    json_ld::take(json_ld, &mut claims);
    claims.drop_impossible();
    claims.drop_sections();
    claims
}

fn text(claim: &Claim, source: Source) -> Candidate<String> {
    let value: Vec<&str> = claim.value.split_whitespace().collect();
    Candidate::new(value.join(" "), source, Some(Lines::one(claim.line)))
}

/// Takes a claim as what its source says.
fn take(source: Source, claim: &Claim, claims: &mut Claims<'_>) {
    if claim.value.is_empty() {
        return;
    }
    let lines = Lines::one(claim.line);
    match source.field {
        Asked::Date => claims.date(&claim.value, source, lines),
        Asked::Updated => claims.change(&claim.value, lines),
        Asked::Outlet => claims.outlet(text(claim, source)),
        Asked::Headline => claims.headlines.push(text(claim, source)),
        Asked::Byline => claims.bylines.push(text(claim, source)),
        Asked::Section => claims.section(text(claim, source)),
        Asked::Page => claims.placed.push(text(claim, source)),
    }
}

/// A meta element: by its name, or by what its name is made of.
fn take_meta(claim: &Claim, claims: &mut Claims<'_>) {
    if let Some(source) = Source::said("meta", &claim.name).first() {
        return take(*source, claim, claims);
    }
    let letters: String = claim.name.chars().filter(char::is_ascii_alphanumeric).collect();
    let published = ["pubdate", "publishdate", "publicationdate", "datepublish", "publishedtime", "publishtime"];
    let other = ["modif", "updat", "expir"].iter().any(|word| letters.contains(word));
    if !other && published.iter().any(|word| letters.contains(word)) {
        take(Source::of(Asked::Date, "meta", "meta-date"), claim, claims);
    }
}

/// A time or an item: the first of its words that means a field. The first of a kind is the article's, and the others may
/// be those of a list.
fn take_signed(claim: &Claim, claims: &mut Claims<'_>) {
    let place = if claim.kind == ClaimKind::Time { "time" } else { "item" };
    let mut words = claim.name.split_whitespace();
    if let Some(source) = words.find_map(|word| Source::said(place, word).first().copied())
        && !(source.field == Asked::Date && has_date_like(source, claims))
    {
        take(source, claim, claims);
    }
}

/// The name of a thing: of the article's publisher or author, where it stands in one.
fn take_named(claim: &Claim, markup: &Markup, claims: &mut Claims<'_>) {
    let above = &markup.elements[markup.elements[claim.element as usize].parent as usize];
    for role in above.roles.split(' ') {
        match role {
            "publisher" => claims.outlet(text(claim, Source::of(Asked::Outlet, "named", role))),
            "author" => claims.bylines.push(text(claim, Source::of(Asked::Byline, "named", role))),
            _ => {}
        }
    }
}

/// Whether a date of the same kind was taken: the same name, or another sign of a time.
fn has_date_like(source: Source, claims: &Claims<'_>) -> bool {
    let sign = Source::of(Asked::Date, "time", "pubdate").trust;
    claims.dates.iter().any(|c| c.source == source || (source.trust >= sign && c.source.trust >= sign))
}
