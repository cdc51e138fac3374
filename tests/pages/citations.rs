//! Whoever cuts a page by the spans of its passages finds their text, in any character set.

use dateline::article::{Block, Span};
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1252};

use super::support::with_page;

/// A piece of a page as a reader sees it: decoded, references resolved, whitespace collapsed.
fn seen(piece: &[u8], encoding: &'static Encoding) -> String {
    let (text, _) = encoding.decode_without_bom_handling(piece);
    assert!(!text.contains(['<', '>']), "no markup in a piece: {text}");
    let mut text = text.into_owned();
    for (reference, character) in
        [("&amp;", "&"), ("&eacute;", "é"), ("&#8212;", "—"), ("&nbsp;", " "), ("&shy;", ""), ("&mdash", "—")]
    {
        text = text.replace(reference, character);
    }
    let blank = |c: char| c.is_whitespace();
    let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
    let edge = |is: bool| if is { " " } else { "" };
    format!("{}{}{}", edge(text.starts_with(blank)), words.join(" "), edge(text.ends_with(blank) && !words.is_empty()))
}

/// The spans of a block's fragments in the record's text.
fn spans(block: &Block) -> Vec<Span> {
    block.fragments.iter().map(|fragment| fragment.span).collect()
}

fn check(name: &str, encoding: &'static Encoding, charset: &str, paragraphs: &[&str]) {
    let mut page =
        format!("<!DOCTYPE html>\r\n<html><head><meta charset=\"{charset}\"><title>x</title></head><body><article>\n");
    paragraphs.iter().for_each(|paragraph| page.push_str(&format!("<p>{paragraph}</p>\n")));
    page.push_str("</article></body></html>");
    let bytes = encoding.encode(&page).0.into_owned();
    let blocks = with_page(&bytes, |record, extraction| {
        for block in &extraction.article.body {
            let pieces = record.map.spans(&spans(block)).expect("a way back");
            let joined: String = pieces.iter().map(|span| seen(&bytes[span.range()], encoding)).collect();
            assert_eq!(joined, block.text, "{name}");
            for (fragment, span) in block.fragments.iter().zip(&pieces) {
                let before = &bytes[..span.start as usize];
                let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u32;
                assert_eq!(fragment.line, line, "{name}: {:?}", &block.text);
            }
        }
        assert_eq!(record.charset.name(), encoding.name().to_ascii_lowercase(), "{name}");
        extraction.article.body.len()
    });
    assert_eq!(blocks, Some(paragraphs.len()), "{name}");
}

#[test]
fn pieces_are_the_text_they_are_cited_for() {
    let english = [
        "The <b>owner</b> of the Caf&eacute;&nbsp;Norden said on Monday that <a href=x>the offer</a>\n   was not\n   enough &amp; too late.",
        "Her neigh&shy;bour &#8212; a baker &mdash called<br>the offer <i>old</i> <!-- no --> and asked for a second one.",
    ];
    check("UTF-8", UTF_8, "utf-8", &english[..1]);
    check("Latin-1", WINDOWS_1252, "iso-8859-1", &english[..1]);
    check(
        "Cyrillic",
        WINDOWS_1251,
        "windows-1251",
        &[
            "Паром вышел из <b>порта</b> с опозданием на три часа из-за шторма &amp; льда, сообщила служба порта.",
            "Пассажиры ждали в\r\n зале, где <i>добровольцы</i> поставили кровати и печь для всех сорока человек.",
        ],
    );
    check(
        "Japanese",
        SHIFT_JIS,
        "shift_jis",
        &["港は三時に<b>開いた</b>と当局は述べた。氷が割れるまで船は港にとどまる&amp;待つと港の事務所は乗客に伝えた。"],
    );
    check(
        "UTF-8 that says it is other",
        UTF_8,
        "koi8-r",
        &["Паром вышел из <b>порта</b> с опозданием на три часа из-за шторма и льда, сообщила служба порта."],
    );
}

#[test]
fn a_line_break_parts_lines_and_a_dropped_hyphen_is_no_gap() {
    let page = "<article><p>Her neigh&shy;bour, a baker, called the offer old and asked for a second one at once.<br>The owner said no to that on Tuesday, and the square was quiet again.</p></article>";
    let texts = with_page(page.as_bytes(), |_, e| e.article.body.iter().map(|b| b.text.clone()).collect::<Vec<_>>());
    let texts = texts.expect("a page");
    assert_eq!(texts.len(), 2);
    assert!(texts[0].starts_with("Her neighbour, a baker"));
}
