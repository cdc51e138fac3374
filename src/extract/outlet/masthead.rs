//! The site's name above the text, alone or in a menu.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::hints::Hints;
use crate::article::Lines;
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::label;
use crate::extract::names::{self, Outlets};
use crate::extract::trust::{Asked, Source};
use crate::extract::words::{is_all_caps, is_capital};
use crate::lexicon;

/// `Azernews Newspaper`, `Watch CBS News`, `View CBS News In`.
pub(super) fn note_nav(text: &str, lines: Lines, outlets: Outlets<'_>, found: &mut Findings) {
    let listed = || outlets.named(text).map(|_| text);
    if let Some(name) = site_name(text, outlets).or_else(listed).filter(|n| names::agency(n).is_none()) {
        note(name, lines, found);
    }
}

/// Notes a name that stands as the site's.
pub(super) fn note(name: &str, lines: Lines, found: &mut Findings) {
    let source = Source::of(Asked::Outlet, "line", "masthead");
    found.text(Candidate::new(name.trim().to_owned(), source, Some(lines)));
}

/// The site's name in a line of its menu.
fn site_name<'t>(text: &'t str, outlets: Outlets<'_>) -> Option<&'t str> {
    let end = text.len().saturating_sub(" newspaper".len());
    let paper = text.get(end..).filter(|t| t.eq_ignore_ascii_case(" newspaper")).map(|_| &text[..end]);
    let watch = ["Watch ", "Welcome to ", "View "].iter().find_map(|p| text.strip_prefix(p));
    paper.or(watch.map(|n| n.strip_suffix(" In").unwrap_or(n)).filter(|n| outlets.named(n).is_some()))
}

/// Notes the site's name above the text: alone, or first in a menu. It must be listed, be made like an outlet's name,
/// or be hinted at by other furniture. `at_top`: it is the first line of all, with other furniture under it.
pub(super) fn note_masthead(text: &str, at_top: bool, lines: Lines, hints: &Hints<'_>, found: &mut Findings) {
    let outlets = hints.outlets();
    if let Some(name) = site_name(text, outlets) {
        return note(name, lines, found);
    }
    let whole = text;
    let mut text = text.split('<').next().unwrap_or(text).trim();
    if label::is_print_head(text) {
        text = text.rsplit(" - ").next().unwrap_or(text);
    }
    let parts = label::parts(text, &[" | ", " > ", " » ", " › ", " / ", " :: ", " – ", " — ", " - "])
        .unwrap_or_else(|| vec![text]);
    // Two names side by side are two.
    let names = label::parts(parts[0], &[" · ", " • "]).unwrap_or_else(|| vec![parts[0]]);
    for name in names {
        let name = without_section(name);
        let words = name.split_whitespace().count();
        let made = (2..=6).contains(&words) && is_made(name, at_top || name.len() < whole.len()) && !is_section(name);
        let capital = name.chars().next().is_some_and(char::is_uppercase);
        let listed = is_listed_alone(name, outlets);
        if capital && (listed || made || hints.confirm(name)) && names::agency(name).is_none() {
            note(name, lines, found);
        }
    }
}

/// Sections that stand behind a name in capitals: `NORTHMOOR HERALD SPORT`.
static SECTIONS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::MENU_WORDS.labelled("section"));

/// What the names of sections are made of.
static GENERAL: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::MENU_WORDS.labelled("general"));

/// Listed names that are words of any menu: alone above the text they need a second witness.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::MENU_WORDS.labelled("outlet"));

/// Whether a line is an outlet's name and can hardly be anything else.
pub(in crate::extract) fn is_listed_alone(name: &str, outlets: Outlets<'_>) -> bool {
    outlets.named(name).is_some() && !COMMON.contains(name.to_lowercase().as_str())
}

/// Words of outlets' names that sections have in theirs as well: `Sunday Review`.
static SHARED: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::NAME_WORDS.labelled("section"));

/// Whether a name is made like an outlet's and not like a section's: in capitals, with a word such as `Gazette`; where sections
/// have the word as well, with `The` before it, or in a masthead's `place`.
fn is_made(name: &str, place: bool) -> bool {
    let capitals = name.split(' ').all(|word| is_capital(word) || word.len() <= 3);
    let plain = !name.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '?' | '!'));
    let word = |word: &str| SHARED.contains(word.to_lowercase().as_str());
    let strong = names::has_outlet_word(name) && name.split(' ').any(|w| names::has_outlet_word(w) && !word(w));
    capitals && plain && names::has_outlet_word(name) && (strong || place || name.starts_with("The "))
}

fn without_section(name: &str) -> &str {
    let last = name.rsplit(' ').next().unwrap_or("");
    let section = is_all_caps(name) && SECTIONS.contains(&last.to_lowercase().as_str()) && name.split(' ').count() >= 3;
    if section { name[..name.len() - last.len()].trim_end() } else { name }
}

/// `Local News`, `Breaking News`, `Daily Briefing`: made of an outlet's words and of general ones only.
pub(in crate::extract) fn is_section(name: &str) -> bool {
    let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase();
    name.split_whitespace().all(|w| GENERAL.contains(word(w).as_str()))
}
