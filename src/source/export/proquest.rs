//! ProQuest: rules of underscores, `Document 1 of 2`, the headline, fields `Name: value`, of which one is the text.

use super::exported::Exported;
use super::labels::{self, DatabaseField};
use super::line::{ExportLine, filled, joined, some};
use super::placing::{note_page, note_section};

/// Underscores of a rule, at least.
const RULE: usize = 20;

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= RULE && line.bytes().all(|b| b == b'_')
}

/// Fields of an article that has no text, at least: they tell the database by themselves.
const FIELDS: usize = 4;

/// Whether a text is such an export: fields of the database under a rule, one of them the text, or an article that is numbered.
pub(super) fn is(head: &[ExportLine<'_>]) -> bool {
    let mut rule = false;
    let mut text = false;
    let (mut others, mut numbered) = (0, false);
    for line in head {
        rule |= is_rule(line.text);
        numbered |= rule && labels::numbers_article(line.text);
        if let Some((field, _)) = rule.then(|| labels::named(line.text)).flatten() {
            text |= field == DatabaseField::Text;
            others += usize::from(field.is_below() || matches!(field, DatabaseField::Outlet | DatabaseField::Date));
        }
    }
    (text && others > 1) || (numbered && others >= FIELDS)
}

/// Behind rules under which fields stand.
pub(super) fn starts(lines: &[ExportLine<'_>]) -> Vec<usize> {
    let rules: Vec<usize> = (0..lines.len()).filter(|at| is_rule(lines[*at].text)).collect();
    let ends = rules.iter().skip(1).copied().chain([lines.len()]);
    let held = rules.iter().zip(ends).filter(|(rule, end)| {
        let fields = lines[*rule + 1..*end].iter().filter_map(|line| labels::named(line.text));
        fields.filter(|(field, _)| !field.is_above()).count() > 1
    });
    let held: Vec<usize> = held.map(|(rule, _)| *rule).collect();
    let is_numbered = |rule: &usize| {
        let below = lines[rule + 1..].iter().filter(|line| !line.is_blank());
        below.take(2).any(|line| labels::numbers_article(line.text))
    };
    // where articles are numbered, a rule without a number is of a text
    let numbered: Vec<usize> = held.iter().copied().filter(is_numbered).collect();
    if numbered.is_empty() { held } else { numbered }
}

pub(super) fn read(lines: &[ExportLine<'_>]) -> Exported {
    let mut found = Exported::default();
    // made for the database, or the beginning of the text: read where there is no text
    let mut abstract_text = None;
    let mut at = 1;
    while at < lines.len() && !is_rule(lines[at].text) {
        let line = &lines[at];
        if line.is_blank() {
            at += 1;
            continue;
        }
        let next = |is_end: &dyn Fn(&ExportLine<'_>) -> bool| {
            (at + 1..lines.len()).find(|next| is_end(&lines[*next])).unwrap_or(lines.len())
        };
        let Some((field, value)) = labels::named(line.text) else {
            let end = next(&|line| line.is_blank());
            if !labels::numbers_article(line.text) && found.given.headline.is_none() {
                found.given.headline = some(&joined(&lines[at..end]));
            }
            at = end;
            continue;
        };
        // a text goes on over blank lines, to the next field
        let is_text = matches!(field, DatabaseField::Text | DatabaseField::Lead);
        let end =
            next(&|line| is_rule(line.text) || labels::named(line.text).is_some() || (!is_text && line.is_blank()));
        let first = line.from(value);
        let parts: Vec<ExportLine<'_>> = std::iter::once(first).chain(lines[at + 1..end].iter().copied()).collect();
        let said = || some(&joined(&parts));
        match field {
            DatabaseField::Headline => found.given.headline = found.given.headline.take().or_else(said),
            DatabaseField::Outlet => found.given.outlet = found.given.outlet.take().or_else(said),
            DatabaseField::Date => found.given.date = found.given.date.take().or_else(said),
            DatabaseField::Byline => found.given.byline = said().map(|names| in_order(&names)),
            DatabaseField::Place => found.given.place = said(),
            DatabaseField::Text => found.text.extend(filled(&parts)),
            DatabaseField::Lead => abstract_text = abstract_text.or_else(|| filled(&parts)),
            DatabaseField::Credit => found.given.credit.extend(said()),
            DatabaseField::Section => note_section(&joined(&parts), &mut found),
            DatabaseField::Page => note_page(&joined(&parts), &mut found),
            DatabaseField::Id => found.given.id = said(),
            DatabaseField::Head | DatabaseField::Tail => {}
        }
        at = end;
    }
    if found.text.is_empty() {
        found.text.extend(abstract_text);
    }
    found
}

/// Names as they are said: `Arlowe, Tamsin; Maddern, Jory` is `Tamsin Arlowe, Jory Maddern`.
fn in_order(names: &str) -> String {
    let turned = |name: &str| {
        let name = name.trim().trim_end_matches('.');
        match name.split_once(", ") {
            Some((last, first)) if !first.contains(',') => format!("{} {last}", first.trim()),
            _ => name.to_owned(),
        }
    };
    names.split(';').map(turned).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}
