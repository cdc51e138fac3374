//! The date of a page: what it states for machines, its address, and what stands around its text.

use super::{NEAR, View};
use crate::article::{Confidence, Lines};
use crate::extract::Label;
use crate::extract::candidate::Candidate;
use crate::extract::claims::Claims;
use crate::extract::date::{self, Sense, sense_before};
use crate::extract::findings::Findings;
use crate::extract::markup::signs;
use crate::extract::page::Role;
use crate::extract::stamp::{self, Stamp};
use crate::lexicon::Locale;

/// Trust in a day in the page's own address.
const ADDRESS: u8 = 79;
/// Trust in a date between the headline and the text; what a page states for machines is trusted more.
pub(super) const NEAR_TITLE: u8 = 112;
/// Trust in a date under the text.
const BELOW: u8 = 160;
/// Dates shown that are told apart by their order.
const MOST: u8 = 40;

/// Lines right below the headline that are the article's whatever their class.
const BELOW_TITLE: usize = 4;

/// Most words of a line that is no date line and has one, and of one that stands where dates do.
const FEW_WORDS: usize = 16;
const MANY_WORDS: usize = 40;
/// Bytes of a line that is looked at.
const LONGEST: usize = 400;

/// Notes the dates of a page whose headline is the unit `title`.
pub(super) fn note(view: &View<'_, '_>, title: Option<usize>, claims: &mut Claims, found: &mut Findings) {
    date::note_given(view.record, view.page.locale, found);
    date::from_url(view.record, found);
    found.dates.iter_mut().filter(|c| c.rule == "record-url").for_each(|c| c.rank = ADDRESS);
    found.dates.append(&mut claims.dates);
    found.updated.append(&mut claims.updated);
    for (one, other, rank, rule, lines) in claims.ambiguous.drain(..) {
        date::note_ambiguous(one, other, rank, rule, lines, found);
    }
    note_shown(view, title, found);
    date::one_a_rule(found);
    date::prefer_own_clock(found);
}

/// Dates that a reader sees: between headline and text, else under the text where they say so.
fn note_shown(view: &View<'_, '_>, title: Option<usize>, found: &mut Findings) {
    let units = &view.page.units;
    let first = units.iter().position(|unit| unit.is_paragraph());
    let last = units.iter().rposition(|unit| unit.is_paragraph());
    let from = title.or(first).unwrap_or(0).saturating_sub(NEAR);
    let until = first.max(title).map_or(units.len(), |at| at + NEAR).min(units.len());
    let after = (from..until).filter(|at| title.is_none_or(|title| *at >= title));
    let before = (from..until).rev().filter(|at| title.is_some_and(|title| *at < title));
    let mut order = 0;
    let mut note = |sense, stamp, rank, at| {
        note_one(sense, stamp, rank + order, view.page.file_lines(at), found);
        order = (order + 1).min(MOST);
    };
    for at in after.chain(before) {
        let right_below = title.is_some_and(|title| (title..title + BELOW_TITLE).contains(&at));
        dates_in(view, at, right_below).into_iter().for_each(|(sense, stamp)| note(sense, stamp, NEAR_TITLE, at));
    }
    let Some(last) = last else { return };
    for at in last.max(until)..units.len().min(last + 4 * NEAR) {
        // Far below only what says that it is the publication.
        let counts = |sense: &Sense| at <= last + NEAR || *sense != Sense::Plain;
        let dates = dates_in(view, at, false).into_iter().filter(|(sense, _)| counts(sense));
        dates.for_each(|(sense, stamp)| note(sense, stamp, BELOW, at));
    }
}

fn note_one(sense: Sense, stamp: Stamp, rank: u8, lines: Lines, found: &mut Findings) {
    let rule = if rank < BELOW { "date-line" } else { "date-line-below" };
    match (sense, stamp) {
        (_, Stamp::NoYear) => {}
        (Sense::Updated, Stamp::Date(value)) => found.updated.push((value, lines)),
        (Sense::Updated, Stamp::Ambiguous(..)) => {}
        (_, Stamp::Date(value)) => {
            let confidence = Confidence::Medium;
            found.dates.push(Candidate { value, rank, confidence, rule, lines: Some(lines) });
        }
        (_, Stamp::Ambiguous(one, other)) => date::note_ambiguous(one, other, rank, rule, lines, found),
    }
}

/// The dates of a line that is a date line, or stands where dates do.
fn dates_in(view: &View<'_, '_>, at: usize, right_below: bool) -> Vec<(Sense, Stamp)> {
    let unit = &view.page.units[at];
    let element = view.element(at);
    let long = unit.shape.words > MANY_WORDS || unit.text.len() > LONGEST;
    // what costs nothing is asked first
    if long || !stamp::has_digit(&unit.text) {
        return Vec::new();
    }
    let near = right_below && signs::is_called_dated(view.markup, element);
    if !near && view.chosen.is_beside(element) && sense_before(&unit.text) != Sense::Published {
        return Vec::new();
    }
    let labelled = matches!(unit.role, Role::Drop(Label::DateLine | Label::Byline));
    if !labelled && !signs::is_dated(view.markup, element) && unit.shape.words > FEW_WORDS {
        return Vec::new();
    }
    let mut found = Vec::new();
    let text = unit.text.as_ref();
    let mut from = 0;
    while let Some((start, stamp, taken)) = next_stamp(text, from, view.page.locale) {
        // what brackets behind it explain is a fact that the page tells: `1975年1月28日（农历…）`
        if !text[start + taken..].starts_with('（') {
            found.push((sense_before(&text[from..start]), stamp));
        }
        from = start + taken.max(1);
    }
    if found.is_empty() && (labelled || signs::is_dated(view.markup, element)) {
        found.extend(short_year(text).map(|stamp| (sense_before(text), stamp)));
    }
    found
}

/// `30.10.23`, which only stands for a date where dates stand.
fn short_year(text: &str) -> Option<Stamp> {
    let word = text.split([' ', ',', '|']).find(|word| word.matches('.').count() == 2)?;
    let mut parts = word.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = format!("{day}.{month}.20{year}");
    let two = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    two.then(|| stamp::read(&whole, false, Locale::default()))
        .flatten()
        .filter(|(_, taken)| *taken == whole.len())
        .map(|(stamp, _)| stamp)
}

/// The first date of a text from a byte on: where it begins, what it says, and its length.
fn next_stamp(text: &str, from: usize, locale: Locale) -> Option<(usize, Stamp, usize)> {
    let mut before = ' ';
    for (at, c) in text[from..].char_indices() {
        let begins = c.is_alphanumeric() && !before.is_alphanumeric();
        before = c;
        if begins
            && let Some((stamp, taken)) =
                stamp::read(&text[from + at..], false, locale).filter(|(s, _)| *s != Stamp::NoYear)
        {
            return Some((from + at, stamp, taken));
        }
    }
    None
}
