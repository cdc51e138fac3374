use std::os::unix::fs::symlink;
use std::process::Command;

use super::*;

fn enters_all(_: &str) -> bool {
    false
}

fn told(walk: &Walk) -> (Vec<&str>, Vec<(Reason, u64)>, Vec<String>) {
    let problems = walk.problems.iter().map(|(path, _)| file_name(path)).collect();
    let skipped = walk.skipped.iter().map(|(reason, count)| (*reason, *count)).collect();
    (walk.files.iter().map(|file| &*file.below).collect(), skipped, problems)
}

/// A folder of everything that a walk can meet, also of what cannot be looked at, whoever runs the tests.
fn zoo() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name);
    for folder in ["in", "index", "doubtful", "out"] {
        fs::create_dir(at(folder)).expect("a folder");
    }
    for file in
        ["a.txt", ".hidden", "in/b.txt", "index/dateline.json", "index/meta.json", "doubtful/c.txt", "out/d.txt"]
    {
        fs::write(at(file), "A lamp.").expect("written");
    }
    fs::write(at("index/dateline.json"), r#"{"format":"4","analyzer":"1"}"#).expect("written");
    symlink("dateline.json", at("doubtful/dateline.json")).expect("linked to itself");
    symlink("nowhere", at("dangling")).expect("linked");
    symlink("..", at("in/back")).expect("linked");
    assert!(Command::new("mkfifo").arg(at("pipe")).status().expect("runs").success());
    dir
}

#[test]
fn what_cannot_be_told_is_a_problem_and_no_other_answer() {
    let dir = zoo();
    let walked = walk(dir.path(), &|below| below == "out", &|_| {}).expect("a folder");
    assert!(walked.is_folder);
    let skipped = vec![(Reason::Hidden, 1), (Reason::Index, 1), (Reason::Special, 1), (Reason::Excluded, 1)];
    let problems = ["dangling", "doubtful", "back"].map(str::to_owned);
    let (files, passed, mut found) = told(&walked);
    assert_eq!((files, passed), (vec!["a.txt", "in/b.txt"], skipped));
    found.sort();
    let mut problems = problems.to_vec();
    problems.sort();
    assert_eq!(found, problems);
}

#[test]
fn a_part_is_seen_as_the_whole_is() {
    let dir = zoo();
    for (part, files, skipped, problem) in [
        ("a.txt", vec!["a.txt"], None, None),
        ("in", vec!["in/b.txt"], None, Some("back")),
        ("in/b.txt", vec!["in/b.txt"], None, None),
        ("in/back/a.txt", vec![], None, Some("back")),
        ("gone.txt", vec![], None, None),
        ("a.txt/below", vec![], None, None),
        (".hidden", vec![], Some(Reason::Hidden), None),
        (".gone", vec![], None, None),
        ("index/meta.json", vec![], Some(Reason::Index), None),
        ("out/d.txt", vec![], Some(Reason::Excluded), None),
        ("out", vec![], Some(Reason::Excluded), None),
        ("pipe", vec![], Some(Reason::Special), None),
        ("dangling", vec![], None, Some("dangling")),
        ("doubtful/c.txt", vec![], None, Some("doubtful")),
        ("doubtful/dateline.json/x", vec![], None, Some("doubtful")),
    ] {
        let walked = walk_part(dir.path(), Path::new(part), &|below| below == "out");
        let skipped: Vec<_> = skipped.map(|reason| (reason, 1)).into_iter().collect();
        let problems: Vec<_> = problem.map(str::to_owned).into_iter().collect();
        assert_eq!(told(&walked), (files, skipped, problems), "{part}");
    }
}

#[test]
fn a_root_is_a_file_a_folder_or_an_error() {
    let dir = zoo();
    for (name, is_folder) in [("a.txt", false), ("in", true)] {
        let walked = walk(&dir.path().join(name), &enters_all, &|_| {}).expect("there");
        assert_eq!(walked.is_folder, is_folder, "{name}");
    }
    for (path, why) in [
        (dir.path().join("dangling"), "cannot read"),
        (dir.path().join("doubtful/dateline.json"), "cannot read"),
        (dir.path().join("pipe"), "pipe: neither a file nor a folder; pipe it: cat "),
        (
            PathBuf::from("/dev/zero"),
            "/dev/zero: neither a file nor a folder; pipe it: cat /dev/zero | dateline index -",
        ),
    ] {
        let error = walk(&path, &enters_all, &|_| {}).expect_err("refused").to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn another_file_in_the_place_of_one_shows() {
    let dir = tempfile::tempdir().expect("a folder");
    let time = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400);
    let path = |name: &str| dir.path().join(name);
    for name in ["a.txt", "b.txt"] {
        fs::write(path(name), name).expect("written");
        fs::File::options().append(true).open(path(name)).and_then(|file| file.set_modified(time)).expect("set back");
    }
    let look = || walk(&path("a.txt"), &enters_all, &|_| {}).expect("there").files.remove(0);
    let before = look();
    assert_eq!(look(), before, "nothing happened");
    assert!(before.is_fresh && before.stamp != 0, "its time says that it is old, the system that it is new");
    fs::rename(path("b.txt"), path("a.txt")).expect("moved");
    let after = look();
    assert_eq!((before.size, before.modified), (after.size, after.modified));
    assert_ne!(before.stamp, after.stamp);
}
