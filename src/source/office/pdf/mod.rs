//! PDF: glyphs with their places -> words, rows, columns, paragraphs, headings -> articles.
//!
//! A library reads the file's objects (`file.rs`); what its pages draw, and in which order that is read, is told here. A paragraph is a
//! line of the text, and where a page begins in it is kept: a citation names pages.

mod blocks;
mod clippings;
mod columns;
mod file;
mod font;
mod furniture;
mod glyphs;
mod headings;
mod interpreter;
mod letters;
mod limits;
mod matrix;
mod scanned;
#[cfg(test)]
mod tests;
mod widths;
mod words;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::imprint::{self, Imprint};
use super::layout::{OfficeLayout, OfficePiece, PrintedPages, Unpacked};
use super::unreadable::Unreadable;
use crate::source::Given;
use crate::source::export;
use crate::source::markup::Stretch;
use blocks::{PrintedBlock, PrintedKind};
use clippings::Clipping;
use columns::Column;
use file::DrawnFile;
use furniture::RowPage;

/// How a PDF file begins.
pub(super) const MARK: &[u8] = b"%PDF-";
/// Bytes of a text by which an export is told.
const HEAD: usize = 64 << 10;
/// Words of a title of a document that may be a headline, at least.
const TITLE: usize = 3;

/// The text of a file, at most so many bytes, and its articles.
pub(super) fn read(bytes: &[u8], most: u64) -> Result<Unpacked, Unreadable> {
    let drawn = catch_unwind(AssertUnwindSafe(|| file::read(bytes, most)));
    let drawn =
        drawn.unwrap_or_else(|_| Err(Unreadable::damaged("the PDF file", "its objects cannot be told apart")))?;
    let title = drawn.title.clone();
    let pages = Pages::of(drawn);
    let lines = pages.blocks(true);
    let (text, starts) = lines_text(&lines);
    if export::database(&text[..text.floor_char_boundary(HEAD)]).is_some() {
        let pages = PrintedPages { starts, ..PrintedPages::default() };
        return Ok(Unpacked { text, layout: OfficeLayout::Print(pages) });
    }
    Ok(unpacked(&pages, title))
}

/// A page in reading order, and what stands around its text.
struct ColumnPage {
    columns: Vec<Column>,
    beside: Vec<String>,
}

/// The pages of a file without what stands around their text.
struct Pages {
    pages: Vec<ColumnPage>,
    /// That of most letters.
    size: f32,
    /// What the running heads of each page say.
    imprints: Vec<Imprint>,
    /// A program read them off pictures.
    is_scan: bool,
}

impl Pages {
    fn of(drawn: DrawnFile) -> Self {
        let page = |page: &glyphs::DrawnPage| {
            let (rows, beside) = words::rows(page);
            RowPage {
                rows,
                height: page.height,
                beside: Some(beside).into_iter().filter(|text| !text.is_empty()).collect(),
            }
        };
        let mut pages: Vec<RowPage> = drawn.pages.iter().map(page).collect();
        let size = most_common(&pages);
        furniture::take(&mut pages, size);
        let scanned = pages.iter().filter(|page| scanned::is_scanned(&page.rows)).count();
        let is_scan = scanned * 2 > pages.iter().filter(|page| !page.rows.is_empty()).count();
        let of_columns = |page: RowPage| {
            if is_scan {
                return ColumnPage { columns: scanned::columns(page.rows), beside: page.beside };
            }
            let mut columns = columns::columns(page.rows);
            let mut beside = page.beside;
            beside.extend(columns.iter_mut().filter_map(|column| furniture::take_head(column, page.height, size)));
            ColumnPage { columns, beside }
        };
        let pages: Vec<ColumnPage> = pages.into_iter().map(of_columns).collect();
        let said = |page: &ColumnPage| page.beside.iter().find_map(|line| imprint::read(line)).unwrap_or_default();
        let imprints = pages.iter().map(said).collect();
        Self { pages, size, imprints, is_scan }
    }

    fn blocks(&self, by_lines: bool) -> Vec<PrintedBlock> {
        let mut all = Vec::new();
        for (page, number) in self.pages.iter().zip(1..) {
            all.extend(page.beside.iter().map(|text| PrintedBlock::beside(text.clone(), number)));
            all.extend(blocks::blocks(&page.columns, number, by_lines));
        }
        // a scanned page is a record by itself
        if by_lines || self.is_scan { all } else { blocks::joined(all) }
    }
}

/// The size of most letters, to half a point.
fn most_common(pages: &[RowPage]) -> f32 {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for word in pages.iter().flat_map(|page| page.rows.iter().flatten()) {
        *sizes.entry((word.size * 2.0).round() as u32).or_default() += word.text.chars().count();
    }
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(10.0, |(size, _)| size as f32 / 2.0)
}

/// The text of an export, a block a line, a blank one where more than a line parts them, and where its pages begin.
fn lines_text(blocks: &[PrintedBlock]) -> (String, Vec<Stretch>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for block in blocks.iter().filter(|block| block.kind == PrintedKind::Text) {
        if block.apart && !text.is_empty() {
            text.push('\n');
        }
        push(block, &mut text, &mut starts);
    }
    (text, starts)
}

fn push(block: &PrintedBlock, text: &mut String, starts: &mut Vec<Stretch>) {
    starts.extend(block.pages.iter().map(|(at, page)| Stretch { at: text.len() + at, line: *page }));
    text.push_str(&block.text);
    text.push('\n');
}

/// The text of a file, a paragraph a line, and its articles.
fn unpacked(pages: &Pages, title: Option<String>) -> Unpacked {
    let blocks = pages.blocks(false);
    let has_columns = pages.pages.first().is_some_and(|page| page.columns.len() > 1);
    let clippings = match pages.is_scan {
        true => clippings::pages(&blocks),
        false => clippings::clippings(&blocks, pages.size, has_columns, &pages.imprints),
    };
    let (mut text, mut found) = (String::new(), PrintedPages::default());
    let mut bounds = Vec::with_capacity(blocks.len());
    for block in &blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        push(block, &mut text, &mut found.starts);
        bounds.push(start..text.len());
    }
    let heading =
        |clipping: &Clipping| clipping.headline.iter().map(|at| blocks[*at].text.as_str()).collect::<String>();
    let clippings: Vec<Clipping> = match clippings.len() {
        1 => clippings,
        _ => clippings.into_iter().filter(|clipping| !export::heads_contents(&heading(clipping))).collect(),
    };
    (found.is_one, found.is_scan) = (clippings.len() == 1, pages.is_scan);
    for clipping in clippings {
        let beside = clipping.blocks.clone().filter(|at| blocks[*at].kind == PrintedKind::Beside);
        found.beside.extend(beside.chain(clipping.beside.iter().copied()).map(|at| bounds[at].clone()));
        found.headings.extend(clipping.headline.iter().map(|at| bounds[*at].clone()));
        found.articles.push(piece(&clipping, &blocks, &bounds, title.as_deref()));
    }
    found.beside.sort_by_key(|range| range.start);
    found.beside.dedup();
    Unpacked { text, layout: OfficeLayout::Print(found) }
}

fn piece(
    clipping: &Clipping,
    blocks: &[PrintedBlock],
    bounds: &[std::ops::Range<usize>],
    title: Option<&str>,
) -> OfficePiece {
    let (first, last) = (clipping.blocks.start, clipping.blocks.end.saturating_sub(1));
    let range = bounds.get(first).map_or(0, |range| range.start)..bounds.get(last).map_or(0, |range| range.end);
    let page = blocks.get(first).and_then(|block| block.pages.first()).map_or(0, |(_, page)| page - 1);
    let shown: Vec<&str> = clipping.headline.iter().map(|at| blocks[*at].text.as_str()).collect();
    let stated = || title.filter(|title| is_title(title)).map(str::to_owned);
    OfficePiece {
        text: range.clone(),
        range,
        line: page,
        text_line: page,
        given: Given {
            headline: Some(shown.join(" ")).filter(|shown| !shown.is_empty()).or_else(stated),
            outlet: clipping.imprint.outlet.clone(),
            date: clipping.imprint.date.clone(),
            page: clipping.imprint.page.clone().or_else(|| printed_number(blocks, page + 1)),
            is_read: true,
            ..Given::default()
        },
    }
}

/// Figures of what is printed as the number of a page, at most.
const NUMBER: usize = 5;

/// What is printed as the number of a page (1-based): a number alone beside the text, or before a running head.
fn printed_number(blocks: &[PrintedBlock], page: u32) -> Option<String> {
    let on_page = |block: &&PrintedBlock| block.pages.first().is_some_and(|(_, on)| *on == page);
    let beside = blocks.iter().filter(on_page).filter(|block| block.kind == PrintedKind::Beside);
    let first = beside.filter_map(|block| block.text.split_whitespace().next());
    let is_number = |word: &&str| word.len() <= NUMBER && word.bytes().all(|b| b.is_ascii_digit());
    first
        .map(|word| word.trim_matches(['-', '–', '—', '|']))
        .find(|word| is_number(word) && !word.is_empty())
        .map(str::to_owned)
}

/// Whether the title of a document is that of an article, and not a name of a file.
fn is_title(title: &str) -> bool {
    let is_file =
        |word: &str| word.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && (2..=5).contains(&end.len()));
    let words: Vec<&str> = title.split_whitespace().collect();
    words.len() >= TITLE && !words.iter().any(|word| is_file(word)) && !title.contains(['_', '\\'])
}
