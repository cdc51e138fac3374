//! How wide glyphs are, in thousandths of their size.

use lopdf::{Dictionary, Document, Object};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Widths of the printable characters of ASCII in Helvetica and in Times, as Adobe's metrics have them.
#[rustfmt::skip]
const SANS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
    278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
    556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
#[rustfmt::skip]
const SERIF: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278,
    278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722,
    722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500,
    500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
/// Width of every glyph of Courier.
const TYPEWRITER: f32 = 600.0;
/// By how much a bold letter is wider.
const BOLD: f32 = 1.06;
/// Codes of a range of one width, at most.
const RANGE: u32 = 1 << 16;

/// Widths of a font's glyphs.
#[derive(Debug, Default)]
pub(super) struct GlyphWidths {
    by_code: FxHashMap<u32, f32>,
    other: f32,
}

impl GlyphWidths {
    /// Of a font of single bytes; where it states none it is one of those that every reader has.
    pub fn of_bytes(font: &Dictionary, file: &Document, name: &str, bold: bool, letters: &[Option<String>]) -> Self {
        let number = |key: &[u8]| font.get_deref(key, file).and_then(Object::as_float).ok();
        let Ok(widths) = font.get_deref(b"Widths", file).and_then(Object::as_array) else {
            return Self::standard(name, bold, letters);
        };
        let descriptor = font.get_deref(b"FontDescriptor", file).and_then(Object::as_dict).ok();
        let missing =
            descriptor.and_then(|known| known.get_deref(b"MissingWidth", file).and_then(Object::as_float).ok());
        let first = number(b"FirstChar").unwrap_or(0.0) as u32;
        let by_code = (first..).zip(widths).filter_map(|(code, width)| {
            let (_, width) = file.dereference(width).ok()?;
            Some((code, width.as_float().ok()?))
        });
        Self { by_code: by_code.collect(), other: missing.unwrap_or(0.0) }
    }

    fn standard(name: &str, bold: bool, letters: &[Option<String>]) -> Self {
        let table = if name.contains("Times") { &SERIF } else { &SANS };
        let is_typewriter = name.contains("Courier");
        let width = |letter: &str| {
            let plain = letter.nfd().next().filter(char::is_ascii).unwrap_or('n') as usize;
            let known = f32::from(table[plain.clamp(32, 126) - 32]);
            if is_typewriter { TYPEWRITER } else { known * if bold { BOLD } else { 1.0 } }
        };
        let coded = (0..).zip(letters).filter_map(|(code, letter)| Some((code, width(letter.as_ref()?))));
        Self { by_code: coded.collect(), other: TYPEWRITER }
    }

    /// Of a font of many glyphs.
    pub fn of_composite(font: &Dictionary, file: &Document) -> Self {
        let other = font.get_deref(b"DW", file).and_then(Object::as_float).unwrap_or(1000.0);
        let mut by_code = FxHashMap::default();
        let all = font.get_deref(b"W", file).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut rest = all;
        while let [first, next, more @ ..] = rest {
            let first = resolved(first, file).and_then(|first| first.as_float().ok()).unwrap_or(0.0) as u32;
            rest = match resolved(next, file) {
                Some(Object::Array(widths)) => {
                    by_code.extend((first..).zip(widths.iter().filter_map(|width| width.as_float().ok())));
                    more
                }
                Some(last) => {
                    let last = (last.as_float().unwrap_or(0.0) as u32).min(first.saturating_add(RANGE));
                    let width = more.first().and_then(|width| resolved(width, file)?.as_float().ok()).unwrap_or(other);
                    by_code.extend((first..=last).map(|code| (code, width)));
                    more.get(1..).unwrap_or_default()
                }
                None => more,
            };
        }
        Self { by_code, other }
    }

    pub fn get(&self, code: u32) -> f32 {
        self.by_code.get(&code).copied().unwrap_or(self.other)
    }
}

fn resolved<'f>(object: &'f Object, file: &'f Document) -> Option<&'f Object> {
    file.dereference(object).ok().map(|(_, object)| object)
}
