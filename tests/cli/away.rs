//! Roots whose disk may be away: what is left of them holds no article, and theirs stay in the archive.

use std::fs;

use super::support::{Archive, article};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn lamp(n: u32) -> String {
    article(&format!("About {n}"), &[&format!("The lamp of keeper {n} burns in the harbour.")])
}

pub fn of_three() -> Archive {
    Archive::indexed(&[("a.txt", lamp(1)), ("b/b.txt", lamp(2)), ("b/c.txt", lamp(3))])
}

/// Removes all that a folder holds.
fn clear(archive: &Archive) {
    fs::remove_dir_all(archive.articles()).expect("removed");
    fs::create_dir(archive.articles()).expect("a folder");
}

/// Nothing is left of a root but one file.
fn only(archive: &Archive, name: &str, content: &[u8]) {
    clear(archive);
    archive.write(name, content);
}

pub type Change = fn(&Archive);

/// What may become of a root, and whether its articles stay for that.
pub const CHANGES: [(&str, Change, bool); 10] = [
    ("nothing is left", clear, true),
    ("an empty file", |a| only(a, "NOT_MOUNTED", b""), true),
    ("an empty file of the name of one of them", |a| only(a, "a.txt", b""), true),
    (
        "a hidden file and an empty folder",
        |a| {
            clear(a);
            a.write(".keep", b"no");
            fs::create_dir(a.articles().join("lost+found")).expect("a folder");
        },
        true,
    ),
    #[cfg(unix)]
    (
        "a dead link",
        |a| {
            clear(a);
            std::os::unix::fs::symlink("nowhere", a.articles().join("data")).expect("linked")
        },
        true,
    ),
    #[cfg(not(unix))]
    ("nothing again", clear, true),
    ("a picture", |a| only(a, "away.png", PNG), true),
    ("blanks", |a| only(a, "b/b.txt", b" \n"), true),
    ("a damaged file", |a| only(a, "a.txt.gz", b"\x1f\x8b\x08\0\0"), true),
    ("all emptied", |a| ["a.txt", "b/b.txt", "b/c.txt"].iter().for_each(|name| a.write(name, b"")), true),
    ("another article", |a| only(a, "new.txt", lamp(4).as_bytes()), false),
];

#[test]
fn a_root_without_articles_keeps_those_it_had() {
    for (what, change, stays) in CHANGES {
        let archive = of_three();
        change(&archive);
        // asked again it says the same
        for _ in 0..2 {
            let run = archive.run(&["index", "articles"]);
            let said = "articles: holds no article, and the archive has articles from it: nothing is removed, as its disk \
                        may be away; mount it, or pass --allow-empty";
            assert_eq!((run.status == 2, run.stderr.contains(said)), (stays, stays), "{what}: {run:?}");
            assert_eq!(archive.found(&["lamp"]).len(), if stays { 3 } else { 1 }, "{what}");
        }
        clear(&archive);
        [("a.txt", 1), ("b/b.txt", 2), ("b/c.txt", 3)]
            .iter()
            .for_each(|(name, n)| archive.write(name, lamp(*n).as_bytes()));
        archive.index();
        archive.assert_as_fresh();
        change(&archive);
        archive.run(&["index", "articles", "--allow-empty"]);
        assert_eq!(archive.found(&["lamp"]).len(), usize::from(!stays), "{what}: it is meant");
    }
}

#[test]
fn what_others_took_over_meanwhile_is_in_the_archive_once() {
    let record = |id: &str, word: &str| format!("{{\"id\":\"{id}\",\"body\":\"A lamp and a {word}.\"}}\n");
    let archive = Archive::of(&[("x/a.jsonl", record("r1", "candle") + &record("r2", "candle"))]);
    archive.write("y/b.jsonl", record("r3", "torch").as_bytes());
    let index = ["index", "articles/x", "articles/y"];
    assert_eq!(archive.run(&index).status, 0);
    archive.write("y/b.jsonl", (record("r3", "torch") + &record("r1", "torch")).as_bytes());
    archive.write("x/a.jsonl", b" \n");
    assert_eq!(archive.run(&index).status, 2);
    let mut ids = archive.found(&["lamp"]);
    ids.sort();
    assert_eq!(ids, ["r1", "r2", "r3"]);
    archive.write("x/a.jsonl", (record("r1", "candle") + &record("r2", "candle")).as_bytes());
    assert_eq!(archive.run(&index).status, 0);
    assert_eq!(archive.found(&["candle"]).len(), 2);
}

#[test]
fn a_file_that_was_named_and_is_emptied_keeps_its_articles() {
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    assert_eq!(archive.run(&["index", "articles/a.txt"]).status, 0);
    for bytes in [&b""[..], PNG] {
        archive.write("a.txt", bytes);
        let run = archive.run(&["index", "articles/a.txt"]);
        assert!(
            run.status == 2 && run.stderr.contains("articles/a.txt: holds no article, and the archive has"),
            "{run:?}"
        );
        assert_eq!(archive.found(&["lamp"]), ["a"]);
    }
    assert_eq!(archive.run(&["index", "articles/a.txt", "--allow-empty"]).status, 0);
    assert!(archive.found(&["lamp"]).is_empty());
}

#[test]
fn the_loss_of_a_large_share_is_told() {
    let remove = |a: &Archive, name: &str| fs::remove_file(a.articles().join(name)).expect("removed");
    type Loss<'a> = (&'a str, &'a dyn Fn(&Archive), &'a [&'a str], Option<&'a str>);
    let changes: [Loss<'_>; 6] = [
        ("a folder is gone", &|a| fs::remove_dir_all(a.articles().join("b")).expect("removed"), &[], Some("2 of 3")),
        ("two are emptied", &|a| ["a.txt", "b/b.txt"].iter().for_each(|name| a.write(name, b"")), &[], Some("2 of 3")),
        ("one is gone", &|a| remove(a, "a.txt"), &[], None),
        (
            "one is renamed",
            &|a| {
                remove(a, "a.txt");
                remove(a, "b/b.txt");
                a.write("d.txt", lamp(4).as_bytes());
                a.write("e.txt", lamp(5).as_bytes())
            },
            &[],
            None,
        ),
        ("it is meant", &|a| fs::remove_dir_all(a.articles().join("b")).expect("removed"), &["--allow-empty"], None),
        ("it is left out", &|_| {}, &["--exclude", "b/**"], None),
    ];
    for (what, change, flags, told) in changes {
        let archive = of_three();
        change(&archive);
        let run = archive.run(&[&["index", "articles"], flags].concat());
        let said = told
            .map_or_else(String::new, |told| format!("warning: articles: {told} articles are removed, as their files"));
        assert!(
            run.status == 0 && run.stderr.starts_with(&said) && run.stderr.is_empty() == told.is_none(),
            "{what}: {run:?}"
        );
    }
}
