//! A folder with articles of every form, from end to end.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::support::{Archive, Run, article, number, text};

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

pub fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::default()).expect("a writer");
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn warc() -> Vec<u8> {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><h1>Lamp of the crawler</h1><p>The \
        lamp of the crawled page burns in the west, and it burns all night long.</p></article></body></html>";
    let record = |kind: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.example/1\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    [gzip(record("request", "GET /").as_bytes()), gzip(record("response", page).as_bytes())].concat()
}

fn every_form() -> Vec<(&'static str, Vec<u8>)> {
    let text = article("Lamp of the text", &["The lamp of the plain text burns in the harbour of the town."]);
    let lines =
        "{\"id\":\"line-1\",\"title\":\"Lamp of the line\",\"text\":\"The lamp of the line burns in the tower.\"}\n";
    let csv = "id,title,text\nrow-1,Lamp of the row,\"The lamp of the row burns\nin \"\"the\"\" church.\"\n";
    let feed = "<rss><channel><item><guid>item-1</guid><title>Lamp of the feed</title><description>The lamp of the item \
        burns on the pier.</description></item></channel></rss>";
    let mail = "From: a@b.example\nSubject: Lamp of the letter\nDate: Tue, 05 Mar 2019 09:12:00 +0100\nMIME-Version: 1.0\n\n\
        The lamp of the letter burns on the desk of the newsroom.\n";
    vec![
        ("plain.txt", text.clone().into_bytes()),
        ("packed.txt.gz", gzip(text.replace("plain", "packed").as_bytes())),
        ("lines.jsonl.zst", zstd(lines.as_bytes())),
        ("rows.csv", csv.as_bytes().to_vec()),
        ("crawl.warc.gz", warc()),
        ("feed.rss", feed.as_bytes().to_vec()),
        ("letter.eml", mail.as_bytes().to_vec()),
        (
            "note.rtf",
            br"{\rtf1{\b Lamp of the note}\par\par The lamp of the note burns in the hall of the town.\par}".to_vec(),
        ),
    ]
}

#[test]
fn a_folder_of_every_form_is_indexed_found_and_shown() {
    let archive = Archive::of(&every_form());
    let report = archive.index();
    let counts = |what: &str| ["read", "indexed", "skipped", "failed"].map(|key| number(&report[what][key]));
    assert_eq!(counts("files"), [8, 8, 0, 0]);
    assert_eq!(counts("records"), [9, 8, 1, 0]);
    let mut found = archive.found(&["lamp", "-n", "20"]);
    found.sort();
    assert_eq!(found, ["crawl#2", "item-1", "letter", "line-1", "note", "packed", "plain", "row-1"]);
    for id in found {
        let run = archive.run(&["show", &id]);
        assert!(run.status == 0 && run.stderr.is_empty(), "{id}: {run:?}");
        assert!(run.stdout.contains("lamp of the"), "{run:?}");
    }
    let report = archive.index();
    assert_eq!(["read", "unchanged", "skipped"].map(|key| number(&report["records"][key])), [9, 8, 1]);
}

#[test]
fn a_compressed_file_is_cited_as_the_file_in_it() {
    let archive = Archive::indexed(&every_form());
    let hit = &archive.hits(&["packed"])[0];
    let content = article("Lamp of the text", &["The lamp of the packed text burns in the harbour of the town."]);
    let piece = &hit["source"]["pieces"][0];
    assert_eq!(&content[number(&piece[0])..number(&piece[1])], text(&hit["text"]));
    assert_eq!(hit["source"]["lines"], serde_json::json!([3, 3]));
    assert_eq!(text(&hit["source"]["hash"]), format!("blake3:{}", blake3::hash(content.as_bytes()).to_hex()));
    archive.write("packed.txt.gz", &gzip(b"Something else\n\nstands in the file now."));
    let run = archive.run(&["show", "packed"]);
    assert!(run.stderr.contains("changed since it was indexed"), "{run:?}");
    let row = &archive.hits(&["church"])[0];
    assert_eq!(row["source"]["lines"], serde_json::json!([2, 3]));
}

/// Runs the command with something on its standard input.
pub fn pipe(archive: &Archive, args: &[&str], input: &[u8]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(archive.dir.path()).args(args).env_remove("DATELINE_INDEX");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    child.stdin.take().expect("a pipe").write_all(input).expect("written");
    let output = child.wait_with_output().expect("the command ends");
    Run {
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        status: output.status.code().unwrap_or(-1),
    }
}

fn piped(archive: &Archive, input: &str) -> [usize; 4] {
    let run = pipe(archive, &["index", "-", "--format", "json"], input.as_bytes());
    assert_eq!(run.status, 0, "{run:?}");
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    ["read", "indexed", "replaced", "unchanged"].map(|key| number(&report["records"][key]))
}

/// Of what is there already nothing is indexed, so that there is nothing to warn of.
#[test]
fn the_same_bytes_again_by_standard_input_warn_of_nothing() {
    let feed = "<rss><channel><link>http://f/</link><item><guid>a1</guid><title>A lamp</title><description>The lamp \
                burns.</description></item></channel></rss>";
    let archive = Archive::indexed(&[("feed.xml", feed)]);
    for (told, counted) in [("id a1 is taken by another record; indexed as stdin#1", 1), ("", 0)] {
        let run = pipe(&archive, &["index", "-", "--format", "json"], feed.as_bytes());
        let report: Value = serde_json::from_str(&run.stdout).expect("a report");
        assert_eq!((run.status, number(&report["warnings"])), (0, counted), "{run:?}");
        assert!(run.stderr.contains(told) && run.stderr.is_empty() == told.is_empty(), "{run:?}");
    }
    assert_eq!(archive.found(&["lamp"]).len(), 2, "beside what the folder has");
}

#[test]
fn what_comes_by_standard_input_is_added_and_the_same_id_replaces() {
    let archive = Archive::indexed(&[("plain.txt", article("A plain one", &["The lamp of the file burns here."]))]);
    let line = |id: &str, what: &str| format!("{{\"id\":\"{id}\",\"text\":\"The lamp of {what} burns.\"}}\n");
    let monday = line("a", "monday") + &line("b", "monday") + "{\"text\":\"The lamp without a name burns.\"}\n";
    assert_eq!(piped(&archive, &monday), [3, 3, 0, 0]);
    assert_eq!(piped(&archive, &monday), [3, 0, 0, 3], "the same bytes again change nothing");
    let tuesday = line("b", "tuesday") + &line("c", "tuesday") + "{\"text\":\"The lamp of nobody burns.\"}\n";
    assert_eq!(piped(&archive, &tuesday), [3, 2, 1, 0]);
    let mut found = archive.found(&["lamp", "-n", "20"]);
    found.sort();
    assert_eq!(found, ["a", "b", "c", "plain", "stdin#3", "stdin~2#3"]);
    assert_eq!(archive.found(&["tuesday"]).len(), 2);
    assert_eq!(archive.found(&["monday"]), ["a"]);
    archive.index();
    assert_eq!(archive.found(&["lamp", "-n", "20"]).len(), 6, "an update of the folder leaves it alone");
    let run = archive.run(&["show", "b"]);
    assert!(run.status == 0 && run.stderr.contains("it came by standard input"), "{run:?}");
    for (input, status, told) in [
        (&b"\x89PNG\r\n\x1a\n\0\0"[..], 0, "warning: -: skipped: picture"),
        (b"", 0, "warning: -: skipped: empty file"),
        (b"{}\n", 0, "warning: -: skipped: file without articles"),
        (b"%PDF-1.7", 2, "-: the PDF file is damaged"),
    ] {
        let run = pipe(&archive, &["index", "-"], input);
        assert!(run.status == status && run.stderr.contains(told), "{run:?}");
    }
    assert_eq!(archive.found(&["lamp", "-n", "20"]).len(), 6);
}

#[test]
fn what_came_by_standard_input_is_forgotten_on_its_own() {
    let archive = Archive::indexed(&[("plain.txt", article("A plain one", &["The lamp of the file burns here."]))]);
    for day in ["monday", "tuesday"] {
        piped(&archive, &format!("{{\"id\":\"{day}\",\"text\":\"The lamp of {day} burns.\"}}\n"));
    }
    let run = archive.run(&["index", "--forget", "-", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    assert_eq!(["files", "records"].map(|what| number(&report[what]["removed"])), [2, 2], "{run:?}");
    assert_eq!(archive.found(&["lamp"]), ["plain"]);
}

#[test]
fn inspect_reads_standard_input_and_says_what_it_passed_over() {
    let archive = Archive::of::<&str>(&[]);
    let run = pipe(&archive, &["inspect", "-", "--format", "json"], &warc());
    assert!(run.status == 0 && run.stderr.contains("-: 1 record holds no article"), "{run:?}");
    let record: Value = serde_json::from_str(&run.stdout).expect("a record");
    assert_eq!(number(&record["record"]), 2);
    let run = pipe(&archive, &["inspect", "-", "--record", "1"], &warc());
    assert!(run.status == 2 && run.stderr.contains("no article is record 1"), "{run:?}");
}

#[test]
fn a_failed_file_is_read_again_when_it_is_read_otherwise() {
    let archive = Archive::of(&[("oel.csv", "Titel,Inhalt\nEine Lampe,Die Lampe brennt im Turm.\n")]);
    for turn in ["the first time", "again"] {
        let run = archive.run(&["index", "articles"]);
        assert!(run.status == 2 && run.stderr.contains("name it with --field body=NAME"), "{turn}: {run:?}");
    }
    let named = ["index", "articles", "--field", "headline=Titel", "--field", "body=Inhalt"];
    assert_eq!(archive.run(&named).status, 0);
    assert_eq!(archive.found(&["Lampe"]), ["oel#1"]);
    let run = archive.run(&["index", "articles", "--field", "Titel=headline"]);
    assert!(run.status == 2 && run.stderr.contains("no field \"Titel\""), "{run:?}");
    let archive = Archive::of(&[("long.txt", "word ".repeat(500))]);
    assert_eq!(archive.run(&["index", "articles", "--max-record", "2k"]).status, 2);
    assert_eq!(archive.run(&["index", "articles"]).status, 0, "the limit was raised");
    fs::remove_dir_all(archive.articles()).expect("removed");
}
