//! What a file is, told by its first bytes: text, a page, JSON, or something that cannot be read as an article.

use super::charset::Charset;
use super::mail::is_mail;
use super::xml::is_xml;

/// How a file holds its articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The file is one article in plain text.
    Text,
    /// The file is one page.
    Html,
    /// Every line is a JSON object.
    JsonLines,
    /// The file is one JSON object over several lines, or an array of objects.
    Json,
    /// A header with the names of the columns, then an article a row.
    Csv,
    /// What a crawler fetched: answers of web servers.
    Warc,
    /// A feed, or another file of XML: an element an article.
    Xml,
    /// A message, or a mailbox of several.
    Mail,
}

/// Files that are no text, by their first bytes: (bytes, name, way out).
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF file", "save its text first, for example with `pdftotext`"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)", "unpack it, or save the document as plain text"),
    (b"\x1F\x8B", "compressed with gzip", "decompress it first with `gunzip`"),
    (b"BZh", "compressed with bzip2", "decompress it first with `bunzip2`"),
    (b"\x28\xB5\x2F\xFD", "compressed with zstd", "decompress it first with `unzstd`"),
    (b"\xFD7zXZ\0", "compressed with xz", "decompress it first with `unxz`"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", "unpack it first"),
    (b"Rar!\x1A\x07", "a RAR archive", "unpack it first"),
    (b"\x89PNG\r\n", "a PNG picture", "leave it out"),
    (b"\xFF\xD8\xFF", "a JPEG picture", "leave it out"),
    (b"GIF8", "a GIF picture", "leave it out"),
    (b"\x7FELF", "a program", "leave it out"),
    (b"SQLite format 3\0", "an SQLite database", "export its articles as JSON lines"),
    (b"\xD0\xCF\x11\xE0", "an old office document", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\xFF\xFE\0\0", "text in UTF-32", "convert it to UTF-8"),
    (b"\0\0\xFE\xFF", "text in UTF-32", "convert it to UTF-8"),
];

const BINARY_WAY_OUT: &str = "leave it out, or save its text as a UTF-8 file";

/// Bytes that are looked at to tell text from other things.
const HEAD: usize = 64 * 1024;

/// A file that cannot be read as text: what it seems to be, and the way out.
pub(super) fn not_text(head: &[u8]) -> Option<(String, &'static str)> {
    if let Some((_, name, way_out)) = MAGIC.iter().find(|(magic, _, _)| head.starts_with(magic)) {
        return Some((format!("no text: it seems to be {name}"), way_out));
    }
    let head = &head[..head.len().min(HEAD)];
    if Charset::from_mark(head).is_some() || Charset::utf16_by_nuls(head).is_some() {
        return None;
    }
    let start = head.trim_ascii_start();
    if memchr::memchr(0, head).is_some() && !start.starts_with(b"{\"") {
        return Some(("no text: it holds NUL bytes and seems to be a binary file".to_owned(), BINARY_WAY_OUT));
    }
    let controls = head.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    (controls * 20 > head.len())
        .then(|| ("no text: it is full of control bytes and seems to be a binary file".to_owned(), BINARY_WAY_OUT))
}

/// The form of a file, from the (decoded) text of its first bytes and, in doubt, its extension.
pub(super) fn form(head: &str, extension: Option<&str>) -> Form {
    let start = head.trim_start();
    if is_xml(start) {
        return Form::Xml;
    }
    if is_mail(start) {
        return Form::Mail;
    }
    if is_html(start) {
        return Form::Html;
    }
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("");
    let whole = |line: &str| line.starts_with('{') && line.ends_with('}');
    let object = opens_object(start);
    if opens_array(start) || (object && !whole(first) && !lines.clone().next().is_none_or(opens_object)) {
        return Form::Json;
    }
    let named = extension.is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
    let later = || lines.take(2).any(|line| opens_object(line) && whole(line) && is_json(line));
    if object || named || later() { Form::JsonLines } else { Form::Text }
}

/// Elements that a page, or a part of one, begins with.
const OPENERS: &[&str] = &[
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "base",
    "article",
    "main",
    "section",
    "header",
    "nav",
    "div",
    "p",
    "table",
    "center",
    "h1",
    "h2",
    "ul",
    "ol",
    "blockquote",
    "figure",
];

/// Bytes of a page before its first element, beyond what is passed over.
const BEFORE_HTML: usize = 4096;

/// Whether a text is a page: its first element is one of HTML, behind comments, a prolog and a document type; or a line
/// begins with `<html` or an HTML document type soon.
fn is_html(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<?") => rest.find('>').map(|at| at + 1),
            _ => break,
        };
        let Some(end) = end else { return false };
        rest = &rest[end..];
    }
    let named = |text: &str| {
        let name = text.strip_prefix('<')?;
        let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
        Some(name[..end].to_ascii_lowercase())
    };
    let is_page = |line: &str| {
        let head = &line[..line.floor_char_boundary(14)];
        let doctype = head.eq_ignore_ascii_case("<!doctype html");
        doctype || named(line).is_some_and(|name| name == "html")
    };
    let head = &rest[..rest.floor_char_boundary(BEFORE_HTML)];
    named(rest).is_some_and(|name| OPENERS.contains(&name.as_str())) || head.lines().map(str::trim_start).any(is_page)
}

fn is_json(line: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
}

fn opens_object(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

fn opens_array(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| opens_object(rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_told_by_content() {
        for (head, form_) in [
            ("A headline\n\nA paragraph.", Form::Text),
            ("[Update] A headline\n\nA paragraph.", Form::Text),
            ("{{template}} in a text", Form::Text),
            ("\n{\"id\":1}\n{\"id\":2}", Form::JsonLines),
            ("{\"id\":1, \"text\": \"cut o", Form::JsonLines),
            ("{ \"id\": 1 }\n", Form::JsonLines),
            ("{\"id\": 1, \"text\n{\"id\": 2}\n", Form::JsonLines),
            ("broken\n{\"id\": 2}\n", Form::JsonLines),
            ("{\n  \"id\": 1\n}\n", Form::Json),
            ("[{\"id\": 1}]", Form::Json),
            ("[\n {\n\"id\": 1}]", Form::Json),
            (" <!DOCTYPE html><html>", Form::Html),
            ("\u{feff}\n<HTML lang=en>", Form::Html),
            ("<!-- saved from (0042)http://a.example/ -->\n<html>", Form::Html),
            ("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">", Form::Html),
            ("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">", Form::Html),
            ("HTTP/1.1 200 OK\nServer: x\n\n<!doctype HTML>", Form::Html),
            ("<div class=\"article\"><p>A part of a page.</p></div>", Form::Html),
            ("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", Form::Xml),
            ("<3 is how the young write love\n\nA paragraph.", Form::Text),
            ("The tag <html> begins a page", Form::Text),
        ] {
            assert_eq!(form(head, Some("txt")), form_, "{head}");
        }
        assert_eq!(form("not json", Some("jsonl")), Form::JsonLines);
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (head, name) in [
            (&b"%PDF-1.7"[..], "PDF"),
            (b"\x1F\x8B\x08", "gzip"),
            (b"a\0b\0\0c of a kind", "NUL"),
            (b"\x01\x02\x03\x04abc", "control"),
        ] {
            assert!(not_text(head).is_some_and(|(what, _)| what.contains(name)), "{name}");
        }
        for text in [&b"A page\x0Cbreak"[..], b"\xFF\xFEa\0b\0", b"T\0h\0e\0", b"plain"] {
            assert_eq!(not_text(text), None);
        }
    }
}
