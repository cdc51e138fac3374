//! The tags of a file, told one after the other without a look at what they mean.

use crate::work;

/// A tag: its bytes, its name without prefix in lower case, and which kind it is.
pub(in crate::source) struct Tag {
    pub start: usize,
    pub end: usize,
    pub name: String,
    pub kind: TagKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum TagKind {
    Start,
    End,
    Empty,
}

/// Bytes of a tag, at most: what is longer is none, so that a file that is looked at piece by piece need not be held for it.
const LONGEST_TAG: usize = 16 << 20;

/// What is passed over, by how it begins and ends.
const PASSED: &[(&[u8], &[u8])] = &[(b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")];

/// How far the tags were told; comments, CDATA, instructions and declarations are passed over. In every character set that
/// has ASCII as it is, tags are the same bytes.
#[derive(Debug, Default)]
pub(in crate::source) struct TagScan {
    /// One past what was looked at.
    pub at: usize,
    /// How that ends which is being passed over.
    within: Option<&'static [u8]>,
}

impl TagScan {
    /// The next tag; none where the bytes end before it does. With more bytes behind them, the scan goes on.
    pub fn next(&mut self, bytes: &[u8]) -> Option<Tag> {
        let from = self.at;
        let tag = self.find(bytes);
        work::add(self.at - from);
        tag
    }

    fn find(&mut self, bytes: &[u8]) -> Option<Tag> {
        loop {
            if let Some(end) = self.within {
                let Some(found) = memchr::memmem::find(&bytes[self.at..], end) else {
                    // the last bytes may be half of the end
                    self.at = self.at.max((bytes.len() + 1).saturating_sub(end.len()));
                    return None;
                };
                self.at += found + end.len();
                self.within = None;
            }
            let Some(found) = memchr::memchr(b'<', &bytes[self.at..]) else {
                self.at = bytes.len();
                return None;
            };
            self.at += found;
            let rest = &bytes[self.at..];
            if let Some((begin, end)) = PASSED.iter().find(|(begin, _)| rest.starts_with(begin)) {
                self.at += begin.len();
                self.within = Some(end);
                continue;
            }
            let is_declaration = rest.starts_with(b"<!");
            let Some(length) = (if is_declaration { declaration(rest) } else { end_of_tag(rest) }) else {
                if rest.len() > LONGEST_TAG {
                    self.at = bytes.len();
                }
                return None;
            };
            match tag(&rest[..length], self.at).filter(|_| !is_declaration) {
                Some(tag) => {
                    self.at += length;
                    return Some(tag);
                }
                None => self.at += if is_declaration { length } else { 1 },
            }
        }
    }
}

/// The tag of these bytes, which begin at `start`; none where what looks like one has no name.
fn tag(bytes: &[u8], start: usize) -> Option<Tag> {
    let inside = &bytes[1..bytes.len() - 1];
    let (inside, kind) = match (inside.strip_prefix(b"/"), inside.strip_suffix(b"/")) {
        (Some(name), _) => (name, TagKind::End),
        (_, Some(inside)) => (inside, TagKind::Empty),
        _ => (inside, TagKind::Start),
    };
    let name = inside.split(u8::is_ascii_whitespace).next().unwrap_or(b"");
    let name = String::from_utf8_lossy(name);
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let name = name.rsplit(':').next().unwrap_or(&name).to_ascii_lowercase();
    Some(Tag { start, end: start + bytes.len(), name, kind })
}

/// One past the `>` of a tag, those in quoted attributes passed over.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        let found = at + memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[found] {
            b'>' => return Some(found + 1),
            // an apostrophe in a broken tag must not swallow the file
            quote => match memchr::memchr2(quote, b'<', &bytes[found + 1..])? {
                close if bytes[found + 1 + close] == quote => at = found + close + 2,
                _ => at = found + 1,
            },
        }
    }
}

/// One past a declaration, with what stands in its brackets.
fn declaration(bytes: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b'>', bytes)?;
    match memchr::memchr(b'[', &bytes[..end]) {
        Some(open) => {
            let close = open + memchr::memchr(b']', &bytes[open..])?;
            Some(close + memchr::memchr(b'>', &bytes[close..])? + 1)
        }
        None => Some(end + 1),
    }
}
