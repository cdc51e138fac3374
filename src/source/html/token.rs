//! A page as tokens with their places: tags, text, and what no reader sees passed over.
//!
//! Any input is some tokens: what is malformed is read as browsers read it, or as text. Every byte is looked at once.

use super::foreign::{self, Foreign};

mod script;

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HtmlToken<'t> {
    /// Text as it stands, references and all: its first byte.
    Text(usize, &'t str),
    /// The inside of an element that holds no tags, such as `script`, with the name of it.
    Raw(usize, &'t str, &'t str),
    /// A start tag: its first byte, its name, and its attributes as they stand.
    Start(usize, &'t str, &'t str),
    /// An end tag: its first byte and its name.
    End(usize, &'t str),
}

/// Elements whose inside is text up to their own end tag.
const RAW: &[&str] = &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// Reads tokens one after the other.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// The name of the raw element that was just opened.
    raw: Option<&'t str>,
    foreign: Foreign<'t>,
    /// The end tag of a foreign element that was closed where it was opened, and the byte of it.
    closed: Option<(usize, &'t str)>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, raw: None, foreign: Foreign::default(), closed: None }
    }

    /// The inside of a raw element; what lacks its end tag goes on to the end of the page.
    fn raw_text(&mut self, name: &'t str) -> HtmlToken<'t> {
        let start = self.at;
        let rest = &self.text[start..];
        let length = if name.eq_ignore_ascii_case("script") {
            script::length(rest.as_bytes())
        } else {
            let mut ends = memchr::memmem::find_iter(rest.as_bytes(), b"</");
            ends.find(|at| script::is_tag(&rest.as_bytes()[at + 2..], name)).unwrap_or(rest.len())
        };
        self.at = start + length;
        HtmlToken::Raw(start, name, &rest[..length])
    }

    /// What a `<` begins, if it is a tag; comments and the like are passed over, with none.
    fn markup(&mut self) -> Option<HtmlToken<'t>> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        match bytes.get(start + 1) {
            Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                let name = self.name(start + 2);
                self.at = self.tag_end(start + 2 + name.len());
                self.foreign.end(name);
                Some(HtmlToken::End(start, name))
            }
            Some(b) if b.is_ascii_alphabetic() => {
                let name = self.name(start + 1);
                // The tag is read again, once what it ends has ended.
                if let Some(broken) = self.foreign.broken_by(name) {
                    return Some(HtmlToken::End(start, broken));
                }
                Some(self.start_tag(start, name))
            }
            _ => {
                self.at = self.passed_over(start);
                None
            }
        }
    }

    fn start_tag(&mut self, start: usize, name: &'t str) -> HtmlToken<'t> {
        let bytes = self.text.as_bytes();
        let attributes = start + 1 + name.len();
        self.at = self.tag_end(attributes);
        let end = (self.at - usize::from(bytes[self.at - 1] == b'>')).max(attributes);
        let is_foreign = self.foreign.is_here();
        let is_closed = bytes[end - 1] == b'/';
        if is_closed && (is_foreign || foreign::is_root(name)) {
            self.closed = Some((start, name));
        } else {
            self.foreign.begin(name);
            self.raw = RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name) && !is_foreign).then_some(name);
        }
        HtmlToken::Start(start, name, &self.text[attributes..end])
    }

    fn name(&self, start: usize) -> &'t str {
        let rest = &self.text.as_bytes()[start..];
        let end = rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
        &self.text[start..start + end.unwrap_or(rest.len())]
    }

    /// One past the `>` that ends a tag; quoted values may hold one.
    fn tag_end(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
            at += found;
            let quote = bytes[at];
            if quote == b'>' {
                return at + 1;
            }
            at += 1;
            // A quote begins a value only behind `=`; elsewhere it is a slip.
            if bytes[from..at - 1].iter().rev().find(|b| !b.is_ascii_whitespace()) != Some(&b'=') {
                continue;
            }
            match memchr::memchr(quote, &bytes[at..]) {
                Some(end) => at += end + 1,
                None => return bytes.len(),
            }
        }
        bytes.len()
    }

    /// One past a comment, a document type, CDATA or a processing instruction.
    fn passed_over(&self, start: usize) -> usize {
        let rest = &self.text.as_bytes()[start..];
        let mut ends = memchr::memchr_iter(b'>', rest);
        let is_comment = rest.starts_with(b"<!--") && !rest.starts_with(b"<!-->") && !rest.starts_with(b"<!--->");
        let closes = |end: &usize| {
            let inside = rest.get(4..*end).unwrap_or_default();
            !is_comment || inside.ends_with(b"--") || inside.ends_with(b"--!")
        };
        start + ends.find(closes).map_or(rest.len(), |end| end + 1)
    }
}

/// Whether a `<` at the start of `bytes` begins anything but text.
fn is_markup(bytes: &[u8]) -> bool {
    match bytes.get(1).filter(|_| bytes[0] == b'<') {
        Some(b'/') => bytes.len() > 2,
        Some(b) => b.is_ascii_alphabetic() || matches!(b, b'!' | b'?'),
        None => false,
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = HtmlToken<'t>;

    fn next(&mut self) -> Option<HtmlToken<'t>> {
        if let Some((at, name)) = self.closed.take() {
            return Some(HtmlToken::End(at, name));
        }
        if let Some(name) = self.raw.take() {
            return Some(self.raw_text(name));
        }
        let bytes = self.text.as_bytes();
        loop {
            let start = self.at;
            if start >= bytes.len() {
                return None;
            }
            if is_markup(&bytes[start..]) {
                if bytes[start..].starts_with(b"<![CDATA[") {
                    self.at = start + 9;
                    let end = memchr::memmem::find(&bytes[self.at..], b"]]>").map(|at| self.at + at);
                    let end = end.unwrap_or(bytes.len());
                    let inside = &self.text[self.at..end];
                    let place = self.at;
                    self.at = (end + 3).min(bytes.len());
                    return Some(HtmlToken::Text(place, inside));
                }
                if let Some(token) = self.markup() {
                    return Some(token);
                }
                continue;
            }
            let mut opens = memchr::memchr_iter(b'<', &bytes[start + 1..]).map(|at| start + 1 + at);
            self.at = opens.find(|at| is_markup(&bytes[*at..])).unwrap_or(bytes.len());
            return Some(HtmlToken::Text(start, &self.text[start..self.at]));
        }
    }
}

/// The attributes of a start tag: names as written, values without their quotes, references as they stand.
pub(super) struct Attributes<'t>(pub(super) &'t str);

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\''));
        if rest.is_empty() {
            return None;
        }
        // An `=` at the start is part of a name.
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
        let end = rest.char_indices().skip(1).find(|(_, c)| ends(*c)).map_or(rest.len(), |(at, _)| at);
        let name = rest[..end].trim_end_matches(['"', '\'']);
        let after = rest[end..].trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            self.0 = &rest[end..];
            return Some((name, ""));
        };
        let quoted = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quoted {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.0 = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |token| match token {
            HtmlToken::Text(_, text) => format!("{text:?}"),
            HtmlToken::Raw(_, name, text) => format!("{name}:{text:?}"),
            HtmlToken::Start(_, name, attributes) => {
                let all: Vec<String> = Attributes(attributes).map(|(n, v)| format!(" {n}={v}")).collect();
                format!("<{name}{}>", all.concat())
            }
            HtmlToken::End(_, name) => format!("</{name}>"),
        };
        Tokens::new(text).map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_page_is_cut_into_tags_and_text() {
        for (page, tokens) in [
            ("<p>One</p>", "<p> \"One\" </p>"),
            ("a < b <3 </", "\"a < b <3 </\""),
            ("a</ c>b</>c</3", "\"a\" \"b\" \"c\""),
            ("a<!-- - -> --!>b<!----!>c<!---->d", "\"a\" \"b\" \"c\" \"d\""),
            ("<a href='x>y' b=c d>t", "<a href=x>y b=c d=> \"t\""),
            ("<!-- <p> --><!DOCTYPE html><?xml x?>x", "\"x\""),
            ("<!--><b>", "<b>"),
            ("x<![CDATA[<b>]]>y", "\"x\" \"<b>\" \"y\""),
            ("<script>a</b>'</scr'</SCRIPT >z", "<script> script:\"a</b>'</scr'\" </SCRIPT> \"z\""),
            ("<title>a<b</title>", "<title> title:\"a<b\" </title>"),
            (
                "<script><!-- <script>a</script> b --></script>c",
                "<script> script:\"<!-- <script>a</script> b -->\" </script> \"c\"",
            ),
            ("<script><!-- a</script>c", "<script> script:\"<!-- a\" </script> \"c\""),
            ("<script><!--><script></script>c", "<script> script:\"<!--><script>\" </script> \"c\""),
            ("<script><!-- <scripts></script>c", "<script> script:\"<!-- <scripts>\" </script> \"c\""),
            ("<svg><title/><path d=a/></svg>b", "<svg> <title> </title> <path d=a/> </path> </svg> \"b\""),
            ("<svg/>a<svg><style>b</style><p>c", "<svg> </svg> \"a\" <svg> <style> \"b\" </style> </svg> <p> \"c\""),
            (
                "<svg><desc><p>a<title>b</title>c</svg>d",
                "<svg> <desc> <p> \"a\" <title> title:\"b\" </title> \"c\" </svg> \"d\"",
            ),
            ("<style>p{", "<style> style:\"p{\""),
            ("<p class=\"a\"\"b\">x", "<p class=a b=> \"x\""),
            ("<p title=\"never closed", "<p title=never closed>"),
            ("<br/><img src=a/>", "<br> <img src=a/>"),
            ("<", "\"<\""),
            ("<p", "<p>"),
        ] {
            assert_eq!(shown(page), tokens, "{page}");
        }
    }
}
