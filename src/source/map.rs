//! From offsets in decoded text back to bytes of the file.

use std::borrow::Cow;

use super::charset::{Charset, Step};
use super::literal;
use crate::article::Span;

/// The way from an offset in a record's decoded text to a byte of the decompressed, undecoded file.
#[derive(Clone, Debug)]
pub enum SourceMap<'a> {
    /// Clean UTF-8: text offset plus `base` is the byte.
    Utf8 {
        /// Byte of the file at which the text begins, 0-based.
        base: u64,
    },
    /// Text that had to be decoded.
    Coded(Coded<'a>),
    /// The inside of JSON string literals, joined by an empty line where there are several.
    Json {
        /// The literals, in the order of the text.
        literals: Vec<Literal<'a>>,
        /// The decoded stretch that the literals stand in; none in a clean UTF-8 file.
        under: Option<Coded<'a>>,
    },
    /// The visible text of a page: stretches between tags, references decoded, whitespace collapsed.
    Markup {
        /// The stretches, in the order of the text.
        segments: Vec<Segment>,
        /// The decoded page that they stand in; none in a clean UTF-8 file.
        under: Option<Coded<'a>>,
    },
    /// One field of a row: lines as they stand, some characters spelled otherwise.
    Quoted {
        /// The stretches, in the order of the text.
        segments: Vec<Segment>,
        /// The decoded row that they stand in; none in a clean UTF-8 file.
        under: Option<Coded<'a>>,
    },
    /// The visible text of markup that stands in a text with escapes of its own.
    Layers {
        /// Stretches of the markup, in the order of the text.
        inner: Vec<Segment>,
        /// The way from the markup to bytes of the file.
        outer: Box<SourceMap<'a>>,
    },
    /// No way back: the text was unpacked from a document, whose paragraphs are its lines.
    Paragraphs,
    /// No way back: the text was packed in a way that has no bytes for each character (chunked, base64, …).
    Packed,
}

/// A stretch of text that stands in the page unbroken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it begins in the record's text: byte offset, 0-based.
    pub at: usize,
    /// Its bytes there.
    pub written: usize,
    /// Where it begins: a byte of the file, or of the decoded page under it; 0-based.
    pub start: usize,
    /// Its bytes there.
    pub length: usize,
    /// It is written in the page as in the text, byte for byte; else it is one character spelled otherwise.
    pub same: bool,
}

/// Bytes of the file in a character set of their own.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'a> {
    /// The bytes, undecoded.
    pub raw: &'a [u8],
    /// Byte of the file at which `raw` begins, 0-based.
    pub base: u64,
    /// How they are read.
    pub charset: Charset,
}

/// The inside of a JSON string literal (between its quotes), escapes as they stand.
#[derive(Clone, Debug)]
pub struct Literal<'a> {
    /// Where its text begins in the record's text: byte offset, 0-based.
    pub at: usize,
    /// Where `raw` begins: a byte of the file, or of the decoded stretch under it; 0-based.
    pub start: u64,
    /// The escaped text.
    pub raw: Cow<'a, str>,
}

impl SourceMap<'_> {
    /// Spans of the file for ascending spans of the text (bytes, at character bounds), in one pass; none where there is
    /// no way back. What markup stands between two spans that touch belongs to neither.
    pub fn spans(&self, spans: &[Span]) -> Option<Vec<Span>> {
        let bounds: Vec<usize> = spans.iter().flat_map(|span| [span.start as usize, span.end as usize]).collect();
        let bytes = self.resolve(&bounds)?;
        Some(bytes.chunks_exact(2).map(|two| Span { start: two[0], end: two[1] }).collect())
    }

    /// Bytes of the file for ascending byte offsets in the text (at character bounds; its length is one too), in one
    /// pass. An offset at the end of a character is the byte after it; where markup stands between two characters, the
    /// first of each pair of offsets is behind it and the second before it, as the bounds of a span are. None where there is no way
    /// back.
    pub fn resolve(&self, offsets: &[usize]) -> Option<Vec<u64>> {
        debug_assert!(offsets.is_sorted());
        Some(match self {
            Self::Utf8 { base } => offsets.iter().map(|offset| base + *offset as u64).collect(),
            Self::Coded(coded) => coded.resolve(offsets),
            Self::Json { literals, under } => {
                let inner = resolve_literals(literals, offsets);
                let Some(coded) = under else { return Some(inner) };
                let inner: Vec<usize> = inner.into_iter().map(|offset| offset as usize).collect();
                coded.resolve(&inner)
            }
            Self::Markup { segments, under } | Self::Quoted { segments, under } => {
                let inner = resolve_segments(segments, offsets);
                match under {
                    Some(coded) => coded.resolve_any(&inner),
                    None => inner.into_iter().map(|offset| offset as u64).collect(),
                }
            }
            Self::Layers { inner, outer } => return outer.resolve(&resolve_segments(inner, offsets)),
            Self::Paragraphs | Self::Packed => return None,
        })
    }

    /// Whether a line end in the text is a line end in the file: not so in a JSON string, where it is an escape, nor in a
    /// page, where blocks are lines.
    pub fn keeps_lines(&self) -> bool {
        matches!(self, Self::Utf8 { .. } | Self::Coded(_) | Self::Quoted { .. } | Self::Paragraphs)
    }
}

impl Coded<'_> {
    /// Bytes of the file for ascending byte offsets in the decoded text.
    pub(super) fn resolve(&self, offsets: &[usize]) -> Vec<u64> {
        let mut cursor = Cursor::new(offsets);
        self.charset.walk(self.raw, |step| cursor.take(step));
        cursor.finish(self.base)
    }

    /// The same for offsets in any order, as a text has that is read in another order than its file.
    fn resolve_any(&self, offsets: &[usize]) -> Vec<u64> {
        if offsets.is_sorted() {
            return self.resolve(offsets);
        }
        let mut order: Vec<usize> = (0..offsets.len()).collect();
        order.sort_by_key(|at| offsets[*at]);
        let sorted: Vec<usize> = order.iter().map(|at| offsets[*at]).collect();
        let mut found = vec![0; offsets.len()];
        order.into_iter().zip(self.resolve(&sorted)).for_each(|(at, byte)| found[at] = byte);
        found
    }
}

fn resolve_literals(literals: &[Literal<'_>], offsets: &[usize]) -> Vec<u64> {
    let mut resolved = Vec::with_capacity(offsets.len());
    let mut rest = offsets;
    for (nth, literal) in literals.iter().enumerate() {
        let next = literals.get(nth + 1).map_or(usize::MAX, |l| l.at);
        let (here, later) = rest.split_at(rest.partition_point(|offset| *offset < next));
        let local: Vec<usize> = here.iter().map(|offset| offset.saturating_sub(literal.at)).collect();
        let mut cursor = Cursor::new(&local);
        walk_literal(literal.raw.as_bytes(), |step| cursor.take(step));
        resolved.extend(cursor.finish(literal.start));
        rest = later;
    }
    resolved
}

fn resolve_segments(segments: &[Segment], offsets: &[usize]) -> Vec<usize> {
    let first = offsets.first().map_or(0, |first| segments.partition_point(|s| s.at <= *first).saturating_sub(1));
    let mut rest = &segments[first..];
    let mut found = Vec::with_capacity(offsets.len());
    for (nth, &offset) in offsets.iter().enumerate() {
        let ends = nth % 2 == 1;
        // The segment of the character behind a start, or before an end.
        let wanted = |s: &Segment| if ends { s.at < offset } else { s.at <= offset };
        while rest.len() > 1 && wanted(&rest[1]) {
            rest = &rest[1..];
        }
        found.push(rest.first().map_or(0, |s| {
            let inside = offset.saturating_sub(s.at);
            match s.same {
                true => s.start + inside.min(s.length),
                false if ends || inside >= s.written => s.start + s.length,
                false => s.start,
            }
        }));
    }
    found
}

fn walk_literal(raw: &[u8], mut each: impl FnMut(Step) -> bool) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        let (c, len) = literal::escape(&rest[at..]);
        let written = c.unwrap_or(char::REPLACEMENT_CHARACTER).len_utf8();
        if !each(Step::Same(at)) || !each(Step::Char(len, written)) {
            return;
        }
        rest = &rest[(at + len).min(rest.len())..];
    }
    each(Step::Same(rest.len()));
}

/// Follows a walk and notes the source byte of each wanted text offset.
struct Cursor<'o> {
    wanted: &'o [usize],
    source: u64,
    text: usize,
    found: Vec<u64>,
}

impl<'o> Cursor<'o> {
    fn new(wanted: &'o [usize]) -> Self {
        Self { wanted, source: 0, text: 0, found: Vec::with_capacity(wanted.len()) }
    }

    /// Takes a step; false once everything wanted is found.
    fn take(&mut self, step: Step) -> bool {
        let (source, text) = match step {
            Step::Same(n) => (n, n),
            Step::Char(source, text) => (source, text),
        };
        let end = self.text + text;
        while let Some((offset, rest)) = self.wanted.split_first().filter(|(offset, _)| **offset < end) {
            let inside = if matches!(step, Step::Same(_)) { offset.saturating_sub(self.text) as u64 } else { 0 };
            self.found.push(self.source + inside);
            self.wanted = rest;
        }
        self.source += source as u64;
        self.text = end;
        !self.wanted.is_empty()
    }

    /// What was found, moved by `base`; what lies at or past the end is the end.
    fn finish(mut self, base: u64) -> Vec<u64> {
        self.found.extend(self.wanted.iter().map(|_| self.source));
        self.found.iter_mut().for_each(|byte| *byte += base);
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GBK, ISO_8859_2, KOI8_R, SHIFT_JIS, WINDOWS_1252};
    use proptest::prelude::*;

    /// Every character of the decoded text must lead to bytes that decode to it.
    fn check_coded(charset: Charset, raw: &[u8]) {
        let map = SourceMap::Coded(Coded { raw, base: 7, charset });
        let text = charset.decode(raw).text;
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let bytes = map.resolve(&bounds).expect("a way back");
        assert_eq!(bytes.first().copied(), Some(7));
        assert_eq!(bytes.last().copied(), Some(7 + raw.len() as u64));
        for (nth, c) in text.chars().enumerate() {
            let piece = &raw[bytes[nth] as usize - 7..bytes[nth + 1] as usize - 7];
            assert_eq!(charset.decode(piece).text, c.to_string(), "{charset:?} {piece:?}");
        }
    }

    #[test]
    fn legacy_text_leads_back_to_its_bytes() {
        for (encoding, text) in [
            (WINDOWS_1252, "The harbour’s café – déjà vu"),
            (ISO_8859_2, "Příliš žluťoučký kůň"),
            (KOI8_R, "Порт открыт, паром идёт"),
            (SHIFT_JIS, "港は三時に開いた ok ｶﾅ"),
            (GBK, "港口在三点开放 ok"),
        ] {
            check_coded(Charset::Legacy(encoding), &encoding.encode(text).0);
        }
    }

    #[test]
    fn several_literals_are_one_text() {
        let literals = vec![
            Literal { at: 0, start: 10, raw: Cow::Borrowed(r"a\n\u00e9b") },
            Literal { at: 7, start: 40, raw: Cow::Borrowed(r"\ud83d\ude00c") },
        ];
        let map = SourceMap::Json { literals, under: None };
        // a=0 \n=1 é=2..4 b=4 | joint 5..7 | 😀=7..11 c=11 end=12
        assert_eq!(map.resolve(&[0, 1, 2, 4, 5, 7, 11, 12]), Some(vec![10, 11, 13, 19, 20, 40, 52, 53]));
    }

    proptest! {
        #[test]
        fn utf16_leads_back_to_its_bytes(text in "\\PC{0,40}") {
            let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            check_coded(Charset::Utf16Le, &le);
            check_coded(Charset::Utf16Be, &be);
        }

        #[test]
        fn malformed_utf8_leads_back_to_its_bytes(raw in proptest::collection::vec(any::<u8>(), 1..60)) {
            check_coded(Charset::Utf8, &raw);
        }

        #[test]
        fn a_json_literal_leads_back_to_its_escapes(text in "[\\PC\n\"\\\\]{0,40}", ascii in any::<bool>()) {
            let mut quoted = serde_json::to_string(&text).unwrap_or_default();
            if ascii {
                let units = |c: char| -> String {
                    if c.is_ascii() { return c.to_string() }
                    c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("\\u{u:04x}")).collect()
                };
                quoted = quoted.chars().map(units).collect();
            }
            let raw = &quoted[1..quoted.len() - 1];
            prop_assert_eq!(literal::unescape(raw).0, text.as_str());
            let literals = vec![Literal { at: 0, start: 0, raw: Cow::Borrowed(raw) }];
            let map = SourceMap::Json { literals, under: None };
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let bytes = map.resolve(&bounds).expect("a way back");
            for (nth, c) in text.chars().enumerate() {
                let piece = &raw[bytes[nth] as usize..bytes[nth + 1] as usize];
                prop_assert_eq!(literal::unescape(piece).0, c.to_string());
            }
        }
    }
}
