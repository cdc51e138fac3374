//! The index folder: what marks it as ours, and which version wrote it.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::{Index, IndexSettings};

use super::commit::{Commit, META};
use super::failure::{self, NOT_AS_WRITTEN, damaged};
use super::folder::{Folder, Trouble};
use super::forms::FormsPlugin;
use super::holder::Holder;
use super::managed::{self, MANAGED};
use super::snapshot::Snapshot;
use super::sweep::sweep;
use super::unsound::look_again;
use super::written::WrittenFiles;
use super::{Fields, Manifest, WriterOptions};
use crate::analysis::{self, Analyzer, Language};
use crate::durable;
use crate::error::{Error, Result};
use crate::mark::{INDEX_MARK, is_index};

/// Version of the index format: schema, stored record and manifest.
pub const FORMAT: &str = "7";

pub(super) const MARK: &str = INDEX_MARK;

#[derive(Serialize, Deserialize)]
struct Mark {
    format: String,
    analyzer: String,
    #[serde(default)]
    language: String,
    /// CRC-32 of what stands before it, as it is spelled without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    checksum: Option<u32>,
}

impl Mark {
    fn of(language: Language) -> Self {
        let (analyzer, language) = (analysis::version(language).into(), language.name().into());
        let mark = Self { format: FORMAT.into(), analyzer, language, checksum: None };
        Self { checksum: Some(mark.sum()), ..mark }
    }

    fn sum(&self) -> u32 {
        let (format, analyzer, language) = (self.format.clone(), self.analyzer.clone(), self.language.clone());
        let bytes = serde_json::to_vec(&Self { format, analyzer, language, checksum: None });
        crc32fast::hash(&bytes.unwrap_or_default())
    }

    /// Whether it is as it was written; before format 5 it had no checksum.
    fn is_whole(&self) -> bool {
        self.checksum.map_or(self.format != FORMAT, |checksum| checksum == self.sum())
    }

    fn tag(&self) -> String {
        format!("{}.{}", self.format, self.analyzer)
    }
}

/// An index opened for writing.
pub(super) struct Writable {
    pub index: Index,
    /// The language of its articles.
    pub language: Language,
    /// Its lock; what is written afterwards does not count.
    pub holder: Arc<Holder>,
    /// What the disk refuses.
    pub trouble: Trouble,
    /// The checksums of its files.
    pub written: WrittenFiles,
    pub manifest: Manifest,
    /// What an earlier run found damaged, and still is.
    pub fault: Option<Error>,
}

/// Opens the index in `dir` for writing, or makes an empty one where the folder is missing or empty and that is wanted: in
/// the options' language. What a killed run left there is removed. The plugin writes the dictionaries of `forms`.
///
/// # Errors
/// Where the folder cannot be written, holds something else, or holds an index of another version or language; and where
/// another process is writing.
pub(super) fn open_to_write(dir: &Path, options: WriterOptions, forms: &FormsPlugin) -> Result<Writable> {
    if !options.may_make {
        read_mark(dir)?;
    }
    durable::create_folder(dir).map_err(|e| Error::write(dir, e))?;
    if !has_mark(dir)? {
        refuse_foreign(dir)?;
    }
    let holder = Arc::new(Holder::take(dir)?);
    // somebody may have made one before the lock was ours
    let is_new = !has_mark(dir)?;
    let folder = Folder::open(dir, &holder)?;
    let (trouble, written) = (folder.trouble(), folder.written());
    let (index, language) = match is_new {
        true => make(dir, folder, options.language.unwrap_or(options.new_language), forms)?,
        false => {
            managed::mend(dir)?;
            open_known(dir, folder, options.language, forms)?
        }
    };
    let meta = fs::read(dir.join(META)).map_err(|e| Error::read(&dir.join(META), e))?;
    let commit = Commit::of_index(dir, &meta)?;
    sweep(dir, &commit)?;
    // deletions are written anew, and with them what was wrong in them
    Snapshot::take(dir, &mut |_| {})?.verify(&[".del"])?;
    let fault = look_again(dir, &commit)?;
    holder.note()?;
    let manifest = Manifest::open(dir, commit.payload.as_deref())?;
    Ok(Writable { index, language, holder, trouble, written, manifest, fault })
}

/// Makes an index in an empty folder.
fn make(dir: &Path, folder: Folder, language: Language, forms: &FormsPlugin) -> Result<(Index, Language)> {
    refuse_foreign(dir)?;
    analysis::prove(language)?;
    let trouble = folder.trouble();
    let plugin = Arc::new(forms.clone());
    let builder = Index::builder().schema(Fields::schema().0).settings(settings()).register_plugin(plugin);
    let index = builder.open_or_create(folder).map_err(|e| failure::unwritable(dir, &e, trouble.first()))?;
    // the mark comes last: a folder without it was never an index
    durable::write(&dir.join(MARK), &serde_json::to_vec(&Mark::of(language)).unwrap_or_default())?;
    Fields::register(&index, Analyzer::new(language), &forms.handover);
    Ok((index, language))
}

fn open_known(
    dir: &Path,
    folder: Folder,
    language: Option<Language>,
    forms: &FormsPlugin,
) -> Result<(Index, Language)> {
    let has = read_mark(dir)?;
    if let Some(wanted) = language.filter(|&wanted| wanted != has) {
        let what = format!("{}: the language of this index is {has}, not {wanted}", dir.display());
        let way_out = "update it without --language, or build another with --index DIR";
        return Err(Error::request(what, way_out));
    }
    analysis::prove(has)?;
    Ok((registered(opened(dir, Index::open(folder))?, forms, has), has))
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
pub(super) fn is_marked(dir: &Path, language: Language) -> Result<bool> {
    let mark = fs::read(dir.join(MARK)).map_err(|e| Error::read(&dir.join(MARK), e))?;
    Ok(serde_json::to_vec(&Mark::of(language)).is_ok_and(|ours| ours == mark))
}

/// An index opened for reading, at its last commit.
pub(crate) struct Opened {
    pub index: Index,
    pub language: Language,
    pub snapshot: Snapshot,
}

/// Opens the index in `dir`.
///
/// # Errors
/// Where there is none, where it is of another version, where the disk refuses it, and where it is damaged.
pub(crate) fn open(dir: &Path) -> Result<Opened> {
    let opened = open_each(dir, &mut |_| {})?;
    opened.snapshot.verify_to_read()?;
    Ok(opened)
}

/// The same; `each` is handed the name of every file of the commit while none of them is cleared away.
pub(super) fn open_each(dir: &Path, each: &mut dyn FnMut(&str)) -> Result<Opened> {
    let language = read_mark(dir)?;
    let snapshot = Snapshot::take(dir, each)?;
    let index = registered(opened(dir, Index::open(snapshot.clone()))?, &FormsPlugin::default(), language);
    Ok(Opened { index, language, snapshot })
}

fn opened(dir: &Path, index: tantivy::Result<Index>) -> Result<Index> {
    let index = failure::read(dir, index)?;
    let (schema, _) = Fields::schema();
    if index.schema() == schema { Ok(index) } else { Err(damaged(dir, &"its schema is not the one its version has")) }
}

/// Makes an index know our dictionary and our tokenizers.
fn registered(mut index: Index, forms: &FormsPlugin, language: Language) -> Index {
    index.register_plugin(Arc::new(forms.clone()));
    Fields::register(&index, Analyzer::new(language), &forms.handover);
    index
}

/// Whether `dir` is marked as an index, be the mark damaged; a file of that name alone is somebody's own.
fn has_mark(dir: &Path) -> Result<bool> {
    is_index(dir).map_err(|e| Error::read(&dir.join(MARK), e))
}

/// The language of the index in `dir`.
fn read_mark(dir: &Path) -> Result<Language> {
    let mark = fs::read(dir.join(MARK)).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => unmarked(dir),
        _ => Error::read(&dir.join(MARK), e),
    })?;
    let mark: Mark = match serde_json::from_slice(&mark) {
        Ok(mark) => mark,
        Err(_) if !has_mark(dir)? => return Err(Error::NoIndex { path: dir.to_path_buf() }),
        Err(_) => return Err(damaged(dir, &format!("{MARK}: {NOT_AS_WRITTEN}"))),
    };
    if !mark.is_whole() {
        return Err(damaged(dir, &format!("{MARK}: {NOT_AS_WRITTEN}")));
    }
    let language: std::result::Result<Language, String> = mark.language.parse();
    let ours = Mark::of(language.clone().unwrap_or_default());
    if mark.tag() != ours.tag() {
        return Err(Error::index_version(dir, mark.tag(), ours.tag()));
    }
    language.map_err(|e| damaged(dir, &format!("{MARK}: {e}")))
}

/// What is said of a folder without a mark: an index that lost it still has its commit.
fn unmarked(dir: &Path) -> Error {
    match committed(dir).is_some_and(|commit| !commit.is_beginning(&Fields::schema().0)) {
        true => damaged(dir, &format!("{MARK} is missing")),
        false => Error::NoIndex { path: dir.to_path_buf() },
    }
}

/// The commit of an index in `dir`; none where there is none that is as it was written.
fn committed(dir: &Path) -> Option<Commit> {
    fs::read(dir.join(META)).ok().and_then(|bytes| Commit::parse(&bytes).ok())
}

/// Formats whose stored articles can be read: what came to them later most articles lack, and stands behind the others.
const SALVAGED: [&str; 2] = ["6", FORMAT];

/// Refuses an index whose mark says that its articles are stored otherwise; what the mark does not say is no reason.
///
/// # Errors
/// Where they are.
pub(super) fn refuse_other_articles(dir: &Path) -> Result<()> {
    let mark = fs::read(dir.join(MARK)).ok().and_then(|mark| serde_json::from_slice::<Mark>(&mark).ok());
    match mark.filter(|mark| mark.is_whole() && !SALVAGED.contains(&mark.format.as_str())) {
        Some(mark) => Err(Error::index_version(dir, mark.format, FORMAT.to_owned())),
        None => Ok(()),
    }
}

/// Refuses a folder that holds anything but dotfiles and what an index left that was killed while it was made.
fn refuse_foreign(dir: &Path) -> Result<()> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| Error::read(dir, e))? {
        let entry = entry.map_err(|e| Error::read(dir, e))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let is_beginning = || committed(dir).is_some_and(|commit| commit.is_beginning(&Fields::schema().0));
    let is_left_over = |name: &str| match name {
        META => is_beginning(),
        MANAGED => managed::is_beginning(dir),
        name => name.starts_with('.'),
    };
    let Some(name) = names.iter().find(|name| !is_left_over(name)) else { return Ok(()) };
    if let lost @ Error::Damaged { .. } = unmarked(dir) {
        return Err(lost);
    }
    let what = format!("this folder holds other files ({name}) and no index");
    Err(Error::input(dir.display().to_string(), what, "choose an empty folder with --index"))
}
