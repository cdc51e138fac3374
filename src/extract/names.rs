//! Names of wire agencies and news outlets: other spellings and hosts led back to one.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::lexicon;

mod caseless;
mod list;
mod outlets;
mod spelling;

pub(super) use caseless::{is_caseless, is_caseless_name};
pub use list::OutletList;
pub(super) use outlets::{Outlets, has_outlet_word};
pub(super) use spelling::split_camel;
pub(crate) use spelling::squash;

/// The outlet at a host, or at a host above it, by the list that comes with Dateline.
pub fn outlet_at(host: &str) -> Option<&'static str> {
    Outlets::new(None).at(host)
}

static AGENCIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let rows = lexicon::AGENCIES.read(|row| Ok(row.cells().collect::<Vec<_>>()));
    rows.iter().flat_map(|names| names.iter().map(|name| (squash(name), names[0]))).collect()
});

static CITIES: LazyLock<HashSet<String>> =
    LazyLock::new(|| lexicon::PLACES.all_cells().into_iter().map(squash).collect());

/// Words of names, with what they are.
struct NameWords {
    never: HashSet<&'static str>,
    never_part: Vec<&'static str>,
    particle: HashSet<&'static str>,
}

static WORDS: LazyLock<NameWords> = LazyLock::new(|| {
    let of = |label: &str| lexicon::NAME_WORDS.labelled(label);
    let never_part = lexicon::NAME_WORDS.labelled("never-part");
    NameWords { never: of("never"), never_part, particle: of("particle") }
});

/// The wire agency of that name.
pub(super) fn agency(name: &str) -> Option<&'static str> {
    let fits = (2..=40).contains(&name.len()) && name.split_whitespace().count() <= 5;
    if fits { AGENCIES.get(&squash(name)).copied() } else { None }
}

/// Whether news is filed from a city of that name.
pub(super) fn is_city(name: &str) -> bool {
    CITIES.contains(&squash(name))
}

/// Whether a name is made like a person's: two to four capitalised words without figures, none of them an outlet's.
pub(super) fn is_person_like(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let part = |w: &&str| {
        let letters = w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        letters && (w.chars().next().is_some_and(char::is_uppercase) || WORDS.particle.contains(*w))
    };
    let ends = |w: Option<&&str>| w.is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase));
    let is_saints_place = words.len() == 2 && matches!(words[0], "St." | "Sankt");
    (2..=5).contains(&words.len())
        && !is_saints_place
        && words.iter().all(part)
        && ends(words.first())
        && ends(words.last())
        && may_be_person(name)
}

/// Whether no word of a name is one that people are not called by.
pub(super) fn may_be_person(name: &str) -> bool {
    let last = name.split_whitespace().count().saturating_sub(1);
    name.split_whitespace().enumerate().all(|(at, word)| is_initial(word, at > 0 && at < last) || is_name_word(word))
        && (name.is_ascii() || !WORDS.never_part.iter().any(|part| name.contains(part)))
}

/// Whether a word of a name is an initial: with its dot, or between other names.
fn is_initial(word: &str, between: bool) -> bool {
    let bare = word.strip_suffix('.');
    let mut letters = bare.unwrap_or(word).chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && (bare.is_some() || between)
}

/// Whether no list has a word, nor all the words that hyphens join in it: `Courier-Post`.
fn is_name_word(word: &str) -> bool {
    let word = word.to_lowercase();
    let of_outlet = |word: &str| outlets::OUTLET_WORDS.contains(word);
    let joined = word.contains('-') && word.split('-').all(of_outlet);
    !WORDS.never.contains(word.trim_matches('.')) && !of_outlet(&word) && !joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_hosts_lead_to_one_name() {
        let outlets = Outlets::default();
        assert_eq!(outlets.named("moscow times"), Some("The Moscow Times"));
        assert_eq!(outlets.at("en.themoscowtimes.com"), Some("The Moscow Times"));
        assert_eq!(outlets.at("com"), None);
        assert_eq!(agency("The Associated Press"), Some("Associated Press"));
        assert_eq!(agency("PressTV"), None);
    }

    #[test]
    fn people_are_told_from_outlets() {
        assert!(is_person_like("Anna Kowal") && is_person_like("JOHN VAN DER MEER"));
        assert!(is_person_like("Anna A. Kowal") && is_person_like("A. Kowal") && is_person_like("Anna A Kowal"));
        assert!(!is_person_like("A Ferry") && !is_person_like("Kell Courier-Post"));
        assert!(!is_person_like("The Harbour Gazette") && !is_person_like("Wednesday Morning"));
        let outlets = Outlets::default();
        assert!(outlets.is_like("Radio Meridian") && !outlets.is_like("Anna Kowal"));
    }
}
