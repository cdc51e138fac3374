//! PAGE XML: regions with a type, in an order that the file states, their text in lines or words.

use super::page::{BlockUse, ScanBlock, ScanLine, ScanPage, WordPlace};
use super::tree::ScanTree;
use crate::article::PagePicture;

/// Types of regions that are none of the text.
const BESIDE: &[&str] = &["header", "footer", "page-number", "signature-mark", "catch-word", "marginalia"];

/// The pages of a file.
pub(super) fn pages(tree: &ScanTree<'_>) -> Vec<ScanPage> {
    tree.all("page").map(|at| page(tree, at)).collect()
}

fn page(tree: &ScanTree<'_>, page: usize) -> ScanPage {
    let mut order = Vec::new();
    if let Some(stated) = tree.within(page, "readingorder").next() {
        follow(tree, stated, &mut order);
    }
    let blocks = tree.within(page, "textregion").map(|at| ScanBlock {
        ids: tree.value(at, "id").into_iter().collect(),
        kind: kind(&tree.value(at, "type").unwrap_or_default()),
        lines: lines(tree, at),
        ..ScanBlock::default()
    });
    let image = tree.value(page, "imagefilename").unwrap_or_default();
    let picture = PagePicture { image, unit: "pixel".to_owned() };
    let mut page = ScanPage { span: tree.span(page), blocks: blocks.collect(), picture, number: None };
    page.order(&order);
    one_heading(&mut page);
    page
}

fn kind(name: &str) -> BlockUse {
    match name {
        "heading" => BlockUse::Heading,
        "drop-capital" => BlockUse::Initial,
        name if BESIDE.contains(&name) => BlockUse::Beside,
        _ => BlockUse::Text,
    }
}

/// The regions of an order, group by group; those with an index by that.
fn follow(tree: &ScanTree<'_>, group: usize, order: &mut Vec<String>) {
    let mut members: Vec<(u64, usize)> = tree
        .children(group)
        .map(|at| (tree.value(at, "index").and_then(|index| index.parse().ok()).unwrap_or(u64::MAX), at))
        .collect();
    members.sort_by_key(|(index, _)| *index);
    for (_, at) in members {
        order.extend(tree.value(at, "regionref"));
        follow(tree, at, order);
    }
}

fn lines(tree: &ScanTree<'_>, region: usize) -> Vec<ScanLine> {
    let printed: Vec<ScanLine> =
        tree.children(region).filter(|at| tree.name(*at) == "textline").map(|at| line(tree, at)).collect();
    if printed.iter().any(|line| !line.text.is_empty()) {
        return printed;
    }
    let Some(unicode) = unicode(tree, region) else { return Vec::new() };
    let inside = tree.nodes[unicode].inside.clone();
    let mut start = inside.start;
    let lines = tree.text[inside].split_inclusive('\n').map(|raw| {
        let mut line = ScanLine::default();
        line.push(raw, start, place(tree, region));
        start += raw.len();
        line
    });
    lines.collect()
}

/// A line by its own text, else by that of its words.
fn line(tree: &ScanTree<'_>, at: usize) -> ScanLine {
    let mut line = ScanLine::default();
    let words: Vec<usize> = tree.children(at).filter(|word| tree.name(*word) == "word").collect();
    let own = match unicode(tree, at) {
        Some(own) => vec![(at, own)],
        None => words.iter().filter_map(|word| Some((*word, unicode(tree, *word)?))).collect(),
    };
    for (of, unicode) in own {
        let inside = tree.nodes[unicode].inside.clone();
        line.push(&tree.text[inside.clone()], inside.start, place(tree, of));
    }
    // words that stand in the line's own text, where each of them is told by itself
    if line.words.len() == words.len() {
        line.words.iter_mut().zip(words).for_each(|(word, at)| word.place = place(tree, at).or(word.place));
    }
    line
}

/// Where an element stands: the box around its points, `552,1086 713,1086 713,1123 552,1123`, with how sure it was read.
fn place(tree: &ScanTree<'_>, at: usize) -> Option<WordPlace> {
    let coords = tree.children(at).find(|child| tree.name(*child) == "coords")?;
    let points = tree.value(coords, "points")?;
    let points = points.split_whitespace().filter_map(|point| {
        let (x, y) = point.split_once(',')?;
        Some((x.parse::<i32>().ok()?, y.parse::<i32>().ok()?))
    });
    let around = |[left, top, right, bottom]: [i32; 4], (x, y): (i32, i32)| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    };
    let bounds = points.map(|(x, y)| [x, y, x, y]).reduce(|bounds, [x, y, ..]| around(bounds, (x, y)))?;
    let reading = tree.children(at).find(|child| tree.name(*child) == "textequiv");
    let sure = reading.and_then(|at| tree.value(at, "conf")).and_then(|sure| sure.parse::<f32>().ok());
    let confidence = sure.filter(|sure| (0.0..=1.0).contains(sure)).map(|sure| (sure * 100.0).round() as u8);
    Some(WordPlace::between(bounds, confidence))
}

/// The first of the readings of an element, by their index, that says something.
fn unicode(tree: &ScanTree<'_>, of: usize) -> Option<usize> {
    let readings = tree.children(of).filter(|at| tree.name(*at) == "textequiv");
    let index = |at: &usize| tree.value(*at, "index").and_then(|index| index.parse::<u64>().ok()).unwrap_or(0);
    let reading = readings.filter_map(|at| Some((index(&at), tree.within(at, "unicode").next()?)));
    let says = |at: usize| !tree.text[tree.nodes[at].inside.clone()].trim().is_empty();
    reading.filter(|(_, at)| says(*at)).min_by_key(|(index, _)| *index).map(|(_, at)| at)
}

/// Of the headings above the first text, the one of most words is the article's; a paper's name and a day stand there too.
fn one_heading(page: &mut ScanPage) {
    let is_text = |block: &ScanBlock| block.kind == BlockUse::Text && !block.is_blank();
    let top = page.blocks.iter().position(is_text).unwrap_or(page.blocks.len());
    let words = |at: &usize| page.blocks[*at].plain().split_whitespace().count();
    let headings: Vec<usize> = (0..top).filter(|at| page.blocks[*at].kind == BlockUse::Heading).collect();
    let most = headings.iter().copied().rev().max_by_key(words);
    for at in 0..page.blocks.len() {
        let block = &mut page.blocks[at];
        if block.kind == BlockUse::Heading && Some(at) != most {
            block.kind = if at < top { BlockUse::Beside } else { BlockUse::Text };
        }
    }
    // a reference in brackets between heading and text
    let text = page.blocks.get_mut(top).filter(|_| most.is_some());
    let is_reference = |text: &str| text.starts_with('(') && text.ends_with(')');
    if let Some(block) = text.filter(|block| block.lines.len() == 1 && is_reference(&block.plain())) {
        block.kind = BlockUse::Beside;
    }
}
