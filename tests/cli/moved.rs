//! A root that was moved is the same archive, where that is said or asked: the same ids, nothing twice, nothing lost.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dateline::engine::{LocalUpdate, Update};
use dateline::index::WriterOptions;
use dateline::ingest;
use serde_json::Value;

use super::support::{self, Archive, article, number, text};

/// How long something may take that takes no time on a machine with nothing else to do.
const PATIENCE: Duration = Duration::from_secs(120);

fn of_four() -> Archive {
    Archive::indexed(&[
        ("a.txt", article("About a", &["The first lamp burns in the harbour."])),
        ("b/b.txt", article("About b", &["The second lamp burns in the tower."])),
        ("b/c.txt", article("About c", &["The third lamp burns in the west."])),
        ("feed.jsonl", "{\"body\":\"A lamp of record 1.\"}\n{\"id\":\"r2\",\"body\":\"A lamp of 2.\"}\n".to_owned()),
    ])
}

const IDS: [&str; 5] = ["a", "b/b", "b/c", "feed#1", "r2"];

fn mv(archive: &Archive, from: &str, to: &str) {
    support::mv(archive.dir.path(), from, to);
}

/// Articles and where they are cited, below the scratch folder.
fn cited(archive: &Archive) -> Vec<(String, String)> {
    let top = format!("{}/", archive.dir.path().display());
    let cited = |hit: &Value| (text(&hit["article"]), text(&hit["source"]["path"]).replace(&top, ""));
    let mut cited: Vec<(String, String)> = archive.hits(&["lamp", "-n", "30"]).iter().map(cited).collect();
    cited.sort();
    cited
}

fn at(root: &str) -> Vec<(String, String)> {
    let files = ["a.txt", "b/b.txt", "b/c.txt", "feed.jsonl", "feed.jsonl"];
    IDS.iter().zip(files).map(|(id, file)| ((*id).to_owned(), format!("{root}/{file}"))).collect()
}

fn replaced(stdout: &str) -> [usize; 4] {
    let report: Value = serde_json::from_str(stdout).expect("a report");
    ["read", "indexed", "replaced", "removed"].map(|key| number(&report["records"][key]))
}

#[test]
fn a_root_that_moved_is_the_same_archive() {
    for (to, is_absolute) in [("elsewhere", false), ("elsewhere", true), ("far/away/articles", false)] {
        let archive = of_four();
        mv(&archive, "articles", to);
        let from = if is_absolute { archive.articles().display().to_string() } else { "articles".to_owned() };
        let run = archive.run(&["index", to, "--moved-from", &from, "--format", "json"]);
        assert_eq!((run.status, replaced(&run.stdout)), (0, [5, 0, 5, 0]), "{run:?}");
        assert_eq!(cited(&archive), at(to));
        assert_eq!(archive.run(&["check"]).status, 0);
        let run = archive.run(&["index", to, "--format", "json"]);
        assert_eq!((run.status, replaced(&run.stdout)), (0, [5, 0, 0, 0]), "all is as it was: {run:?}");
        assert_eq!(archive.run(&["index", to, "--compact"]).status, 0);
        assert_eq!(archive.run(&["index", to, "--compact", "--index", "fresh"]).status, 0);
        let answers = |index| archive.run(&["query", "lamp", "--format", "jsonl", "--index", index]).stdout;
        assert_eq!(answers("index"), answers("fresh"));
    }
}

#[test]
fn what_changed_on_the_way_is_told_apart() {
    let archive = of_four();
    mv(&archive, "articles", "elsewhere");
    let elsewhere = archive.dir.path().join("elsewhere");
    fs::write(elsewhere.join("a.txt"), article("About a", &["A candle in its place."])).expect("written");
    fs::write(elsewhere.join("new.txt"), article("New", &["A new lamp."])).expect("written");
    fs::remove_file(elsewhere.join("b/b.txt")).expect("removed");
    let run = archive.run(&["index", "elsewhere", "--moved-from", "articles", "--format", "json"]);
    assert_eq!((run.status, replaced(&run.stdout)), (0, [5, 1, 4, 1]), "{run:?}");
    let ids: Vec<String> = cited(&archive).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["b/c", "feed#1", "new", "r2"]);
    assert_eq!(archive.found(&["candle"]), ["a"]);
}

#[test]
fn what_looks_moved_is_told_and_both_ways_out_lead_out() {
    let archive = of_four();
    mv(&archive, "articles", "elsewhere");
    for more in [&[][..], &["--watch"]] {
        let run = archive.run(&[&["index", "elsewhere"], more].concat());
        assert_eq!(run.status, 2, "{run:?}");
        let root = archive.articles().canonicalize().unwrap_or_else(|_| archive.articles());
        for said in ["elsewhere: looks like ", &format!("--moved-from {}", root.display()), "--not-moved"] {
            assert!(run.stderr.contains(said), "{said}: {run:?}");
        }
        assert_eq!(cited(&archive).len(), 5, "nothing is done");
    }
    assert_eq!(archive.run(&["index", "elsewhere", "--not-moved"]).status, 0);
    let ids: Vec<String> = cited(&archive).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), 10, "beside the old ones: {ids:?}");
    assert_eq!(archive.run(&["index", "elsewhere"]).status, 0, "it is known now");
    assert_eq!(archive.run(&["index", "elsewhere", "--forget", "articles"]).status, 0);
    assert_eq!(cited(&archive).len(), 5);
}

#[test]
fn only_what_is_most_of_a_root_that_is_gone_looks_moved() {
    type Change = fn(&Archive);
    let changes: [(&str, Change, bool); 7] = [
        ("nothing", |_| {}, true),
        ("one is missing", |a| fs::remove_file(a.dir.path().join("elsewhere/a.txt")).expect("removed"), true),
        ("half is missing", |a| fs::remove_dir_all(a.dir.path().join("elsewhere/b")).expect("removed"), false),
        ("the old folder is there", |a| fs::create_dir(a.articles()).expect("a folder"), true),
        (
            "other names",
            |a| fs::rename(a.dir.path().join("elsewhere/b"), a.dir.path().join("elsewhere/x")).expect("moved"),
            false,
        ),
        (
            "other content of the same size",
            |a| {
                for name in ["a.txt", "b/b.txt", "b/c.txt"] {
                    let path = a.dir.path().join("elsewhere").join(name);
                    let other = fs::read_to_string(&path).expect("a file").replace("lamp", "lump");
                    fs::write(path, other).expect("written");
                }
            },
            false,
        ),
        ("another size", |a| fs::write(a.dir.path().join("elsewhere/a.txt"), "Short lamp.").expect("written"), true),
    ];
    for (what, change, looks) in changes {
        let archive = of_four();
        mv(&archive, "articles", "elsewhere");
        change(&archive);
        let run = archive.run(&["index", "elsewhere"]);
        assert_eq!((run.status == 2, run.stderr.contains("looks like")), (looks, looks), "{what}: {run:?}");
    }
}

#[test]
fn what_cannot_have_moved_is_refused() {
    let archive = of_four();
    fs::create_dir(archive.dir.path().join("other")).expect("a folder");
    fs::write(archive.dir.path().join("other/a.txt"), article("Other", &["Another lamp."])).expect("written");
    assert_eq!(archive.run(&["index", "other"]).status, 0);
    let refused = |args: &[&str], what: &str| {
        let run = archive.run(&[&["index"], args].concat());
        assert!(run.status == 2 && run.stderr.contains(what), "{args:?}: {run:?}");
    };
    refused(&["other", "--moved-from", "articles"], "articles: still there");
    mv(&archive, "articles", "elsewhere");
    refused(&["other", "--moved-from", "articles"], "other: the archive has something from there already");
    refused(&["elsewhere", "--moved-from", "artikel"], "artikel: the archive has nothing from there; it knows");
    refused(&["nowhere", "--moved-from", "articles"], "nowhere: cannot read");
    refused(&["elsewhere/a.txt", "--moved-from", "articles"], "was a folder, and elsewhere/a.txt is none");
    refused(&["elsewhere", "other", "--moved-from", "articles"], "what one PATH was");
    refused(&["elsewhere", "--moved-from", "-"], "-: the archive has nothing from there");
    assert_eq!(cited(&archive).len(), 6, "nothing is done");
    assert_eq!(archive.run(&["index", "elsewhere", "--moved-from", "articles"]).status, 0);
    assert_eq!(cited(&archive).len(), 6);
}

#[test]
fn files_and_roots_in_roots_move_too() {
    let ids = |archive: &Archive| cited(archive).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let archive = of_four();
    mv(&archive, "articles/b", "b");
    assert_eq!(archive.run(&["index", "b", "--moved-from", "articles/b"]).status, 0);
    assert_eq!(archive.run(&["index", "articles", "b"]).status, 0);
    assert_eq!(ids(&archive), IDS, "a folder of a root keeps its ids");

    let archive = of_four();
    assert_eq!(archive.run(&["index", "articles", "articles/b"]).status, 0);
    mv(&archive, "articles", "elsewhere");
    assert_eq!(archive.run(&["index", "elsewhere", "--moved-from", "articles"]).status, 0);
    let run = archive.run(&["index", "elsewhere", "elsewhere/b", "--format", "json"]);
    assert_eq!(replaced(&run.stdout), [5, 0, 0, 0], "{run:?}");
    assert_eq!(cited(&archive), at("elsewhere"));

    let archive = of_four();
    mv(&archive, "articles", "up/articles");
    fs::write(archive.dir.path().join("alone.txt"), article("Alone", &["A lamp alone."])).expect("written");
    assert_eq!(archive.run(&["index", "alone.txt"]).status, 0);
    mv(&archive, "alone.txt", "down/alone.txt");
    assert_eq!(archive.run(&["index", "down/alone.txt", "--moved-from", "alone.txt"]).status, 0);
    assert_eq!(archive.run(&["index", "up/articles", "--moved-from", "articles"]).status, 0);
    assert_eq!(ids(&archive), ["a", "alone", "b/b", "b/c", "feed#1", "r2"]);
}

#[test]
fn a_root_that_moved_up_makes_room_for_itself() {
    let archive = Archive::of(&[
        ("sub/a.txt", article("About a", &["The first lamp burns in the harbour."])),
        ("sub/sub/a.txt", article("About b", &["The second lamp burns in the tower."])),
        ("sub/sub/sub/a.txt", article("About c", &["The third lamp burns in the west."])),
    ]);
    assert_eq!(archive.run(&["index", "articles/sub"]).status, 0);
    mv(&archive, "articles/sub", "x");
    fs::remove_dir(archive.articles()).expect("empty");
    mv(&archive, "x", "articles");
    let index = ["index", "articles", "--moved-from", "articles/sub", "--format", "json"];
    let run = archive.run(&index);
    assert!(run.status == 2 && run.stderr.contains("articles/sub: still there"), "a folder of that name: {run:?}");
    mv(&archive, "articles/sub", "away");
    let run = archive.run(&index);
    assert_eq!((run.status, replaced(&run.stdout)), (0, [1, 0, 1, 2]), "{run:?}");
    assert_eq!(cited(&archive), [("a".to_owned(), "articles/a.txt".to_owned())]);
}

#[test]
fn a_run_that_is_killed_after_the_move_leaves_no_old_path() {
    let archive = of_four();
    mv(&archive, "articles", "elsewhere");
    let [old, new] = ["articles", "elsewhere"].map(|name| archive.dir.path().join(name));
    let mut update = LocalUpdate::open(&archive.dir.path().join("index"), WriterOptions::default()).expect("opens");
    ingest::take_over(&mut update, &old, &new).expect("taken over");
    update.close().expect("closed");
    assert_eq!(cited(&archive), at("articles"), "nothing was read yet");
    let run = archive.run(&["index", "elsewhere", "--format", "json"]);
    assert_eq!((run.status, replaced(&run.stdout)), (0, [5, 0, 5, 0]), "{run:?}");
    assert_eq!(cited(&archive), at("elsewhere"));
}

#[test]
fn a_watch_takes_over_at_its_first_run() {
    let archive = of_four();
    mv(&archive, "articles", "elsewhere");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(["index", "elsewhere", "--watch", "--moved-from", "articles"]).current_dir(archive.dir.path());
    command.env_remove("DATELINE_INDEX").stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("runs");
    let start = Instant::now();
    while cited(&archive) != at("elsewhere") && start.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().expect("killed");
    child.wait().expect("ends");
    assert_eq!(cited(&archive), at("elsewhere"));
}

#[test]
fn the_same_command_again_changes_nothing_and_what_is_still_to_be_read_is_told() {
    let archive = of_four();
    mv(&archive, "articles", "elsewhere");
    let index = archive.dir.path().join("index");
    // as if it had been killed before the files were read again
    let mut update = LocalUpdate::open(&index, WriterOptions::default()).expect("free");
    ingest::take_over(&mut update, &archive.articles(), &archive.dir.path().join("elsewhere")).expect("taken over");
    update.close().expect("closed");
    let check = archive.run(&["check"]);
    assert!(check.status == 1 && check.stdout.contains("to be read again: it was moved"), "{check:?}");
    for expected in [[5, 0, 5, 0], [5, 0, 0, 0]] {
        let run = archive.run(&["index", "elsewhere", "--moved-from", "articles", "--format", "json"]);
        assert_eq!((run.status, replaced(&run.stdout)), (0, expected), "{run:?}");
        assert_eq!(archive.run(&["check"]).status, 0);
    }
    assert_eq!(cited(&archive), at("elsewhere"));
}

#[test]
fn a_root_that_moved_into_the_named_folder_and_a_file_that_was_renamed_are_told() {
    let archive = of_four();
    mv(&archive, "articles", "holder/sub/articles");
    let run = archive.run(&["index", "holder"]);
    assert!(run.status == 2 && run.stderr.contains("holder/sub/articles: looks like "), "{run:?}");
    assert!(run.stderr.contains("`dateline index holder/sub/articles --moved-from "), "{run:?}");
    let run = archive.run(&["index", "holder/sub/articles", "--moved-from", "articles", "--format", "json"]);
    assert_eq!((run.status, replaced(&run.stdout)), (0, [5, 0, 5, 0]), "{run:?}");

    let dir = archive.dir.path();
    fs::write(dir.join("one.txt"), article("About one", &["A lamp of its own."])).expect("written");
    assert_eq!(archive.run(&["index", "one.txt"]).status, 0);
    fs::rename(dir.join("one.txt"), dir.join("uno.txt")).expect("renamed");
    let run = archive.run(&["index", "uno.txt"]);
    assert!(
        run.status == 2 && run.stderr.contains("uno.txt: looks like ") && run.stderr.contains("one.txt moved here"),
        "{run:?}"
    );
    assert_eq!(archive.run(&["index", "uno.txt", "--moved-from", "one.txt"]).status, 0);
    assert_eq!(archive.found(&["lamp", "-n", "20"]).len(), 6);
}

#[test]
fn a_root_that_was_added_beside_can_take_the_old_place_after_all() {
    let archive = of_four();
    mv(&archive, "articles", "elsewhere");
    assert_eq!(archive.run(&["index", "elsewhere", "--not-moved"]).status, 0);
    let refused = archive.run(&["index", "elsewhere", "--moved-from", "articles"]);
    assert!(refused.status == 2 && refused.stderr.contains("pass --forget elsewhere as well"), "{refused:?}");
    let run = archive.run(&["index", "elsewhere", "--moved-from", "articles", "--forget", "elsewhere"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(cited(&archive), at("elsewhere"));
}

#[test]
fn what_moved_keeps_its_ids_wherever_it_went() {
    // what is indexed; what moves, and where to; what is indexed then, in turn
    type Move<'a> = (&'a [&'a str], &'a str, &'a str, &'a [&'a [&'a str]]);
    let moves: [Move<'_>; 8] = [
        (&["articles"], "articles/a.txt", "c.txt", &[&["c.txt"], &["articles"]]),
        (&["articles"], "articles/a.txt", "far/away/a.txt", &[&["far/away/a.txt"], &["articles"]]),
        (&["articles"], "articles/a.txt", "articles/b/x.txt", &[&["articles"]]),
        (&["articles"], "articles/feed.jsonl", "feed2.jsonl", &[&["feed2.jsonl", "articles"]]),
        (&["other/o.txt", "articles"], "other/o.txt", "uno.txt", &[&["uno.txt"]]),
        (&["other/o.txt", "articles"], "other/o.txt", "articles/b/o.txt", &[&["articles"], &["articles/b/o.txt"]]),
        (&["articles", "other"], "articles", "other/articles", &[&["other"], &["other/articles"], &["other"]]),
        (&["articles", "other"], "articles/b", "other/x/y", &[&["other"], &["other/x/y", "other"], &["articles"]]),
    ];
    for (indexed, from, to, then) in moves {
        let archive = of_four();
        fs::remove_dir_all(archive.dir.path().join("index")).expect("removed");
        fs::create_dir(archive.dir.path().join("other")).expect("a folder");
        fs::write(archive.dir.path().join("other/o.txt"), article("Other", &["Another lamp."])).expect("written");
        let ids = || cited(&archive).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(archive.run(&[&["index"], indexed].concat()).status, 0);
        let before = ids();
        mv(&archive, from, to);
        let run = archive.run(&["index", to, "--moved-from", from]);
        assert_eq!((run.status, ids()), (0, before.clone()), "{from} -> {to}: {run:?}");
        for roots in then {
            let run = archive.run(&[&["index"], *roots].concat());
            assert_eq!((run.status, ids()), (0, before.clone()), "{from} -> {to}, {roots:?}: {run:?}");
            assert_eq!(archive.run(&["check"]).status, 0, "{from} -> {to}, {roots:?}");
        }
        // what comes to the old place is another article
        if !from.contains("articles/b") && from.ends_with(".txt") {
            fs::write(archive.dir.path().join(from), article("New", &["A lamp in its place."])).expect("written");
            assert_eq!(archive.run(&[&["index"], indexed, &[to]].concat()).status, 0);
            assert_eq!(ids().len(), before.len() + 1);
            assert!(before.iter().all(|id| ids().contains(id)), "{from} -> {to}: {:?}", ids());
        }
    }
}
