//! Names of wire agencies and news outlets: other spellings and hosts led back to one.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{is_capital, strip_prefix_ci};

mod list;

pub use list::OutletList;
pub(super) use list::{outlet, outlet_at, with_outlets};

static AGENCIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let rows = rows(include_str!("agencies.tsv"));
    rows.flat_map(|row| row.split('\t').map(move |name| (squash(name), row.split('\t').next().unwrap_or(name))))
        .collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|row| !row.is_empty() && !row.starts_with('#'))
}

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

/// Words that the names of outlets are made of.
const OUTLET_WORDS: &[&str] = &[
    "news",
    "times",
    "gazette",
    "post",
    "herald",
    "tribune",
    "press",
    "daily",
    "journal",
    "radio",
    "tv",
    "today",
    "online",
    "network",
    "media",
    "chronicle",
    "mirror",
    "guardian",
    "star",
    "sun",
    "mail",
    "telegraph",
    "observer",
    "standard",
    "express",
    "independent",
    "voice",
    "agency",
    "weekly",
    "monitor",
    "courier",
    "echo",
    "examiner",
    "dispatch",
    "bulletin",
    "review",
    "magazine",
    "newspaper",
    "broadcasting",
    "globe",
    "advertiser",
    "leader",
    "register",
    "sentinel",
    "record",
    "argus",
    "ledger",
    "inquirer",
    "reporter",
    "live",
    "report",
    "wire",
    "channel",
    "television",
    "service",
    "bureau",
    "advocate",
    "citizen",
    "enquirer",
    "banner",
    "eagle",
    "beacon",
    "messenger",
    "intelligencer",
    "republic",
    "democrat",
    "republican",
    "nation",
    "insider",
    "digest",
    "post-dispatch",
    "argus",
    "zeitung",
    "tageblatt",
    "presse",
    "kurier",
    "wave",
    "fm",
    "am",
    "desk",
    "info",
    "24",
];

/// Whether a name is made like an outlet's: known, of one word, or with a word such as `Gazette` in it.
pub(super) fn is_outlet_like(name: &str) -> bool {
    outlet(name).is_some() || has_outlet_word(name) || strip_prefix_ci(name, "the ").is_some_and(is_capital)
}

/// Whether a word such as `Gazette` stands in a name.
pub(super) fn has_outlet_word(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| OUTLET_WORDS.contains(&w.to_lowercase().as_str()))
}

/// Whether a name is made like a person's: two to four capitalised words without figures, none of them an outlet's.
pub(super) fn is_person_like(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let particle = |w: &str| {
        matches!(
            w,
            "de" | "van"
                | "von"
                | "der"
                | "den"
                | "da"
                | "dos"
                | "del"
                | "la"
                | "le"
                | "al"
                | "bin"
                | "ibn"
                | "el"
                | "di"
                | "du"
                | "ter"
                | "y"
        )
    };
    let part = |w: &&str| {
        let letters = w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        letters && (w.chars().next().is_some_and(char::is_uppercase) || particle(w))
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
        .all(|word| !NO_NAMES.contains(&word.trim_matches('.')) && !OUTLET_WORDS.contains(&word.as_str()))
}

/// Words that stand in capitalised lines and in no name of a person.
const NO_NAMES: &[&str] = &[
    "the",
    "of",
    "and",
    "in",
    "on",
    "for",
    "to",
    "at",
    "with",
    "by",
    "from",
    "staff",
    "writer",
    "correspondent",
    "editor",
    "editors",
    "team",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "july",
    "october",
    "november",
    "december",
    "popular",
    "demand",
    "numbers",
    "associated",
    "breaking",
    "world",
    "international",
    "national",
    "local",
    "politics",
    "business",
    "sports",
    "opinion",
    "contributor",
    "contributors",
    "columnist",
    "president",
    "minister",
    "prime",
    "state",
    "states",
    "united",
    "new",
    "north",
    "south",
    "east",
    "west",
    "city",
    "county",
    "university",
    "council",
    "committee",
    "ministry",
    "department",
    "street",
    "park",
    "is",
    "are",
    "was",
    "as",
    "his",
    "her",
    "their",
    "its",
    "a",
    "an",
    "or",
    "not",
    "what",
    "why",
    "how",
    "who",
    "when",
    "where",
    "this",
    "that",
    "these",
    "more",
    "all",
    "no",
    "yes",
    "law",
    "order",
    "court",
    "house",
    "white",
    "story",
    "continued",
    "below",
    "youtube",
    "facebook",
    "twitter",
    "draft",
    "read",
    "watch",
    "photo",
    "photos",
    "video",
    "image",
    "related",
    "share",
    "follow",
    "details",
    "redaktion",
    "redaktionsteam",
    "redazione",
    "rédaction",
    "redacción",
    "redação",
    "redactie",
    "kitchens",
    "gmbh",
    "inc",
    "ltd",
    "llc",
    "foundation",
    "institute",
    "association",
    "ministerium",
    "verband",
    "über",
    "zur",
    "zum",
    "alle",
    "mehr",
    "beiträge",
    "profile",
    "profil",
    "posts",
    "articles",
    "artikel",
    "admin",
    "administrator",
];

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
