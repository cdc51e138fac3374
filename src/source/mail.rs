//! Mail: a message (RFC 5322, MIME) is an article; a mailbox (mbox) holds several.

use mail_parser::MessageParser;

use super::chunk::{Chunk, Fault};
use super::{RawRecord, RecordPlace};
use crate::article::Span;
use crate::{Error, Result};

mod closed;
mod text;

use closed::Closed;
use text::{Mail, MailText, TextPart, holds_bytes};

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
    let closed = Closed::of(bytes);
    let parsed = MessageParser::default().parse(&closed.bytes);
    let message = parsed.ok_or(NoArticle::Broken("no message that can be read"))?;
    let mail = Mail { chunk, bytes, closed: &closed, base, line, number };
    let MailText { given, part } = mail.text(&message).map_err(NoArticle::Refused)?;
    let TextPart { text, map, charset, markup, line, mut warnings } = match part {
        Some(part) => part,
        None if given.headline.is_some() => mail.without_text(&message),
        None if holds_bytes(&message) => return Err(NoArticle::Broken("no subject, and no text is found in its body")),
        None => return Err(NoArticle::Empty("a message with neither a subject nor a text")),
    };
    if closed.was_open() {
        warnings.push("the message ends before its parts do: it may be cut off".to_owned());
    }
    let whole = place.map_or(bytes, |place| &bytes[..bytes.len().min(place.span.len())]);
    let hash = match place {
        // the record's span begins at its line `From …`
        Some(place) => blake3::hash(&chunk.bytes[(place.span.start - chunk.offset) as usize..][..place.span.len()]),
        None => chunk.hash.unwrap_or_else(|| blake3::hash(whole)),
    };
    Ok(RawRecord { text, map, charset, first_line: line, place, given, markup, hash, siblings: None, warnings })
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
