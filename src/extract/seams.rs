//! Where two elements of a line meet without a blank: a style parts what they say, as `By` and a name.

use std::borrow::Cow;

use super::leads;
use crate::lexicon::Locale;
use crate::source::Markup;

/// Bytes of the longest text that is parted at its seams: running text stands as it is written.
const LONGEST: usize = 240;

/// Bytes of the longest lead that is looked up.
const LONGEST_LEAD: usize = 24;

/// Places in a page's text, ascending.
#[derive(Clone, Debug, Default)]
pub(super) struct Seams(Vec<usize>);

impl Seams {
    /// The seams of a page: where an element ends, another begins, and the case tells that a word does. In a heading, and behind a
    /// word such as `By`, one of the two is enough.
    pub(super) fn of(text: &str, markup: &Markup) -> Self {
        let filled = || markup.elements.iter().filter(|element| element.text.0 < element.text.1);
        let sorted = |mut places: Vec<usize>| {
            places.sort_unstable();
            places.dedup();
            places
        };
        let starts = sorted(filled().map(|element| element.text.0 as usize).collect());
        let ends = sorted(filled().map(|element| element.text.1 as usize).collect());
        let headings: Vec<(u32, u32)> =
            filled().filter(|element| matches!(element.name, "h1" | "h2")).map(|element| element.text).collect();
        let in_heading = |at: usize| {
            let after = headings.partition_point(|(start, _)| (*start as usize) < at);
            after > 0 && at < headings[after - 1].1 as usize
        };
        let is = |at: &usize| {
            let both = || starts.binary_search(at).is_ok() && ends.binary_search(at).is_ok();
            is_seam(text, *at) && (both() || in_heading(*at) || is_behind_lead(text, *at))
        };
        Self(sorted(starts.iter().chain(&ends).copied().filter(is).collect()))
    }

    /// A part of the page's text, `at` which it begins, with a blank at each of its seams.
    pub(super) fn part<'t>(&self, part: Cow<'t, str>, at: usize) -> Cow<'t, str> {
        let first = self.0.partition_point(|seam| *seam <= at);
        let inside = self.0[first..].iter().take_while(|seam| **seam < at + part.len());
        if part.len() > LONGEST || inside.clone().next().is_none() {
            return part;
        }
        let (mut parted, mut from) = (String::with_capacity(part.len() + 2), 0);
        for seam in inside.map(|seam| seam - at) {
            parted.push_str(&part[from..seam]);
            parted.push(' ');
            from = seam;
        }
        parted.push_str(&part[from..]);
        Cow::Owned(parted)
    }
}

/// Whether a line goes up to a place with nothing but a word that names its author: `By`.
fn is_behind_lead(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or("");
    line.len() <= LONGEST_LEAD && leads::is_lead_alone(line, Locale::default())
}

/// Whether a word ends before a place and another begins there: `By` and `Anna`, `SEA` and `Island`.
fn is_seam(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    let mut next = after.chars();
    let begins = next.next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let goes_on = next.next().is_some_and(char::is_lowercase);
    let mut last = before.chars().rev();
    match last.next() {
        Some(c) if c.is_lowercase() || matches!(c, ':' | '!' | '?') => begins,
        Some(c) if c.is_uppercase() => begins && goes_on && last.next().is_some_and(char::is_uppercase),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_where_elements_meet() {
        for (text, at, seam) in [
            ("ByAnna Kowal", 2, true),
            ("WINTER AT SEAIsland ferry", 13, true),
            ("Winter at sea:Island", 14, true),
            ("iPhone", 1, true),
            ("LAter", 1, false),
            ("sea and", 3, false),
            ("By Anna", 3, false),
        ] {
            assert_eq!(is_seam(text, at), seam, "{text}");
        }
        let seams = Seams(vec![2, 40]);
        assert_eq!(seams.part(Cow::Borrowed("ByAnna"), 0), "By Anna");
        assert_eq!(seams.part(Cow::Borrowed("Kowal"), 38), "Ko wal");
        assert_eq!(seams.part(Cow::Borrowed("Kowal"), 40), "Kowal");
    }
}
