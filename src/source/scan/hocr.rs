//! hOCR: a page of HTML whose classes say what its elements are on the printed page.

use super::page::{BlockUse, ScanBlock, ScanLine, ScanPage, WordPlace};
use super::tree::ScanTree;
use crate::article::PagePicture;
use crate::source::xml::Plain;

const LINES: &[&str] = &["ocr_line", "ocrx_line", "ocr_textfloat", "ocr_caption"];
const BESIDE: &[&str] = &["ocr_header", "ocr_footer", "ocr_pageno"];
const HEADINGS: &[&str] = &["ocr_title", "ocr_chapter", "ocr_section"];

/// Marks in tags that are looked at, to tell a file by its beginning.
const LOOKED_AT: usize = 16;

/// Whether a page of HTML is one: some element says that it is a printed page. A text about hOCR has that outside of its tags.
pub(super) fn is(head: &str) -> bool {
    let in_tag = |at: usize| {
        let before = &head[..at];
        before.rfind('<').is_some_and(|open| !before[open..].contains('>') && before[open..].contains("class"))
    };
    head.match_indices("ocr_page").take(LOOKED_AT).any(|(at, _)| in_tag(at))
}

/// The pages of a file.
pub(super) fn pages(tree: &ScanTree<'_>) -> Vec<ScanPage> {
    (0..tree.nodes.len()).filter(|at| has(tree, *at, &["ocr_page"])).map(|at| page(tree, at)).collect()
}

fn has(tree: &ScanTree<'_>, at: usize, classes: &[&str]) -> bool {
    let Some(own) = tree.attribute(at, "class") else { return false };
    tree.text[own].split_ascii_whitespace().any(|class| classes.contains(&class))
}

fn page(tree: &ScanTree<'_>, page: usize) -> ScanPage {
    let mut blocks: Vec<(usize, ScanBlock)> = Vec::new();
    for at in page + 1..tree.nodes[page].end {
        let is_beside = has(tree, at, BESIDE);
        let holds_lines = |at: usize| (at + 1..tree.nodes[at].end).any(|inner| has(tree, inner, LINES));
        if !has(tree, at, LINES) && (!is_beside || holds_lines(at)) {
            continue;
        }
        let around = || std::iter::once(at).chain(tree.around(at)).take_while(|around| *around > page);
        // lines of one paragraph, else of one area
        let of = |class: &str| around().find(|around| has(tree, *around, &[class]));
        let block = of("ocr_par").or_else(|| of("ocr_carea")).unwrap_or(at);
        if blocks.last().is_none_or(|(last, _)| *last != block) {
            let kind = match () {
                () if around().any(|around| has(tree, around, BESIDE)) => BlockUse::Beside,
                () if around().any(|around| has(tree, around, HEADINGS)) => BlockUse::Heading,
                () => BlockUse::Text,
            };
            let number = number(tree, at).map(|word| (word, numbered(tree, word)));
            blocks.extend(number);
            let ids = tree.value(block, "id").into_iter().collect();
            blocks.push((block, ScanBlock { kind, ids, ..ScanBlock::default() }));
        }
        if let Some((_, block)) = blocks.last_mut() {
            block.lines.push(line(tree, at));
        }
    }
    let image = tree.value(page, "title").and_then(|title| image(&title)).unwrap_or_default();
    ScanPage {
        span: tree.span(page),
        blocks: blocks.into_iter().map(|(_, block)| block).collect(),
        picture: PagePicture { image, unit: "pixel".to_owned() },
        number: None,
    }
}

/// The picture that the title of a page names: `image "alice_1.png"; bbox 0 0 2488 3507`.
fn image(title: &str) -> Option<String> {
    let behind = title.split(';').find_map(|part| part.trim().strip_prefix("image"))?;
    Some(behind.trim().trim_matches(['"', '\'']).to_owned()).filter(|name| !name.is_empty())
}

/// A line by its words, else by the text between its tags.
fn line(tree: &ScanTree<'_>, at: usize) -> ScanLine {
    let mut line = ScanLine::default();
    let number = number(tree, at);
    let mut words = words(tree, at).filter(|word| Some(*word) != number).peekable();
    if words.peek().is_none() {
        push_text(tree, at, &mut line);
    }
    words.for_each(|word| push_text(tree, word, &mut line));
    line
}

fn words<'s>(tree: &'s ScanTree<'_>, line: usize) -> impl Iterator<Item = usize> + 's {
    (line + 1..tree.nodes[line].end).filter(|word| has(tree, *word, &["ocrx_word", "ocr_word"]))
}

/// The number of a chapter or page before a line: it stands further from the words than they from each other.
fn number(tree: &ScanTree<'_>, line: usize) -> Option<usize> {
    let mut words = words(tree, line);
    let [number, first, second] = [words.next()?, words.next()?, words.next()?];
    let is_number = tree.plain(number)?.bytes().all(|b| b.is_ascii_digit());
    let [(_, end), (start, first_end), (second, _)] = [edges(tree, number)?, edges(tree, first)?, edges(tree, second)?];
    (is_number && start - end > 2 * (second - first_end).max(1)).then_some(number)
}

/// Left and right edge of a word on the page.
fn edges(tree: &ScanTree<'_>, word: usize) -> Option<(i64, i64)> {
    let [left, _, right, _] = bounds(&tree.value(word, "title")?)?;
    Some((left.into(), right.into()))
}

/// Left, top, right and bottom of `bbox 959 531 1383 585; x_wconf 93`.
fn bounds(title: &str) -> Option<[i32; 4]> {
    let figures = title.split("bbox ").nth(1)?.split([' ', ';']).map_while(|figure| figure.parse().ok());
    figures.take(4).collect::<Vec<i32>>().try_into().ok()
}

/// Where an element stands, and how sure it was read: `x_wconf` goes from 0 to 100.
fn place(tree: &ScanTree<'_>, at: usize) -> Option<WordPlace> {
    let title = tree.value(at, "title")?;
    let sure = title.split("x_wconf ").nth(1).and_then(|rest| rest.split([' ', ';']).next()?.parse::<f32>().ok());
    let confidence = sure.filter(|sure| (0.0..=100.0).contains(sure)).map(|sure| sure.round() as u8);
    Some(WordPlace::between(bounds(&title)?, confidence))
}

/// A number as a block of its own.
fn numbered(tree: &ScanTree<'_>, word: usize) -> ScanBlock {
    let mut line = ScanLine::default();
    push_text(tree, word, &mut line);
    ScanBlock { kind: BlockUse::Beside, lines: vec![line], ..ScanBlock::default() }
}

fn push_text(tree: &ScanTree<'_>, at: usize, line: &mut ScanLine) {
    let inside = tree.nodes[at].inside.clone();
    let raw = &tree.text[inside.clone()];
    if !raw.contains('<') {
        return line.push(raw, inside.start, place(tree, at));
    }
    for segment in Plain::of(raw, inside.start).segments {
        line.push(&tree.text[segment.start..segment.start + segment.length], segment.start, place(tree, at));
    }
}
