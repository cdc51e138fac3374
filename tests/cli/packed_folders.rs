//! Packed folders: a file in one is a file like any other.

use std::fs;

use serde_json::Value;

use super::forms::{bzip2, gzip, pipe, xz, zstd};
use super::packing::{Entry, tar, zip};
use super::support::{Archive, article, number, run_in};

/// What packs files, by the name that it gives the folder.
type Packer = (&'static str, fn(&[Entry]) -> Vec<u8>);

const PACKERS: &[Packer] = &[
    ("a.zip", zip),
    ("a.tar", tar),
    ("a.tar.gz", |entries| gzip(&tar(entries))),
    ("a.tgz", |entries| gzip(&tar(entries))),
    ("a.tar.zst", |entries| zstd(&tar(entries))),
    ("a.tar.xz", |entries| xz(&tar(entries))),
    ("a.tar.bz2", |entries| bzip2(&tar(entries))),
];

fn text(name: &str, word: &str) -> Entry {
    Entry::of(
        name,
        article(&format!("The {word} of the harbour"), &[&format!("A {word} burns in the tower of the harbour town.")]),
    )
}

/// Files: read, indexed, replaced, unchanged, skipped, failed, removed.
fn files(archive: &Archive) -> [usize; 7] {
    counted(archive, &["index", "articles"])
}

fn counted(archive: &Archive, args: &[&str]) -> [usize; 7] {
    let run = archive.run(&[args, &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {run:?}"));
    ["read", "indexed", "replaced", "unchanged", "skipped", "failed", "removed"]
        .map(|name| number(&report["files"][name]))
}

fn ids(archive: &Archive) -> Vec<String> {
    let list = archive.run(&["list", "--format", "csv"]).stdout;
    list.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::to_owned).collect()
}

#[test]
fn files_of_every_form_are_read_in_every_packed_folder() {
    for (name, pack) in PACKERS {
        let long = format!("{}/far.txt", "deep/".repeat(30));
        let archive = Archive::of(&[(
            *name,
            pack(&[
                Entry::folder("2019/"),
                text("2019/lamp.txt", "lamp"),
                Entry::of(
                    "2019/page.html",
                    "<html><body><article><h1>The candle</h1><p>A candle burns in the window of the house by the sea, and it burns all night.</p></article></body></html>",
                ),
                Entry::of("rows.csv", "title,text\nOne,A ferry crosses the bay\nTwo,A mayor speaks of it\n"),
                Entry::of(
                    "packed.txt.gz",
                    gzip(article("The gale", &["A gale comes over the sea tonight."]).as_bytes()),
                ),
                text(&long, "beacon"),
                Entry::of("photo.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0"),
                Entry::of("__MACOSX/._lamp.txt", "\0\x05\x16\x07"),
                Entry::of(".DS_Store", "\0\0\0\x01Bud1"),
                Entry::of("readme.txt", "Files of the year."),
                Entry::link("2019/passwd.txt", "/etc/passwd"),
            ]),
        )]);
        // read: five files, one picture, one packed folder, two hidden, one note, one link
        assert_eq!(files(&archive), [11, 5, 0, 0, 6, 0, 0], "{name}");
        let hit = &archive.hits(&["lamp"])[0];
        let path = hit["source"]["path"].as_str().expect("a path");
        assert!(path.ends_with(&format!("articles/{name}!2019/lamp.txt")), "{name}: {path}");
        assert_eq!(archive.hits(&["ferry"]).len() + archive.hits(&["gale"]).len() + archive.hits(&["beacon"]).len(), 3);
        assert!(archive.hits(&["root"]).is_empty(), "no link is followed");
        let check = archive.run(&["check"]);
        assert!(check.status == 0 && check.stdout.contains("all is well"), "{name}: {check:?}");
        let inspected = archive.run(&["inspect", &format!("articles/{name}"), "--format", "json"]);
        assert_eq!(inspected.stdout.lines().count(), 6, "{name}: {inspected:?}");
        assert!(inspected.stderr.contains("1 link in a packed folder skipped"), "{name}: {inspected:?}");
        let one = archive.run(&["inspect", &format!("articles/{name}!2019/lamp.txt")]);
        assert!(one.status == 0 && one.stdout.contains("The lamp of the harbour"), "{name}: {one:?}");
        let none = archive.run(&["inspect", &format!("articles/{name}!2019/none.txt")]);
        assert!(none.status == 2, "{name}: {none:?}");
        archive.assert_as_fresh();
    }
}

#[test]
fn a_changed_folder_changes_what_changed_in_it() {
    for (name, pack) in PACKERS {
        let old = [text("a.txt", "lamp"), text("b.txt", "candle"), text("c.txt", "torch")];
        let new = [text("d.txt", "beacon"), text("b.txt", "lantern"), text("a.txt", "lamp")];
        let archive = Archive::of(&[(*name, pack(&old))]);
        assert_eq!(files(&archive), [4, 3, 0, 0, 1, 0, 0], "{name}");
        assert_eq!(files(&archive), [4, 0, 0, 3, 1, 0, 0], "{name}: as it was");
        archive.write(name, &pack(&new));
        assert_eq!(files(&archive), [4, 1, 1, 1, 1, 0, 1], "{name}: one new, one changed, one as it was, one gone");
        let stem = name.split_once('.').map_or(*name, |_| name);
        assert_eq!(ids(&archive), ["a", "b", "d"].map(|id| format!("{stem}!{id}")), "{name}");
        archive.assert_as_fresh();
        // one that is cut off keeps what the archive has of it
        let whole = pack(&new);
        archive.write(name, &whole[..whole.len() / 2]);
        let cut = archive.run(&["index", "articles"]);
        assert!(cut.status == 2 && cut.stderr.contains(name), "{name}: {cut:?}");
        assert_eq!(ids(&archive).len(), 3, "{name}: {cut:?}");
        archive.write(name, &whole);
        assert_eq!(files(&archive)[5..], [0, 0], "{name}: restored");
        fs::remove_file(archive.articles().join(name)).expect("removed");
        archive.write("other.txt", b"Other\n\nSomething else stands here now.\n");
        assert_eq!(files(&archive)[6], 4, "{name}: gone with all in it");
        assert_eq!(ids(&archive), ["other"]);
    }
}

#[test]
fn a_root_may_be_a_packed_folder() {
    for (name, pack) in PACKERS {
        let archive = Archive::of(&[(*name, pack(&[text("a.txt", "lamp"), text("x/b.txt", "candle")]))]);
        let root = format!("articles/{name}");
        assert_eq!(counted(&archive, &["index", &root]), [3, 2, 0, 0, 1, 0, 0], "{name}");
        archive.write(name, &pack(&[text("a.txt", "lamp")]));
        assert_eq!(counted(&archive, &["index", &root]), [2, 0, 0, 1, 1, 0, 1], "{name}");
        assert_eq!(ids(&archive).len(), 1);
        let gone = archive.run(&["index", "--forget", &root]);
        assert_eq!((gone.status, ids(&archive).len()), (0, 0), "{name}: {gone:?}");
        let piped = pipe(&archive, &["index", "-"], &pack(&[text("a.txt", "lamp")]));
        assert!(piped.status == 2 && piped.stderr.contains("archive; save it as a file"), "{name}: {piped:?}");
    }
}

#[test]
fn a_packed_folder_that_was_moved_keeps_its_ids() {
    let archive =
        Archive::indexed(&[("a.zip", zip(&[text("x/a.txt", "lamp")])), ("b.txt", b"Other\n\nSomething.\n".to_vec())]);
    fs::rename(archive.articles(), archive.dir.path().join("elsewhere")).expect("moved");
    let moved = archive.run(&["index", "elsewhere", "--moved-from", "articles"]);
    assert_eq!(moved.status, 0, "{moved:?}");
    assert_eq!(ids(&archive), ["a.zip!x/a", "b"]);
    assert!(
        archive.hits(&["lamp"])[0]["source"]["path"]
            .as_str()
            .is_some_and(|path| path.contains("elsewhere/a.zip!x/a.txt"))
    );
    let check = archive.run(&["check"]);
    assert_eq!(check.status, 0, "{check:?}");
}

#[test]
fn an_editor_is_told_where_it_lies() {
    let archive = Archive::indexed(&[("a.zip", zip(&[text("x/a.txt", "lamp")]))]);
    let open = archive.run(&["show", "a.zip!x/a", "--open"]);
    assert!(open.status == 2 && open.stderr.contains("it lies in the packed folder"), "{open:?}");
    archive.write("a.zip", &zip(&[text("x/a.txt", "candle")]));
    assert!(archive.run(&["show", "a.zip!x/a"]).stderr.contains("changed since it was indexed"));
    archive.write("a.zip", &zip(&[text("x/b.txt", "candle")]));
    assert!(archive.run(&["show", "a.zip!x/a"]).stderr.contains("gone"));
    let check = archive.run(&["check"]);
    assert!(check.stdout.contains("gone, with 1 article cited"), "{check:?}");
}

#[test]
fn globs_and_patterns_see_the_paths_in_a_packed_folder() {
    let entries = [text("The Gull/a.txt", "lamp"), text("drafts/b.txt", "candle"), text("The Gull/c.md", "torch")];
    for (flags, found) in [
        (&["--exclude", "**/c.md"][..], &["a.zip!The%20Gull/a", "a.zip!drafts/b"][..]),
        (&["--include", "**/*.md"], &["a.zip!The%20Gull/c"]),
        (&["--include", "*.zip", "--exclude", "a.zip!drafts/**"], &["a.zip!The%20Gull/a", "a.zip!The%20Gull/c"]),
        (&["--exclude", "*.zip"], &[]),
    ] {
        let archive = Archive::of(&[("a.zip", zip(&entries)), ("other.txt", b"Other\n\nSomething else.\n".to_vec())]);
        archive.run(&[&["index", "articles"], flags].concat());
        let ids: Vec<String> = ids(&archive).into_iter().filter(|id| id != "other").collect();
        assert_eq!(ids, found, "{flags:?}");
        // another choice: what was left out comes in, and goes again
        archive.run(&["index", "articles"]);
        assert_eq!(self::ids(&archive).len(), 4, "{flags:?}");
    }
    let archive = Archive::of(&[("a.zip", zip(&entries))]);
    archive.run(&["index", "articles", "--pattern", "a.zip!{outlet}/*.txt"]);
    assert_eq!(archive.hits(&["lamp"])[0]["outlet"]["value"], "The Gull");
}

#[test]
fn no_name_leads_out_of_a_packed_folder() {
    for (name, pack) in PACKERS {
        let entries = [
            text("../../out.txt", "lamp"),
            text("/abs.txt", "candle"),
            text("C:\\x\\drive.txt", "torch"),
            text("ok.txt", "beacon"),
        ];
        let archive = Archive::of(&[(*name, pack(&entries))]);
        let run = archive.run(&["index", "articles"]);
        assert!(run.status == 0 && run.stderr.contains("leads out of the packed folder"), "{name}: {run:?}");
        assert_eq!(ids(&archive).len(), 4, "{name}");
        assert!(!archive.dir.path().join("out.txt").exists() && !archive.articles().join("out.txt").exists());
        assert_eq!(archive.run(&["check"]).status, 0, "{name}");
    }
}

#[test]
fn what_is_wrong_with_an_entry_is_its_own_failure() {
    let bomb = vec![b'a'; 70 << 20];
    let mut damaged = zip(&[text("a.txt", "lamp"), text("b.txt", "candle")]);
    let at = damaged.windows(5).position(|five| five == b"b.txt").expect("its name") + 12;
    damaged[at] ^= 0x55;
    for (what, folder, told, left) in [
        (
            "twice",
            zip(&[text("a.txt", "lamp"), text("a.txt", "candle")]),
            "a.zip!a.txt: a second entry of this name",
            1,
        ),
        (
            "locked",
            zip(&[Entry { is_locked: true, ..text("a.txt", "lamp") }, text("b.txt", "candle")]),
            "a.zip!a.txt: it opens with a password alone; unpack it",
            1,
        ),
        (
            "a bomb",
            zip(&[Entry::of("a.txt", &bomb), text("b.txt", "candle")]),
            "a.zip!a.txt: it unpacks to more than 64 MiB, and to more than 200 times",
            1,
        ),
        (
            "a liar",
            zip(&[Entry { says: Some(10), ..text("a.txt", "lamp") }, text("b.txt", "candle")]),
            "a.zip!a.txt: the entry is damaged",
            1,
        ),
        ("damaged", damaged, "a.zip!b.txt: the entry is damaged", 1),
        (
            "packed in packed",
            zip(&[Entry::of("b.zip", zip(&[text("a.txt", "lamp")])), text("b.txt", "candle")]),
            "a.zip!b.zip: no text: it seems to be a ZIP archive",
            1,
        ),
        (
            "tar in packed",
            zip(&[Entry::of("b.tgz", gzip(&tar(&[text("a.txt", "lamp")]))), text("b.txt", "candle")]),
            "a.zip!b.tgz: no text: it seems to be a tar archive",
            1,
        ),
        ("cut off", zip(&[text("a.txt", "lamp")])[..60].to_vec(), "a.zip: a ZIP archive that is cut off", 0),
    ] {
        let archive = Archive::of(&[("a.zip", &folder)]);
        for run in 1..=2 {
            let index = archive.run(&["index", "articles"]);
            assert!(index.status == 2 && index.stderr.contains(told), "{what}, run {run}: {index:?}");
            assert_eq!(index.stderr.matches("dateline: ").count(), 1, "{what}: one failure: {index:?}");
            assert_eq!(ids(&archive).len(), left, "{what}, run {run}");
        }
        // what was there before stays
        let archive = Archive::indexed(&[("a.zip", zip(&[text("a.txt", "lamp"), text("b.txt", "candle")]))]);
        archive.write("a.zip", &folder);
        archive.run(&["index", "articles"]);
        assert!(
            !ids(&archive).is_empty() && ids(&archive).contains(&"a.zip!a".to_owned()) != what.contains("in packed"),
            "{what}: {:?}",
            ids(&archive)
        );
    }
    let archive = Archive::of(&[("a.tar.gz", gzip(&tar(&[Entry::of("a.txt", &bomb)])))]);
    let index = archive.run(&["index", "articles"]);
    assert!(index.status == 2 && index.stderr.contains("more than 200 times"), "{index:?}");
}

#[test]
fn only_the_pages_of_a_packed_crawl_are_articles() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><h1>Lamp of the crawler</h1><p>The \
        lamp of the crawled page burns in the west, and it burns all night long.</p></article></body></html>";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    let archive = Archive::of(&[(
        "crawl.wacz",
        zip(&[
            // compressed, whatever it is called
            Entry::of("archive/data.warc", gzip(record.as_bytes())),
            Entry::of("pages/pages.jsonl", "{\"title\":\"Lamp of the crawler\",\"text\":\"The lamp burns\"}\n"),
            Entry::of("indexes/index.cdx", "a.example 1"),
            Entry::of("datapackage.json", "{\"title\":\"A crawl\",\"text\":\"of lamps\"}"),
        ]),
    )]);
    assert_eq!(files(&archive), [5, 1, 0, 0, 4, 0, 0]);
    assert_eq!(ids(&archive), ["crawl.wacz!archive/data#1"]);
}

#[test]
fn an_office_document_is_no_packed_folder() {
    let types = "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let document = "<w:document><w:body><w:p><w:r><w:t>The lamp of the harbour</w:t></w:r></w:p><w:p><w:r><w:t>A lamp burns in the tower of the town.</w:t></w:r></w:p></w:body></w:document>";
    let docx = zip(&[Entry::of("[Content_Types].xml", types), Entry::of("word/document.xml", document)]);
    let archive = Archive::of(&[("a.zip", zip(&[Entry::of("b.docx", &docx)])), ("c.zip", docx)]);
    assert_eq!(files(&archive), [3, 2, 0, 0, 1, 0, 0]);
    assert_eq!(ids(&archive), ["a.zip!b", "c"]);
}

#[test]
fn answers_do_not_depend_on_the_threads() {
    for (name, pack) in [("a.zip", zip as fn(&[Entry]) -> Vec<u8>), ("a.tar.gz", |entries| gzip(&tar(entries)))] {
        let entries: Vec<Entry> =
            (0..200).rev().map(|n| text(&format!("{}/{n}.txt", n % 7), &format!("lamp{n}"))).collect();
        let archive = Archive::of(&[(name, pack(&entries))]);
        let answers = ["1", "4"].map(|threads| {
            let index = format!("i{threads}");
            archive.run(&["index", "articles", "--threads", threads, "--index", &index, "--memory", "64M"]);
            run_in(archive.dir.path(), &["query", "harbour", "-n", "300", "--format", "jsonl", "--index", &index], &[])
                .stdout
        });
        assert!(answers[0].lines().count() == 200 && answers[0] == answers[1], "{name}");
    }
}
