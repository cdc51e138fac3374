//! Whoever cuts a file by a hit's pieces finds the words of the passage.

use std::fs;

use serde_json::Value;

use super::support::{Archive, article, number, text};

/// The bytes of the pieces, decoded, each behind the other.
fn cut(archive: &Archive, hit: &Value, decode: impl Fn(&[u8]) -> String) -> Vec<String> {
    let bytes = fs::read(archive.dir.path().join(text(&hit["source"]["path"]))).expect("the cited file");
    let pieces = hit["source"]["pieces"].as_array().expect("pieces").clone();
    pieces.iter().map(|span| decode(&bytes[number(&span[0])..number(&span[1])])).collect()
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("whole characters")
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| char::from(b)).collect()
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).expect("whole characters")
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn accented() -> String {
    article(
        "Café owners weigh an offer",
        &[
            "The owner of the Café Zürich said on Monday that the naïve offer of eleven thousand crowns was not enough.",
            "Her neighbour, Señor Peña, called the offer “passé” and asked for a second one before the end of the week.",
        ],
    )
}

#[test]
fn pieces_cut_the_passage_out_of_any_encoding() {
    let plain = accented();
    let latin = plain.replace(['“', '”'], "\"");
    let bom_utf16: Vec<u8> = std::iter::once(0xfeff).chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    type Decode = fn(&[u8]) -> String;
    let rows: Vec<(&str, Vec<u8>, Decode)> = vec![
        ("clean UTF-8", plain.clone().into_bytes(), utf8),
        ("UTF-8 with BOM and CRLF", [b"\xef\xbb\xbf", plain.replace('\n', "\r\n").as_bytes()].concat(), utf8),
        ("UTF-16", bom_utf16, utf16),
        ("Latin-1", latin.chars().map(|c| c as u32 as u8).collect(), latin1),
    ];
    for (name, bytes, decode) in rows {
        let archive = Archive::indexed(&[("cafe.txt", bytes)]);
        let hits = archive.hits(&["owner neighbour"]);
        let hit = hits.first().unwrap_or_else(|| panic!("{name}: a hit"));
        let pieces = cut(&archive, hit, decode);
        assert_eq!(words(&pieces.join(" ")), words(&text(&hit["text"])), "{name}");
        assert!(pieces.join(" ").contains("Señor Peña"), "{name}: {pieces:?}");
        assert_eq!(hit["source"]["lines"], serde_json::json!([3, 5]), "{name}");
    }
}

#[test]
fn rejoined_lines_are_pieces_each() {
    let wrapped = "Ferry firm orders two ships\n\n\
        The ferry firm of the northern coast has ordered two ships that run on\n\
        batteries alone, its director said on Thursday, and the first of them is\n\
        to sail before the end of next year between the islands and the mainland.\n\n\
        Its older ships, which burn oil and need a crew of thirty, will be sold to\n\
        a firm abroad or broken up, whichever brings in more money for the owners.\n";
    let archive = Archive::indexed(&[("ferry.txt", wrapped)]);
    let hits = archive.hits(&["\"run on batteries\""]);
    assert_eq!(hits.len(), 1, "the phrase crosses a line end");
    let pieces = cut(&archive, &hits[0], utf8);
    assert_eq!(pieces.len(), 5, "{pieces:?}");
    assert_eq!(words(&pieces.join(" ")), words(&text(&hits[0]["text"])));
}

#[test]
fn a_dropped_caption_leaves_a_gap() {
    let body = article(
        "Bridge closed for repairs",
        &[
            "The old bridge over the Tarn was closed on Monday after engineers found cracks in two of its six piers.",
            "The old bridge seen from the north bank (file photo)",
            "Drivers will have to go round by the motorway until the spring, the town council said in a statement.",
        ],
    );
    let archive = Archive::indexed(&[("bridge.txt", body)]);
    let hit = &archive.hits(&["bridge motorway"])[0];
    let pieces = cut(&archive, hit, utf8);
    assert_eq!(pieces.len(), 2);
    assert!(!pieces.concat().contains("file photo") && !text(&hit["text"]).contains("file photo"));
    assert_eq!(pieces.join("\n"), text(&hit["text"]));
}

#[test]
fn an_escaped_string_is_cut_as_it_stands_in_the_file() {
    let first = r#"{"id":"one","body":"Nothing here."}"#;
    let second = r#"{"id":"two","headline":"Caf\u00e9","body":"The \"Caf\u00e9 Z\u00fcrich\" stays open, she said.\n\nIts \ud83d\ude00 sign glows\tat night over the square."}"#;
    let archive = Archive::indexed(&[("feed.jsonl", format!("{first}\n{second}\n"))]);
    let hit = &archive.hits(&["sign cafe"])[0];
    assert_eq!(text(&hit["article"]), "two");
    let pieces = cut(&archive, hit, |bytes| {
        serde_json::from_str(&format!("\"{}\"", utf8(bytes))).expect("the inside of a JSON string")
    });
    assert_eq!(words(&pieces.join(" ")), words(&text(&hit["text"])));
    assert_eq!(
        hit["source"]["record"],
        serde_json::json!({"number": 2, "span": [first.len() + 1, first.len() + 1 + second.len()]})
    );
    assert_eq!(hit["source"]["lines"], serde_json::json!([2, 2]));
    let hash = blake3::hash(second.as_bytes()).to_hex();
    assert_eq!(text(&hit["source"]["hash"]), format!("blake3:{hash}"));
}

#[test]
fn the_hash_is_that_of_the_file() {
    let archive = Archive::indexed(&[("cafe.txt", accented())]);
    let hit = &archive.hits(&["owner"])[0];
    assert_eq!(text(&hit["source"]["hash"]), format!("blake3:{}", blake3::hash(accented().as_bytes()).to_hex()));
}
