//! Files in, raw records out: forms, limits, broken input, character sets, and the way back to the bytes.

use std::io::Cursor;
use std::path::Path;

use dateline::article::Span;
use dateline::source::{Charset, Chunks, Form, Limits, RawRecord, ReadOptions};

/// What the tests look at in a record.
#[derive(Debug, PartialEq)]
struct Seen {
    number: Option<u32>,
    line: u32,
    text: String,
    headline: Option<String>,
    warnings: usize,
}

fn limits(max_record: u64) -> Limits {
    Limits { max_record, ..Limits::default() }
}

fn open(name: &str, bytes: &[u8], max_record: u64) -> dateline::Result<Chunks> {
    Chunks::from_reader(Path::new(name), Box::new(Cursor::new(bytes.to_vec())), &limits(max_record).into())
}

/// Reads everything; checks that every character of every record leads back to bytes that spell it.
fn read(name: &str, bytes: &[u8], max_record: u64) -> Vec<Result<Seen, String>> {
    let mut chunks = match open(name, bytes, max_record) {
        Ok(chunks) => chunks,
        Err(e) => return vec![Err(e.to_string())],
    };
    let mut seen = Vec::new();
    for chunk in chunks.by_ref() {
        match chunk {
            Ok(chunk) => seen.extend(chunk.records().map(|r| r.map(|r| look(&r, bytes)).map_err(|e| e.to_string()))),
            Err(e) => seen.push(Err(e.to_string())),
        }
    }
    if seen.iter().all(Result::is_ok) {
        assert_eq!(chunks.size(), bytes.len() as u64);
        assert_eq!(chunks.hash(), blake3::hash(bytes));
    }
    seen
}

fn look(record: &RawRecord<'_>, file: &[u8]) -> Seen {
    let words: Vec<(usize, &str)> = record
        .text
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - record.text.as_ptr() as usize, word))
        .collect();
    let spans: Vec<Span> = words.iter().map(|(at, word)| Span::new(*at, at + word.len())).collect();
    let pieces = record.map.spans(&spans).expect("a way back");
    for ((_, word), span) in words.iter().zip(pieces) {
        let piece = record.charset.decode(&file[span.range()]).text.into_owned();
        let plain = serde_json::from_str::<String>(&format!("\"{piece}\"")).unwrap_or_else(|_| piece.clone());
        assert!(plain == *word || piece == *word, "{word:?} led to {piece:?}");
    }
    Seen {
        number: record.place.map(|p| p.number),
        line: record.first_line,
        text: record.text.to_string(),
        headline: record.given.headline.clone(),
        warnings: record.warnings.len(),
    }
}

fn one(text: &str) -> Vec<Result<Seen, String>> {
    vec![Ok(Seen { number: None, line: 1, text: text.to_owned(), headline: None, warnings: 0 })]
}

#[test]
fn a_text_file_is_one_record_in_any_character_set() {
    let text = "Tide turns\r\n\r\nThe ferry’s crew – all of them – waited in Łódź.";
    assert_eq!(read("a.txt", text.as_bytes(), 1000), one(text));
    assert_eq!(read("a.txt", &[b"\xEF\xBB\xBF", text.as_bytes()].concat(), 1000), one(text));
    let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [&le, &be, &[&b"\xFF\xFE"[..], &le].concat(), &[&b"\xFE\xFF"[..], &be].concat()] {
        assert_eq!(read("a.txt", bytes, 1000), one(text));
    }
    let cyrillic = "Паром задержан в порту. Пассажиры ждали до утра, сообщили моряки.";
    for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R] {
        assert_eq!(read("a.txt", &encoding.encode(cyrillic).0, 1000), one(cyrillic));
    }
    let japanese = "港は三時に開いた。船は夜まで待っていた。";
    assert_eq!(read("a.txt", &encoding_rs::SHIFT_JIS.encode(japanese).0, 1000), one(japanese));
}

#[test]
fn malformed_bytes_are_put_up_with_and_told() {
    let mut broken = "Łódź und Köln ".as_bytes().to_vec();
    broken.push(0xFF);
    let seen = read("a.txt", &broken, 100);
    assert!(matches!(&seen[0], Ok(s) if s.warnings == 1 && s.text.ends_with('\u{FFFD}')), "{seen:?}");
}

#[test]
fn clean_utf8_is_borrowed() {
    let mut chunks = open("a.txt", b"A plain text.", 100).expect("a text");
    let chunk = chunks.next().expect("a chunk").expect("no error");
    let record = chunk.records().next().expect("a record").expect("no error");
    assert!(matches!(record.text, std::borrow::Cow::Borrowed(_)));
    assert_eq!(record.charset, Charset::Utf8);
}

#[test]
fn what_is_no_article_is_refused_with_a_way_out() {
    for (bytes, what) in [
        (&b""[..], "a.txt: the file is empty; "),
        (b" \r\n\t\n ", "a.txt: the file is empty; "),
        (b"\xEF\xBB\xBF\n", "a.txt: the file is empty; "),
        (b"%PDF-1.4 ...", "a.txt: the PDF file is damaged: "),
        (b"ab\0\0\0\0cd", "a.txt: no text: it holds NUL bytes"),
        (&[b'x'; 101], "a.txt: a text file is one record, and this one is longer than 100 bytes; "),
    ] {
        let seen = read("a.txt", bytes, 100);
        assert!(matches!(&seen[..], [Err(e)] if e.starts_with(what)), "{seen:?}");
    }
    let missing = dateline::source::open(Path::new("no/such/file"), &ReadOptions::default());
    assert!(missing.is_err_and(|e| e.to_string().contains("no/such/file: cannot read")));
}

#[test]
fn a_bad_line_is_one_failed_record_and_the_rest_is_read() {
    let file = "{\"id\":1,\"title\":\"A\",\"text\":\"One.\"}\n\n{\"id\":2,\n{\"title\":7}\n[1]\n{\"text\":\"Two\\u00e9.\"}\r\n";
    let seen = read("news.jsonl", file.as_bytes(), 1000);
    assert_eq!(seen.len(), 5);
    assert!(matches!(&seen[0], Ok(s) if s.number == Some(1) && s.line == 1 && s.headline.as_deref() == Some("A")));
    assert!(matches!(&seen[1], Err(e) if e.starts_with("news.jsonl: line 3: invalid JSON")), "{seen:?}");
    assert!(matches!(&seen[2], Ok(s) if s.text.is_empty() && s.headline.as_deref() == Some("7")));
    assert!(matches!(&seen[3], Err(e) if e.starts_with("news.jsonl: line 5: invalid JSON")), "{seen:?}");
    assert!(matches!(&seen[4], Ok(s) if s.number == Some(5) && s.line == 6 && s.text == "Twoé."), "{seen:?}");
}

#[test]
fn a_line_that_is_too_long_is_skipped_and_told() {
    let long = format!("{{\"text\":\"{}\"}}\n", "x".repeat(3_000_000));
    let file = format!("{{\"text\":\"One.\"}}\n{long}{{\"text\":\"Two.\"}}\n{long}");
    for max in [100, 2_000_000] {
        let seen = read("news.jsonl", file.as_bytes(), max);
        assert_eq!(seen.len(), 4, "{seen:?}");
        assert!(
            matches!(&seen[1], Err(e) if e.starts_with("news.jsonl: line 2: the record is 2929 KiB long")),
            "{seen:?}"
        );
        assert!(matches!(&seen[2], Ok(s) if s.number == Some(3) && s.line == 3 && s.text == "Two."));
        assert!(matches!(&seen[3], Err(e) if e.contains("line 4")));
    }
    assert!(read("news.jsonl", file.as_bytes(), 4_000_000).iter().all(Result::is_ok));
}

#[test]
fn json_lines_are_read_in_other_character_sets_and_line_ends() {
    let file = "{\"title\":\"Été\",\"text\":\"Le port – fermé\\nhier\"}\n{\"text\":\"Deux \\ud83d\\ude00 été\"}\n";
    let check = |bytes: &[u8]| {
        let seen = read("a.jsonl", bytes, 1000);
        assert!(matches!(&seen[0], Ok(s) if s.text == "Le port – fermé\nhier" && s.headline.as_deref() == Some("Été")));
        assert!(matches!(&seen[1], Ok(s) if s.text == "Deux 😀 été" && s.line == 2), "{seen:?}");
    };
    check(file.as_bytes());
    check(file.replace('\n', "\r\n").as_bytes());
    check(file.replace('\n', "\r").as_bytes());
    check(&file.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    check(&file.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
    check(&encoding_rs::WINDOWS_1252.encode(file).0);
}

#[test]
fn a_json_object_over_several_lines_and_an_array_are_read() {
    let object = "{\n  \"title\": \"Tide\",\n  \"text\": \"The ferry waited.\"\n}\n";
    let seen = read("a.json", object.as_bytes(), 1000);
    assert!(
        matches!(&seen[..], [Ok(s)] if s.number.is_none() && s.line == 3 && s.text == "The ferry waited."),
        "{seen:?}"
    );
    let array = format!("[{object},\n{object}]");
    let seen = read("a.json", array.as_bytes(), 1000);
    assert!(matches!(&seen[..], [Ok(a), Ok(b)] if a.line == 3 && b.number == Some(2) && b.line == 8), "{seen:?}");
    let wide: Vec<u8> = array.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(read("a.json", &wide, 1000).iter().all(Result::is_ok));
    let seen = read("a.json", b"[{\"text\": \"A\"}, {\"text\"]", 1000);
    // what stands before the broken place counts
    assert!(
        matches!(&seen[..], [Ok(a), Err(broken), Err(open)] if a.text == "A"
            && broken.contains("line 1: invalid JSON at column 8") && open.contains("the file ends before its array does")),
        "{seen:?}"
    );
}

#[test]
fn chunks_are_bounded_and_number_their_records() {
    let line = format!("{{\"text\":\"{}\"}}\n", "word ".repeat(300));
    let file = line.repeat(3_000);
    let chunks: Vec<_> =
        open("big.jsonl", file.as_bytes(), 10_000).expect("a file").map(|c| c.expect("a chunk")).collect();
    assert!(chunks.len() >= 4 && chunks.iter().all(|c| c.form == Form::JsonLines && c.bytes.len() < 2_000_000));
    let mut next = 1;
    for chunk in &chunks {
        assert_eq!((chunk.first_record, chunk.first_line), (next, next));
        assert_eq!(chunk.offset, u64::from(next - 1) * line.len() as u64);
        next += chunk.records().count() as u32;
    }
    assert_eq!(next, 3_001);
}

#[test]
fn a_line_as_long_as_allowed_is_read_and_one_byte_more_is_told() {
    let line = |length: usize| {
        let (start, end) = ("{\"body\":\"", "\"}");
        format!("{start}{}{end}", "a".repeat(length - start.len() - end.len()))
    };
    // short of a chunk, and longer than one
    for max in [5_000, 3_000_000] {
        for end in ["\n", "\r\n"] {
            for (length, whole) in [(max, true), (max + 1, false)] {
                let bytes = [line(100), line(length), line(200)].map(|line| line + end).concat();
                let seen = read("a.jsonl", bytes.as_bytes(), max as u64);
                let read: Vec<bool> = seen.iter().map(Result::is_ok).collect();
                assert_eq!(read, [true, whole, true], "{length} of {max}, {end:?}");
                let told = seen[1].as_ref().err().map_or("", String::as_str);
                assert!(whole || (told.contains("line 2") && told.contains("--max-record")), "{told}");
            }
        }
    }
}
