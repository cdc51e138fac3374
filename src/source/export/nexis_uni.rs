//! Nexis Uni, as it writes Word and RTF: headline, outlet and date on lines of their own, `Section: …` and other fields, `Body`, the
//! text, `Classification` with more fields, `End of Document`.

use std::sync::LazyLock;

use super::exported::Exported;
use super::labels::{self, DatabaseField};
use super::line::{ExportLine, filled, joined, some};
use super::placing::{note_page, note_section};
use crate::lexicon;

/// Lines between the first field of an article and its text, at most; and of what stands above that field.
const HEAD: usize = 30;
/// Characters of a date line, at most.
const DATE: usize = 80;

/// Whether a text is such an export: fields stand above the name of the text, and a date above them.
pub(super) fn is(head: &[ExportLine<'_>]) -> bool {
    (0..head.len()).any(|at| head_of(head, at).is_some())
}

pub(super) fn starts(lines: &[ExportLine<'_>]) -> Vec<usize> {
    let heads = (0..lines.len()).filter_map(|at| head_of(lines, at));
    heads.map(|head| head.start).collect()
}

/// What stands above the text of an article, by numbers of lines.
struct Masthead {
    /// The first line of the headline.
    start: usize,
    outlet: Option<usize>,
    date: usize,
    /// The line that names the text.
    text: usize,
}

/// The head of the article whose text is named on a line; none where that line is another.
fn head_of(lines: &[ExportLine<'_>], text: usize) -> Option<Masthead> {
    if !labels::is_name_of(lines[text].text, DatabaseField::Text) {
        return None;
    }
    let above = text.saturating_sub(HEAD);
    let is_field = |at: &usize| {
        let field = labels::named(lines[*at].text).map(|(field, _)| field);
        field.is_some_and(|field| {
            field.is_above() || matches!(field, DatabaseField::Byline | DatabaseField::Lead | DatabaseField::Place)
        })
    };
    let ends =
        |at: &usize| labels::ends_document(lines[*at].text) || labels::is_name_of(lines[*at].text, DatabaseField::Text);
    let first = (above..text).rev().take_while(|at| !ends(at)).filter(is_field).last()?;
    let is_date = |at: &usize| {
        let line = lines[*at].text;
        labels::has_year(line) && line.chars().count() <= DATE && !labels::is_rights(line) && !labels::is_cover(line)
    };
    let date = (first.saturating_sub(HEAD)..first).rev().take_while(|at| !ends(at)).find(is_date)?;
    let filled_above = |before: usize| {
        let at = lines[..before].iter().rposition(|line| !line.is_blank())?;
        (!labels::ends_document(lines[at].text) && !labels::is_cover(lines[at].text)).then_some(at)
    };
    let outlet = filled_above(date)?;
    // a headline of several lines stands unparted
    let (outlet, last) = match filled_above(outlet) {
        Some(last) => (Some(outlet), last),
        None => (None, outlet),
    };
    let goes_on = |at: &usize| {
        !lines[*at].is_blank() && !labels::ends_document(lines[*at].text) && !labels::is_cover(lines[*at].text)
    };
    let start = (0..=last).rev().take_while(goes_on).last()?;
    Some(Masthead { start, outlet, date, text })
}

pub(super) fn read(lines: &[ExportLine<'_>]) -> Exported {
    let mut found = Exported::default();
    let Some(head) = (0..lines.len()).find_map(|at| head_of(lines, at)) else { return found };
    let title = head.outlet.unwrap_or(head.date);
    found.given.headline =
        some(&joined(&lines[head.start..title].iter().copied().filter(|line| !line.is_blank()).collect::<Vec<_>>()));
    found.given.outlet = head.outlet.and_then(|at| some(&outlet(lines[at].text)));
    found.given.date = some(lines[head.date].text);
    for line in &lines[head.date + 1..head.text] {
        match labels::named(line.text) {
            Some((DatabaseField::Byline, value)) => found.given.byline = author(&line.text[value..]),
            Some((DatabaseField::Place, value)) => found.given.place = some(&line.text[value..]),
            Some((DatabaseField::Section, value)) => note_section(&line.text[value..], &mut found),
            Some((DatabaseField::Page, value)) => note_page(&line.text[value..], &mut found),
            Some((DatabaseField::Lead, value)) => found.lead.push(line.at + value..line.end()),
            _ => {}
        }
    }
    let end = text_end(lines, head.text + 1);
    let mut from = head.text + 1;
    // some texts have a summary and a text of their own
    let named = |from: usize, field| {
        (from..end).find(|at| !lines[*at].is_blank()).filter(|at| labels::is_name_of(lines[*at].text, field))
    };
    if let Some(summary) = named(from, DatabaseField::Lead)
        && let Some(text) = (summary..end).find(|at| labels::is_name_of(lines[*at].text, DatabaseField::Text))
    {
        found.lead.extend(filled(&lines[summary + 1..text]));
        from = text + 1;
    }
    found.text.extend(filled(&lines[from..end.max(from)]));
    found
}

/// Where the text ends: before the heading of the last fields, or before those that stand above the end without one.
fn text_end(lines: &[ExportLine<'_>], from: usize) -> usize {
    let all = from..lines.len();
    let end = all.clone().find(|at| labels::ends_document(lines[*at].text)).unwrap_or(lines.len());
    let heading = (from..end).find(|at| labels::heads_fields(lines[*at].text));
    let end = heading.unwrap_or(end);
    let is_tail = |line: &ExportLine<'_>| {
        line.is_blank()
            || labels::is_rights(line.text)
            || labels::named(line.text).is_some_and(|(field, _)| field.is_below())
    };
    (from..end).rev().find(|at| !is_tail(&lines[*at])).map_or(from, |last| last + 1)
}

/// The name of an outlet: what Nexis writes behind it, parted from it.
fn outlet(line: &str) -> String {
    let name = line.trim().trim_end_matches('.');
    match name.find('(').filter(|at| *at > 0 && !name[..*at].ends_with(' ')) {
        Some(at) => format!("{} {}", &name[..at], &name[at..]),
        None => name.to_owned(),
    }
}

/// Words that stand for an author and are none, such as `Letters`.
static NOBODY: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::PEOPLE.labelled("nobody"));

/// Words of a place, at most.
const PLACE: usize = 4;

/// Names of authors without the site and the place that stand behind them; none where they name nobody.
fn author(names: &str) -> Option<String> {
    let names = names.trim();
    let is_site = |part: &str| part.contains('.') && !part.contains(char::is_whitespace) && !part.ends_with('.');
    let people =
        names.rsplit_once(',').filter(|(_, site)| is_site(site.trim())).map_or(names, |(people, _)| people.trim());
    let is_place = |place: &str| {
        place.starts_with(char::is_uppercase)
            && place.split_whitespace().count() <= PLACE
            && !place.contains([',', ';'])
    };
    let named = |people: &str| people.split_whitespace().count() > 1;
    let people = people
        .rsplit_once(" in ")
        .filter(|(people, place)| named(people) && is_place(place))
        .map_or(people, |(people, _)| people);
    some(people).filter(|people| !NOBODY.contains(&people.to_lowercase().as_str()))
}
