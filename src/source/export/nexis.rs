//! Nexis: `1 of 10 DOCUMENTS`, an indented masthead and date, the headline, fields in capitals, text, fields.

use super::labels::{self, DatabaseField};
use super::{Exported, Line, joined, lines, some};

/// Lines under an article's number within which a field must stand.
const HEAD: usize = 60;

/// Whether a text is such an export: an article is numbered, and a field in capitals stands under it.
pub(super) fn is(head: &str) -> bool {
    let mut lines = head.lines().skip_while(|line| !labels::numbers_article(line)).skip(1).take(HEAD);
    lines.any(|line| labels::in_capitals(line).is_some() && labels::named(line).is_some())
}

pub(super) fn starts(text: &str) -> Vec<usize> {
    lines(text).iter().filter(|line| labels::numbers_article(line.text)).map(|line| line.at).collect()
}

pub(super) fn read(article: &str) -> Exported {
    let lines = lines(article);
    let mut found = Exported::default();
    let head = masthead(&lines, &mut found);
    let text = fields(&lines, head, &mut found);
    if let Some(text) = text {
        let end = (text..lines.len()).find(|at| ends_text(&lines, *at)).unwrap_or(lines.len());
        let last = (text..end).rev().find(|at| !lines[*at].is_blank());
        let first = (text..end).find(|at| !lines[*at].is_blank());
        if let Some((first, last)) = first.zip(last) {
            found.text.push(lines[first].at..lines[last].end());
        }
    }
    found
}

fn is_indented(line: &Line<'_>) -> bool {
    line.text.starts_with("  ") || line.text.starts_with('\t')
}

/// Outlet and date above the headline; the line behind them.
fn masthead(lines: &[Line<'_>], found: &mut Exported) -> usize {
    let ends = |at: &usize| !lines[*at].is_blank() && !is_indented(&lines[*at]);
    let end = (1..lines.len()).find(ends).unwrap_or(lines.len());
    for line in lines[1..end].iter().filter(|line| !line.is_blank() && !labels::is_rights(line.text)) {
        match has_year(line.text) {
            true if found.date.is_none() => found.date = some(line.text),
            false if found.outlet.is_none() && found.date.is_none() => found.outlet = some(line.text),
            _ => {}
        }
    }
    end
}

/// Whether a number of four figures in a line may be a year.
pub(super) fn has_year(line: &str) -> bool {
    let numbers = line.split(|c: char| !c.is_ascii_digit());
    numbers.filter(|number| number.len() == 4).any(|number| ("1600".."2200").contains(&number))
}

/// Headline and fields from a line on; the line on which the text begins.
fn fields(lines: &[Line<'_>], from: usize, found: &mut Exported) -> Option<usize> {
    let (mut at, mut labelled) = (from, false);
    while let Some(line) = lines.get(at) {
        if line.is_blank() {
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|next| lines[*next].is_blank()).unwrap_or(lines.len());
        let Some(value) = labels::in_capitals(line.text) else {
            if labelled || found.headline.is_some() || ends_text(lines, at) {
                return (!ends_text(lines, at)).then_some(at);
            }
            // several fields may stand under a headline without a blank line
            let until = (at..end).find(|next| labels::in_capitals(lines[*next].text).is_some()).unwrap_or(end);
            found.headline = some(&joined(&lines[at..until]));
            at = until;
            continue;
        };
        labelled = true;
        let until = (at + 1..end).find(|next| labels::in_capitals(lines[*next].text).is_some()).unwrap_or(end);
        let mut parts = lines[at..until].to_vec();
        parts[0] = Line { at: line.at + value, text: &line.text[value..] };
        let said = || some(&joined(&parts));
        match labels::named(line.text).map(|(field, _)| field) {
            Some(DatabaseField::Text) if parts[0].is_blank() => return Some(at + 1),
            Some(DatabaseField::Text) => return Some(at),
            Some(DatabaseField::Tail) => return None,
            Some(DatabaseField::Headline) => found.headline = said(),
            Some(DatabaseField::Byline) => found.byline = said(),
            Some(DatabaseField::Place) => found.place = said(),
            Some(DatabaseField::Outlet) => found.outlet = found.outlet.take().or_else(said),
            Some(DatabaseField::Date) => found.date = found.date.take().or_else(said),
            Some(DatabaseField::Lead) => {
                let last = parts.iter().rev().find(|part| !part.is_blank());
                found.lead.extend(last.map(|last| parts[0].at..last.end()));
            }
            Some(DatabaseField::Head) | None => {}
        }
        at = until;
    }
    None
}

/// Whether a line stands below the text: a field of its tail, or an indented line of copyright.
fn ends_text(lines: &[Line<'_>], at: usize) -> bool {
    let line = &lines[at];
    let apart = at == 0 || lines[at - 1].is_blank() || is_field(lines[at - 1].text);
    (apart && is_field(line.text)) || (is_indented(line) && labels::is_rights(line.text))
}

fn is_field(line: &str) -> bool {
    labels::in_capitals(line).is_some() && matches!(labels::named(line), Some((DatabaseField::Tail, _)))
}
