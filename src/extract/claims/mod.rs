//! What a page states for machines, as candidates for fields: meta elements, JSON-LD, times, the address.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::candidate::Candidate;
use super::stamp::Stamp;
use super::{date, label, names};
use crate::article::{Confidence, Lines, NewsDate, Precision};
use crate::lexicon::{self, Locale};
use crate::source::{Claim, ClaimKind, Markup};

mod hosts;
mod json_ld;
mod people;
mod titles;

pub(super) use hosts::key;
pub(super) use people::{is_led, joins, people, row_of_people};
pub(super) use titles::{Shown, headline, parts};

/// What the fields of a page may be, each best first.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// What the page's dates are read in.
    locale: Locale,
    pub dates: Vec<Candidate<NewsDate>>,
    pub updated: Vec<(NewsDate, Lines)>,
    pub outlets: Vec<Candidate<String>>,
    pub headlines: Vec<Candidate<String>>,
    pub bylines: Vec<Candidate<String>>,
    /// Agencies that are stated as publishers.
    pub suppliers: Vec<String>,
    /// Names of the site in every form in which it is stated.
    pub sites: Vec<String>,
    /// The page's own host, and the name in it: `tamsinpost` of `www.tamsinpost.example`.
    pub host: Option<String>,
    pub label: Option<String>,
    /// The window's title.
    pub title: Option<Candidate<String>>,
    /// Dates that can be read both ways.
    pub ambiguous: Vec<(NewsDate, NewsDate, u8, &'static str, Lines)>,
}

/// A field that a name stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Date,
    Updated,
    Outlet,
    Headline,
    Byline,
}

struct Row {
    wanted: Wanted,
    rank: u8,
    name: &'static str,
}

/// Rows by name: those of meta elements, of items, of times.
static TABLE: LazyLock<[HashMap<&'static str, Row>; 3]> = LazyLock::new(|| {
    let mut table = [HashMap::new(), HashMap::new(), HashMap::new()];
    lexicon::CLAIMS.read(|row| {
        let [field, rank, place, all] = row.exactly()?;
        let wanted = match field {
            "date" => Wanted::Date,
            "updated" => Wanted::Updated,
            "outlet" => Wanted::Outlet,
            "headline" => Wanted::Headline,
            "byline" => Wanted::Byline,
            other => return Err(format!("no field {other:?}")),
        };
        let known = ["meta", "item", "time"].iter().position(|known| *known == place);
        let place = known.ok_or_else(|| format!("no place {place:?}"))?;
        let rank: u8 = rank.parse().map_err(|_| format!("{rank:?} is no trust"))?;
        for (nth, name) in all.split(' ').enumerate() {
            let row = Row { wanted, rank: trust(rank, nth), name };
            table[place].entry(name).or_insert(row);
        }
        Ok(())
    });
    table
});

const META: usize = 0;
const ITEM: usize = 1;
const TIME: usize = 2;

/// Trust in the nth name of a row: rows are far apart, and names in their order.
fn trust(rank: u8, nth: usize) -> u8 {
    rank * 16 + nth.min(15) as u8
}

/// Elements above the headline in which a date still is the article's.
const ABOVE: u32 = 60;

/// Reads the claims of a page at `url` whose headline stands in the element `title`. `beside` tells whether an element
/// is furniture, whose times are not the article's.
pub(super) fn read(
    markup: &Markup,
    url: Option<&str>,
    title: u32,
    beside: &dyn Fn(u32) -> bool,
    locale: Locale,
) -> Claims {
    let mut claims = Claims { host: hosts::own(markup, url), locale, ..Claims::default() };
    claims.label = claims.host.as_deref().and_then(hosts::label);
    let mut blocks = Vec::new();
    let in_page = |claim: &Claim| {
        let signed = matches!(claim.kind, ClaimKind::Time | ClaimKind::Item);
        signed || (claim.kind == ClaimKind::Meta && markup.elements[claim.element as usize].parent != 0)
    };
    let below = |claim: &&Claim| claim.element + ABOVE >= title;
    let shown: Vec<&Claim> = markup.claims.iter().filter(|c| in_page(c) && !beside(c.element)).collect();
    let ordered = shown.iter().filter(|c| below(c)).chain(shown.iter().filter(|c| !below(c)));
    ordered.for_each(|claim| claims.take_signed(claim));
    shown.iter().filter(|claim| claim.name == "name").for_each(|claim| claims.take_named(claim, markup));
    for claim in &markup.claims {
        match claim.kind {
            ClaimKind::JsonLd => blocks.push((claim.value.as_str(), claim.line)),
            ClaimKind::Title if claims.title.is_none() => claims.title = Some(text(claim, trust(8, 0), "title")),
            ClaimKind::Meta if !in_page(claim) => claims.take_meta(claim),
            _ => {}
        }
    }
    json_ld::read(&blocks, &mut claims);
    claims.drop_impossible();
    claims
}

fn text(claim: &Claim, rank: u8, rule: &'static str) -> Candidate<String> {
    let value: Vec<&str> = claim.value.split_whitespace().collect();
    let confidence = if rank < trust(3, 0) { Confidence::High } else { Confidence::Medium };
    Candidate { value: value.join(" "), rank, confidence, rule, lines: Some(Lines::one(claim.line)) }
}

impl Claims {
    fn take(&mut self, row: &'static Row, claim: &Claim) {
        if claim.value.is_empty() {
            return;
        }
        let lines = Lines::one(claim.line);
        match row.wanted {
            Wanted::Date => self.date(&claim.value, row.rank, row.name, lines),
            Wanted::Updated => {
                if let Some(Stamp::Date(value)) = date::read_given(&claim.value, self.locale) {
                    self.updated.push((value, lines));
                }
            }
            Wanted::Outlet => self.outlet(text(claim, row.rank, row.name)),
            Wanted::Headline => self.headlines.push(text(claim, row.rank, row.name)),
            Wanted::Byline => self.bylines.push(text(claim, row.rank, row.name)),
        }
    }

    /// Keys of the names of the site, and of the parts of such names.
    pub(super) fn site_keys(&self) -> Vec<String> {
        let title = |site: &&String| self.headlines.iter().chain(&self.title).any(|c| c.value == **site);
        let names = self.sites.iter().filter(|site| site.len() <= LONGEST_NAME && !title(site));
        let parts = names.flat_map(|site| parts(site)).filter(|part| part.len() > 2);
        let mut keys: Vec<String> = parts.map(hosts::key).filter(|key| !key.is_empty()).collect();
        keys.extend(self.label.clone());
        keys.sort();
        keys.dedup();
        keys
    }

    /// A meta element: by its name, or by what its name is made of.
    fn take_meta(&mut self, claim: &Claim) {
        static OTHER: Row = Row { wanted: Wanted::Date, rank: 64, name: "meta-date" };
        if let Some(row) = TABLE[META].get(claim.name.as_str()) {
            return self.take(row, claim);
        }
        let letters: String = claim.name.chars().filter(char::is_ascii_alphanumeric).collect();
        let published = ["pubdate", "publishdate", "publicationdate", "datepublish", "publishedtime", "publishtime"];
        let other = ["modif", "updat", "expir"].iter().any(|word| letters.contains(word));
        if !other && published.iter().any(|word| letters.contains(word)) {
            self.take(&OTHER, claim);
        }
    }

    /// A time or an item: the first of its words that means a field. The first of a kind is the article's, and the others
    /// may be those of a list.
    fn take_signed(&mut self, claim: &Claim) {
        let place = if claim.kind == ClaimKind::Time { TIME } else { ITEM };
        if let Some(row) = claim.name.split_whitespace().find_map(|word| TABLE[place].get(word))
            && !(row.wanted == Wanted::Date && self.has_date_like(row))
        {
            self.take(row, claim);
        }
    }

    /// The name of a thing: of the article's publisher or author, where it stands in one.
    fn take_named(&mut self, claim: &Claim, markup: &Markup) {
        let above = &markup.elements[markup.elements[claim.element as usize].parent as usize];
        for role in above.roles.split(' ') {
            match role {
                "publisher" => self.outlet(text(claim, trust(2, 0), "publisher")),
                "author" => self.bylines.push(text(claim, trust(1, 1), "author")),
                _ => {}
            }
        }
    }

    /// Whether a date of the same kind was taken: the same name, or another sign of a time.
    fn has_date_like(&self, row: &Row) -> bool {
        let sign = trust(6, 0);
        let same = |c: &Candidate<NewsDate>| {
            (c.rule == row.name && c.rank == row.rank) || (row.rank >= sign && c.rank >= sign)
        };
        self.dates.iter().any(same)
    }

    pub(super) fn date(&mut self, value: &str, rank: u8, rule: &'static str, lines: Lines) {
        match read_date(value, self.locale) {
            Some(Stamp::Date(value)) => {
                let confidence = if rank < trust(5, 0) { Confidence::High } else { Confidence::Medium };
                self.dates.push(Candidate { value, rank, confidence, rule, lines: Some(lines) });
            }
            Some(Stamp::Ambiguous(one, other)) => self.ambiguous.push((one, other, rank, rule, lines)),
            _ => {}
        }
    }

    /// An agency that is stated as the publisher supplied the article.
    fn outlet(&mut self, mut found: Candidate<String>) {
        self.sites.push(found.value.clone());
        let address = found.value.starts_with("http").then(|| label::host(&found.value)).flatten();
        let name = address.as_deref().unwrap_or_else(|| without_motto(&found.value));
        self.sites.push(name.to_owned());
        let letters = name.chars().any(char::is_alphabetic);
        // Other sites' pages of this one are no outlets.
        let other = address.is_some() && found.rank != trust(1, 0);
        if name.starts_with(['@', '/']) || name.starts_with("http") || !letters || name.len() > LONGEST_NAME || other {
            return;
        }
        if found.rank >= trust(2, 0) && names::agency(name).is_some() {
            self.suppliers.push(name.to_owned());
            return;
        }
        // A host is a name where there is no other; what calls itself so is believed before publishers and apps are.
        let host = !name.contains(' ') && name.contains('.') && name.to_lowercase() == name;
        found.rank = match () {
            () if !host => found.rank,
            () if found.rank == trust(1, 0) => trust(2, 8),
            () => found.rank + 100,
        };
        found.value = names::outlet(name).map_or_else(|| name.to_owned(), |known| known.to_string());
        self.outlets.push(found);
    }

    /// No page is older than print, and none is later than what the page says of its last change.
    fn drop_impossible(&mut self) {
        let changed = self.updated.iter().map(|(date, _)| date.start().year()).max();
        self.dates.retain(|c| {
            let start = c.value.start();
            let zero = start.year() == 1970 && start.month() == 1 && start.day() == 1;
            start.year() >= 1600 && !zero && changed.is_none_or(|year| start.year() <= year + 1)
        });
    }
}

/// Bytes of the longest name of a site.
const LONGEST_NAME: usize = 100;

/// A site's name without what it says of itself: `HearYa - Indie Music Blog`, `The Tamsin Post | News of the bay`.
fn without_motto(name: &str) -> &str {
    let parts =
        name.split(" | ").flat_map(|p| p.split(" - ")).flat_map(|p| p.split(" – ")).flat_map(|p| p.split(" — "));
    let named = |part: &&str| part.chars().any(char::is_alphanumeric);
    parts.map(str::trim).find(named).unwrap_or("").trim_matches(|c: char| matches!(c, '|' | '-' | '–'))
}

/// A date as metadata write it: as text does, or as seconds or milliseconds since 1970.
fn read_date(value: &str, locale: Locale) -> Option<Stamp> {
    let value = value.trim();
    let figures = value.bytes().all(|b| b.is_ascii_digit());
    if figures && matches!(value.len(), 10 | 13) {
        let seconds: i64 = value[..10].parse().ok()?;
        let at = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        return Some(Stamp::Date(NewsDate::new(at, Precision::Second, Some(0))));
    }
    let read_given = |value: &str| date::read_given(value, locale);
    read_given(value)
        .or_else(|| {
            let whole = value.get(..19).filter(|_| value.as_bytes().get(10).is_some_and(|b| matches!(b, b'T' | b' ')));
            whole.and_then(read_given)
        })
        .or_else(|| value.get(..10).and_then(read_given))
}
