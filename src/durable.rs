//! Files that are written whole or not at all: a reader, a kill and a full disk see the old bytes or the new ones. And small
//! files that are read whole.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// How gzip begins (RFC 1952, 2.3.1).
const GZIP: &[u8] = &[0x1f, 0x8b];

/// Bytes that are read of a device at most: most have no end.
const MOST_OF_DEVICE: u64 = 64_000_000;

/// Opens a file that a user names beside the articles: a table, topics, judgments, a run; what is packed with gzip is
/// unpacked. A pipe and a terminal are read to their end; a device that goes on for ever is an error to who reads it.
///
/// # Errors
/// Where it cannot be opened.
pub fn open(path: &Path) -> Result<Box<dyn Read + Send>> {
    let open = || {
        let file = File::open(path)?;
        let is_device = is_device(&file.metadata()?);
        if is_device { unpacked(Device { file, left: MOST_OF_DEVICE }) } else { unpacked(file) }
    };
    open().map_err(|e| Error::read(path, e))
}

/// Unpacks what begins as gzip does, by its bytes and not by a name.
///
/// # Errors
/// Where its beginning cannot be read.
pub fn unpacked(input: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let is_packed = input.fill_buf()?.starts_with(GZIP);
    Ok(if is_packed { Box::new(MultiGzDecoder::new(input)) } else { Box::new(input) })
}

/// Reads the whole of such a file.
///
/// # Errors
/// Where it cannot be read, and where it is a device that goes on for ever.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes).map_err(|error| unread(path, error))?;
    Ok(bytes)
}

/// Why what [`open`] opened cannot be read.
pub fn unread(path: &Path, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::FileTooLarge => Error::input(path.display().to_string(), NO_END, "name a file"),
        _ => Error::read(path, error),
    }
}

/// Reads the whole of such a file as text.
///
/// # Errors
/// The same, and where it is not in UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let no_text = |_| Error::input(path.display().to_string(), "not in UTF-8", "save it as UTF-8");
    String::from_utf8(read(path)?).map_err(no_text)
}

/// Reads the text of a TOML file.
///
/// # Errors
/// Where it is not such a document, with its line; `way_out` says what the file may hold.
pub fn parse_toml<T: DeserializeOwned>(file: &Path, text: &str, way_out: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let what = error.message().lines().next().unwrap_or("not TOML");
        let line = line_of(text, error.span().map_or(0, |span| span.start));
        Error::input(at_line(file, line), what, way_out)
    })
}

/// The line, 1-based, on which a byte of a text stands, 0-based.
pub fn line_of(text: &str, byte: usize) -> u32 {
    1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..byte.min(text.len())]).count() as u32
}

/// A line of a file, 1-based, as errors name it.
pub fn at_line(file: &Path, line: u32) -> String {
    format!("{}: line {line}", file.display())
}

/// What is said of a device that goes on for ever.
const NO_END: &str = "a device without an end";

struct Device {
    file: File,
    left: u64,
}

impl Read for Device {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, NO_END));
        }
        let read = (&self.file).take(self.left).read(buffer)?;
        self.left -= read as u64;
        Ok(read)
    }
}

#[cfg(unix)]
fn is_device(kind: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.file_type().is_char_device() || kind.file_type().is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: &Metadata) -> bool {
    false
}

/// Writes a file so that its bytes and its name are on the disk afterwards, in the place of what stood there. A link is
/// followed; what is no file (`/dev/stdout`, a pipe) is written as it is.
///
/// # Errors
/// Where it cannot be written; what stood there stays.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = match path.metadata() {
        Ok(old) if !old.is_file() => fs::write(path, bytes),
        Ok(old) => path.canonicalize().and_then(|target| replace(&target, bytes, Some(&old))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => replace(path, bytes, None),
        Err(e) => Err(e),
    };
    written.map_err(|e| Error::write(path, e))
}

/// Writes a file beside its place, then renames it, and makes both durable.
fn replace(path: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    rename_into(path, bytes, old, true)?;
    sync_folder(&folder_of(path))
}

/// The same, but that a power cut may bring the old file back.
pub(crate) fn write_soon(path: &Path, bytes: &[u8]) -> io::Result<()> {
    rename_into(path, bytes, None, true)
}

/// The same for what nobody misses after a power cut.
pub(crate) fn write_note(path: &Path, bytes: &[u8]) -> io::Result<()> {
    rename_into(path, bytes, None, false)
}

fn rename_into(path: &Path, bytes: &[u8], old: Option<&Metadata>, synced: bool) -> io::Result<()> {
    // the permissions of any other new file: an archive is there for others too
    let create = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
    let file = tempfile::Builder::new().make_in(folder_of(path), create)?;
    file.as_file().write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    if synced {
        file.as_file().sync_all()?;
    }
    file.persist(path).map(drop).map_err(|e| e.error)
}

/// Makes what was created, renamed and removed in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // elsewhere a folder cannot be opened, and need not be
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Makes a folder and those above it that are missing, durably.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    match folder.metadata() {
        Ok(kind) if kind.is_dir() => return Ok(()),
        Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists()).collect();
    fs::create_dir_all(folder)?;
    missing.into_iter().rev().try_for_each(|made| sync_folder(&folder_of(made)))
}

/// The folder that a file is in: the current one where none is named.
pub fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_device_is_read_to_its_end_where_it_has_one() {
        assert_eq!(read(Path::new("/dev/null")).expect("read"), b"");
        let error = read(Path::new("/dev/zero")).expect_err("it goes on for ever");
        assert_eq!(error.to_string(), "/dev/zero: a device without an end; name a file");
        let error = read_text(Path::new("/dev/zero")).expect_err("it goes on for ever");
        assert_eq!(error.to_string(), "/dev/zero: a device without an end; name a file");
    }

    #[test]
    fn a_file_is_written_whole_and_nothing_is_left_beside_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("floors.json");
        for text in ["the first text, which is long", "the second"] {
            write(&path, text.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("read"), text);
        }
        assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
        let error = write(&dir.path().join("nowhere/floors.json"), b"x").expect_err("no folder").to_string();
        assert!(error.contains("floors.json: cannot write: "), "{error}");
        assert!(!error.contains("at path"), "the temporary file is nobody's business: {error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_permissions_stay_and_what_is_no_file_is_written_as_it_is() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().expect("a folder");
        let (path, link) = (dir.path().join("floors.json"), dir.path().join("link.json"));
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("set");
        symlink(&path, &link).expect("linked");
        write(&link, b"new").expect("written");
        assert!(link.symlink_metadata().expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("read"), "new");
        assert_eq!(path.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
        write(Path::new("/dev/null"), b"new").expect("written");
    }

    #[test]
    fn folders_are_made_down_to_the_last() {
        let dir = tempfile::tempdir().expect("a folder");
        let deep = dir.path().join("a/b/c");
        create_folder(&deep).expect("made");
        create_folder(&deep).expect("there");
        assert!(deep.is_dir());
    }
}
