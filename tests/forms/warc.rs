use std::io::Cursor;
use std::path::Path;

use dateline::source::Chunks;

use super::support::{gzip, options, read, read_with};

const PAGE: &str = "<!DOCTYPE html><html><head><title>Salt on the quay at last</title></head><body><article>\
    <h1>Salt on the quay at last</h1>\n<p>The first ship with salt came in on Monday, three weeks late and low in the water.</p>\n\
    <p>The harbour master said that she had given up on neither the ship nor the salt.</p></article></body></html>";

fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let head =
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(status: &str, header: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\n{header}\r\n\r\n").as_bytes(), body].concat()
}

/// Requests, redirects, pictures and pages, as a crawler writes them.
pub fn crawl() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html; charset=utf-8";
    let chunked: Vec<u8> = PAGE
        .as_bytes()
        .chunks(100)
        .flat_map(|c| [format!("{:x}\r\n", c.len()).as_bytes(), c, b"\r\n"].concat())
        .collect();
    let chunked = [&chunked[..], b"0\r\n\r\n"].concat();
    let latin = PAGE.replace("salt came", "s\u{e9}l came").chars().map(|c| c as u8).collect::<Vec<u8>>();
    vec![
        record("warcinfo", "", b"software: a crawler\r\n"),
        record("request", "http://a.example/1", b"GET /1 HTTP/1.1\r\n\r\n"),
        record("response", "http://a.example/1", &answer("200 OK", html, PAGE.as_bytes())),
        record("response", "http://a.example/2", &answer("301 Moved", html, b"<p>moved</p>")),
        record("response", "http://a.example/3.png", &answer("200 OK", "Content-Type: image/png", b"\x89PNG\n\n\n")),
        record(
            "response",
            "http://a.example/robots.txt",
            &answer("200 OK", "Content-Type: text/plain", b"User-agent: *"),
        ),
        record(
            "response",
            "http://a.example/4",
            &answer("200 OK", &format!("{html}\r\nTransfer-Encoding: chunked"), &chunked),
        ),
        record(
            "response",
            "http://a.example/5",
            &answer("200 OK", &format!("{html}\r\nContent-Encoding: gzip"), &gzip(PAGE.as_bytes())),
        ),
        record(
            "response",
            "http://a.example/6",
            &answer("200 OK", "Content-Type: text/html; charset=iso-8859-1", &latin),
        ),
        record("conversion", "http://a.example/7", b"x"),
        record("metadata", "http://a.example/1", b"fetchTimeMs: 7"),
    ]
}

#[test]
fn pages_are_read_and_the_rest_is_counted() {
    let warc = crawl().concat();
    let told = read("crawl.warc", &warc);
    insta::assert_snapshot!("crawl_warc", told.text());
    assert_eq!(told.records.len() as u32 + told.skipped, crawl().len() as u32, "the counts add up");
    let start = warc.windows(12).position(|w| w == b"a.example/1\r").expect("the request");
    assert!(told.records[0].1.is_some_and(|span| span.start as usize > start));
    let members: Vec<u8> = crawl().iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(read_with("crawl.warc.gz", &members, &warc, &options(64_000_000, &[])).text(), told.text());
}

#[test]
fn a_warc_that_breaks_off_or_is_mangled_says_at_which_record() {
    let records = crawl();
    let members: Vec<u8> = records[..7].iter().flat_map(|record| gzip(record)).collect();
    let content = records.concat();
    let told = read_with("c.warc.gz", &members[..members.len() - 40], &content, &options(64_000_000, &[]));
    assert_eq!((told.made().len(), told.skipped), (1, 5), "{}", told.text());
    let wanted = "c.warc.gz: record 7: truncated gzip: what follows is lost; fetch the file again, or compress it anew";
    assert_eq!(told.failures(), [wanted]);
    let plain = records[..7].concat();
    let told = read("c.warc", &plain[..plain.len() - 40]);
    assert_eq!(told.failures(), ["c.warc: record 7: the file ends inside the record; fetch it again"]);
    let mangled = [&records[1][..], b"something else\r\n", &records[2], &records[6]].concat();
    let told = read("c.warc", &mangled);
    assert_eq!(told.made().len(), 2, "{}", told.text());
    assert!(
        told.failures()[0].starts_with("c.warc: record 2: no WARC record where one should begin; "),
        "{}",
        told.text()
    );
}

#[test]
fn what_is_too_long_is_told_and_pictures_of_any_length_are_passed_over() {
    let long = answer("200 OK", "Content-Type: text/html", &PAGE.as_bytes().repeat(1000));
    let picture = answer("200 OK", "Content-Type: image/png", &[7; 3_000_000]);
    let bomb = answer("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip", &gzip(&[b'a'; 9_000_000]));
    let page = answer("200 OK", "Content-Type: text/html", PAGE.as_bytes());
    let warc: Vec<u8> =
        [long, picture, bomb, page].iter().flat_map(|a| record("response", "http://a.example/", a)).collect();
    let told = read_with("c.warc", &warc, &warc, &options(100_000, &[]));
    assert_eq!((told.made().len(), told.skipped, told.records.len()), (1, 1, 3), "{}", told.text());
    assert!(told.failures()[0].starts_with("c.warc: record 1: the record is "), "{}", told.text());
    assert!(told.failures()[1].starts_with("c.warc: record 3: more than 100000 bytes of gzip; "), "{}", told.text());
    assert_eq!(told.records[2].0, 4);
}

#[test]
fn a_damaged_member_loses_its_record_and_no_other() {
    let page = |n: u32| {
        let html = "Content-Type: text/html; charset=utf-8";
        let body = PAGE.replace("Monday", &format!("day {n}"));
        record("response", &format!("http://a.example/{n}"), &answer("200 OK", html, body.as_bytes()))
    };
    let pages: Vec<Vec<u8>> = (0..5).map(page).collect();
    let members: Vec<Vec<u8>> = pages.iter().map(|page| gzip(page)).collect();
    let begin = members[0].len() + members[1].len();
    let mut file = members.concat();
    file[begin + members[2].len() / 2] ^= 0xFF;
    let whole = [&pages[..2], &pages[3..]].concat().concat();
    let told = read_with("crawl.warc.gz", &file, &whole, &options(64_000_000, &[]));
    assert_eq!(told.made().len(), 4, "{}", told.text());
    let why = "damaged gzip: the record is lost, and what follows is read; fetch the file again, or compress it anew";
    assert_eq!(told.failures(), [format!("crawl.warc.gz: record 3: {why}")]);
    // any byte of the first one, but those of its header that say nothing
    for at in (0..3).chain(10..members[0].len()) {
        let mut file = members.concat();
        file[at] ^= 0x55;
        let told = read_with("crawl.warc.gz", &file, &pages[1..].concat(), &options(64_000_000, &[]));
        assert_eq!(told.made().len(), 4, "byte {at}: {}", told.text());
        assert_eq!(told.failures(), [format!("crawl.warc.gz: record 1: {why}")], "byte {at}");
    }
}

#[test]
fn a_damaged_member_of_many_records_takes_the_file_with_it() {
    let page = |n: u32| {
        let noise: String = (0..300u32).map(|i| format!("{:x} ", (n * 300 + i).wrapping_mul(0x9E37_79B9))).collect();
        let body = PAGE.replace("Monday", &format!("day {n} {noise}"));
        record("response", "http://a.example/", &answer("200 OK", "Content-Type: text/html", body.as_bytes()))
    };
    let long: Vec<u8> = (0..1500).flat_map(page).collect();
    assert!(long.len() > 3 << 20);
    let (first, second, third) = (gzip(&page(0)), gzip(&long), gzip(&page(1)));
    for (what, members) in [("alone", vec![&second]), ("between", vec![&first, &second, &third])] {
        let mut file: Vec<u8> = members.into_iter().flatten().copied().collect();
        let at = file.len() - third.len() - 2000;
        file[at] ^= 0x10;
        let chunks =
            Chunks::from_reader(Path::new("crawl.warc.gz"), Box::new(Cursor::new(file)), &options(64_000_000, &[]));
        let read = chunks.and_then(|mut chunks| chunks.try_for_each(|chunk| chunk.map(drop)));
        let refused = read.map_err(|error| error.to_string()).err().unwrap_or_default();
        assert!(refused.starts_with("crawl.warc.gz: damaged gzip, as its checksum"), "{what}: {refused}");
    }
}

#[test]
fn a_record_that_is_shorter_than_it_says_loses_itself_and_no_other() {
    let page = |n: u32| {
        let body = PAGE.replace("Monday", &format!("day {n}"));
        record(
            "response",
            &format!("http://a.example/{n}"),
            &answer("200 OK", "Content-Type: text/html", body.as_bytes()),
        )
    };
    let picture = record("response", "http://a.example/p", &answer("200 OK", "Content-Type: image/png", &[7; 500]));
    let long = "\r\nA line more.".repeat(100_000);
    let tail = record("response", "http://a.example/l", &answer("200 OK", "Content-Type: text/html", long.as_bytes()));
    let cut = |record: &[u8], bytes: usize| [&record[..record.len() - bytes - 4], b"\r\n\r\n"].concat();
    let short = "the record is shorter than its Content-Length: it is lost, and what follows is read; fetch it again";
    let ends = "the file ends inside the record; fetch it again";
    let long = "the record is longer than its Content-Length: it is lost; fetch it again; what follows up to the next record \
                is lost";
    let none = "no WARC record where one should begin; fetch it again; what follows up to the next record is lost";
    let more = |record: &[u8], rest: &str| [&record[..record.len() - 4], rest.as_bytes(), b"\r\n\r\n"].concat();
    // what the file holds, the records that are read, and what is told of which
    for (what, file, read_records, failures) in [
        ("a page", [page(1), cut(&page(2), 100), page(3)], 2, vec![(2, short)]),
        // it takes the line end behind it, and no more
        ("a byte", [page(1), cut(&page(2), 1), page(3)], 3, vec![]),
        ("the first", [cut(&page(1), 100), page(2), page(3)], 2, vec![(1, short)]),
        ("a picture", [page(1), cut(&picture, 300), page(3)], 2, vec![(2, short)]),
        ("more than the rest", [page(1), cut(&tail, 1_000_000), page(3)], 2, vec![(2, short)]),
        ("the last", [page(1), page(2), cut(&page(3), 100)], 2, vec![(3, ends)]),
        ("two", [cut(&page(1), 100), cut(&page(2), 90), page(3)], 1, vec![(1, short), (2, short)]),
        ("one that goes on", [page(1), more(&page(2), "<p>More."), page(3)], 2, vec![(2, long)]),
        ("the first goes on", [more(&page(1), "<p>More."), page(2), page(3)], 2, vec![(1, long)]),
        ("the last goes on", [page(1), page(2), more(&page(3), "\n<p>More.")], 2, vec![(3, long)]),
        ("a picture goes on", [page(1), more(&picture, "\x07\x07"), page(3)], 2, vec![(2, long)]),
        (
            "all go on",
            [page(1), page(2), page(3)].map(|page| more(&page, "<p>More.")),
            0,
            (1..4).map(|n| (n, long)).collect(),
        ),
        // it may have ended there, so it is taken and warned of
        ("behind a blank line", [page(1), more(&page(2), "\r\n\r\n<p>More."), page(3)], 3, vec![(3, none)]),
    ] {
        let told = read("c.warc", &file.concat());
        assert_eq!(told.made().len(), read_records, "{what}: {}", told.text());
        let wanted: Vec<String> = failures.iter().map(|(n, why)| format!("c.warc: record {n}: {why}")).collect();
        assert_eq!(told.failures(), wanted, "{what}");
        let is_doubtful = told.text().contains("the record may be cut off");
        assert_eq!(is_doubtful, what == "behind a blank line", "{what}: {}", told.text());
    }
}
