//! The article's text as a page states it for machines (JSON-LD `articleBody`), for pages that show it nowhere.

use super::entity;
use super::tags::{self, ElementKind};
use crate::source::literal;

/// A piece of a stated text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text as it stands, references and all: its first byte.
    Text(usize, &'t str),
    /// A character that is spelled otherwise: its first byte, its bytes, and what it is.
    Escape(usize, usize, char),
    /// The end of a paragraph.
    Break,
}

/// Bytes of text from which on it is an article's.
const LEAST: usize = 200;

/// Stretches of a stated text that are looked for on the page, and the characters of one.
const PROBES: usize = 12;
const PROBE: usize = 24;

/// The pieces of the text that a block of JSON-LD states, where it states any; `base` is the block's first byte.
pub(super) fn pieces(block: &str, base: usize) -> Vec<Piece<'_>> {
    const KEY: &str = "\"articleBody\"";
    let Some(at) = block.find(KEY).map(|at| at + KEY.len()) else { return Vec::new() };
    let skip = |at: usize, mark: char| {
        let rest = block[at..].trim_start();
        rest.starts_with(mark).then(|| block.len() - rest.len() + 1)
    };
    let Some(start) = skip(at, ':').and_then(|at| skip(at, '"')) else { return Vec::new() };
    let mut pieces = Vec::new();
    let (mut at, mut plain) = (start, start);
    while let Some(c) = block[at..].chars().next().filter(|c| *c != '"') {
        let found = match c {
            '\\' => Some(escape(&block[at..])),
            '<' => tag(&block[at..]),
            _ => None,
        };
        let Some((length, piece)) = found else {
            at += c.len_utf8();
            continue;
        };
        if plain < at {
            pieces.push(Piece::Text(base + plain, &block[plain..at]));
        }
        match piece {
            Some('\n') => pieces.push(Piece::Break),
            Some(c) => pieces.push(Piece::Escape(base + at, length, c)),
            None => {}
        }
        at += length;
        plain = at;
    }
    if plain < at {
        pieces.push(Piece::Text(base + plain, &block[plain..at]));
    }
    pieces
}

/// The bytes of an escape of JSON, and the character that it means; a line end is `\n`.
fn escape(text: &str) -> (usize, Option<char>) {
    let (c, length) = literal::escape(text.as_bytes());
    let shown = |c: char| match c {
        '\t' | '\u{8}' | '\u{c}' => ' ',
        c if c.is_control() => '\n',
        c => c,
    };
    (length, c.map(shown))
}

/// The bytes of a tag, and whether it ends a paragraph.
fn tag(text: &str) -> Option<(usize, Option<char>)> {
    let name = text[1..].trim_start_matches(['\\', '/']);
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(())?;
    let length = text.find('>')? + 1;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let inline = tags::known(&name[..end]).1 == ElementKind::Inline;
    Some((length, (!inline).then_some('\n')))
}

/// Whether a page's visible text lacks what it states, where that is long enough to be an article.
pub(super) fn is_missing(pieces: &[Piece<'_>], visible: &str) -> bool {
    let mut stated = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(_, text) => stated.push_str(text),
            Piece::Escape(_, _, c) => stated.push(*c),
            Piece::Break => stated.push(' '),
        }
    }
    if stated.len() < LEAST {
        return false;
    }
    let stated: Vec<char> = letters(&entity::decode(&stated)).collect();
    let visible: String = letters(visible).collect();
    let step = (stated.len() / PROBES).max(PROBE);
    let probes: Vec<String> = stated.chunks(step).map(|part| part.iter().take(PROBE).collect()).collect();
    let found = probes.iter().filter(|probe| visible.contains(probe.as_str())).count();
    found * 2 < probes.len()
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_text_is_taken_apart() {
        let rows: [(&str, &[Piece<'_>]); 4] = [
            (r#"{"articleBody" : "Ice.\nWind."}"#, &[Piece::Text(18, "Ice."), Piece::Break, Piece::Text(24, "Wind.")]),
            (
                r#"{"articleBody":"a\u00e9\"b"}"#,
                &[Piece::Text(16, "a"), Piece::Escape(17, 6, 'é'), Piece::Escape(23, 2, '"'), Piece::Text(25, "b")],
            ),
            (
                r#"{"articleBody":"<p>a<\/p><b>c</b>"}"#,
                &[Piece::Break, Piece::Text(19, "a"), Piece::Break, Piece::Text(28, "c")],
            ),
            (r#"{"articleBody":["a"]}"#, &[]),
        ];
        for (block, wanted) in rows {
            assert_eq!(pieces(block, 0), wanted, "{block}");
        }
    }
}
