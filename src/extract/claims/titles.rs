//! The headline out of several titles: those that agree, without the site's name.

use super::collected::Claims;
use super::heads::{self, Headings, Shown};
use super::hosts::key;
use super::marks::{MARKS, has_wide};
use crate::article::Confidence;
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::names::{self, Outlets};
use crate::extract::outlet;
use crate::extract::trust::{Asked, Source};

/// Marks that stand between the two without blanks, where a script has none or a site leaves them out.
const TIGHT: &[&str] = &["|", "｜", "_", "-", "－", "–", "—"];

/// Words of the longest name that is believed to be a site's because it begins as the site is called.
const LONGEST_NAME: usize = 4;

/// Puts the titles of a page on the list: those that are shown and stated first, then what is stated, then what is shown.
pub(in crate::extract) fn note_headlines(
    claims: &Claims,
    headings: &Headings,
    outlets: Outlets<'_>,
    found: &mut Findings,
) {
    let titles: Vec<&str> = claims.headlines.iter().chain(&claims.title).map(|c| c.value.as_str()).collect();
    let heads::Heads { mut shown, sites } = heads::sort(&titles, &headings.first, &headings.others, outlets);
    let site = PageSite { keys: [claims.site_keys(), sites].concat(), outlets };
    let mut stated: Vec<Candidate<String>> = claims.headlines.iter().filter(|c| !c.value.is_empty()).cloned().collect();
    stated.sort_by_key(|c| c.source.trust);
    stated.extend(claims.title.iter().filter(|c| !c.value.is_empty()).cloned());
    let path = claims.title.as_ref().filter(|_| site.keys.is_empty()).and_then(|c| heads::of_path(&c.value, outlets));
    for candidate in &mut stated {
        candidate.value = heads::without_marks(without_site(&candidate.value, &site, &shown)).to_owned();
    }
    // What is cut from a title must not be all of it, and the site's own name heads every page.
    for title in &mut shown {
        let stated = stated.iter().any(|c| names::squash(&c.value) == names::squash(&title.text));
        let text = title.bare.as_ref().filter(|_| !stated).unwrap_or(&title.text);
        title.text = heads::without_marks(without_site(text, &site, &[])).to_owned();
    }
    if shown.iter().any(|title| !site.keys.contains(&key(&title.text))) || !stated.is_empty() {
        shown.retain(|title| !site.keys.contains(&key(&title.text)));
    }
    let window = Source::of(Asked::Headline, "window", "title");
    if let Some(title) = agreed(&stated, &shown) {
        found.text(heading("agreed", without_kicker(&title.text, &stated), title));
    } else if let Some(title) = leading(&stated, &shown) {
        found.text(heading("leading", &title.text, title));
    } else {
        let window = stated.iter_mut().filter(|c| c.rule() == "title" && c.source.trust >= window.trust);
        for candidate in window {
            let part = path.or_else(|| heads::of_path(&candidate.value, outlets)).map(str::to_owned);
            candidate.value = part.unwrap_or_else(|| std::mem::take(&mut candidate.value));
        }
        found.text_all(fuller(&stated));
        confirm_first(&mut stated);
    }
    found.text_all(stated);
    found.text_all(shown.iter().map(|title| heading("heading", &title.text, title)));
}

/// A title that is shown, as evidence.
fn heading(place: &str, text: &str, title: &Shown) -> Candidate<String> {
    Candidate::new(text.to_owned(), Source::of(Asked::Headline, place, "h1"), Some(title.lines))
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
    let twice = stated
        .iter()
        .any(|c| c.rule() != first.rule() && !SOCIAL.contains(&c.rule()) && is_same(&c.value, &first.value));
    let mut heads = shown.iter().filter(|title| title.leads && title.text.split_whitespace().count() >= 3);
    let only = heads.next().filter(|_| heads.next().is_none());
    only.filter(|_| !twice)
}

/// The window's title, where the best of what is stated is one word: that is the name of a section.
fn fuller(stated: &[Candidate<String>]) -> Option<Candidate<String>> {
    let count = |c: &Candidate<String>| c.value.split_whitespace().count();
    stated.first().filter(|best| count(best) == 1 && !has_wide(&best.value))?;
    let fuller = stated.iter().find(|c| c.rule() == "title" && count(c) >= 4)?;
    let source = Source::of(Asked::Headline, "fuller", "title");
    Some(Candidate::new(fuller.value.clone(), source, fuller.lines))
}

/// Makes the best of what is stated sure where another claim says it, or the beginning of it.
fn confirm_first(stated: &mut [Candidate<String>]) {
    let Some((best, others)) = stated.split_first_mut() else { return };
    let agreed = others.iter().any(|c| c.rule() != best.rule() && is_same(&c.value, &best.value));
    if agreed && best.source.trust < Source::of(Asked::Headline, "meta", "twitter:title").trust {
        best.confidence = Confidence::High;
    }
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

/// A title without the site's name behind it, or before it.
fn without_site<'t>(title: &'t str, site: &PageSite<'_>, shown: &[Shown]) -> &'t str {
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
        site.keys.contains(&key(rest)) || is_site(&title[start..end], site)
    };
    if let Some((end, _)) =
        marks.iter().find(|(end, start)| *end > 0 && named(*start) && !is_site(&title[..*end], site))
    {
        title = title[..*end].trim_end();
    }
    for _ in 0..3 {
        let cut = MARKS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, at + mark.len()))).max();
        let Some((end, start)) = cut.filter(|(end, start)| is_shown(&title[..*end]) || is_site(&title[*start..], site))
        else {
            break;
        };
        title = if end == 0 { &title[start..] } else { title[..end].trim_end() };
    }
    let cut = MARKS.iter().chain(&[": "]).filter_map(|mark| title.find(mark).map(|at| (at, at + mark.len()))).min();
    if let Some((end, start)) = cut
        && (site.keys.contains(&key(&title[..end])) || is_shown(&title[start..]))
    {
        title = title[start..].trim_start();
    }
    without_tight_site(title, site, &is_shown)
}

/// A title without a site's name that stands at it without blanks: `蔡健雅_百科`, `NEWS|…`.
fn without_tight_site<'t>(title: &'t str, site: &PageSite<'_>, is_shown: &dyn Fn(&str) -> bool) -> &'t str {
    for mark in TIGHT {
        if let Some((before, name)) = title.rsplit_once(mark)
            && !before.is_empty()
            && (site.keys.contains(&key(name)) || site.outlets.named(name).is_some())
        {
            return before.trim_end();
        }
        if let Some((name, rest)) = title.split_once(mark)
            && !rest.is_empty()
            && site.keys.contains(&key(name))
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

/// What tells the site's name: keys of the names that the page states, and the outlets that are known.
struct PageSite<'o> {
    keys: Vec<String>,
    outlets: Outlets<'o>,
}

/// Whether what stands behind a title is the site's name, as the page states it or as the list has it.
fn is_site(name: &str, site: &PageSite<'_>) -> bool {
    let wanted = key(name);
    let few = name.split_whitespace().count() <= LONGEST_NAME;
    let outlets = site.outlets;
    let stated = site.keys.iter().any(|site| {
        *site == wanted
            || (few && site.len() >= 5 && wanted.starts_with(site.as_str()))
            || (few && wanted.len() >= 5 && site.starts_with(&wanted))
    });
    let host = !name.contains(' ') && name.contains('.') && name.split('.').all(|part| !part.is_empty());
    stated || host || (outlet::is_listed_alone(name, outlets) && !outlet::is_section(name))
}
