//! The byline of a page: people that it states for machines, else the names that stand where authors do.

use super::{NEAR, View, given};
use crate::article::{Alternative, Confidence, Field};
use crate::extract::candidate::Candidate;
use crate::extract::claims::{self, Claims};
use crate::extract::findings::Findings;
use crate::extract::markup::signs;
use crate::extract::page::Role;
use crate::extract::words::strip_prefix_ci;
use crate::extract::{Label, names};

/// Most words of a line of names.
const WORDS: usize = 16;

/// Finds the byline; agencies that stand in its place are credited.
pub(super) fn find(view: &View<'_, '_>, claims: &mut Claims, found: &mut Findings) {
    found.byline = given(view.record.given.byline.as_deref(), view.record);
    let outlet = found.outlet.as_ref().map(|o| o.value.clone());
    claims.bylines.sort_by_key(|c| c.rank);
    for candidate in claims.bylines.drain(..) {
        if let Some(value) = claims::people(&candidate.value, outlet.as_deref()) {
            take(Candidate { value, ..candidate }, &mut found.byline);
        } else if let Some(agency) = names::agency(candidate.value.trim()) {
            found.credit(agency, usize::MAX);
        }
    }
    if found.byline.is_none() {
        found.byline = shown(view, outlet.as_deref());
    }
    for unit in view.page.units.iter().filter(|unit| unit.role == Role::Drop(Label::Byline)) {
        let parts = unit.text.split([',', '/', '|']);
        for name in parts.filter_map(|part| names::agency(part.trim_start_matches("By "))) {
            found.credit(name, view.page.lines[unit.lines.start].start);
        }
    }
}

/// Takes the first names as the field, and others as alternatives.
fn take(candidate: Candidate<String>, byline: &mut Option<Field<String>>) {
    let Candidate { value, confidence, rule, lines, .. } = candidate;
    let same = |other: &str| names::squash(other) == names::squash(&value);
    match byline {
        None => {
            *byline = Some(Field { value, confidence, rule: rule.into(), lines, alternatives: Vec::new() });
        }
        Some(field) if !same(&field.value) && !field.alternatives.iter().any(|a| same(&a.value)) => {
            field.alternatives.push(Alternative { value, rule: rule.into(), lines });
        }
        Some(_) => {}
    }
}

/// The first line of names around the headline and the text that stands where authors do.
fn shown(view: &View<'_, '_>, outlet: Option<&str>) -> Option<Field<String>> {
    let (first, last) = view.page.prose?;
    let from = first.saturating_sub(2 * NEAR);
    let until = view.page.units.len().min(last + NEAR);
    (from..until).find_map(|at| {
        let unit = &view.page.units[at];
        let element = view.element(at);
        let led = strip_prefix_ci(&unit.text, "by ").is_some();
        let placed = signs::is_authors(view.markup, element) || (led && unit.label() == Some(Label::Byline));
        if unit.is_open() || unit.shape.words > WORDS || !placed || view.chosen.is_beside(element) {
            return None;
        }
        let value = claims::people(&unit.text, outlet)?;
        let lines = Some(view.page.file_lines(at));
        let confidence = if led { Confidence::High } else { Confidence::Medium };
        Some(Field { value, confidence, rule: "byline".into(), lines, alternatives: Vec::new() })
    })
}
