//! Mail: a message (RFC 5322, MIME) is an article; a mailbox (mbox) holds several.

use std::borrow::Cow;

use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::charset::Charset;
use super::chunk::{Chunk, Fault, Reading};
use super::html::{self, Html};
use super::map::{Coded, SourceMap};
use super::markup::Markup;
use super::{Given, RawRecord, RecordPlace};
use crate::article::Span;
use crate::{Error, Result};

/// Headers of which a message has two or more among its first lines.
const HEADERS: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "sender",
    "reply-to",
    "list-id",
    "content-type",
];

/// Whether a text is a message or a mailbox: header lines of mail up to the first blank line, and nothing else.
pub(super) fn is_mail(head: &str) -> bool {
    let (first, rest) = head.split_once('\n').unwrap_or((head, ""));
    let header = if first.starts_with("From ") { rest } else { head };
    let mut known = Vec::new();
    for line in header.lines().take(200) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        if HEADERS.contains(&name.as_str()) && !known.contains(&name) {
            known.push(name);
        }
    }
    let has = |name: &str| known.iter().any(|k| k == name);
    has("from") && (has("date") || has("received") || has("message-id") || has("mime-version")) && known.len() >= 3
}

/// The records of a chunk that is a whole file.
pub(super) fn records(chunk: &Chunk) -> impl Iterator<Item = Result<RawRecord<'_>>> {
    let starts = starts(&chunk.bytes);
    let is_box = chunk.bytes.starts_with(b"From ");
    let mut line = chunk.first_line;
    let mut counted = 0;
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([chunk.bytes.len()]).collect();
    let one = move |((start, end), number): ((usize, usize), u32)| {
        line += newlines(&chunk.bytes[counted..start]);
        counted = start;
        let bytes = &chunk.bytes[start..end];
        let skip = if is_box { memchr::memchr(b'\n', bytes).map_or(0, |at| at + 1) } else { 0 };
        let at = start + chunk.offset as usize;
        let place = is_box.then(|| RecordPlace { number, span: Span::new(at, at + bytes.trim_ascii_end().len()) });
        let fault = |lack: NoArticle| match lack {
            NoArticle::Empty(what) => Fault::empty(&chunk.facts, line, number, what, "leave it out"),
            NoArticle::Broken(what) => Fault::new(&chunk.facts, line, number, what, "leave it out, or mend it").error(),
            NoArticle::Refused(error) => error,
        };
        chunk.admit(line, number, bytes)?;
        message(chunk, &bytes[skip..], (at + skip) as u64, line + u32::from(skip > 0), number, place).map_err(fault)
    };
    starts.into_iter().zip(ends).zip(chunk.first_record..).map(one)
}

/// Where the messages of a mailbox begin: at a line `From …` behind a blank one, with a header under it.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let inner = bytes.starts_with(b"From ").then(|| later_starts(bytes));
    std::iter::once(0).chain(inner.into_iter().flatten()).collect()
}

/// Where the messages of a mailbox begin behind its first byte.
pub(super) fn later_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    /// Characters of a header's name, at most.
    const LONGEST_NAME: usize = 200;
    let begins = |at: &usize| {
        let blank = bytes[..*at].ends_with(b"\n\n") || bytes[..*at].ends_with(b"\r\n\r\n");
        let under = || memchr::memchr(b'\n', &bytes[*at..]).map_or(&[][..], |end| &bytes[at + end + 1..]);
        let named = |under: &[u8]| {
            let name = under.iter().take(LONGEST_NAME).take_while(|b| b.is_ascii_graphic() && **b != b':').count();
            name > 0 && under.get(name) == Some(&b':')
        };
        blank && named(under())
    };
    memchr::memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1).filter(begins)
}

/// Why a message is no article.
enum NoArticle {
    Empty(&'static str),
    Broken(&'static str),
    Refused(Error),
}

/// A part of a message, read.
struct TextPart<'a> {
    text: Cow<'a, str>,
    map: SourceMap<'a>,
    charset: Charset,
    markup: Option<Markup>,
    line: u32,
    warnings: Vec<String>,
}

fn message<'a>(
    chunk: &Chunk,
    bytes: &'a [u8],
    base: u64,
    line: u32,
    number: u32,
    place: Option<RecordPlace>,
) -> std::result::Result<RawRecord<'a>, NoArticle> {
    if may_be_too_deep(bytes) {
        return Err(NoArticle::Broken("more than 256 messages within it"));
    }
    let message = MessageParser::default().parse(bytes).ok_or(NoArticle::Broken("no message that can be read"))?;
    let texts: Vec<&MessagePart<'_>> = parts(&message, false);
    let pages: Vec<&MessagePart<'_>> = parts(&message, true);
    // what is packed shows its lines and tags only now
    for part in texts.first().into_iter().chain(pages.first()).filter(|part| part.encoding != Encoding::None) {
        chunk.admit(line, number, part.contents()).map_err(NoArticle::Refused)?;
    }
    let read = |part: &&MessagePart<'_>| read(chunk, bytes, part, base, line);
    let (text, page) = (texts.first().map(read), pages.first().map(read));
    // some senders write "your program cannot show this" into the plain part
    let richer = |text: &TextPart<'_>, page: &TextPart<'_>| page.text.trim().len() * 4 > text.text.trim().len() * 5;
    let (part, alike) = match (text, page) {
        (Some(text), Some(page)) if !richer(&text, &page) => (Some(text), texts.len()),
        (_, Some(page)) => (Some(page), pages.len()),
        (text, None) => (text, texts.len()),
    };
    let given = given(&message);
    let mut part = part.filter(|part| !part.text.trim().is_empty());
    if part.is_none() && given.headline.is_none() {
        return Err(NoArticle::Empty("a message with neither a subject nor a text"));
    }
    if alike > 1
        && let Some(part) = &mut part
    {
        part.warnings.push(format!("only the first of {alike} parts of text is read"));
    }
    let empty = TextPart {
        text: Cow::Borrowed(""),
        map: SourceMap::Packed,
        charset: Charset::Utf8,
        markup: None,
        line,
        warnings: Vec::new(),
    };
    let TextPart { text, map, charset, markup, line, warnings } = part.unwrap_or(empty);
    let whole = place.map_or(bytes, |place| &bytes[..bytes.len().min(place.span.len())]);
    let hash = match place {
        // the record's span begins at its line `From …`
        Some(place) => blake3::hash(&chunk.bytes[(place.span.start - chunk.offset) as usize..][..place.span.len()]),
        None => chunk.hash.unwrap_or_else(|| blake3::hash(whole)),
    };
    Ok(RawRecord { text, map, charset, first_line: line, place, given, markup, hash, warnings })
}

/// Messages within a message, at most: the parser takes one apart by calling itself for each that stands in another.
const MOST_WITHIN: usize = 256;

/// Whether there may be more messages within a message than the parser can take: each has to be announced.
fn may_be_too_deep(bytes: &[u8]) -> bool {
    let announces = |&slash: &usize| {
        let (before, after) = (&bytes[..slash], &bytes[slash + 1..]);
        let is = |kind: &[u8], name: &[u8]| {
            let ends = before.len() >= kind.len() && before[before.len() - kind.len()..].eq_ignore_ascii_case(kind);
            ends && after.get(..name.len()).is_some_and(|after| after.eq_ignore_ascii_case(name))
        };
        is(b"message", b"rfc822") || is(b"message", b"global") || is(b"multipart", b"digest")
    };
    memchr::memchr_iter(b'/', bytes).filter(announces).nth(MOST_WITHIN).is_some()
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
        date: message.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339()),
        headline: message.subject().map(str::trim).filter(|subject| !subject.is_empty()).map(str::to_owned),
        ..Given::default()
    }
}

fn read<'a>(chunk: &Chunk, bytes: &'a [u8], part: &MessagePart<'_>, base: u64, line: u32) -> TextPart<'a> {
    let (start, end) = (part.offset_body as usize, (part.offset_end as usize).min(bytes.len()));
    let raw = bytes.get(start..end).unwrap_or(&[]);
    let line = line + newlines(&bytes[..start.min(bytes.len())]);
    let declared = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    let is_page = matches!(part.body, PartType::Html(_));
    if part.encoding == Encoding::None {
        return plain(chunk, raw, base + start as u64, line, declared.as_deref(), is_page);
    }
    // the characters were packed away: what is read of them has no bytes of its own in the file
    let text = part.text_contents().unwrap_or("").to_owned();
    let problem = part.is_encoding_problem.then(|| "damaged base64 or quoted-printable; some of it is lost".to_owned());
    let malformed = text.matches(char::REPLACEMENT_CHARACTER).count();
    let malformed = (malformed > 0).then(|| format!("{malformed} malformed characters, shown as U+FFFD"));
    let warnings = problem.into_iter().chain(malformed).collect();
    let (map, charset) = (SourceMap::Packed, named(declared.as_deref()));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_told_by_its_header() {
        for (head, mail) in [
            ("From: A <a@b.example>\nSubject: X\nDate: Wed, 27 Jun 2018 14:05:00 +0000\n\nText", true),
            ("From a@b.example Wed Jun 27 14:05:00 2018\nReturn-Path: <a>\nFrom: A\nDate: x\n\nText", true),
            ("Received: from x\n\tby y\nMIME-Version: 1.0\nFrom: A\n\n", true),
            ("From: the desk\nSubject: a text that quotes a header\n\nText", false),
            ("From the harbour to the hill\n\nDate: 1999", false),
            ("Headline\n\nFrom: A\nDate: B\nSubject: C", false),
        ] {
            assert_eq!(is_mail(head), mail, "{head}");
        }
    }
}
