//! The headline out of several titles: those that agree, without the site's name.

use super::Claims;
use crate::article::{Alternative, Confidence, Field, Lines};
use crate::extract::candidate::Candidate;
use crate::extract::names;

/// Marks between a headline and the site's name.
const MARKS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " ‹ ", " // ", " / ", " ~ ", " › "];

/// The headline: the title on the page where another states it too, else what is stated.
pub(in crate::extract) fn headline(claims: &Claims, shown: &[(String, Lines)]) -> Option<Field<String>> {
    let outlets: Vec<String> = claims.sites.iter().map(|name| names::squash(name)).collect();
    let mut stated: Vec<Candidate<String>> = claims.headlines.iter().filter(|c| !c.value.is_empty()).cloned().collect();
    stated.sort_by_key(|c| c.rank);
    stated.extend(claims.title.iter().filter(|c| !c.value.is_empty()).cloned());
    for candidate in &mut stated {
        candidate.value = without_site(&candidate.value, &outlets, shown).to_owned();
    }
    let agrees = |title: &str| stated.iter().any(|c| is_same(&c.value, title));
    let best = match (shown.iter().find(|(title, _)| agrees(title)), stated.first()) {
        (Some((title, lines)), _) => field(title.clone(), Confidence::High, "h1", Some(*lines)),
        (None, Some(best)) => {
            let agreed = stated.iter().skip(1).any(|c| c.rule != best.rule && is_same(&c.value, &best.value));
            let sure = agreed && best.rank < super::trust(3, 0);
            let confidence = if sure { Confidence::High } else { Confidence::Medium };
            field(best.value.clone(), confidence, best.rule, best.lines)
        }
        (None, None) => {
            let (title, lines) = shown.first()?;
            field(title.clone(), Confidence::Medium, "h1", Some(*lines))
        }
    };
    Some(with_losers(best, stated, shown))
}

/// The field with every other title as an alternative, each once.
fn with_losers(mut field: Field<String>, stated: Vec<Candidate<String>>, shown: &[(String, Lines)]) -> Field<String> {
    let mut seen = vec![names::squash(&field.value)];
    let shown = shown.iter().map(|(title, lines)| (title.clone(), "h1", Some(*lines)));
    let stated = stated.into_iter().map(|c| (c.value, c.rule, c.lines));
    for (value, rule, lines) in stated.chain(shown) {
        let key = names::squash(&value);
        if !seen.contains(&key) {
            seen.push(key);
            field.alternatives.push(Alternative { value, rule: rule.into(), lines });
        }
    }
    field
}

fn field(value: String, confidence: Confidence, rule: &'static str, lines: Option<Lines>) -> Field<String> {
    Field { value, confidence, rule: rule.into(), lines, alternatives: Vec::new() }
}

/// Whether two titles are one, or one the beginning of the other that was cut.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (names::squash(one), names::squash(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    !short.is_empty() && (short == long || (short.len() * 3 >= long.len() * 2 && long.contains(short.as_str())))
}

/// A title without the site's name behind it, or before it.
fn without_site<'t>(title: &'t str, outlets: &[String], shown: &[(String, Lines)]) -> &'t str {
    let mut title = title.trim();
    // A name may have such a mark in it.
    let whole = |at: usize, length: usize| outlets.contains(&names::squash(&title[at + length..]));
    let marks = MARKS.iter().flat_map(|mark| title.match_indices(mark).map(|(at, mark)| (at, mark.len())));
    if let Some((at, _)) = { marks }.find(|(at, length)| *at > 0 && whole(*at, *length)) {
        title = title[..at].trim_end();
    }
    for _ in 0..3 {
        let cut = MARKS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, at + mark.len()))).max();
        let Some((end, start)) = cut else { break };
        let (kept, name) = (&title[..end], &title[start..]);
        if !is_site(name, outlets) && !shown.iter().any(|(h1, _)| names::squash(h1) == names::squash(kept)) {
            break;
        }
        title = kept.trim_end();
    }
    let cut = MARKS.iter().filter_map(|mark| title.find(mark).map(|at| (at, at + mark.len()))).min();
    if let Some((end, start)) = cut
        && (outlets.contains(&names::squash(&title[..end]))
            || shown.iter().any(|(h1, _)| names::squash(h1) == names::squash(&title[start..])))
    {
        title = title[start..].trim_start();
    }
    title
}

/// Whether what stands behind a title is the site's name, as the page states it or as the list has it.
fn is_site(name: &str, outlets: &[String]) -> bool {
    let key = names::squash(name);
    let stated = outlets.iter().any(|outlet| {
        *outlet == key
            || (outlet.len() >= 5 && key.starts_with(outlet.as_str()))
            || (key.len() >= 5 && outlet.starts_with(&key))
    });
    let host = !name.contains(' ') && name.contains('.') && name.split('.').all(|part| !part.is_empty());
    stated || host || names::outlet(name).is_some()
}
