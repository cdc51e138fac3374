//! Lines that are nothing but dates: their labels, and what they state.

use std::sync::LazyLock;

use crate::extract::leads;
use crate::extract::stamp::{self, Stamp};
use crate::extract::words::Shape;
use crate::lexicon::{self, Locale, Phrases};
use crate::source::is_edition;

/// What a date says of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Sense {
    /// Nothing is said.
    Plain,
    Published,
    Updated,
    /// Somebody looked at it, took it or printed it then: no date of the article.
    Visited,
}

/// Words before a date, and what they say of it.
static LABELS: LazyLock<Phrases<Sense>> = LazyLock::new(|| {
    let rows = lexicon::DATE_LABELS.rows().into_iter().flat_map(|row| {
        let senses = [("published", Sense::Published), ("updated", Sense::Updated)];
        let sense = senses.into_iter().find(|(label, _)| row.has(label)).map_or(Sense::Visited, |(_, sense)| sense);
        row.words.into_iter().map(move |phrase| (phrase, sense))
    });
    Phrases::new(rows)
});

/// Words between a label and its date.
static PARTICLES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words: Vec<&str> = lexicon::DATE_WORDS.labelled("particle");
    Phrases::new(words.into_iter().map(|word| (word, ())))
});

/// A date that a line states.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct StatedDate {
    pub(super) sense: Sense,
    pub(super) stamp: Stamp,
}

/// Whether a line states when the article was published or changed, and nothing else. `labelled_only`: it must say so.
pub(in crate::extract) fn is_date_line(line: &str, shape: Shape, labelled_only: bool, locale: Locale) -> bool {
    if shape.words > 24 || line.len() > 200 || (labelled_only && !may_be_labelled(line)) {
        return false;
    }
    if (!stamp::has_digit(line) && !line.ends_with("ago")) || leads::is_led(line) {
        return false;
    }
    // A menu that names its issue is a menu.
    let stated = date_line(line, locale).filter(|_| !line.to_ascii_lowercase().contains("issue of"));
    let stated = stated.or_else(|| folio(line, locale).filter(|_| !labelled_only));
    stated.is_some_and(|all| !labelled_only || all.iter().any(|s| s.sense != Sense::Plain))
}

/// Whether a line begins like a label of a date, or has parts of which one may.
pub(super) fn may_be_labelled(line: &str) -> bool {
    let start = line.trim_start_matches(is_joint);
    let is_foreign = start.starts_with(|c: char| !c.is_ascii());
    is_foreign || (line.len() <= 120 && LABELS.may_begin(start)) || line.contains(['|', '•', '·'])
}

/// Whether a line's end is a day, with its time or year: `Politics 25 June 20:55`.
pub(in crate::extract) fn ends_in_stamp(line: &str, locale: Locale) -> bool {
    if !line.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'm' | 'M' | '.' | ')' | 'T' | 'o')) {
        return false;
    }
    let starts =
        line.char_indices().filter(|(at, _)| *at == 0 || line[..*at].ends_with([' ', '|', '(', ','])).map(|(at, _)| at);
    starts.take(12).any(|at| match stamp::read(&line[at..], false, locale) {
        Some((_, taken)) => line[at + taken..].trim_matches([')', '.', ' ']).is_empty() && timed(&line[at..]),
        None => stamp::read_ago(&line[at..]).is_some_and(|taken| at + taken == line.len()),
    })
}

/// Whether a stamp has a clock time or a year: `Section 27 June` alone may be a title.
pub(super) fn timed(stamp: &str) -> bool {
    stamp.contains(':') || stamp.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// The dates of a line that holds nothing but dates, their labels, and short parts beside them (place, agency, author).
pub(super) fn date_line(line: &str, locale: Locale) -> Option<Vec<StatedDate>> {
    // `Tuesday, March 12, 2019, Late City Final Edition`
    let line = line.rsplit_once(',').filter(|(_, edition)| is_edition(edition)).map_or(line, |(date, _)| date);
    let short = || dates_only(&stamp::with_century(line, locale)?, locale);
    if let Some(stated) = dates_only(line, locale).or_else(|| begins_with_date(line, locale)).or_else(short) {
        return Some(stated);
    }
    if !line.contains(['|', '•', '·']) {
        return None;
    }
    let mut stated = Vec::new();
    let mut beside = 0;
    for part in line.split(['|', '•', '·']).map(str::trim).filter(|part| !part.is_empty()) {
        match dates_only(part, locale) {
            Some(dates) => stated.extend(dates),
            None if part.split_whitespace().count() <= 5 => beside += 1,
            None => return None,
        }
    }
    (!stated.is_empty() && beside <= 3).then_some(stated)
}

/// What a folio line begins with.
static FOLIOS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words: Vec<&str> = lexicon::DATE_WORDS.labelled("folio");
    Phrases::new(words.into_iter().map(|word| (word, ())))
});

/// The date of a folio line: `Vol. CXII No. 34 — Friday, 1 June 1951 — Price 3d.`
pub(super) fn folio(line: &str, locale: Locale) -> Option<Vec<StatedDate>> {
    let (_, taken) = FOLIOS.at_start(line)?;
    let numbered = line[taken..].trim_start_matches('.').split_whitespace().next().is_some_and(is_number);
    let mut starts = line.char_indices().filter(|(at, _)| line[..*at].ends_with([' ', ',', '(']));
    let dated = |at: usize| {
        let (stamp, _) = stamp::read(&line[at..], false, locale)?;
        (stamp != Stamp::NoYear).then(|| vec![StatedDate { sense: Sense::Plain, stamp }])
    };
    if numbered { starts.find_map(|(at, _)| dated(at)) } else { None }
}

/// Whether a line is the one that numbers an issue and dates it.
pub(in crate::extract) fn is_folio(line: &str, locale: Locale) -> bool {
    folio(line, locale).is_some()
}

/// A number of an issue, in figures or in Roman letters.
fn is_number(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M');
    !word.is_empty() && (word.bytes().all(|b| b.is_ascii_digit()) || word.chars().all(roman))
}

/// A name and the dates behind it, and nothing else: `The Guardian, 12 March 2019`.
pub(in crate::extract) fn behind_name(line: &str, locale: Locale) -> Option<(&str, Vec<StatedDate>)> {
    if line.len() > 120 || !stamp::has_digit(line) {
        return None;
    }
    let marks = line.char_indices().filter(|(_, c)| matches!(c, ',' | '|' | '-' | '–' | '—' | '(' | '•' | '·'));
    marks.take(6).find_map(|(at, mark)| {
        let dates = dates_only(&line[at + mark.len_utf8()..], locale)?;
        let dated = dates.iter().any(|stated| stated.stamp != Stamp::NoYear);
        let name = line[..at].trim();
        (dated && !name.is_empty()).then_some((name, dates))
    })
}

/// Words of the longest rest of a line that nobody reads behind its date.
const UNREAD: usize = 3;

/// The date of a line that says in some small words more than is read here: `Publié le 28 juin 2018 vers 9h`. Without a label
/// they end in figures, since `27 June 2018 in pictures` is a title.
fn begins_with_date(line: &str, locale: Locale) -> Option<Vec<StatedDate>> {
    let (stated, taken) = dated_start(line, locale)?;
    let rest = line[taken..].trim_start();
    let starts = rest.starts_with(char::is_lowercase) || !rest.chars().any(char::is_alphabetic);
    let small = starts && rest.split_whitespace().count() <= UNREAD;
    let told = stated.sense != Sense::Plain || rest.split_whitespace().next_back().is_some_and(stamp::has_digit);
    (small && told && !leads::is_led(rest)).then(|| vec![stated])
}

/// The date that a line begins with, behind its label, and the bytes of both.
fn dated_start(line: &str, locale: Locale) -> Option<(StatedDate, usize)> {
    let (sense, after) = sense(line.trim_start_matches(is_joint));
    let (stamp, taken) = stamp::read(after, false, locale).or_else(|| behind_particle(after, true, locale))?;
    (stamp != Stamp::NoYear).then_some((StatedDate { sense, stamp }, line.len() - after.len() + taken))
}

/// A line taken apart behind the date that it begins with: `Published 27 June 2018` and `by Anna Kowal`.
pub(in crate::extract) fn behind_date(line: &str, locale: Locale) -> Option<(&str, &str)> {
    let (_, taken) = stamp::has_digit(line).then(|| dated_start(line, locale)).flatten()?;
    Some((&line[..taken], line[taken..].trim_start_matches(|c: char| is_joint(c) || c == '|')))
}

/// The dates of a text that is nothing but dates and their labels.
pub(super) fn dates_only(text: &str, locale: Locale) -> Option<Vec<StatedDate>> {
    let mut stated = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_joint);
        if rest.is_empty() {
            return (!stated.is_empty()).then_some(stated);
        }
        let (sense, after) = sense(rest);
        if let Some((stamp, taken)) =
            stamp::read(after, true, locale).or_else(|| behind_particle(after, stated.is_empty(), locale))
        {
            stated.push(StatedDate { sense, stamp });
            rest = &after[taken..];
        } else if let Some(taken) = stamp::read_ago(after) {
            stated.push(StatedDate { sense, stamp: Stamp::NoYear });
            rest = &after[taken..];
        } else if sense != Sense::Plain || !stated.is_empty() {
            // A clock alone: `Updated: 11:05`, or the same time in another zone.
            let clock = after.trim_start_matches('(');
            let whole = stamp::read_clock(clock, locale).is_some_and(|taken| clock[taken..].chars().all(is_joint));
            return whole.then(|| {
                if stated.is_empty() {
                    stated.push(StatedDate { sense, stamp: Stamp::NoYear });
                }
                stated
            });
        } else {
            return None;
        }
    }
}

/// The day with its year that stands behind a small word at a line's start: `le 27 juin 2018`, `am 27. Juni 2018`. A day
/// without its year is a title as well: `On June 27`.
fn behind_particle(text: &str, starts: bool, locale: Locale) -> Option<(Stamp, usize)> {
    let (_, taken) = PARTICLES.at_start(text).filter(|_| starts)?;
    let rest = text[taken..].trim_start();
    let (stamp, length) = stamp::read(rest, false, locale).filter(|(stamp, _)| *stamp != Stamp::NoYear)?;
    Some((stamp, text.len() - rest.len() + length))
}

pub(super) fn is_joint(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | ';'
                | '-'
                | '–'
                | '—'
                | '/'
                | '('
                | ')'
                | '['
                | ']'
                | '.'
                | ':'
                | '*'
                | '：'
                | '，'
                | '（'
                | '）'
                | '،'
        )
}

/// The label that `text` begins with, and the rest after it, its colon and small words.
pub(super) fn sense(text: &str) -> (Sense, &str) {
    let Some((sense, taken)) = LABELS.at_start(text) else { return (Sense::Plain, text) };
    let mark = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '|' | '.');
    let rest = text[taken..].trim_start_matches(mark);
    let particle = PARTICLES.at_start(rest).map_or(0, |(_, taken)| taken);
    (sense, rest[particle..].trim_start())
}

/// Whether a word stands between a label and its date.
pub(in crate::extract) fn is_particle(word: &str) -> bool {
    PARTICLES.at_start(word).is_some_and(|(_, taken)| taken == word.len())
}

/// A text without the label and the small words that it ends with: `Anna Kowal, last updated`, `Anne Roche le`.
pub(in crate::extract) fn before_label(text: &str) -> &str {
    let mut text = text;
    while let Some((before, _)) = text.rsplit_once(' ').filter(|(_, last)| is_particle(last)) {
        text = before.trim_end();
    }
    let starts =
        text.char_indices().filter(|(at, _)| *at > 0 && text[..*at].ends_with([' ', ',', '|'])).map(|(at, _)| at);
    let found = starts.into_iter().find(|at| {
        let rest = &text[*at..];
        LABELS.at_start(rest).is_some_and(|(_, taken)| taken == rest.len())
    });
    found.map_or(text, |at| &text[..at])
}

/// What a line says that is a label and nothing else: `Date`, `Published:`.
pub(in crate::extract) fn label_alone(line: &str) -> Option<Sense> {
    let (sense, taken) = LABELS.at_start(line)?;
    line[taken..].chars().all(is_joint).then_some(sense)
}

/// What the words before a date say of it: the last label among them.
pub(in crate::extract) fn sense_before(words: &str) -> Sense {
    LABELS.last_in(words).unwrap_or(Sense::Plain)
}
