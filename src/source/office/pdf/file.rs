//! A PDF file -> what its pages draw as text.

use lopdf::{Dictionary, Document, Error, LoadOptions};

use super::glyphs::{DrawnPage, PlacedGlyph};
use super::interpreter::{Interpreter, KnownFonts};
use super::limits::{ContentBudget, PAGES};
use super::matrix::Matrix;
use crate::source::office::unreadable::Unreadable;

/// What a file is that cannot be read.
const FILE: &str = "the PDF file";
/// Nodes above a page in the tree of pages, at most.
const DEPTH: usize = 64;
/// Points of a page that does not say how large it is: that of a letter.
const LETTER: [f32; 4] = [0.0, 0.0, 612.0, 792.0];
/// Points that a page is wide or high, at least and at most.
const SIDES: (f32, f32) = (1.0, 100_000.0);
/// Characters of which the letters are not known, as a share of all: from there on nothing can be read.
const UNKNOWN: f32 = 0.5;

/// What was read of a file.
#[derive(Debug, Default)]
pub(super) struct DrawnFile {
    pub pages: Vec<DrawnPage>,
    pub title: Option<String>,
}

/// Reads the pages of a file, whose content may unpack to so many bytes.
pub(super) fn read(bytes: &[u8], most: u64) -> Result<DrawnFile, Unreadable> {
    let longest = usize::try_from(most).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(longest), ..LoadOptions::default() };
    let file = Document::load_mem_with_options(bytes, options).map_err(|error| refused(&error, most))?;
    if file.is_encrypted() {
        return Err(Unreadable::locked());
    }
    let ids: Vec<_> = file.page_iter().take(PAGES + 1).collect();
    if ids.is_empty() {
        return Err(Unreadable::damaged(FILE, "no page is found in it"));
    }
    if ids.len() > PAGES {
        return Err(Unreadable::too_many_pages(PAGES));
    }
    let (mut fonts, mut budget) = (KnownFonts::default(), ContentBudget::new(most));
    let mut drawn = DrawnFile { title: title(&file), ..DrawnFile::default() };
    for id in ids {
        let Ok(page) = file.get_dictionary(id) else {
            drawn.pages.push(DrawnPage::default());
            continue;
        };
        let content = file.get_page_content_with_limit(id, budget.bytes()).map_err(|error| refused(&error, most))?;
        if !budget.take(content.len()) {
            return Err(Unreadable::too_large(most));
        }
        let chain = chain(page, &file);
        let mut reader = Interpreter::new(&file, &mut fonts, &mut budget);
        let (matrix, width, height) = sheet(&chain, &file);
        let resources: Vec<&Dictionary> =
            chain.iter().filter_map(|node| node.get_deref(b"Resources", &file).ok()?.as_dict().ok()).collect();
        if !reader.run(&content, &resources, matrix, 0) {
            return Err(Unreadable::too_large(most));
        }
        let glyphs = std::mem::take(&mut reader.glyphs);
        drawn.pages.push(DrawnPage { glyphs, width, height }.upright());
    }
    check(&drawn, file.xref_recovery.is_some())?;
    Ok(drawn)
}

/// Refuses a file without text, or one whose letters nobody knows; whether its table of objects was lost.
fn check(drawn: &DrawnFile, is_cut: bool) -> Result<(), Unreadable> {
    let texts = || drawn.pages.iter().flat_map(|page| &page.glyphs).map(|glyph| glyph.text.trim());
    let all = texts().filter(|text| !text.is_empty()).count();
    if all == 0 && is_cut {
        return Err(Unreadable::damaged(FILE, "its table of objects is lost, and no text is found"));
    }
    if all == 0 {
        return Err(Unreadable::without_text(drawn.pages.len()));
    }
    let unknown = texts().filter(|text| text.contains(char::REPLACEMENT_CHARACTER)).count();
    if unknown as f32 > all as f32 * UNKNOWN {
        return Err(Unreadable::without_letters());
    }
    Ok(())
}

fn refused(error: &Error, most: u64) -> Unreadable {
    match error {
        Error::InvalidPassword | Error::Decryption(_) => Unreadable::locked(),
        Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Unreadable::too_large(most),
        error => Unreadable::damaged(FILE, &error.to_string().to_lowercase()),
    }
}

/// A page and the nodes above it, from which it may have what it does not say itself.
fn chain<'f>(page: &'f Dictionary, file: &'f Document) -> Vec<&'f Dictionary> {
    let above = |node: &&'f Dictionary| node.get_deref(b"Parent", file).ok()?.as_dict().ok();
    std::iter::successors(Some(page), above).take(DEPTH).collect()
}

/// The way from a page's own points to those from its upper left corner, as it is shown, and its width and height.
fn sheet(chain: &[&Dictionary], file: &Document) -> (Matrix, f32, f32) {
    let stated = |key: &[u8]| chain.iter().find_map(|node| node.get_deref(key, file).ok());
    let box_of = |key: &[u8]| {
        let values = stated(key)?.as_array().ok()?;
        let numbers = values.iter().filter_map(|value| file.dereference(value).ok()?.1.as_float().ok());
        let [a, b, c, d]: [f32; 4] = numbers.collect::<Vec<_>>().try_into().ok()?;
        let sides = SIDES.0..SIDES.1;
        (sides.contains(&(a - c).abs()) && sides.contains(&(b - d).abs()))
            .then(|| [a.min(c), b.min(d), a.max(c), b.max(d)])
    };
    let [left, bottom, right, top] = box_of(b"CropBox").or_else(|| box_of(b"MediaBox")).unwrap_or(LETTER);
    let turned = stated(b"Rotate").and_then(|turned| turned.as_i64().ok()).unwrap_or(0).rem_euclid(360);
    let (width, height) = (right - left, top - bottom);
    match turned {
        90 => (Matrix([0.0, 1.0, 1.0, 0.0, -bottom, -left]), height, width),
        180 => (Matrix([-1.0, 0.0, 0.0, 1.0, right, -bottom]), width, height),
        270 => (Matrix([0.0, -1.0, -1.0, 0.0, top, right]), height, width),
        _ => (Matrix([1.0, 0.0, 0.0, -1.0, -left, top]), width, height),
    }
}

fn title(file: &Document) -> Option<String> {
    let info = file.trailer.get_deref(b"Info", file).ok()?.as_dict().ok()?;
    let title = lopdf::decode_text_string(info.get_deref(b"Title", file).ok()?).ok()?;
    Some(title.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|title| !title.is_empty())
}

impl DrawnPage {
    /// The page without what stands off it.
    fn upright(mut self) -> Self {
        let (width, height) = (self.width, self.height);
        let is_on = |glyph: &PlacedGlyph| {
            (-glyph.size..width + glyph.size).contains(&glyph.left) && (0.0..height + glyph.size).contains(&glyph.base)
        };
        self.glyphs.retain(is_on);
        self
    }
}
