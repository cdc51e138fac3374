//! The articles of a document: what its headings tell.

use std::ops::Range;

use super::imprint::{self, Imprint};
use super::layout::{OfficeLayout, OfficePiece, Unpacked};
use super::paragraphs::{Document, FoundArticle, Paragraph, is_blank, one_line};
use super::press_review;
use crate::source::Given;
use crate::source::export::{has_year, heads_contents};

/// Paragraphs below a heading within which an article has its date or author.
const HEAD: usize = 3;
/// Characters of a line that is a date or an author, at most.
const SHORT: usize = 120;
/// Characters of what stands above the first article, such as the title of a collection, at most.
const COVER: usize = 300;
/// Paragraphs at the top of a document within which its properties are found again.
const TOP: usize = 6;
/// Characters around the author's name in a line that names the author, at most.
const AROUND: usize = 20;

/// The text of a document, a paragraph a line, and its articles.
pub(super) fn unpacked(document: Document) -> Unpacked {
    let text = TextOfDocument::of(&document.paragraphs);
    let layout = match press_review::articles(&document.paragraphs) {
        Some(articles) => OfficeLayout::Pieces(articles.into_iter().map(|article| text.article(article)).collect()),
        None => match sections(&document.paragraphs) {
            Some(sections) => OfficeLayout::Pieces(
                sections.into_iter().map(|section| text.section(section, &document.paragraphs)).collect(),
            ),
            None => OfficeLayout::Whole(Box::new(text.whole(&document))),
        },
    };
    Unpacked { text: text.text, layout }
}

/// The text of a document, and where its paragraphs stand.
struct TextOfDocument {
    text: String,
    /// First byte and line (0-based) of each paragraph, and of what follows the last.
    starts: Vec<(usize, u32)>,
}

impl TextOfDocument {
    fn of(paragraphs: &[Paragraph]) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(paragraphs.len() + 1);
        let mut line = 0;
        for paragraph in paragraphs {
            starts.push((text.len(), line));
            text.push_str(&paragraph.text);
            text.push('\n');
            line += 1 + paragraph.text.matches('\n').count() as u32;
        }
        starts.push((text.len(), line));
        Self { text, starts }
    }

    fn bytes(&self, paragraphs: &Range<usize>) -> Range<usize> {
        let last = self.starts.len() - 1;
        self.starts[paragraphs.start.min(last)].0..self.starts[paragraphs.end.min(last)].0
    }

    fn article(&self, found: FoundArticle) -> OfficePiece {
        let text = self.bytes(&found.text);
        let lead = self.bytes(&(found.text.start..found.text.start + found.standfirst));
        OfficePiece {
            range: self.bytes(&found.paragraphs),
            text,
            line: self.starts[found.paragraphs.start].1,
            text_line: self.starts[found.text.start.min(self.starts.len() - 1)].1,
            given: Given { standfirst: if found.standfirst > 0 { lead.len() } else { 0 }, ..found.given },
        }
    }

    fn section(&self, section: Range<usize>, paragraphs: &[Paragraph]) -> OfficePiece {
        let mut given = Given { headline: Some(one_line(&paragraphs[section.start].text)), ..Given::default() };
        let mut text = section.start + 1;
        // a clipping says under its headline where it was printed
        let first = (text..section.end).find(|at| !is_blank(&paragraphs[*at]));
        let said = first.and_then(|at| Some((at, imprint::read(&paragraphs[at].text)?)));
        if let Some((at, Imprint { outlet: Some(outlet), date, page })) = said {
            given = Given { outlet: Some(outlet), date, page, ..given };
            text = at + 1;
        }
        self.article(FoundArticle { given, text: text..section.end, paragraphs: section, ..FoundArticle::default() })
    }

    /// All of it: what its first heading and its properties say of it.
    fn whole(&self, document: &Document) -> OfficePiece {
        let paragraphs = &document.paragraphs;
        let filled = || (0..paragraphs.len()).filter(|at| !is_blank(&paragraphs[*at]));
        let top = || filled().take(TOP).map(|at| (at, one_line(&paragraphs[at].text)));
        let heading = filled().next().filter(|at| paragraphs[*at].level.is_some());
        let titled = || {
            let title = one_line(document.title.as_deref()?);
            top().find(|(_, text)| *text == title).map(|(at, _)| at)
        };
        let headline = heading.or_else(titled);
        let byline = document.author.as_deref().map(one_line).filter(|author| {
            let names =
                |text: &str| text.chars().count() <= author.chars().count() + AROUND && text.contains(author.as_str());
            author.contains(' ') && top().any(|(at, text)| Some(at) != headline && names(&text))
        });
        let from = heading.map_or(0, |at| at + 1);
        self.article(FoundArticle {
            paragraphs: 0..paragraphs.len(),
            text: from..paragraphs.len(),
            given: Given { headline: headline.map(|at| one_line(&paragraphs[at].text)), byline, ..Given::default() },
            ..FoundArticle::default()
        })
    }
}

/// The paragraphs of each article, its heading first, where a document holds several: there are some headings of one level with a text
/// under each, and either the document begins with one of them, or most have a line with a date under them.
fn sections(paragraphs: &[Paragraph]) -> Option<Vec<Range<usize>>> {
    let headings = |level: u8| {
        (0..paragraphs.len()).filter(move |at| paragraphs[*at].level == Some(level) && !is_blank(&paragraphs[*at]))
    };
    let level = (0..=9).find(|level| headings(*level).nth(1).is_some())?;
    let starts: Vec<usize> = headings(level).collect();
    let ends = starts.iter().skip(1).copied().chain([paragraphs.len()]);
    let has_text = |section: &Range<usize>| {
        let is_contents = heads_contents(&paragraphs[section.start].text);
        !is_contents && paragraphs[section.start + 1..section.end].iter().any(|p| !is_blank(p))
    };
    let sections: Vec<Range<usize>> =
        starts.iter().zip(ends).map(|(start, end)| *start..end).filter(has_text).collect();
    let above: Vec<&Paragraph> = paragraphs[..*starts.first()?].iter().filter(|p| !is_blank(p)).collect();
    if sections.len() < 2 || above.iter().map(|p| p.text.chars().count()).sum::<usize>() > COVER {
        return None;
    }
    let dated = sections.iter().filter(|section| {
        let below = paragraphs[section.start + 1..section.end].iter().filter(|p| !is_blank(p)).take(HEAD);
        below.filter(|p| p.text.chars().count() <= SHORT).any(|p| has_year(&p.text))
    });
    (above.is_empty() || dated.count() * 2 >= sections.len()).then_some(sections)
}
