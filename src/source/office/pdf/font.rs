//! A font: what its codes stand for, how wide they are, and how it looks.

use std::borrow::Cow;

use encoding_rs::Encoding;
use lopdf::{Dictionary, Document, Object};

use super::letters::{self, CodeMap};
use super::widths::GlyphWidths;

/// The weight from which letters are bold.
const BOLD: f32 = 600.0;
/// The flag of a font whose letters are made bold.
const FORCE_BOLD: i64 = 1 << 18;
/// Parts of names of bold fonts.
const BOLD_NAMES: [&str; 5] = ["bold", "black", "heavy", "demi", "-bd"];

/// A font of a page.
#[derive(Debug)]
pub(super) struct PageFont {
    pub bold: bool,
    /// How many points an em has at size one.
    pub scale: f32,
    codes: Codes,
    map: Option<CodeMap>,
    widths: GlyphWidths,
}

/// How the codes of a font stand in a string.
#[derive(Debug)]
enum Codes {
    /// A byte each.
    Bytes(Vec<Option<String>>),
    /// Two bytes each, which are characters of UTF-16 or numbers of glyphs.
    Pairs { are_characters: bool },
    /// As a character set has them.
    Charset(&'static Encoding),
}

/// A glyph of a string.
#[derive(Debug, PartialEq)]
pub(super) struct ReadGlyph {
    pub text: String,
    /// In thousandths of an em.
    pub width: f32,
    /// It is the code of a blank, a single byte.
    pub is_space: bool,
}

impl PageFont {
    pub fn of(font: &Dictionary, file: &Document) -> Self {
        let kind = font.get_deref(b"Subtype", file).and_then(Object::as_name).unwrap_or_default();
        let composite = (kind == b"Type0").then(|| descendant(font, file)).flatten();
        let name = font.get_deref(b"BaseFont", file).and_then(Object::as_name).map(String::from_utf8_lossy);
        let name = name.unwrap_or_default();
        let bold = is_bold(&name, composite.unwrap_or(font), file);
        let map = CodeMap::of(font, file);
        match composite {
            Some(descendant) => {
                let (codes, widths) = (codes(font, file), GlyphWidths::of_composite(descendant, file));
                Self { bold, scale: 1.0, codes, map, widths }
            }
            None => {
                let letters = letters::of_bytes(font, file);
                let widths = GlyphWidths::of_bytes(font, file, &name, bold, &letters);
                let scale = if kind == b"Type3" { scale(font, file) } else { 1.0 };
                Self { bold, scale, codes: Codes::Bytes(letters), map, widths }
            }
        }
    }

    /// The glyphs of a string.
    pub fn read(&self, string: &[u8]) -> Vec<ReadGlyph> {
        let mut glyphs = Vec::with_capacity(string.len());
        let mut rest = string;
        while let Some(first) = rest.first() {
            let length = self.codes.length(*first).min(rest.len());
            let code = rest[..length].iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            let mapped = self.map.as_ref().and_then(|map| map.get(length as u8, code));
            let text = mapped.or_else(|| self.codes.text(&rest[..length], code));
            let is_space = length == 1 && code == 32;
            let text = text.unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string());
            glyphs.push(ReadGlyph { text, width: self.widths.get(code), is_space });
            rest = &rest[length..];
        }
        glyphs
    }
}

impl Codes {
    /// Bytes of the code that begins with one.
    fn length(&self, first: u8) -> usize {
        match self {
            Self::Bytes(_) => 1,
            Self::Pairs { .. } => 2,
            Self::Charset(charset) if *charset == encoding_rs::SHIFT_JIS => {
                if matches!(first, 0x81..=0x9F | 0xE0..) {
                    2
                } else {
                    1
                }
            }
            Self::Charset(_) => 1 + usize::from(first > 0x80),
        }
    }

    fn text(&self, bytes: &[u8], code: u32) -> Option<String> {
        match self {
            Self::Bytes(letters) => letters.get(code as usize)?.clone(),
            Self::Pairs { are_characters } => char::from_u32(code).filter(|_| *are_characters).map(String::from),
            Self::Charset(charset) => {
                charset.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
            }
        }
    }
}

fn descendant<'f>(font: &'f Dictionary, file: &'f Document) -> Option<&'f Dictionary> {
    let all = font.get_deref(b"DescendantFonts", file).and_then(Object::as_array).ok()?;
    file.dereference(all.first()?).ok()?.1.as_dict().ok()
}

/// How the codes of a font of many glyphs stand, by the name of its map.
fn codes(font: &Dictionary, file: &Document) -> Codes {
    let name = font.get_deref(b"Encoding", file).and_then(Object::as_name).map(String::from_utf8_lossy);
    let name = name.unwrap_or_default();
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    match () {
        () if has(&["UCS2", "UTF16"]) => Codes::Pairs { are_characters: true },
        () if has(&["GBK", "GB-EUC"]) => Codes::Charset(encoding_rs::GBK),
        () if has(&["RKSJ"]) => Codes::Charset(encoding_rs::SHIFT_JIS),
        () if has(&["KSC"]) => Codes::Charset(encoding_rs::EUC_KR),
        () if has(&["B5", "HKscs"]) => Codes::Charset(encoding_rs::BIG5),
        () if name == "EUC-H" || name == "EUC-V" => Codes::Charset(encoding_rs::EUC_JP),
        () => Codes::Pairs { are_characters: false },
    }
}

fn is_bold(name: &str, font: &Dictionary, file: &Document) -> bool {
    let name = name.to_ascii_lowercase();
    let descriptor = font.get_deref(b"FontDescriptor", file).and_then(Object::as_dict).ok();
    let weight = descriptor.and_then(|known| known.get_deref(b"FontWeight", file).and_then(Object::as_float).ok());
    let flags = descriptor.and_then(|known| known.get_deref(b"Flags", file).and_then(Object::as_i64).ok());
    BOLD_NAMES.iter().any(|part| name.contains(part))
        || weight.is_some_and(|weight| weight >= BOLD)
        || flags.is_some_and(|flags| flags & FORCE_BOLD != 0)
}

/// How many points an em of glyphs that the page draws itself has at size one, where its widths are thousandths of it.
fn scale(font: &Dictionary, file: &Document) -> f32 {
    let matrix = font.get_deref(b"FontMatrix", file).and_then(Object::as_array).ok();
    let across = matrix.and_then(|matrix| matrix.first()?.as_float().ok());
    across.map_or(1.0, |across| (across * 1000.0).abs())
}
