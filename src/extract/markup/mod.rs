//! A page's markup as evidence: which lines are the article's, and what the others are.

use std::collections::HashMap;

use super::claims::{JsonLd, StatedBody};
use super::evidence::Findings;
use super::furniture::{LineKey, Meaning, Region};
use super::page::{Page, Role};
use super::{Label, date, label, region};
use crate::source::{Markup, RawRecord};

mod authors;
mod blocks;
mod classes;
mod doubt;
mod fields;
mod heading;
mod labels;
mod passed;
mod root;
mod signs;
mod standfirst;
mod weight;

use blocks::Chosen;
use signs::Signed;

/// Labels every line of a page that is not the article's, and finds the fields that the markup gives.
pub(super) fn find(page: &mut Page<'_>, markup: &Markup, record: &RawRecord<'_>, found: &mut Findings) {
    let markup = &Signed::new(markup);
    let heading = heading::find(page, markup);
    let json_ld = JsonLd::read(markup);
    let stated = StatedBody::of(&json_ld);
    let weights = weight::weigh(page, markup, &stated.text);
    let prose = blocks::prose(markup, &weights);
    let mut chosen = Chosen::find(page, markup, &weights, heading, prose);
    doubt::settle(page, markup, &weights, &mut chosen, found);
    let mut key = LineKey::default();
    label_outside(page, markup, &chosen, &mut key);
    label_inside(page, markup, &mut key);
    drop_repeats(page, markup);
    page.mark_prose();
    mark_headings(page, &mut key);
    region::label_lists(page);
    page.mark_prose();
    label_edges(page, markup, &mut key);
    drop_last_headings(page, markup);
    drop_signed_note(page, markup);
    page.mark_prose();
    fields::find(page, markup, (&chosen, &json_ld), record, found);
    keep_something(page, markup, &chosen);
    standfirst::find(page, markup, (&chosen, &json_ld), heading, found);
    page.mark_prose();
    doubt::warn(page, prose, &stated, found);
}

/// Labels the lines that stand in furniture, or outside what holds the body.
fn label_outside(page: &mut Page<'_>, markup: &Markup, chosen: &Chosen, key: &mut LineKey) {
    for at in 0..page.units.len() {
        let line = page.units[at].lines.start;
        let Some(label) = chosen.verdict(markup, line) else { continue };
        // Who is named in a menu supplied nothing.
        let inside = chosen.is_inside(markup.lines[line].element);
        let said = by_words(page, at, key).filter(|said| inside || !matches!(said, Label::Credit | Label::Url));
        page.units[at].drop_as(said.unwrap_or(label));
    }
}

/// Lines that stand in links by this share of their bytes, in percent, lead elsewhere.
const LINKED: usize = 90;

/// Labels furniture among the body's lines.
fn label_inside(page: &mut Page<'_>, markup: &Markup, key: &mut LineKey) {
    for at in 0..page.units.len() {
        let unit = &page.units[at];
        let line = markup.lines[unit.lines.start];
        let linked = line.linked as usize * 100 / unit.text.len().max(1);
        let label = match signs::block(markup, line.element) {
            _ if !unit.is_open() => None,
            "h1" => Some(Label::Nav),
            _ if linked >= LINKED && !unit.shape.is_sentence() => Some(Label::InlineLink),
            "td" | "th" => None,
            _ if signs::is_quoted(markup, line.element) => None,
            _ => by_words(page, at, key),
        };
        if let Some(label) = label {
            page.units[at].drop_as(label);
        }
    }
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

/// Shorter lines may well be said twice.
const REPEATED: u8 = 20;

/// Pages carry their text more than once, for screens of several widths: what comes again somewhere else goes.
fn drop_repeats(page: &mut Page<'_>, markup: &Markup) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for unit in page.units.iter_mut().filter(|unit| unit.is_open() && unit.shape.words >= REPEATED) {
        let element = markup.lines[unit.lines.start].element;
        let place = markup.elements[element as usize].parent;
        let first = *seen.entry(unit.text.to_string()).or_insert(place);
        if first != place {
            unit.drop_as(Label::Nav);
        }
    }
}

/// A heading at the very end heads what is not the article's.
fn drop_last_headings(page: &mut Page<'_>, markup: &Markup) {
    for unit in page.units.iter_mut().rev().filter(|unit| unit.is_open()) {
        let name = signs::block(markup, markup.lines[unit.lines.start].element);
        if !matches!(name, "h2" | "h3" | "h4" | "h5" | "h6") || unit.shape.is_prose() {
            return;
        }
        unit.drop_as(Label::Related);
    }
}

/// Words of the longest note about an author.
const LONGEST_NOTE: u8 = 60;

/// A paragraph at the very end, all of it in italics or bold, with an address to write to is about the author.
fn drop_signed_note(page: &mut Page<'_>, markup: &Markup) {
    let paragraphs = page.units.iter().filter(|unit| unit.is_paragraph()).count();
    let Some(unit) = page.units.iter_mut().rfind(|unit| unit.is_open()).filter(|_| paragraphs > 1) else { return };
    let stressed = markup.lines[unit.lines.start].stressed as usize * 100 >= unit.text.len() * LINKED;
    let address = |word: &str| {
        word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.trim_end_matches('.').contains('.'))
    };
    if stressed && unit.shape.words < LONGEST_NOTE && unit.text.split_whitespace().any(address) {
        unit.drop_as(Label::Byline);
    }
}

/// Furniture that only stands above and below a text; what is quoted there is the text's.
fn label_edges(page: &mut Page<'_>, markup: &Markup, key: &mut LineKey) {
    let quoted = |at: &usize| {
        let unit = &page.units[*at];
        unit.is_open() && signs::is_quoted(markup, markup.lines[unit.lines.start].element)
    };
    let quoted: Vec<usize> = (0..page.units.len()).filter(quoted).collect();
    region::label_edges(page, key);
    quoted.into_iter().for_each(|at| page.units[at].role = Role::Open);
}

/// Lines of more words are running text.
const MOST_WORDS: u8 = 24;

/// What a line says it is, where that is more than its place says.
fn by_words(page: &Page<'_>, at: usize, key: &mut LineKey) -> Option<Label> {
    let unit = &page.units[at];
    if unit.shape.words > MOST_WORDS {
        return None;
    }
    if date::is_date_line(&unit.text, unit.shape, false, page.locale) {
        return Some(Label::DateLine);
    }
    match label::of(&unit.text, unit.shape, key, Region::Anywhere, page.outlets) {
        Some(Meaning::Furniture(label)) => Some(label),
        _ => None,
    }
}

/// Marks headings of lists of other articles.
fn mark_headings(page: &mut Page<'_>, key: &mut LineKey) {
    let outlets = page.outlets;
    for unit in page.units.iter_mut().filter(|unit| unit.is_open() && unit.shape.words <= 8) {
        let meaning = label::of(&unit.text, unit.shape, key, Region::Anywhere, outlets);
        unit.heads_list = meaning == Some(Meaning::ListHeading);
    }
}
