use super::support::{gzip, options, read, read_with, samples, zstd};

#[test]
fn a_compressed_file_reads_as_the_file_in_it() {
    for (name, bytes) in samples() {
        let plain = read(&name, &bytes);
        let halves = bytes.split_at(bytes.len() / 2);
        let members = [gzip(halves.0), gzip(halves.1)].concat();
        let skippable = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3][..], &zstd(halves.0), &zstd(halves.1)].concat();
        for (how, packed) in [("gz", gzip(&bytes)), ("members", members), ("zst", zstd(&bytes)), ("frames", skippable)]
        {
            let told = read_with(&name, &packed, &bytes, &options(64_000_000, &[]));
            assert_eq!(told.text(), plain.text(), "{name} {how}");
            assert_eq!(told.pieces, plain.pieces);
        }
    }
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
    let mut damaged = gzip(content.as_bytes());
    let middle = damaged.len() / 2;
    damaged[middle..middle + 200].fill(0xA5);
    let told = read_with("feed.jsonl.gz", &damaged, content.as_bytes(), &options(64_000_000, &[]));
    assert!(
        told.failures().last().is_some_and(|f| f.contains("damaged gzip: what follows is lost")),
        "{:?}",
        told.failures()
    );
    let text = gzip("A headline\n\nA paragraph of an article that is cut off.".as_bytes());
    let told = read_with("a.txt.gz", &text[..text.len() - 12], b"", &options(1000, &[]));
    assert_eq!(told.failures(), ["a.txt.gz: truncated gzip; fetch the file again, or compress it anew"]);
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
