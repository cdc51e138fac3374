//! Europresse: classes tell outlet, date and headline; `©` and the number of the document stand below the text.

use super::exported::Exported;
use super::labels;
use super::line::{ExportLine, filled, joined, some};
use crate::lexicon::{self, Locale};

/// A class that names the outlet, above each article.
const OUTLET: &str = "docpublicationname";
/// A class of the headline.
const HEADLINE: &str = "titrearticle";
/// Classes of who wrote it, and of numbers below the text.
const AUTHORS: &str = "docauthor";
const NUMBER: &str = "lblnodoc";

/// Parts the day and the letters of an outlet in the number of a document: `news·20121004·PO·2040056000`.
const DOT: char = '·';

/// The number of a document, behind its label where it has one.
fn number(line: &str) -> Option<String> {
    line.split_whitespace().find(|word| word.matches(DOT).count() >= 3).map(str::to_owned)
}

pub(super) fn is(head: &[ExportLine<'_>]) -> bool {
    head.iter().any(|line| line.is_called(OUTLET)) && head.iter().any(|line| line.is_called(HEADLINE))
}

pub(super) fn starts(lines: &[ExportLine<'_>]) -> Vec<usize> {
    (0..lines.len()).filter(|at| lines[*at].is_called(OUTLET)).collect()
}

pub(super) fn read(article: &[ExportLine<'_>]) -> Exported {
    let mut found = Exported::default();
    let called = |class: &str| article.iter().filter(|line| line.is_called(class)).copied().collect::<Vec<_>>();
    // `Magazine 1, no. 5968`
    found.given.outlet = some(joined(&called(OUTLET)).split(", no").next().unwrap_or_default());
    let under = article.iter().skip_while(|line| !line.is_called(OUTLET)).skip(1);
    let head: Vec<ExportLine<'_>> = under.take_while(|line| !line.is_called(HEADLINE)).copied().collect();
    let head = head.iter().map(|line| line.text.trim().trim_end_matches(',')).collect::<Vec<_>>();
    read_head(&head.join(", "), &mut found);
    let title = called(HEADLINE);
    found.given.headline = some(&joined(&title));
    found.given.byline = some(&joined(&called(AUTHORS)));
    let Some(last) = article.iter().rposition(|line| line.is_called(HEADLINE)) else { return found };
    let ends = |line: &ExportLine<'_>| {
        let is_below = labels::named(line.text).is_some_and(|(field, _)| field.is_below());
        labels::is_rights(line.text) || is_below || line.is_called(NUMBER)
    };
    let end = (last + 1..article.len()).find(|at| ends(&article[*at])).unwrap_or(article.len());
    found.given.id = article[end..].iter().find(|line| line.text.contains(DOT)).and_then(|line| number(line.text));
    let below = article[last + 1..end].iter().filter(|line| !line.is_blank() && !line.is_called(AUTHORS));
    let mut below = below.peekable();
    if found.given.byline.is_none()
        && let Some(name) = below.next_if(|line| is_name(line.text))
    {
        found.given.byline = some(name.text);
    }
    found.text.extend(filled(below));
    found
}

/// Section, day and page of `Politique, jeudi 5 octobre 2013, p. 03` and `News, Monday, May 6, 2013`: the day is the part with a year,
/// and what stands before it where that is a year alone.
fn read_head(head: &str, found: &mut Exported) {
    let parts: Vec<&str> = head.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let Some(year) = parts.iter().position(|part| labels::has_year(part)) else { return };
    let is_weekday = |part: &str| lexicon::weekday(&part.to_lowercase(), Locale::default()).is_some();
    let is_alone = !parts[year].contains(char::is_alphabetic);
    let day = parts[..year].len() - usize::from(is_alone && year > 0);
    let first = day - usize::from(day > 0 && is_weekday(parts[day - 1]));
    found.given.date = some(labels::to_year(&parts[day..=year].join(", ")));
    found.given.section = some(&parts[..first].join(", "));
    let page = parts[year + 1..].iter().find_map(|part| labels::labelled_page(part));
    found.given.page = page.and_then(some);
}

/// Whether a line may be a name: a few words with capitals, and no full stop at the end.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    (2..=5).contains(&words.len()) && words.iter().all(capital) && !line.trim_end().ends_with(['.', '?', '!', ':'])
}
