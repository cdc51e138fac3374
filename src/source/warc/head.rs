//! The header of a WARC record, and whether the record can be an article.

use super::http;
use crate::work;

/// What a record begins with.
pub(in crate::source) const MARK: &[u8] = b"WARC/";

/// Bytes of a header, at most.
const LONGEST: usize = 64 * 1024;

/// Bytes of a block that tell what it is: the header of an HTTP answer.
pub(in crate::source) const PEEK: usize = 64 * 1024;

/// The header of a record.
#[derive(Clone, Copy, Debug)]
pub(in crate::source) struct WarcHeader<'a> {
    fields: http::HeaderFields<'a>,
    /// Bytes of the header, its blank line included.
    pub length: usize,
    /// Bytes of the block.
    pub block: u64,
}

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum RecordFate {
    /// It is read.
    Article,
    /// It holds no article: a request, a redirect, a picture, …
    Skip,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PayloadKind {
    Html,
    Text,
}

impl<'a> WarcHeader<'a> {
    /// The header that the bytes begin with: `Ok(None)` where they hold only a part of it.
    pub fn of(bytes: &'a [u8]) -> Result<Option<Self>, &'static str> {
        if !bytes.starts_with(&MARK[..MARK.len().min(bytes.len())]) {
            return Err("no WARC record where one should begin");
        }
        let head = &bytes[..bytes.len().min(LONGEST)];
        // what begins the next record ends this one's header, so that nothing is looked through again from there on
        let next = memchr::memmem::find(head, b"\nWARC/1.").map(|at| at + 1);
        let head = &head[..next.unwrap_or(head.len())];
        work::add(head.len());
        let Some(length) = http::end_of_head(head) else {
            let may_go_on = next.is_none() && bytes.len() < LONGEST;
            return if may_go_on { Ok(None) } else { Err("a WARC header without an end") };
        };
        let fields = http::HeaderFields::of(&bytes[..length]);
        let block = fields.get("content-length").and_then(|value| value.trim().parse().ok());
        let block = block.ok_or("a WARC header without Content-Length")?;
        Ok(Some(Self { fields, length, block }))
    }

    /// A field of the header.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.fields.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The address that was fetched; some writers put it in angle brackets.
    pub fn url(&self) -> Option<&'a str> {
        self.get("warc-target-uri").map(|url| url.trim_start_matches('<').trim_end_matches('>'))
    }

    /// Whether the record can be an article; `block` is the beginning of its block.
    pub fn verdict(&self, block: &[u8]) -> RecordFate {
        let robots = self.url().is_some_and(|url| url.split(['?', '#']).next().unwrap_or(url).ends_with("/robots.txt"));
        if robots || self.kind(block).is_none() { RecordFate::Skip } else { RecordFate::Article }
    }

    /// Whether the block is an answer of a web server.
    pub(super) fn is_http(&self) -> bool {
        let kind = self.get("content-type").unwrap_or("").to_ascii_lowercase();
        self.get("warc-type").is_some_and(|t| t.eq_ignore_ascii_case("response")) && !kind.starts_with("text/")
    }

    /// What the record holds, where it can be an article.
    pub(super) fn kind(&self, block: &[u8]) -> Option<PayloadKind> {
        let warc_type = self.get("warc-type")?.to_ascii_lowercase();
        match warc_type.as_str() {
            "response" if self.is_http() => {
                let answer = http::ResponseHead::of(block)?;
                if answer.status != 200 {
                    return None;
                }
                let said = answer.fields.get("content-type").or_else(|| self.get("warc-identified-payload-type"));
                kind_of(said, &block[answer.body..])
            }
            "resource" | "conversion" => kind_of(self.get("content-type"), block),
            _ => None,
        }
    }
}

fn kind_of(said: Option<&str>, body: &[u8]) -> Option<PayloadKind> {
    let said = said.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    match said.as_str() {
        "text/html" | "application/xhtml+xml" => Some(PayloadKind::Html),
        "text/plain" => Some(PayloadKind::Text),
        "" => {
            let start = body.trim_ascii_start();
            let opens = |tag: &[u8]| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
            (opens(b"<!doctype html") || opens(b"<html")).then_some(PayloadKind::Html)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_texts_are_articles_and_nothing_else() {
        let answer = |status: u16, kind: &str| format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n\r\n<p>x");
        for (kind, url, block, verdict) in [
            ("response", "http://a.example/1", answer(200, "text/html; charset=utf-8"), RecordFate::Article),
            ("response", "http://a.example/1", answer(200, "TEXT/PLAIN"), RecordFate::Article),
            ("response", "http://a.example/1", answer(404, "text/html"), RecordFate::Skip),
            ("response", "http://a.example/1", answer(301, "text/html"), RecordFate::Skip),
            ("response", "http://a.example/1", answer(200, "image/png"), RecordFate::Skip),
            ("response", "http://a.example/robots.txt?x", answer(200, "text/plain"), RecordFate::Skip),
            ("response", "http://a.example/1", "HTTP/1.0 200\n\n <!DOCTYPE HTML>".to_owned(), RecordFate::Article),
            ("response", "dns:a.example", "a.example. 300 IN A".to_owned(), RecordFate::Skip),
            ("request", "http://a.example/1", "GET / HTTP/1.1".to_owned(), RecordFate::Skip),
            ("warcinfo", "", "software: x".to_owned(), RecordFate::Skip),
        ] {
            let text = format!(
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\ncontent-length: {}\r\n\r\n",
                block.len()
            );
            let head = WarcHeader::of(text.as_bytes()).unwrap_or_else(|e| panic!("{e}")).expect("a header");
            assert_eq!(head.verdict(block.as_bytes()), verdict, "{kind} {url} {block}");
            assert_eq!((head.length, head.block), (text.len(), block.len() as u64));
        }
        assert!(matches!(WarcHeader::of(b"WARC/1.0\r\nWARC-Type: x\r\n"), Ok(None)));
        assert!(matches!(WarcHeader::of(b"WA"), Ok(None)));
        assert!(WarcHeader::of(b"WARC/1.0\r\n\r\n").is_err() && WarcHeader::of(b"HTTP/1.1").is_err());
    }
}
