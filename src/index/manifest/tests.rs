use std::fs::{self, File};

use super::*;
use crate::error::Error;
use crate::error::Reason;

fn entry(number: u64, path: &str) -> FileEntry<'_> {
    let new = FileEntry::new(number, path, path.trim_start_matches('/'), blake3::hash(path.as_bytes()));
    FileEntry { size: 1, modified: 2, articles: 1, ..new }
}

#[test]
fn what_a_killed_run_appended_does_not_count() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut manifest = Manifest::default();
    let number = manifest.take_number();
    manifest.set_file(&entry(number, "/a"));
    let payload = manifest.write(dir.path(), 7).expect("written");
    manifest.set_file(&entry(1, "/b"));
    manifest.write(dir.path(), 7).expect("written, never committed");

    let mut again = Manifest::open(dir.path(), Some(&payload)).expect("loads");
    assert_eq!(again.files().map(|f| f.path.to_string()).collect::<Vec<_>>(), ["/a"]);
    again.set_file(&entry(1, "/c"));
    let payload = again.write(dir.path(), 7).expect("written");
    let last = Manifest::open(dir.path(), Some(&payload)).expect("loads");
    assert_eq!(last.files().map(|f| f.path.to_string()).collect::<Vec<_>>(), ["/a", "/c"]);
}

#[test]
fn a_log_of_dead_lines_is_written_anew() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut manifest = Manifest::default();
    manifest.set_file(&entry(0, "/a"));
    manifest.write(dir.path(), 7).expect("written");
    for size in 0..1100 {
        manifest.set_file(&FileEntry { size, ..entry(0, "/a") });
    }
    let payload = manifest.write(dir.path(), 7).expect("written");
    manifest.sweep(dir.path());
    assert!(payload.contains("manifest-2.jsonl"), "{payload}");
    let again = Manifest::open(dir.path(), Some(&payload)).expect("loads");
    assert_eq!(again.file("/a").map(|f| f.size), Some(1099));
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
}

#[test]
fn roots_come_and_go_and_older_lines_read_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = |path: &str, prefix: &str| RootEntry::new(path, prefix);
    let mut manifest = Manifest::default();
    manifest.set_root(root("/a", ""));
    manifest.set_root(root("/b", "b"));
    manifest.write(dir.path(), 7).expect("written");
    manifest.remove_root("/a");
    manifest.remove_root("/never");
    manifest.remove_root("/b");
    manifest.set_root(root("/b", "again"));
    let payload = manifest.write(dir.path(), 7).expect("written");
    let read = Manifest::open(dir.path(), Some(&payload)).expect("loads");
    assert_eq!(read.roots().collect::<Vec<_>>(), [&root("/b", "again")]);
    let log = fs::read_to_string(dir.path().join("manifest-1.jsonl")).expect("a log");
    assert_eq!(log.lines().nth(2), Some("{\"rootgone\":\"/a\"}"));
    let older = concat!(
        r#"{"root":{"path":"/a","prefix":""}}"#,
        "\n",
        r#"{"file":{"number":3,"path":"/a/x","base_id":"x","size":1,"modified":2,"hash":"0000000000000000000000000000000000000000000000000000000000000000","articles":1}}"#,
        "\n"
    );
    let read = Manifest::read_log(older).expect("reads");
    assert_eq!((read.roots().count(), read.file("/a/x").map(|file| file.number)), (1, Some(3)));
}

#[test]
fn a_short_log_is_damage() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut manifest = Manifest::default();
    manifest.set_file(&entry(0, "/a"));
    let payload = manifest.write(dir.path(), 7).expect("written");
    File::options().write(true).open(dir.path().join("manifest-1.jsonl")).expect("opens").set_len(10).expect("cut");
    assert!(matches!(Manifest::open(dir.path(), Some(&payload)), Err(Error::Damaged { .. })));
}

#[test]
fn entries_are_found_by_number_and_path_whatever_came_and_went() {
    let told = |n: u64| FileEntry {
        base_id: "b".into(),
        failures: if n.is_multiple_of(3) { vec!["broken".into(), "off".into()] } else { Vec::new() },
        failed: n.is_multiple_of(6),
        stamp: (n as u32).wrapping_mul(0x9E37_79B9),
        reason: [None, Some(Reason::Picture), Some(Reason::EmptyFile)][(n % 3) as usize],
        skipped: (n % 2) as u32,
        empty: (n % 4) as u32,
        broke: if n.is_multiple_of(7) { "0.0.1".into() } else { "".into() },
        snapshot: n.is_multiple_of(5).then_some(FeedSnapshot { feed: n, built: Some(-1), superseded: 2 }),
        stale: n.is_multiple_of(11),
        moved: n.is_multiple_of(13),
        packed: n.is_multiple_of(17),
        ..entry(n, "")
    };
    let mut manifest = Manifest::default();
    let mut expected: BTreeMap<u64, FileEntry<'static>> = BTreeMap::new();
    for n in 0..20_000 {
        // every path comes back under later numbers, and every third entry goes
        let new = FileEntry { path: format!("/news/2018/{:05}.txt", n * 7919 % 6_000).into(), ..told(n) };
        if let Some(old) = manifest.file(&new.path).map(|old| old.number) {
            expected.remove(&old);
        }
        manifest.set_file(&new);
        expected.insert(n, new.into_owned());
        if n % 3 == 2 {
            manifest.remove_file(n - 2);
            expected.remove(&(n - 2));
        }
    }
    assert!(manifest.bytes() < 2 << 20, "{} bytes of what is gone are given back", manifest.bytes());
    assert_eq!(
        manifest.files().map(FileEntry::into_owned).collect::<Vec<_>>(),
        expected.values().cloned().collect::<Vec<_>>()
    );
    for entry in expected.values() {
        assert_eq!(manifest.file(&entry.path).as_ref(), Some(entry));
        assert_eq!(manifest.file_by_number(entry.number).as_ref(), Some(entry));
    }
    assert_eq!(manifest.file("/news/2018/99999.txt"), None);
}

#[test]
fn what_earlier_versions_wrote_is_read_and_nothing_is_made_up() {
    let hash = blake3::hash(b"a").to_hex();
    let old = format!(
        r#"{{"file":{{"number":3,"path":"/a","base_id":"a","size":1,"modified":2,"hash":"{hash}","articles":1}}}}"#
    );
    let mut manifest = Manifest::read_log(&old).expect("a log");
    let entry = manifest.file("/a").map(FileEntry::into_owned).expect("an entry");
    assert_eq!((entry.stamp, entry.reason, entry.empty), (0, None, 0));
    manifest.set_file(&entry);
    let (_, lines) = manifest.take_log().expect("written").expect("a change");
    assert_eq!(lines, [old], "what is not known is not written");
    manifest.set_file(&FileEntry { stamp: 7, reason: Some(Reason::EmptyFile), skipped: 2, empty: 1, ..entry });
    let (_, lines) = manifest.take_log().expect("written").expect("a change");
    for part in [r#""stamp":7"#, r#""reason":"empty-file""#, r#""skipped":2,"empty":1"#] {
        assert!(lines[0].contains(part), "{lines:?}");
    }
    let again = Manifest::read_log(&lines[0]).expect("a log");
    assert_eq!(again.file("/a").map(FileEntry::into_owned), manifest.file("/a").map(FileEntry::into_owned));
}
