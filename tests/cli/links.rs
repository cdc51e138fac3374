//! A root that is reached by a link, or found in two places, is in the archive once unless that is wanted.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::support::{Archive, article, mv, text};

const IDS: [&str; 4] = ["a", "b/b", "b/c", "feed#1"];

fn of_four() -> Archive {
    Archive::of(&[
        ("a.txt", article("About a", &["The first lamp burns in the harbour."])),
        ("b/b.txt", article("About b", &["The second lamp burns in the tower."])),
        ("b/c.txt", article("About c", &["The third lamp burns in the west."])),
        ("feed.jsonl", "{\"body\":\"A lamp of record 1.\"}\n".to_owned()),
    ])
}

fn copy(dir: &Path, from: &str, to: &str) {
    assert!(Command::new("cp").args(["-rp", from, to]).current_dir(dir).status().expect("runs").success());
}

fn link(dir: &Path, to: &str, name: &str) {
    // one that is not there need not be removed
    let _ = fs::remove_file(dir.join(name));
    symlink(to, dir.join(name)).expect("linked");
}

fn ids(archive: &Archive) -> Vec<String> {
    let mut ids = archive.found(&["lamp", "-n", "30"]);
    ids.sort();
    ids
}

/// What is indexed first, what happens to it, what is indexed then, and what that was.
type Row = (&'static str, &'static [&'static str], fn(&Path), &'static str, &'static str);

const SAME: [Row; 8] = [
    (
        "a link in the old place",
        &["articles"],
        |d| {
            mv(d, "articles", "big/articles");
            link(d, "big/articles", "articles");
        },
        "articles",
        "articles",
    ),
    (
        "the same by its new path",
        &["articles"],
        |d| {
            mv(d, "articles", "big/articles");
            link(d, "big/articles", "articles");
        },
        "big/articles",
        "articles",
    ),
    (
        "a link above it",
        &["top/articles"],
        |d| {
            mv(d, "top", "elsewhere");
            link(d, "elsewhere", "top");
        },
        "top/articles",
        "top/articles",
    ),
    (
        "a link that leads to the next copy",
        &["cur"],
        |d| {
            copy(d, "articles", "second");
            link(d, "second", "cur");
        },
        "cur",
        "articles",
    ),
    ("a copy beside it", &["articles"], |d| copy(d, "articles", "second"), "second", "articles"),
    (
        "an empty folder in the old place",
        &["articles"],
        |d| {
            mv(d, "articles", "second");
            fs::create_dir(d.join("articles")).expect("a folder");
        },
        "second",
        "articles",
    ),
    ("all that a lost root had", &["top"], |d| mv(d, "top/articles", "second"), "second", "top/articles"),
    (
        "the same two folders up, in a folder that is named",
        &["far"],
        |d| {
            mv(d, "far/away/articles", "holder/articles");
            fs::remove_dir_all(d.join("far")).expect("removed");
        },
        "holder/articles",
        "far/away/articles",
    ),
];

/// The archive of a row, as it was indexed first, with what happened to it.
fn archive_of((_, first, change, ..): &Row) -> (Archive, Vec<String>) {
    let archive = of_four();
    let dir = archive.dir.path();
    match first[0] {
        "top" | "top/articles" => mv(dir, "articles", "top/articles"),
        "far" => mv(dir, "articles", "far/away/articles"),
        "cur" => link(dir, "articles", "cur"),
        _ => {}
    }
    let run = archive.run(&[&["index"], *first].concat());
    assert_eq!(run.status, 0, "{run:?}");
    let before = ids(&archive);
    change(dir);
    // a folder of which all was moved out is gone
    let _ = fs::remove_dir(dir.join("top"));
    (archive, before)
}

#[test]
fn the_same_archive_in_another_place_is_asked_about_and_both_answers_hold() {
    for row in &SAME {
        let (what, _, _, to, from) = row;
        let (archive, before) = archive_of(row);
        assert_eq!(before.len(), IDS.len(), "{what}");
        let run = archive.run(&["index", to]);
        let place = archive.dir.path().canonicalize().expect("its path").join(from);
        for said in [format!("{to}: looks like {}", place.display()), format!("--moved-from {}", place.display())] {
            assert!(run.status == 2 && run.stderr.contains(&said), "{what}: {said}: {run:?}");
        }
        assert_eq!(ids(&archive), before, "{what}: nothing is done");
        for again in [false, true] {
            let run = archive.run(&["index", to, "--moved-from", from, "--format", "json"]);
            assert_eq!(run.status, 0, "{what}, again {again}: {run:?}");
            assert_eq!(ids(&archive), before, "{what}: the same ids");
        }
        assert!(archive.hits(&["lamp"]).iter().all(|hit| text(&hit["source"]["path"]).starts_with(to)), "{what}");
        assert_eq!(archive.run(&["check"]).status, 0, "{what}");
        let run = archive.run(&["index", to, "--moved-from", "wrong"]);
        assert!(run.status == 2 && run.stderr.contains("wrong: the archive has nothing from there"), "{what}: {run:?}");

        let (archive, _) = archive_of(row);
        assert_eq!(archive.run(&["index", to, "--not-moved"]).status, 0, "{what}");
        assert_eq!(ids(&archive).len(), 8, "{what}: beside the old ones");
        assert_eq!(archive.run(&["index", to]).status, 0, "{what}: it is known now");
    }
}

#[test]
fn what_is_named_beside_it_or_holds_it_or_is_another_is_not_asked_about() {
    type Change = fn(&Path);
    let rows: [(&str, Change, &[&str], usize); 4] = [
        ("both are named", |d| copy(d, "articles", "second"), &["articles", "second"], 8),
        ("a copy in the folder that is named", |d| copy(d, "articles", "holder/articles"), &["holder"], 8),
        (
            "a copy in it",
            |d| {
                copy(d, "articles", "holder/again");
                mv(d, "holder/again", "articles/again");
            },
            &["articles/again"],
            8,
        ),
        (
            "others in the place of the link",
            |d| {
                mv(d, "articles", "real");
                fs::create_dir(d.join("other")).expect("a folder");
                fs::write(d.join("other/x.txt"), article("Another", &["Another lamp."])).expect("written");
                link(d, "other", "articles");
            },
            &["articles"],
            5,
        ),
    ];
    for (what, change, then, count) in rows {
        let archive = of_four();
        archive.index();
        fs::create_dir(archive.dir.path().join("holder")).expect("a folder");
        change(archive.dir.path());
        let run = archive.run(&[&["index"], then].concat());
        assert_eq!((run.status, ids(&archive).len()), (0, count), "{what}: {run:?}");
    }
}

/// A path that leads elsewhere now names two roots: the old one goes by the path that the archive has.
#[test]
fn the_articles_of_a_path_that_leads_elsewhere_are_told_and_can_be_forgotten() {
    let archive = of_four();
    archive.index();
    let dir = archive.dir.path();
    mv(dir, "articles", "real");
    fs::create_dir(dir.join("other")).expect("a folder");
    fs::write(dir.join("other/x.txt"), article("Another", &["Another lamp."])).expect("written");
    link(dir, "other", "articles");
    let run = archive.run(&["index", "articles"]);
    assert!(
        run.status == 0 && run.stderr.contains("articles: leads to ") && run.stderr.contains("--forget /"),
        "{run:?}"
    );
    let run = archive.run(&["index", "--forget", "articles"]);
    assert_eq!((run.status, ids(&archive)), (0, vec!["other/x".to_owned()]), "{run:?}");
    let run = archive.run(&["index", "articles"]);
    assert!(run.status == 0 && run.stderr.is_empty(), "{run:?}");
}
