//! Names of wire agencies and news outlets: other spellings and hosts led back to one.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::lexicon;

use super::words::{is_capital, strip_prefix_ci};

mod list;

pub use list::OutletList;
pub(super) use list::{outlet, outlet_at, with_outlets};

static AGENCIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let rows = lexicon::AGENCIES.read(|row| Ok(row.cells().collect::<Vec<_>>()));
    rows.iter().flat_map(|names| names.iter().map(|name| (squash(name), names[0]))).collect()
});

/// Words of names, with what they are.
struct NameWords {
    outlet: HashSet<&'static str>,
    never: HashSet<&'static str>,
    particle: HashSet<&'static str>,
}

static WORDS: LazyLock<NameWords> = LazyLock::new(|| {
    let of = |label: &str| lexicon::NAME_WORDS.labelled(label);
    NameWords { outlet: of("outlet"), never: of("never"), particle: of("particle") }
});

/// A name's letters and figures in lower case, `the` before them left out: what spellings of one name share.
pub(super) fn squash(name: &str) -> String {
    let name = strip_prefix_ci(name, "the ").unwrap_or(name);
    if name.is_ascii() {
        return name.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The wire agency of that name.
pub(super) fn agency(name: &str) -> Option<&'static str> {
    let fits = (2..=40).contains(&name.len()) && name.split_whitespace().count() <= 5;
    if fits { AGENCIES.get(&squash(name)).copied() } else { None }
}

/// Whether a name is made like an outlet's: known, of one word, or with a word such as `Gazette` in it.
pub(super) fn is_outlet_like(name: &str) -> bool {
    outlet(name).is_some() || has_outlet_word(name) || strip_prefix_ci(name, "the ").is_some_and(is_capital)
}

/// Whether a word such as `Gazette` stands in a name.
pub(super) fn has_outlet_word(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| WORDS.outlet.contains(w.to_lowercase().as_str()))
}

/// Whether a name is made like a person's: two to four capitalised words without figures, none of them an outlet's.
pub(super) fn is_person_like(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let part = |w: &&str| {
        let letters = w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        letters && (w.chars().next().is_some_and(char::is_uppercase) || WORDS.particle.contains(*w))
    };
    let ends = |w: Option<&&str>| w.is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase));
    (2..=5).contains(&words.len())
        && words.iter().all(part)
        && ends(words.first())
        && ends(words.last())
        && may_be_person(name)
}

/// Whether no word of a name is one that people are not called by.
pub(super) fn may_be_person(name: &str) -> bool {
    name.split_whitespace()
        .map(str::to_lowercase)
        .all(|word| !WORDS.never.contains(word.trim_matches('.')) && !WORDS.outlet.contains(word.as_str()))
}

/// A name of one piece taken apart where capitals begin: `CBSMiami` is `CBS Miami`, `HarbourGazette` is `Harbour Gazette`.
pub(super) fn split_camel(name: &str) -> String {
    if name.contains([' ', '.', '-', '/']) {
        return name.to_owned();
    }
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 2);
    let capitals = chars.iter().take_while(|c| c.is_uppercase()).count();
    for (at, c) in chars.iter().enumerate() {
        let after_lower = at > 2 && c.is_uppercase() && chars[at - 1].is_lowercase();
        let ends_acronym = capitals > 2 && at + 1 == capitals && chars.len() > capitals + 2;
        if after_lower || ends_acronym {
            out.push(' ');
        }
        out.push(*c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_hosts_lead_to_one_name() {
        assert_eq!(outlet("moscow times").as_deref(), Some("The Moscow Times"));
        assert_eq!(outlet_at("en.themoscowtimes.com").as_deref(), Some("The Moscow Times"));
        assert_eq!(outlet_at("com"), None);
        assert_eq!(agency("The Associated Press"), Some("Associated Press"));
        assert_eq!(agency("PressTV"), None);
    }

    #[test]
    fn glued_names_are_taken_apart() {
        for (glued, name) in [
            ("CBSMiami", "CBS Miami"),
            ("HarbourGazette", "Harbour Gazette"),
            ("CNN", "CNN"),
            ("Azernews", "Azernews"),
            ("McNeil", "McNeil"),
        ] {
            assert_eq!(split_camel(glued), name);
        }
    }

    #[test]
    fn people_are_told_from_outlets() {
        assert!(is_person_like("Anna Kowal") && is_person_like("JOHN VAN DER MEER"));
        assert!(!is_person_like("The Harbour Gazette") && !is_person_like("Wednesday Morning"));
        assert!(is_outlet_like("Radio Meridian") && !is_outlet_like("Anna Kowal"));
    }
}
