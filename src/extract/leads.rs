//! Words before the name of an author, and between names.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::words::strip_prefix_ci;
use crate::lexicon::{self, Locale, Phrases};

/// What may come behind a phrase, and where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// Everywhere.
    Any,
    /// In texts of this language.
    Own(&'static str),
    /// With its colon everywhere, without it where a page says that an author is named.
    Label,
    /// Where a page says that an author is named.
    Page,
}

static LEADS: LazyLock<Phrases<Lead>> = LazyLock::new(|| {
    Phrases::new(lexicon::BYLINES.rows().into_iter().flat_map(|row| {
        let lead = match row.labels {
            "own" => Lead::Own(row.language),
            "label" => Lead::Label,
            "page" => Lead::Page,
            _ => Lead::Any,
        };
        row.words.into_iter().map(move |phrase| (phrase, lead))
    }))
});

/// What joins names.
static JOINERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| lexicon::PEOPLE.labelled("and"));

/// Bytes of the longest of them.
const LONGEST_JOINER: usize = 8;

/// What stands behind a lead such as `By`, `Von` or `Autor:` at the start of a text.
pub(super) fn behind_lead(text: &str, locale: Locale) -> Option<&str> {
    behind(text, |lead, colon| match lead {
        Lead::Any => true,
        Lead::Own(language) => language == locale.language,
        Lead::Label => colon,
        Lead::Page => false,
    })
}

/// The same where a page says that an author is named: more words count there.
pub(super) fn behind_page_lead(text: &str, locale: Locale) -> Option<&str> {
    behind(text, |lead, _| !matches!(lead, Lead::Own(language) if language != locale.language))
}

fn behind(text: &str, fits: impl Fn(Lead, bool) -> bool) -> Option<&str> {
    LEADS.fitting(text).find_map(|(lead, taken)| {
        let rest = &text[taken..];
        let bare = rest.trim_start();
        let colon = bare.starts_with([':', '：']);
        let parted = colon || bare.len() < rest.len() || text[..taken].ends_with(['/', '／']);
        (parted && fits(lead, colon)).then(|| bare.trim_start_matches([':', '：']).trim_start())
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
