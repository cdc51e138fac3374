//! Feeds longer than a chunk, read twice or once, whole or cut off.

use std::io::Cursor;
use std::path::Path;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, WINDOWS_1251};

use super::*;
use crate::source::{Chunks, Feed, Limits, ReadOptions};

/// What is read of a record: its headline, bytes and feed, or why it failed.
type SeenRecord = std::result::Result<(String, Range<usize>, Option<Feed>), String>;

/// What is read of a file, and its longest chunk.
type Seen = (Vec<SeenRecord>, usize);

fn seen(bytes: &[u8], is_read_twice: bool, max_record: u64) -> Seen {
    let options = ReadOptions::from(Limits { max_record, ..Limits::default() });
    let reader = |bytes: &[u8]| Box::new(Cursor::new(bytes.to_vec())) as Bytes;
    let own = bytes.to_vec();
    let again: Again = if is_read_twice { Some(Arc::new(move || Ok(reader(&own)))) } else { None };
    let chunks = Chunks::of(Path::new("a.rss"), reader(bytes), again, &options).expect("a feed");
    let (mut records, mut longest) = (Vec::new(), 0);
    for chunk in chunks {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => {
                records.push(Err(error.to_string()));
                break;
            }
        };
        longest = longest.max(chunk.bytes.len());
        records.extend(chunk.records().map(|record| match record {
            Ok(record) => {
                let span = record.place.expect("a place").span.range();
                let words: Vec<_> = record.text.split_whitespace().collect();
                let at = |word: &str| word.as_ptr() as usize - record.text.as_ptr() as usize;
                let spans: Vec<_> = words.iter().map(|w| crate::article::Span::new(at(w), at(w) + w.len())).collect();
                for (word, piece) in words.iter().zip(record.map.spans(&spans).expect("pieces")) {
                    assert_eq!(record.charset.decode(&bytes[piece.range()]).text, *word);
                }
                Ok((record.given.headline.unwrap_or_default(), span, record.given.feed))
            }
            Err(error) => Err(error.to_string()),
        }));
    }
    (records, longest)
}

fn item(n: usize) -> String {
    format!(
        "<item><title>Лампа {n}</title>\n<description>Паром вышел из порта. {}</description></item>\n",
        "и так ".repeat(90)
    )
}

fn feed(before: &str, count: usize, behind: &str) -> String {
    let items: String = (0..count).map(item).collect();
    format!("<rss version='2.0'><channel>{before}{items}{behind}</channel></rss>")
}

#[test]
fn a_long_feed_is_read_as_a_short_one_is() {
    const COUNT: usize = 2000;
    let link = "<link>http://a.example/</link>";
    let built = "<lastBuildDate>Mon, 01 Jan 1970 00:00:01 +0000</lastBuildDate>";
    let key = |before: &str, behind: &str| {
        let short = seen(feed(before, 2, behind).as_bytes(), false, 64 << 20).0;
        short[0].as_ref().expect("an item").2
    };
    let (whole, undated) = (key(link, built), key(link, ""));
    assert!(whole.is_some() && undated.is_some() && whole != undated);
    // what stands before and behind the items, and what is known of the feed where it is read twice, and once
    for (before, behind, twice, once) in [
        (format!("{link}{built}"), String::new(), whole, whole),
        (link.to_owned(), built.to_owned(), whole, undated),
        (String::new(), format!("{link}{built}"), whole, None),
        (String::new(), String::new(), None, None),
    ] {
        for (encoding, label) in [(UTF_8, "utf-8"), (WINDOWS_1251, "windows-1251"), (SHIFT_JIS, "shift_jis")] {
            let text = format!("<?xml version='1.0' encoding='{label}'?>{}", feed(&before, COUNT, &behind));
            let bytes = encoding.encode(&text).0.into_owned();
            assert!(bytes.len() > CHUNK + 1, "{}", bytes.len());
            for (is_read_twice, feed) in [(true, twice), (false, once)] {
                let (records, longest) = seen(&bytes, is_read_twice, 10_000);
                assert!(longest <= CHUNK + 10_000, "{longest}");
                assert_eq!(records, expected(&bytes, encoding, feed, COUNT), "{label} {before} {behind}");
            }
        }
    }
}

/// What is to be read of so many items.
fn expected(bytes: &[u8], encoding: &'static Encoding, feed: Option<Feed>, count: usize) -> Vec<SeenRecord> {
    let mut from = memchr::memmem::find(bytes, b"<item>").expect("an item");
    let one = |n: usize| {
        let length = encoding.encode(item(n).trim_end()).0.len();
        let span = from..from + length;
        from = span.end + 1;
        Ok((format!("Лампа {n}"), span, feed))
    };
    (0..count).map(one).collect()
}

#[test]
fn what_is_wrong_with_a_long_feed_is_told_and_the_rest_is_read() {
    const COUNT: usize = 2000;
    let good = feed("", COUNT, "");
    let huge = format!("<item><title>Huge</title><description>{}\n</description></item>\n", "x".repeat(3 << 20));
    let sealed = huge.replace("xxxx\n", "]]>").replace(">xxxx", "><![CDATA[</item>");
    let body = &good[..good.len() - "</channel></rss>".len()];
    let with = |huge: &str| good.replacen("<item>", &format!("{huge}<item>"), 1);
    let lines = 1 + 2 * COUNT;
    // a file; how many records are read; what is told
    for (text, made, told) in [
        (good.clone(), COUNT, None),
        (with(&huge), COUNT, Some("line 1: the record is 3072 KiB long, more than 97 KiB; ".to_owned())),
        (with(&sealed), COUNT, Some("line 1: the record is 3072 KiB long, more than 97 KiB; ".to_owned())),
        (body.to_owned(), COUNT, Some(format!("line {lines}: the file ends before its first element does"))),
        (format!("{body}<item><title>X"), COUNT, Some(format!("line {lines}: the file ends inside the article"))),
        (
            format!("{body}\n{}", &huge[..huge.len() - 20]),
            COUNT,
            Some(format!("line {}: the file ends inside the article", lines + 1)),
        ),
        (good.replacen("порта. ", "порта. <!-- </item> --> <![CDATA[ </item> ]]> ", 3), COUNT, None),
        (good.replacen("</item>", "</item><item/>< 3", 3), COUNT, None),
    ] {
        for is_read_twice in [true, false] {
            let (records, longest) = seen(text.as_bytes(), is_read_twice, 100_000);
            assert!(longest <= CHUNK + 100_000, "{longest}");
            assert_eq!(records.iter().filter(|record| record.is_ok()).count(), made, "{told:?}");
            let failed: Vec<&String> = records.iter().filter_map(|record| record.as_ref().err()).collect();
            assert_eq!(failed.len(), usize::from(told.is_some()), "{failed:?}");
            let begins = told.iter().map(|told| format!("a.rss: {told}")).collect::<String>();
            assert!(failed.iter().all(|failed| failed.starts_with(&begins)), "{failed:?}");
        }
    }
}
