//! The publication date: lines that state it, prefixes that carry it, and what may stand in for it.

use super::candidate::{Candidate, Choice, choose};
use super::findings::Findings;
use super::page::{Page, Role};
use super::stamp::{self, Stamp};
use super::stated::{RECORD, is_stated};
use super::words::is_space;
use super::{Cut, Label, Warning};
use crate::article::{Confidence, Field, Lines, NewsDate, Precision, Span};
use crate::lexicon::Locale;
use crate::source::RawRecord;

mod line;

pub(super) use line::{Sense, before_label, ends_in_stamp, is_date_line, is_particle, sense_before};
use line::{Stated, date_line, dates_only, is_joint, sense};

/// Trust in the places a date may stand, best first; what is stated beside the document goes before them.
const OWN_LINE: u8 = RECORD + 1;

const LABELLED_TAIL: u8 = RECORD + 2;

const TAIL: u8 = RECORD + 3;

const DATELINE: u8 = RECORD + 4;

const URL: u8 = RECORD + 5;

const COPYRIGHT: u8 = RECORD + 9;

/// Bytes of a date that a title begins with, as in `date 2018-06-27 Title` or `Published 27 June 2018: Title`, and what
/// it says; none where no title would be left.
fn dated_prefix(title: &str, locale: Locale) -> Option<(usize, Stated)> {
    let (sense, after) = sense(title);
    let (stamp, taken) = stamp::read(after, false, locale)?;
    if stamp == Stamp::NoYear {
        return None;
    }
    let mut end = title.len() - after.len() + taken;
    let rest = &title[end..];
    let marked = rest.trim_start().starts_with([':', '-', '–', '—', '|', '/']);
    // A bare date may begin a title of its own: `2018 World Cup`, `27 June 2018 was a day …`.
    if sense == Sense::Plain && !marked {
        return None;
    }
    end += rest.len() - rest.trim_start_matches(|c: char| is_joint(c) || c == '|').len();
    (title[end..].split_whitespace().count() >= 2).then_some((end, Stated { sense, stamp }))
}

/// Whether a title begins with its date.
pub(super) fn has_prefix(title: &str, locale: Locale) -> bool {
    dated_prefix(title, locale).is_some()
}

/// Cuts a date off the front of a title unit, and notes it.
pub(super) fn cut_prefix(page: &mut Page<'_>, unit: usize, found: &mut Findings) {
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
    note(stated, OWN_LINE, "dated-prefix", lines, found);
}

/// Cuts a date off the front of a headline that does not stand on a line of its own, and notes it.
pub(super) fn cut_from_value(
    headline: &mut Field<String>,
    rank: u8,
    dates: &mut Vec<Candidate<NewsDate>>,
    locale: Locale,
) {
    let Some((length, Stated { sense, stamp: Stamp::Date(value) })) = dated_prefix(&headline.value, locale) else {
        return;
    };
    if sense != Sense::Updated {
        let (confidence, rule) = (Confidence::Medium, "dated-prefix");
        dates.push(Candidate { value, rank, confidence, rule, lines: headline.lines });
        headline.value.drain(..length);
    }
}

/// A date that waits for another one to tell which reading is meant.
#[derive(Debug)]
pub(super) struct Waiting {
    readings: [NewsDate; 2],
    text: String,
    rank: u8,
    rule: &'static str,
    lines: Lines,
}

fn note(stated: Stated, rank: u8, rule: &'static str, lines: Lines, found: &mut Findings) {
    match (stated.sense, stated.stamp) {
        (_, Stamp::NoYear) => {}
        (Sense::Updated, Stamp::Date(date)) => found.updated.push((date, lines)),
        (Sense::Updated, Stamp::Ambiguous(..)) => {}
        (_, Stamp::Date(value)) => {
            let confidence = if rank <= LABELLED_TAIL { Confidence::High } else { Confidence::Medium };
            found.dates.push(Candidate { value, rank, confidence, rule, lines: Some(lines) });
        }
        (_, Stamp::Ambiguous(one, other)) => note_ambiguous(one, other, rank, rule, lines, found),
    }
}

/// Notes figures that may be read as two dates.
pub(super) fn note_ambiguous(
    one: NewsDate,
    other: NewsDate,
    rank: u8,
    rule: &'static str,
    lines: Lines,
    found: &mut Findings,
) {
    let text = format!("{:02}/{:02}/{}", one.start().day(), one.start().month(), one.start().year());
    found.waiting.push(Waiting { readings: [one, other], text, rank, rule, lines });
}

/// Gathers dates from the record's own, the page's date lines, the record's address and the copyright.
pub(super) fn gather(page: &Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    note_given(record, page.locale, found);
    from_lines(page, found);
    from_url(record, found);
}

/// Notes the date that the record itself gives.
pub(super) fn note_given(record: &RawRecord<'_>, locale: Locale, found: &mut Findings) {
    if let Some(given) = &record.given.date {
        match read_given(given, locale) {
            Some(Stamp::Date(value)) => found.dates.push(Candidate {
                value,
                rank: RECORD,
                confidence: Confidence::Given,
                rule: "record",
                lines: Some(Lines::one(record.first_line)).filter(|_| record.place.is_some()),
            }),
            Some(Stamp::Ambiguous(..)) => found.warnings.push(Warning::AmbiguousDate(given.clone())),
            _ => found.warnings.push(Warning::UnreadDate(given.clone())),
        }
    }
}

/// One moment stated twice: the reading on the article's own clock is the one whose day a reader sees.
pub(super) fn prefer_own_clock(found: &mut Findings) {
    let own = found.dates.iter().enumerate().filter(|(_, c)| c.rank >= RECORD);
    let Some(best) = own.min_by_key(|(_, c)| c.rank).map(|(at, _)| at) else { return };
    let utc = found.dates[best].value;
    if utc.offset_minutes() != Some(0) || utc.precision() < Precision::Minute {
        return;
    }
    let same = |c: &Candidate<NewsDate>| {
        let coarse = c.value.precision() == Precision::Minute;
        let own = if coarse {
            c.value.start().with().second(utc.start().second()).build().ok()
        } else {
            Some(c.value.start())
        };
        let apart = own.map_or(1, |own| own.duration_since(utc.start()).as_secs());
        match c.value.offset_minutes() {
            Some(offset) => offset != 0 && apart == i64::from(offset) * 60,
            None => apart != 0 && apart % 900 == 0 && apart.abs() <= 14 * 3600,
        }
    };
    let timed = |c: &&Candidate<NewsDate>| c.value.precision() >= Precision::Minute;
    let own = found.dates.iter().filter(timed).filter(|c| same(c)).max_by_key(|c| c.value.offset_minutes().is_some());
    if let Some(own) = own.cloned() {
        let confidence = found.dates[best].confidence;
        found.dates[best] = Candidate { rank: found.dates[best].rank, confidence, ..own };
    }
}

/// Of several dates of one rule on one day the first stands for all.
pub(super) fn one_a_rule(found: &mut Findings) {
    let mut seen: Vec<(&'static str, jiff::civil::Date)> = Vec::new();
    found.dates.retain(|c| {
        let key = (c.rule, c.value.start().date());
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
}

fn from_lines(page: &Page<'_>, found: &mut Findings) {
    let head = page.head();
    for (at, unit) in page.units.iter().enumerate() {
        let lines = page.file_lines(at);
        match unit.role {
            Role::Drop(Label::DateLine) => {
                for stated in date_line(&unit.text, page.locale).unwrap_or_default() {
                    let (rank, rule) = match (head.contains(&at), stated.sense) {
                        (true, _) => (OWN_LINE, "date-line"),
                        (false, Sense::Published) => (LABELLED_TAIL, "date-line"),
                        _ => (TAIL, "date-line-below"),
                    };
                    note(stated, rank, rule, lines, found);
                }
            }
            // `The Kestrel | Issue of June 2021 | Animals`
            Role::Drop(Label::Nav) if head.contains(&at) => {
                let stated = date_line(&unit.text, page.locale).unwrap_or_default().into_iter();
                stated
                    .filter(|s| s.sense == Sense::Published)
                    .for_each(|s| note(s, OWN_LINE, "issue-line", lines, found));
            }
            Role::Drop(Label::Copyright) => {
                let Some(value) = copyright_year(&unit.text) else { continue };
                let (rank, confidence) = (COPYRIGHT, Confidence::Low);
                let lines = Some(lines);
                found.dates.push(Candidate { value, rank, confidence, rule: "copyright-year", lines });
            }
            _ => {}
        }
    }
}

/// Notes the date on a byline's line.
pub(super) fn note_beside(text: &str, lines: Lines, locale: Locale, found: &mut Findings) {
    for stated in dates_only(text, locale).unwrap_or_default() {
        note(stated, OWN_LINE, "byline-date", lines, found);
    }
}

/// Notes the day of a dateline, as in `MOSCOW, June 27, 2018 (Reuters) -`.
pub(super) fn note_dateline(text: &str, lines: Lines, locale: Locale, found: &mut Findings) {
    for stated in dates_only(text, locale).unwrap_or_default() {
        note(stated, DATELINE, "dateline", lines, found);
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
        let lines = Some(Lines::one(record.first_line)).filter(|_| record.place.is_some());
        found.dates.push(Candidate { value, rank: URL, confidence: Confidence::Medium, rule: "record-url", lines });
    }
}

fn figures_of(year: &str, month: &str, day: &str) -> Option<(Stamp, usize)> {
    stamp::read(&format!("{year}-{month}-{day}"), false, Locale::default())
}

/// Chooses; figures that can be read both ways count only where another date tells which way is meant.
pub(super) fn settle(found: &mut Findings) {
    for wait in std::mem::take(&mut found.waiting) {
        let day = |date: NewsDate| date.start().date();
        let known = |reading: &&NewsDate| {
            found.dates.iter().any(|c| c.value.precision() >= Precision::Day && day(c.value) == day(**reading))
                || found.updated.iter().any(|(updated, _)| day(*updated) == day(**reading))
        };
        match wait.readings.iter().find(known) {
            Some(value) => {
                let (value, rank, rule, lines) = (*value, wait.rank, wait.rule, Some(wait.lines));
                found.dates.push(Candidate { value, rank, confidence: Confidence::Medium, rule, lines });
            }
            None => found.warnings.push(Warning::AmbiguousDate(wait.text)),
        }
    }
    match choose(std::mem::take(&mut found.dates), finer) {
        Choice::Field(field) => {
            if is_stated(&field.rule) {
                found.warnings.retain(|w| !matches!(w, Warning::UnreadDate(_) | Warning::AmbiguousDate(_)));
            }
            found.date = Some(with_updates(field, &found.updated));
        }
        Choice::Conflict(values) => {
            found.warnings.push(Warning::Conflict("date", values.iter().map(NewsDate::to_string).collect()));
        }
        Choice::Nothing => {
            if let Some((updated, _)) = found.updated.first() {
                found.warnings.push(Warning::OnlyUpdated(updated.to_string()));
            }
        }
    }
}

/// The finer of two dates of which one lies in the other.
fn finer(one: &NewsDate, other: &NewsDate) -> Option<NewsDate> {
    let (a, b) = (one.bounds(), other.bounds());
    if a.0 <= b.0 && b.1 <= a.1 {
        let zoned = a == b && one.offset_minutes().is_some();
        return Some(if zoned { *one } else { *other });
    }
    (b.0 <= a.0 && a.1 <= b.1).then_some(*one)
}

fn with_updates(mut field: Field<NewsDate>, updated: &[(NewsDate, Lines)]) -> Field<NewsDate> {
    for (value, lines) in updated {
        let rule = std::borrow::Cow::Borrowed("updated");
        field.alternatives.push(crate::article::Alternative { value: *value, rule, lines: Some(*lines) });
    }
    field
}

/// A date that a record gives, in any form known here, read whole.
pub(super) fn read_given(text: &str, locale: Locale) -> Option<Stamp> {
    let text = text.trim();
    let in_time = |date: NewsDate| (1500..=2100).contains(&date.start().year());
    if let Ok(date) = text.parse::<NewsDate>() {
        return in_time(date).then_some(Stamp::Date(date));
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return read_given(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]), locale);
    }
    let mut dates = dates_only(text, locale)?.into_iter().filter(|s| s.sense != Sense::Updated);
    let first = dates.next()?;
    (dates.next().is_none() && first.stamp != Stamp::NoYear).then_some(first.stamp)
}
