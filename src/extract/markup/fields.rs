//! The fields of a page: what it states for machines, and what stands around its body.

use super::blocks::Chosen;
use super::signs::{self, Signed};
use crate::extract::claims::{self, JsonLd, Shown};
use crate::extract::date;
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::names;
use crate::extract::page::{Page, Role};
use crate::extract::settle::own_headline;
use crate::extract::trust::{Asked, Source};
use crate::source::{Markup, RawRecord};

mod bylines;
mod dates;
mod outlets;
mod signatures;
mod view;

use view::{BELOW_TITLE, MOST_TITLES, NEAR, View};

/// Characters of the longest title that is weighed.
const LONGEST_TITLE: u32 = 300;

/// Finds what speaks of headline, outlet, date and byline of a page.
pub(super) fn find(
    page: &mut Page<'_>,
    markup: &Signed<'_>,
    (chosen, json_ld): (&Chosen, &JsonLd<'_>),
    record: &RawRecord<'_>,
    found: &mut Findings,
) {
    let (titles, first) = titles(page, markup, chosen);
    let right_below = |element| first > 0 && (first..first + BELOW_TITLE).contains(&element);
    let beside = |element| {
        let called = right_below(element) && signs::is_called_dated(markup, element);
        (chosen.is_beside(element) && !called) || signs::in_site_head(markup, element, first)
    };
    let mut claims = claims::read(markup, json_ld, found.url.as_deref(), first, &beside, page.locale, page.outlets);
    if record.given.headline.is_none() {
        claims::note_headlines(&claims, &titles, page.outlets, found);
    }
    let stated = found.texts(Asked::Headline).filter(|c| c.source.is_stated()).min_by_key(|c| c.source.trust);
    let stated = stated.map(|stated| stated.value.clone());
    let stated = stated.and_then(|headline| mark_headline(page, markup, &headline));
    let own = own_headline(found).map(|headline| headline.value).unwrap_or_default();
    let title = mark_headline(page, markup, &own).or(stated);
    if record.given.headline.is_none() {
        cut_date(&own, page, found);
    }
    let headline = own_headline(found).map(|headline| headline.value).unwrap_or_default();
    let view = View { page, markup, chosen, record, title: first, headline };
    outlets::find(&view, &mut claims, found);
    dates::note(&view, title, &mut claims, found);
    bylines::find(&view, &mut claims, found);
}

/// Cuts a date off the front of the page's own headline, wherever it is said, and notes it.
fn cut_date(headline: &str, page: &Page<'_>, found: &mut Findings) {
    let wanted = names::squash(headline);
    let mut cut = None;
    for candidate in found.texts_mut(Asked::Headline).filter(|c| !c.source.is_stated()) {
        if names::squash(&candidate.value) == wanted
            && let Some((date, rest)) = date::prefix_of(&candidate.value, page.locale)
        {
            candidate.value = rest.to_owned();
            cut = cut.or(Some((date, candidate.lines)));
        }
    }
    if let Some((date, lines)) = cut {
        found.date(Candidate::new(date, Source::of(Asked::Date, "shown", "dated-prefix"), lines));
    }
}

/// The titles that a reader sees (first-level headings, and what a class calls the headline), and the element of the
/// first.
fn titles(page: &Page<'_>, markup: &Markup, chosen: &Chosen) -> (Vec<Shown>, u32) {
    let mut titles = Vec::new();
    let mut first = 0;
    for (at, unit) in page.units.iter().enumerate() {
        let line = &markup.lines[unit.lines.start];
        let title = signs::is_title(markup, line.element);
        let wide = unit.text.chars().all(|c| c >= '\u{2e80}');
        let words = unit.shape.words >= 2 || unit.shape.chars >= if wide { 2 } else { 8 };
        if title
            && words
            && unit.shape.chars <= LONGEST_TITLE
            && !chosen.is_beside(line.element)
            && titles.len() < MOST_TITLES
        {
            first = if titles.is_empty() { line.element } else { first };
            let above = page.prose.is_some_and(|(prose, _)| (at..at + 2 * NEAR).contains(&prose));
            titles.push(Shown { text: unit.text.to_string(), lines: page.file_lines(at), leads: above });
        }
    }
    (titles, first)
}

/// Gives the lines that say the headline their role; the place of the first heading among them.
fn mark_headline(page: &mut Page<'_>, markup: &Markup, headline: &str) -> Option<usize> {
    let wanted = names::squash(headline);
    if wanted.is_empty() {
        return None;
    }
    let mut first = None;
    for (at, unit) in page.units.iter_mut().enumerate() {
        let near = unit.text.len().abs_diff(headline.len()) <= headline.len() / 2 + 8;
        if !near {
            continue;
        }
        let heading = signs::is_title(markup, markup.lines[unit.lines.start].element);
        let said = names::squash(&unit.text);
        // A kicker or the site's name may stand in the heading too.
        if said == wanted || (heading && (said.starts_with(&wanted) || said.ends_with(&wanted))) {
            if heading || unit.is_open() {
                unit.role = Role::Headline;
            }
            if heading {
                first = first.or(Some(at));
            }
        }
    }
    first
}
