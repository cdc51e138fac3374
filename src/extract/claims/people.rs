//! Names of people out of what a page states as its author, or shows where authors stand.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::extract::names::{self, Outlets};
use crate::extract::words::{is_all_caps, title_case};
use crate::extract::{date, leads};
use crate::lexicon::{self, Locale};

/// Words of one name that is nobody's.
static NOBODY: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words: Vec<&str> = lexicon::PEOPLE.labelled("nobody");
    words.into_iter().map(names::squash).collect()
});

/// Family names that mean a thing as well.
static FAMILY: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::PEOPLE.labelled("family"));

/// What ends a name, with the blanks around it.
static ENDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let (whole, starts): (Vec<&str>, Vec<&str>) =
        (lexicon::PEOPLE.labelled("ends"), lexicon::PEOPLE.labelled("ends-start"));
    let marks = ["(", "- ", "– ", "— ", "@"].map(|mark| format!(" {mark}"));
    let words = whole.into_iter().map(|word| format!(" {word} "));
    words.chain(starts.into_iter().map(|word| format!(" {word}"))).chain(marks).collect()
});

/// What a name is shown off with behind it: degrees and licences.
static CREDENTIALS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::PEOPLE.labelled("credential"));

/// Roles that end a name.
static ROLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words: Vec<&str> = lexicon::ROLES.labelled("role");
    words.into_iter().map(|word| format!(" {word}")).collect()
});

/// Leads that also stand behind a date or the name of a section.
static INNER: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words: Vec<&str> = lexicon::BYLINES.labelled("by");
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    words
        .iter()
        .map(|word| format!(" {word} "))
        .chain(words.iter().map(|word| format!(" {} ", capital(word))))
        .collect()
});

/// Most people that one claim names.
const MOST: usize = 12;

/// By what names of people are told from others.
#[derive(Clone, Copy)]
pub(in crate::extract) struct Naming<'n> {
    /// Keys of the site's own names, which are no author's.
    pub(in crate::extract) sites: &'n [String],
    /// Whose leads go first.
    pub(in crate::extract) locale: Locale,
    /// Outlets, which are no author either.
    pub(in crate::extract) outlets: Outlets<'n>,
}

impl Naming<'_> {
    /// The people that a claim names, joined by commas; none where it names an organisation, an address or a login.
    /// `single` says whether one word may be a name, as on blogs.
    pub(in crate::extract) fn people(self, claim: &str, single: bool) -> Option<String> {
        if claim.contains("://") || claim.contains(".com/") || claim.starts_with("www.") {
            return None;
        }
        let claim = without_lead(claim);
        if let Some(name) = self.turned(claim).filter(|name| self.is_name(name, single)) {
            return Some(name);
        }
        let mut found: Vec<String> = Vec::new();
        let parts = parts(claim);
        // One word among several is a place or a desk.
        let single = single && parts.iter().filter(|part| !part.trim().is_empty()).count() == 1;
        for part in parts {
            if let Some(name) = self.person(part, single)
                && !found.iter().any(|known| names::squash(known) == names::squash(&name))
            {
                found.push(name);
            }
        }
        (!found.is_empty() && found.len() <= MOST).then(|| found.join(", "))
    }

    /// The people that a line names one after the other, up to what is none: a role, a house, a date.
    pub(in crate::extract) fn row_of_people(self, line: &str) -> Option<String> {
        let line = without_lead(line).lines().next()?;
        let row: Vec<String> = parts(line).into_iter().map_while(|part| self.person(part, false)).collect();
        (!row.is_empty() && row.len() <= MOST).then(|| row.join(", "))
    }

    /// `Kowal, Anna`, as catalogues write one name.
    fn turned(self, claim: &str) -> Option<String> {
        let (family, given) = claim.split_once(", ")?;
        let one =
            |word: &str| word.split_whitespace().count() == 1 && word.chars().nth(1).is_some_and(char::is_lowercase);
        let initials = |text: &str| {
            let mut words = text.split_whitespace();
            let first = words.next().is_some_and(one);
            first && words.all(|word| word.trim_end_matches('.').chars().count() == 1)
        };
        let known = self.outlets.named(given).is_some()
            || names::agency(given).is_some()
            || NOBODY.contains(&names::squash(given));
        (one(family) && initials(given) && !known).then(|| format!("{given} {family}"))
    }

    /// One person's name, cleaned.
    fn person(self, part: &str, single: bool) -> Option<String> {
        let mut name = part.trim().trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')'));
        while let Some(rest) = leads::behind_title_or_lead(name, self.locale) {
            name = rest;
        }
        name = leads::before_tail(name).unwrap_or(name);
        name = cut_at(name, &ENDS);
        let bare = cut_at(name, &ROLES);
        // Of a role alone nobody is left.
        if bare.len() < name.len() && bare.split(' ').filter(|word| word.chars().count() > 1).count() < 2 {
            return None;
        }
        name = bare;
        name = undated(name);
        name = name.strip_suffix(" -").unwrap_or(name).trim_end_matches([',', '–', '—']).trim_end();
        let shown_off =
            |(before, last): &(&str, &str)| before.contains(' ') && CREDENTIALS.contains(last.trim_matches('.'));
        while let Some((before, _)) = name.rsplit_once(' ').filter(shown_off) {
            name = before.trim_end_matches([',', ' ']);
        }
        if name.split(' ').next_back().is_some_and(|last| last.len() > 4) {
            name = name.trim_end_matches('.');
        }
        let shouted = is_all_caps(name) && !name.contains(' ');
        let hangs = name.rsplit(' ').next().is_some_and(|last| is_led(&format!("{last} "), self.locale));
        if shouted || hangs {
            return None;
        }
        let shown = if is_all_caps(name) { title_case(name).into_owned() } else { without_shouting(name) };
        self.is_name(&shown, single).then_some(shown)
    }

    fn is_name(self, name: &str, single: bool) -> bool {
        let signs = name.contains(['@', '/', ':', '_', '[', '&']) || name.chars().any(|c| c.is_ascii_digit());
        if signs || name.len() > 60 || is_site(name, self.sites) || NOBODY.contains(&names::squash(name)) {
            return false;
        }
        if names::agency(name).is_some() || self.outlets.named(name).is_some() || name.split(' ').any(is_glued) {
            return false;
        }
        let count = name.split(' ').count();
        let foreign = name.chars().any(|c| c > '\u{24f}') && name.chars().count() >= 2 && count <= 4;
        let foreign = foreign && names::may_be_person(name);
        let letters = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’'));
        let capital = name.chars().next().is_some_and(char::is_uppercase) && name.chars().any(char::is_lowercase);
        let one = single && count == 1 && name.chars().count() >= 3 && letters && capital;
        let small = single && count == 2 && letters && capital && names::may_be_person(name);
        names::is_person_like(name) || has_family_name(name) || foreign || (one && names::may_be_person(name)) || small
    }
}

/// Whether a name is that of a house, a section or a login, and nobody's.
pub(in crate::extract) fn is_nobody(name: &str) -> bool {
    NOBODY.contains(&names::squash(name))
}

/// Whether a claim begins with a word such as `By`.
pub(in crate::extract) fn is_led(claim: &str, locale: Locale) -> bool {
    leads::behind_page_lead(claim.trim_start(), locale).is_some()
}

/// Whether a word joins names in a claim: `and`, `und`, `&`.
pub(in crate::extract) fn joins(claim: &str) -> bool {
    leads::split_names(claim).len() > claim.split('/').count()
}

/// The pieces of a claim that may each be a name.
fn parts(claim: &str) -> Vec<&str> {
    let parts = claim.split([';', '|', '\n', '•', '·', ',', '、', '，', '،']);
    parts.flat_map(leads::split_names).collect()
}

/// What stands behind `Published on 3 May 2019 by`, and behind a section's name as in `Culture By Anna Kowal`.
fn without_lead(claim: &str) -> &str {
    let dated = |before: &str| before.bytes().any(|b| b.is_ascii_digit());
    let find = |word: &String| {
        let (before, after) = claim.split_once(word.as_str())?;
        // `Lena Von Ostrand` is a name.
        let capital = word.trim_start().starts_with(char::is_uppercase) && after.trim().contains(' ');
        let short = capital && before.split_whitespace().count() <= 2 && !before.contains(',');
        (dated(before) || short).then_some(after)
    };
    INNER.iter().find_map(find).unwrap_or(claim)
}

/// A name up to the first of some words.
fn cut_at<'t>(name: &'t str, words: &[String]) -> &'t str {
    let lower = name.to_lowercase();
    if lower.len() != name.len() {
        return name;
    }
    let end = words.iter().filter_map(|word| lower.find(word.as_str())).min().unwrap_or(name.len());
    name[..name.floor_char_boundary(end)].trim()
}

/// A name without the date behind it: `Anna Kowal am 3. Mai`.
fn undated(name: &str) -> &str {
    let figure = name.match_indices(' ').find(|(at, _)| name[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    let Some((at, _)) = figure else { return name };
    let mut kept = name[..at].trim_end();
    while let Some((before, last)) = kept.rsplit_once(' ') {
        let short = last.chars().count() <= 3 && last.chars().next().is_some_and(char::is_lowercase);
        if !short && stampless(last) {
            break;
        }
        kept = before.trim_end();
    }
    kept
}

/// Whether a word is no name of a month or a weekday before the figures of a date.
fn stampless(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',', ':']);
    let named =
        lexicon::month(bare, Locale::default()).is_some() || lexicon::weekday(bare, Locale::default()).is_some();
    !named && !date::is_particle(bare)
}

/// A family name that is shouted beside a given name that is not: `Anna KOWAL`.
fn without_shouting(name: &str) -> String {
    let shouted = |word: &str| word.chars().count() >= 4 && is_all_caps(word);
    let word = |word: &str| if shouted(word) { title_case(word).into_owned() } else { word.to_owned() };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Whether a name ends in a family name that means a thing as well: `Anna White`.
fn has_family_name(name: &str) -> bool {
    let Some((given, family)) = name.rsplit_once(' ') else { return false };
    let known = FAMILY.contains(family.to_lowercase().as_str());
    let given_fits = given.split(' ').count() <= 2 && names::is_person_like(&format!("{given} Kowal"));
    known && given_fits && family.starts_with(char::is_uppercase)
}

/// Whether two words were run together: `BiographyAnna`; `McNeil` and `DiCaprio` were not.
fn is_glued(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    chars.windows(2).enumerate().any(|(at, two)| at >= 4 && two[0].is_lowercase() && two[1].is_uppercase())
}

/// Whether a name is the site's own, or a part of it, or the site's staff.
fn is_site(name: &str, sites: &[String]) -> bool {
    let key = names::squash(name);
    let one = !name.contains(' ');
    sites.iter().any(|site| {
        *site == key
            || (one && key.len() >= 5 && site.starts_with(&key))
            || (site.len() >= 8 && !one && key.starts_with(site.as_str()))
            || (site.len() >= 5 && key.strip_prefix(site.as_str()).is_some_and(|rest| NOBODY.contains(rest)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_what_stands_around_them() {
        let sites = ["tamsinpost".to_owned(), "tamsinblog".to_owned()];
        let naming = Naming { sites: &sites, locale: Locale::default(), outlets: Outlets::default() };
        for (claim, wanted) in [
            ("By Anna Kowal and Tom Reid", Some("Anna Kowal, Tom Reid")),
            ("Words by Anna Kowal, Harbour Desk", Some("Anna Kowal")),
            ("Veröffentlicht am 3. Mai 2019 von Anna Kowal", Some("Anna Kowal")),
            ("Anna Kowal publiziert am 25. September 2018", Some("Anna Kowal")),
            ("VON ANNA KOWAL am 21. April 2020", Some("Anna Kowal")),
            ("Par Anna Kowal le 07 Mai 2020", Some("Anna Kowal")),
            ("Anna Kowal May 3, 2019", Some("Anna Kowal")),
            ("Recueilli par Anna KOWAL.", Some("Anna Kowal")),
            ("Kultur Von Anna Kowal", Some("Anna Kowal")),
            ("Kowal, Anna", Some("Anna Kowal")),
            ("Kowal, Anna B.", Some("Anna B. Kowal")),
            ("Lena von Ostrand", Some("Lena von Ostrand")),
            ("Lena Von Ostrand", Some("Lena Von Ostrand")),
            ("Martin Reid Jr.", Some("Martin Reid Jr.")),
            ("Anna", Some("Anna")),
            ("von Anna", Some("Anna")),
            ("Anna kowal", Some("Anna kowal")),
            ("Debra White", Some("Debra White")),
            ("The White House", None),
            ("Harbour Desk", None),
            ("Tamsin Post", None),
            ("Tamsin Post Redaktion", None),
            ("Tamsin", None),
            ("Redaktion", None),
            ("Unknown", None),
            ("admin", None),
            ("anna.kowal@post.example", None),
            ("https://post.example/anna", None),
            ("Reuters", None),
        ] {
            assert_eq!(naming.people(claim, true).as_deref(), wanted, "{claim}");
        }
        assert_eq!(naming.people("Anna", false), None);
    }
}
