//! Lines that are nothing but dates: their labels, and what they state.

use crate::extract::stamp::{self, Stamp};
use crate::extract::words::{Shape, strip_prefix_ci};

/// What a date says of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Sense {
    /// Nothing is said.
    Plain,
    Published,
    Updated,
}

/// Words before a date that say it is the publication.
pub(super) const PUBLISHED: &[&str] = &[
    "first published on",
    "first published at",
    "first published",
    "originally published on",
    "originally published",
    "published time",
    "published date",
    "published on",
    "published at",
    "published in",
    "issue of",
    "edition of",
    "issue dated",
    "published",
    "publish date",
    "publication date",
    "date published",
    "date created",
    "posted on",
    "posted at",
    "posted",
    "date",
    "issued on",
    "issued",
    "created on",
    "created",
    "uploaded",
    "filed on",
    "filed",
    "release date",
    "veröffentlicht am",
    "veröffentlicht",
    "erstellt am",
    "erstellt",
    "stand",
    "publié le",
    "publié",
    "publicado el",
    "publicado em",
    "publicado",
    "pubblicato il",
    "pubblicato",
    "gepubliceerd op",
    "gepubliceerd",
    "опубликовано",
    "opublikowano",
];

/// Words before a date that say it is the last change.
pub(super) const UPDATED: &[&str] = &[
    "last updated on",
    "last updated at",
    "last updated",
    "last update",
    "latest update",
    "updated on",
    "updated at",
    "updated time",
    "update date",
    "updated",
    "update",
    "last modified on",
    "last modified at",
    "last modified",
    "modified on",
    "modified",
    "last edited",
    "edited time",
    "edited on",
    "edited",
    "changed",
    "aktualisiert am",
    "aktualisiert",
    "mis à jour le",
    "mis à jour",
    "mise à jour",
    "actualizado el",
    "actualizado",
    "aggiornato",
    "bijgewerkt",
    "обновлено",
    "zaktualizowano",
    "modifié le",
];

/// A date that a line states.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Stated {
    pub(super) sense: Sense,
    pub(super) stamp: Stamp,
}

/// Whether a line states when the article was published or changed, and nothing else. `labelled_only`: it must say so.
pub(in crate::extract) fn is_date_line(line: &str, shape: Shape, labelled_only: bool) -> bool {
    if strip_prefix_ci(line, "by ").is_some() {
        return false;
    }
    if shape.words > 24 || line.len() > 200 || (labelled_only && !may_be_labelled(line)) {
        return false;
    }
    if !line.bytes().any(|b| b.is_ascii_digit()) && !line.ends_with("ago") {
        return false;
    }
    // A menu that names its issue is a menu.
    let stated = date_line(line).filter(|_| !line.to_ascii_lowercase().contains("issue of"));
    stated.is_some_and(|all| !labelled_only || all.iter().any(|s| s.sense != Sense::Plain))
}

/// Whether a line begins like a label of a date, or has parts of which one may.
pub(super) fn may_be_labelled(line: &str) -> bool {
    let start = line.trim_start_matches(is_joint);
    let first = start.bytes().next().unwrap_or(0).to_ascii_lowercase();
    b"acdefiloprsuvmgbz".contains(&first) && line.len() <= 120 || !first.is_ascii() || line.contains(['|', '•', '·'])
}

/// Whether a line's end is a day, with its time or year: `Politics 25 June 20:55`.
pub(in crate::extract) fn ends_in_stamp(line: &str) -> bool {
    if !line.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'm' | 'M' | '.' | ')' | 'T' | 'o')) {
        return false;
    }
    let starts =
        line.char_indices().filter(|(at, _)| *at == 0 || line[..*at].ends_with([' ', '|', '(', ','])).map(|(at, _)| at);
    starts.take(12).any(|at| match stamp::read(&line[at..], false) {
        Some((_, taken)) => line[at + taken..].trim_matches([')', '.', ' ']).is_empty() && timed(&line[at..]),
        None => stamp::read_ago(&line[at..]).is_some_and(|taken| at + taken == line.len()),
    })
}

/// Whether a stamp has a clock time or a year: `Section 27 June` alone may be a title.
pub(super) fn timed(stamp: &str) -> bool {
    stamp.contains(':') || stamp.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// The dates of a line that holds nothing but dates, their labels, and short parts beside them (place, agency, author).
pub(super) fn date_line(line: &str) -> Option<Vec<Stated>> {
    if let Some(stated) = dates_only(line) {
        return Some(stated);
    }
    if !line.contains(['|', '•', '·']) {
        return None;
    }
    let mut stated = Vec::new();
    let mut beside = 0;
    for part in line.split(['|', '•', '·']).map(str::trim).filter(|part| !part.is_empty()) {
        match dates_only(part) {
            Some(dates) => stated.extend(dates),
            None if part.split_whitespace().count() <= 5 => beside += 1,
            None => return None,
        }
    }
    (!stated.is_empty() && beside <= 3).then_some(stated)
}

/// The dates of a text that is nothing but dates and their labels.
pub(super) fn dates_only(text: &str) -> Option<Vec<Stated>> {
    let mut stated = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_joint);
        if rest.is_empty() {
            return (!stated.is_empty()).then_some(stated);
        }
        let (sense, after) = sense(rest);
        if let Some((stamp, taken)) = stamp::read(after, true) {
            stated.push(Stated { sense, stamp });
            rest = &after[taken..];
        } else if let Some(taken) = stamp::read_ago(after) {
            stated.push(Stated { sense, stamp: Stamp::NoYear });
            rest = &after[taken..];
        } else if sense != Sense::Plain || !stated.is_empty() {
            // A clock alone: `Updated: 11:05`, or the same time in another zone.
            let clock = after.trim_start_matches('(');
            let whole = stamp::read_clock(clock).is_some_and(|taken| clock[taken..].chars().all(is_joint));
            return whole.then(|| {
                if stated.is_empty() {
                    stated.push(Stated { sense, stamp: Stamp::NoYear });
                }
                stated
            });
        } else {
            return None;
        }
    }
}

pub(super) fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '—' | '/' | '(' | ')' | '[' | ']' | '.' | ':' | '*')
}

/// The label that `text` begins with, and the rest after it and its colon.
pub(super) fn sense(text: &str) -> (Sense, &str) {
    let found = |labels: &[&str]| {
        labels.iter().find_map(|label| strip_label(text, label)).map(|rest| {
            let rest =
                rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '|' | '.'));
            ["on ", "at ", "the "].iter().find_map(|w| strip_prefix_ci(rest, w)).unwrap_or(rest)
        })
    };
    if let Some(rest) = found(UPDATED) {
        return (Sense::Updated, rest);
    }
    found(PUBLISHED).map_or((Sense::Plain, text), |rest| (Sense::Published, rest))
}

pub(super) fn strip_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let head = text.get(..label.len())?;
    let same = head.eq_ignore_ascii_case(label) || (!label.is_ascii() && head.to_lowercase() == label);
    let rest = &text[label.len()..];
    (same && !rest.starts_with(char::is_alphabetic)).then_some(rest)
}
