//! Holds the texts of passages against the records that they were read from: the same reader reads the cited bytes once more.
//!
//! A passage's text is its pieces' texts, however it was put together of them: only blanks stand between. So what a reader
//! makes of an encoding, of escapes and of markup is done again, and a hyphen at the end of a line, which is cited where it
//! stayed and not where it went, comes out as it did.

use std::path::Path;

use super::{Chunks, RawRecord, ReadOptions, Reopen};
use crate::article::Span;
use crate::error::Result;

/// Bytes of a record's text that are led back to the file at once.
const STEP: usize = 1 << 20;

/// What an article shows of a record.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// The article's id.
    pub id: String,
    /// Number of its record in a file of several, 1-based.
    pub record: Option<u32>,
    /// Its passages, in order.
    pub passages: Vec<QuotedPassage>,
}

/// A passage as it is shown.
#[derive(Clone, Debug, Default)]
pub struct QuotedPassage {
    /// Its text.
    pub text: String,
    /// The stretches of the decompressed, undecoded file that it is made of: bytes, half-open, 0-based.
    pub pieces: Vec<Span>,
}

/// Reads a file and holds the articles that `next` gives, in the order of their records, against its records; `other` hears
/// of each that reads otherwise, with the number of its first such passage (1-based).
///
/// # Errors
/// Where the file cannot be read.
pub fn requote(
    (path, file): (&Path, &Reopen),
    options: &ReadOptions,
    next: &mut dyn FnMut() -> Option<Quotes>,
    other: &mut dyn FnMut(Quotes, usize),
) -> Result<()> {
    let mut chunks = Chunks::reopened(path, Reopen::clone(file), options)?;
    let mut waiting = next();
    while waiting.is_some() {
        let Some(chunk) = chunks.next().transpose()? else { break };
        for record in chunk.records().filter_map(Result::ok) {
            let number = record.place.map(|place| place.number);
            // what is no record any more
            while let Some(gone) = waiting.take_if(|quotes| quotes.record < number) {
                other(gone, 1);
                waiting = next();
            }
            if let Some(quotes) = waiting.take_if(|quotes| quotes.record == number) {
                if let Some(passage) = first_other(&record, &quotes) {
                    other(quotes, passage);
                }
                waiting = next();
            }
        }
    }
    while let Some(gone) = waiting {
        other(gone, 1);
        waiting = next();
    }
    Ok(())
}

/// The first passage (1-based) whose text is not what the record reads at its pieces.
fn first_other(record: &RawRecord<'_>, quotes: &Quotes) -> Option<usize> {
    let has_pieces = quotes.passages.iter().any(|passage| !passage.pieces.is_empty());
    let quoted = if has_pieces { cited(record, quotes) } else { Vec::new() };
    let whole = if has_pieces { String::new() } else { solid(&record.text) };
    let reads = |(at, passage): (usize, &QuotedPassage)| match has_pieces {
        true => quoted[at] == solid(&passage.text),
        // no character has bytes of its own: each paragraph stands in the record
        false => passage.text.lines().all(|line| whole.contains(&solid(line))),
    };
    quotes.passages.iter().enumerate().position(|passage| !reads(passage)).map(|at| at + 1)
}

/// What the record reads at the pieces of each passage, without blanks. Both pieces and text go front to back.
fn cited(record: &RawRecord<'_>, quotes: &Quotes) -> Vec<String> {
    let mut cited = vec![String::new(); quotes.passages.len()];
    let of_passage = |(at, passage): (usize, &QuotedPassage)| {
        passage.pieces.iter().map(move |piece| (at, *piece)).collect::<Vec<_>>()
    };
    let mut pieces = quotes.passages.iter().enumerate().flat_map(of_passage).peekable();
    let mut is_inside = false;
    let mut from = 0;
    while from < record.text.len() {
        let end = record.text.ceil_char_boundary((from + STEP).min(record.text.len()));
        let characters = record.text[from..end].char_indices();
        let places: Vec<Span> =
            characters.clone().map(|(at, c)| Span::new(from + at, from + at + c.len_utf8())).collect();
        let Some(bytes) = record.map.spans(&places) else { return cited };
        for ((_, c), bytes) in characters.zip(bytes) {
            let Some(&(passage, piece)) = pieces.peek() else { return cited };
            is_inside |= bytes.start == piece.start && !bytes.is_empty();
            if is_inside && !c.is_whitespace() {
                cited[passage].push(c);
            }
            if is_inside && bytes.end >= piece.end {
                is_inside = false;
                pieces.next();
            }
        }
        from = end;
    }
    cited
}

/// A text without blanks.
fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "The harbour voted 41 to 12 for a ferry – “at once”.";

    /// A file of one record, what the passage of it reads, and where that stands.
    fn rows() -> Vec<(&'static str, Vec<u8>, Option<u32>, &'static str)> {
        let wide = std::iter::once(0xfeff).chain(LEAD.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let json = format!("{{\"body\":\"{}\"}}\n", LEAD.replace('–', "\\u2013").replace("at", "\\u0061t"));
        let page =
            format!("<html><body><p>{}</p></body></html>", LEAD.replace('–', "&ndash;").replace("12", "<b>12</b>"));
        vec![
            ("plain", LEAD.as_bytes().to_vec(), None, LEAD),
            ("utf-16", wide, None, LEAD),
            ("windows-1252", encoding_rs::WINDOWS_1252.encode(LEAD).0.into_owned(), None, LEAD),
            ("json lines", json.into_bytes(), Some(1), LEAD),
            ("page", page.into_bytes(), None, LEAD),
            ("csv", format!("id,body\n1,\"{LEAD}\"\n2,x\n").into_bytes(), Some(1), LEAD),
        ]
    }

    /// Numbers of passages that read otherwise.
    fn others(path: &Path, quotes: &Quotes) -> Vec<usize> {
        let mut once = Some(quotes.clone());
        let mut others = Vec::new();
        let options = ReadOptions::default();
        let file = crate::source::reopener(path).expect("a file");
        requote((path, &file), &options, &mut || once.take(), &mut |_, passage| others.push(passage)).expect("read");
        others
    }

    #[test]
    fn what_is_shown_is_what_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, bytes, record, text) in rows() {
            let path = dir.path().join("file");
            std::fs::write(&path, bytes).expect("written");
            let pieces = pieces(&path, text);
            let passage = QuotedPassage { text: text.to_owned(), pieces };
            let quotes = Quotes { id: "x".to_owned(), record, passages: vec![passage] };
            assert!(others(&path, &quotes).is_empty(), "{name}");
            for other in [text.replace("41", "61"), text.replace(" to", ""), text.replace('“', "\"")] {
                let mut quotes = quotes.clone();
                quotes.passages[0].text = other;
                assert_eq!(others(&path, &quotes), [1], "{name}: {}", quotes.passages[0].text);
            }
            let elsewhere = Quotes { record: Some(9), ..quotes };
            assert_eq!(others(&path, &elsewhere), [1], "{name}: another record");
        }
    }

    /// Where a text stands in the only record that has it.
    fn pieces(path: &Path, text: &str) -> Vec<Span> {
        let mut chunks = crate::source::open(path, &ReadOptions::default()).expect("opened");
        let chunk = chunks.next().expect("a chunk").expect("read");
        let found = chunk.records().filter_map(Result::ok).find_map(|record| {
            let at = record.text.find(text)?;
            record.map.spans(&[Span::new(at, at + text.len())])
        });
        found.expect("the text")
    }
}
