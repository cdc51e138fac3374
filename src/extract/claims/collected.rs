//! What a page states for machines, field by field, as it is collected.

use super::hosts;
use super::marks::parts;
use crate::article::{Lines, NewsDate};
use crate::extract::evidence::{Candidate, Waiting};
use crate::extract::names::{self, Outlets};
use crate::extract::stamp::Stamp;
use crate::extract::trust::Source;
use crate::extract::{address, date};
use crate::lexicon::Locale;

/// What the fields of a page may be, as the page states them.
#[derive(Debug, Default)]
pub(in crate::extract) struct Claims<'o> {
    /// What the page's dates are read in.
    pub(super) locale: Locale,
    /// The outlets that names are held against.
    pub(in crate::extract) known: Outlets<'o>,
    pub dates: Vec<Candidate<NewsDate>>,
    pub updated: Vec<(NewsDate, Lines)>,
    pub outlets: Vec<Candidate<String>>,
    pub headlines: Vec<Candidate<String>>,
    pub bylines: Vec<Candidate<String>>,
    /// Agencies that are stated as publishers.
    pub suppliers: Vec<String>,
    /// Names of the site in every form in which it is stated.
    pub sites: Vec<String>,
    /// Keys of the sections that the article is filed under.
    pub sections: Vec<String>,
    /// The sections and the printed pages that are stated.
    pub placed: Vec<Candidate<String>>,
    /// The page's own host, and the name in it: `tamsinpost` of `www.tamsinpost.example`.
    pub host: Option<String>,
    pub label: Option<String>,
    /// The window's title.
    pub title: Option<Candidate<String>>,
    /// Dates that can be read both ways.
    pub waiting: Vec<Waiting>,
}

impl Claims<'_> {
    /// Keys of the names of the site, and of the parts of such names.
    pub(in crate::extract) fn site_keys(&self) -> Vec<String> {
        let title = |site: &&String| self.headlines.iter().chain(&self.title).any(|c| c.value == **site);
        let names = self.sites.iter().filter(|site| site.len() <= LONGEST_NAME && !title(site));
        let parts = names.flat_map(|site| parts(site)).filter(|part| part.len() > 2);
        let mut keys: Vec<String> = parts.map(hosts::key).filter(|key| !key.is_empty()).collect();
        keys.extend(self.label.clone());
        keys.sort();
        keys.dedup();
        keys
    }

    /// Notes a date that is stated.
    pub(super) fn date(&mut self, value: &str, source: Source, lines: Lines) {
        match date::read_given(value, self.locale) {
            Some(Stamp::Date(value)) => self.dates.push(Candidate::new(value, source, Some(lines))),
            Some(Stamp::Ambiguous(one, other)) => self.waiting.push(Waiting { readings: [one, other], source, lines }),
            _ => {}
        }
    }

    /// Notes a section that the article is filed under; an address, or the number that a site gives to one, names none.
    pub(super) fn section(&mut self, section: Candidate<String>) {
        let name = &section.value;
        self.sections.extend(Some(names::squash(name)).filter(|key| !key.is_empty()));
        let is_name = name.len() <= LONGEST_NAME && name.contains(char::is_alphabetic) && !name.contains("//");
        self.placed.extend(is_name.then_some(section));
    }

    /// Notes the time of a change.
    pub(super) fn change(&mut self, value: &str, lines: Lines) {
        if let Some(Stamp::Date(value)) = date::read_given(value, self.locale) {
            self.updated.push((value, lines));
        }
    }

    /// An agency that is stated as the publisher supplied the article.
    pub(super) fn outlet(&mut self, mut found: Candidate<String>) {
        self.sites.push(found.value.clone());
        let address = found.value.starts_with("http").then(|| address::host(&found.value)).flatten();
        let name = address.as_deref().unwrap_or_else(|| without_motto(&found.value));
        self.sites.push(name.to_owned());
        let letters = name.chars().any(char::is_alphabetic);
        // Other sites' pages of this one are no outlets.
        let calls_itself = found.rule() == OWN_NAME;
        let other = address.is_some() && !calls_itself;
        if name.starts_with(['@', '/']) || name.starts_with("http") || !letters || name.len() > LONGEST_NAME || other {
            return;
        }
        if !calls_itself && names::agency(name).is_some() {
            self.suppliers.push(name.to_owned());
            return;
        }
        // A host is a name where there is no other; what calls itself so is believed before publishers and apps are.
        let host = !name.contains(' ') && name.contains('.') && name.to_lowercase() == name;
        found.source = match (host, calls_itself) {
            (false, _) => found.source,
            (true, true) => Source::of(found.source.field, "host", OWN_NAME),
            (true, false) => found.source.as_host(),
        };
        found.value = self.known.named(name).unwrap_or(name).to_owned();
        self.outlets.push(found);
    }

    /// What is stated as the site's name and as the article's section is the section's, but where the page's host is called so.
    pub(super) fn drop_sections(&mut self) {
        let Self { sections, label, outlets, sites, .. } = self;
        let host = |key: &str| label.as_deref().is_some_and(|label| label.starts_with(key) || key.starts_with(label));
        let is_section = |name: &str| {
            let key = names::squash(name);
            sections.contains(&key) && !host(&key)
        };
        outlets.retain(|c| !is_section(&c.value));
        sites.retain(|name| !is_section(name));
    }

    /// No page is older than print, and none is later than what the page says of its last change.
    pub(super) fn drop_impossible(&mut self) {
        let changed = self.updated.iter().map(|(date, _)| date.start().year()).max();
        self.dates.retain(|c| {
            let start = c.value.start();
            let zero = start.year() == 1970 && start.month() == 1 && start.day() == 1;
            start.year() >= 1600 && !zero && changed.is_none_or(|year| start.year() <= year + 1)
        });
    }
}

/// The element in which a site says what it calls itself.
const OWN_NAME: &str = "og:site_name";

/// Bytes of the longest name of a site.
const LONGEST_NAME: usize = 100;

/// A site's name without what it says of itself: `HearYa - Indie Music Blog`, `The Tamsin Post | News of the bay`.
fn without_motto(name: &str) -> &str {
    let parts =
        name.split(" | ").flat_map(|p| p.split(" - ")).flat_map(|p| p.split(" – ")).flat_map(|p| p.split(" — "));
    let named = |part: &&str| part.chars().any(char::is_alphanumeric);
    parts.map(str::trim).find(named).unwrap_or("").trim_matches(|c: char| matches!(c, '|' | '-' | '–'))
}
