//! The headline: the first title before the first paragraph that is neither the site's nor a section's.

use std::borrow::Cow;

use super::findings::Findings;
use super::page::{Page, Role, Unit};
use super::words::Ending;
use super::{Cut, Label, date, names, outlet};
use crate::article::{Confidence, Field, Lines, Span};
use crate::source::RawRecord;

/// Marks that wires put before a headline: `UPDATE 2-`, `BREAKING:`.
const MARKS: &[&str] = &[
    "UPDATE",
    "WRAPUP",
    "REFILE",
    "CORRECTED",
    "BREAKING",
    "BREAKING NEWS",
    "EXCLUSIVE",
    "FACTBOX",
    "RPT",
    "PRECIOUS",
    "LEAD",
];

/// Finds the headline, gives its lines their role, and cuts what is printed on its line beside it.
pub(super) fn find(page: &mut Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    if let Some(given) = &record.given.headline {
        found.headline = Some(Field {
            value: given.clone(),
            confidence: Confidence::Given,
            rule: Cow::Borrowed("record"),
            lines: Some(Lines::one(record.first_line)).filter(|_| record.place.is_some()),
            alternatives: Vec::new(),
        });
        mark_repeats(page, given);
        return;
    }
    let Some(at) = choose(page) else { return };
    label_above(page, at, found);
    date::cut_prefix(page, at, found);
    cut_mark(page, at, found);
    cut_outlet(page, at, found);
    let value = page.units[at].kept().trim().to_owned();
    let first = page.units[..at].iter().all(|unit| !unit.is_open());
    let apart = page.units.get(at + 1).is_none_or(|next| next.gap);
    let long = page.units[at].shape.words >= 4;
    let confidence = if first && apart && long { Confidence::High } else { Confidence::Medium };
    page.units[at].role = Role::Headline;
    found.headline = Some(Field {
        value: value.clone(),
        confidence,
        rule: Cow::Borrowed("title-above-text"),
        lines: Some(page.file_lines(at)),
        alternatives: Vec::new(),
    });
    mark_repeats(page, &value);
}

/// The unit that is the headline: among the titles above the text the first of four words or more, else the longest.
fn choose(page: &Page<'_>) -> Option<usize> {
    page.prose?;
    let titles: Vec<usize> = page.head().filter(|at| is_headline(&page.units[*at])).collect();
    let words = |at: &usize| page.units[*at].shape.words;
    let first_long = titles.iter().find(|at| words(at) >= 4);
    first_long.or_else(|| titles.iter().rev().max_by_key(|at| words(at))).copied().filter(|at| words(at) >= 2)
}

/// What a headline looks like: a title that no sentence ends, or one question, exclamation or quotation.
fn is_headline(unit: &Unit<'_>) -> bool {
    let shape = unit.shape;
    if !unit.is_open() || !shape.is_title() || unit.heads_list || shape.chars < 8 || unit.lines.len() > 3 {
        return false;
    }
    let dated = date::has_prefix(&unit.text);
    let begins = dated
        || unit.text.chars().next().is_some_and(|c| !c.is_lowercase() && !matches!(c, '•' | '-' | '*' | '#' | '@'));
    let inner_end = unit.text.char_indices().any(|(at, c)| {
        matches!(c, '.' | '?' | '!')
            && unit.text[at + 1..].trim_start_matches(['"', '”', '’', '\'']).starts_with(' ')
            && !abbreviates(&unit.text[..at])
    });
    let one_sentence = shape.ending == Ending::Open || shape.words <= 24;
    begins && one_sentence && (!inner_end || shape.words <= 16)
}

/// Whether a full stop after `before` ends an abbreviation rather than a sentence.
fn abbreviates(before: &str) -> bool {
    let word = before.rsplit([' ', '.']).next().unwrap_or("");
    word.chars().count() <= 3
}

/// What stands open above the headline is the site's name or the section's.
fn label_above(page: &mut Page<'_>, headline: usize, found: &mut Findings) {
    for at in 0..headline {
        let lines = page.file_lines(at);
        let unit = &mut page.units[at];
        if unit.is_open() && !unit.shape.is_prose() {
            let known = names::outlet(&unit.text).is_some();
            outlet::note_masthead(&unit.text, lines, found);
            unit.drop_as(if known || names::is_outlet_like(&unit.text) { Label::Nav } else { Label::Label });
        }
    }
}

/// Lines that repeat the headline are the headline's.
fn mark_repeats(page: &mut Page<'_>, headline: &str) {
    let wanted = names::squash(headline);
    let end = page.prose.map_or(0, |(first, _)| first + 1);
    let single = page.units.len() == 1;
    for unit in page.units.iter_mut().take(end.min(12)) {
        let near = unit.text.len().abs_diff(headline.len()) <= headline.len() / 2 + 8;
        if !single && unit.is_open() && near && names::squash(unit.kept()) == wanted {
            unit.role = Role::Headline;
        }
    }
}

/// Cuts `UPDATE 2-` and the like off the front.
fn cut_mark(page: &mut Page<'_>, at: usize, found: &mut Findings) {
    let text = page.units[at].kept();
    let Some(end) = text.find([':', '-', '–', '—', '|']).filter(|end| *end <= 16) else { return };
    let mark = text[..end].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if !MARKS.contains(&mark) {
        return;
    }
    let after = &text[end..];
    let rest = after.trim_start_matches([':', '-', '–', '—', '|', ' ']);
    if rest.split_whitespace().count() < 2 {
        return;
    }
    let length = text.len() - rest.len();
    let start = page.lines[page.units[at].lines.start].start + page.units[at].cut.0;
    page.units[at].cut.0 += length;
    let lines = Lines::one(page.file_lines(at).first);
    found.cuts.push(Cut { lines, span: Span::new(start, start + length), label: Label::Label });
}

/// Cuts ` - The Harbour Gazette` or ` | BBC News` off the end, where the name is an outlet's for other reasons too.
fn cut_outlet(page: &mut Page<'_>, at: usize, found: &mut Findings) {
    let text = page.units[at].kept();
    let Some((start, length)) =
        [" - ", " | ", " – ", " — ", " :: ", " » "].iter().filter_map(|m| text.rfind(m).map(|s| (s, m.len()))).max()
    else {
        return;
    };
    let name = text[start + length..].trim();
    let known = names::outlet(name);
    let stated = |page: &Page<'_>| outlet::is_named_elsewhere(page, name);
    if name.is_empty() || name.split_whitespace().count() > 5 || !(known.is_some() || stated(page)) {
        return;
    }
    if text[..start].split_whitespace().count() < 3 || names::agency(name).is_some() && known.is_none() {
        return;
    }
    let cut = text.len() - start;
    let name = name.to_owned();
    let lines = page.file_lines(at);
    let last = page.lines[page.units[at].lines.end - 1];
    page.units[at].cut.1 = cut;
    let end = last.end;
    // A name broken over two lines cannot be shown as one cut.
    let span = Span::new(end.saturating_sub(cut).max(last.start), end);
    found.cuts.push(Cut { lines: Lines::one(lines.last), span, label: Label::Nav });
    outlet::note_suffix(&name, lines, found);
}
