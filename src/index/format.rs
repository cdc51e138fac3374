//! The index folder: what marks it as ours, and which version wrote it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::LockError;
use tantivy::{Index, IndexSettings};

use super::forms::{Burden, FormsPlugin};
use super::holder::Holder;
use super::reading::ReadingDirectory;
use super::{Fields, Manifest};
use crate::analysis::{ANALYZER_VERSION, Analyzer, Language};
use crate::error::{Error, Result};

/// Version of the index format: schema, stored record and manifest.
pub const FORMAT: &str = "3";

pub(super) const MARK: &str = "dateline.json";

#[derive(Serialize, Deserialize)]
struct Mark {
    format: String,
    analyzer: String,
    #[serde(default)]
    language: String,
}

impl Mark {
    fn of(language: Language) -> Self {
        Self { format: FORMAT.into(), analyzer: ANALYZER_VERSION.into(), language: language.name().into() }
    }

    fn tag(&self) -> String {
        format!("{}.{}", self.format, self.analyzer)
    }
}

/// Opens the index in `dir`, or makes an empty one where the folder is missing or empty: in `language`, or in English
/// where none is named. Returns the index's language with it. Who sets the `burden` has segments written earlier.
///
/// # Errors
/// Where the folder cannot be written, holds something else, or holds an index of another version or language.
pub(super) fn create(dir: &Path, language: Option<Language>, burden: &Burden) -> Result<(Index, Language)> {
    fs::create_dir_all(dir).map_err(|e| Error::write(dir, e))?;
    if dir.join(MARK).exists() {
        let (index, has) = open_with(dir, burden)?;
        if let Some(wanted) = language.filter(|&wanted| wanted != has) {
            let what = format!("{}: the language of this index is {has}, not {wanted}", dir.display());
            let way_out = "update it without --language, or build another with --index DIR";
            return Err(Error::request(what, way_out));
        }
        return Ok((index, has));
    }
    let language = language.unwrap_or_default();
    if let Some(name) = foreign_file(dir)? {
        let what = format!("this folder holds other files ({name}) and no index");
        return Err(Error::input(dir.display().to_string(), what, "choose an empty folder with --index"));
    }
    let (schema, _) = Fields::schema();
    let directory = MmapDirectory::open(dir).map_err(|e| Error::write(dir, std::io::Error::other(e)))?;
    let forms = Arc::new(FormsPlugin { burden: burden.clone() });
    let builder = Index::builder().schema(schema).settings(settings()).register_plugin(forms);
    let index = builder.open_or_create(directory).map_err(|e| unwritable(dir, &e))?;
    // the mark comes last: a folder without it was never an index
    let mark = serde_json::to_vec(&Mark::of(language)).unwrap_or_default();
    write_whole(&dir.join(MARK), &mark)?;
    Fields::register(&index, Analyzer::new(language));
    Ok((index, language))
}

/// A hit reads one article, so blocks hold hardly more than one: a larger one is unpacked for nothing. Blocks this small
/// are not worth handing to a thread of their own.
fn settings() -> IndexSettings {
    IndexSettings { docstore_blocksize: 4096, docstore_compress_dedicated_thread: false, ..IndexSettings::default() }
}

/// Whether an index of this format has these settings; where blocks are packed was settled otherwise once.
pub(super) fn is_ours(found: &IndexSettings) -> bool {
    let packed_elsewhere = IndexSettings { docstore_compress_dedicated_thread: true, ..settings() };
    [settings(), packed_elsewhere].contains(found)
}

/// Whether the mark of the index in `dir` is byte for byte what it was written as.
pub(super) fn is_marked(dir: &Path, language: Language) -> bool {
    fs::read(dir.join(MARK)).ok() == serde_json::to_vec(&Mark::of(language)).ok()
}

/// Opens the index in `dir`; returns its language with it.
///
/// # Errors
/// Where there is none, where it is of another version, and where it is damaged.
pub fn open(dir: &Path) -> Result<(Index, Language)> {
    open_with(dir, &Burden::default())
}

fn open_with(dir: &Path, burden: &Burden) -> Result<(Index, Language)> {
    let mark = match fs::read(dir.join(MARK)) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(Error::NoIndex { path: dir.to_path_buf() }),
        Err(e) if e.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(Error::NoIndex { path: dir.to_path_buf() });
        }
        Err(e) => return Err(Error::read(dir, e)),
    };
    let mark: Mark = serde_json::from_slice(&mark).map_err(|e| damaged(dir, &format!("{MARK}: {e}")))?;
    let ours = Mark::of(Language::default());
    if mark.tag() != ours.tag() {
        return Err(Error::IndexVersion { path: dir.to_path_buf(), found: mark.tag(), wanted: ours.tag() });
    }
    let language: Language = mark.language.parse().map_err(|e: String| damaged(dir, &format!("{MARK}: {e}")))?;
    let folder = ReadingDirectory::open(dir).map_err(|e| damaged(dir, &e))?;
    let mut index = Index::open(folder).map_err(|e| damaged(dir, &e))?;
    let (schema, _) = Fields::schema();
    if index.schema() != schema {
        return Err(damaged(dir, &"its schema is not the one its version has"));
    }
    index.register_plugin(Arc::new(FormsPlugin { burden: burden.clone() }));
    Fields::register(&index, Analyzer::new(language));
    Ok((index, language))
}

/// The manifest as of the last commit of the index in `dir`.
///
/// # Errors
/// Where index or manifest cannot be read.
pub fn read_manifest(dir: &Path) -> Result<Manifest> {
    let (index, _) = open(dir)?;
    let payload = || index.load_metas().map(|metas| metas.payload).map_err(|e| damaged(dir, &e));
    let mut before = payload()?;
    loop {
        let read = Manifest::load(dir, before.as_deref());
        let now = payload()?;
        // the list that a commit named may be gone after the next commit
        if read.is_ok() || now == before {
            return read;
        }
        before = now;
    }
}

pub(super) fn manifest_of(dir: &Path, index: &Index) -> Result<Manifest> {
    let metas = index.load_metas().map_err(|e| damaged(dir, &e))?;
    Manifest::load(dir, metas.payload.as_deref())
}

/// Writes a small file so that it is there whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let mut file = readable().tempfile_in(dir).map_err(|e| Error::write(dir, e))?;
    std::io::Write::write_all(&mut file, bytes).map_err(|e| Error::write(path, e))?;
    file.as_file().sync_all().map_err(|e| Error::write(path, e))?;
    file.persist(path).map_err(|e| Error::write(path, e.error))?;
    Ok(())
}

/// A temporary file that will be as readable as any other new file: an archive is there for others too.
fn readable() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Gives tantivy's own files, which it makes for its user only, the permissions of ours.
pub(super) fn share(dir: &Path) {
    let Ok(ours) = fs::metadata(dir.join(MARK)) else { return };
    for name in ["meta.json", ".managed.json"] {
        // where the file system has no permissions there is nothing to give
        let _ = fs::set_permissions(dir.join(name), ours.permissions());
    }
}

/// The first file of the folder that is neither a dotfile nor a left-over of an index that was killed while it was made.
fn foreign_file(dir: &Path) -> Result<Option<String>> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| Error::read(dir, e))? {
        let entry = entry.map_err(|e| Error::read(dir, e))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let unmarked =
        names.iter().any(|n| n == "meta.json") && names.iter().all(|n| n == "meta.json" || n.starts_with('.'));
    if unmarked {
        fs::remove_file(dir.join("meta.json")).map_err(|e| Error::write(dir, e))?;
        return Ok(None);
    }
    Ok(names.into_iter().find(|n| !n.starts_with('.')))
}

pub(crate) fn damaged(dir: &Path, what: &dyn std::fmt::Display) -> Error {
    Error::Damaged { path: dir.to_path_buf(), what: what.to_string() }
}

/// A failed write, with what the system said.
pub(crate) fn unwritable(dir: &Path, error: &tantivy::TantivyError) -> Error {
    use tantivy::TantivyError as E;
    match error {
        E::LockFailure(LockError::IoError(io), _) => Error::write(dir, std::io::Error::new(io.kind(), io.to_string())),
        E::LockFailure(..) => Error::Locked { path: dir.to_path_buf(), holder: Holder::told(dir) },
        E::IoError(io) => Error::write(dir, std::io::Error::new(io.kind(), io.to_string())),
        other => Error::write(dir, std::io::Error::other(other.to_string())),
    }
}
