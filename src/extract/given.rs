//! What is stated of a record before anybody looks at its text: from outside, by its front matter, by its own metadata.

use super::date::read_given;
use super::evidence::{Candidate, Findings};
use super::front::{FrontKey, FrontMatter};
use super::names::{Outlets, squash};
use super::outlet::usual;
use super::page::{Page, Role};
use super::stamp::Stamp;
use super::stated::{Fields, Origin, Stated};
use super::trust::{Asked, Source};
use super::{Warning, address, leads, lines};
use crate::analysis::count_positions_at_most;
use crate::article::{Confidence, Lines, STANDFIRST_WORDS};
use crate::source::{RawRecord, Siblings};

/// Puts all that is stated on the list, and notes the record's address and id.
pub(super) fn gather(page: &Page<'_>, record: &RawRecord<'_>, stated: &Stated, found: &mut Findings) {
    let mut urls = note_stated(page.outlets, stated, found);
    if let Some(front) = &page.front {
        note_front_matter(page, front, record, found);
        urls.extend(front.value(FrontKey::Url).map(|(url, _)| (Origin::FrontMatter, url)));
    }
    let best = urls.into_iter().min_by_key(|(origin, _)| *origin).map(|(_, url)| url.to_owned());
    found.url = best.or_else(|| record.given.url.clone());
    let own_id = page.front.as_ref().and_then(|front| front.value(FrontKey::Id));
    found.id = own_id.map(|(id, _)| id.to_owned()).or_else(|| record.given.id.clone());
    note_record(page, record, found);
}

/// Puts what users state from outside on the list; gives the address among it.
pub(super) fn gather_stated(outlets: Outlets<'_>, stated: &Stated, found: &mut Findings) -> Option<String> {
    let urls = note_stated(outlets, stated, found);
    urls.into_iter().min_by_key(|(origin, _)| *origin).map(|(_, url)| url.to_owned())
}

/// Gives the lines that the record states as its standfirst their role; a text of that length is a text.
pub(super) fn mark_standfirst(page: &mut Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let length = record.given.standfirst.min(record.text.len());
    if length == 0
        || count_positions_at_most(&record.text[..record.text.floor_char_boundary(length)]) > STANDFIRST_WORDS
    {
        return;
    }
    let lines = &page.lines;
    let mut stated = page.units.iter_mut().take_while(|unit| lines[unit.lines.end - 1].end <= length).peekable();
    found.standfirst = stated.peek().map(|_| (Confidence::Given, "record"));
    stated.for_each(|unit| unit.role = Role::Standfirst);
}

fn note_stated<'s>(outlets: Outlets<'_>, stated: &'s Stated, found: &mut Findings) -> Vec<(Origin, &'s str)> {
    let mut urls = Vec::new();
    for (origin, fields) in &stated.fields {
        note(outlets, *origin, fields, found);
        urls.extend(fields.url.as_deref().map(|url| (*origin, url)));
    }
    urls
}

fn text(field: Asked, origin: Origin, value: &str, lines: Option<Lines>, found: &mut Findings) {
    let source = Source::of(field, "stated", origin.rule());
    found.text(Candidate::new(value.to_owned(), source, lines));
}

fn note(outlets: Outlets<'_>, origin: Origin, fields: &Fields, found: &mut Findings) {
    if let Some(name) = &fields.outlet {
        let name = if origin == Origin::Flag { name.clone() } else { usual(name, outlets) };
        text(Asked::Outlet, origin, &name, None, found);
    }
    if let Some(date) = fields.date {
        found.date(Candidate::new(date, Source::of(Asked::Date, "stated", origin.rule()), None));
    }
    if let Some(headline) = &fields.headline {
        text(Asked::Headline, origin, headline, None, found);
    }
    if let Some(names) = &fields.byline {
        text(Asked::Byline, origin, leads::without_by(names), None, found);
    }
}

fn note_front_matter(page: &Page<'_>, front: &FrontMatter, record: &RawRecord<'_>, found: &mut Findings) {
    let origin = Origin::FrontMatter;
    let at = |line: u32| Some(Lines::one(line));
    if let Some((name, line)) = front.value(FrontKey::Outlet) {
        text(Asked::Outlet, origin, &usual(name, page.outlets), at(line), found);
    }
    if let Some((date, line)) = front.value(FrontKey::Date) {
        note_date(page, record, date, Source::of(Asked::Date, "stated", origin.rule()), at(line), found);
    }
    if let Some((headline, line)) = front.value(FrontKey::Headline) {
        text(Asked::Headline, origin, headline, at(line), found);
    }
    for (key, field) in [(FrontKey::Section, Asked::Section), (FrontKey::Page, Asked::Page)] {
        if let Some((value, line)) = front.value(key) {
            text(field, origin, value, at(line), found);
        }
    }
    if let Some((names, line)) = front.value(FrontKey::Byline) {
        text(Asked::Byline, origin, leads::without_by(names), at(line), found);
    }
}

/// What the record says in fields of its own.
fn note_record(page: &Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let given = &record.given;
    let source = |field| Source::of(field, "record", "record");
    let lines = lines::of_record(record);
    let seen = |candidate: Candidate<String>| match given.is_read {
        true => candidate.sure(Confidence::Medium),
        false => candidate,
    };
    if let Some(headline) = &given.headline {
        let headline = without_outlet(headline, given.outlet.as_deref());
        found.text(seen(Candidate::new(headline.to_owned(), source(Asked::Headline), lines)));
    }
    if let Some(names) = &given.byline {
        found.text(Candidate::new(leads::without_by(names).to_owned(), source(Asked::Byline), lines));
    }
    if let Some(name) = &given.outlet {
        let name = known(name.trim(), page.outlets);
        found.text_all(name.map(|name| seen(Candidate::new(name, source(Asked::Outlet), lines))));
    }
    if let Some(date) = &given.date {
        note_date(page, record, date, source(Asked::Date), lines, found);
    }
    for (field, value) in [(Asked::Section, &given.section), (Asked::Page, &given.page)] {
        found.text_all(value.clone().map(|value| seen(Candidate::new(value, source(field), lines))));
    }
}

/// What parts a headline from the name of its outlet.
const PARTERS: [&str; 4] = [" - ", " | ", " – ", " — "];

/// A headline without the name of the record's own outlet behind it: `Ferry stays in port - Tamsin Post`.
fn without_outlet<'h>(headline: &'h str, outlet: Option<&str>) -> &'h str {
    let Some(outlet) = outlet.map(squash).filter(|outlet| !outlet.is_empty()) else { return headline };
    let parted = PARTERS.iter().filter_map(|parter| headline.rsplit_once(parter));
    let of_outlet = parted.filter(|(title, name)| squash(name) == outlet && title.split_whitespace().nth(1).is_some());
    of_outlet.map(|(title, _)| title.trim_end()).next().unwrap_or(headline)
}

/// A name that a record states, as the lists have it; one that no list has stays as it stands, but an address names nobody.
fn known(name: &str, outlets: Outlets<'_>) -> Option<String> {
    let at_host = || address::host(name).filter(|_| !name.contains(' ')).and_then(|host| outlets.at(&host));
    let own = Some(name).filter(|name| !name.contains("://"));
    outlets.named(name).or_else(at_host).or(own).map(str::to_owned)
}

/// A date that is stated; which way round it stands the other records of the file tell, where nothing nearer does.
fn note_date(
    page: &Page<'_>,
    record: &RawRecord<'_>,
    text: &str,
    source: Source,
    lines: Option<Lines>,
    found: &mut Findings,
) {
    let read = match read_given(text, page.locale) {
        Some(open @ Stamp::Ambiguous(..)) => Some(open.in_order(record.siblings.and_then(Siblings::date_order))),
        read => read,
    };
    match read {
        Some(Stamp::Date(value)) => found.date(Candidate::new(value, source, lines)),
        Some(Stamp::Ambiguous(..)) => found.warnings.push(Warning::AmbiguousDate(text.to_owned())),
        _ => found.warnings.push(Warning::UnreadDate(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::OutletList;

    #[test]
    fn a_records_outlet_is_called_as_the_lists_have_it() {
        let users = OutletList::parse("northmoor.example\tNorthmoor Herald\tNM Herald\n").expect("a list");
        let outlets = Outlets::new(Some(&users));
        for (stated, name) in [
            ("The Northmoor Herald", "Northmoor Herald"),
            ("NORTHMOOR HERALD", "Northmoor Herald"),
            ("NM Herald", "Northmoor Herald"),
            ("www.northmoor.example", "Northmoor Herald"),
            ("Washington Times", "The Washington Times"),
            ("Tamsin Post", "Tamsin Post"),
            ("TamsinPost", "TamsinPost"),
            ("unknown.example", "unknown.example"),
        ] {
            assert_eq!(known(stated, outlets).as_deref(), Some(name), "{stated}");
        }
        assert_eq!(known("https://unknown.example/ferry", outlets), None);
    }

    #[test]
    fn the_name_of_its_own_outlet_is_no_part_of_a_headline() {
        for (headline, outlet, left) in [
            ("Ferry stays in port - The Tamsin Post", Some("The Tamsin Post"), "Ferry stays in port"),
            ("Ferry stays - and sinks | TAMSIN POST", Some("Tamsin Post"), "Ferry stays - and sinks"),
            ("Ferry stays in port - Kell Courier", Some("Tamsin Post"), "Ferry stays in port - Kell Courier"),
            ("Ferry - Tamsin Post", Some("Tamsin Post"), "Ferry - Tamsin Post"),
            ("Ferry stays in port - Tamsin Post", None, "Ferry stays in port - Tamsin Post"),
        ] {
            assert_eq!(without_outlet(headline, outlet), left);
        }
    }
}
