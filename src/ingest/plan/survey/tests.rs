use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use super::*;
use crate::ingest::memory::Memory;
use crate::ingest::plan::Plan;

#[test]
fn a_part_that_is_no_utf8_is_looked_at_with_all_that_look_the_same() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().canonicalize().expect("its path");
    let file = |name: &[u8]| root.join("d").join(OsStr::from_bytes(name));
    fs::create_dir(root.join("d")).expect("a folder");
    if fs::write(file(b"b\xff"), "A lamp.").is_err() {
        return; // the file system takes no such names
    }
    fs::write(file(b"a"), "A lamp.").expect("written");
    fs::write(file(b"b\xfe"), "A lamp.").expect("written");
    let (options, mut archive) = (IngestOptions::default(), Memory::default());
    let mut plan = |paths: &[PathBuf]| {
        let (scope, mut report) = (Scope::Part(paths.iter().cloned().collect()), Report::default());
        let plan = Plan::make(&mut archive, std::slice::from_ref(&root), &scope, &options, &mut report, &|_| {});
        for job in plan.jobs.iter().filter(|job| job.old.is_none()) {
            let entry = job.entry(archive.take_number(), blake3::hash(b""), &options.read.fields);
            archive.enter(&entry);
        }
        let jobs: Vec<PathBuf> = plan.jobs.iter().map(crate::ingest::plan::Job::path).collect();
        (jobs, plan.gone.len(), report.failures.len(), plan.unreadable)
    };
    // of the two the first by its bytes is read, whichever changed, and the other one told
    let spelled = root.join("d/b\u{fffd}");
    let told = vec![spelled.display().to_string()];
    for changed in [file(b"b\xff"), file(b"b\xfe"), spelled] {
        assert_eq!(plan(&[changed]), (vec![file(b"a"), file(b"b\xfe")], 0, 1, told.clone()));
    }
    fs::remove_file(file(b"b\xfe")).expect("removed");
    assert_eq!(plan(&[file(b"b\xfe")]), (vec![file(b"a"), file(b"b\xff")], 0, 0, Vec::new()));
    fs::remove_file(file(b"b\xff")).expect("removed");
    assert_eq!(plan(&[file(b"b\xff")]), (vec![file(b"a")], 1, 0, Vec::new()));
}

/// What a plan over these roots comes to: the files to be read, how many failed, and the roots that did.
fn over(roots: &[PathBuf]) -> (Vec<PathBuf>, usize, u64) {
    let (options, mut archive, mut report) = (IngestOptions::default(), Memory::default(), Report::default());
    let plan = Plan::make(&mut archive, roots, &Scope::All, &options, &mut report, &|_| {});
    (plan.jobs.iter().map(crate::ingest::plan::Job::path).collect(), report.failures.len(), report.roots_failed)
}

#[test]
fn two_files_of_one_key_are_not_both_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = |name: &[u8]| dir.path().join(OsStr::from_bytes(name));
    let (first, second) = (folder(b"d\xfe"), folder(b"d\xff"));
    if fs::create_dir(&first).is_err() {
        return; // the file system takes no such names
    }
    fs::create_dir(&second).expect("a folder");
    fs::write(first.join("a.txt"), "A lamp.").expect("written");
    fs::write(second.join("a.txt"), "A candle.").expect("written");
    let link = dir.path().join("link");
    std::os::unix::fs::symlink(&first, &link).expect("linked");
    let of = |root: &PathBuf| vec![root.join("a.txt")];
    for (roots, read, failed) in [
        (vec![first.clone()], of(&first), 0),
        (vec![first.clone(), second.clone()], of(&first), 1),
        (vec![second.clone(), first.clone()], of(&second), 1),
        (vec![first.clone(), link.clone()], of(&first), 0),
        (vec![link.clone(), first.join("a.txt")], of(&link), 0),
        (vec![link.clone(), second.join("a.txt")], of(&link), 1),
    ] {
        assert_eq!(over(&roots), (read, failed, 0), "{roots:?}");
    }
}

#[test]
fn a_root_that_cannot_be_looked_at_keeps_what_lies_below_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().canonicalize().expect("its path");
    let sub = root.join("sub");
    fs::create_dir(&sub).expect("a folder");
    fs::write(sub.join("a.txt"), "A lamp.").expect("written");
    fs::write(root.join("b.txt"), "A lamp.").expect("written");
    let (options, mut archive) = (IngestOptions::default(), Memory::default());
    let mut gone = |roots: &[PathBuf], scope: &Scope| {
        let mut report = Report::default();
        let plan = Plan::make(&mut archive, roots, scope, &options, &mut report, &|_| {});
        for job in plan.jobs.iter().filter(|job| job.old.is_none()) {
            let entry = job.entry(archive.take_number(), blake3::hash(b""), &options.read.fields);
            archive.enter(&entry);
        }
        (plan.gone.len(), report.roots_failed)
    };
    let roots = [root.clone(), sub.clone()];
    assert_eq!(gone(&roots, &Scope::All), (0, 0));
    // a link to itself cannot be looked at, whoever runs the tests
    fs::remove_dir_all(&sub).expect("removed");
    std::os::unix::fs::symlink("sub", &sub).expect("linked");
    let part = Scope::Part(BTreeSet::from([sub.join("a.txt")]));
    for (named, scope, expected) in [
        (&roots[1..], Scope::All, (0, 1)),
        (&roots[..], Scope::All, (0, 1)),
        (&roots[..], part.clone(), (0, 1)),
        (&roots[..1], Scope::All, (0, 0)),
        (&roots[..1], part.clone(), (0, 0)),
    ] {
        assert_eq!(gone(named, &scope), expected, "{named:?} {scope:?}");
    }
    fs::remove_file(&sub).expect("removed");
    assert_eq!(gone(&roots[..1], &part), (1, 0), "now it is gone");
}
