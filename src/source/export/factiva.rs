//! Factiva: fields by codes (`HD  …` to `AN  Document …`), or an article as it is shown, with `Document …` under it.

use super::labels::{self, DatabaseField};
use super::{Exported, Line, joined, lines, some};

/// Different codes that a text of fields has, at least.
const CODES: usize = 5;

/// Whether a text has fields by codes: some different ones, the headline's among them.
pub(super) fn has_fields(head: &str) -> bool {
    let mut codes: Vec<&str> =
        head.lines().filter(|line| labels::coded(line).is_some()).map(|line| &line[..2]).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len() >= CODES && codes.contains(&"HD")
}

/// Whether a text shows articles: a length, and the mark of an article below it.
pub(super) fn is(head: &str) -> bool {
    let mut lines = head.lines();
    lines.any(labels::is_length)
        && (lines.any(ends_article) || head.lines().filter(|line| labels::is_length(line)).count() > 1)
        && head.lines().any(ends_article)
}

/// `Document PEPOST0020180612ee6c0000a`: the paper's letters, the day, and more.
fn ends_article(line: &str) -> bool {
    let Some((_, mark)) = line.trim().split_once(' ').filter(|(noun, _)| noun.eq_ignore_ascii_case("document")) else {
        return false;
    };
    let letters = mark.chars().take_while(char::is_ascii_uppercase).count();
    letters >= 2 && mark.len() >= 18 && mark.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Where articles of fields begin: at the first code, and at the first behind each `AN`.
pub(super) fn field_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut ended = true;
    for line in lines(text) {
        if labels::coded(line.text).is_none() {
            continue;
        }
        if ended {
            starts.push(line.at);
        }
        ended = line.text.starts_with("AN");
    }
    starts
}

pub(super) fn read_fields(article: &str) -> Exported {
    let lines = lines(article);
    let mut found = Exported::default();
    let starts: Vec<usize> = (0..lines.len()).filter(|at| labels::coded(lines[*at].text).is_some()).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    for (at, end) in starts.iter().copied().zip(ends) {
        let Some((field, value)) = labels::coded(lines[at].text) else { continue };
        let first = Line { at: lines[at].at + value, text: &lines[at].text[value..] };
        let parts: Vec<Line<'_>> = std::iter::once(first).chain(lines[at + 1..end].iter().copied()).collect();
        let said = || some(&joined(&parts));
        match field {
            DatabaseField::Headline => found.headline = said(),
            DatabaseField::Outlet => found.outlet = said(),
            DatabaseField::Date => found.date = said(),
            DatabaseField::Byline => found.byline = said(),
            DatabaseField::Text => {
                let mut filled = parts.iter().filter(|part| !part.is_blank());
                let first = filled.next();
                found.text.extend(first.map(|first| first.at..filled.next_back().unwrap_or(first).end()));
            }
            _ => {}
        }
    }
    found
}

/// Where shown articles begin: at the first line, and at the first behind the mark of each.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let lines = lines(text);
    let mut starts = Vec::new();
    let mut from = 0;
    for (end, _) in lines.iter().enumerate().filter(|(_, line)| ends_article(line.text)) {
        let first = (from..end).find(|at| !lines[*at].is_blank());
        starts.extend(first.map(|first| lines[first].at));
        from = end + 1;
    }
    starts
}

pub(super) fn read(article: &str) -> Exported {
    let lines = lines(article);
    let mut found = Exported::default();
    let end = lines.iter().position(|line| ends_article(line.text)).unwrap_or(lines.len());
    let Some(length) = lines[..end].iter().position(|line| labels::is_length(line.text)) else { return found };
    let blocks = blocks(&lines[..length]);
    let (title, names) = match blocks.split_last() {
        Some((names, before)) if !before.is_empty() => (before.last(), Some(names)),
        Some((title, _)) => (Some(title), None),
        None => (None, None),
    };
    found.headline = title.and_then(|title| some(&joined(without_section(title))));
    found.byline = names.and_then(|names| some(&joined(names)));
    let mut facts = lines[length + 1..end].iter().take_while(|line| !line.is_blank());
    found.date = facts.next().and_then(|line| some(line.text));
    let is_clock = |line: &&Line<'_>| line.text.trim().chars().all(|c| c.is_ascii_digit() || c == ':');
    found.outlet = facts.find(|line| !is_clock(line)).and_then(|line| some(line.text));
    let text = (length..end).find(|at| lines[*at].is_blank());
    let mut filled = lines[text.unwrap_or(end)..end].iter().filter(|line| !line.is_blank());
    if let Some(first) = filled.next() {
        found.text.push(first.at..filled.next_back().unwrap_or(first).end());
    }
    found
}

/// Lines that no blank line parts.
fn blocks<'l, 't>(lines: &'l [Line<'t>]) -> Vec<&'l [Line<'t>]> {
    lines.split(|line| line.is_blank()).filter(|block| !block.is_empty()).collect()
}

/// Words of the longest name of a section.
const SECTION: usize = 3;

/// A title without the section that stands on a line above it.
fn without_section<'l, 't>(title: &'l [Line<'t>]) -> &'l [Line<'t>] {
    match title {
        [section, rest @ ..] if !rest.is_empty() && section.text.split_whitespace().count() <= SECTION => rest,
        title => title,
    }
}
