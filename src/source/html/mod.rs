//! HTML: a page as bytes -> its text, one line a block, with the markup behind it and the way back to its bytes.

mod attributes;
mod characters;
mod charset;
mod claims;
mod entity;
mod foreign;
#[cfg(test)]
mod html5lib_tests;
mod lines;
mod stated;
mod tags;
mod token;
mod tree;

use super::charset::Charset;
use super::map::{Coded, SourceMap};
use super::markup::{ClaimKind, Markup};
pub(super) use charset::{NO_ACCIDENT, find as charset_of, said_in};
pub(super) use entity::decode;
pub(super) use lines::{Linear, linear};

/// What a page gives to a record.
pub(super) struct Html<'a> {
    /// Its visible text, one line a block; empty where there is none.
    pub text: String,
    /// The way from the text to bytes of the file.
    pub map: SourceMap<'a>,
    /// How its bytes were read.
    pub charset: Charset,
    /// What the markup says.
    pub markup: Markup,
    /// The page's own address, where it states one.
    pub url: Option<String>,
    /// What decoding had to put up with.
    pub warnings: Vec<String>,
}

/// Reads an HTML page, or a part of one. `base` is the byte of the file at which `bytes` begin, `first_line` the line;
/// `declared` is the character set that a transport names (`utf-8`), or a header that names it (`text/html; charset=…`).
pub(super) fn read<'a>(bytes: &'a [u8], base: u64, first_line: u32, declared: Option<&str>) -> Html<'a> {
    let (charset, mark, warning) = charset::find(bytes, declared);
    let mut page = read_in(charset, &bytes[mark..], base + mark as u64, first_line);
    page.warnings.splice(..0, warning);
    page
}

/// Reads a page whose character set is known; `bytes` carry no byte order mark.
pub(super) fn read_in(charset: Charset, bytes: &[u8], base: u64, first_line: u32) -> Html<'_> {
    let decoded = charset.decode(bytes);
    let warnings = decoded.warning(charset).into_iter().collect();
    let clean = charset == Charset::Utf8 && matches!(decoded.text, std::borrow::Cow::Borrowed(_));
    let Linear { text, mut segments, markup } = linear(&decoded.text, first_line);
    let under = if clean {
        segments.iter_mut().for_each(|segment| segment.start += base as usize);
        None
    } else {
        Some(Coded { raw: bytes, base, charset })
    };
    let url = own_address(&markup).or_else(|| saved_from(&decoded.text));
    Html { text, map: SourceMap::Markup { segments, under }, charset, markup, url, warnings }
}

/// The canonical address, or the one for other sites.
fn own_address(markup: &Markup) -> Option<String> {
    let find = |kind: ClaimKind, name: &str| {
        let named = |claim: &&super::markup::Claim| claim.kind == kind && claim.name == name;
        markup.claims.iter().find(named).map(|claim| claim.value.clone())
    };
    let all = [find(ClaimKind::Link, "canonical"), find(ClaimKind::Meta, "og:url")];
    let whole = |url: &String| url.starts_with("http") || url.starts_with("//");
    all.into_iter().flatten().find(whole).map(|url| unwrapped(&url))
}

/// Where a browser says that it saved the page from.
fn saved_from(page: &str) -> Option<String> {
    let head = &page[..page.floor_char_boundary(2048)];
    let (_, after) = head.split_once("saved from url=(")?;
    let url = after.split_once(')')?.1.split("-->").next()?.trim();
    url.starts_with("http").then(|| unwrapped(url))
}

/// An address as it was before an archive or a cache put its own in front: `web.archive.org/web/2019…/http://…`,
/// `…cdn.ampproject.org/c/s/…`.
fn unwrapped(url: &str) -> String {
    let whole = url.strip_prefix("//").map_or_else(|| url.to_owned(), |rest| format!("https://{rest}"));
    let inner = |mark: &str| whole.split_once(mark).map(|(_, rest)| rest);
    if let Some(rest) = inner("archive.org/web/")
        && let Some((_, own)) = rest.split_once('/')
    {
        return if own.starts_with("http") { own.to_owned() } else { format!("http://{own}") };
    }
    let cached = inner(".cdn.ampproject.org/").and_then(|rest| rest.split_once('/'));
    cached.map_or(whole.clone(), |(_, own)| format!("https://{}", own.strip_prefix("s/").unwrap_or(own)))
}

/// A text with references and perhaps tags in it, as one line of plain text.
pub(super) fn plain(text: &str) -> String {
    let is_plain = memchr::memchr2(b'&', b'<', text.as_bytes()).is_none();
    let decoded = if is_plain { text.to_owned() } else { entity::decode(&linear(text, 1).text) };
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}
