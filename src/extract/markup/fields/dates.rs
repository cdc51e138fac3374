//! The date of a page: what it states for machines, its address, and what stands around its text.

use super::view::{NEAR, View};
use crate::article::{Lines, NewsDate, Precision};
use crate::extract::Label;
use crate::extract::claims::Claims;
use crate::extract::date::{self, Sense, sense_before};
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::leads;
use crate::extract::markup::signs;
use crate::extract::page::Role;
use crate::extract::stamp::{self, Stamp};
use crate::extract::trust::{Asked, Source};
use crate::lexicon::Locale;
use crate::source::ClaimKind;

mod own_day;

use own_day::{prefer_own_clock, prefer_own_day};

/// Lines right below the headline that are the article's whatever their class.
const BELOW_TITLE: usize = 4;

/// Most words of a line that is no date line and has one, and of one that stands where dates do.
const FEW_WORDS: u8 = 16;
const MANY_WORDS: u8 = 40;
/// Bytes of a line that is looked at.
const LONGEST: usize = 400;

/// Notes the dates of a page whose headline is the unit `title`.
pub(super) fn note(view: &View<'_, '_>, title: Option<usize>, claims: &mut Claims<'_>, found: &mut Findings) {
    date::from_url(view.record, found);
    claims.dates.drain(..).for_each(|date| found.date(date));
    found.updated.append(&mut claims.updated);
    found.waiting.append(&mut claims.waiting);
    note_shown(view, title, found);
    let mut dates = one_a_rule(found.take_dates());
    prefer_own_clock(&mut dates);
    prefer_own_day(&mut dates);
    dates.into_iter().for_each(|date| found.date(date));
}

/// Of several dates of one rule on one day the first stands for all.
fn one_a_rule(mut dates: Vec<Candidate<NewsDate>>) -> Vec<Candidate<NewsDate>> {
    let mut seen: Vec<(&'static str, jiff::civil::Date)> = Vec::new();
    dates.retain(|c| {
        let key = (c.rule(), c.value.start().date());
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    dates
}

/// The units of the headline, of the first paragraph and of the last.
struct Around {
    title: Option<usize>,
    first: Option<usize>,
    /// The unit of the last paragraph.
    last: Option<usize>,
}

impl Around {
    fn is_above(&self, at: usize) -> bool {
        self.title.is_some_and(|title| at < title)
    }

    fn is_between(&self, at: usize) -> bool {
        self.title.zip(self.first).is_some_and(|(title, first)| title < at && at < first)
    }

    fn is_right_under(&self, at: usize) -> bool {
        self.last.is_some_and(|last| (last..last + BELOW_TITLE).contains(&at))
    }

    fn is_right_below(&self, at: usize) -> bool {
        self.title.is_some_and(|title| (title..title + BELOW_TITLE).contains(&at))
    }
}

/// Dates that a reader sees: between headline and text, else under the text where they say so.
fn note_shown(view: &View<'_, '_>, title: Option<usize>, found: &mut Findings) {
    let units = &view.page.units;
    let first = units.iter().position(|unit| unit.is_paragraph());
    let last = units.iter().rposition(|unit| unit.is_paragraph());
    let around = Around { title, first, last };
    note_times(view, &around, found);
    let from = title.or(first).unwrap_or(0).saturating_sub(NEAR);
    let until = first.max(title).map_or(units.len(), |at| at + NEAR).min(units.len());
    let after = (from..until).filter(|at| !around.is_above(*at));
    let before = (from..until).rev().filter(|at| around.is_above(*at));
    let near = Source::of(Asked::Date, "shown", "date-line");
    let below = Source::of(Asked::Date, "shown-below", "date-line-below");
    let mut note = |sense, stamp, source, at| date::note_stamp(sense, stamp, source, view.page.file_lines(at), found);
    for at in after.chain(before) {
        dates_in(view, &around, at).into_iter().for_each(|(sense, stamp)| note(sense, stamp, near, at));
    }
    let Some(last) = last else { return };
    for at in last.max(until)..units.len().min(last + 4 * NEAR) {
        // Far below only what says that it is the publication.
        let counts = |sense: &Sense| at <= last + NEAR || *sense != Sense::Plain;
        let dates = dates_in(view, &around, at).into_iter().filter(|(sense, _)| counts(sense));
        dates.for_each(|(sense, stamp)| note(sense, stamp, below, at));
    }
}

/// Notes what `time` elements between headline and text state, whatever they show and stand in, but for lists of other articles.
fn note_times(view: &View<'_, '_>, around: &Around, found: &mut Findings) {
    let (Some(title), Some(first)) = (around.title, around.first) else { return };
    let between = view.element(title) + 1..view.element(first);
    let times = view.markup.claims.iter().filter(|c| c.kind == ClaimKind::Time && between.contains(&c.element));
    let source = Source::of(Asked::Date, "shown", "time");
    for claim in times.filter(|claim| view.chosen.label(claim.element) != Some(Label::Related)) {
        let changed = claim
            .name
            .split_whitespace()
            .any(|word| Source::said("time", word).first().is_some_and(|source| source.field == Asked::Updated));
        let stamp = date::read_given(&claim.value, view.page.locale);
        if let Some(stamp) = stamp.filter(|stamp| !changed && !shows_other(view, claim.element, *stamp)) {
            date::note_stamp(sense_of_time(view, claim.element), stamp, source, Lines::one(claim.line), found);
        }
    }
}

/// Whether a `time` element shows another day to people than it states for machines: then what it shows counts.
fn shows_other(view: &View<'_, '_>, element: u32, stated: Stamp) -> bool {
    let (start, end) = view.markup.elements[element as usize].text;
    let shown = view.page.text.get(start as usize..end as usize).unwrap_or_default();
    match (next_stamp(shown, 0, view.page.locale), stated) {
        (Some((_, Stamp::Date(shown), _)), Stamp::Date(stated)) => {
            shown.precision() >= Precision::Day && shown.start().date() != stated.start().date()
        }
        _ => false,
    }
}

/// What a `time` element, the words before it on its line, or the label on the line before say of it.
fn sense_of_time(view: &View<'_, '_>, element: u32) -> Sense {
    let (start, end) = view.markup.elements[element as usize].text;
    let text = view.page.text;
    let before = text.get(..start as usize).unwrap_or_default().trim_end_matches([' ', '\t']);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let own = text.get(start as usize..end as usize).unwrap_or_default();
    match sense_before(&format!("{line} {own}")) {
        Sense::Plain if line.is_empty() => {
            before.trim_end().rsplit('\n').next().and_then(date::label_alone).unwrap_or(Sense::Plain)
        }
        sense => sense,
    }
}

/// What a label on the line before says of a line that is nothing but dates: `Date`, `12.01.2017`.
fn labelled_above(view: &View<'_, '_>, at: usize) -> Option<Sense> {
    let before = view.page.units.get(at.checked_sub(1)?)?;
    date::label_alone(&before.text)
}

/// The dates of a line that is a date line, or stands where dates do.
fn dates_in(view: &View<'_, '_>, around: &Around, at: usize) -> Vec<(Sense, Stamp)> {
    let unit = &view.page.units[at];
    let element = view.element(at);
    let long = unit.shape.words > MANY_WORDS || unit.text.len() > LONGEST;
    // what costs nothing is asked first
    if long || !stamp::has_digit(&unit.text) {
        return Vec::new();
    }
    let whole = unit.role == Role::Drop(Label::DateLine);
    let above = if whole { labelled_above(view, at) } else { None };
    let between = whole && around.is_between(at) && view.chosen.label(element) != Some(Label::Related);
    let near = between || (around.is_right_below(at) && signs::is_called_dated(view.markup, element));
    // signed right below the text: `Von Anna Kowal am 03.05.2013, 11:51 | 4 Kommentare`
    let signed = around.is_right_under(at) && leads::is_led(&unit.text);
    let beside = (!near && !signed && view.chosen.is_beside(element))
        || (around.is_above(at) && signs::in_site_head(view.markup, element, view.title));
    if beside && above.unwrap_or_else(|| sense_before(&unit.text)) != Sense::Published {
        return Vec::new();
    }
    let labelled = matches!(unit.role, Role::Drop(Label::DateLine | Label::Byline));
    if !labelled && !signs::is_dated(view.markup, element) && unit.shape.words > FEW_WORDS {
        return Vec::new();
    }
    let mut found = dates_of(view, at, labelled);
    for (sense, _) in found.iter_mut().filter(|(sense, _)| *sense == Sense::Plain) {
        *sense = above.unwrap_or(Sense::Plain);
    }
    found
}

/// What each date of a line says, by the words before it.
fn dates_of(view: &View<'_, '_>, at: usize, labelled: bool) -> Vec<(Sense, Stamp)> {
    let unit = &view.page.units[at];
    let element = view.element(at);
    let mut found = Vec::new();
    let text = unit.text.as_ref();
    let mut from = 0;
    let dated = signs::is_dated(view.markup, element);
    while let Some((start, stamp, taken)) = next_stamp(text, from, view.page.locale) {
        // what brackets behind it explain is a fact that the page tells: `1975年1月28日（农历…）`
        let told = text[start + taken..].starts_with('（');
        // and a sentence of the text tells of its days
        if !told && (!unit.is_open() || dated || is_edge(text, start, start + taken)) {
            found.push((sense_before(&text[from..start]), stamp));
        }
        from = start + taken.max(1);
    }
    if found.is_empty() && (labelled || dated) {
        let whole = stamp::with_century(text, view.page.locale).unwrap_or_default();
        let dated = next_stamp(&whole, 0, view.page.locale);
        found.extend(dated.map(|(_, stamp, _)| (sense_before(text), stamp)));
    }
    if found.is_empty() && unit.role == Role::Drop(Label::DateLine) {
        // a month alone needs its label, since archives and menus list months: `Published June 2018`
        let dates = date::line_dates(text, view.page.locale);
        found.extend(dates.filter(|(sense, _)| *sense == Sense::Published));
    }
    found
}

/// Words before a date from which on a line tells something else than when it is of.
const SENTENCE: usize = 6;

/// Whether a stretch of a line stands at its beginning, behind a label or a few words, or ends it.
fn is_edge(line: &str, start: usize, end: usize) -> bool {
    let mark = |c: char| !c.is_alphanumeric();
    let before = line[..start].trim_matches(mark);
    before.split_whitespace().count() < SENTENCE
        || sense_before(before) != Sense::Plain
        || line[end..].trim_matches(mark).is_empty()
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
