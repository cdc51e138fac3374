//! The fields of a page: what it states for machines, and what stands around its body.

use super::choose::Chosen;
use super::signs;
use crate::article::{Alternative, Confidence, Field, Lines};
use crate::extract::candidate::Candidate;
use crate::extract::claims::{self, Claims};
use crate::extract::date::Sense;
use crate::extract::findings::Findings;
use crate::extract::page::{Page, Role};
use crate::extract::stamp::{self, Stamp};
use crate::extract::{Label, date, names, outlet};
use crate::source::{Markup, RawRecord};

/// Trust in a date between the headline and the text; what a page states for machines is trusted more.
const NEAR_TITLE: u8 = 112;
/// Trust in a date under the text.
const BELOW: u8 = 160;

/// Trust in a day in the page's own address, in the name behind the title, and in the holder of the copyright.
const ADDRESS: u8 = 79;
const TITLE_SUFFIX: u8 = 100;
const HOLDER: u8 = 110;
const HOST: u8 = 120;

/// Elements and lines right below the headline that are the article's whatever their class.
const BELOW_TITLE: u32 = 20;
const LINES_BELOW_TITLE: usize = 4;

/// Lines around the headline and the text in which a date is looked for.
const NEAR: usize = 10;

/// Finds headline, outlet, date and byline of a page.
pub(super) fn find(
    page: &mut Page<'_>,
    markup: &Markup,
    chosen: &Chosen,
    record: &RawRecord<'_>,
    found: &mut Findings,
) {
    let (titles, first) = titles(page, markup, chosen);
    let right_below = first..first + BELOW_TITLE;
    let beside = |element| chosen.is_beside(element) && !(first > 0 && right_below.contains(&element));
    let mut claims = claims::read(markup, first, &beside);
    found.headline = given(record.given.headline.as_deref(), record).or_else(|| claims::headline(&claims, &titles));
    if let Some(field) = &mut found.headline {
        date::cut_from_value(field, NEAR_TITLE, &mut found.dates);
    }
    let title_at = found.headline.as_ref().and_then(|headline| mark_headline(page, markup, &headline.value));
    note_outlets(page, markup, chosen, &mut claims, record, found);
    dates(page, markup, chosen, title_at, &mut claims, record, found);
    bylines(page, markup, chosen, &mut claims, record, found);
}

fn given(value: Option<&str>, record: &RawRecord<'_>) -> Option<Field<String>> {
    let lines = Some(Lines::one(record.first_line)).filter(|_| record.place.is_some());
    let field = |value: &str| Field {
        value: value.to_owned(),
        confidence: Confidence::Given,
        rule: "record".into(),
        lines,
        alternatives: Vec::new(),
    };
    value.map(field)
}

/// The titles that a reader sees: first-level headings, and what a class calls the headline.
///
/// With them the element of the first.
fn titles(page: &Page<'_>, markup: &Markup, chosen: &Chosen) -> (Vec<(String, Lines)>, u32) {
    let mut titles = Vec::new();
    let mut first = 0;
    for (at, unit) in page.units.iter().enumerate() {
        let line = &markup.lines[unit.lines.start];
        let title = signs::is_title(markup, line.element);
        let words = unit.shape.words >= 2 || unit.shape.chars >= 8;
        if title && words && unit.shape.chars <= 300 && !chosen.is_beside(line.element) && titles.len() < 8 {
            first = if titles.is_empty() { line.element } else { first };
            titles.push((unit.text.to_string(), page.file_lines(at)));
        }
    }
    (titles, first)
}

/// Gives the lines that say the headline their role; the place of the first heading among them.
fn mark_headline(page: &mut Page<'_>, markup: &Markup, headline: &str) -> Option<usize> {
    let wanted = names::squash(headline);
    let mut first = None;
    for (at, unit) in page.units.iter_mut().enumerate() {
        let near = unit.text.len().abs_diff(headline.len()) <= headline.len() / 2 + 8;
        if near && names::squash(&unit.text) == wanted {
            let heading = signs::is_title(markup, markup.lines[unit.lines.start].element);
            if heading || unit.is_open() {
                unit.role = Role::Headline;
            }
            if heading {
                first = first.or(Some(at));
            }
        }
    }
    first
}

fn note_outlets(
    page: &Page<'_>,
    markup: &Markup,
    chosen: &Chosen,
    claims: &mut Claims,
    record: &RawRecord<'_>,
    found: &mut Findings,
) {
    outlet::note_given(record, found);
    claims.suppliers.iter().for_each(|name| found.credit(name, usize::MAX));
    found.outlets.append(&mut claims.outlets);
    if let Some((name, title)) = claims.title.as_ref().zip(found.headline.as_ref()).and_then(|(title, headline)| {
        let rest = title.value.strip_prefix(headline.value.as_str())?;
        let name = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        (name.len() < rest.len() && rest.starts_with(' ')).then(|| (name.to_owned(), title))
    }) {
        let name = name.rsplit([" | ", " - ", " – "][0]).next().unwrap_or(&name).trim().to_owned();
        if (1..=5).contains(&name.split_whitespace().count()) && names::agency(&name).is_none() {
            let lines = title.lines;
            found.outlets.push(Candidate {
                value: name,
                rank: TITLE_SUFFIX,
                confidence: Confidence::Medium,
                rule: "title-suffix",
                lines,
            });
        }
    }
    // Beside the text it is a picture's.
    let below = page.prose.map_or(0, |(_, last)| last + 1);
    for (at, unit) in page.units.iter().enumerate().skip(below) {
        if unit.role == Role::Drop(Label::Copyright) && !chosen.is_inside(markup.lines[unit.lines.start].element) {
            outlet::note_copyright(&unit.text, page.file_lines(at), found);
        }
    }
    found.outlets.iter_mut().filter(|c| c.rule == "copyright-holder").for_each(|c| c.rank = HOLDER);
    outlet::note_address(record, HOST, found);
    outlet::settle(found);
}

fn dates(
    page: &Page<'_>,
    markup: &Markup,
    chosen: &Chosen,
    title: Option<usize>,
    claims: &mut Claims,
    record: &RawRecord<'_>,
    found: &mut Findings,
) {
    date::note_given(record, found);
    date::from_url(record, found);
    found.dates.iter_mut().filter(|c| c.rule == "record-url").for_each(|c| c.rank = ADDRESS);
    found.dates.append(&mut claims.dates);
    found.updated.append(&mut claims.updated);
    for (one, other, rank, rule, lines) in claims.ambiguous.drain(..) {
        date::note_ambiguous(one, other, rank, rule, lines, found);
    }
    shown_dates(page, markup, chosen, title, found);
    date::one_a_rule(found);
    date::prefer_own_clock(found);
}

/// Dates that a reader sees: between headline and text, else under the text where they say so.
fn shown_dates(page: &Page<'_>, markup: &Markup, chosen: &Chosen, title: Option<usize>, found: &mut Findings) {
    let open = |at: &usize| page.units[*at].is_paragraph();
    let first = (0..page.units.len()).find(open);
    let last = (0..page.units.len()).rfind(open);
    let from = title.or(first).unwrap_or(0).saturating_sub(NEAR);
    let until = first.max(title).map_or(page.units.len(), |at| at + NEAR).min(page.units.len());
    let mut order = 0;
    let after = (from..until).filter(|at| title.is_none_or(|title| *at >= title));
    let before = (from..until).rev().filter(|at| title.is_some_and(|title| *at < title));
    for at in after.chain(before) {
        let right_below = title.is_some_and(|title| (title..title + LINES_BELOW_TITLE).contains(&at));
        for (sense, stamp) in dates_in(page, markup, chosen, at, right_below) {
            note_shown(sense, stamp, NEAR_TITLE + order, page.file_lines(at), found);
            order = (order + 1).min(40);
        }
    }
    let Some(last) = last else { return };
    for at in last.max(until)..page.units.len().min(last + 4 * NEAR) {
        for (sense, stamp) in dates_in(page, markup, chosen, at, false) {
            // Far below only what says that it is the publication.
            if at > last + NEAR && sense == Sense::Plain {
                continue;
            }
            note_shown(sense, stamp, BELOW + order, page.file_lines(at), found);
            order = (order + 1).min(40);
        }
    }
}

fn note_shown(sense: Sense, stamp: Stamp, rank: u8, lines: Lines, found: &mut Findings) {
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
fn dates_in(page: &Page<'_>, markup: &Markup, chosen: &Chosen, at: usize, right_below: bool) -> Vec<(Sense, Stamp)> {
    let unit = &page.units[at];
    let element = markup.lines[unit.lines.start].element;
    let far = !right_below && chosen.is_beside(element) && sense_before(&unit.text) != Sense::Published;
    if unit.shape.words > 40 || !unit.text.bytes().any(|b| b.is_ascii_digit()) || far {
        return Vec::new();
    }
    let labelled = matches!(unit.role, Role::Drop(Label::DateLine | Label::Byline));
    if !labelled && !signs::is_dated(markup, element) && unit.shape.words > 16 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let text = unit.text.as_ref();
    let mut from = 0;
    while let Some((start, stamp, taken)) = next_stamp(text, from) {
        found.push((sense_before(&text[from..start]), stamp));
        from = start + taken.max(1);
    }
    if found.is_empty() && (labelled || signs::is_dated(markup, element)) {
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
    two.then(|| stamp::read(&whole, false)).flatten().filter(|(_, taken)| *taken == whole.len()).map(|(stamp, _)| stamp)
}

/// The first date of a text from a byte on: where it begins, what it says, and its length.
fn next_stamp(text: &str, from: usize) -> Option<(usize, Stamp, usize)> {
    let mut before = ' ';
    for (at, c) in text[from..].char_indices() {
        let begins = c.is_alphanumeric() && !before.is_alphanumeric();
        before = c;
        if begins
            && let Some((stamp, taken)) = stamp::read(&text[from + at..], false).filter(|(s, _)| *s != Stamp::NoYear)
        {
            return Some((from + at, stamp, taken));
        }
    }
    None
}

/// What the words before a date say of it.
fn sense_before(words: &str) -> Sense {
    let lower = words.to_lowercase();
    const UPDATED: &[&str] = &[
        "updat",
        "modifi",
        "aktualisier",
        "edited",
        "geändert",
        "änderung",
        "mis à jour",
        "mise à jour",
        "actualiz",
        "aggiorn",
        "bijgewerkt",
        "обновл",
        "revised",
        "reviewed",
        "stand:",
    ];
    const PUBLISHED: &[&str] = &["publi", "posted", "veröffentlich", "erschienen", "erstellt", "created", "datum"];
    let last = |all: &[&str]| all.iter().filter_map(|word| lower.rfind(word)).max();
    match (last(UPDATED), last(PUBLISHED)) {
        (Some(u), p) if p.is_none_or(|p| p < u) => Sense::Updated,
        (_, Some(_)) => Sense::Published,
        _ => Sense::Plain,
    }
}

fn bylines(
    page: &Page<'_>,
    markup: &Markup,
    chosen: &Chosen,
    claims: &mut Claims,
    record: &RawRecord<'_>,
    found: &mut Findings,
) {
    found.byline = given(record.given.byline.as_deref(), record);
    let outlet = found.outlet.as_ref().map(|o| o.value.clone());
    let mut all: Vec<Candidate<String>> = std::mem::take(&mut claims.bylines);
    all.sort_by_key(|c| c.rank);
    let mut named: Vec<Candidate<String>> = Vec::new();
    for candidate in all {
        if let Some(value) = claims::people(&candidate.value, outlet.as_deref()) {
            named.push(Candidate { value, ..candidate });
        } else if let Some(agency) = names::agency(candidate.value.trim()) {
            found.credit(agency, usize::MAX);
        }
    }
    for candidate in named {
        let same = |value: &str| names::squash(value) == names::squash(&candidate.value);
        match &mut found.byline {
            None => {
                let Candidate { value, confidence, rule, lines, .. } = candidate;
                found.byline = Some(Field { value, confidence, rule: rule.into(), lines, alternatives: Vec::new() });
            }
            Some(field) if !same(&field.value) && !field.alternatives.iter().any(|a| same(&a.value)) => {
                let (value, rule, lines) = (candidate.value, candidate.rule.into(), candidate.lines);
                field.alternatives.push(Alternative { value, rule, lines });
            }
            Some(_) => {}
        }
    }
    if found.byline.is_none() {
        found.byline = shown_byline(page, markup, chosen, outlet.as_deref());
    }
    for unit in page.units.iter().filter(|unit| unit.role == Role::Drop(Label::Byline)) {
        for name in unit.text.split([',', '/', '|']).filter_map(|part| names::agency(part.trim_start_matches("By "))) {
            found.credit(name, page.lines[unit.lines.start].start);
        }
    }
}

/// The first line of names around the headline and the text that stands where authors do.
fn shown_byline(page: &Page<'_>, markup: &Markup, chosen: &Chosen, outlet: Option<&str>) -> Option<Field<String>> {
    let (first, last) = page.prose?;
    let from = first.saturating_sub(2 * NEAR);
    let until = page.units.len().min(last + NEAR);
    (from..until).find_map(|at| {
        let unit = &page.units[at];
        let element = markup.lines[unit.lines.start].element;
        let led = unit.text.len() > 3 && crate::extract::words::strip_prefix_ci(&unit.text, "by ").is_some();
        let placed = signs::is_authors(markup, element) || (led && matches!(unit.role, Role::Drop(Label::Byline)));
        if unit.is_open() || unit.shape.words > 16 || !placed || chosen.is_beside(element) {
            return None;
        }
        let value = claims::people(&unit.text, outlet)?;
        let lines = Some(page.file_lines(at));
        let confidence = if led { Confidence::High } else { Confidence::Medium };
        Some(Field { value, confidence, rule: "byline".into(), lines, alternatives: Vec::new() })
    })
}
