//! Captions: what stands under a picture, and whose picture it is.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::extract::leads;
use crate::extract::names::{self, Outlets};
use crate::extract::words::{Ending, Shape};
use crate::lexicon;

/// Bytes of a long line that are looked at, at either end.
pub(super) const GLANCE: usize = 90;

pub(super) static BY: LazyLock<Finder> = LazyLock::new(|| Finder::new(b" by "));

/// A picture's credit at the end, or the mark of a picture at the start.
pub(super) fn is_caption(line: &str, shape: Shape, outlets: Outlets<'_>) -> bool {
    if let Some(rest) = line.strip_prefix("FILE") {
        let rest = rest.trim_start();
        let marked = FILED.iter().any(|word| rest.starts_with(word.as_str()));
        if marked || rest.starts_with(['-', '–', '—', ':']) {
            return true;
        }
    }
    let end = &line[line.ceil_char_boundary(line.len().saturating_sub(GLANCE))..];
    let bytes = end.as_bytes();
    let by = shape.ending != Ending::Stop && BY.find(bytes).is_some();
    if !by && memchr::memchr3(b':', b'(', b'/', bytes).is_none() && memchr::memchr(0xA9, bytes).is_none() {
        return bytes.ends_with(b"Credit:");
    }
    if let Some(at) = end.rfind("REUTERS/") {
        return end[at..].split_whitespace().count() <= 6;
    }
    if end.ends_with("Credit:") || has_picture_credit(end, shape) {
        return true;
    }
    // `Ann Lee/AFP` alone; `Von Ann Lee/AFP` is a byline
    let signed = |(name, of): (&str, &str)| {
        names::is_person_like(name.trim())
            && (names::agency(of).is_some() || outlets.named(of).is_some() || of.contains("Getty"))
    };
    if shape.words <= 6 && line.split_once('/').is_some_and(signed) && !leads::is_led(line) {
        return true;
    }
    // `Flags in Moscow. (AP Photo/Ann Lee)`, `Reporters wait. (Ann Lee/The Post)`
    let Some(open) = end.rfind('(').filter(|_| end.ends_with(')')) else { return false };
    let inside = &end[open + 1..end.len() - 1];
    let names = inside.split('/').collect::<Vec<_>>();
    let slashed = names.len() == 2
        && names::is_person_like(names[0].trim())
        && names[1].trim().chars().next().is_some_and(char::is_uppercase)
        && names[1].split_whitespace().count() <= 4;
    let lower = inside.to_lowercase();
    let pictured = inside.split(' ').count() <= 10 && BRACKETS.iter().any(|w| lower.contains(w));
    slashed || pictured || MARKS.iter().any(|mark| inside.starts_with(mark.as_str()))
}

/// Words before a photographer's name, in lower case.
static PICTURE_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::PICTURES.labelled("credit"));

/// Words before the name without a colon, with the blank behind them.
static BY_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words: Vec<&str> = lexicon::PICTURES.labelled("by");
    words.into_iter().map(|word| format!("{} ", capital(word))).collect()
});

/// What credits in brackets hold, and what they begin with.
static BRACKETS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::PICTURES.labelled("bracket"));
static MARKS: LazyLock<Vec<String>> =
    LazyLock::new(|| lexicon::PICTURES.labelled::<Vec<_>>("mark").into_iter().map(capital).collect());

/// What stands behind `FILE`.
static FILED: LazyLock<Vec<String>> =
    LazyLock::new(|| lexicon::PICTURES.labelled::<Vec<_>>("file").into_iter().map(str::to_uppercase).collect());

/// A phrase that begins with a capital.
fn capital(phrase: &str) -> String {
    phrase[..1].to_uppercase() + &phrase[1..]
}

/// `Turbines off the coast. Credit: Petter Lind/dpa`, `… PHOTO: GWEN HALLAM`, `… Photograph by Tove Lindahl`, `… ©Ann Lee`.
pub(super) fn has_picture_credit(end: &str, shape: Shape) -> bool {
    let name_follows = |rest: &str, most: usize| {
        let name = rest.trim().trim_end_matches([')', ']', '.']);
        (1..=most).contains(&name.split_whitespace().count()) && !name.contains(". ")
    };
    let stops = |before: &str| {
        before.trim_end_matches(['–', '—', '-', '|', ' ']).ends_with(['.', '"', '”', '!', '?', ')', '’'])
    };
    for (at, mark) in end.match_indices([':', '©']) {
        let (before, after) = (&end[..at], &end[at + mark.len()..]);
        if mark == "©" {
            if stops(before.trim_end())
                && after.split_whitespace().count() <= 6
                && !before.is_empty()
                && shape.words > 4
            {
                return true;
            }
            continue;
        }
        let word_at = PICTURE_WORDS
            .iter()
            .filter_map(|w| {
                before
                    .len()
                    .checked_sub(w.len())
                    .filter(|at| before.get(*at..).is_some_and(|t| t.to_lowercase() == **w))
            })
            .min();
        let Some(word_at) = word_at else { continue };
        let above = &before[..word_at];
        let capital = before[word_at..].chars().next().is_some_and(char::is_uppercase);
        // Glued to the last word, or a sentence of its own after the description.
        let glued = !above.is_empty() && !above.ends_with(' ') && above.ends_with(char::is_alphanumeric);
        if capital && !above.is_empty() && (glued || stops(above.trim_end())) && name_follows(after, 8) {
            return true;
        }
    }
    BY.find(end.as_bytes()).is_some()
        && BY_WORDS.iter().any(|m| {
            end.rfind(m.as_str())
                .is_some_and(|at| at > 0 && stops(end[..at].trim_end()) && name_follows(&end[at + m.len()..], 6))
        })
}
