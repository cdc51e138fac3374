//! `--include` and `--exclude`: what is left out is as if it were not there.

use std::fs;

use serde_json::Value;

use super::support::{Archive, Run, article, number};

fn lamp(n: u32) -> String {
    article(&format!("About lamp {n}"), &["The lamp burns in the harbour."])
}

fn archive() -> Archive {
    let files = [("a.txt", lamp(1)), ("b.html", lamp(2)), ("drafts/c.txt", lamp(3)), ("x/drafts/d.txt", lamp(4))];
    Archive::of(&files)
}

fn found(archive: &Archive) -> Vec<String> {
    let mut found = archive.found(&["lamp", "-n", "20"]);
    found.sort();
    found
}

fn counts(run: &Run) -> [usize; 3] {
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {run:?}"));
    ["read", "skipped", "removed"].map(|key| number(&report["files"][key]))
}

#[test]
fn what_is_left_out_is_not_read_and_leaves_the_archive() {
    //                                       read skipped removed by those who had all of it
    for (flags, wanted, numbers) in [
        (&["--exclude", "drafts/**"][..], &["a", "b", "x/drafts/d"][..], [4, 1, 1]),
        (&["--exclude", "**/drafts/**"], &["a", "b"], [4, 2, 2]),
        (&["--exclude", "**/drafts/*"], &["a", "b"], [4, 2, 2]),
        (&["--include", "*.txt"], &["a"], [4, 3, 3]),
        (&["--include", "**/*.txt", "--exclude", "drafts/"], &["a", "x/drafts/d"], [4, 2, 2]),
        (&["--include", "*.html", "--include", "drafts/*"], &["b", "drafts/c"], [4, 2, 2]),
    ] {
        let command = [&["index", "articles", "--format", "json"], flags].concat();
        let fresh = archive();
        let run = fresh.run(&command);
        assert!(run.status == 0 && run.stderr.is_empty(), "{flags:?}: {run:?}");
        assert_eq!(
            (found(&fresh), counts(&run)),
            (wanted.iter().map(|&id| id.to_owned()).collect(), [numbers[0], numbers[1], 0])
        );
        let grown = archive();
        grown.index();
        let run = grown.run(&command);
        assert_eq!((found(&grown), counts(&run)), (found(&fresh), numbers), "{flags:?}");
        let report = grown.index();
        assert_eq!(number(&report["files"]["indexed"]), numbers[2], "{flags:?}: without the flags all is there again");
        grown.assert_as_fresh();
    }
}

#[test]
fn a_folder_that_is_left_out_whole_is_not_entered() {
    let archive = archive();
    // a link to itself would be a problem where it were looked at
    #[cfg(unix)]
    std::os::unix::fs::symlink("loop", archive.articles().join("drafts/loop")).expect("linked");
    let run = archive.run(&["index", "articles", "--exclude", "drafts/**"]);
    assert!(run.status == 0 && run.stdout.contains("\nskipped  1 excluded path\n"), "{run:?}");
}

#[test]
fn a_file_that_is_named_goes_by_its_name() {
    let archive = archive();
    for (flags, indexed) in [
        (&["--exclude", "drafts/*"][..], 1),
        (&["--exclude", "c.*"], 0),
        (&["--include", "*.txt"], 1),
        (&["--include", "drafts/*"], 0),
    ] {
        let run = archive.run(&[&["index", "articles/drafts/c.txt"], flags].concat());
        assert_eq!((run.status, found(&archive).len()), (0, indexed), "{flags:?}: {run:?}");
    }
}

#[test]
fn patterns_that_nothing_matches_are_told() {
    let archive = archive();
    for (flags, told) in [
        (&["--exclude", "draft/**"][..], "warning: --exclude draft/**: no file has such a path; paths count from the"),
        (&["--include", "**", "--include", "*.jsonl"], "warning: --include *.jsonl: no file has such a path"),
        (&["--include", "*.jsonl", "--allow-empty"], "warning: articles: every file in this folder was skipped"),
    ] {
        let run = archive.run(&[&["index", "articles"], flags].concat());
        assert!(run.status == 0 && run.stderr.contains(told), "{flags:?}: {run:?}");
    }
    let run = archive.run(&["index", "articles", "--exclude", ""]);
    assert!(run.status == 2 && run.stderr.contains("--exclude: no pattern; write such as"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_unopened_with_the_way_to_pipe_it() {
    let archive = archive();
    let pipe = archive.dir.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("runs").success());
    fs::create_dir(archive.dir.path().join("empty")).expect("a folder");
    for (args, told) in [
        (
            &["index", "/dev/zero"][..],
            "/dev/zero: neither a file nor a folder; pipe it: cat /dev/zero | dateline index -",
        ),
        (&["index", "pipe"], "pipe: neither a file nor a folder; pipe it: cat pipe | dateline index -"),
        (&["index", "articles", "pipe"], "pipe: neither a file nor a folder; pipe it: cat pipe | dateline index -"),
        (
            &["inspect", "/dev/zero"],
            "/dev/zero: neither a file nor a folder; pipe it: cat /dev/zero | dateline inspect -",
        ),
        (&["inspect", "pipe"], "pipe: neither a file nor a folder; pipe it: cat pipe | dateline inspect -"),
    ] {
        let run = archive.run(args);
        assert!(run.status == 2 && run.stderr.contains(told), "{args:?}: {run:?}");
    }
    assert_eq!(found(&archive).len(), 4, "the other root was read");
}

#[test]
fn patterns_that_leave_nothing_remove_nothing() {
    let archive =
        Archive::indexed(&[("a.txt", "About a\n\nThe first lamp burns."), ("b/b.txt", "About b\n\nThe lamp of b.")]);
    for flags in [&["--include", "**/*.nix"][..], &["--exclude", "**"], &["--exclude", "**/*.txt"]] {
        let run = archive.run(&[&["index", "articles"], flags].concat());
        assert!(run.status == 2 && run.stderr.contains("leave no file of this folder"), "{flags:?}: {run:?}");
        assert_eq!(archive.found(&["lamp"]).len(), 2, "{flags:?}");
    }
    assert_eq!(archive.run(&["index", "articles", "--exclude", "**", "--allow-empty"]).status, 0);
    assert_eq!(archive.found(&["lamp"]).len(), 0);
}
