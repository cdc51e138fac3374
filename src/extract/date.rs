//! The publication date: lines that state it, prefixes that carry it, and what may stand in for it.

use super::evidence::{Candidate, Findings, Waiting};
use super::page::{Page, Role};
use super::stamp::{self, Stamp};
use super::trust::{Asked, Source};
use super::words::is_space;
use super::{Cut, Label, lines};
use crate::article::{Lines, NewsDate, Precision, Span};
use crate::lexicon::Locale;
use crate::source::RawRecord;

mod given;
mod line;

pub(super) use given::read_given;
pub(super) use line::{
    Sense, before_label, behind_date, behind_name, ends_in_stamp, is_date_line, is_folio, is_particle, label_alone,
    sense_before,
};
use line::{StatedDate, date_line, dates_only, folio, is_joint, sense};

/// The source of a date in the lines of a text.
fn source(place: &str, rule: &str) -> Source {
    Source::of(Asked::Date, place, rule)
}

/// Bytes of a date that a title begins with, as in `date 2018-06-27 Title` or `Published 27 June 2018: Title`, and what
/// it says; none where no title would be left.
fn dated_prefix(title: &str, locale: Locale) -> Option<(usize, StatedDate)> {
    let (sense, after) = sense(title);
    let (stamp, taken) = stamp::read(after, false, locale)?;
    if stamp == Stamp::NoYear {
        return None;
    }
    let mut end = title.len() - after.len() + taken;
    let rest = &title[end..];
    let marked = rest.trim_start().starts_with([':', '-', '–', '—', '|', '/']);
    // A bare date may begin a title of its own: `2018 World Cup`, `27 June 2018 was a day …`. Behind a label small words
    // go on with the date: `Published 27 June 2018 around 9am`.
    if !marked && (sense == Sense::Plain || rest.trim_start().starts_with(char::is_lowercase)) {
        return None;
    }
    end += rest.len() - rest.trim_start_matches(|c: char| is_joint(c) || c == '|').len();
    (title[end..].split_whitespace().count() >= 2).then_some((end, StatedDate { sense, stamp }))
}

/// Whether a title begins with its date.
pub(super) fn has_prefix(title: &str, locale: Locale) -> bool {
    dated_prefix(title, locale).is_some()
}

/// Cuts a date off the front of a title unit, and notes it.
pub(super) fn cut_prefix(page: &mut Page<'_>, unit: usize, found: &mut Findings) {
    if page.units[unit].cut.0 > 0 {
        return;
    }
    let Some((length, stated)) = dated_prefix(&page.units[unit].text, page.locale) else { return };
    let lines = page.file_lines(unit);
    page.units[unit].cut.0 = length;
    let line = page.lines[page.units[unit].lines.start];
    // With the whitespace around it, so that nothing of the line is unaccounted for.
    let before = &page.text[..line.start];
    let start = before.trim_end_matches(|c: char| c != '\n' && is_space(c)).len();
    found.cuts.push(Cut {
        lines: Lines::one(line.number),
        span: Span::new(start, line.start + length),
        label: Label::DateLine,
    });
    note(stated, source("line", "dated-prefix"), lines, found);
}

/// A title without the date before it, and that date, where the title does not stand on a line of its own.
pub(super) fn prefix_of(title: &str, locale: Locale) -> Option<(NewsDate, &str)> {
    match dated_prefix(title, locale)? {
        (length, StatedDate { sense, stamp: Stamp::Date(date) })
            if !matches!(sense, Sense::Updated | Sense::Visited) =>
        {
            Some((date, &title[length..]))
        }
        _ => None,
    }
}

fn note(stated: StatedDate, source: Source, lines: Lines, found: &mut Findings) {
    note_stamp(stated.sense, stated.stamp, source, lines, found);
}

/// What each date of a line that is nothing but dates says, and the date.
pub(super) fn line_dates(line: &str, locale: Locale) -> impl Iterator<Item = (Sense, Stamp)> {
    date_line(line, locale).unwrap_or_default().into_iter().map(|stated| (stated.sense, stated.stamp))
}

/// Notes what a printed date says, and what the words before it say of it.
pub(super) fn note_stamp(sense: Sense, stamp: Stamp, source: Source, lines: Lines, found: &mut Findings) {
    match (sense, stamp) {
        (_, Stamp::NoYear) | (Sense::Visited, _) | (Sense::Updated, Stamp::Ambiguous(..)) => {}
        (Sense::Updated, Stamp::Date(date)) => found.updated.push((date, lines)),
        (_, Stamp::Date(value)) => found.date(Candidate::new(value, source, Some(lines))),
        (_, Stamp::Ambiguous(one, other)) => found.waiting.push(Waiting { readings: [one, other], source, lines }),
    }
}

/// Gathers dates from the page's date lines, the record's address and the copyright.
pub(super) fn gather(page: &Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    from_lines(page, found);
    from_url(record, found);
}

fn from_lines(page: &Page<'_>, found: &mut Findings) {
    let head = page.head();
    for (at, unit) in page.units.iter().enumerate() {
        let lines = page.file_lines(at);
        match unit.role {
            Role::Drop(Label::DateLine) => {
                let named = || behind_name(&unit.text, page.locale).map(|(_, dates)| dates);
                let folio = || folio(&unit.text, page.locale);
                for stated in date_line(&unit.text, page.locale).or_else(named).or_else(folio).unwrap_or_default() {
                    let source = match (head.contains(&at), stated.sense) {
                        (true, _) => source("line", "date-line"),
                        (false, Sense::Published) => source("below-labelled", "date-line"),
                        _ => source("below", "date-line-below"),
                    };
                    note(stated, source, lines, found);
                }
            }
            // `The Kestrel | Issue of June 2021 | Animals`
            Role::Drop(Label::Nav) if !page.whole && head.contains(&at) => {
                let stated = date_line(&unit.text, page.locale).unwrap_or_default().into_iter();
                stated
                    .filter(|s| s.sense == Sense::Published)
                    .for_each(|s| note(s, source("line", "issue-line"), lines, found));
            }
            // A page's footer has the year of the visit.
            Role::Drop(Label::Copyright) if !page.whole => {
                let Some(value) = copyright_year(&unit.text) else { continue };
                found.date(Candidate::new(value, source("line", "copyright-year"), Some(lines)));
            }
            _ => {}
        }
    }
}

/// Notes the date on a byline's line.
pub(super) fn note_beside(text: &str, lines: Lines, locale: Locale, found: &mut Findings) {
    for stated in dates_only(text, locale).unwrap_or_default() {
        note(stated, source("line", "byline-date"), lines, found);
    }
}

/// Notes the day of a dateline, as in `MOSCOW, June 27, 2018 (Reuters) -`.
pub(super) fn note_dateline(text: &str, lines: Lines, locale: Locale, found: &mut Findings) {
    for stated in dates_only(text, locale).unwrap_or_default() {
        note(stated, source("line", "dateline"), lines, found);
    }
}

/// The year of a copyright line, where it names one only.
fn copyright_year(text: &str) -> Option<NewsDate> {
    let years =
        text.split(|c: char| !c.is_ascii_digit()).filter(|w| w.len() == 4).filter_map(|w| w.parse::<i16>().ok());
    let mut years = years.filter(|y| (1900..2100).contains(y));
    let year = years.next()?;
    let only = years.all(|other| other == year);
    let start = jiff::civil::Date::new(year, 1, 1).ok()?.at(0, 0, 0, 0);
    only.then(|| NewsDate::new(start, Precision::Year, None))
}

/// The date in a record's own address: `/2018/06/27/`.
pub(super) fn from_url(record: &RawRecord<'_>, found: &mut Findings) {
    let Some(url) = &found.url else { return };
    let parts: Vec<&str> = url.split(['/', '?', '#']).collect();
    let date = parts.windows(3).find_map(|p| {
        let [year, month, day] = p else { return None };
        let figures = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        figures.then(|| figures_of(year, month, day)).flatten()
    });
    // `/20200428/`, `/20200428-title`
    let whole = || {
        parts.iter().find_map(|part| {
            let figures = part.get(..8).filter(|f| f.bytes().all(|b| b.is_ascii_digit()))?;
            let ends = part[8..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            let dated = || figures_of(&figures[..4], &figures[4..6], &figures[6..]);
            (ends && (figures.starts_with("19") || figures.starts_with("20"))).then(dated).flatten()
        })
    };
    let dashed =
        || parts.iter().find_map(|part| stamp::read(part, false, Locale::default()).filter(|(_, taken)| *taken >= 10));
    if let Some((Stamp::Date(value), _)) = date.or_else(dashed).or_else(whole) {
        found.date(Candidate::new(value, source("address", "record-url"), lines::of_record(record)));
    }
}

fn figures_of(year: &str, month: &str, day: &str) -> Option<(Stamp, usize)> {
    stamp::read(&format!("{year}-{month}-{day}"), false, Locale::default())
}
