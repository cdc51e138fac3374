//! Press reviews that are pages: a list of clippings of several papers, each a title, a line of its source (`Eigen artikel / Trouw /
//! 21-06-2013 / (004)`) and the first lines of its text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::exported::Exported;
use super::labels;
use super::line::{ExportLine, filled, some};
use crate::source::Given;

/// What parts the source of a clipping.
const PARTER: &str = " / ";
/// Clippings that make a list, and papers that they come from, at least: a paper's own list has one.
const FEWEST: (usize, usize) = (5, 3);
/// Characters of what is no title, at most.
const MARK: usize = 2;
/// Characters of a title, and of a line of a source, at most.
const LONGEST: usize = 250;

/// Whether a page may be such a list: what is looked at before its lines are.
pub(super) fn may_be(text: &str) -> bool {
    text.match_indices(PARTER).nth(FEWEST.0).is_some()
}

/// The articles of a list, by lines; none where the page is something else.
pub(super) fn articles(lines: &[ExportLine<'_>]) -> Option<Vec<Range<usize>>> {
    let sources: Vec<(usize, String)> =
        (0..lines.len()).filter_map(|at| Some((at, source(lines[at].text)?.given.outlet?))).collect();
    let papers: BTreeSet<&str> = sources.iter().map(|(_, outlet)| outlet.as_str()).collect();
    if sources.len() < FEWEST.0 || papers.len() < FEWEST.1 {
        return None;
    }
    // a letter alone beside a title is a mark
    let title = |source: usize| (0..source).rev().find(|at| lines[*at].text.trim().chars().count() > MARK);
    let starts: Option<Vec<usize>> = sources.iter().map(|(source, _)| title(*source)).collect();
    let starts = starts.filter(|starts| starts.iter().all(|at| lines[*at].text.chars().count() <= LONGEST))?;
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    Some(starts.iter().zip(ends).map(|(start, end)| *start..end).collect())
}

pub(super) fn read(lines: &[ExportLine<'_>]) -> Exported {
    let below = (1..lines.len()).find(|at| source(lines[*at].text).is_some());
    let mut found = below.and_then(|at| source(lines[at].text)).unwrap_or_default();
    found.given.headline = some(lines[0].text);
    found.text.extend(below.and_then(|at| filled(&lines[at + 1..])));
    found
}

/// Outlet, day and page of a line of a source: the outlet stands before the day, the page in brackets behind it.
fn source(line: &str) -> Option<Exported> {
    let parts: Vec<&str> = line.trim().split(PARTER.trim()).map(str::trim).collect();
    let day = parts.iter().position(|part| is_day(part)).filter(|at| *at > 0 && line.chars().count() <= LONGEST)?;
    let outlet = parts[day - 1];
    let page = parts[day + 1..].iter().map(|part| part.trim_matches(['(', ')', ' '])).find(|part| is_page(part));
    let is_name = outlet.contains(char::is_alphabetic);
    let page = page.map(|page| labels::labelled_page(page).unwrap_or(page).to_owned());
    let given = Given { outlet: some(outlet), date: some(parts[day]), page, ..Given::default() };
    is_name.then(|| Exported { given, ..Exported::default() })
}

/// `21-06-2013`, `21.6.2013`, `2013-06-21`, `21 juni 2013`.
fn is_day(part: &str) -> bool {
    let figures = part.split(|c: char| !c.is_ascii_digit()).filter(|figures| !figures.is_empty()).count();
    labels::has_year(part) && part.chars().count() <= 30 && (figures == 3 || (figures == 2 && part.contains(' ')))
}

fn is_page(part: &str) -> bool {
    labels::labelled_page(part).is_some()
        || (!part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn a_list_of_several_papers_is_its_clippings() {
        let clipping = |n: usize, paper: &str| {
            format!("Ferry {n} stays in port\nP\nown / {paper} / {n}-06-2013 / (00{n})\n\nIt was cold.\n\n")
        };
        let papers = ["Trouw", "The Tamsin Post", "Trouw", "Kell Courier", "Trouw"];
        let list: String = papers.iter().zip(1..).map(|(paper, n)| clipping(n, paper)).collect();
        let text = format!("Folder\n\nSources / all\n\n{list}");
        let all = lines(&text, 1);
        let found = articles(&all).expect("a list");
        assert_eq!(found.len(), 5);
        let second = read(&all[found[1].clone()]);
        let fields = [second.given.headline, second.given.outlet, second.given.date, second.given.page]
            .map(Option::unwrap_or_default);
        assert_eq!(fields, ["Ferry 2 stays in port", "The Tamsin Post", "2-06-2013", "002"]);
        assert_eq!(second.text.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), ["It was cold."]);
        // a paper's own list is a page
        assert!(
            articles(&lines(&text.replace("The Tamsin Post", "Trouw").replace("Kell Courier", "Trouw"), 1)).is_none()
        );
    }
}
