//! The holder of a copyright.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::article::{Confidence, Lines};
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::names::{self, Outlets};
use crate::extract::trust::Source;
use crate::extract::words::strip_prefix_ci;
use crate::lexicon;

/// The holder of a copyright, as an outlet; a wire agency is credited.
pub(in crate::extract) fn note_copyright(
    text: &str,
    lines: Lines,
    source: &dyn Fn(&str) -> Source,
    outlets: Outlets<'_>,
    found: &mut Findings,
) {
    let Some(name) = holder(text, outlets) else { return };
    if names::agency(name).is_some() {
        return found.credit(name, usize::MAX);
    }
    // A person may hold the rights as well.
    if names::is_person_like(name) && !outlets.is_like(name) {
        return;
    }
    let source = source(name);
    let confidence = if outlets.named(name).is_some() { Confidence::Medium } else { source.confidence };
    found.text(Candidate::new(name.trim().to_owned(), source, Some(lines)).sure(confidence));
}

/// Forms of companies, which are no part of an outlet's name.
static COMPANY: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words: Vec<&str> = lexicon::COMPANIES.labelled("form");
    words.into_iter().map(|word| format!(" {word}")).collect()
});

/// What ends the name of a holder, with the blanks around it.
static ENDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let (starts, words): (Vec<&str>, Vec<&str>) =
        (lexicon::COMPANIES.labelled("end"), lexicon::COMPANIES.labelled("end-word"));
    starts.into_iter().map(str::to_owned).chain(words.into_iter().map(|word| format!(" {word} "))).collect()
});

/// Words that sentences of a copyright line begin with, and no holder's name does.
static NO_HOLDERS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::COMPANIES.labelled("never"));

/// Whose copyright a line states.
pub(super) fn holder<'t>(text: &'t str, outlets: Outlets<'_>) -> Option<&'t str> {
    let mut rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    for word in ["copyright", "all content", "c) ", "copyright"] {
        rest = strip_prefix_ci(rest, word).unwrap_or(rest).trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    rest = strip_prefix_ci(rest, "c)").unwrap_or(rest);
    rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    rest = strip_prefix_ci(rest, "by ").or_else(|| strip_prefix_ci(rest, "of ")).unwrap_or(rest);
    let lower = rest.to_ascii_lowercase();
    let end = ENDS
        .iter()
        .filter_map(|stop| lower.find(stop.as_str()))
        .chain(rest.find(['|', ';', '©', '\n', '·', '•']))
        .chain(rest.match_indices(". ").map(|(at, _)| at).find(|at| *at > 3 && !rest[..*at].ends_with("St")))
        .min()
        .unwrap_or(rest.len());
    let mut name = rest[..end].trim_matches(|c: char| !c.is_alphanumeric());
    name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ' ' | ','));
    if outlets.named(name).is_some() || names::agency(name).is_some() {
        return Some(name);
    }
    while let Some(shorter) = COMPANY.iter().find_map(|form| {
        let bare = name.trim_end_matches(['.', ',', ' ']);
        let at = bare.len().checked_sub(form.len())?;
        bare.get(at..)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(form))
            .then(|| bare[..at].trim_end_matches(['.', ',', ' ']))
    }) {
        name = shorter.trim_end_matches([' ', '&', ',']);
    }
    // Two names beside a stroke are a photographer's and an agency's.
    if name.contains('/') {
        return None;
    }
    let words = name.split_whitespace().count();
    let mut rest = name.split(' ').skip(1);
    // `The opinions expressed`: a sentence, and no name
    let said = name.starts_with("The ") && rest.next().is_some_and(|word| word.starts_with(char::is_lowercase));
    let first = name.split(' ').next().unwrap_or("").to_lowercase();
    if said || NO_HOLDERS.contains(first.as_str()) {
        return None;
    }
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    (capital && (1..=6).contains(&words) && name.len() >= 2).then_some(name)
}
