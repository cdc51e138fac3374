//! Credits: agencies and others that supplied the copy or part of it. People are no suppliers.

use std::sync::LazyLock;

use super::evidence::Findings;
use super::names::{self, Outlets};
use super::page::{Page, Role};
use super::words::{is_all_caps, strip_prefix_ci};
use super::{Cut, Label};
use crate::article::{Lines, Span};
use crate::lexicon;
use crate::source::RawRecord;

/// Words before a list of suppliers.
static LEADS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CREDITS.labelled("lead"));

/// Words after a list of suppliers.
static TAILS: LazyLock<Vec<String>> = LazyLock::new(|| spaced("tail", true));

/// Words before and behind a supplier's name.
static BEFORE: LazyLock<Vec<String>> = LazyLock::new(|| spaced("before", false));
static BEHIND: LazyLock<Vec<String>> = LazyLock::new(|| spaced("behind", true));

/// Last words of the names of houses.
static HOUSES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CREDITS.labelled("house"));

/// The words with a label, with a blank before or behind them.
fn spaced(label: &str, before: bool) -> Vec<String> {
    let words: Vec<&str> = lexicon::CREDITS.labelled(label);
    words.into_iter().map(|word| if before { format!(" {word}") } else { format!("{word} ") }).collect()
}

/// Collects the suppliers from credit lines, from what stands beside a copyright, from addresses, and from the end of
/// the text.
pub(super) fn find(page: &mut Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    record.given.credit.iter().for_each(|credit| found.credit(credit, 0));
    for at in 0..page.units.len() {
        let unit = &page.units[at];
        let start = page.lines[unit.lines.start].start;
        match unit.role {
            Role::Drop(Label::Credit) => note_all(&unit.text, start, page.outlets, found),
            Role::Drop(Label::Copyright) => {
                for sentence in sentences(&unit.text).filter(|s| TAILS.iter().any(|tail| s.contains(tail.as_str()))) {
                    note_all(sentence, start, page.outlets, found);
                }
            }
            Role::Drop(Label::Url) => {
                if let Some(agency) = author_in_address(&unit.text) {
                    found.credit(agency, start);
                }
            }
            _ => {}
        }
    }
    cut_end(page, found);
}

fn note_all(text: &str, start: usize, outlets: Outlets<'_>, found: &mut Findings) {
    for (nth, name) in suppliers(text, outlets).into_iter().enumerate() {
        found.credit(name, start + nth);
    }
}

/// The suppliers that a credit line names, as printed.
pub(super) fn suppliers<'t>(text: &'t str, outlets: Outlets<'_>) -> Vec<&'t str> {
    text.split(';').flat_map(|clause| in_clause(clause, outlets)).collect()
}

/// Those of one clause of a sign-off.
fn in_clause<'t>(clause: &'t str, outlets: Outlets<'_>) -> Vec<&'t str> {
    let clause = clause.trim_matches(|c: char| !c.is_alphanumeric());
    let mut list = clause;
    if let Some(end) = TAILS.iter().filter_map(|tail| clause.find(tail.as_str())).min() {
        list = &clause[..end];
    } else if let Some(rest) = LEADS.iter().find_map(|lead| strip_prefix_ci(clause, lead)) {
        list = rest;
    }
    let list = sentences(list).next_back().unwrap_or(list);
    let items = list.split(',').flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
    items.flat_map(|item| by_slash(item, outlets)).filter_map(|item| supplier(item, outlets)).collect()
}

/// `AP/Reuters` is two; `RFE/RL` is one.
fn by_slash<'t>(part: &'t str, outlets: Outlets<'_>) -> Vec<&'t str> {
    let whole = part.contains('\'') || part.contains('’') || outlets.named(part.trim()).is_some();
    if whole { vec![part] } else { part.split('/').collect() }
}

/// One item of a list, if it is an organisation.
fn supplier<'t>(item: &'t str, outlets: Outlets<'_>) -> Option<&'t str> {
    let mut name =
        item.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '-' | '–' | '—' | '(' | ')' | '"'));
    for word in BEFORE.iter() {
        name = strip_prefix_ci(name, word).unwrap_or(name);
    }
    for word in BEHIND.iter() {
        let end = name.len().saturating_sub(word.len());
        if name.get(end..).is_some_and(|tail| tail.eq_ignore_ascii_case(word)) {
            name = &name[..end];
        }
    }
    let words = name.split_whitespace().count();
    let listed = names::agency(name).is_some() || outlets.named(name).is_some();
    let acronym = is_all_caps(name) && (2..=6).contains(&name.len()) && words == 1;
    let starts = name.chars().next().is_some_and(char::is_uppercase);
    let capitals = name
        .split_whitespace()
        .all(|w| w.chars().next().is_some_and(|c| c.is_uppercase()) || matches!(w, "of" | "the" | "and" | "de"));
    let owned = name.contains("'s ") || name.contains("’s ") || name.contains("s' ") || name.contains("s’ ");
    let service = HOUSES.iter().any(|w| name.ends_with(w));
    let made = starts && capitals && words <= 5 && names::has_outlet_word(name) && (!owned || service);
    ((listed && starts) || acronym || made).then_some(name)
}

/// Sentences of a short text, cut at a full stop with a space and a capital after it.
fn sentences(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let mut cuts = vec![0];
    for (at, _) in text.match_indices(". ") {
        let word = text[..at].rsplit([' ', '.']).next().unwrap_or("");
        if word.len() > 2 && text[at + 2..].trim_start().chars().next().is_some_and(char::is_uppercase) {
            cuts.push(at + 2);
        }
    }
    cuts.push(text.len());
    let pieces: Vec<&str> = cuts.windows(2).map(|two| text[two[0]..two[1]].trim()).filter(|s| !s.is_empty()).collect();
    pieces.into_iter()
}

/// An agency named as the author in an address: `…/author/reuters`.
fn author_in_address(text: &str) -> Option<&'static str> {
    text.split_whitespace().find_map(|address| {
        let mut parts =
            address.split('/').skip_while(|part| !matches!(*part, "author" | "authors" | "by" | "profile" | "agency"));
        parts.next()?;
        names::agency(&parts.next()?.replace('-', " "))
    })
}

/// Cuts an agency's mark off the end of the text: `… he said. (AP)`, `… he said. — AFP`.
fn cut_end(page: &mut Page<'_>, found: &mut Findings) {
    let Some((_, last)) = page.prose else { return };
    let unit = &page.units[last];
    let text = unit.kept();
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(40))..];
    let Some(open) = near.rfind(['(', '-', '–', '—', '/', '[']) else { return };
    let mark = near[open..].trim_matches(|c: char| !c.is_alphanumeric());
    let before = near[..open].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/'));
    let ends = before.ends_with(['.', '”', '"', '!', '?', '’']);
    if !ends || !(names::agency(mark).is_some() && (is_all_caps(mark) || mark.len() > 4)) {
        return;
    }
    let cut = near.len() - before.len();
    let line = page.lines[unit.lines.end - 1];
    if cut > line.end - line.start {
        return;
    }
    let mark = mark.to_owned();
    page.units[last].cut.1 += cut;
    let span = Span::new(line.end - cut, line.end);
    found.cuts.push(Cut { lines: Lines::one(line.number), span, label: Label::Credit });
    found.credit(&mark, line.end - cut);
}

/// The suppliers in order of mention, each once under the spelling it has first.
pub(super) fn in_order(found: &mut Findings, outlet: Option<&str>) -> Vec<String> {
    found.suppliers.sort_by_key(|supplier| supplier.at);
    let mut seen: Vec<String> = outlet.map(names::squash).into_iter().collect();
    let mut credits = Vec::new();
    for supplier in &found.suppliers {
        let key = names::agency(&supplier.name).map_or_else(|| names::squash(&supplier.name), names::squash);
        if !seen.contains(&key) {
            seen.push(key);
            credits.push(supplier.name.clone());
        }
    }
    credits
}
