//! Files that a file names, as far as they lie in its folder or below it: no other is ever opened.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// What a file calls another (`file://./alto/p1.xml`, `alto/p%201.xml`) as a path from its folder; none where that leads out of it.
pub(super) fn below(href: &str) -> Option<PathBuf> {
    let local = href.trim();
    let local = local.strip_prefix("file://").or_else(|| local.strip_prefix("file:")).unwrap_or(local);
    let local = percent_decoded(&local.replace('\\', "/"))?;
    let parts: Option<Vec<String>> = Path::new(&local)
        .components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()).filter(|name| !name.contains(':')),
            _ => None,
        })
        .collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.iter().collect())
}

fn percent_decoded(text: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [first, behind @ ..] = rest {
        let code = behind.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// The file that another names, read; says why not where it cannot be, or is longer than `longest` bytes.
pub(super) fn read(holder: &Path, below: &Path, longest: u64) -> Result<Vec<u8>, String> {
    let folder = folder(holder);
    let real = |path: &Path| path.canonicalize().map_err(|error| error.to_string());
    let path = real(&folder.join(below))?;
    if !path.starts_with(real(folder)?) {
        return Err("a link leads out of the folder".to_owned());
    }
    let facts = path.metadata().map_err(|error| error.to_string())?;
    if !facts.is_file() {
        return Err("not a file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = File::open(&path).map_err(|error| error.to_string())?;
    file.take(longest.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > longest { Err("it is longer than a record may be".to_owned()) } else { Ok(bytes) }
}

/// The folder of a file.
pub(super) fn folder(of: &Path) -> &Path {
    of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_below_the_folder_is_opened() {
        for (href, path) in [
            ("file://./alto/p1.xml", Some("alto/p1.xml")),
            ("./alto/p1.xml", Some("alto/p1.xml")),
            ("file:alto\\p%201.xml", Some("alto/p 1.xml")),
            ("p1.xml", Some("p1.xml")),
            ("../p1.xml", None),
            ("alto/../../p1.xml", None),
            ("alto/%2e%2e/p1.xml", None),
            ("/etc/p1.xml", None),
            ("file:///etc/p1.xml", None),
            ("https://a.example/p1.xml", None),
            ("C:\\p1.xml", None),
            ("", None),
        ] {
            assert_eq!(below(href).as_deref(), path.map(Path::new), "{href}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let all = tempfile::tempdir().expect("a folder");
        let issue = all.path().join("issue");
        std::fs::create_dir(&issue).expect("made");
        std::fs::write(all.path().join("secret.xml"), "s").expect("written");
        std::fs::write(issue.join("p1.xml"), "page").expect("written");
        std::os::unix::fs::symlink("../secret.xml", issue.join("link.xml")).expect("linked");
        let read = |name: &str, longest| read(&issue.join("mets.xml"), Path::new(name), longest);
        assert_eq!(read("p1.xml", 4).as_deref(), Ok(&b"page"[..]));
        assert_eq!(read("p1.xml", 3), Err("it is longer than a record may be".to_owned()));
        assert_eq!(read("link.xml", 9), Err("a link leads out of the folder".to_owned()));
        assert!(read("gone.xml", 9).is_err() && read(".", 9) == Err("not a file".to_owned()));
    }
}
