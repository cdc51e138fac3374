//! A page -> its text, one line a block, with the way back to every byte of it.

use super::attributes;
use super::characters::{is_unseen, plain_length};
use super::claims::ClaimCollector;
use super::entity::{self, Reference, Within};
use super::stated::{self, Piece};
use super::tags::{self, ElementKind};
use super::token::{HtmlToken, Tokens};
use super::tree::{Begun, Tree};
use crate::source::map::Segment;
use crate::source::markup::{Element, Markup, MarkupLine, STATED_ALONE, Stretch};

/// The text of a page, with where it stands in the page's markup.
pub(in crate::source) struct Linear {
    /// One line for each block of the page that has text.
    pub text: String,
    /// Where each stretch of the text stands in the page.
    pub segments: Vec<Segment>,
    /// What the markup says of the lines.
    pub markup: Markup,
}

/// Reads a page, or a part of one; `first_line` is the line of the file on which it begins.
pub(in crate::source) fn linear(page: &str, first_line: u32) -> Linear {
    let mut reader = LineReader::new(page, first_line);
    for token in Tokens::new(page) {
        reader.take(token);
    }
    reader.finish()
}

/// Bytes of the name of a page's own element that are looked at.
const LONGEST_NAME: usize = 64;

/// The line that is being gathered.
struct Gathered {
    start: usize,
    element: u32,
    linked: u32,
    stressed: u32,
    number: u32,
    broken: bool,
}

struct LineReader<'t> {
    page: &'t str,
    tree: Tree<'t>,
    claims: ClaimCollector,
    /// What the page says it is written in.
    language: Option<String>,
    text: String,
    segments: Vec<Segment>,
    lines: Vec<MarkupLine>,
    stretches: Vec<Stretch>,
    line: Option<Gathered>,
    /// Whitespace that counts once a character follows: its first byte, its length, and its line.
    blank: Option<(usize, usize, u32)>,
    /// The next line is parted from the last by a line break alone.
    broken: bool,
    /// Up to where line ends were counted, and how many there were.
    counted: (usize, u32),
    line_end: u8,
    /// Whether the script that was begun holds JSON-LD.
    json_ld: bool,
    /// The text of the article that JSON-LD states, where it does.
    stated: Vec<Piece<'t>>,
    first_line: u32,
}

impl<'t> LineReader<'t> {
    fn new(page: &'t str, first_line: u32) -> Self {
        let line_end = if memchr::memchr(b'\n', page.as_bytes()).is_none() { b'\r' } else { b'\n' };
        Self {
            page,
            tree: Tree::new(),
            claims: ClaimCollector::default(),
            language: None,
            text: String::with_capacity(page.len() / 4),
            segments: Vec::new(),
            lines: Vec::new(),
            stretches: Vec::new(),
            line: None,
            blank: None,
            broken: false,
            counted: (0, first_line),
            line_end,
            json_ld: false,
            stated: Vec::new(),
            first_line,
        }
    }

    fn take(&mut self, token: HtmlToken<'t>) {
        self.tree.written = self.text.len() as u32;
        match token {
            HtmlToken::Text(at, text) if !self.tree.is_unread() => self.push(at, text),
            HtmlToken::Text(..) => {}
            HtmlToken::Raw(at, name, text) => {
                let line = self.line_at(at);
                let here = self.tree.here();
                self.claims.raw(name, text, self.json_ld, here, line);
                if self.json_ld && self.stated.is_empty() && name.eq_ignore_ascii_case("script") {
                    self.stated = stated::pieces(text, at);
                }
            }
            HtmlToken::Start(at, name, attributes) => self.begin(at, name, attributes),
            HtmlToken::End(_, name) => {
                let kind = tags::known(name).1;
                if kind == ElementKind::Block || name.contains('-') {
                    self.end_line();
                    self.broken = false;
                }
                if name.eq_ignore_ascii_case("br") || (name.eq_ignore_ascii_case("noscript") && !self.tree.is_unread())
                {
                    self.end_line();
                }
                if kind != ElementKind::Frame && kind != ElementKind::Void {
                    self.tree.end(name);
                }
            }
        }
    }

    fn begin(&mut self, at: usize, written: &'t str, attributes: &'t str) {
        let (name, kind) = tags::known(written);
        let custom = written.contains('-');
        if kind == ElementKind::Block || custom || name == "hr" {
            self.end_line();
            self.broken = false;
        }
        if name == "br" {
            self.end_line();
            self.broken = true;
        }
        if name == "html" && self.language.is_none() {
            self.language = attributes::value(attributes, "lang").or_else(|| attributes::value(attributes, "xml:lang"));
        }
        if kind == ElementKind::Frame || name == "br" || name == "wbr" {
            return;
        }
        let line = self.line_at(at);
        let mut element = Element { line, ..Element::default() };
        attributes::read(attributes, &mut element);
        if custom {
            // `amp-ad`, `article-body`: a page's own elements are called as classes are.
            element.signs.push(' ');
            element.signs.push_str(&written[..written.floor_char_boundary(LONGEST_NAME)]);
        }
        self.json_ld = name == "script" && attributes.to_ascii_lowercase().contains("ld+json");
        // What is shown without scripts is read where it stands on lines of its own: some pages have their text there.
        let aside = name == "noscript" && self.line.is_none() && !self.tree.is_unread();
        element.hidden |= aside;
        let kind = match () {
            () if custom => ElementKind::Block,
            () if aside => ElementKind::Inline,
            () => kind,
        };
        let place = self.tree.begin(Begun { written, name, kind, element });
        self.claims.element(name, attributes, &self.tree.elements[place as usize], place, line);
    }

    /// Takes text: references decoded, whitespace collapsed, what is not seen left out.
    fn push(&mut self, at: usize, text: &str) {
        let bytes = text.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let plain = plain_length(&bytes[start..]);
            if plain > 0 {
                self.write(at + start, plain, &text[start..start + plain]);
                start += plain;
                continue;
            }
            let rest = &text[start..];
            start += match bytes[start] {
                b'&' => self.reference(at + start, rest),
                b' ' | b'\t' | b'\n' | b'\r' | 0x0C => self.whitespace(at + start, rest),
                _ => self.unusual(at + start, rest),
            };
        }
    }

    fn whitespace(&mut self, at: usize, rest: &str) -> usize {
        let length = rest.bytes().take_while(u8::is_ascii_whitespace).count();
        if self.tree.is_preformatted() && rest[..length].contains(['\n', '\r']) {
            self.end_line();
            self.broken = true;
        } else {
            self.note_blank(at, length);
        }
        length
    }

    fn note_blank(&mut self, at: usize, length: usize) {
        if self.blank.is_none() && self.line.is_some() {
            self.blank = Some((at, length, self.line_at(at)));
        }
    }

    /// A character beyond ASCII that is whitespace or is not seen, or any other.
    fn unusual(&mut self, at: usize, rest: &str) -> usize {
        let Some(c) = rest.chars().next() else { return 1 };
        let length = c.len_utf8();
        self.character(at, length, c);
        length
    }

    fn reference(&mut self, at: usize, rest: &str) -> usize {
        let Some((reference, length)) = entity::read(rest, Within::Text) else {
            self.write(at, 1, "&");
            return 1;
        };
        match reference {
            Reference::Char(c) => self.character(at, length, c),
            Reference::Text(text) => {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => self.character(at, length, c),
                    _ => self.write(at, length, text),
                }
            }
        }
        length
    }

    fn character(&mut self, at: usize, length: usize, c: char) {
        let wide_blank = c == '\u{3000}';
        if is_unseen(c) || (wide_blank && self.line.is_none()) {
            return;
        }
        if c.is_whitespace() && !wide_blank {
            self.note_blank(at, length);
            return;
        }
        let mut buffer = [0; 4];
        self.write(at, length, c.encode_utf8(&mut buffer));
    }

    /// Writes text that stands at `at` and takes `length` bytes of the page.
    fn write(&mut self, at: usize, length: usize, text: &str) {
        let here = self.tree.here();
        if self.line.is_none() {
            self.blank = None;
            self.begin_line(at, here);
        }
        if let Some((at, length, line)) = self.blank.take() {
            self.segment(at, length, line, " ");
        }
        let line = self.line_at(at);
        self.segment(at, length, line, text);
        let (linked, stressed) = (self.tree.in_link(), self.tree.is_stressed());
        if let Some(line) = &mut self.line {
            line.linked += if linked { text.len() as u32 } else { 0 };
            line.stressed += if stressed { text.len() as u32 } else { 0 };
            if line.element != here {
                line.element = self.tree.common(line.element, here);
            }
        }
    }

    fn begin_line(&mut self, at: usize, element: u32) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let number = self.line_at(at);
        let start = self.text.len();
        self.stretches.push(Stretch { at: start, line: number });
        let broken = std::mem::take(&mut self.broken) && !self.lines.is_empty();
        self.line = Some(Gathered { start, element, linked: 0, stressed: 0, number, broken });
    }

    fn segment(&mut self, at: usize, length: usize, line: u32, text: &str) {
        let same = self.page.get(at..at + length) == Some(text);
        let here = self.text.len();
        let goes_on = self.segments.last().is_some_and(|s| s.start + s.length == at && s.at + s.written == here);
        let new_line = self.stretches.last().is_some_and(|s| s.line != line) && text != " ";
        let begun = self.stretches.last().is_some_and(|s| s.at == here);
        if (!goes_on || new_line) && !begun {
            self.stretches.push(Stretch { at: here, line });
        }
        self.text.push_str(text);
        match self.segments.last_mut() {
            Some(last) if goes_on && same && last.length == last.written && last.same => {
                last.length += length;
                last.written += length;
            }
            _ => self.segments.push(Segment { at: here, written: text.len(), start: at, length, same }),
        }
    }

    /// Ends the line that is being gathered.
    fn end_line(&mut self) {
        self.blank = None;
        let Some(line) = self.line.take() else { return };
        debug_assert!(self.text.len() > line.start);
        let Gathered { element, linked, stressed, number, broken, .. } = line;
        self.lines.push(MarkupLine { element, linked, stressed, number, broken });
    }

    /// The line of the file at a byte of the page; bytes are asked for in order.
    fn line_at(&mut self, at: usize) -> u32 {
        let (from, lines) = self.counted;
        if at > from {
            let ends = memchr::memchr_iter(self.line_end, &self.page.as_bytes()[from..at]).count() as u32;
            self.counted = (at, lines + ends);
        }
        self.counted.1
    }

    /// Adds the text that the page states for machines, where it shows it nowhere.
    fn add_stated(&mut self) {
        let pieces = std::mem::take(&mut self.stated);
        if pieces.is_empty() || !stated::is_missing(&pieces, &self.text) {
            return;
        }
        // It stands above what was read last.
        self.counted = (0, self.first_line);
        self.tree.end_all();
        self.tree.written = self.text.len() as u32;
        let element = Element { roles: "articlebody".to_owned(), ..Element::default() };
        self.tree.begin(Begun { written: STATED_ALONE, name: STATED_ALONE, kind: ElementKind::Block, element });
        for piece in pieces {
            match piece {
                Piece::Text(at, text) => self.push(at, text),
                Piece::Escape(at, length, c) => self.character(at, length, c),
                Piece::Break => self.end_line(),
            }
        }
        self.end_line();
    }

    fn finish(mut self) -> Linear {
        self.end_line();
        self.add_stated();
        self.tree.written = self.text.len() as u32;
        let markup = Markup {
            elements: self.tree.finish(),
            lines: self.lines,
            stretches: self.stretches,
            claims: self.claims.finish(),
            language: self.language,
        };
        Linear { text: self.text, segments: self.segments, markup }
    }
}
