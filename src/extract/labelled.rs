//! Labelled lines above and below a text, as databases and their users write them: `Source: …`, `SECTION: NEWS; Pg. 4`,
//! `LENGTH: 88 words`. Each is a field, or is dropped; none is a sentence of the text.

use std::ops::Range;

use super::date::{self, Sense, read_given};
use super::evidence::{Candidate, Findings};
use super::outlet::usual;
use super::page::{Page, Role, Unit};
use super::trust::{Asked, Source};
use super::{Cut, Label, leads};
use crate::analysis::count_positions_at_most;
use crate::article::{Confidence, Lines, STANDFIRST_WORDS, Span};
use crate::source::{DatabaseField, labelled_field, placed};

/// The name of the rule.
const RULE: &str = "labelled-line";

/// Units above and below a text that are looked at.
const EDGE: usize = 40;
/// Bytes of a labelled line, but for one that begins the text or introduces it.
const LONGEST: usize = 200;

/// A line that a label begins.
#[derive(Clone, Copy)]
struct Labelled {
    unit: usize,
    field: DatabaseField,
    /// Where its value begins: byte of the unit's text.
    value: usize,
    /// Its label is in capitals, which no sentence begins with.
    is_sure: bool,
}

impl Labelled {
    /// Whether it stands above or below a text, and is none of what everybody asks for.
    fn is_around(&self) -> bool {
        self.field.is_below() || self.field.is_above()
    }
}

/// Takes the fields of labelled lines; whether the headline was among them.
pub(super) fn find(page: &mut Page<'_>, found: &mut Findings) -> bool {
    let head = head(page);
    let mut above = labelled(page, head);
    if let Some(text) = above.iter().position(|line| line.field == DatabaseField::Text) {
        above.truncate(text + 1);
    }
    if !is_head(&above) {
        above.clear();
    }
    let below = labelled(page, tail(page, above.last().map_or(0, |line| line.unit + 1)));
    let below = if is_tail(&below) || !above.is_empty() { below } else { Vec::new() };
    above.iter().for_each(|line| take(page, *line, found));
    below.iter().filter(|line| line.is_around()).for_each(|line| take(page, *line, found));
    page.units.iter().any(|unit| unit.role == Role::Headline)
}

/// Whether a unit is sentences, and not a label with some behind it.
fn is_text(unit: &Unit<'_>) -> bool {
    unit.shape.is_prose() && labelled_field(&unit.text).is_none()
}

/// The units above the first sentences.
fn head(page: &Page<'_>) -> Range<usize> {
    0..page.units.iter().take(EDGE).position(is_text).unwrap_or(page.units.len().min(EDGE))
}

/// The units below the last sentences.
fn tail(page: &Page<'_>, from: usize) -> Range<usize> {
    let below = page.units[from..].iter().rev().take(EDGE).take_while(|unit| !is_text(unit)).count();
    page.units.len() - below..page.units.len()
}

fn labelled(page: &Page<'_>, units: Range<usize>) -> Vec<Labelled> {
    let of = |unit: usize| {
        let text = &page.units[unit].text;
        let (field, value) = labelled_field(text)?;
        let begins_text = matches!(field, DatabaseField::Text | DatabaseField::Lead);
        let is_line = page.units[unit].lines.len() == 1 && text.len() <= LONGEST && value < text.len();
        let is_sure = text[..value].chars().all(|c| !c.is_lowercase());
        (is_line || begins_text).then_some(Labelled { unit, field, value, is_sure })
    };
    units.filter_map(of).collect()
}

/// Whether lines are the head of an article: two of them at least, of which one says what everybody asks for; or one that nothing else
/// looks like.
fn is_head(lines: &[Labelled]) -> bool {
    let asked = |line: &Labelled| {
        use DatabaseField::{Byline, Date, Headline, Outlet, Section};
        line.is_sure || matches!(line.field, Headline | Outlet | Date | Byline | Section)
    };
    match lines {
        [] => false,
        [one] => one.is_sure && one.field.is_above(),
        several => several.iter().any(asked),
    }
}

/// Whether lines are the fields below an article: two of them, or one in capitals.
fn is_tail(lines: &[Labelled]) -> bool {
    let around = || lines.iter().filter(|line| line.is_around());
    around().count() >= 2 || around().any(|line| line.is_sure)
}

fn take(page: &mut Page<'_>, line: Labelled, found: &mut Findings) {
    let Labelled { unit, field, value, .. } = line;
    let lines = page.file_lines(unit);
    let said = page.units[unit].text[value..].trim().to_owned();
    let text = |field: Asked, value: String| Candidate::new(value, Source::of(field, "line", RULE), Some(lines));
    let mut role = Role::Drop(Label::Label);
    match field {
        DatabaseField::Headline => {
            role = Role::Headline;
            found.text(text(Asked::Headline, said));
        }
        DatabaseField::Outlet if !said.contains("://") => {
            found.text(text(Asked::Outlet, usual(&said, page.outlets)));
        }
        DatabaseField::Byline => {
            role = Role::Drop(Label::Byline);
            found.text(text(Asked::Byline, leads::without_by(&said).to_owned()));
        }
        DatabaseField::Date => {
            role = Role::Drop(Label::DateLine);
            note_date(page, &said, lines, found);
        }
        DatabaseField::Section | DatabaseField::Page => {
            let (section, on) = placed(&said, field == DatabaseField::Page);
            found.text_all(section.map(|section| text(Asked::Section, section)));
            found.text_all(on.map(|on| text(Asked::Page, on)));
        }
        DatabaseField::Text | DatabaseField::Lead if !said.is_empty() => {
            cut_label(page, unit, value, found);
            let introduces = field == DatabaseField::Lead && count_positions_at_most(&said) <= STANDFIRST_WORDS;
            role = if introduces { Role::Standfirst } else { Role::Open };
            if introduces {
                found.standfirst = Some((Confidence::High, RULE));
            }
        }
        _ => {}
    }
    page.units[unit].role = role;
}

fn note_date(page: &Page<'_>, said: &str, lines: Lines, found: &mut Findings) {
    if let Some(stamp) = read_given(said, page.locale) {
        date::note_stamp(Sense::Plain, stamp, Source::of(Asked::Date, "line", RULE), lines, found);
    }
}

/// Cuts the label off the line on which the text begins.
fn cut_label(page: &mut Page<'_>, unit: usize, value: usize, found: &mut Findings) {
    page.units[unit].cut.0 = value;
    let line = page.lines[page.units[unit].lines.start];
    found.cuts.push(Cut {
        lines: Lines::one(line.number),
        span: Span::new(line.start, line.start + value),
        label: Label::Label,
    });
}
