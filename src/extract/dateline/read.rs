//! Reading a dateline off the start of a paragraph, or a line that is nothing else.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::extract::names::{self, Outlets};
use crate::extract::stamp;
use crate::extract::words::{is_all_caps, is_space};
use crate::lexicon::{self, Locale};

/// Words that stand before a dash or colon like a place and are none.
static NO_PLACES: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::NEWS_WORDS.labelled("no-place"));

/// Small words inside the names of places.
static INSIDE: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::NAME_WORDS.labelled("inside"));

/// Longest dateline, in bytes.
pub(super) const LONGEST: usize = 110;

/// A dateline read off the start of a paragraph.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline<'t> {
    /// Bytes it takes, with its dash and the space after it.
    pub length: usize,
    /// The place as printed.
    pub place: Option<&'t str>,
    /// What stands in the brackets, with the byte it begins at.
    pub sources: Vec<(&'t str, usize)>,
    /// The day, as printed.
    pub date: Option<&'t str>,
    /// The shape leaves no doubt.
    pub sure: bool,
}

/// Reads the dateline that a paragraph begins with.
pub(super) fn read<'t>(text: &'t str, outlets: Outlets<'_>) -> Option<Dateline<'t>> {
    let note = update_note(text);
    let rest = &text[note..];
    let head = &rest[..rest.floor_char_boundary(LONGEST)];
    let found = bracketed(head, rest, outlets).or_else(|| slashed(head)).or_else(|| dashed(head, rest))?;
    let sources = found.sources.into_iter().map(|(name, at)| (name, at + note)).collect();
    Some(Dateline { length: found.length + note, sources, ..found })
}

/// First words of notes to editors.
static NOTES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::NEWS_WORDS.labelled("note"));

/// Whether a word with a capital begins a note to editors: `Adds`, `Updates`.
pub(in crate::extract) fn is_note_word(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && NOTES.contains(&word.to_lowercase().as_str())
}

/// `(Adds quotes) ` before it.
pub(super) fn update_note(text: &str) -> usize {
    let first = text.strip_prefix('(').and_then(|inside| inside.split([' ', ',', ';', ')']).next());
    let noted = first.is_some_and(is_note_word);
    let end = if noted { text.find(')').filter(|end| *end < 120) } else { None };
    end.map_or(0, |end| text.len() - text[end + 1..].trim_start().len())
}

/// `PLACE, June 27 (AGENCY/OTHER) — `.
pub(super) fn bracketed<'t>(head: &'t str, rest: &str, outlets: Outlets<'_>) -> Option<Dateline<'t>> {
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let before = head[..open].trim_end();
    let lone = before.trim_end_matches(['-', '–', '—']).trim_end();
    let (place, date) = place_and_date(lone.trim_end_matches(','))?;
    let sources = sources(&head[open + 1..close], open + 1, outlets)?;
    let after = &rest[close + 1..];
    let (dash, length) = dash(after);
    let known = sources.iter().all(|(name, _)| is_known(name, outlets));
    let capitals = place.is_none_or(is_all_caps);
    let glued = !dash && !before.is_empty() && known;
    let starts = starts_sentence(&after[length..]);
    ((dash || glued) && (known || capitals || dash) && (starts || known)).then_some(Dateline {
        length: close + 1 + length,
        place,
        sources,
        date,
        sure: capitals || known,
    })
}

/// `PLACE, June 27. /TASS/. `.
pub(super) fn slashed(head: &str) -> Option<Dateline<'_>> {
    let open = head.find(" /")? + 1;
    let close = open + 1 + head[open + 1..].find('/')?;
    let name = &head[open + 1..close];
    names::agency(name)?;
    let (place, date) = place_and_date(head[..open].trim_end().trim_end_matches(['.', ',']))?;
    let after = head[close + 1..].trim_start_matches(['.', ' ', '-', '–', '—']);
    let length = head.len() - after.len();
    Some(Dateline { length, place, sources: vec![(name, open + 1)], date, sure: true })
}

/// `PLACE — `, `PLACE, June 27 — `, `NEW DELHI: `.
pub(super) fn dashed<'t>(head: &'t str, rest: &str) -> Option<Dateline<'t>> {
    let head = &head[..head.floor_char_boundary(72)];
    if !head.bytes().any(|b| matches!(b, b'-' | b':' | 0xE2)) {
        return None;
    }
    let marks = [" — ", " – ", " - ", " -- ", "— ", "– ", ": ", " —", "—"];
    let (at, mark) = marks
        .iter()
        .filter_map(|m| head.find(m).map(|at| (at, *m)))
        .min_by_key(|(at, m)| (*at, usize::MAX - m.len()))?;
    let before = &head[..at];
    let (place, date) = place_and_date(before)?;
    let place = place?;
    let after = rest[at + mark.len()..].trim_start_matches(is_space);
    if !starts_sentence(after) || is_no_place(place) {
        return None;
    }
    let (capitals, listed) = (is_all_caps(place) && place.len() > 2, is_listed(place));
    let colon = mark.starts_with(':');
    // A second dash in the sentence makes the first a parenthesis: `Vienna – The old city – was full`.
    let sentence = after.split_inclusive(['.', '?', '!']).next().unwrap_or(after);
    let parenthesis = !colon && !capitals && sentence.contains(mark.trim_end());
    let fits = if colon {
        listed || (capitals && date.is_some())
    } else {
        capitals || listed || place.split(' ').count() <= 3
    };
    let length = rest.len() - after.len();
    (fits && !parenthesis).then_some(Dateline { length, place: Some(place), sources: Vec::new(), date, sure: capitals })
}

pub(super) fn is_no_place(place: &str) -> bool {
    let first = place.split([' ', '\'', '’', '/']).next().unwrap_or("").to_lowercase();
    NO_PLACES.contains(first.as_str()) || lexicon::weekday(&first, Locale::default()).is_some_and(|day| day.sure)
}

pub(super) fn is_listed(place: &str) -> bool {
    let city = place.split(',').next().unwrap_or(place);
    names::is_city(city)
}

/// Length of a dash with the spaces around it, and whether there is one.
pub(super) fn dash(after: &str) -> (bool, usize) {
    let rest = after.trim_start_matches(is_space);
    let bare = rest.trim_start_matches(['-', '–', '—', '―', '_', '.', ':']);
    let length = after.len() - bare.trim_start_matches(is_space).len();
    (bare.len() < rest.len(), length)
}

/// Whether a text begins as sentences do.
pub(super) fn starts_sentence(text: &str) -> bool {
    text.chars().next().is_some_and(|c| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '\'' | '‘' | '«' | '(' | '$' | '£' | '€')
    })
}

/// `CITY`, `CITY, State`, `CITY, June 27` taken apart; none where the text is no place.
pub(super) fn place_and_date(text: &str) -> Option<(Option<&str>, Option<&str>)> {
    if text.is_empty() {
        return Some((None, None));
    }
    let cuts =
        text.char_indices().filter(|(at, c)| *at > 0 && matches!(c, ' ' | ',' | '.')).map(|(at, c)| at + c.len_utf8());
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    let day = cuts.take(10).find(|at| {
        let rest = text[*at..].trim_start();
        digits
            && stamp::read(rest, false, Locale::default())
                .is_some_and(|(_, taken)| rest[taken..].trim_matches(['.', ',', ' ']).is_empty())
    });
    let (place, date) = day.map_or((text, None), |at| (&text[..at], Some(text[at..].trim())));
    let place = place.trim_end_matches([',', ' ']);
    // The full stop of `MOSCOW.`, not that of `WASHINGTON, D.C.`
    let stop = place
        .strip_suffix('.')
        .filter(|bare| date.is_some() || bare.rsplit([' ', '.']).next().is_some_and(|w| w.len() > 4));
    let place = stop.unwrap_or(place);
    is_place(place).then_some((Some(place), date))
}

/// Capitalised words without figures, few of them; a state after a comma.
pub(super) fn is_place(text: &str) -> bool {
    let mut parts = text.split(',').map(str::trim);
    let part = |part: &str, most: usize| {
        let words: Vec<&str> = part.split([' ', '/', '-']).filter(|w| !w.is_empty()).collect();
        let small = |w: &&str| INSIDE.contains(*w);
        let word = |w: &&str| {
            w.chars().next().is_some_and(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’'))
        };
        (1..=most).contains(&words.len())
            && words.iter().all(|w| word(w) || small(w))
            && words.first().is_some_and(word)
    };
    text.len() <= 60
        && parts.next().is_some_and(|city| part(city, 5))
        && parts.by_ref().take(2).all(|state| part(state, 3))
        && parts.next().is_none()
}

/// The names in a dateline's brackets; none where they are not names of agencies or outlets.
pub(super) fn sources<'t>(inside: &'t str, start: usize, outlets: Outlets<'_>) -> Option<Vec<(&'t str, usize)>> {
    let mut sources = Vec::new();
    for part in inside.split(['/', ',', ';', '|']) {
        let name = part.trim();
        let at = start + (part.as_ptr() as usize - inside.as_ptr() as usize) + (part.len() - part.trim_start().len());
        let capitals = is_all_caps(name) && name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let cased = name.chars().skip(1).any(char::is_uppercase) && !name.contains(' ');
        let fits = is_known(name, outlets) || (name.len() <= 24 && (capitals || cased) && !name.contains('.'));
        if !fits || name.is_empty() || is_listed(name) {
            return None;
        }
        sources.push((name, at));
    }
    Some(sources)
}

pub(super) fn is_known(name: &str, outlets: Outlets<'_>) -> bool {
    names::agency(name).is_some() || outlets.named(name).is_some()
}

/// Whether a line is nothing but a dateline: `(Reuters) -`, `CNN —`, `New York CNN Business —`.
pub(in crate::extract) fn is_agency_mark(line: &str, outlets: Outlets<'_>) -> bool {
    own_line(line, outlets).is_some()
}

/// A line that is nothing but a dateline: the place, and who.
pub(super) fn own_line<'t>(line: &'t str, outlets: Outlets<'_>) -> Option<(Option<&'t str>, &'t str)> {
    if line.len() > 60 {
        return None;
    }
    let bare = line.trim_end_matches([' ', '-', '–', '—', ':', '.']);
    if let Some(inside) = bare.strip_suffix(')') {
        let open = inside.find('(')?;
        let place = inside[..open].trim_end();
        let name = &inside[open + 1..];
        let dashed = bare.len() < line.len() && place.is_empty();
        let fits = is_known(name, outlets) && (dashed || is_all_caps(place) && is_place(place));
        return fits.then_some((Some(place).filter(|p| !p.is_empty()), name));
    }
    if bare.len() == line.len() || !line.ends_with(['-', '–', '—']) {
        return None;
    }
    let starts = bare.char_indices().filter(|(at, _)| *at == 0 || bare[..*at].ends_with([' ', '/'])).map(|(at, _)| at);
    for at in starts {
        let place = bare[..at].trim_end_matches([' ', '/', ',']);
        if is_known(&bare[at..], outlets) && (place.is_empty() || is_place(place)) {
            return Some((Some(place).filter(|p| !p.is_empty()), &bare[at..]));
        }
    }
    None
}
