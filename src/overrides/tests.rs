use super::*;

/// The hash of what is stated of a path.
fn key(sources: &Sources<'_>, path: &str) -> String {
    let overrides = Overrides::read(sources).expect("readable");
    overrides.key(&overrides.of(path, &mut Met::default()))
}

#[test]
fn a_file_has_another_hash_where_something_else_is_stated_of_it() {
    let nothing = Sources::default();
    assert_eq!(key(&nothing, "a.txt"), "");
    let flag = Sources { outlet: Some("Kell Post"), ..nothing.clone() };
    let other = Sources { outlet: Some("Kell Times"), ..nothing.clone() };
    let pattern = Sources { pattern: Some("{outlet}/*"), ..nothing.clone() };
    assert_eq!(key(&flag, "a.txt"), key(&flag, "b/c.txt"));
    assert_eq!(key(&pattern, "a.txt"), "", "a path that does not fit states nothing");
    let keys = [key(&flag, "Kell Post/a"), key(&other, "Kell Post/a"), key(&pattern, "Kell Post/a")];
    assert!(keys[0] != keys[1] && keys[0] != keys[2] && keys[1] != keys[2], "{keys:?}: origin and value count");
    assert_eq!(keys[0].len(), 16);
}

#[test]
fn of_many_lines_without_files_the_first_are_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("fields.csv");
    let lines: String = (0..9).map(|n| format!("{n}.txt,Kell\n")).collect();
    std::fs::write(&file, format!("path,outlet\n{lines}")).expect("written");
    let overrides = Overrides::read(&Sources { fields: Some(&file), ..Sources::default() }).expect("readable");
    let mut met = Met::default();
    overrides.of("8.txt", &mut met);
    let told = overrides.unmet(&met);
    assert_eq!(told.len(), TOLD + 1);
    assert!(told[0].contains("fields.csv: line 2: no file is 0.txt; paths count from"), "{told:?}");
    assert_eq!(told[TOLD], "3 more lines of the same file mean no file");
}
