//! Factiva: fields by codes (`HD  …` to `AN  Document …`), or an article as it is shown, with `Document …` under it.

use super::exported::Exported;
use super::labels::{self, DatabaseField};
use super::line::{ExportLine, filled, joined, some};
use super::placing::{note_page, note_section};

/// Different codes that a text of fields has, at least.
const CODES: usize = 5;

/// Whether a text has fields by codes: some different ones, the headline's among them.
pub(super) fn has_fields(head: &[ExportLine<'_>]) -> bool {
    let coded = head.iter().filter(|line| labels::coded(line.text).is_some());
    let mut codes: Vec<&str> = coded.map(|line| &line.text[..2]).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len() >= CODES && codes.contains(&"HD")
}

/// Whether a text shows articles: a length, and the mark of an article below it.
pub(super) fn is(head: &[ExportLine<'_>]) -> bool {
    let mut lines = head.iter().skip_while(|line| !labels::is_length(line.text));
    lines.any(|line| ends_article(line.text))
}

/// `Document PEPOST0020180612ee6c0000a`: the paper's letters, the day, and more.
fn ends_article(line: &str) -> bool {
    mark(line).is_some()
}

/// The mark of an article, without its noun.
fn mark(line: &str) -> Option<&str> {
    let (noun, mark) = line.trim().split_once(' ')?;
    let letters = mark.chars().take_while(char::is_ascii_uppercase).count();
    let is_mark = letters >= 2 && mark.len() >= 18 && mark.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_mark && labels::is_document(noun)).then_some(mark)
}

/// Where articles of fields begin: at the first code, and at the first behind each `AN`.
pub(super) fn field_starts(lines: &[ExportLine<'_>]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut ended = true;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| labels::coded(line.text).is_some()) {
        if ended {
            starts.push(at);
        }
        ended = line.text.starts_with("AN");
    }
    starts
}

pub(super) fn read_fields(lines: &[ExportLine<'_>]) -> Exported {
    let mut found = Exported::default();
    let starts: Vec<usize> = (0..lines.len()).filter(|at| labels::coded(lines[*at].text).is_some()).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    for (at, end) in starts.iter().copied().zip(ends) {
        let Some((field, value)) = labels::coded(lines[at].text) else { continue };
        let first = lines[at].from(value);
        let parts: Vec<ExportLine<'_>> = std::iter::once(first).chain(lines[at + 1..end].iter().copied()).collect();
        let said = || some(&joined(&parts));
        // what stands above a text and comes in it is of the text
        let is_above = field.is_above()
            || matches!(
                field,
                DatabaseField::Headline | DatabaseField::Outlet | DatabaseField::Byline | DatabaseField::Date
            );
        if is_above && !found.text.is_empty() {
            found.text.extend(filled(&lines[at..end]));
            continue;
        }
        match field {
            DatabaseField::Headline => found.given.headline = said(),
            DatabaseField::Outlet => found.given.outlet = said(),
            DatabaseField::Date => found.given.date = said(),
            DatabaseField::Byline => found.given.byline = said(),
            DatabaseField::Credit => found.given.credit.extend(said()),
            DatabaseField::Section => note_section(&joined(&parts), &mut found),
            DatabaseField::Page => note_page(&joined(&parts), &mut found),
            DatabaseField::Id => {
                let stated = parts.iter().find(|part| !part.is_blank());
                found.given.id =
                    stated.and_then(|part| some(mark(part.text).or_else(|| part.text.split_whitespace().last())?));
            }
            DatabaseField::Text => found.text.extend(filled(&parts)),
            _ => {}
        }
    }
    found
}

/// Where shown articles begin: at the first line, and at the first behind the mark of each.
pub(super) fn starts(lines: &[ExportLine<'_>]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut from = 0;
    for (end, _) in lines.iter().enumerate().filter(|(_, line)| ends_article(line.text)) {
        starts.extend((from..end).find(|at| !lines[*at].is_blank()));
        from = end + 1;
    }
    starts
}

/// What stands between length and text, at most: day, clock, outlet, its letters, edition, page, language, whose it is.
const FACTS: usize = 12;

/// Part of the classes of paragraphs.
const PARAGRAPH: &str = "paragraph";

pub(super) fn read(lines: &[ExportLine<'_>]) -> Exported {
    let mut found = Exported::default();
    let end = lines.iter().position(|line| ends_article(line.text)).unwrap_or(lines.len());
    let Some(length) = lines[..end].iter().position(|line| labels::is_length(line.text)) else { return found };
    read_title(&lines[..length], &mut found);
    let text = text_start(&lines[length..end]).map_or(end, |at| length + at);
    let mut facts = lines[length + 1..text].iter().filter(|line| !line.is_blank());
    found.given.date = facts.next().and_then(|line| some(line.text));
    let is_clock = |line: &&ExportLine<'_>| line.text.trim().chars().all(|c| c.is_ascii_digit() || c == ':');
    found.given.outlet = facts.find(|line| !is_clock(line)).and_then(|line| some(line.text));
    // behind the letters that stand for the outlet
    let page = facts.skip(1).map(|line| line.text.trim()).find(|fact| is_page(fact));
    page.into_iter().for_each(|page| note_page(page, &mut found));
    found.given.id = lines.get(end).and_then(|line| mark(line.text)).map(str::to_owned);
    let is_called = lines[text..end].iter().any(|line| line.is_called(PARAGRAPH));
    found.text.extend(filled(lines[text..end].iter().filter(|line| !is_called || line.is_called(PARAGRAPH))));
    found
}

/// Characters of a page that has no label, at most.
const LONGEST_PAGE: usize = 4;

/// Whether a fact below the length is a page: `1`, `B22`, `Page 26`.
fn is_page(fact: &str) -> bool {
    let is_bare = fact.chars().count() <= LONGEST_PAGE && fact.chars().all(char::is_alphanumeric);
    (is_bare && fact.contains(|c: char| c.is_ascii_digit())) || labels::labelled_page(fact).is_some()
}

/// Headline and byline above the length: by their classes in a page, else by their place.
fn read_title(head: &[ExportLine<'_>], found: &mut Exported) {
    let called = |class: &str| head.iter().filter(|line| line.is_called(class)).copied().collect::<Vec<_>>();
    found.given.headline = some(&joined(&called("headline")));
    if found.given.headline.is_some() {
        found.given.byline = some(&joined(&called("author")));
        let above = head.iter().filter(|line| !line.is_blank()).take_while(|line| !line.is_called("headline"));
        found.given.section = above.map(|line| line.text.trim()).last().and_then(some);
        return;
    }
    let blocks = blocks(head);
    let (title, names) = match blocks.split_last() {
        Some((names, before)) if !before.is_empty() => (before.last(), Some(names)),
        Some((title, _)) => (Some(title), None),
        None => (None, None),
    };
    let (section, title) = title.map(|title| sectioned(title)).unwrap_or_default();
    found.given.headline = some(&joined(title));
    found.given.section = section.and_then(some);
    found.given.byline = names.and_then(|names| some(&joined(names)));
}

/// The first line of the text below a length: behind the first blank line in a text; in a page, where every line is apart, what
/// a class calls a paragraph, or what follows whose it is.
fn text_start(below: &[ExportLine<'_>]) -> Option<usize> {
    if !below[0].of_page {
        return below.iter().position(ExportLine::is_blank);
    }
    let called = (1..below.len()).find(|at| below[*at].is_called(PARAGRAPH));
    let near = || (1..below.len()).filter(|at| !below[*at].is_blank()).take(FACTS);
    called.or_else(|| near().find(|at| labels::is_rights(below[*at].text)).map(|at| at + 1))
}

/// Lines that no blank line parts.
fn blocks<'l, 't>(lines: &'l [ExportLine<'t>]) -> Vec<&'l [ExportLine<'t>]> {
    lines.split(|line| line.is_blank()).filter(|block| !block.is_empty()).collect()
}

/// Words of the longest name of a section.
const SECTION: usize = 3;

/// The section on a line above a title, and the title without it.
fn sectioned<'l, 't>(title: &'l [ExportLine<'t>]) -> (Option<&'t str>, &'l [ExportLine<'t>]) {
    match title {
        [section, rest @ ..] if !rest.is_empty() && section.text.split_whitespace().count() <= SECTION => {
            (Some(section.text), rest)
        }
        title => (None, title),
    }
}
