//! The character set of a page: what its first bytes, its transport and its head say, weighed against the bytes.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

use super::token::{Attributes, HtmlToken, Tokens};
use crate::source::charset::Charset;

/// Bytes of a page in which its head names the character set.
const HEAD: usize = 16 * 1024;

/// Characters beyond ASCII from which on clean UTF-8 is no accident.
pub(in crate::source) const NO_ACCIDENT: usize = 4;

/// The character set of a page, the length of its byte order mark, and a warning where it stays a guess.
///
/// A mark comes first, as in browsers: what it would else read as is no text. Pages that were saved again are UTF-8
/// under a head that says other, so clean UTF-8 is believed before anything that is said.
pub(in crate::source) fn find(bytes: &[u8], declared: Option<&str>) -> (Charset, usize, Option<String>) {
    if let Some((charset, length)) = Charset::from_mark(bytes) {
        return (charset, length, None);
    }
    if let Some(wide) = Charset::utf16_by_nuls(&bytes[..bytes.len().min(HEAD) & !1]) {
        return (wide, 0, None);
    }
    let clean = std::str::from_utf8(bytes).ok().map(|text| text.bytes().filter(|b| *b >= 0xC0).count());
    if clean.is_some_and(|count| count >= NO_ACCIDENT) {
        return (Charset::Utf8, 0, None);
    }
    let said = declared.and_then(in_header).or_else(|| said_in(bytes));
    match said {
        // Said to be UTF-8, and it is not.
        Some(Charset::Utf8) if clean.is_none() => {}
        Some(charset) => return (charset, 0, None),
        None => {}
    }
    let (charset, warning) = Charset::detect(bytes);
    (charset, 0, warning)
}

/// `utf-8`, or `text/html; charset="utf-8"`.
fn in_header(declared: &str) -> Option<Charset> {
    let lower = declared.to_ascii_lowercase();
    let label = lower.split_once("charset").map_or(declared, |(_, rest)| {
        let rest = rest.trim_start().strip_prefix('=').unwrap_or("").trim_start();
        rest.trim_start_matches(['"', '\'']).split(['"', '\'', ';', ' ']).next().unwrap_or("").trim_end()
    });
    by_label(label)
}

fn by_label(label: &str) -> Option<Charset> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    // A page that could be read so far is no UTF-16, whatever it says.
    if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE {
        return Some(Charset::Utf8);
    }
    (encoding != REPLACEMENT && encoding != X_USER_DEFINED).then_some(Charset::Legacy(encoding))
}

/// What the first bytes of a page, or of a file of XML, say of its character set.
pub(in crate::source) fn said_in(bytes: &[u8]) -> Option<Charset> {
    in_head(&bytes[..bytes.len().min(HEAD)])
}

/// What `<?xml encoding=…?>` or a meta element says.
fn in_head(bytes: &[u8]) -> Option<Charset> {
    let head: String = bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
    let head = head.as_str();
    if let Some(prolog) = head.trim_start().strip_prefix("<?xml") {
        let end = prolog.find("?>").unwrap_or(0);
        let named = Attributes(&prolog[..end]).find(|(name, _)| *name == "encoding");
        if let Some(charset) = named.and_then(|(_, label)| by_label(label)) {
            return Some(charset);
        }
    }
    let meta = |token| match token {
        HtmlToken::Start(_, name, attributes) if name.eq_ignore_ascii_case("meta") => Some(attributes),
        _ => None,
    };
    Tokens::new(head).filter_map(meta).find_map(|attributes| {
        let get = |wanted: &str| Attributes(attributes).find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        let typed = get("http-equiv").is_some_and(|(_, value)| value.eq_ignore_ascii_case("content-type"));
        let content = || get("content").filter(|(_, value)| typed && value.to_ascii_lowercase().contains("charset"));
        get("charset").and_then(|(_, label)| by_label(label)).or_else(|| content().and_then(|(_, v)| in_header(v)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_weighed_against_the_bytes() {
        let cyrillic = encoding_rs::WINDOWS_1251.encode("Паром вышел").0.into_owned();
        let page = |head: &str, body: &[u8]| [head.as_bytes(), body].concat();
        for (bytes, declared, name) in [
            (page("<meta charset=windows-1251>", &cyrillic), None, "windows-1251"),
            (page("<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>", &cyrillic), None, "koi8-r"),
            (page("<meta charset=utf-8>", &cyrillic), Some("text/html; charset=windows-1251"), "windows-1251"),
            (page("<meta charset=iso-8859-1>", "Паром вышел".as_bytes()), None, "utf-8"),
            (page("<meta charset=iso-8859-1>", b"caf\xE9"), None, "windows-1252"),
            (page("<meta charset=utf-16>", b"cafe"), None, "utf-8"),
            (page("\u{feff}<meta charset=koi8-r>", b"cafe"), Some("koi8-r"), "utf-8"),
            (page("<?xml version='1.0' encoding='shift_jis'?><html>", b"abc"), None, "shift_jis"),
            (page("<p>", b"plain"), None, "utf-8"),
        ] {
            assert_eq!(find(&bytes, declared).0.name(), name, "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
