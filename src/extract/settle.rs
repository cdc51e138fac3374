//! Headline, byline, date and outlet, each chosen from all that was found.

use super::Warning;
use super::choose::{Choice, choose};
use super::evidence::{Candidate, Findings};
use super::names::{Outlets, squash};
use super::outlet::{better, is_one, spelled, usual};
use super::trust::{Asked, Source};
use crate::article::{Alternative, Confidence, Field, NewsDate, Precision};

/// The fields of an article of which several values may be found.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub headline: Option<Field<String>>,
    pub byline: Option<Field<String>>,
    pub date: Option<Field<NewsDate>>,
    pub outlet: Option<Field<String>>,
    pub section: Option<Field<String>>,
    pub page: Option<Field<String>>,
}

/// Chooses all fields, and notes what was left open.
pub(super) fn settle(found: &mut Findings, outlets: Outlets<'_>) -> Settled {
    let outlet = match choose_outlet(found, outlets) {
        Choice::Field(field) => Some(spelled(field, outlets)),
        Choice::Conflict(values) => {
            let values = values.iter().map(|value| usual(value, outlets)).collect();
            found.warnings.push(Warning::Conflict("outlet", values));
            None
        }
        Choice::Nothing => None,
    };
    let words = |field| choose_words(found.texts(field).cloned().collect());
    let [headline, byline, section, page] = [Asked::Headline, Asked::Byline, Asked::Section, Asked::Page].map(words);
    Settled { headline, byline, date: settle_date(found), outlet, section, page }
}

/// The headline that the document itself has, whatever a user states.
pub(super) fn own_headline(found: &Findings) -> Option<Field<String>> {
    choose_words(found.texts(Asked::Headline).filter(|c| !c.source.is_stated()).cloned().collect())
}

/// The outlet, as far as it is found by now.
pub(super) fn outlet_so_far(found: &Findings, outlets: Outlets<'_>) -> Option<Field<String>> {
    match choose_outlet(found, outlets) {
        Choice::Field(field) => Some(field),
        _ => None,
    }
}

fn choose_outlet(found: &Findings, outlets: Outlets<'_>) -> Choice<String> {
    let candidates = found.texts(Asked::Outlet).cloned().collect();
    choose(candidates, |one, other| better(one, other, outlets), |one, other| is_one(one, other, outlets))
}

/// The choice among headlines or bylines, which say the same where their letters are the same.
fn choose_words(candidates: Vec<Candidate<String>>) -> Option<Field<String>> {
    let is_same = |one: &String, other: &String| one == other || squash(one) == squash(other);
    match choose(candidates, |one, other| is_same(one, other).then(|| one.clone()), is_same) {
        Choice::Field(field) => Some(field),
        _ => None,
    }
}

/// Chooses the date; figures that can be read both ways count only where another date tells which way is meant.
fn settle_date(found: &mut Findings) -> Option<Field<NewsDate>> {
    read_waiting(found);
    match choose(dates_beside(found), finer, |_, _| false) {
        Choice::Field(field) => {
            if !Source::said("stated", &field.rule).is_empty() {
                found.warnings.retain(|w| !matches!(w, Warning::UnreadDate(_) | Warning::AmbiguousDate(_)));
            }
            Some(with_updates(field, found))
        }
        Choice::Conflict(values) => {
            found.warnings.push(Warning::Conflict("date", values.iter().map(NewsDate::to_string).collect()));
            None
        }
        Choice::Nothing => {
            if let Some((updated, _)) = found.updated.first() {
                found.warnings.push(Warning::OnlyUpdated(updated.to_string()));
            }
            None
        }
    }
}

/// All dates, but the year of a copyright only where nothing else is dated: it is as often that of the visit.
fn dates_beside(found: &Findings) -> Vec<Candidate<NewsDate>> {
    let year = Source::of(Asked::Date, "line", "copyright-year");
    let open = found.warnings.iter().any(|w| matches!(w, Warning::AmbiguousDate(_)));
    let dated = open || !found.updated.is_empty() || found.dates().any(|c| c.source != year);
    found.dates().filter(|c| c.source != year || !dated).cloned().collect()
}

/// Puts figures that may be read as two dates on the list where the day of one is known otherwise.
fn read_waiting(found: &mut Findings) {
    for wait in std::mem::take(&mut found.waiting) {
        let day = |date: NewsDate| date.start().date();
        let known = |reading: &&NewsDate| {
            found.dates().any(|c| c.value.precision() >= Precision::Day && day(c.value) == day(**reading))
                || found.updated.iter().any(|(updated, _)| day(*updated) == day(**reading))
        };
        match wait.readings.iter().find(known) {
            Some(value) => {
                let candidate = Candidate::new(*value, wait.source, Some(wait.lines));
                found.date(candidate.sure(Confidence::Medium));
            }
            None => {
                let first = wait.readings[0].start();
                let text = format!("{:02}/{:02}/{}", first.day(), first.month(), first.year());
                found.warnings.push(Warning::AmbiguousDate(text));
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

/// The date with the times of changes behind its alternatives.
fn with_updates(mut field: Field<NewsDate>, found: &Findings) -> Field<NewsDate> {
    let update = |&(value, lines)| Alternative { value, rule: "updated".into(), lines: Some(lines) };
    field.alternatives.extend(found.updated.iter().map(update));
    field
}
