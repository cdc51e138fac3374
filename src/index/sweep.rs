//! What a run that was killed left in the index folder: files that no commit names. tantivy makes each of its files anew
//! and names deletions after the commit, so the same run would meet what it left and could never end.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use super::commit::{Commit, is_segment_file};
use super::snapshot::lock_to_read;
use crate::error::{Error, Result};

/// Removes what has the name of a segment's file, or of a file on its way, and is none of this commit's. Everything else in
/// the folder stays. Who calls has the writer's lock.
///
/// # Errors
/// Where the folder cannot be read, and where such a file cannot be removed.
pub(super) fn sweep(dir: &Path, commit: &Commit) -> Result<()> {
    let named: HashSet<String> = commit.files().collect();
    // who opens an older commit just now has this lock
    let _lock = lock_to_read(dir).map_err(|e| Error::lock(dir, e))?;
    for entry in fs::read_dir(dir).map_err(|e| Error::read(dir, e))? {
        let entry = entry.map_err(|e| Error::read(dir, e))?;
        let name = entry.file_name();
        let ours = name.to_str().filter(|name| is_segment_file(name) || is_on_its_way(name));
        if ours.is_none_or(|name| named.contains(name)) || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        match fs::remove_file(entry.path()) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(Error::write(&entry.path(), e)),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a file was to be renamed into its place: `.tmp` and six letters or digits.
fn is_on_its_way(name: &str) -> bool {
    name.strip_prefix(".tmp").is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_killed_run_left_is_removed() {
        let dir = tempfile::tempdir().expect("a folder");
        let id = "eb34fbea180a40a5a9d872afa75b4196";
        let meta = format!(
            r#"{{"schema":[],"opstamp":9,"payload":null,"segments":[{{"segment_id":"{id}","max_doc":3,"deletes":null}}]}}"#
        );
        let commit = Commit::of_text(meta.as_bytes()).expect("a commit");
        let other = id.replace('e', "f");
        let rows = [
            (format!("{id}.store"), true),
            (format!("{id}.7.del"), false),
            (format!("{other}.store"), false),
            (format!("{other}.store.temp"), false),
            (".tmpA1b2C3".to_owned(), false),
            (".tmp".to_owned(), true),
            (".tmpA1b2C3.txt".to_owned(), true),
            (".gitignore".to_owned(), true),
            ("dateline.json".to_owned(), true),
            ("manifest-3.jsonl".to_owned(), true),
            ("alerts.json".to_owned(), true),
            (format!("{other}.store.bak"), true),
        ];
        rows.iter().for_each(|(name, _)| fs::write(dir.path().join(name), "x").expect("written"));
        fs::create_dir(dir.path().join(format!("{other}.fast"))).expect("a folder");
        sweep(dir.path(), &commit).expect("swept");
        for (name, stays) in rows {
            assert_eq!(dir.path().join(&name).exists(), stays, "{name}");
        }
        assert!(dir.path().join(format!("{other}.fast")).is_dir());
    }
}
