//! What holds no article is passed over with its reason, and what could hold one and cannot be read has failed.

use std::fs;

use serde_json::Value;

use super::support::{Archive, Run, article, number, text};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn lamp() -> String {
    article("About a lamp", &["The lamp burns in the harbour."])
}

/// The report of a run, which adds up.
fn report(run: &Run) -> Value {
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {run:?}"));
    for what in ["files", "records"] {
        let count = |key: &str| number(&report[what][key]);
        let parts = ["indexed", "replaced", "unchanged", "skipped", "failed"].map(count);
        assert_eq!(count("read"), parts.iter().sum::<usize>(), "{report}");
        let reasons = report["skipped"].as_array().expect("a list").iter().filter(|reason| reason["of"] == what);
        assert_eq!(count("skipped"), reasons.map(|reason| number(&reason["count"])).sum::<usize>(), "{report}");
    }
    report
}

/// The reasons of a report, as `count reason`.
fn reasons(report: &Value) -> Vec<String> {
    let told = |reason: &Value| format!("{} {}", number(&reason["count"]), text(&reason["reason"]));
    report["skipped"].as_array().expect("a list").iter().map(told).collect()
}

fn index(archive: &Archive, flags: &[&str]) -> Run {
    archive.run(&[&["index", "articles", "--format", "json"], flags].concat())
}

#[test]
fn what_holds_no_article_is_skipped_with_its_reason() {
    let feed = |items: &str| format!("<rss version=\"2.0\"><channel><title>A feed</title>{items}</channel></rss>");
    let item = "<item><guid>a-1</guid><pubDate>Wed, 27 Jun 2018 14:05:00 +0000</pubDate></item>";
    let mail = "From: a@b.example\nDate: Tue, 05 Mar 2019 09:12:00 +0100\nMIME-Version: 1.0\nTo: c@d.example\n\n\n";
    for (name, bytes, told) in [
        ("a.png", PNG, &["1 picture"][..]),
        ("a.mp3", b"ID3\x04\0\0\0\0\x0f\x76TSSE\0", &["1 sound"]),
        ("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0", &["1 video"]),
        ("a.woff2", b"wOF2\0\x01\0\0", &["1 font"]),
        ("a.exe", b"\x7FELF\x02\x01\x01\0", &["1 program"]),
        ("empty.txt", b"", &["1 empty-file"]),
        ("blank.txt", b" \n\t\n", &["1 empty-file"]),
        ("long-blank.txt", &[b' '; 400_000], &["1 empty-file"]),
        ("a.json", b"{}", &["1 empty-record", "1 without-articles"]),
        ("none.json", b"[]", &["1 without-articles"]),
        ("a.jsonl", b"{}\n{\"id\":1}\n{\"text\":\"\"}\n", &["3 empty-record", "1 without-articles"]),
        ("a.csv", b"title,text,note\n,,a note of a few words\n", &["1 empty-record", "1 without-articles"]),
        ("head.csv", b"title,text\n", &["1 without-articles"]),
        ("none.rss", feed("").as_bytes(), &["1 without-articles"]),
        ("a.rss", feed(item).as_bytes(), &["1 empty-record", "1 without-articles"]),
        ("a.eml", mail.as_bytes(), &["1 empty-record", "1 without-articles"]),
        ("a.html", b"<html><head></head><body> </body></html>", &["1 empty-record", "1 without-articles"]),
    ] {
        let archive = Archive::of(&[("good.txt", lamp().as_bytes()), (name, bytes)]);
        for (turn, flags) in [("first", &[][..]), ("again", &[]), ("anew", &["--reread"])] {
            let run = index(&archive, flags);
            let report = report(&run);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}, {turn}");
            assert_eq!(reasons(&report), told, "{name}, {turn}");
            let failed = number(&report["files"]["failed"]) + number(&report["records"]["failed"]);
            let read_again = number(&report["extracted"]) > 0;
            assert_eq!((failed, read_again), (0, turn != "again"), "{name}, {turn}");
        }
        assert_eq!(archive.found(&["lamp"]), ["good"], "{name}");
        archive.assert_as_fresh();
    }
}

#[test]
fn what_could_hold_an_article_has_failed() {
    for (name, bytes, told) in [
        ("a.pdf", &b"%PDF-1.7"[..], "the PDF file is damaged"),
        ("a.docx", b"PK\x03\x04\x14\0\x06\0", "a ZIP archive"),
        ("a.rtf", b"{\\rtf1 A lamp.", "the document is damaged: it breaks off"),
        ("b.docx", b"PK\x03\x04 word/document.xml", "the document is damaged: its list of parts cannot be read"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document"),
        ("a.xz", b"\xFD7zXZ\0abc", "truncated xz"),
        ("a.bz2", b"BZh91AY&SY", "truncated bzip2"),
        ("a.bin", b"ab\0\0\0\0cd", "seems to be a binary file"),
        ("a.jsonl", b"{oops\n", "invalid JSON"),
        ("b.jsonl", b"{\"Inhalt\":\"Die Lampe brennt im Turm.\"}\n", "--field body=Inhalt"),
        (
            "a.xml",
            b"<articles><article><inhalt>Die Lampe brennt im Turm.</inhalt></article></articles>",
            "with --field",
        ),
    ] {
        let archive = Archive::of(&[("good.txt", lamp().as_bytes()), (name, bytes)]);
        for turn in ["the first time", "again"] {
            let run = index(&archive, &[]);
            assert!(run.status == 2 && run.stderr.contains(told), "{name}, {turn}: {run:?}");
            assert_eq!(reasons(&report(&run)), Vec::<String>::new(), "{name}, {turn}");
        }
    }
}

#[test]
fn a_file_that_becomes_a_picture_or_empty_loses_its_articles_and_gets_them_back() {
    let archive = Archive::indexed(&[("a.txt", lamp()), ("b.txt", lamp())]);
    for bytes in [PNG, b""] {
        archive.write("a.txt", bytes);
        let report = report(&index(&archive, &[]));
        assert_eq!((number(&report["records"]["removed"]), number(&report["files"]["skipped"])), (1, 1), "{report}");
        assert_eq!(archive.found(&["lamp"]), ["b"]);
        archive.write("a.txt", lamp().as_bytes());
        assert_eq!(archive.index()["records"]["indexed"], 1);
        assert_eq!(archive.found(&["lamp"]).len(), 2);
    }
    archive.assert_as_fresh();
}

#[test]
fn people_read_reasons_below_the_table_and_roots_of_nothing_else_are_warned_of() {
    let archive = Archive::of(&[("a.png", PNG), ("b.png", PNG), (".hidden", b"no"), ("c.txt", b"")]);
    let run = archive.run(&["index", "articles"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("\nskipped  2 pictures, 1 empty file, 1 hidden path\n"), "{}", run.stdout);
    let said = "warning: articles: every file in this folder was skipped; name one that holds articles\n";
    assert_eq!(run.stderr, said);
    let run = archive.run(&["index", "articles/a.png"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stderr.starts_with("warning: articles/a.png: skipped, as it holds no article; "), "{run:?}");
    let run = archive.run(&["inspect", "articles/a.png"]);
    assert!(run.status == 2 && run.stderr.contains("a.png: no text: it seems to be a PNG picture; leave it out"));
    let hidden = Archive::of(&[(".gitkeep", "")]);
    let run = hidden.run(&["index", "articles"]);
    assert!(run.status == 0 && run.stderr == said && run.stdout.contains("skipped  1 hidden path\n"), "{run:?}");
}

#[test]
fn an_earlier_version_took_pictures_for_failures_and_they_are_looked_at_again() {
    use dateline::engine::{LocalUpdate, Update};
    use dateline::index::FileEntry;
    let archive = Archive::of(&[("a.png", PNG), ("b.txt", lamp().as_bytes())]);
    index(&archive, &[]);
    let place = archive.dir.path().join("index");
    let mut update = LocalUpdate::open(&place, dateline::index::WriterOptions::default()).expect("free");
    let key = archive.articles().canonicalize().expect("there").join("a.png");
    let old = update.files().file(&key.to_string_lossy()).map(FileEntry::into_owned).expect("an entry");
    let failures = vec!["a.png: no text: it seems to be a PNG picture".into()];
    update.enter(&FileEntry { reason: None, stamp: 0, failed: true, failures, ..old });
    update.commit().expect("written");
    update.close().expect("closed");
    let run = index(&archive, &[]);
    assert_eq!((run.status, reasons(&report(&run))), (0, vec!["1 picture".to_owned()]), "{run:?}");
}

#[test]
fn every_file_is_read_again_where_it_is_asked_for() {
    let archive = Archive::indexed(&[("a.txt", lamp()), ("b.jsonl", "{\"text\":\"A lamp.\"}\n".repeat(3))]);
    for (flags, replaced, unchanged, extracted) in [(&[][..], 0, 2, 0), (&["--reread"], 2, 0, 4), (&[], 0, 2, 0)] {
        let report = report(&index(&archive, flags));
        let counts = ["replaced", "unchanged"].map(|key| number(&report["files"][key]));
        assert_eq!((counts, number(&report["extracted"])), ([replaced, unchanged], extracted), "{flags:?}");
    }
    assert_eq!(archive.found(&["lamp", "-n", "9"]).len(), 4);
    archive.assert_as_fresh();
}

#[cfg(unix)]
#[test]
fn another_file_of_the_same_size_and_time_in_the_place_of_one_is_read() {
    use std::time::{Duration, SystemTime};
    let archive = Archive::of::<&str>(&[]);
    let time = SystemTime::now() - Duration::from_secs(86_400);
    let write = |name: &str, what: &str| {
        archive.write(name, article(&format!("About a {what}"), &[&format!("The {what} burns.")]).as_bytes());
        let file = fs::File::options().append(true).open(archive.articles().join(name)).expect("opened");
        file.set_modified(time).expect("set back");
    };
    write("a.txt", "candle");
    write("b.txt", "lantern");
    write("c.txt", "sconces");
    // what was written within the last two seconds is hashed in any case
    std::thread::sleep(Duration::from_millis(2_100));
    archive.index();
    write("a.txt", "candle");
    fs::rename(archive.articles().join("c.txt"), archive.articles().join("b.txt")).expect("moved");
    std::thread::sleep(Duration::from_millis(2_100));
    let report = report(&index(&archive, &[]));
    let counts = ["replaced", "unchanged", "removed"].map(|key| number(&report["files"][key]));
    assert_eq!(counts, [1, 1, 1], "the same bytes are unchanged, others are read: {report}");
    assert_eq!((archive.found(&["sconces"]), archive.found(&["lantern"])), (vec!["b".to_owned()], vec![]));
    let run = archive.run(&["check"]);
    assert_eq!(run.status, 0, "{run:?}");
    archive.assert_as_fresh();
}

/// What is called as the mark of an index is, and marks none, is a file like others.
#[test]
fn an_article_called_as_the_mark_of_an_index_takes_no_folder_out() {
    let record = "{\"headline\":\"A lamp\",\"body\":\"The lamp burns on.\"}";
    for (content, found) in
        [("", &["b/a"][..]), (record, &["b/a", "b/dateline#1"]), ("A lamp by itself.", &["b/a", "b/dateline"])]
    {
        let archive = Archive::indexed(&[("b/a.txt", lamp())]);
        archive.write("b/dateline.json", content.as_bytes());
        let run = index(&archive, &[]);
        let mut ids = archive.found(&["lamp"]);
        ids.sort();
        assert_eq!((run.status, ids.iter().map(String::as_str).collect::<Vec<_>>()), (0, found.to_vec()), "{run:?}");
        assert!(!reasons(&report(&run)).iter().any(|reason| reason.contains("index")), "{run:?}");
    }
}
