//! A hit as a person reads it.

use std::fmt::Write;

use super::dates::date;
use super::look::Look;
use super::terminal::{FAINT, HEADING, columns, escape, shortened};
use super::{citation, explain};
use crate::hit::Hit;

/// Columns before headline and snippet.
const INDENT: usize = 4;

/// The headline with rank and score; who published it, when, and where it stands; the id, who wrote it, and the address; the
/// snippet.
pub(super) fn text(hit: &Hit, look: &Look) -> String {
    let screen = look.screen;
    let headline = hit.headline.as_ref();
    let marks = look.marks_of(&[headline.map_or("", |headline| &headline.field.value), &hit.snippet.text]);
    let mut out = String::new();
    let score = format!("{:.2}", hit.score);
    let number = format!("{:<INDENT$}", format!("{} ", hit.rank));
    let room = screen.width.saturating_sub(number.len() + score.len() + 2).max(20);
    let shown = match headline {
        Some(headline) => screen.line(&headline.field.value, &headline.highlights, room, &marks),
        None => "no headline".to_owned(),
    };
    let gap = room.saturating_sub(columns(&anstream::adapter::strip_str(&shown).to_string())) + 2;
    let heading = screen.paint(if headline.is_some() { HEADING } else { FAINT }, &shown);
    let _ = writeln!(out, "{number}{heading}{:gap$}{}", "", screen.paint(FAINT, &score));
    let pages = hit.source.printed.as_ref().map(|printed| escape(&citation::pages(printed)).into_owned());
    let pages = pages.filter(|pages| !pages.is_empty());
    for line in [Some(place(hit, look)), pages, Some(called(hit, look))].into_iter().flatten() {
        let _ = writeln!(out, "{:INDENT$}{}", "", screen.paint(FAINT, &line));
    }
    out.push_str(&screen.wrap_marked(&hit.snippet.text, &hit.snippet.highlights, INDENT, &marks));
    out.push_str(&explain::lines(hit, screen));
    out
}

/// Outlet, date and citation, the citation kept whole.
fn place(hit: &Hit, look: &Look) -> String {
    let outlet = hit.outlet.as_ref().map_or("no outlet".into(), |f| escape(&f.value));
    let citation = citation::text(&hit.source, look.here.as_deref());
    let (citation, date) = (escape(&citation), date(hit.date.as_ref()));
    let room = look.screen.width.saturating_sub(INDENT + columns(&citation) + columns(&date) + 6).max(12);
    format!("{} · {date} · {citation}", shortened(&outlet, room))
}

/// The id that `show` takes, who wrote it, and the address; id and address kept whole, to be copied.
fn called(hit: &Hit, look: &Look) -> String {
    let id = escape(&hit.id);
    let url = hit.url.as_ref().map(|url| escape(url));
    let taken = INDENT + columns(&id) + url.as_ref().map_or(0, |url| columns(url) + 3) + 3;
    let room = look.screen.width.saturating_sub(taken).max(12);
    let byline = hit.byline.as_ref().map(|field| escape(&field.value));
    let byline = byline.as_ref().map(|byline| shortened(byline, room));
    [Some(id), byline, url].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
