//! Furniture by what a line says, wherever it stands: phrases, and shapes that no phrase can tell.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::dateline::{is_agency_mark, is_note_word};
use super::furniture::{self, LineKey, Meaning, Probe, Region};
use super::names::{self, Outlets};
use super::words::{Ending, Shape, is_all_caps};
use super::{Label, address};
use crate::lexicon;

mod bar;
mod picture;

use bar::{PARTERS, is_counter, is_follow_bar, is_menu, is_quoted_post, is_rule, is_share_bar};
pub(super) use bar::{is_print_head, parts};
use picture::{GLANCE, is_caption};

/// Sentences of more bytes, and any line of more than `SHORT`, are looked at only by their first and last words.
const SENTENCE: usize = 110;

const SHORT: usize = 300;

/// Longer lines are running text.
const LONGEST: usize = 900;

static CONTRIBUTED: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"ontributed "));

static RESERVED: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"all rights reserved"));

/// What a line is by its own words, if it is furniture.
pub(super) fn of(line: &str, shape: Shape, key: &mut LineKey, region: Region, outlets: Outlets<'_>) -> Option<Meaning> {
    if line.len() > LONGEST {
        return None;
    }
    let sentence = line.len() > SENTENCE && matches!(shape.ending, Ending::Stop | Ending::Query);
    if line.len() > SHORT || (sentence && region != Region::Tail) {
        return of_long(line, shape, key, outlets);
    }
    key.set(line);
    let candidate = Probe { key, line, shape, region };
    let found = by_shape(line, shape, key, outlets).map(Meaning::Furniture).or_else(|| furniture::look_up(&candidate));
    if found.is_some() {
        return found;
    }
    // The same in two languages: `Leia também / Also read: …`
    let slash = || line.find(" / ").filter(|at| line[*at..].contains(':') && line[..*at].split(' ').count() <= 4);
    if let Some(at) = memchr::memchr(b'/', line.as_bytes()).and_then(|_| slash()) {
        key.set(&line[at + 3..]);
        return furniture::look_up(&Probe { key, line: &line[at + 3..], shape, region });
    }
    if region == Region::Anywhere {
        return None;
    }
    let menu = || is_menu(line, shape, region, outlets).then_some(Label::Nav);
    by_parts(line, shape, key, region).or_else(menu).map(Meaning::Furniture)
}

/// A line of several parts each of which is furniture: `Accept all    Manage settings`, `Search   Sign in   Subscribe`.
fn by_parts(line: &str, shape: Shape, key: &mut LineKey, region: Region) -> Option<Label> {
    let parts = parts(line, PARTERS)?;
    let mut found = None;
    for part in parts {
        key.set(part);
        let candidate = Probe { key, line: part, shape: Shape::of(part), region };
        let Some(Meaning::Furniture(label)) = furniture::look_up(&candidate) else { return None };
        found = found.or(Some(label));
    }
    found.filter(|_| shape.words <= 16)
}

/// A long line is running text unless it begins or ends like nothing else does.
fn of_long(line: &str, shape: Shape, key: &mut LineKey, outlets: Outlets<'_>) -> Option<Meaning> {
    if is_caption(line, shape, outlets) {
        return Some(Meaning::Furniture(Label::Caption));
    }
    let end = &line[line.ceil_char_boundary(line.len().saturating_sub(GLANCE))..];
    if CONTRIBUTED.find(end.as_bytes()).is_some() {
        key.set(end);
        if furniture::look_up_end(&Probe { key, line, shape, region: Region::Anywhere }).is_some() {
            return Some(Meaning::Furniture(Label::Credit));
        }
    }
    key.set(&line[..line.floor_char_boundary(GLANCE)]);
    if is_copyright(key.text()) {
        return Some(Meaning::Furniture(Label::Copyright));
    }
    if key.text().starts_with("reporting by") || key.text().starts_with("writing by") {
        key.set(line);
        return is_sign_off(key.text()).then_some(Meaning::Furniture(Label::Credit));
    }
    let candidate = Probe { key, line, shape, region: Region::Anywhere };
    let firm = [Label::Promo, Label::AppPrompt, Label::Caption, Label::Copyright, Label::Credit];
    let fits = |m: &Meaning| line.len() <= SHORT || matches!(m, Meaning::Furniture(label) if firm.contains(label));
    furniture::look_up_start(&candidate).filter(fits)
}

fn by_shape(line: &str, shape: Shape, key: &LineKey, outlets: Outlets<'_>) -> Option<Label> {
    let text = key.text();
    if address::is_url(line) {
        return Some(Label::Url);
    }
    if is_copyright(text) {
        return Some(Label::Copyright);
    }
    if is_caption(line, shape, outlets) {
        return Some(Label::Caption);
    }
    if is_sign_off(text) {
        return Some(Label::Credit);
    }
    if shape.words > 24 {
        return None;
    }
    if is_share_bar(text) || is_follow_bar(text) || is_quoted_post(line) {
        return Some(Label::Promo);
    }
    if is_print_head(line) || is_counter(key.bare()) || is_rule(line) {
        return Some(Label::Nav);
    }
    if is_update_note(line) {
        return Some(Label::Label);
    }
    // Short names are words as well: `APP` is one, `App` is not.
    let named = names::agency(key.bare()).is_some() && (line.len() > 6 || is_all_caps(line));
    if is_agency_mark(line, outlets) {
        return Some(Label::DateLine);
    }
    named.then_some(Label::Credit)
}

/// `© 2018 …`, `(c) 2018 …`, `Copyright 2018 …`, `… 2018 …. All rights reserved.`; the key has lost a bracket before it.
fn is_copyright(key: &str) -> bool {
    let rest = key.strip_prefix("copyright").map(str::trim_start);
    let year = |t: &str| {
        let t = t.trim_start_matches(['c', ')', '©', ' ', '(', 'y', ':', ',', 'b']);
        t.get(..4).and_then(|y| y.parse::<u16>().ok()).is_some_and(|y| (1900..2100).contains(&y))
    };
    if key.starts_with('©') || rest.is_some_and(|r| r.starts_with('©') || r.starts_with("(c)") || year(r)) {
        return true;
    }
    let any_year = || {
        key.split(|c: char| !c.is_ascii_digit()).any(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")))
    };
    if (key.starts_with("c)") || key.starts_with(')')) && (year(key) || (any_year() && key.split(' ').count() <= 8)) {
        return true;
    }
    // `Saltmere Observer © 2018`
    if key
        .find('©')
        .is_some_and(|at| key[..at].split(' ').count() <= 6 && !key[..at].contains(". ") && year(&key[at..]))
    {
        return true;
    }
    RESERVED.find(key.as_bytes()).is_some_and(|at| {
        let before = key[..at].trim_end();
        let marked = key.contains('©') || key.contains("(c)") || key.contains("copyright");
        // `Tamsin Bay Times. All rights reserved.`
        let alone = key.len() <= at + RESERVED.needle().len() + 2
            && before.split(' ').count() <= 6
            && before.ends_with(['.', ',', '|', ')', '-', '–', '—']);
        marked || before.is_empty() || alone || (year(before) && before.ends_with(['.', ',', '|', ')']))
    })
}

/// What begins a part of a sign-off.
static SIGN_OFFS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CREDITS.labelled("sign-off"));

/// `Reporting by Anna Kowal in Vienna; editing by Tom Reid`.
fn is_sign_off(key: &str) -> bool {
    let begins = |part: &&str| SIGN_OFFS.iter().any(|p| part.trim_start_matches(['(', ' ', '"']).starts_with(p));
    let parts: Vec<&str> = key.split([';', '.']).map(str::trim).filter(|p| p.len() > 1).collect();
    parts.iter().filter(|p| begins(p)).count() >= 2 || (key.contains(';') && parts.first().is_some_and(begins))
}

/// `(Adds quotes)`, `(Updates with reaction, background)`: a wire's note to editors.
fn is_update_note(line: &str) -> bool {
    let Some(inside) = line.strip_prefix('(').and_then(|l| l.strip_suffix(')')) else { return false };
    let first = inside.split([' ', ',', ';']).next().unwrap_or("");
    is_note_word(first) && !inside.ends_with('.')
}
