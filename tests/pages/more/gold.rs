//! What people wrote down of the pages of `more.json`, and the third of them that is kept apart.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::judge::is_comparable;

/// A page's gold; what a set does not give is empty.
#[derive(Deserialize, Default)]
pub struct Gold {
    pub set: String,
    #[serde(default)]
    pub title: String,
    #[serde(default, alias = "author")]
    authors: Option<OneOrMany>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    body: Option<OneOrMany>,
    #[serde(default, alias = "site", alias = "sitename")]
    pub publisher: String,
    /// Segments of text that the body must have.
    #[serde(default)]
    pub with: Vec<String>,
    /// Segments that it must not have.
    #[serde(default)]
    pub without: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn all(&self) -> Vec<&str> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many.iter().map(String::as_str).collect(),
        }
    }
}

impl Gold {
    /// Reads `more.json`: pages by the names of their files; none where the folder has none.
    pub fn read(pages: &Path) -> Option<BTreeMap<String, Self>> {
        let gold = std::fs::read(pages.join("more.json")).ok()?;
        Some(serde_json::from_slice(&gold).expect("gold of more pages"))
    }

    /// The text of the article, where all of it is given.
    pub fn body(&self) -> Option<String> {
        self.body.as_ref().map(|body| body.all().join("\n"))
    }

    /// Whether the gold tells the outlet of a page whose own address is `url`: a page that moved to another site is that one's.
    pub fn names_outlet(&self, url: Option<&str>, found: &str) -> bool {
        let host = |url: &str| {
            let host = url.split_once("://")?.1.split('/').next()?;
            let mut labels = host.rsplit('.');
            Some((labels.next()?.to_owned(), labels.next()?.to_owned()))
        };
        let site = self.publisher.contains("://").then(|| host(&self.publisher)).flatten();
        let moved = site.zip(url.and_then(host)).is_some_and(|(one, other)| one != other);
        !self.publisher.is_empty() && !moved && is_comparable(found, &self.publisher)
    }

    /// Whether the gold tells who wrote the article, or that nobody did; `and 2 others` tells too little.
    pub fn names_authors(&self) -> bool {
        let all = self.authors();
        let counted = all.iter().any(|name| name.contains(|c: char| c.is_ascii_digit()));
        (self.set != "trafilatura" || !all.is_empty()) && !counted
    }

    /// The authors' names.
    pub fn authors(&self) -> Vec<String> {
        let all = self.authors.iter().flat_map(OneOrMany::all);
        let names = all.flat_map(|all| all.split([',', ';'])).map(|name| name.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    }
}

/// A part of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The two thirds that rules may be made with.
    Tune,
    /// The third that nobody looks at while rules are made.
    Held,
}

impl Part {
    /// The part that a page belongs to, by the FNV-1a hash of its name (64 bits) modulo 3: 0 is held.
    pub fn of(name: &str) -> Self {
        let hash = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        if hash % 3 == 0 { Self::Held } else { Self::Tune }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Tune => "tune",
            Self::Held => "held",
        }
    }
}

#[test]
fn a_page_stays_in_its_part() {
    let names: Vec<String> = (0..3000).map(|at| format!("page-{at}.html")).collect();
    let held = names.iter().filter(|name| Part::of(name) == Part::Held).count();
    assert!((900..1100).contains(&held), "{held} of 3000");
    assert_eq!((Part::of("b"), Part::of("c")), (Part::Tune, Part::Held));
}
