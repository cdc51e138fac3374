//! Dates and times as newspapers print them: a small parser over the tokens of a short line.

use crate::lexicon::Locale;

mod century;
mod cjk;
mod clock;
mod cursor;
mod day;
mod parts;
mod tokens;
mod words;

pub(super) use century::with_century;
use clock::Behind;
use cursor::{Reader, lower};
pub(super) use parts::Stamp;
pub(super) use tokens::has_digit;
use tokens::{TokenKind, tokens};
use words::WORDS;

/// Reads the date that `text` begins with; gives it and the bytes it takes. Without `loose`, a month needs its day.
/// Names are those of the text's `locale` first.
pub(super) fn read(text: &str, loose: bool, locale: Locale) -> Option<(Stamp, usize)> {
    let first = text.chars().next()?;
    if !(first.is_alphanumeric() || first == '(') {
        return None;
    }
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, locale };
    reader.mark('(');
    // in several languages a short weekday is a short month as well
    let behind_weekday = reader.attempt(|r| {
        r.weekday()?;
        r.skip_particles();
        r.day_and_clock(loose)
    });
    let (parts, clock) = behind_weekday.or_else(|| reader.day_and_clock(loose))?;
    reader.closing_weekday();
    reader.mark(')');
    let end = tokens.get(reader.at.checked_sub(1)?)?.end;
    Some((parts.stamp(clock, locale.order), end))
}

/// Reads a clock time alone, with its zone: `7:30 p.m. ET`, `à 9 h`; gives the bytes it takes.
pub(super) fn read_clock(text: &str, locale: Locale) -> Option<usize> {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, locale };
    let word = reader.skip_joints();
    reader.clock(if word { Behind::Word } else { Behind::Day })?;
    tokens.get(reader.at.checked_sub(1)?).map(|token| token.end)
}

/// Reads `5 hours ago` and the like.
pub(super) fn read_ago(text: &str) -> Option<usize> {
    let tokens = tokens(text);
    let [number, unit, ago, ..] = &tokens[..] else { return None };
    let counted =
        matches!(number.kind, TokenKind::Number(_)) || matches!(lower(number.text).as_str(), "a" | "an" | "one");
    let unit = lower(unit.text);
    let known = WORDS.unit.contains(&unit.trim_end_matches('s'));
    (counted && known && WORDS.ago.contains(&lower(ago.text).as_str())).then_some(ago.end)
}
