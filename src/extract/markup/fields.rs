//! The fields of a page: what it states for machines, and what stands around its body.

use super::blocks::Chosen;
use super::classes::Sign;
use super::signs::{self, Signed};
use crate::extract::Label;
use crate::extract::claims::{self, Headings, JsonLd, Shown};
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
    let (headings, first) = headings(page, markup, chosen);
    let right_below = |element| first > 0 && (first..first + BELOW_TITLE).contains(&element);
    let beside = |element| {
        let called = right_below(element) && signs::is_called_dated(markup, element);
        (chosen.is_beside(element) && !called) || signs::in_site_head(markup, element, first)
    };
    let mut claims = claims::read(markup, json_ld, found.url.as_deref(), first, &beside, page.locale, page.outlets);
    if record.given.headline.is_none() {
        claims::note_headlines(&claims, &headings, page.outlets, found);
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
    found.text_all(std::mem::take(&mut claims.placed));
    outlets::find(&view, &mut claims, found);
    dates::note(&view, title, &mut claims, found);
    if let Some(signature) = bylines::find(&view, &mut claims, found) {
        page.units[signature].drop_as(Label::Byline);
    }
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

/// The headings that a reader sees, and the element of the first of the first level.
fn headings(page: &Page<'_>, markup: &Signed<'_>, chosen: &Chosen) -> (Headings, u32) {
    let (mut headings, mut first) = (Headings::default(), 0);
    for (at, unit) in page.units.iter().enumerate() {
        let line = &markup.lines[unit.lines.start];
        let title = signs::is_title(markup, line.element);
        let wide = unit.text.chars().all(|c| c >= '\u{2e80}');
        let words = unit.shape.words >= 2 || unit.shape.chars >= if wide { 2 } else { 8 };
        let other = || matches!(signs::block(markup, line.element), "h2" | "h3");
        let fits = words && unit.shape.chars <= LONGEST_TITLE && !chosen.is_beside(line.element);
        let list = if title { &mut headings.first } else { &mut headings.others };
        if !fits || !(title || other()) || list.len() >= MOST_TITLES {
            continue;
        }
        if title && list.is_empty() {
            first = line.element;
        }
        let leads = page.prose.is_some_and(|(prose, _)| (at..at + 2 * NEAR).contains(&prose));
        let linked = line.linked as usize * 10 >= unit.text.len() * 9;
        let bare = without_kicker(page, markup, at);
        list.push(Shown { text: unit.text.to_string(), bare, linked, lines: page.file_lines(at), leads });
    }
    (headings, first)
}

/// The text of a heading without what an element in it holds that is called a kicker; none where there is no such element.
fn without_kicker(page: &Page<'_>, markup: &Signed<'_>, at: usize) -> Option<String> {
    let lines = &page.units[at].lines;
    let (start, end) = (page.lines[lines.start].start, page.lines[lines.end - 1].end);
    let element = markup.lines[lines.start].element;
    let first_level = |at: &u32| markup.elements[*at as usize].name == "h1";
    let heading = signs::holders(markup, element).take(4).find(first_level).unwrap_or(element);
    let mut inside =
        (heading as usize + 1..markup.elements.len()).take_while(|at| (markup.elements[*at].text.0 as usize) < end);
    let range =
        |at: usize| (markup.elements[at].text.0 as usize).max(start)..(markup.elements[at].text.1 as usize).min(end);
    let kicker = |at: &usize| markup.by_class(*at as u32) == Sign::Furniture(Label::Label) && !range(*at).is_empty();
    let kicker = range(inside.find(kicker)?);
    let rest = [page.text.get(start..kicker.start)?, " ", page.text.get(kicker.end..end)?].concat();
    let words: Vec<&str> = rest.split_whitespace().collect();
    (words.len() >= 2).then(|| words.join(" "))
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
