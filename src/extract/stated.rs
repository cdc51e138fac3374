//! What is stated beside a document or above its text, which goes before all that extraction finds.

use std::sync::Arc;

use super::candidate::Candidate;
use super::date;
use super::findings::Findings;
use super::front::{FrontMatter, Key};
use super::names::{self, OutletList};
use super::page::Page;
use super::stamp::Stamp;
use super::{Warning, byline, outlet};
use crate::article::{Alternative, Confidence, Field, Lines, NewsDate};
use crate::lexicon::Locale;
use crate::source::RawRecord;

/// Where a statement stands: what is named first goes before what is named later, and all of it before the document's
/// own metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A flag of the command.
    Flag,
    /// A line of a file of fields.
    Manifest,
    /// The lines between `---` and `---` above the text.
    FrontMatter,
    /// The path of the file.
    PathPattern,
}

/// Trust in what the document's own metadata say: the first rank below everything that is stated.
pub(super) const RECORD: u8 = Origin::PathPattern.rank() + 1;

impl Origin {
    /// The name of the rule, as `dateline inspect` shows it.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Manifest => "manifest",
            Self::FrontMatter => "front-matter",
            Self::PathPattern => "path-pattern",
        }
    }

    const fn rank(self) -> u8 {
        self as u8
    }
}

/// Whether a rule's value stands as a person wrote it: what says the same more finely is an alternative.
pub(super) fn stands_as_written(rule: &str) -> bool {
    rule == Origin::Flag.rule() || rule == Origin::Manifest.rule()
}

/// Whether a rule's value was stated, and not found.
pub(super) fn is_stated(rule: &str) -> bool {
    let all = [Origin::Flag, Origin::Manifest, Origin::FrontMatter, Origin::PathPattern];
    all.iter().any(|origin| origin.rule() == rule)
}

/// Fields that are stated in one place; what is not stated is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Who published the article.
    pub outlet: Option<String>,
    /// When.
    pub date: Option<NewsDate>,
    /// Its headline.
    pub headline: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

impl Fields {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is stated, each with the name of its field.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, String)> {
        let all = [
            ("outlet", self.outlet.clone()),
            ("date", self.date.map(|date| date.to_string())),
            ("headline", self.headline.clone()),
            ("byline", self.byline.clone()),
            ("url", self.url.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?)))
    }
}

/// What is stated of a file from outside it.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// Fields and where they are stated, once for each origin.
    pub fields: Vec<(Origin, Fields)>,
    /// Outlets that go before the ones Dateline knows.
    pub outlets: Option<Arc<OutletList>>,
}

/// Notes what is stated of a record, from outside and by its front matter.
pub(super) fn gather(page: &Page<'_>, record: &RawRecord<'_>, stated: &Stated, found: &mut Findings) {
    let mut urls: Vec<(Origin, &str)> = Vec::new();
    for (origin, fields) in &stated.fields {
        note(*origin, fields, found);
        urls.extend(fields.url.as_deref().map(|url| (*origin, url)));
    }
    if let Some(front) = &page.front {
        note_front_matter(front, page.locale, found);
        urls.extend(front.value(Key::Url).map(|(url, _)| (Origin::FrontMatter, url)));
    }
    let best = urls.into_iter().min_by_key(|(origin, _)| *origin).map(|(_, url)| url.to_owned());
    found.url = best.or_else(|| record.given.url.clone());
    let own_id = page.front.as_ref().and_then(|front| front.value(Key::Id));
    found.id = own_id.map(|(id, _)| id.to_owned()).or_else(|| record.given.id.clone());
    found.headlines.sort_by_key(|c| c.rank);
    found.bylines.sort_by_key(|c| c.rank);
}

fn candidate<T>(value: T, origin: Origin, lines: Option<Lines>) -> Candidate<T> {
    Candidate { value, rank: origin.rank(), confidence: Confidence::Given, rule: origin.rule(), lines }
}

fn note(origin: Origin, fields: &Fields, found: &mut Findings) {
    if let Some(name) = &fields.outlet {
        let name = if origin == Origin::Flag { name.clone() } else { outlet::usual(name) };
        found.outlets.push(candidate(name, origin, None));
    }
    found.dates.extend(fields.date.map(|date| candidate(date, origin, None)));
    found.headlines.extend(fields.headline.clone().map(|headline| candidate(headline, origin, None)));
    found
        .bylines
        .extend(fields.byline.as_deref().map(|byline| candidate(byline::without_by(byline).to_owned(), origin, None)));
}

fn note_front_matter(front: &FrontMatter, locale: Locale, found: &mut Findings) {
    let origin = Origin::FrontMatter;
    let at = |line: u32| Some(Lines::one(line));
    if let Some((name, line)) = front.value(Key::Outlet) {
        found.outlets.push(candidate(outlet::usual(name), origin, at(line)));
    }
    if let Some((text, line)) = front.value(Key::Date) {
        match date::read_given(text, locale) {
            Some(Stamp::Date(value)) => found.dates.push(candidate(value, origin, at(line))),
            Some(Stamp::Ambiguous(..)) => found.warnings.push(Warning::AmbiguousDate(text.to_owned())),
            _ => found.warnings.push(Warning::UnreadDate(text.to_owned())),
        }
    }
    if let Some((headline, line)) = front.value(Key::Headline) {
        found.headlines.push(candidate(headline.to_owned(), origin, at(line)));
    }
    if let Some((byline, line)) = front.value(Key::Byline) {
        found.bylines.push(candidate(byline::without_by(byline).to_owned(), origin, at(line)));
    }
}

/// The first of the stated values as the field, and the others, with what was found, as alternatives.
pub(super) fn before(stated: Vec<Candidate<String>>, found: Option<Field<String>>) -> Option<Field<String>> {
    let mut stated = stated.into_iter();
    let Some(best) = stated.next() else { return found };
    let mut seen = vec![names::squash(&best.value)];
    let others = stated.map(|c| Alternative { value: c.value, rule: c.rule.into(), lines: c.lines });
    let below = found.into_iter().flat_map(|field| {
        let first = Alternative { value: field.value, rule: field.rule, lines: field.lines };
        std::iter::once(first).chain(field.alternatives)
    });
    let fresh = |other: &Alternative<String>| {
        let key = names::squash(&other.value);
        let fresh = !seen.contains(&key);
        seen.push(key);
        fresh
    };
    let alternatives = others.chain(below).filter(fresh).collect();
    let (rule, lines) = (best.rule.into(), best.lines);
    Some(Field { value: best.value, confidence: best.confidence, rule, lines, alternatives })
}
