//! Which headings of a page are its site's, and which one below the first level is the article's.

use super::hosts::key;
use super::marks::{has_wide, parts};
use crate::article::Lines;
use crate::extract::names::Outlets;

/// A title that a reader sees.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Shown {
    pub text: String,
    /// Its text without the kicker that an element of its own holds, where it has one.
    pub bare: Option<String>,
    /// It is a link, as the site's name is.
    pub linked: bool,
    pub lines: Lines,
    /// It stands right above the text.
    pub leads: bool,
}

/// The headings of a page that may be the article's.
#[derive(Debug, Default)]
pub(in crate::extract) struct Headings {
    /// Those of the first level, and what a class calls the headline.
    pub first: Vec<Shown>,
    /// Those below.
    pub others: Vec<Shown>,
}

/// Words from which on a part of a title is a headline and no section's name.
const HEADLINE: usize = 4;

/// The headings of a page by what its titles say of them.
pub(super) struct Heads {
    /// Those of the first level that are no site's, and the others that are the article's.
    pub(super) shown: Vec<Shown>,
    /// Keys of those that are the site's.
    pub(super) sites: Vec<String>,
}

/// Sorts the headings of a page by its stated titles: `others` are those below the first level.
pub(super) fn sort(titles: &[&str], shown: &[Shown], others: &[Shown], outlets: Outlets<'_>) -> Heads {
    let of_titles: Vec<(String, &str)> =
        titles.iter().flat_map(|title| parts(title)).map(|part| (key(part), part)).collect();
    let is_part = |text: &str| of_titles.iter().any(|(part, _)| *part == key(text));
    let is_whole = |text: &str| titles.iter().any(|title| key(title) == key(text));
    let fits = |other: &&Shown| (words(&other.text) >= 3 || has_wide(&other.text)) && is_part(&other.text);
    let articles: Vec<&Shown> = others.iter().filter(fits).collect();
    let is_site = |head: &Shown| {
        let more = |text: &str| key(text) != key(&head.text) && words(text) > words(&head.text);
        let said = articles.iter().any(|other| more(&other.text) || key(&other.text) != key(&head.text) && head.linked);
        let named = head.linked || outlets.is_like(&head.text);
        let longer = || of_titles.iter().any(|(_, part)| words(part) >= HEADLINE && more(part));
        is_part(&head.text) && !is_whole(&head.text) && (said || (named && longer()))
    };
    let sites = shown.iter().filter(|head| is_site(head)).map(|head| key(&head.text)).collect();
    let mut shown: Vec<Shown> = shown.iter().filter(|head| !is_site(head)).cloned().collect();
    if !shown.iter().any(|head| titles.iter().any(|title| is_told(title, &head.text))) {
        shown.extend(articles.into_iter().cloned());
    }
    Heads { shown, sites }
}

/// Whether a title says what a heading does, or a good part of it.
fn is_told(title: &str, heading: &str) -> bool {
    let (title, heading) = (key(title), key(heading));
    title.contains(&heading) || heading.contains(&title)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Marks that part sections and a site's name from a headline and hardly stand in one.
const STRONG: &[&str] = &[" | ", " » ", " :: ", " › ", " « ", " ‹ ", " • ", " · "];

/// Marks that stand in headlines as well.
const WEAK: &[&str] = &[" - ", " – ", " — ", " / ", " // ", " > "];

/// The headline in a window's title that holds sections and the site's name too: `News » Local » … » Tamsin Post`.
pub(super) fn of_path<'t>(title: &'t str, outlets: Outlets<'_>) -> Option<&'t str> {
    let mark = STRONG.iter().chain(WEAK).max_by_key(|mark| (title.matches(*mark).count(), STRONG.contains(mark)))?;
    let all: Vec<&str> = title.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect();
    let best = *all.iter().max_by_key(|part| (words(part), part.len()))?;
    let mut others = all.iter().filter(|part| **part != best).copied();
    let short = others.clone().all(|part| words(part) <= HEADLINE && words(part) < words(best));
    let sure = match all.len() {
        0 | 1 => false,
        2 => others.next().is_some_and(|other| {
            outlets.is_like(other) || (STRONG.contains(mark) && words(other) + 2 <= words(best) && words(other) <= 3)
        }),
        _ => true,
    };
    (short && sure && words(best) >= HEADLINE).then_some(best)
}

/// A title without marks that are left over at its ends: `: Ice closes the strait`, `Ice closes the strait |`.
pub(super) fn without_marks(title: &str) -> &str {
    let mark = |c: char| matches!(c, ':' | '|' | '-' | '–' | '—' | '·' | '•' | '/' | ',' | ';' | '~');
    let mut rest = title.trim();
    while let Some(c) = rest.chars().next().filter(|c| mark(*c)) {
        let behind = &rest[c.len_utf8()..];
        if !(behind.starts_with(char::is_whitespace) || (c == ':' && !behind.starts_with(':'))) {
            break;
        }
        rest = behind.trim_start();
    }
    while let Some(c) = rest.chars().next_back().filter(|c| mark(*c)) {
        let before = &rest[..rest.len() - c.len_utf8()];
        if !before.ends_with(char::is_whitespace) {
            break;
        }
        rest = before.trim_end();
    }
    if rest.is_empty() { title } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_told_from_sections_and_the_site() {
        for (title, headline) in [
            ("News » Local » Harbour board delays vote » Tamsin Post", Some("Harbour board delays vote")),
            ("Tamsin Post | Local | Harbour board delays vote", Some("Harbour board delays vote")),
            ("Tamsin Digital | Harbour board delays ferry vote", Some("Harbour board delays ferry vote")),
            ("Tamsin Post - Harbour board delays ferry vote", Some("Harbour board delays ferry vote")),
            ("Ferry vote - why the harbour board delays it", None),
            ("Harbour board | Ferry vote", None),
            ("Harbour board delays ferry vote", None),
        ] {
            assert_eq!(of_path(title, Outlets::default()), headline, "{title}");
        }
    }

    #[test]
    fn marks_are_taken_off_the_ends_alone() {
        for (title, bare) in [
            (": Ice closes the strait", "Ice closes the strait"),
            (":Ice closes the strait", "Ice closes the strait"),
            ("| – Ice closes the strait |", "Ice closes the strait"),
            ("-20 degrees: ice closes the strait", "-20 degrees: ice closes the strait"),
            ("The strait, 1990–", "The strait, 1990–"),
            ("« Ice closes the strait »", "« Ice closes the strait »"),
            ("|", "|"),
        ] {
            assert_eq!(without_marks(title), bare, "{title}");
        }
    }
}
