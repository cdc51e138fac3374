//! Words before the name of an author, and between names.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::names;
use super::words::strip_prefix_ci;
use crate::lexicon::{self, Locale, Phrases};

/// What may come behind a phrase, and where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// Everywhere.
    Any,
    /// In texts of this language; elsewhere with its colon or before a name of two words.
    Own(&'static str),
    /// In texts of this language; elsewhere with its colon, since names begin with it.
    Given(&'static str),
    Part(&'static str),
    /// A name in texts of this language.
    Name(&'static str),
    /// With its colon everywhere, without it where a page says that an author is named.
    Label,
    /// Where a page says that an author is named.
    Page,
    /// The same, though it is a person's title and says nothing of an author.
    Title,
}

static LEADS: LazyLock<Phrases<Lead>> = LazyLock::new(|| {
    Phrases::new(lexicon::BYLINES.rows().into_iter().filter(|row| row.labels != "tail").flat_map(|row| {
        let lead = match row.labels.split(' ').next().unwrap_or_default() {
            "own" => Lead::Own(row.language),
            "given" => Lead::Given(row.language),
            "part" => Lead::Part(row.language),
            "name" => Lead::Name(row.language),
            "label" => Lead::Label,
            "page" => Lead::Page,
            "title" => Lead::Title,
            _ => Lead::Any,
        };
        row.words.into_iter().map(move |phrase| (phrase, lead))
    }))
});

/// What stands behind a name, the longer before the shorter.
static TAILS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut tails: Vec<&str> = lexicon::BYLINES.labelled("tail");
    tails.sort_by_key(|tail| std::cmp::Reverse(tail.len()));
    tails
});

/// What joins names.
static JOINERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| lexicon::PEOPLE.labelled("and"));

/// Bytes of the longest of them.
const LONGEST_JOINER: usize = 8;

/// What stands behind a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Led<'t> {
    pub(super) rest: &'t str,
    /// A colon stands between them.
    pub(super) colon: bool,
}

/// What stands behind a lead such as `By`, `Von` or `Autor:` at the start of a text.
pub(super) fn behind_lead(text: &str, locale: Locale) -> Option<Led<'_>> {
    behind(text, |lead, led| match lead {
        Lead::Any => true,
        Lead::Label => led.colon,
        Lead::Page | Lead::Title => false,
        lead => is_own(lead, led, locale),
    })
}

/// The same where a page says that an author is named: more words count there.
pub(super) fn behind_page_lead(text: &str, locale: Locale) -> Option<&str> {
    behind(text, |lead, led| is_page_lead(lead, led, locale)).map(|led| led.rest)
}

/// The same for what stands before a name and may be cut off it: titles too.
pub(super) fn behind_title_or_lead(text: &str, locale: Locale) -> Option<&str> {
    behind(text, |lead, led| lead == Lead::Title || is_page_lead(lead, led, locale)).map(|led| led.rest)
}

/// What stands behind a label for an author, whether a colon parts them or not.
pub(super) fn behind_label(text: &str) -> Option<&str> {
    behind(text, |lead, _| lead == Lead::Label).map(|led| led.rest)
}

/// Whether a text is a lead of any language and nothing else, as a label beside a name is.
pub(super) fn is_lead_alone(text: &str, locale: Locale) -> bool {
    let text = text.trim().trim_end_matches([':', '：']).trim_end();
    let whole = |lead| !matches!(lead, Lead::Title | Lead::Name(_));
    let own = |lead| match lead {
        Lead::Part(language) | Lead::Given(language) | Lead::Own(language) => language == locale.language,
        _ => true,
    };
    LEADS.fitting(text).any(|(lead, taken)| taken == text.len() && whole(lead) && own(lead))
}

fn is_page_lead(lead: Lead, led: Led<'_>, locale: Locale) -> bool {
    matches!(lead, Lead::Any | Lead::Label | Lead::Page) || is_own(lead, led, locale)
}

/// Whether a lead of one language counts in a text.
fn is_own(lead: Lead, led: Led<'_>, locale: Locale) -> bool {
    match lead {
        Lead::Own(language) => language == locale.language || led.colon || begins_with_name(led.rest),
        Lead::Given(language) | Lead::Part(language) => language == locale.language || led.colon,
        _ => false,
    }
}

/// Whether a text begins with a name of two words: a third would be one of the name too.
fn begins_with_name(text: &str) -> bool {
    let end = text.find([',', '|', '•', '·', ';', '(', '،']).unwrap_or(text.len());
    let mut words = text[..end].split_whitespace();
    let (Some(given), Some(family)) = (words.next(), words.next()) else { return false };
    let more =
        |word: &str| !JOINERS.contains(word) && word.starts_with(|c: char| c.is_uppercase() || names::is_caseless(c));
    let name = format!("{given} {family}");
    !words.next().is_some_and(more) && (names::is_person_like(&name) || names::is_caseless_name(&name))
}

/// Whether a line without a lead is nothing but a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    None,
    /// Its first word may be a lead of another language: `Per Jordi Puig`.
    Some,
    /// It is one more likely than a name: `De Ion Popescu`, `Av Marina Bay Sands`.
    Great,
}

/// How far the start of a line that no lead begins may be a lead of another language.
pub(super) fn doubt(line: &str, locale: Locale) -> Doubt {
    let mut doubt = Doubt::None;
    for (lead, taken) in LEADS.fitting(line) {
        let several = line[taken..].starts_with(' ') && line[taken..].split_whitespace().count() >= 2;
        match lead {
            Lead::Name(language) if language == locale.language => return Doubt::None,
            Lead::Own(_) => doubt = Doubt::Great,
            Lead::Part(_) if several => doubt = Doubt::Great,
            Lead::Given(_) if several => doubt = Doubt::Some,
            _ => {}
        }
    }
    doubt
}

/// What stands before the end of a line that says so of a name: `홍길동 기자`, `राम शर्मा द्वारा`.
pub(super) fn before_tail(text: &str) -> Option<&str> {
    if text.is_ascii() {
        return None;
    }
    let name = TAILS.iter().find_map(|tail| text.strip_suffix(tail))?;
    name.ends_with(' ').then(|| name.trim_end())
}

fn behind(text: &str, fits: impl Fn(Lead, Led<'_>) -> bool) -> Option<Led<'_>> {
    LEADS.fitting(text).find_map(|(lead, taken)| {
        let rest = &text[taken..];
        let bare = rest.trim_start();
        // In Arabic a slash stands for a colon.
        let slash = text[..taken].ends_with(|c| ('\u{600}'..'\u{700}').contains(&c));
        let mark = |c| matches!(c, ':' | '：') || (slash && c == '/');
        let colon = bare.starts_with(mark);
        let parted = colon || bare.len() < rest.len() || text[..taken].ends_with(['/', '／']);
        let led = Led { rest: bare.trim_start_matches(mark).trim_start(), colon };
        (parted && fits(lead, led)).then_some(led)
    })
}

/// Whether a line begins with a lead that needs no colon.
pub(super) fn is_led(line: &str) -> bool {
    behind(line, |lead, _| lead == Lead::Any).is_some()
}

/// A value that a record gives, without the `By` before it.
pub(super) fn without_by(given: &str) -> &str {
    strip_prefix_ci(given, "by ").unwrap_or(given).trim()
}

/// The names that `and`, `&`, `und` and the like join.
pub(super) fn split_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in text.split('/') {
        let mut start = 0;
        for at in memchr::memchr_iter(b' ', part.as_bytes()) {
            let Some(end) = memchr::memchr(b' ', &part.as_bytes()[at + 1..]) else { break };
            let word = &part[at + 1..at + 1 + end];
            if at >= start && word.len() <= LONGEST_JOINER && JOINERS.contains(word) {
                names.push(&part[start..at]);
                start = at + end + 2;
            }
        }
        names.push(&part[start..]);
    }
    names
}

/// The last of several names without its `and`.
pub(super) fn without_joiner(name: &str) -> &str {
    name.split_once(' ').filter(|(first, _)| JOINERS.contains(first)).map_or(name, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_at_joiners() {
        for (text, names) in [
            ("Anna Kowal", vec!["Anna Kowal"]),
            ("Anna Kowal and Tom Reid", vec!["Anna Kowal", "Tom Reid"]),
            ("Anna Kowal & Tom Reid und Lena Ortiz", vec!["Anna Kowal", "Tom Reid", "Lena Ortiz"]),
            ("Anna Kowal/Tom Reid", vec!["Anna Kowal", "Tom Reid"]),
            ("Anna Kowal and", vec!["Anna Kowal and"]),
            ("and and and Anna", vec!["and", "and Anna"]),
        ] {
            assert_eq!(split_names(text), names, "{text}");
        }
        assert!(JOINERS.iter().all(|word| word.len() <= LONGEST_JOINER));
        assert_eq!([without_joiner("and Tom Reid"), without_joiner("Tom Reid")], ["Tom Reid"; 2]);
    }
}
