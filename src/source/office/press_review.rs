//! A press review as agencies make it: `"Paper" vom 23.10.2017 Seite: 2` above each article, a field under it.

use super::paragraphs::{FoundArticle, Paragraph, is_blank, one_line};
use crate::source::Given;
use crate::source::export::{is_head_field, labelled_page, section};

/// Characters of a line of its source, at most.
const LONGEST: usize = 200;
/// Characters of a line above a headline, at most.
const KICKER: usize = 160;
/// Paragraphs that introduce a text, at most.
const MOST_LEADS: usize = 3;
/// Words of a line that names an author, at most.
const AUTHOR: usize = 5;
/// Filled lines under the source within which the headline stands.
const HEAD: usize = 8;

/// The articles of a press review; none where the document is something else.
pub(super) fn articles(paragraphs: &[Paragraph]) -> Option<Vec<FoundArticle>> {
    let filled: Vec<usize> = (0..paragraphs.len()).filter(|at| !is_blank(&paragraphs[*at])).collect();
    let is_source =
        |pair: &&[usize]| source(&paragraphs[pair[0]].text).is_some() && is_head_field(paragraphs[pair[1]].text.trim());
    let starts: Vec<usize> = filled.windows(2).filter(is_source).map(|pair| pair[0]).collect();
    let ends = starts.iter().skip(1).copied().chain([paragraphs.len()]);
    let all: Vec<FoundArticle> =
        starts.iter().zip(ends).filter_map(|(start, end)| article(paragraphs, *start, end)).collect();
    (!all.is_empty()).then_some(all)
}

/// Outlet, date and page of a line `"Paper" Nr. 5 vom 23.10.2017 Seite: 2`.
fn source(line: &str) -> Option<Given> {
    let line = line.trim();
    let inside = line.strip_prefix(['"', '„', '“', '«', '»']).filter(|_| line.chars().count() <= LONGEST)?;
    let (name, rest) = inside.split_once(['"', '“', '”', '«', '»'])?;
    let is_date = |word: &&str| {
        let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let date = rest.split_whitespace().map(|word| word.trim_end_matches(',')).find(is_date)?;
    let behind = rest.split_once(date).map_or("", |(_, behind)| behind);
    let page = labelled_page(behind).map(str::to_owned);
    Some(Given { outlet: Some(one_line(name)), date: Some(date.to_owned()), page, ..Given::default() })
}

fn article(paragraphs: &[Paragraph], start: usize, end: usize) -> Option<FoundArticle> {
    let source = source(&paragraphs[start].text)?;
    let filled: Vec<usize> = (start + 1..end).filter(|at| !is_blank(&paragraphs[*at])).collect();
    let fields = filled.iter().take_while(|at| is_head_field(paragraphs[**at].text.trim())).count();
    let head = &filled[fields..filled.len().min(fields + HEAD)];
    let bold = head.iter().copied().find(|at| paragraphs[*at].bold);
    let short = |at: &usize| paragraphs[*at].text.chars().count() <= KICKER;
    let title = bold.or_else(|| head.iter().copied().take_while(short).last()).or(head.first().copied())?;
    let section = filled[..fields].iter().find_map(|at| section(&paragraphs[*at].text));
    let below: Vec<usize> = filled.iter().copied().filter(|at| *at > title).collect();
    // a title that was cut for the list stands whole below
    let cut = one_line(&paragraphs[title].text);
    let is_whole = |at: &usize| {
        let whole = one_line(&paragraphs[*at].text);
        cut.strip_suffix("...").or(cut.strip_suffix('…')).is_some_and(|cut| whole.starts_with(cut.trim_end()))
    };
    let whole = below.first().copied().filter(|at| short(at) && is_whole(at));
    let title = whole.unwrap_or(title);
    let below = &below[usize::from(whole.is_some())..];
    // what is short above the first long paragraph introduces it
    let lead = below.iter().take_while(|at| short(at) && !is_author(&paragraphs[**at].text)).count();
    let lead = if lead <= MOST_LEADS && below.get(lead).is_some() { lead } else { 0 };
    let text = below.first().copied().unwrap_or(end);
    Some(FoundArticle {
        paragraphs: start..end,
        text: text..end,
        standfirst: below.get(lead).map_or(0, |first| if lead > 0 { first - text } else { 0 }),
        given: Given { headline: Some(one_line(&paragraphs[title].text)), section, ..source },
    })
}

/// Whether a line may name who wrote the text: a few words, the first in lower case.
fn is_author(line: &str) -> bool {
    line.split_whitespace().count() <= AUTHOR && line.trim().starts_with(char::is_lowercase)
}
