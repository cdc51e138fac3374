//! Snapshots of one feed in a folder: an item of several is one article, whatever the order in which they come and go.

use std::fs;

use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use serde_json::Value;

use super::support::{Archive, number, text};

/// A snapshot of a feed: its form, its name, the minute it was built where it says so, and its items.
pub(super) fn snapshot(form: &str, feed: &str, built: Option<u32>, items: &[(u32, &str)]) -> String {
    let body = |n: &u32, word: &str| format!("The lamp of item {n} burns in the harbour of {word}.");
    let items: String = items
        .iter()
        .map(|(n, word)| match form {
            "atom" => {
                format!("<entry><id>{feed}-{n}</id><title>Item {n}</title><content>{}</content></entry>", body(n, word))
            }
            "rdf" => format!(
                "<item rdf:about=\"{feed}-{n}\"><title>Item {n}</title><description>{}</description></item>",
                body(n, word)
            ),
            _ => format!(
                "<item><guid>{feed}-{n}</guid><title>Item {n}</title><description>{}</description></item>",
                body(n, word)
            ),
        })
        .collect();
    match form {
        "atom" => {
            let built = built.map_or(String::new(), |m| format!("<updated>2019-03-05T09:{m:02}:00Z</updated>"));
            format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:{feed}</id>{built}{items}</feed>")
        }
        "rdf" => {
            let built = built.map_or(String::new(), |m| format!("<dc:date>2019-03-05T09:{m:02}:00Z</dc:date>"));
            let spaces = "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
                xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
            format!("<rdf:RDF {spaces}><channel><link>http://{feed}/</link>{built}</channel>{items}</rdf:RDF>")
        }
        _ => {
            let built = built
                .map_or(String::new(), |m| format!("<lastBuildDate>Tue, 05 Mar 2019 09:{m:02}:00 GMT</lastBuildDate>"));
            format!("<rss><channel><link>http://{feed}/</link>{built}{items}</channel></rss>")
        }
    }
}

/// Articles and the files that they are cited from.
pub(super) fn held(archive: &Archive) -> Vec<String> {
    let name = |hit: &Value| {
        let path = text(&hit["source"]["path"]);
        format!("{} {}", text(&hit["article"]), path.rsplit('/').next().unwrap_or_default())
    };
    let mut held: Vec<String> = archive.hits(&["lamp", "-n", "200"]).iter().map(name).collect();
    held.sort();
    held
}

/// Files, then records: read, indexed, replaced, unchanged, skipped, failed, removed.
pub(super) fn counts(archive: &Archive) -> [[usize; 7]; 2] {
    let report = archive.index();
    let keys = ["read", "indexed", "replaced", "unchanged", "skipped", "failed", "removed"];
    ["files", "records"].map(|what| keys.map(|key| number(&report[what][key])))
}

#[test]
fn the_newest_snapshot_of_an_item_counts_and_older_ones_come_back() {
    for form in ["rss", "rdf", "atom"] {
        let archive = Archive::of(&[("d1.xml", snapshot(form, "f", None, &[(1, "monday"), (2, "monday")]))]);
        assert_eq!(counts(&archive)[1], [2, 2, 0, 0, 0, 0, 0], "{form}");
        archive.write("d2.xml", snapshot(form, "f", None, &[(2, "tuesday"), (3, "tuesday")]).as_bytes());
        // the file of monday is not read again
        assert_eq!(counts(&archive), [[2, 1, 0, 1, 0, 0, 0], [4, 1, 1, 1, 1, 0, 0]], "{form}");
        assert_eq!(held(&archive), ["f-1 d1.xml", "f-2 d2.xml", "f-3 d2.xml"]);
        assert_eq!(counts(&archive), [[2, 0, 0, 2, 0, 0, 0], [4, 0, 0, 3, 1, 0, 0]], "{form}: it adds up ever after");
        archive.write("d0.xml", snapshot(form, "f", None, &[(0, "sunday"), (1, "sunday")]).as_bytes());
        assert_eq!(counts(&archive), [[3, 1, 0, 2, 0, 0, 0], [6, 1, 0, 3, 2, 0, 0]], "{form}: an older one comes late");
        assert_eq!(archive.run(&["check"]).status, 0);
        // tuesday loses an item: monday is read again, sunday too, as it gave way to monday
        archive.write("d2.xml", snapshot(form, "f", None, &[(3, "tuesday")]).as_bytes());
        assert_eq!(counts(&archive)[0], [3, 0, 3, 0, 0, 0, 0], "{form}");
        assert_eq!(held(&archive), ["f-0 d0.xml", "f-1 d1.xml", "f-2 d1.xml", "f-3 d2.xml"]);
        fs::remove_file(archive.articles().join("d1.xml")).expect("removed");
        assert_eq!(counts(&archive)[0], [2, 0, 1, 1, 0, 0, 1], "{form}");
        assert_eq!(held(&archive), ["f-0 d0.xml", "f-1 d0.xml", "f-3 d2.xml"]);
        archive.assert_as_fresh();
    }
}

#[test]
fn the_date_that_a_feed_states_goes_before_the_path() {
    for (first, second, winner) in [
        (Some(1), Some(2), "b.xml"),
        (Some(2), Some(1), "a.xml"),
        (Some(1), Some(1), "b.xml"),
        (None, None, "b.xml"),
        (Some(1), None, "a.xml"),
        (None, Some(1), "b.xml"),
    ] {
        let files = [("a.xml", first), ("b.xml", second)];
        for order in [[0, 1], [1, 0], [0, 0]] {
            let archive = Archive::of::<&str>(&[]);
            let write = |(name, built)| archive.write(name, snapshot("rss", "f", built, &[(1, "x")]).as_bytes());
            if order == [0, 0] {
                files.into_iter().for_each(write);
                archive.index();
            } else {
                for n in order {
                    write(files[n]);
                    archive.index();
                }
            }
            assert_eq!(held(&archive), [format!("f-1 {winner}")], "{first:?} {second:?} {order:?}");
        }
    }
}

#[test]
fn other_clashes_are_told_as_before() {
    let twice = snapshot("rss", "f", None, &[(1, "one"), (1, "again")]);
    let other = snapshot("rss", "f", None, &[(1, "other")]).replace("http://f/", "http://g/");
    let record = "{\"id\":\"f-1\",\"body\":\"A lamp of a record.\"}\n";
    for (what, files, ids) in [
        ("twice in its own file", vec![("a.xml", twice.clone())], vec!["f-1", "f-1~be88b39a"]),
        (
            "another feed",
            vec![("a.xml", snapshot("rss", "f", None, &[(1, "one")])), ("b.xml", other)],
            vec!["f-1", "f-1~de315a80"],
        ),
        (
            "a record",
            vec![("a.jsonl", record.to_owned()), ("b.xml", snapshot("rss", "f", None, &[(1, "x")]))],
            vec!["f-1", "f-1~be88b39a"],
        ),
        (
            "a record behind",
            vec![("a.xml", snapshot("rss", "f", None, &[(1, "x")])), ("b.jsonl", record.to_owned())],
            vec!["b#1", "f-1"],
        ),
    ] {
        let archive = Archive::of(&files);
        let run = archive.run(&["index", "articles"]);
        assert!(run.stderr.contains("id f-1 is taken by another record"), "{what}: {run:?}");
        let mut found = archive.found(&["lamp"]);
        found.sort();
        assert_eq!(found, ids, "{what}");
    }
}

#[test]
fn what_is_held_is_told_by_the_files_alone() {
    for seed in 0..8 {
        let mut random = StdRng::seed_from_u64(seed);
        let archive = Archive::of::<&str>(&[]);
        let names: Vec<String> = (0..8).map(|n| format!("{}/{n}.xml", ["y", "x"][n % 2])).collect();
        for turn in 0..6 {
            let mut shuffled = names.clone();
            shuffled.shuffle(&mut random);
            for name in &shuffled[..random.random_range(1..5)] {
                if random.random_range(0..4) == 0 {
                    // one that is not there need not be removed
                    let _ = fs::remove_file(archive.articles().join(name));
                    continue;
                }
                let form = *["rss", "rdf", "atom"].choose(&mut random).expect("one");
                let built = [None, Some(random.random_range(0..20))][usize::from(random.random_range(0..3) > 0)];
                let mut items: Vec<(u32, &str)> = (0..6).map(|n| (n, ["east", "west"][turn % 2])).collect();
                items.shuffle(&mut random);
                items.truncate(random.random_range(1..5));
                // ids of one form clash with no other's
                archive.write(name, snapshot(form, form, built, &items).as_bytes());
            }
            archive.write("stays.txt", b"Stays\n\nThe lamp of this one keeps the folder from being empty.\n");
            let threads = ["1", "3"][random.random_range(0..2)];
            let run = archive.run(&["index", "articles", "--threads", threads, "--format", "json"]);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run:?}");
            let records = &serde_json::from_str::<Value>(&run.stdout).expect("a report")["records"];
            let parts = ["indexed", "replaced", "unchanged", "skipped", "failed"].map(|key| number(&records[key]));
            assert_eq!(number(&records["read"]), parts.iter().sum::<usize>());
            assert_eq!(archive.run(&["index", "articles", "--index", &format!("fresh{turn}")]).status, 0);
            let list = |index: &str| {
                let run = archive.run(&["query", "lamp", "-n", "99", "--format", "jsonl", "--index", index]);
                let mut lines: Vec<String> = run
                    .stdout
                    .lines()
                    .map(|line| {
                        let hit: Value = serde_json::from_str(line).expect("a hit");
                        format!("{} {} {}", hit["article"], hit["source"]["path"], hit["source"]["hash"])
                    })
                    .collect();
                lines.sort();
                lines
            };
            assert_eq!(list("index"), list(&format!("fresh{turn}")), "seed {seed}, turn {turn}");
        }
        archive.assert_as_fresh();
    }
}

/// Items that two feeds share: each feed keeps its own, once, however many days come.
#[test]
fn an_item_whose_id_another_feed_has_is_there_once_for_each() {
    let feed = |link: &str, day: u32, items: &[u32]| {
        let item = |n: &u32| {
            format!(
                "<item><guid>i{n}</guid><title>Item {n}</title><description>The lamp of item {n} on day {day}.</description></item>"
            )
        };
        let items: String = items.iter().map(item).collect();
        format!(
            "<rss><channel><link>{link}</link><lastBuildDate>Tue, 0{day} Mar 2019 09:00:00 GMT</lastBuildDate>{items}</channel></rss>"
        )
    };
    let archive = Archive::of::<&str>(&[]);
    for day in 1..5 {
        // the address goes from http to https meanwhile
        let top = if day < 3 { "http://a.example/top" } else { "https://a.example/top/" };
        archive.write(&format!("top-{day}.xml"), feed(top, day, &[1, 2, 3]).as_bytes());
        archive.write(&format!("world-{day}.xml"), feed("http://a.example/world", day, &[3, 4]).as_bytes());
        archive.index();
        let held = held(&archive);
        assert_eq!(held.len(), 5, "day {day}: {held:?}");
        assert!(held.iter().all(|hit| hit.ends_with(&format!("-{day}.xml"))), "day {day}: {held:?}");
        assert!(held.iter().any(|hit| hit.starts_with("i3~")), "{held:?}");
    }
    archive.assert_as_fresh();
}

#[test]
fn what_a_run_itself_outdates_was_never_replaced() {
    let archive = Archive::of::<&str>(&[]);
    for day in 1..4 {
        archive.write(&format!("f{day}.xml"), snapshot("rss", "f", Some(day), &[(1, "a"), (2, "b")]).as_bytes());
    }
    let report = archive.index();
    let counts = ["read", "indexed", "replaced", "skipped", "removed"].map(|key| number(&report["records"][key]));
    assert_eq!(counts, [6, 2, 0, 4, 0], "{report}");
}

/// The newest snapshot cannot be read for a while: its items stay as it has them.
#[cfg(target_os = "linux")]
#[test]
fn a_snapshot_that_cannot_be_read_keeps_its_items() {
    for older in ["a.xml", "z.xml"] {
        let archive = Archive::indexed(&[
            (older, snapshot("rss", "f", Some(1), &[(1, "monday"), (2, "monday")])),
            ("m.xml", snapshot("rss", "f", Some(2), &[(1, "tuesday")])),
        ]);
        let newest = archive.articles().join("m.xml");
        let whole = fs::read(&newest).expect("read");
        // a file that can be opened and not read, whoever runs the tests
        fs::remove_file(&newest).expect("removed");
        std::os::unix::fs::symlink("/proc/self/mem", &newest).expect("linked");
        let run = archive.run(&["index", "articles"]);
        assert!(run.status == 2 && run.stderr.contains("m.xml: cannot read"), "{older}: {run:?}");
        assert_eq!(held(&archive), ["f-1 m.xml".to_owned(), format!("f-2 {older}")], "{older}");
        fs::remove_file(&newest).expect("removed");
        fs::write(&newest, whole).expect("written");
        archive.index();
        assert_eq!(archive.found(&["tuesday"]), ["f-1"], "{older}");
        archive.assert_as_fresh();
    }
}
