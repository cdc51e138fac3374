use super::*;

fn entry(number: u64, path: &str) -> FileEntry {
    FileEntry {
        number,
        path: path.into(),
        base_id: path.trim_start_matches('/').into(),
        size: 1,
        modified: 2,
        hash: "00".into(),
        articles: 1,
        failures: Vec::new(),
        failed: false,
        skipped: 0,
        fields: String::new(),
        overrides: String::new(),
        max_record: 0,
        broke: String::new(),
    }
}

#[test]
fn what_a_killed_run_appended_does_not_count() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut manifest = Manifest::default();
    let number = manifest.take_number();
    manifest.set_file(entry(number, "/a"));
    let payload = manifest.write(dir.path(), 7).expect("written");
    manifest.set_file(entry(1, "/b"));
    manifest.write(dir.path(), 7).expect("written, never committed");

    let mut again = Manifest::load(dir.path(), Some(&payload)).expect("loads");
    assert_eq!(again.files().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["/a"]);
    again.set_file(entry(1, "/c"));
    let payload = again.write(dir.path(), 7).expect("written");
    let last = Manifest::load(dir.path(), Some(&payload)).expect("loads");
    assert_eq!(last.files().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["/a", "/c"]);
}

#[test]
fn a_log_of_dead_lines_is_written_anew() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut manifest = Manifest::default();
    manifest.set_file(entry(0, "/a"));
    manifest.write(dir.path(), 7).expect("written");
    for size in 0..1100 {
        manifest.set_file(FileEntry { size, ..entry(0, "/a") });
    }
    let payload = manifest.write(dir.path(), 7).expect("written");
    manifest.sweep(dir.path());
    assert!(payload.contains("manifest-2.jsonl"), "{payload}");
    let again = Manifest::load(dir.path(), Some(&payload)).expect("loads");
    assert_eq!(again.file("/a").map(|f| f.size), Some(1099));
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
}

#[test]
fn a_short_log_is_damage() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut manifest = Manifest::default();
    manifest.set_file(entry(0, "/a"));
    let payload = manifest.write(dir.path(), 7).expect("written");
    File::options().write(true).open(dir.path().join("manifest-1.jsonl")).expect("opens").set_len(10).expect("cut");
    assert!(matches!(Manifest::load(dir.path(), Some(&payload)), Err(Error::Damaged { .. })));
}
