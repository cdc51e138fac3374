//! A line that names who wrote the article: `By Anna Kowal, City Desk`, `Anna Kowal in Vienna`, `Words: Anna Kowal`.

use std::sync::LazyLock;

use crate::article::Confidence;
use crate::extract::leads::{self, Doubt, Led};
use crate::extract::names::{self, Outlets};
use crate::extract::trust::Source;
use crate::extract::words::is_all_caps;
use crate::extract::{date, stamp};
use crate::lexicon::{self, Locale};

/// Words for people's work that stand beside a name.
static DESKS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::ROLES.labelled("desk"));
/// Words for a paper's own people, in place of a name.
static STAFF: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::ROLES.labelled("staff"));

/// What says that a line names who wrote the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Grounds {
    /// A word such as `By` before names with capitals.
    Word,
    /// Such a word with a colon before names in a script without capitals.
    Colon,
    /// Such a word without it, before or behind names like that: any short line may begin so.
    Weakly,
    /// Its shape.
    Shape,
    /// Its shape, though its first word may be a lead of another language.
    Doubtfully,
}

/// A line that names who wrote the article.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::extract) struct Byline<'t> {
    /// The names as printed; empty where only an organisation is named.
    pub names: &'t str,
    /// Organisations named beside or in place of people.
    pub organisations: Vec<&'t str>,
    /// A date printed on the same line.
    pub date: Option<&'t str>,
    pub told: Grounds,
}

impl Byline<'_> {
    /// Whether a word of the line says that it names who wrote the article.
    pub(in crate::extract) fn is_led(&self) -> bool {
        matches!(self.told, Grounds::Word | Grounds::Colon)
    }

    /// How sure the names are.
    pub(in crate::extract) fn confidence(&self, source: Source) -> Confidence {
        if self.told == Grounds::Doubtfully { Confidence::Low } else { source.confidence }
    }
}

/// Reads a line as a byline.
pub(in crate::extract) fn read<'t>(line: &'t str, locale: Locale, outlets: Outlets<'_>) -> Option<Byline<'t>> {
    if line.len() > 160 {
        return None;
    }
    let Bare { rest, lead, tail, doubt, date } = bare(line, locale)?;
    let led = lead.is_some();
    let mut parts = rest
        .split([',', '|', '•', '·', ';', '،', '、'])
        .flat_map(|p| p.split(" - "))
        .flat_map(|p| p.split(" – "))
        .map(str::trim)
        .filter(|p| !p.is_empty());
    let (first, agency) = without_agency(parts.next()?, led);
    let (people, place) = [" in ", " at "]
        .iter()
        .find_map(|word| first.split_once(word))
        .map_or((first, None), |(people, place)| (people, Some(place)));
    let placed =
        place.is_some_and(|p| p.split_whitespace().count() <= 4 && p.chars().next().is_some_and(char::is_uppercase));
    let (people, of) = people.split_once(" for ").map_or((people, None), |(people, of)| (people, Some(of)));
    let others: Vec<&str> = parts.collect();
    let told = told(people, lead, tail, doubt);
    let are_people = |text: &str| are_people(text, matches!(told, Grounds::Colon | Grounds::Weakly));
    let city = matches!(told, Grounds::Shape | Grounds::Doubtfully) && names::is_city(people);
    if city || !are_people(people) {
        let organisation = led && (names::agency(first).is_some() || outlets.named(first).is_some() || is_staff(first));
        let organisations = std::iter::once(first).chain(others).collect();
        return organisation.then_some(Byline { names: "", organisations, date, told });
    }
    let described = others.iter().all(|o| o.split_whitespace().count() <= 6);
    // Without `By`, what stands beside the name is a desk, a role or a place.
    let beside = |o: &&str| {
        is_desk(o) || (o.split_whitespace().count() <= 2 && o.chars().next().is_some_and(char::is_uppercase))
    };
    let few = leads::split_names(people).iter().all(|p| p.split_whitespace().count() <= 3) && !is_all_caps(people);
    let enough = led || few && (of.is_none() && others.len() <= 1 && others.iter().all(beside));
    // Several names may be parted by commas: `By Anna Kowal, Tom Reid and Lena Ortiz`.
    let more = others.iter().take_while(|o| led && are_people(leads::without_joiner(o)) && !is_desk(o)).count();
    let names = if more > 0 { span_of(rest, people, others[more - 1]) } else { people };
    let organisations = others.iter().skip(more).copied().chain(of).chain(agency).collect();
    ((place.is_none() || placed) && described && enough).then_some(Byline { names, organisations, date, told })
}

/// A line without what stands around its names.
struct Bare<'t> {
    rest: &'t str,
    lead: Option<Led<'t>>,
    /// Words stood behind the names that say so.
    tail: bool,
    doubt: Doubt,
    date: Option<&'t str>,
}

/// Takes the lead and the date off a line; none where a word that no name begins with is no lead here.
fn bare(line: &str, locale: Locale) -> Option<Bare<'_>> {
    // Of `Words: A    Pictures: B` the words count.
    let line = line.split("  ").next().unwrap_or(line);
    let line = line.trim_matches(['*', '_', '–', '—', '-', '|', '•', '(', ')', '[', ']', ' ']);
    // `Published 27 June 2018 by Anna Kowal`
    let dated = date::behind_date(line, locale).filter(|(_, rest)| leads::behind_lead(rest, locale).is_some());
    let (front, line) = dated.map_or((None, line), |(date, rest)| (Some(date), rest));
    let lead = leads::behind_lead(line, locale);
    let rest = lead.map_or(line, |lead| lead.rest).trim();
    let (rest, date) = split_date(rest, locale);
    let date = date.or(front);
    let rest = rest.trim_end_matches([',', '|', '-', '–', '—', '•', '·', ' ', ':', '/', ';']);
    let rest = date.map_or(rest, |_| date::before_label(rest)).trim_end_matches([',', '|', '-', ' ']);
    let tail = leads::before_tail(rest);
    let doubt = if lead.is_some() || tail.is_some() { Doubt::None } else { leads::doubt(line, locale) };
    let bare = Bare { rest: tail.unwrap_or(rest), lead, tail: tail.is_some(), doubt, date };
    (doubt != Doubt::Great).then_some(bare)
}

/// What says that a line names people.
fn told(people: &str, lead: Option<Led<'_>>, tail: bool, doubt: Doubt) -> Grounds {
    match lead {
        _ if tail => Grounds::Weakly,
        None if doubt == Doubt::Some => Grounds::Doubtfully,
        None => Grounds::Shape,
        Some(_) if !people.starts_with(names::is_caseless) => Grounds::Word,
        Some(lead) if lead.colon => Grounds::Colon,
        Some(_) => Grounds::Weakly,
    }
}

/// Whether a line says by a word of its own who wrote the article.
pub(in crate::extract) fn is_signed(line: &str, locale: Locale, outlets: Outlets<'_>) -> bool {
    read(line, locale, outlets).is_some_and(|byline| byline.is_led())
}

/// The date at the end of a line that begins as a byline does, whoever it names: `By Team Quay | June 4, 2019`.
pub(in crate::extract) fn led_date(line: &str, locale: Locale) -> Option<&str> {
    let short = line.len() <= 160 && stamp::has_digit(line);
    let bare = short.then(|| bare(line, locale)).flatten()?;
    bare.date.filter(|_| bare.lead.is_some() && bare.rest.split_whitespace().count() <= 8)
}

/// Names without the agency in brackets or behind a slash: `Karin Möller (dpa)`, `dpa/Karin Möller`. Behind a lead any few words
/// in brackets are none of the name.
fn without_agency(first: &str, led: bool) -> (&str, Option<&str>) {
    let is_agency = |text: &str| names::agency(text.trim()).is_some();
    if let Some((names, inside)) = first.split_once(" (") {
        let inside = inside.trim_end_matches(')');
        let fits = is_agency(inside) || (led && inside.split_whitespace().count() <= 4);
        return if fits { (names.trim_end(), Some(inside)) } else { (first, None) };
    }
    let (Some((before, last)), Some((start, behind))) = (first.rsplit_once('/'), first.split_once('/')) else {
        return (first, None);
    };
    if is_agency(last) {
        (before.trim_end(), Some(last))
    } else if is_agency(start) {
        (behind.trim_start(), Some(start))
    } else {
        (first, None)
    }
}

/// The slice of `whole` from `first` through `last`, both slices of it.
fn span_of<'t>(whole: &'t str, first: &str, last: &str) -> &'t str {
    let at = |part: &str| part.as_ptr() as usize - whole.as_ptr() as usize;
    &whole[at(first)..at(last) + last.len()]
}

/// Whether a text is names of people, joined by `and`; `caseless`: also in a script without capitals.
fn are_people(text: &str, caseless: bool) -> bool {
    let is_name = |name: &str| names::is_person_like(name) || (caseless && names::is_caseless_name(name));
    leads::split_names(text).iter().all(|part| is_name(part.trim()))
}

/// Whether a line is nothing but names of people, as above an article without its headline.
pub(in crate::extract) fn is_names(line: &str) -> bool {
    let few = |part: &str| part.split_whitespace().count() <= 3;
    line.len() <= 120
        && line
            .split(',')
            .map(|part| leads::without_joiner(part.trim()))
            .filter(|part| !part.is_empty())
            .all(|part| are_people(part, false) && leads::split_names(part).into_iter().all(few))
}

fn is_desk(text: &str) -> bool {
    let lower = text.to_lowercase();
    DESKS.iter().any(|word| lower.contains(word))
}

pub(super) fn is_staff(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.split_whitespace().count() <= 5 && STAFF.iter().any(|word| lower.contains(word))
}

/// Parts a date from the end of a line.
fn split_date(text: &str, locale: Locale) -> (&str, Option<&str>) {
    if !stamp::has_digit(text) {
        return (text, None);
    }
    let starts =
        text.char_indices().filter(|(at, _)| *at > 0 && text[..*at].ends_with([' ', '|', ','])).map(|(at, _)| at);
    for at in starts {
        if stamp::read(&text[at..], false, locale).is_some() {
            return (text[..at].trim_end(), Some(&text[at..]));
        }
    }
    (text, None)
}

/// The names of a line that is nothing but them and a date: `Anna Kowal · Published 27 June 2018`, `27 June 2018 | Anna Kowal`.
pub(in crate::extract) fn beside_date<'t>(line: &'t str, locale: Locale, outlets: Outlets<'_>) -> Option<&'t str> {
    let fits = |byline: &Byline<'_>| {
        let known = || outlets.is_like(byline.names) || names::agency(byline.names).is_some();
        let alone = byline.organisations.is_empty() && byline.told == Grounds::Shape && !byline.names.is_empty();
        alone && !known()
    };
    if let Some(byline) = read(line, locale, outlets) {
        return (byline.date.is_some() && fits(&byline)).then_some(byline.names);
    }
    let (_, rest) = date::behind_date(line, locale)?;
    let rest = rest.trim_start_matches(|c: char| c == ' ' || PARTING.contains(&c));
    read(rest, locale, outlets).filter(|byline| byline.date.is_none() && fits(byline)).map(|byline| byline.names)
}

/// Marks between a date and a name.
const PARTING: &[char] = &['|', '•', '·', '-', '–', '—', ',', '/'];
