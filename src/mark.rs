//! Whether a folder holds an index: what is called as its mark may be somebody's own file.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

/// The file that marks a folder as an index.
pub const INDEX_MARK: &str = "dateline.json";

/// Bytes of a file that may be a mark or a list of files: a larger one is read no further.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Bytes of a mark, at most.
const LONGEST_MARK: u64 = 4096;

/// What every mark says, of whatever version.
#[derive(Deserialize)]
struct AnyMark {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "analyzer")]
    _analyzer: String,
}

/// What every commit says.
#[derive(Deserialize)]
struct AnyCommit {
    #[serde(rename = "segments")]
    _segments: Vec<IgnoredAny>,
    #[serde(rename = "opstamp")]
    _opstamp: u64,
}

/// Whether a folder holds an index: a file of the mark's name is there, and says what marks say, or is damaged and has beside
/// it what an index has.
///
/// # Errors
/// Where the folder, or a file that would tell, cannot be read.
pub fn is_index(folder: &Path) -> io::Result<bool> {
    let Some(mark) = read(&folder.join(INDEX_MARK), LONGEST_MARK)? else { return Ok(false) };
    if serde_json::from_slice::<AnyMark>(&mark).is_ok() {
        return Ok(true);
    }
    let commit = read(&folder.join("meta.json"), LONGEST)?;
    if commit.is_some_and(|bytes| serde_json::from_slice::<AnyCommit>(&bytes).is_ok()) {
        return Ok(true);
    }
    let managed = read(&folder.join(".managed.json"), LONGEST)?;
    let names = managed.and_then(|bytes| serde_json::from_slice::<Vec<String>>(&bytes).ok());
    Ok(names.is_some_and(|names| names.iter().any(|name| name == "meta.json")))
}

/// The bytes of a file, as far as they may tell; none where it is no file or is not there.
fn read(path: &Path, longest: u64) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
        Ok(kind) if !kind.is_file() => return Ok(None),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(longest).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_an_index_says_or_has_beside_it_marks_one() {
        let mark = r#"{"format":"4","analyzer":"5","language":"english"}"#;
        let (meta, managed) = (r#"{"segments":[],"schema":[],"opstamp":0}"#, r#"["meta.json"]"#);
        type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], bool);
        let rows: [Row<'_>; 12] = [
            ("a mark", &[(INDEX_MARK, mark)], true),
            ("of another version", &[(INDEX_MARK, r#"{"format":"9999","analyzer":"0"}"#)], true),
            ("none", &[("meta.json", meta), (".managed.json", managed)], false),
            ("an empty file", &[(INDEX_MARK, "")], false),
            ("an article", &[(INDEX_MARK, r#"{"headline":"A lamp","body":"It burns."}"#)], false),
            ("a list", &[(INDEX_MARK, "[1, 2]")], false),
            ("an article with other files", &[(INDEX_MARK, "{}"), ("meta.json", r#"{"title":"mine"}"#)], false),
            ("a broken mark", &[(INDEX_MARK, "?"), ("meta.json", meta)], true),
            ("an empty mark", &[(INDEX_MARK, ""), ("meta.json", meta)], true),
            ("all broken but the list", &[(INDEX_MARK, "?"), ("meta.json", "?"), (".managed.json", managed)], true),
            ("another list", &[(INDEX_MARK, "?"), (".managed.json", r#"["mine"]"#)], false),
            ("half a mark", &[(INDEX_MARK, &mark[..20])], false),
        ];
        for (what, files, wanted) in rows {
            let dir = tempfile::tempdir().expect("a folder");
            files.iter().for_each(|(name, text)| fs::write(dir.path().join(name), text).expect("written"));
            assert_eq!(is_index(dir.path()).expect("looked at"), wanted, "{what}");
        }
    }
}
