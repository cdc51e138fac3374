use std::io::Cursor;
use std::path::Path;

use dateline::source::Chunks;

use super::support::{bzip2, gzip, options, read, read_with, samples, xz, zstd};

#[test]
fn a_compressed_file_reads_as_the_file_in_it() {
    for (name, bytes) in samples() {
        let plain = read(&name, &bytes);
        let halves = bytes.split_at(bytes.len() / 2);
        let members = [gzip(halves.0), gzip(halves.1)].concat();
        let skippable = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3][..], &zstd(halves.0), &zstd(halves.1)].concat();
        let streams = [xz(halves.0), xz(halves.1)].concat();
        let both = [bzip2(halves.0), bzip2(halves.1)].concat();
        for (how, packed) in [
            ("gz", gzip(&bytes)),
            ("members", members),
            ("zst", zstd(&bytes)),
            ("frames", skippable),
            ("xz", xz(&bytes)),
            ("streams", streams),
            ("bz2", bzip2(&bytes)),
            ("bz2s", both),
        ] {
            let told = read_with(&name, &packed, &bytes, &options(64_000_000, &[]));
            assert_eq!(told.text(), plain.text(), "{name} {how}");
            assert_eq!(told.pieces, plain.pieces);
        }
    }
}

fn damaged(file: &str, packing: &str) -> String {
    format!(
        "{file}: damaged {packing}, as its checksum or its stream says: nothing of it is indexed, and what the index holds \
         of it stays; restore it from a copy; or unpack it by hand (`{packing} -dc`) and index what comes out, some words \
         of which may be wrong"
    )
}

/// The bytes in a packed file, as far as they count.
fn bytes_of(packed: Vec<u8>) -> dateline::error::Result<Vec<u8>> {
    let file = Box::new(Cursor::new(packed));
    let chunks = Chunks::from_reader(Path::new("feed.jsonl.x"), file, &options(64_000_000, &[]))?;
    let parts: Vec<Vec<u8>> = chunks.map(|chunk| Ok(chunk?.bytes)).collect::<dateline::error::Result<_>>()?;
    Ok(parts.concat())
}

#[test]
fn no_flipped_bit_is_taken_for_text() {
    let content = lines(12);
    let packings = [
        ("gzip", gzip(content.as_bytes())),
        ("zstd", zstd(content.as_bytes())),
        ("xz", xz(content.as_bytes())),
        ("bzip2", bzip2(content.as_bytes())),
    ];
    for (name, packed) in packings {
        let mut harmless = 0;
        for bit in 0..8 * packed.len() {
            let mut flipped = packed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let read = bytes_of(flipped);
            harmless += usize::from(read.is_ok());
            // what a flip made shorter may hold records that are right
            let is_right = read.as_ref().map_or(true, |bytes| content.as_bytes().starts_with(bytes));
            assert!(is_right, "{name}: bit {bit}: {read:?}");
        }
        // time, system and the like are in no checksum
        assert!(harmless < 200, "{name}: {harmless}");
    }
}

#[test]
fn what_does_not_begin_as_its_name_says_is_refused() {
    let (gz, zst) = (gzip(lines(8).as_bytes()), zstd(lines(8).as_bytes()));
    let mut marks = zst.clone();
    marks[1] ^= 1;
    for (name, bytes, packing) in [
        ("a.jsonl.gz", &gz[..1], "gzip"),
        ("a.jsonl.zst", &zst[..1], "zstd"),
        ("a.jsonl.zst", &zst[..3], "zstd"),
        ("a.jsonl.ZSTD", &marks, "zstd"),
        ("a.jsonl.xz", b"\xFD7zX", "xz"),
        ("a.jsonl.bz2", b"BZh9", "bzip2"),
    ] {
        let told = read(name, bytes).refused.unwrap_or_default();
        assert!(told.starts_with(&format!("{name}: it does not begin as {packing}, as its name says")), "{told}");
    }
    assert_eq!(read("plain.jsonl.gz", lines(8).as_bytes()).made().len(), 8);
}

fn lines(count: usize) -> String {
    let line = |n| {
        let tail: String =
            (0..30u64).map(|i| format!("{:x} ", (n as u64 * 7919 + i).wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
        format!("{{\"id\":\"r{n}\",\"text\":\"The lamp of record {n} burns. {tail}\"}}\n")
    };
    (1..=count).map(line).collect()
}

#[test]
fn a_file_that_breaks_off_gives_what_was_read_and_says_where_it_broke() {
    let content = lines(2000);
    for (name, packed) in [("gzip", gzip(content.as_bytes())), ("zstd", zstd(content.as_bytes()))] {
        let cut = &packed[..packed.len() * 2 / 3];
        let told = read_with("feed.jsonl.x", cut, content.as_bytes(), &options(64_000_000, &[]));
        let made = told.made().len();
        assert!((500..2000).contains(&made), "{name}: {made}");
        let wanted = format!(
            "feed.jsonl.x: line {}: truncated {name}: what follows is lost; fetch the file again, or compress it anew",
            made + 1
        );
        assert_eq!(told.failures(), [wanted]);
    }
    for (name, mut packed) in [("gzip", gzip(content.as_bytes())), ("zstd", zstd(content.as_bytes()))] {
        let middle = packed.len() / 2;
        packed[middle..middle + 200].fill(0xA5);
        let told = read_with("feed.jsonl.x", &packed, content.as_bytes(), &options(64_000_000, &[]));
        assert_eq!(told.refused.as_deref(), Some(&*damaged("feed.jsonl.x", name)));
    }
    let text = gzip("A headline\n\nA paragraph of an article that is cut off.".as_bytes());
    let told = read_with("a.txt.gz", &text[..text.len() - 12], b"", &options(1000, &[]));
    assert_eq!(told.failures(), ["a.txt.gz: truncated gzip; fetch the file again, or compress it anew"]);
    for (name, packed, packing) in
        [("a.txt.xz", xz(content.as_bytes()), "xz"), ("a.txt.bz2", bzip2(content.as_bytes()), "bzip2")]
    {
        let told = read_with(name, &packed[..packed.len() / 2], content.as_bytes(), &options(64_000_000, &[]));
        let failures = told.failures();
        let is_told = |failure: &&str| {
            failure.contains(&format!(": truncated {packing}"))
                && failure.ends_with("fetch the file again, or compress it anew")
        };
        assert!(failures.len() == 1 && failures.iter().all(is_told), "{name}: {failures:?}");
    }
    assert_eq!(
        read("b.gz", b"\x1f\x8b\x08").failures(),
        ["b.gz: truncated gzip; fetch the file again, or compress it anew"]
    );
}

#[test]
fn a_bomb_is_refused_at_the_limit() {
    let bomb = vec![b'a'; 40_000_000];
    let told = read_with("bomb.gz", &gzip(&bomb), &bomb, &options(1_000_000, &[]));
    assert!(told.failures()[0].contains("longer than 976 KiB"), "{:?}", told.failures());
    let lines = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"Two.\"}}\n", "a".repeat(40_000_000));
    let told = read_with("bomb.jsonl.gz", &gzip(lines.as_bytes()), lines.as_bytes(), &options(1_000_000, &[]));
    assert!(told.records[0].2.as_ref().is_err_and(|e| e.contains("38 MiB long")) && told.records.len() == 2);
}

/// What is read of a packed file: its records, what is told of it, or why nothing is.
fn told_behind(packed: &[u8]) -> String {
    let file = Box::new(Cursor::new(packed.to_vec()));
    let chunks = Chunks::from_reader(Path::new("a.x"), file, &options(64_000_000, &[]));
    let told = chunks.and_then(|mut chunks| {
        let (mut made, mut failed) = (0, 0);
        for chunk in &mut chunks {
            for record in chunk?.records() {
                if record.is_ok() { made += 1 } else { failed += 1 }
            }
        }
        Ok(format!("{made} read, {failed} failed, {}", chunks.warning().unwrap_or("nothing behind".to_owned())))
    });
    told.unwrap_or_else(|error| error.to_string().split([',', ';']).next().unwrap_or_default().to_owned())
}

#[test]
fn what_stands_behind_the_last_member_is_passed_over_and_told() {
    let one = lines(3);
    let record = |n: usize| {
        let page =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe lamp of page {n} burns all night long.");
        let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/";
        let rest = format!("Content-Type: application/http\r\nContent-Length: {}", page.len());
        gzip(format!("{head}{n}\r\n{rest}\r\n\r\n{page}\r\n\r\n").as_bytes())
    };
    let (lines, crawl) = (gzip(one.as_bytes()), [record(1), record(2)].concat());
    let mut damaged = lines.clone();
    damaged[14] ^= 0x55;
    let mut mark = lines.clone();
    mark[1] ^= 0x55;
    let (frame, garbage) = (zstd(one.as_bytes()), &b"-- end of tape --"[..]);
    for (what, whole, behind, told) in [
        ("gzip and nothing", &lines, &[][..], "3 read, 0 failed, nothing behind"),
        ("gzip and zeros", &lines, &[0; 70_000], "3 read, 0 failed, nothing behind"),
        ("gzip and a byte", &lines, b"x", "3 read, 0 failed, 1 byte behind its last member were passed over"),
        ("gzip and a label", &lines, garbage, "3 read, 0 failed, 17 bytes behind its last member were passed over"),
        (
            "gzip, zeros, a label",
            &lines,
            b"\0\0\0label",
            "3 read, 0 failed, 8 bytes behind its last member were passed over",
        ),
        ("gzip and a member", &lines, &lines, "6 read, 0 failed, nothing behind"),
        ("gzip and a damaged one", &lines, &damaged, "a.x: damaged gzip"),
        ("gzip and a damaged mark", &lines, &mark, "a.x: damaged gzip"),
        ("gzip and a member cut off", &lines, &lines[..9], "3 read, 1 failed, nothing behind"),
        ("crawl and zeros", &crawl, &[0; 512], "2 read, 0 failed, nothing behind"),
        ("crawl and a label", &crawl, garbage, "2 read, 0 failed, 17 bytes behind its last member were passed over"),
        ("crawl, zeros, a record", &crawl, &[&[0; 512][..], &record(3)].concat(), "3 read, 0 failed, nothing behind"),
        ("crawl, a label, a record", &crawl, &[garbage, &record(3)].concat(), "3 read, 1 failed, nothing behind"),
        ("gzip, zeros, a member", &lines, &[&[0; 512][..], &lines].concat(), "6 read, 0 failed, nothing behind"),
        ("zstd and zeros", &frame, &[0; 512], "a.x: damaged zstd"),
        ("zstd and a label", &frame, garbage, "a.x: damaged zstd"),
    ] {
        assert_eq!(told_behind(&[whole, behind].concat()), told, "{what}");
    }
}
