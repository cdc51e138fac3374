//! Nexis: `1 of 10 DOCUMENTS`, an indented masthead and date, the headline, fields in capitals, text, fields.

use super::exported::Exported;
use super::labels::{self, DatabaseField};
use super::line::{ExportLine, filled, joined, some};
use super::placing::{note_page, note_section};

/// Lines under an article's number within which a field must stand.
const HEAD: usize = 60;

/// Whether a text is such an export: an article is numbered, and a field in capitals stands under it.
pub(super) fn is(head: &[ExportLine<'_>]) -> bool {
    let mut lines = head.iter().skip_while(|line| !labels::numbers_article(line.text)).skip(1).take(HEAD);
    lines.any(|line| labels::in_capitals(line.text).is_some() && labels::named(line.text).is_some())
}

pub(super) fn starts(lines: &[ExportLine<'_>]) -> Vec<usize> {
    (0..lines.len()).filter(|at| labels::numbers_article(lines[*at].text) && !is_quoted(&lines[at + 1..])).collect()
}

/// Words of a line that is a sentence's, at least.
const PROSE: usize = 9;

/// Whether what stands below a number goes on as a text does: under that of an article stand its outlet and its day.
fn is_quoted(below: &[ExportLine<'_>]) -> bool {
    let next = below.iter().find(|line| !line.is_blank());
    next.is_some_and(|line| {
        let text = line.text.trim();
        text.starts_with(char::is_lowercase) || (text.ends_with(['.', ',']) && text.split_whitespace().count() >= PROSE)
    })
}

/// Marks the lines of a page that a text would indent: those under an article's number up to its date, and whose it is.
pub(super) fn centre(lines: &mut [ExportLine<'_>]) {
    let (mut in_head, mut dated) = (false, false);
    for at in 0..lines.len() {
        let line = lines[at];
        if labels::numbers_article(line.text) {
            (in_head, dated) = (true, false);
        } else if in_head && !line.is_blank() {
            let is_broken = at > 0 && !lines[at - 1].is_blank();
            in_head = !dated || is_broken;
            lines[at].centred = in_head;
            dated |= labels::has_year(line.text) && !labels::is_rights(line.text);
        } else if labels::is_rights(line.text) {
            lines[at].centred = true;
        }
    }
}

pub(super) fn read(lines: &[ExportLine<'_>]) -> Exported {
    let mut found = Exported::default();
    let head = masthead(lines, &mut found);
    let text = fields(lines, head, &mut found);
    if let Some(text) = text {
        let end = (text..lines.len()).find(|at| ends_text(lines, *at)).unwrap_or(lines.len());
        found.text.extend(filled(&lines[text..end]));
        found.given.id = lines[end..].iter().find_map(|line| id(line.text));
    }
    found
}

/// Outlet and date above the headline; the line behind them.
fn masthead(lines: &[ExportLine<'_>], found: &mut Exported) -> usize {
    let ends = |at: &usize| !lines[*at].is_blank() && !lines[*at].centred;
    let end = (1..lines.len()).find(ends).unwrap_or(lines.len());
    for line in lines[1..end].iter().filter(|line| !line.is_blank() && !labels::is_rights(line.text)) {
        match labels::has_year(line.text) {
            true if found.given.date.is_none() => found.given.date = some(labels::to_year(line.text)),
            false if found.given.outlet.is_none() && found.given.date.is_none() => found.given.outlet = some(line.text),
            _ => {}
        }
    }
    end
}

/// Headline and fields from a line on; the line on which the text begins.
fn fields(lines: &[ExportLine<'_>], from: usize, found: &mut Exported) -> Option<usize> {
    let (mut at, mut labelled) = (from, false);
    while let Some(line) = lines.get(at) {
        if line.is_blank() {
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|next| lines[*next].is_blank()).unwrap_or(lines.len());
        let Some(value) = labels::in_capitals(line.text) else {
            if labelled || found.given.headline.is_some() || ends_text(lines, at) {
                return (!ends_text(lines, at)).then_some(at);
            }
            // several fields may stand under a headline without a blank line
            let until = (at..end).find(|next| labels::in_capitals(lines[*next].text).is_some()).unwrap_or(end);
            found.given.headline = some(&joined(&lines[at..until]));
            at = until;
            continue;
        };
        labelled = true;
        let until = (at + 1..end).find(|next| labels::in_capitals(lines[*next].text).is_some()).unwrap_or(end);
        let mut parts = lines[at..until].to_vec();
        parts[0] = line.from(value);
        let said = || some(&joined(&parts));
        match labels::named(line.text).map(|(field, _)| field) {
            Some(DatabaseField::Text) if parts[0].is_blank() => return Some(at + 1),
            Some(DatabaseField::Text) => return Some(at),
            Some(DatabaseField::Tail | DatabaseField::Id) => return None,
            Some(DatabaseField::Headline) => found.given.headline = said(),
            Some(DatabaseField::Byline) => found.given.byline = said(),
            Some(DatabaseField::Place) => found.given.place = said(),
            Some(DatabaseField::Outlet) => found.given.outlet = found.given.outlet.take().or_else(said),
            Some(DatabaseField::Date) => found.given.date = found.given.date.take().or_else(said),
            Some(DatabaseField::Lead) => {
                found.lead.extend(filled(&parts));
            }
            Some(DatabaseField::Credit) => found.given.credit.extend(said()),
            Some(DatabaseField::Section) => note_section(&joined(&parts), found),
            Some(DatabaseField::Page) => note_page(&joined(&parts), found),
            Some(DatabaseField::Head) | None => {}
        }
        at = until;
    }
    None
}

/// Whether a line stands below the text: a field of its tail, or an indented line of copyright.
fn ends_text(lines: &[ExportLine<'_>], at: usize) -> bool {
    let line = &lines[at];
    let apart = at == 0 || lines[at - 1].is_blank() || is_field(lines[at - 1].text);
    (apart && is_field(line.text)) || (line.centred && labels::is_rights(line.text))
}

fn id(line: &str) -> Option<String> {
    labels::named(line).filter(|(field, _)| *field == DatabaseField::Id).and_then(|(_, value)| some(&line[value..]))
}

/// Words of the value of a field below a text that ends as a sentence does, fewer than.
const SENTENCE: usize = 5;

fn is_field(line: &str) -> bool {
    let is_sentence =
        |value: usize| line.trim_end().ends_with('.') && line[value..].split_whitespace().count() >= SENTENCE;
    labels::in_capitals(line).is_some_and(|value| !is_sentence(value))
        && labels::named(line).is_some_and(|(field, _)| field.is_below())
}
