//! Parts of a message that nobody closed: a mail that was cut off has its text in them, and the parser would not find it.

use std::borrow::Cow;

use mail_parser::{ContentType, MessageParser, MimeHeaders};

use crate::work;

/// Parts within each other, at most, that are looked at: every line of hyphens is held to all that are open.
const DEEPEST: usize = 100;

/// A message in which every part that was begun is closed.
pub(super) struct Closed<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// What was put in: where in the message, and how many bytes; in order.
    inserted: Vec<(usize, usize)>,
}

/// A multipart that is open.
struct OpenMultipart {
    boundary: Vec<u8>,
    /// Its parts are messages where they say nothing else.
    is_digest: bool,
    /// A part of it was begun.
    is_begun: bool,
}

impl<'a> Closed<'a> {
    /// The same message, closed.
    pub fn of(bytes: &'a [u8]) -> Self {
        let missing = missing(bytes);
        if missing.is_empty() {
            return Self { bytes: Cow::Borrowed(bytes), inserted: Vec::new() };
        }
        let (mut closed, mut inserted, mut at) = (Vec::with_capacity(bytes.len() + 100), Vec::new(), 0);
        for (place, delimiter) in missing {
            closed.extend_from_slice(&bytes[at..place]);
            closed.extend_from_slice(&delimiter);
            inserted.push((place, delimiter.len()));
            at = place;
        }
        closed.extend_from_slice(&bytes[at..]);
        Self { bytes: Cow::Owned(closed), inserted }
    }

    /// Whether anything had to be closed.
    pub fn was_open(&self) -> bool {
        !self.inserted.is_empty()
    }

    /// The place in the message itself of a place in the closed one.
    pub fn original(&self, place: usize) -> usize {
        let mut place = place;
        for (at, length) in &self.inserted {
            if place <= *at {
                break;
            }
            place = (*at).max(place.saturating_sub(*length));
        }
        place
    }
}

/// The closing delimiters that are missing, innermost first, and where each belongs.
fn missing(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let (mut missing, mut open) = (Vec::new(), Vec::<OpenMultipart>::new());
    let mut at = Some(0);
    while let Some(header) = at {
        let mut body = begin(bytes, header, &mut open);
        at = loop {
            let Some((line, place, ends)) = delimiter(bytes, body, &open) else { break None };
            close(open.drain(place + 1..), line.start, &mut missing);
            body = line.end;
            if !ends {
                open[place].is_begun = true;
                break Some(body);
            }
            open.truncate(place);
        };
    }
    close(open.drain(..), bytes.len(), &mut missing);
    missing
}

fn close(left: impl DoubleEndedIterator<Item = OpenMultipart>, place: usize, missing: &mut Vec<(usize, Vec<u8>)>) {
    // a blank line ends a header that was cut off
    let delimiter = |boundary: Vec<u8>| [b"\n\n--", &boundary[..], b"--\n"].concat();
    missing.extend(left.rev().filter(|part| part.is_begun).map(|part| (place, delimiter(part.boundary))));
}

/// Reads the header of a part, and of the messages that begin with it; says where the body begins.
fn begin(bytes: &[u8], header: usize, open: &mut Vec<OpenMultipart>) -> usize {
    let mut at = header;
    let mut is_digest = open.last().is_some_and(|part| part.is_digest);
    loop {
        let body = at + header_end(&bytes[at..]);
        work::add(body - at);
        let parsed = MessageParser::default().parse_headers(&bytes[at..body]);
        let kind = parsed.as_ref().and_then(|message| message.content_type());
        let is = |main: &str, sub: &str| kind.is_some_and(|kind| kind.ctype() == main && kind.subtype() == Some(sub));
        if let Some(boundary) = kind.filter(|kind| kind.ctype() == "multipart").and_then(boundary)
            && open.len() < DEEPEST
        {
            let is_digest = is("multipart", "digest");
            open.push(OpenMultipart { boundary, is_digest, is_begun: false });
            return body;
        }
        let holds_message = is("message", "rfc822") || is("message", "global") || (is_digest && kind.is_none());
        if !holds_message || body == bytes.len() {
            return body;
        }
        (at, is_digest) = (body, false);
    }
}

fn boundary(kind: &ContentType<'_>) -> Option<Vec<u8>> {
    let boundary = kind.attribute("boundary")?;
    (!boundary.is_empty()).then(|| boundary.as_bytes().to_vec())
}

/// One past the blank line that ends a header.
fn header_end(bytes: &[u8]) -> usize {
    let blank = |at: usize| match &bytes[at..] {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    };
    let begins = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
    begins.filter_map(blank).next().unwrap_or(bytes.len())
}

/// The next line that begins or ends a part of what is open: its bytes, which of the open it is of, and whether it ends that.
fn delimiter(bytes: &[u8], from: usize, open: &[OpenMultipart]) -> Option<(std::ops::Range<usize>, usize, bool)> {
    if open.is_empty() {
        return None;
    }
    let first = bytes[from..].starts_with(b"--").then_some(from);
    let later = memchr::memmem::find_iter(&bytes[from..], b"\n--").map(|at| from + at + 1);
    first.into_iter().chain(later).find_map(|start| {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        let line = bytes[start + 2..end].trim_ascii_end();
        work::add(end - start);
        let named = |part: &OpenMultipart| match line.strip_prefix(&part.boundary[..]) {
            Some([]) => Some(false),
            Some(b"--") => Some(true),
            _ => None,
        };
        open.iter().enumerate().rev().find_map(|(place, part)| Some((start..end, place, named(part)?)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_is_closed_where_it_ends() {
        let multipart = |boundary: &str| format!("Content-Type: multipart/mixed;\n boundary=\"{boundary}\"\n\n");
        let (a, b) = (multipart("a"), multipart("b"));
        let digest = "Content-Type: multipart/digest; boundary=d\n\n";
        // a message, and the same with what is put in between brackets
        for (whole, closed) in [
            (format!("{a}--a\n\nText\n--a--\n"), "--a\n\nText\n--a--\n"),
            (format!("{a}--a\n\nText\n"), "--a\n\nText\n[--a--]"),
            (format!("{a}--a\r\n\r\nText"), "--a\r\n\r\nText[--a--]"),
            (format!("{a}--a\nContent-Type: text/plain"), "--a\nContent-Type: text/plain[--a--]"),
            (format!("{a}The delimiter of no part"), "The delimiter of no part"),
            (format!("{a}--a\n{b}--b\n\nText\n"), "--a\n{b}--b\n\nText\n[--b--][--a--]"),
            (format!("{a}--a\n{b}--b\n\nText\n--a\n\nMore\n--a--"), "--a\n{b}--b\n\nText\n[--b--]--a\n\nMore\n--a--"),
            (format!("{a}--a\n{b}--b\n\nText\n--b--\n"), "--a\n{b}--b\n\nText\n--b--\n[--a--]"),
            (format!("Content-Type: message/rfc822\n\n{a}--a\n\nText"), "{a}--a\n\nText[--a--]"),
            (format!("{digest}--d\n\n{a}--a\n\nText"), "--d\n\n{a}--a\n\nText[--a--][--d--]"),
            ("Subject: X\n\n--a\nText\n".to_owned(), "--a\nText\n"),
        ] {
            let found = Closed::of(whole.as_bytes());
            let text = String::from_utf8_lossy(&found.bytes).into_owned();
            let shown = text.replace("\n\n--a--\n", "[--a--]").replace("\n\n--b--\n", "[--b--]");
            let shown = shown.replace("\n\n--d--\n", "[--d--]");
            let closed = closed.replace("{a}", &a).replace("{b}", &b);
            assert!(shown.ends_with(&closed), "{shown:?} for {closed:?}");
            assert_eq!(found.was_open(), closed.contains('['), "{shown}");
            // every byte of the message itself leads back to its place
            let mut place = 0;
            for at in 0..=text.len() {
                let back = found.original(at);
                assert!(back == place || back == place + 1, "{at} {back} {place}");
                place = back;
            }
            assert_eq!(place, whole.len());
        }
    }
}
