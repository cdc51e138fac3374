//! Answers of web servers as they went over the wire: header fields, chunks, content encodings.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Lines of `Name: value`.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeaderFields<'a>(&'a [u8]);

/// The header of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct ResponseHead<'a> {
    pub status: u16,
    pub fields: HeaderFields<'a>,
    /// Where its body begins.
    pub body: usize,
}

/// One past the blank line that ends a header.
pub(super) fn end_of_head(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..)? {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

impl<'a> HeaderFields<'a> {
    /// The fields of a header, its first line passed over.
    pub fn of(head: &'a [u8]) -> Self {
        Self(memchr::memchr(b'\n', head).map_or(&[], |at| &head[at + 1..]))
    }

    /// The first field of that name (in lower case); none where it is no text.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        let line = self.0.split(|b| *b == b'\n').find(|line| {
            let named = line.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
            named && line[name.len()..].trim_ascii_start().starts_with(b":")
        })?;
        let value = line[name.len()..].trim_ascii_start().strip_prefix(b":")?;
        std::str::from_utf8(value.trim_ascii()).ok()
    }
}

impl<'a> ResponseHead<'a> {
    /// The header that the bytes begin with.
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        let first = bytes.split(|b| *b == b'\n').next()?;
        let mut words = std::str::from_utf8(first).ok()?.split_ascii_whitespace();
        words.next().filter(|version| version.starts_with("HTTP/"))?;
        let status = words.next()?.parse().ok()?;
        let body = end_of_head(bytes)?;
        Some(Self { status, fields: HeaderFields::of(&bytes[..body]), body })
    }

    /// The body without the wrappings that the header names: chunks, then content encodings. It stays borrowed where there
    /// are none, or where the crawler undid them and left the header as it was.
    pub fn unwrapped(&self, body: &'a [u8], max: u64) -> Result<Cow<'a, [u8]>, String> {
        let chunked = self.fields.get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
        let mut body = match chunked.then(|| joined(body)).flatten() {
            Some(joined) => Cow::Owned(joined),
            None => Cow::Borrowed(body),
        };
        let encodings = self.fields.get("content-encoding").unwrap_or("").to_ascii_lowercase();
        for encoding in encodings.split(',').map(str::trim).rev() {
            if let Some(decoded) = decoded(encoding, &body, max)? {
                body = Cow::Owned(decoded);
            }
        }
        Ok(body)
    }
}

/// A chunked body in one piece; none where it is not chunked. What follows a broken chunk is left out.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut first = true;
    loop {
        let size = memchr::memchr(b'\n', body).and_then(|end| {
            let digits = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
            Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
        });
        let Some((size, at)) = size else { return (!first).then_some(whole) };
        let chunk = &body[at..at.saturating_add(size).min(body.len())];
        whole.extend_from_slice(chunk);
        if size == 0 || chunk.len() < size {
            return Some(whole);
        }
        body = body[at + size..].trim_ascii_start();
        first = false;
    }
}

/// What an encoding hides; none where it is none, or was undone before.
fn decoded(encoding: &str, body: &[u8], max: u64) -> Result<Option<Vec<u8>>, String> {
    let reader: Box<dyn Read + '_> = match encoding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => Box::new(MultiGzDecoder::new(body)),
        // servers send both, with the wrapper of zlib and without
        "deflate" if is_zlib(body) => Box::new(ZlibDecoder::new(body)),
        "deflate" => Box::new(DeflateDecoder::new(body)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(body, 16 * 1024)),
        _ => return Ok(None),
    };
    let mut decoded = Vec::new();
    match reader.take(max.saturating_add(1)).read_to_end(&mut decoded) {
        Ok(_) if decoded.len() as u64 > max => Err(format!("more than {max} bytes of {encoding}")),
        // most of a page that was cut off is better than nothing
        Ok(_) => Ok(Some(decoded)),
        Err(_) if decoded.len() > 256 => Ok(Some(decoded)),
        // undone before, and the header left as it was
        Err(_) if looks_plain(body) => Ok(None),
        Err(_) => Err(format!("damaged {encoding}")),
    }
}

fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [first, second, ..] if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

fn looks_plain(body: &[u8]) -> bool {
    let head = &body[..body.len().min(512)];
    head.iter().all(|b| *b >= 0x20 || b.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn unwrap(fields: &str, body: &[u8]) -> Result<String, String> {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n").as_bytes(), body].concat();
        let answer = ResponseHead::of(&bytes).expect("an answer");
        answer.unwrapped(&bytes[answer.body..], 1000).map(|body| String::from_utf8_lossy(&body).into_owned())
    }

    #[test]
    fn wrappings_are_undone_in_their_order() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"A page.").expect("written");
        let gzip = gzip.finish().expect("written");
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(b"A page.").expect("written");
        let zlib = zlib.finish().expect("written");
        let mut chunked = format!("{:x};ext=1\r\n", gzip.len()).into_bytes();
        chunked.extend([&gzip[..], b"\r\n0\r\n\r\n"].concat());
        for (fields, body, text) in [
            ("X: y", &b"A page."[..], "A page."),
            ("Content-Encoding: gzip", &gzip, "A page."),
            ("content-encoding : deflate", &zlib, "A page."),
            ("Content-Encoding: deflate", &zlib[2..zlib.len() - 4], "A page."),
            ("Content-Encoding: br", b"\x0b\x03\x80A page.\x03", "A page."),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", &chunked, "A page."),
            ("Transfer-Encoding: chunked", b"3\r\nA p\r\n4\r\nage.\r\n0\r\n\r\n", "A page."),
            ("Transfer-Encoding: chunked", b"A page.", "A page."),
            ("Content-Encoding: gzip", b"A page.", "A page."),
            ("Content-Encoding: identity", b"A page.", "A page."),
        ] {
            assert_eq!(unwrap(fields, body).as_deref(), Ok(text), "{fields}");
        }
        assert_eq!(unwrap("Content-Encoding: gzip", b"\x1f\x8b\x08\x00\xff").err().as_deref(), Some("damaged gzip"));
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        bomb.write_all(&[b'a'; 100_000]).expect("written");
        let bomb = bomb.finish().expect("written");
        assert!(unwrap("Content-Encoding: gzip", &bomb).is_err_and(|e| e.contains("more than 1000 bytes")));
    }
}
