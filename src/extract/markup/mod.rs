//! A page's markup as evidence: which lines are the article's, and what the others are.

use super::label;
use super::lexicon::{Key, Meaning, Region};
use std::collections::HashMap;

use super::findings::Findings;
use super::page::{Page, Role};
use super::{Label, date, region};
use crate::source::{Markup, RawRecord};

mod choose;
mod fields;
mod signs;
mod weight;

use choose::Chosen;
use signs::Sign;

/// Labels every line of a page that is not the article's, and finds the fields that the markup gives.
pub(super) fn find(page: &mut Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let Some(markup) = page.markup else { return };
    let weights = weight::weigh(page, markup);
    let chosen = Chosen::find(page, markup, &weights);
    let mut key = Key::default();
    for at in 0..page.units.len() {
        let line = page.units[at].lines.start;
        if let Some(label) = chosen.verdict(markup, line) {
            let said = by_words(page, at, &mut key);
            page.units[at].drop_as(said.unwrap_or(label));
        }
    }
    within(page, markup, &chosen, &mut key);
    drop_repeats(page, markup);
    page.mark_prose();
    mark_headings(page, &mut key);
    region::label_lists(page);
    page.mark_prose();
    fields::find(page, markup, &chosen, record, found);
    keep_something(page, markup, &chosen);
    page.mark_prose();
}

/// Where words alone told every line of the body as furniture, its place is believed.
fn keep_something(page: &mut Page<'_>, markup: &Markup, chosen: &Chosen) {
    if page.units.iter().any(|unit| unit.is_open()) {
        return;
    }
    for unit in &mut page.units {
        let line = unit.lines.start;
        if unit.role != Role::Headline && chosen.verdict(markup, line).is_none() {
            unit.role = Role::Open;
        }
    }
}

/// Pages carry their text more than once, for screens of several widths: what comes again somewhere else goes.
fn drop_repeats(page: &mut Page<'_>, markup: &Markup) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for unit in page.units.iter_mut().filter(|unit| unit.is_open() && unit.shape.words >= 20) {
        let element = markup.lines[unit.lines.start].element;
        let place = markup.elements[element as usize].parent;
        let first = *seen.entry(unit.text.to_string()).or_insert(place);
        if first != place {
            unit.drop_as(Label::Nav);
        }
    }
}

/// What a line outside the body says it is, where that is more than its place says.
fn by_words(page: &Page<'_>, at: usize, key: &mut Key) -> Option<Label> {
    let unit = &page.units[at];
    if unit.shape.words > 24 {
        return None;
    }
    if date::is_date_line(&unit.text, unit.shape, false) {
        return Some(Label::DateLine);
    }
    match label::of(&unit.text, unit.shape, key, Region::Anywhere) {
        Some(Meaning::Furniture(label)) => Some(label),
        _ => None,
    }
}

/// Marks headings of lists of other articles.
fn mark_headings(page: &mut Page<'_>, key: &mut Key) {
    for unit in page.units.iter_mut().filter(|unit| unit.is_open() && unit.shape.words <= 8) {
        let meaning = label::of(&unit.text, unit.shape, key, Region::Anywhere);
        unit.heads_list = meaning == Some(Meaning::ListHeading);
    }
}

/// Labels furniture among the body's lines.
fn within(page: &mut Page<'_>, markup: &Markup, chosen: &Chosen, key: &mut Key) {
    for at in 0..page.units.len() {
        let unit = &page.units[at];
        if !unit.is_open() {
            continue;
        }
        let line = markup.lines[unit.lines.start];
        let length = unit.text.len().max(1);
        let linked = line.linked as usize * 100 / length;
        let name = chosen.block(markup, line.element);
        let label = if name == "h1" {
            Some(Label::Nav)
        } else if linked >= 90 && !unit.shape.is_sentence() {
            Some(Label::InlineLink)
        } else if matches!(name, "td" | "th") || chosen.is_quoted(markup, line.element) {
            None
        } else {
            by_words(page, at, key)
        };
        if let Some(label) = label {
            page.units[at].drop_as(label);
        }
    }
}
