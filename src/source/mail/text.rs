//! Which part of a message is its text, and how it is read.

use std::borrow::Cow;

use mail_parser::{Encoding, HeaderName, Message, MessagePart, MimeHeaders, PartType};

use super::closed::Closed;
use crate::Result;
use crate::source::Given;
use crate::source::charset::Charset;
use crate::source::chunk::{Chunk, Reading};
use crate::source::html::{self, Html};
use crate::source::map::{Coded, SourceMap};
use crate::source::markup::Markup;

/// A message and where it stands.
pub(super) struct Mail<'a, 'c> {
    pub chunk: &'c Chunk,
    pub bytes: &'a [u8],
    pub closed: &'c Closed<'a>,
    /// Its first byte in the file, 0-based.
    pub base: u64,
    /// Its first line in the file, 1-based.
    pub line: u32,
    /// Its number in the file, 1-based.
    pub number: u32,
}

/// What is read of a message, or of the one that it passes on.
pub(super) struct MailText<'a> {
    pub given: Given,
    /// None where no part has a text.
    pub part: Option<TextPart<'a>>,
}

/// A part of a message, read.
pub(super) struct TextPart<'a> {
    pub text: Cow<'a, str>,
    pub map: SourceMap<'a>,
    pub charset: Charset,
    pub markup: Option<Markup>,
    pub line: u32,
    pub warnings: Vec<String>,
}

impl<'a> Mail<'a, '_> {
    /// The text of a message; where it has none, that of the first message within it.
    pub fn text(&self, message: &Message<'_>) -> Result<MailText<'a>> {
        let (mut mail, mut given, mut packed, mut told) = (message, given(message), false, Vec::new());
        loop {
            if let Some(mut part) = self.own_text(mail, packed)? {
                part.warnings.append(&mut told);
                return Ok(MailText { given, part: Some(part) });
            }
            let mut within = mail.parts.iter().filter_map(|part| match &part.body {
                PartType::Message(inner) => Some((part, inner)),
                _ => None,
            });
            let Some((part, inner)) = within.next() else { return Ok(MailText { given, part: None }) };
            let others = within.count();
            if others > 0 {
                told.push(format!("only the first of {} messages within it is read", others + 1));
            }
            packed |= part.encoding != Encoding::None;
            let outer = std::mem::replace(&mut given, self::given(inner));
            given.headline = given.headline.or(outer.headline);
            given.date = given.date.or(outer.date);
            given.url = given.url.or(outer.url);
            mail = inner;
        }
    }

    /// The text of a message itself; `packed` where it was packed away as a whole.
    fn own_text(&self, message: &Message<'_>, packed: bool) -> Result<Option<TextPart<'a>>> {
        let (mut texts, pages) = (parts(message, false), parts(message, true));
        if texts.is_empty() && pages.is_empty() {
            // parts were announced and none begins: the body is a text
            texts.extend(message.parts.first().filter(|part| matches!(part.body, PartType::Text(_))));
        }
        // what is packed shows its lines and tags only now
        let is_packed = |part: &&&MessagePart<'_>| packed || part.encoding != Encoding::None;
        for part in texts.first().into_iter().chain(pages.first()).filter(is_packed) {
            self.chunk.admit(self.line, self.number, part.contents())?;
        }
        let read = |part: &&MessagePart<'_>| self.read(part, packed);
        let (text, page) = (texts.first().map(read), pages.first().map(read));
        // some senders write "your program cannot show this" into the plain part
        let richer = |text: &TextPart<'_>, page: &TextPart<'_>| page.text.trim().len() * 4 > text.text.trim().len() * 5;
        let (part, alike) = match (text, page) {
            (Some(text), Some(page)) if !richer(&text, &page) => (Some(text), texts.len()),
            (_, Some(page)) => (Some(page), pages.len()),
            (text, None) => (text, texts.len()),
        };
        let mut part = part.filter(|part| !part.text.trim().is_empty());
        if alike > 1
            && let Some(part) = &mut part
        {
            part.warnings.push(format!("only the first of {alike} parts of text is read"));
        }
        Ok(part)
    }

    /// What stands for the text of a message that has none; where its body holds something else, that is told.
    pub fn without_text(&self, message: &Message<'_>) -> TextPart<'a> {
        let (text, map, charset, markup) = (Cow::Borrowed(""), SourceMap::Packed, Charset::Utf8, None);
        let told = holds_bytes(message).then(|| "no text is found in its body, which is left out".to_owned());
        TextPart { text, map, charset, markup, line: self.line, warnings: told.into_iter().collect() }
    }
}

/// Whether the body of a message holds anything.
pub(super) fn holds_bytes(message: &Message<'_>) -> bool {
    message.parts.iter().any(|part| match &part.body {
        PartType::Multipart(_) => false,
        PartType::Message(inner) => holds_bytes(inner),
        _ => !part.contents().trim_ascii().is_empty(),
    })
}

/// The text parts of a message that are to be read, in HTML or plain.
fn parts<'m, 'x>(message: &'m Message<'x>, page: bool) -> Vec<&'m MessagePart<'x>> {
    let ids = if page { &message.html_body } else { &message.text_body };
    let fits = |part: &&MessagePart<'_>| match part.body {
        PartType::Html(_) => page,
        PartType::Text(_) => !page,
        _ => false,
    };
    ids.iter().filter_map(|id| message.parts.get(*id as usize)).filter(fits).collect()
}

/// Subject and date are stated; who sent it is neither its author nor an outlet.
fn given(message: &Message<'_>) -> Given {
    let archived = message.header(HeaderName::Other("Archived-At".into())).and_then(|value| value.as_text());
    Given {
        url: archived.map(|url| url.trim_matches(['<', '>']).to_owned()),
        // a date that the mail's own rules do not read is read as people and programs write dates
        date: message.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339()).or_else(|| {
            let raw = message.header_raw(HeaderName::Date)?.trim();
            (!raw.is_empty()).then(|| raw.to_owned())
        }),
        headline: message.subject().map(str::trim).filter(|subject| !subject.is_empty()).map(str::to_owned),
        ..Given::default()
    }
}

impl<'a> Mail<'a, '_> {
    fn read(&self, part: &MessagePart<'_>, packed: bool) -> TextPart<'a> {
        let declared = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
        let is_page = matches!(part.body, PartType::Html(_));
        if part.encoding == Encoding::None && !packed {
            let (start, end) = (self.place(part.offset_body), self.place(part.offset_end));
            let raw = self.bytes.get(start..end).unwrap_or(&[]);
            let line = self.line + newlines(&self.bytes[..start]);
            let mut read = plain(self.chunk, raw, self.base + start as u64, line, declared.as_deref(), is_page);
            read.warnings.extend(undecoded(part));
            return read;
        }
        // places in a message that was packed away are none of the file
        let line = if packed { self.line } else { self.line + newlines(&self.bytes[..self.place(part.offset_body)]) };
        unpacked(part, line, declared.as_deref(), is_page)
    }

    /// The byte of the message at which something stands in the closed one.
    fn place(&self, offset: u32) -> usize {
        self.closed.original(offset as usize).min(self.bytes.len())
    }
}

/// What to say of a part that the parser could not decode, and gives as it stands.
fn undecoded(part: &MessagePart<'_>) -> Option<String> {
    let said = part.content_transfer_encoding().map(str::trim).filter(|_| part.is_encoding_problem)?;
    let named = ["base64", "quoted-printable"].into_iter().find(|name| said.eq_ignore_ascii_case(name))?;
    Some(format!("damaged {named}: it is not decoded, and shown as it stands"))
}

/// The text of a part whose characters were packed away: what is read of them has no bytes of its own in the file.
fn unpacked<'a>(part: &MessagePart<'_>, line: u32, declared: Option<&str>, is_page: bool) -> TextPart<'a> {
    let text = part.text_contents().unwrap_or("").to_owned();
    let problem = part.is_encoding_problem.then(|| "damaged base64 or quoted-printable; some of it is lost".to_owned());
    let malformed = text.matches(char::REPLACEMENT_CHARACTER).count();
    let malformed = (malformed > 0).then(|| format!("{malformed} malformed characters, shown as U+FFFD"));
    let warnings = problem.into_iter().chain(malformed).collect();
    let (map, charset) = (SourceMap::Packed, named(declared));
    if is_page {
        let mut page = html::linear(&text, line);
        page.markup.stand_on(line);
        return TextPart { text: Cow::Owned(page.text), map, charset, markup: Some(page.markup), line, warnings };
    }
    TextPart { text: Cow::Owned(text), map, charset, markup: None, line, warnings }
}

fn plain<'a>(
    chunk: &Chunk,
    raw: &'a [u8],
    base: u64,
    line: u32,
    declared: Option<&str>,
    is_page: bool,
) -> TextPart<'a> {
    if is_page {
        let Html { text, map, charset, markup, warnings, .. } = html::read(raw, base, line, declared);
        return TextPart { text: Cow::Owned(text), map, charset, markup: Some(markup), line, warnings };
    }
    if declared.is_none() {
        let Reading { charset, text, warnings } = chunk.read(raw);
        return TextPart { map: as_it_stands(&text, raw, base, charset), text, charset, markup: None, line, warnings };
    }
    let (charset, mark, guess) = html::charset_of(raw, declared);
    let (raw, base) = (&raw[mark..], base + mark as u64);
    let decoded = charset.decode(raw);
    let warnings = guess.into_iter().chain(decoded.warning(charset)).collect();
    let map = as_it_stands(&decoded.text, raw, base, charset);
    TextPart { text: decoded.text, map, charset, markup: None, line, warnings }
}

fn as_it_stands<'a>(text: &Cow<'a, str>, raw: &'a [u8], base: u64, charset: Charset) -> SourceMap<'a> {
    match text {
        Cow::Borrowed(_) if charset == Charset::Utf8 => SourceMap::Utf8 { base },
        _ => SourceMap::Coded(Coded { raw, base, charset }),
    }
}

fn named(declared: Option<&str>) -> Charset {
    let encoding = declared.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    encoding.filter(|e| *e != encoding_rs::UTF_8).map_or(Charset::Utf8, Charset::Legacy)
}

fn newlines(bytes: &[u8]) -> u32 {
    memchr::memchr_iter(b'\n', bytes).count() as u32
}
