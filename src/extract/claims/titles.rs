//! The headline out of several titles: those that agree, without the site's name.

use super::Claims;
use super::hosts::key;
use crate::article::{Alternative, Confidence, Field, Lines};
use crate::extract::candidate::Candidate;
use crate::extract::names;

/// Marks between a headline and the site's name.
const MARKS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " ‹ ", " // ", " / ", " ~ ", " › ", " : ", " > "];

/// Marks that stand between the two without blanks, where a script has none or a site leaves them out.
const TIGHT: &[&str] = &["|", "｜", "_", "-", "－", "–", "—"];

/// Words of the longest name that is believed to be a site's because it begins as the site is called.
const LONGEST_NAME: usize = 4;

/// A title that a reader sees.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Shown {
    pub text: String,
    pub lines: Lines,
    /// It stands right above the text.
    pub leads: bool,
}

/// The headline: the title on the page where another states it too, else what is stated.
pub(in crate::extract) fn headline(claims: &Claims, shown: &[Shown]) -> Option<Field<String>> {
    let sites = claims.site_keys();
    let mut stated: Vec<Candidate<String>> = claims.headlines.iter().filter(|c| !c.value.is_empty()).cloned().collect();
    stated.sort_by_key(|c| c.rank);
    stated.extend(claims.title.iter().filter(|c| !c.value.is_empty()).cloned());
    for candidate in &mut stated {
        candidate.value = without_site(&candidate.value, &sites, shown).to_owned();
    }
    // What is cut from a title must not be all of it, and the site's own name heads every page.
    let mut shown = shown.to_vec();
    shown.iter_mut().for_each(|title| title.text = without_site(&title.text, &sites, &[]).to_owned());
    if shown.iter().any(|title| !sites.contains(&key(&title.text))) || !stated.is_empty() {
        shown.retain(|title| !sites.contains(&key(&title.text)));
    }
    let best = match (agreed(&stated, &shown), stated.first()) {
        (Some(title), _) => {
            let value = without_kicker(&title.text, &stated).to_owned();
            field(value, Confidence::High, "h1", Some(title.lines))
        }
        (None, Some(best)) => match leading(&stated, &shown) {
            Some(title) => field(title.text.clone(), Confidence::Medium, "h1", Some(title.lines)),
            None => of_stated(best, &stated),
        },
        (None, None) => {
            let title = shown.first()?;
            field(title.text.clone(), Confidence::Medium, "h1", Some(title.lines))
        }
    };
    Some(with_losers(best, stated, &shown))
}

/// The title on the page that is also stated: the same words first, then one that was cut or is a part of the other, then
/// one that tells the same in other words.
fn agreed<'t>(stated: &[Candidate<String>], shown: &'t [Shown]) -> Option<&'t Shown> {
    let by = |agrees: &dyn Fn(&str, &str) -> bool| {
        stated
            .iter()
            .find_map(|c| shown.iter().filter(|title| agrees(&c.value, &title.text)).max_by_key(|t| t.text.len()))
    };
    by(&|one, other| names::squash(one) == names::squash(other))
        .or_else(|| by(&is_same))
        .or_else(|| by(&holds))
        .or_else(|| by(&tells_the_same))
}

/// Titles that repeat another: the window's, and those for the same networks.
const SOCIAL: &[&str] = &["title", "og:title", "twitter:title"];

/// The only heading above the text, where what is stated is not said twice: writers for search engines have titles of
/// their own.
fn leading<'t>(stated: &[Candidate<String>], shown: &'t [Shown]) -> Option<&'t Shown> {
    let first = stated.first()?;
    let twice =
        stated.iter().any(|c| c.rule != first.rule && !SOCIAL.contains(&c.rule) && is_same(&c.value, &first.value));
    let mut heads = shown.iter().filter(|title| title.leads && title.text.split_whitespace().count() >= 3);
    let only = heads.next().filter(|_| heads.next().is_none());
    only.filter(|_| !twice)
}

/// The best of what is stated; one word is the name of a section where the window's title says more.
fn of_stated(best: &Candidate<String>, stated: &[Candidate<String>]) -> Field<String> {
    let count = |c: &Candidate<String>| c.value.split_whitespace().count();
    let fuller = stated.iter().find(|c| c.rule == "title" && count(c) >= 4);
    let best = fuller.filter(|_| count(best) == 1 && !has_wide(&best.value)).unwrap_or(best);
    let agreed = stated.iter().any(|c| c.rule != best.rule && is_same(&c.value, &best.value));
    let sure = agreed && best.rank < super::trust(3, 0);
    let confidence = if sure { Confidence::High } else { Confidence::Medium };
    field(best.value.clone(), confidence, best.rule, best.lines)
}

/// The field with every other title as an alternative, each once.
fn with_losers(mut field: Field<String>, stated: Vec<Candidate<String>>, shown: &[Shown]) -> Field<String> {
    let mut seen = vec![names::squash(&field.value)];
    let shown = shown.iter().map(|title| (title.text.clone(), "h1", Some(title.lines)));
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

/// Bytes of letters from which on a title in another is no accident.
const NO_ACCIDENT: usize = 20;

/// Whether what is stated is the title with a site's or a section's name before or behind it.
fn holds(stated: &str, title: &str) -> bool {
    let (long, short) = (names::squash(stated), names::squash(title));
    let parted = || {
        let rest = stated.strip_prefix(title).or_else(|| stated.strip_suffix(title));
        let mark = |rest: &str| rest.trim().starts_with(is_mark) || rest.trim().ends_with(is_mark);
        title.chars().count() >= 3 && rest.is_some_and(mark)
    };
    !short.is_empty() && ((short.len() >= NO_ACCIDENT && long.contains(&short)) || parted())
}

fn is_mark(c: char) -> bool {
    matches!(c, '|' | '-' | '–' | '—' | '_' | '»' | '·' | '•' | ':' | '｜' | '/' | '›')
}

/// Whether two titles share half of the words of the shorter, three at least.
fn tells_the_same(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let mut words: Vec<String> = words.filter(|word| word.chars().count() >= 2).collect();
        words.sort();
        words.dedup();
        words
    };
    let (one, other) = (words(one), words(other));
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared >= 3 && shared * 2 >= one.len().min(other.len())
}

/// A title without the kicker or the subtitle that stands in the heading beside it, where it is stated without.
fn without_kicker<'t>(title: &'t str, stated: &[Candidate<String>]) -> &'t str {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let whole = letters(title);
    if stated.iter().any(|c| letters(&c.value) == whole) {
        return title;
    }
    let tail = |c: &Candidate<String>| {
        let wanted = letters(&c.value);
        let fits = wanted.len() * 2 >= whole.len() && whole.ends_with(&wanted);
        let count = wanted.chars().count();
        let at = title.char_indices().rev().filter(|(_, c)| c.is_alphanumeric()).nth(count.checked_sub(1)?)?.0;
        let glued = title[..at].trim_end().ends_with(|c: char| c.is_alphanumeric());
        let begins = title[at..].starts_with(|c: char| !c.is_lowercase());
        // An opening quotation mark belongs to the title.
        let at = title[..at].trim_end_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace()).len();
        (fits && glued && begins).then(|| title[at..].trim_start())
    };
    let head = |c: &Candidate<String>| {
        let wanted = letters(&c.value);
        let fits = wanted.len() * 3 >= whole.len() && whole.starts_with(&wanted) && c.value.contains(' ');
        let count = wanted.chars().count();
        let (at, last) = title.char_indices().filter(|(_, c)| c.is_alphanumeric()).nth(count.checked_sub(1)?)?;
        let end = at + last.len_utf8();
        let rest = &title[end..];
        let glued = rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase);
        (fits && glued).then(|| &title[..end])
    };
    stated.iter().find_map(|c| tail(c).or_else(|| head(c))).unwrap_or(title)
}

fn has_wide(text: &str) -> bool {
    text.chars().any(|c| c >= '\u{2e80}')
}

/// The pieces of a title between the marks that part a headline from a site's name, and before `: `.
pub(in crate::extract) fn parts(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for mark in MARKS.iter().chain(&[": "]) {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    if has_wide(title) || parts.len() == 1 {
        parts = parts.into_iter().flat_map(|part| part.split(['|', '｜', '_'])).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A title without the site's name behind it, or before it.
fn without_site<'t>(title: &'t str, sites: &[String], shown: &[Shown]) -> &'t str {
    let mut title = title.trim();
    // A heading of one or two words may be a section's.
    let long = |text: &str| text.split_whitespace().count() >= 3 || has_wide(text) || shown.len() == 1;
    let is_shown = |text: &str| long(text) && shown.iter().any(|h1| names::squash(&h1.text) == names::squash(text));
    let mut marks: Vec<(usize, usize)> =
        MARKS.iter().flat_map(|mark| title.match_indices(mark).map(|(at, mark)| (at, at + mark.len()))).collect();
    marks.sort_unstable();
    // A name may have such a mark in it, and a motto behind it.
    let named = |start: usize| {
        let rest = &title[start..];
        let end = marks.iter().map(|(at, _)| *at).find(|at| *at >= start).unwrap_or(title.len());
        sites.contains(&key(rest)) || is_site(&title[start..end], sites)
    };
    if let Some((end, _)) =
        marks.iter().find(|(end, start)| *end > 0 && named(*start) && !is_site(&title[..*end], sites))
    {
        title = title[..*end].trim_end();
    }
    for _ in 0..3 {
        let cut = MARKS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, at + mark.len()))).max();
        let Some((end, start)) =
            cut.filter(|(end, start)| is_shown(&title[..*end]) || is_site(&title[*start..], sites))
        else {
            break;
        };
        title = if end == 0 { &title[start..] } else { title[..end].trim_end() };
    }
    let cut = MARKS.iter().chain(&[": "]).filter_map(|mark| title.find(mark).map(|at| (at, at + mark.len()))).min();
    if let Some((end, start)) = cut
        && (sites.contains(&key(&title[..end])) || is_shown(&title[start..]))
    {
        title = title[start..].trim_start();
    }
    without_tight_site(title, sites, &is_shown)
}

/// A title without a site's name that stands at it without blanks: `蔡健雅_百科`, `NEWS|…`.
fn without_tight_site<'t>(title: &'t str, sites: &[String], is_shown: &dyn Fn(&str) -> bool) -> &'t str {
    for mark in TIGHT {
        if let Some((before, name)) = title.rsplit_once(mark)
            && !before.is_empty()
            && (sites.contains(&key(name)) || names::outlet(name).is_some())
        {
            return before.trim_end();
        }
        if let Some((name, rest)) = title.split_once(mark)
            && !rest.is_empty()
            && sites.contains(&key(name))
        {
            return rest.trim_start();
        }
        let cut = title.find(mark).filter(|at| has_wide(title) && is_shown(&title[..*at]));
        if let Some(at) = cut {
            return title[..at].trim_end();
        }
    }
    title
}

/// Whether what stands behind a title is the site's name, as the page states it or as the list has it.
fn is_site(name: &str, sites: &[String]) -> bool {
    let wanted = key(name);
    let few = name.split_whitespace().count() <= LONGEST_NAME;
    let stated = sites.iter().any(|site| {
        *site == wanted
            || (few && site.len() >= 5 && wanted.starts_with(site.as_str()))
            || (few && wanted.len() >= 5 && site.starts_with(&wanted))
    });
    let host = !name.contains(' ') && name.contains('.') && name.split('.').all(|part| !part.is_empty());
    stated || host || names::outlet(name).is_some()
}
