//! The fields of a page: what it states for machines, and what stands around its body.

use super::choose::Chosen;
use super::signs;
use crate::article::{Confidence, Field, Lines};
use crate::extract::claims::{self, Shown};
use crate::extract::findings::Findings;
use crate::extract::page::{Page, Role};
use crate::extract::{date, names};
use crate::source::{Markup, RawRecord};

mod bylines;
mod dates;
mod outlets;
mod signatures;

/// Elements right below the headline whose dates are the article's whatever they stand in.
const BELOW_TITLE: u32 = 20;

/// Lines around the headline and the text in which dates and names are looked for.
const NEAR: usize = 10;

/// Most titles of a page that are weighed, and characters of one.
const MOST_TITLES: usize = 8;
const LONGEST_TITLE: usize = 300;

/// A page with its markup, and what was made of it so far.
struct View<'v, 't> {
    page: &'v Page<'t>,
    markup: &'v Markup,
    chosen: &'v Chosen,
    record: &'v RawRecord<'v>,
    /// The element of the first title that a reader sees; 0 where there is none.
    title: u32,
}

impl View<'_, '_> {
    /// The element that a unit stands in.
    fn element(&self, unit: usize) -> u32 {
        self.markup.lines[self.page.units[unit].lines.start].element
    }
}

/// Finds headline, outlet, date and byline of a page.
pub(super) fn find(
    page: &mut Page<'_>,
    markup: &Markup,
    chosen: &Chosen,
    record: &RawRecord<'_>,
    found: &mut Findings,
) {
    let (titles, first) = titles(page, markup, chosen);
    let right_below = |element| first > 0 && (first..first + BELOW_TITLE).contains(&element);
    let beside =
        |element| chosen.is_beside(element) && !(right_below(element) && signs::is_called_dated(markup, element));
    let mut claims = claims::read(markup, found.url.as_deref(), first, &beside, page.locale);
    found.headline = given(record.given.headline.as_deref(), record).or_else(|| claims::headline(&claims, &titles));
    let stated = found.headlines.first().map(|stated| stated.value.clone());
    let stated = stated.and_then(|headline| mark_headline(page, markup, &headline));
    let title = found.headline.as_ref().and_then(|headline| mark_headline(page, markup, &headline.value)).or(stated);
    if let Some(field) = found.headline.as_mut().filter(|field| field.confidence != Confidence::Given) {
        date::cut_from_value(field, dates::NEAR_TITLE, &mut found.dates, page.locale);
    }
    let view = View { page, markup, chosen, record, title: first };
    outlets::find(&view, &mut claims, found);
    dates::note(&view, title, &mut claims, found);
    bylines::find(&view, &mut claims, found);
}

/// A value that the record itself gives.
fn given(value: Option<&str>, record: &RawRecord<'_>) -> Option<Field<String>> {
    let lines = Some(Lines::one(record.first_line)).filter(|_| record.place.is_some());
    let field = |value: &str| Field {
        value: value.to_owned(),
        confidence: Confidence::Given,
        rule: "record".into(),
        lines,
        alternatives: Vec::new(),
    };
    value.map(field)
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
