//! A page's markup as evidence: which lines are the article's, and what the others are.

use super::label;
use super::lexicon::{Key, Meaning, Region};
use super::page::{Page, Role};
use super::words::Ending;
use super::{Label, byline, date};
use crate::source::Markup;

mod choose;
mod signs;
mod weight;

use choose::Chosen;
use signs::Sign;

/// Labels every line of a page that is not the article's.
pub(super) fn label_units(page: &mut Page<'_>) {
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
    page.mark_prose();
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
        } else {
            by_words(page, at, key)
        };
        if let Some(label) = label {
            page.units[at].drop_as(label);
        }
    }
}
