//! ALTO, of every version: a `String` a word, its text in an attribute.

use rustc_hash::FxHashMap;

use super::page::{BlockUse, ScanBlock, ScanLine, ScanPage, WordPlace};
use super::tree::ScanTree;
use crate::article::PagePicture;

/// What stands around the print space.
const MARGINS: &[&str] = &["topmargin", "bottommargin", "leftmargin", "rightmargin"];

/// The pages of a file.
pub(super) fn pages(tree: &ScanTree<'_>) -> Vec<ScanPage> {
    let styles = styles(tree);
    let order: Vec<String> = tree.all("elementref").filter_map(|at| tree.value(at, "ref")).collect();
    let mut pages: Vec<ScanPage> = tree.all("page").map(|at| page(tree, at, &styles)).collect();
    pages.iter_mut().for_each(|page| page.order(&order));
    pages
}

/// How letters of a style look: their size, and whether they are bold.
fn styles(tree: &ScanTree<'_>) -> FxHashMap<String, String> {
    let style = |at: usize| {
        let look = ["fontsize", "fontstyle", "fontfamily"].map(|name| tree.value(at, name).unwrap_or_default());
        Some((tree.value(at, "id")?, look.join(" ")))
    };
    tree.all("textstyle").filter_map(style).collect()
}

fn page(tree: &ScanTree<'_>, page: usize, styles: &FxHashMap<String, String>) -> ScanPage {
    let blocks = tree.within(page, "textblock").map(|at| {
        let around = || tree.around(at).take_while(|around| *around >= page);
        let is_beside = around().any(|around| MARGINS.contains(&tree.name(around)));
        let ids = std::iter::once(at).chain(around()).filter_map(|at| tree.value(at, "id")).collect();
        let look = |at: usize| tree.value(at, "stylerefs")?.split(' ').find_map(|style| styles.get(style).cloned());
        let string = tree.within(at, "string").next();
        let line = tree.within(at, "textline").next();
        ScanBlock {
            ids,
            kind: if is_beside { BlockUse::Beside } else { BlockUse::Text },
            lines: tree.within(at, "textline").map(|line| text_line(tree, line)).collect(),
            look: [string, line, Some(at)].into_iter().flatten().find_map(look),
            next: tree.value(at, "idnext"),
            ..ScanBlock::default()
        }
    });
    let number = tree.value(page, "printed_img_nr");
    ScanPage { span: tree.span(page), blocks: blocks.collect(), number, picture: picture(tree) }
}

/// The picture that a file names, and what its places are measured in.
fn picture(tree: &ScanTree<'_>) -> PagePicture {
    let first = |name: &str| tree.all(name).find_map(|at| tree.plain(at)).unwrap_or_default();
    PagePicture { image: first("filename"), unit: first("measurementunit") }
}

/// Where a word stands, and how sure it was read: `WC` goes from 0 to 1.
fn place(tree: &ScanTree<'_>, word: usize) -> Option<WordPlace> {
    let confidence = tree.value(word, "wc").and_then(|sure| sure.parse::<f32>().ok());
    let confidence = confidence.filter(|sure| (0.0..=1.0).contains(sure)).map(|sure| (sure * 100.0).round() as u8);
    WordPlace::of(["hpos", "vpos", "width", "height"].map(|name| tree.value(word, name)), confidence)
}

fn text_line(tree: &ScanTree<'_>, at: usize) -> ScanLine {
    let mut line = ScanLine::default();
    let (mut whole, mut is_cut) = (None, false);
    for child in tree.children(at) {
        match tree.name(child) {
            "string" => {
                let Some(content) = tree.attribute(child, "content") else { continue };
                line.push(&tree.text[content.clone()], content.start, place(tree, child));
                is_cut = tree.value(child, "subs_type").is_some_and(|part| part.eq_ignore_ascii_case("HypPart1"));
                whole = tree.value(child, "subs_content").filter(|_| is_cut);
            }
            "hyp" => is_cut = true,
            _ => {}
        }
    }
    // a hyphen of the word itself stays: `SUBS_CONTENT` has it too
    let last = line.text.rsplit(' ').next().unwrap_or_default();
    let keeps = last.ends_with('-') && whole.is_some_and(|whole| whole.starts_with(last) && whole.len() > last.len());
    match is_cut && !line.text.is_empty() {
        true if keeps => line.is_cut = true,
        true => line.cut(),
        false => {}
    }
    line
}
