//! `dateline index --forget`: what came from a root leaves the archive, whether or not the root is still there.

use std::fs;

use serde_json::Value;

use super::support::{Archive, article, number};

/// Two roots, one in the other's neighbourhood, and a file that was named itself.
fn of_three_roots() -> Archive {
    let archive = Archive::of(&[
        ("a.txt", article("About a", &["The first lamp burns in the harbour."])),
        ("b/b.txt", article("About b", &["The second lamp burns in the tower."])),
        ("b/feed.jsonl", "{\"id\":\"r1\",\"body\":\"A lamp of record 1.\"}\n{\"body\":\"A lamp of 2.\"}\n".to_owned()),
    ]);
    let more = archive.dir.path().join("articles2");
    fs::create_dir_all(&more).expect("a folder");
    fs::write(more.join("c.txt"), article("About c", &["The third lamp burns in the west."])).expect("written");
    fs::write(archive.dir.path().join("alone.txt"), article("Alone", &["The lamp alone burns."])).expect("written");
    for root in ["articles", "articles2", "alone.txt"] {
        assert_eq!(archive.run(&["index", root]).status, 0);
    }
    archive
}

fn found(archive: &Archive) -> Vec<String> {
    let mut found = archive.found(&["lamp", "-n", "20"]);
    found.sort();
    found
}

#[test]
fn what_is_forgotten_is_gone_however_it_is_spelled() {
    let all = ["a", "alone", "articles2/c", "b/b", "b/feed#2", "r1"];
    // what is forgotten, whether it is removed from the disk before, files and records removed, and what is left
    let absolute = |archive: &Archive, below: &str| archive.dir.path().join(below).display().to_string();
    for (root, is_there, removed, left) in [
        ("articles", true, [3, 4], &["alone", "articles2/c"][..]),
        ("articles", false, [3, 4], &["alone", "articles2/c"]),
        ("./articles/../articles/", false, [3, 4], &["alone", "articles2/c"]),
        ("articles/b", true, [2, 3], &["a", "alone", "articles2/c"]),
        ("articles/b", false, [2, 3], &["a", "alone", "articles2/c"]),
        ("articles/b/feed.jsonl", false, [1, 2], &["a", "alone", "articles2/c", "b/b"]),
        ("alone.txt", true, [1, 1], &["a", "articles2/c", "b/b", "b/feed#2", "r1"]),
        ("alone.txt", false, [1, 1], &["a", "articles2/c", "b/b", "b/feed#2", "r1"]),
        (".", true, [5, 6], &[]),
    ] {
        for is_absolute in [false, true] {
            let archive = of_three_roots();
            assert_eq!(found(&archive), all);
            if !is_there {
                let path = archive.dir.path().join(root);
                if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
            }
            let typed = if is_absolute { absolute(&archive, root) } else { root.to_owned() };
            let run = archive.run(&["index", "--forget", &typed, "--format", "json"]);
            assert_eq!(run.status, 0, "{typed}: {run:?}");
            let report: Value = serde_json::from_str(&run.stdout).expect("a report");
            assert_eq!(["files", "records"].map(|what| number(&report[what]["removed"])), removed, "{typed}");
            assert_eq!(found(&archive), left, "{typed}");
            assert_eq!(archive.run(&["check"]).status, 0, "{typed}");
        }
    }
}

/// The same command may come again, after a kill or from a script: what is gone already is a warning, and the answer no.
#[test]
fn a_root_that_is_not_known_is_told_with_those_that_are() {
    for (roots, left) in [(&["elsewhere"][..], 6), (&["articles2", "elsewhere"], 5), (&["articles2", "-"], 5)] {
        let archive = of_three_roots();
        let flags = roots.iter().flat_map(|root| ["--forget", root]);
        let args: Vec<&str> = ["index"].into_iter().chain(flags).collect();
        for _ in 0..2 {
            let run = archive.run(&args);
            assert_eq!(run.status, 1, "{run:?}");
            let told =
                format!("{}: the archive has nothing from there; it knows these roots: /", roots[roots.len() - 1]);
            assert!(run.stderr.contains(&told) && run.stderr.contains("/articles, "), "{run:?}");
            assert_eq!(found(&archive).len(), left, "{roots:?}");
        }
    }
}

/// Nobody is sent in a circle: to index a root that is gone can only fail, and says what helps.
#[test]
fn the_ways_out_of_a_root_that_is_gone_are_named() {
    for root in ["articles2", "alone.txt"] {
        let archive = of_three_roots();
        let path = archive.dir.path().join(root);
        fs::rename(&path, archive.dir.path().join("away")).expect("moved");
        let place = archive.articles().canonicalize().expect("its path").with_file_name(root).display().to_string();
        let check = archive.run(&["check", "--format", "json"]);
        let check: Value = serde_json::from_str(&check.stdout).expect("a checkup");
        let way_out = check["findings"][0]["way_out"].as_str().unwrap_or_default();
        for said in [format!("put {place} back"), format!("--moved-from {place}"), format!("--forget {place}")] {
            assert!(way_out.contains(&said) && !way_out.contains(" again"), "{said}: {check}");
        }
        let run = archive.run(&["index", root]);
        for said in ["put it back", &format!("--forget {root}"), &format!("--moved-from {root}")] {
            assert!(run.status == 2 && run.stderr.contains(said), "{said}: {run:?}");
        }
        let run = archive.run(&["index", "nowhere"]);
        assert!(run.stderr.contains("check the path") && !run.stderr.contains("--forget"), "never known: {run:?}");
    }
}

#[test]
fn what_is_forgotten_leaves_no_trace() {
    let archive = of_three_roots();
    let run = archive.run(&["index", "articles", "--forget", "articles2", "--forget", "alone.txt", "--compact"]);
    assert_eq!(run.status, 0, "{run:?}");
    archive.assert_as_fresh();
    let run = archive.run(&["index", "--forget", "articles", "--compact"]);
    assert!(run.status == 0 && run.stdout.contains("removed"), "{run:?}");
    assert_eq!(archive.run(&["index", "articles2"]).status, 0);
    assert_eq!(archive.found(&["lamp"]), ["c"], "it is the only root again");
}

#[test]
fn what_is_forgotten_and_named_at_once_is_read_anew() {
    let archive = of_three_roots();
    let run = archive.run(&["index", "articles", "--forget", "articles"]);
    assert!(run.status == 0 && run.stderr.is_empty(), "{run:?}");
    assert_eq!(found(&archive), ["alone", "articles/a", "articles/b/b", "articles/b/feed#2", "articles2/c", "r1"]);
}
