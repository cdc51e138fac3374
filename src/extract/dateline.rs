//! The dateline: `WASHINGTON (AP) — `, `MOSCOW, June 27 (TASS) — `, `Vienna – ` at the start of the text.

use std::borrow::Cow;

use super::evidence::{Candidate, Findings};
use super::names::Outlets;
use super::page::{Page, Role, Unit};
use super::trust::{Asked, Source};
use super::words::{is_all_caps, title_case};
use super::{Cut, Label, date, lines, names};
use crate::article::{Confidence, Field, Lines, Span};
use crate::source::RawRecord;

mod read;

use read::{Dateline, is_listed, is_place, own_line, read};
pub(super) use read::{is_agency_mark, is_note_word};

/// Paragraphs that may begin with it: a note or a summary may stand above the lead.
const PARAGRAPHS: usize = 3;

/// Finds the dateline, cuts it off its paragraph, and notes place, agencies and day.
pub(super) fn find(page: &mut Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    if let Some(place) = &record.given.place {
        let lines = lines::of_record(record);
        let (confidence, rule) = (Confidence::Given, "record".into());
        found.dateline_place = Some(Field { value: place.clone(), confidence, rule, lines, alternatives: Vec::new() });
    }
    for at in 0..page.prose.map_or(0, |(first, _)| first) {
        if page.units[at].role == Role::Drop(Label::DateLine) {
            note_own_line(page, at, found);
        }
    }
    place_above(page, found);
    let paragraphs: Vec<usize> = page.prose.map_or_else(Vec::new, |(first, last)| {
        (first..=last).filter(|at| page.units[*at].is_paragraph()).take(PARAGRAPHS).collect()
    });
    for (nth, at) in paragraphs.into_iter().enumerate() {
        let text = page.units[at].text.clone();
        let Some(dateline) = read(&text, page.outlets).filter(|d| nth == 0 || (d.sure && !d.sources.is_empty())) else {
            continue;
        };
        let lines = Lines::one(page.file_lines(at).first);
        let start = page.lines[page.units[at].lines.start].start;
        // A dateline that runs over the end of its line cannot be cut from one line; then nothing is cut.
        let line = page.lines[page.units[at].lines.start];
        if start + dateline.length > line.end {
            continue;
        }
        note(page, &dateline, start, lines, found);
        page.units[at].cut.0 = dateline.length;
        found.cuts.push(Cut { lines, span: Span::new(start, start + dateline.length), label: Label::DateLine });
        return;
    }
}

fn note(page: &Page<'_>, dateline: &Dateline<'_>, start: usize, lines: Lines, found: &mut Findings) {
    if let Some(place) = dateline.place {
        let confidence = if dateline.sure { Confidence::High } else { Confidence::Medium };
        set_place(place, confidence, lines, found);
    }
    if let Some(day) = dateline.date {
        date::note_dateline(day, lines, page.locale, found);
    }
    for (name, at) in &dateline.sources {
        note_source(name, start + at, lines, page.outlets, found);
    }
}

/// A wire agency is credited; the first other name is an outlet's, and what comes after it is credited too.
fn note_source(name: &str, at: usize, lines: Lines, outlets: Outlets<'_>, found: &mut Findings) {
    let source = Source::of(Asked::Outlet, "line", "dateline-source");
    let taken = found.texts(Asked::Outlet).any(|c| c.source == source);
    if names::agency(name).is_some() || taken {
        return found.credit(name, at);
    }
    let name = outlets.named(name).unwrap_or(name);
    found.text(Candidate::new(name.to_owned(), source, Some(lines)));
}

fn set_place(place: &str, confidence: Confidence, lines: Lines, found: &mut Findings) {
    let mut value = String::new();
    for (nth, part) in place.split(',').map(str::trim).enumerate() {
        value.push_str(if nth > 0 { ", " } else { "" });
        let state = nth > 0 && (part.len() <= 3 || part.contains('.'));
        value.push_str(&if state { Cow::Borrowed(part) } else { title_case(part) });
    }
    let (rule, lines) = (Cow::Borrowed("dateline"), Some(lines));
    found.dateline_place.get_or_insert(Field { value, confidence, rule, lines, alternatives: Vec::new() });
}

fn note_own_line(page: &Page<'_>, at: usize, found: &mut Findings) {
    let unit: &Unit<'_> = &page.units[at];
    let Some((place, name)) = own_line(&unit.text, page.outlets) else { return };
    let lines = page.file_lines(at);
    if let Some(place) = place {
        set_place(place, Confidence::High, lines, found);
    }
    note_source(name, page.lines[unit.lines.start].start, lines, page.outlets, found);
}

/// A place in capitals on a line of its own right above the text.
fn place_above(page: &mut Page<'_>, found: &mut Findings) {
    let Some(at) = page.prose.and_then(|(first, _)| first.checked_sub(1)) else { return };
    let unit = &page.units[at];
    if unit.is_open() && is_all_caps(&unit.text) && is_place(&unit.text) && is_listed(&unit.text) {
        let (text, lines) = (unit.text.clone(), page.file_lines(at));
        set_place(&text, Confidence::High, lines, found);
        page.units[at].drop_as(Label::DateLine);
    }
}
