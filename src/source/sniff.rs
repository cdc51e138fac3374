//! What a file is, told by its first bytes: text, a page, JSON, or something that cannot be read as an article.

use super::form::Form;
use super::frame::array_in;
use super::mail::is_mail;
use super::names::FieldNames;
use super::xml::is_xml;

mod magic;

pub(super) use magic::not_text;

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
    // an answer of a news API, whatever lines it has
    let wraps = || object && array_in(start.as_bytes(), &FieldNames::default()).is_some();
    if opens_array(start)
        || wraps()
        || is_deep(start)
        || (object && !whole(first) && !lines.clone().next().is_none_or(opens_object))
    {
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
    // Notices of a server stand before a page in tags of their own, as many as there are.
    let before = if named(rest).is_some() { rest.len() } else { BEFORE_HTML };
    let head = &rest[..rest.floor_char_boundary(before)];
    named(rest).is_some_and(|name| OPENERS.contains(&name.as_str())) || head.lines().map(str::trim_start).any(is_page)
}

fn is_json(line: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
}

fn opens_object(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

fn opens_array(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| opens_object(rest.trim_start()) || rest.trim() == "]")
}

/// Whether a text is brackets alone as far as it is seen: of an array in an array … it cannot be told what it holds.
fn is_deep(text: &str) -> bool {
    text.len() > 1 && text.chars().all(|c| c == '[' || c.is_whitespace())
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
            ("[\n]\n", Form::Json),
            ("{\"status\":\"ok\",\"articles\":[{\"title\":\"a\"}]}\n{\"articles\":[{", Form::Json),
            ("{\"title\":\"a\",\"articles\":[{\"title\":\"b\"}]}\n", Form::JsonLines),
            ("[] is an empty list", Form::Text),
            ("[[[[[[[[", Form::Json),
            ("[[1]] is a footnote", Form::Text),
            (" <!DOCTYPE html><html>", Form::Html),
            ("\u{feff}\n<HTML lang=en>", Form::Html),
            ("<!-- saved from (0042)http://a.example/ -->\n<html>", Form::Html),
            ("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">", Form::Html),
            ("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">", Form::Html),
            ("HTTP/1.1 200 OK\nServer: x\n\n<!doctype HTML>", Form::Html),
            ("<div class=\"article\"><p>A part of a page.</p></div>", Form::Html),
            ("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", Form::Xml),
            (
                &format!("{}<!DOCTYPE html>", "<br />\n<b>Notice</b>: no such name in <b>a.php</b><br />\n".repeat(90)),
                Form::Html,
            ),
            (&format!("{}\n<html>", "A line of a text.\n".repeat(300)), Form::Text),
            ("<3 is how the young write love\n\nA paragraph.", Form::Text),
            ("The tag <html> begins a page", Form::Text),
        ] {
            assert_eq!(form(head, Some("txt")), form_, "{head}");
        }
        assert_eq!(form("not json", Some("jsonl")), Form::JsonLines);
    }
}
