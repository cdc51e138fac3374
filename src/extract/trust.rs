//! How far a source of a field is trusted: one table for texts and pages, ordered by name.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::Confidence;
use crate::lexicon::{Row, TRUST};

/// A field that sources speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Asked {
    Headline,
    Byline,
    Date,
    Outlet,
    /// The part of the paper.
    Section,
    /// The printed page.
    Page,
    /// When the article was changed last.
    Updated,
}

impl Asked {
    /// Those of which one value is chosen.
    const CHOSEN: [Self; 6] = [Self::Headline, Self::Byline, Self::Date, Self::Outlet, Self::Section, Self::Page];

    /// The fields that a row of the table is about.
    fn named(name: &str) -> Result<Vec<Self>, String> {
        if name == "any" {
            return Ok(Self::CHOSEN.to_vec());
        }
        Ok(vec![match name {
            "headline" => Self::Headline,
            "byline" => Self::Byline,
            "date" => Self::Date,
            "outlet" => Self::Outlet,
            "section" => Self::Section,
            "page" => Self::Page,
            "updated" => Self::Updated,
            other => return Err(format!("no field \"{other}\"")),
        }])
    }
}

/// Where a value of a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub field: Asked,
    /// Its name, which is the rule that people are shown.
    pub rule: &'static str,
    /// The lowest is trusted most.
    pub trust: u16,
    /// Of several values the first counts; else none does where they differ.
    pub first: bool,
    /// How sure a value is that nothing else confirms.
    pub confidence: Confidence,
}

/// Trust between two steps of the table, for the names of a row.
const STEP: u16 = 64;

/// The first step below what is stated of a document from outside or above its text.
const OWN: u16 = 4 * STEP;

impl Source {
    /// The source of that name in a place.
    ///
    /// # Panics
    /// Where the table has none: it is part of the program, and a test asks for all that the readers name.
    pub(super) fn of(field: Asked, place: &str, rule: &str) -> Self {
        let fits = |source: &&Self| source.field == field;
        let found = Self::said(place, rule).iter().find(fits).copied();
        found.unwrap_or_else(|| panic!("trust.tsv: no {field:?} of {place} {rule}"))
    }

    /// What a name says in a place: the sources that it is, in the order of the table.
    pub(super) fn said(place: &str, name: &str) -> &'static [Self] {
        let places = SOURCES.get(name).map_or(&[][..], Vec::as_slice);
        places.iter().find(|(known, _)| *known == place).map_or(&[], |(_, sources)| sources)
    }

    /// Whether a user states it, by a flag, a table, above the text or by a path.
    pub(super) fn is_stated(self) -> bool {
        self.trust < OWN
    }

    /// Whether a value stands as a person wrote it: what says the same more finely is an alternative.
    pub(super) fn stands_as_written(self) -> bool {
        self.trust <= STEP
    }

    /// The same source where it gives a host in the place of a name: behind all names.
    pub(super) fn as_host(self) -> Self {
        Self { trust: Self::of(self.field, "host", "name").trust + self.trust, ..self }
    }
}

/// The sources of a name, by place.
type Places = Vec<(&'static str, Vec<Source>)>;

/// The table by name, then by place.
static SOURCES: LazyLock<FxHashMap<&'static str, Places>> = LazyLock::new(|| {
    let mut sources: FxHashMap<&'static str, Places> = FxHashMap::default();
    for (place, source) in TRUST.read(sources_of).concat() {
        let places = sources.entry(source.rule).or_default();
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, known)) => known.push(source),
            None => places.push((place, vec![source])),
        }
    }
    sources
});

/// The sources of a row, with their place.
fn sources_of(row: &Row) -> Result<Vec<(&'static str, Source)>, String> {
    let [fields, step, several, confidence, place, names] = row.exactly()?;
    let step: u16 = step.parse().map_err(|_| format!("\"{step}\" is no step"))?;
    let first = match several {
        "first" => true,
        "open" => false,
        other => return Err(format!("neither first nor open: \"{other}\"")),
    };
    let confidence = match confidence {
        "given" => Confidence::Given,
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        "low" => Confidence::Low,
        other => return Err(format!("no confidence \"{other}\"")),
    };
    let mut sources = Vec::new();
    for field in Asked::named(fields)? {
        for (rule, nth) in names.split(' ').zip(0..STEP) {
            sources.push((place, Source { field, rule, trust: step * STEP + nth, first, confidence }));
        }
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of a field's sources in the order of trust, those of equal trust joined.
    fn ordered(field: Asked, places: &[&str]) -> String {
        let sources = TRUST.read(sources_of).concat();
        let mut of: Vec<_> = sources.into_iter().filter(|(p, s)| s.field == field && places.contains(p)).collect();
        of.sort_by_key(|(_, source)| source.trust);
        of.iter().map(|(_, source)| source.rule).collect::<Vec<_>>().join(" > ")
    }

    #[test]
    fn every_row_is_read_and_the_order_is_by_name() {
        let stated = "flag > manifest > front-matter > path-pattern > record > ";
        let places = ["stated", "record", "json-ld", "address", "line", "shown"];
        assert_eq!(
            ordered(Asked::Date, &places),
            stated.to_owned()
                + "json-ld > json-ld-created > record-url > time > labelled-line > date-line > dated-prefix > issue-line > byline-date > \
                   dated-prefix > date-line > dateline > copyright-year"
        );
        let places = ["stated", "record", "agreed", "json-ld", "window", "heading", "line"];
        let headline = ordered(Asked::Headline, &places);
        assert_eq!(headline, stated.to_owned() + "h1 > json-ld > labelled-line > title > h1 > title-above-text");
        let outlet = ordered(Asked::Outlet, &["stated", "record", "json-ld", "title", "address", "line"]);
        assert_eq!(
            outlet,
            stated.to_owned()
                + "json-ld > title-host > title-suffix > record-url > labelled-line > follow-line > dateline-source > masthead > \
                   site-line > headline-suffix > copyright-holder > address-lines"
        );
        let byline = ordered(Asked::Byline, &["stated", "record", "signed", "json-ld", "shown", "line"]);
        assert_eq!(byline, stated.to_owned() + "byline > json-ld > labelled-line > byline > by-line > name-line");
    }

    #[test]
    fn the_table_has_every_source_that_a_reader_names() {
        for (field, sources) in [
            (
                Asked::Headline,
                "agreed h1, leading h1, fuller title, json-ld json-ld, json-ld-page json-ld, json-ld-work json-ld, \
                 json-ld-video json-ld, json-ld-broken json-ld, meta twitter:title, window title, heading h1, \
                 line title-above-text",
            ),
            (
                Asked::Byline,
                "signed byline, json-ld json-ld, json-ld-page json-ld, json-ld-work json-ld, json-ld-video json-ld, \
                 named author, beside byline, shown byline, line by-line, line name-line",
            ),
            (
                Asked::Date,
                "json-ld json-ld, json-ld-page json-ld, json-ld-work json-ld, json-ld-video json-ld, \
                 json-ld json-ld-created, json-ld-page json-ld-created, json-ld-work json-ld-created, \
                 json-ld-video json-ld-created, meta meta-date, time pubdate, shown time, address record-url, line date-line, \
                 line dated-prefix, line issue-line, line byline-date, shown dated-prefix, shown date-line, \
                 below-labelled date-line, below date-line-below, shown-below date-line-below, line dateline, \
                 line copyright-year",
            ),
            (
                Asked::Outlet,
                "own page-host, host og:site_name, host name, host page-host, json-ld json-ld, json-ld-page json-ld, \
                 json-ld-work json-ld, json-ld-video json-ld, json-ld-part json-ld, json-ld-website json-ld-site, \
                 json-ld-media json-ld-site, json-ld-organization json-ld-site, named publisher, title title-host, \
                 title title-suffix, end title-suffix, end title-prefix, address record-url, foreign copyright-holder, \
                 line follow-line, line dateline-source, line masthead, line site-line, line headline-suffix, \
                 line copyright-holder, line address-lines",
            ),
        ] {
            let stated = "stated flag, stated manifest, stated front-matter, stated path-pattern, record record";
            for (place, rule) in stated.split(", ").chain(sources.split(", ")).filter_map(|name| name.split_once(' ')) {
                let source = Source::of(field, place, rule);
                assert_eq!((source.field, source.rule), (field, rule), "{place}");
            }
        }
    }

    #[test]
    fn a_name_is_one_source_in_its_place() {
        let names: Vec<_> = TRUST.read(sources_of).concat();
        for (nth, (place, source)) in names.iter().enumerate() {
            let again = |(p, s): &&(&str, Source)| (*p, s.field, s.rule) == (*place, source.field, source.rule);
            assert_eq!(names[..nth].iter().find(again), None, "{place} {}", source.rule);
        }
        assert!(Source::said("meta", "ice").is_empty());
        let host = Source::of(Asked::Outlet, "meta", "dc.publisher").as_host();
        assert!(host.trust > Source::of(Asked::Outlet, "line", "address-lines").trust);
        assert!(Source::of(Asked::Date, "stated", "path-pattern").is_stated());
        assert!(!Source::of(Asked::Date, "record", "record").is_stated());
    }
}
