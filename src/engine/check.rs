//! Is an archive well: the index as it was written, its list of files, and every citation against its source: the bytes and
//! lines that it names, and what is shown of them.

mod advice;
mod drift;

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use advice::{changed, is_gone, lost_root, short_of_memory, way_out};
use drift::{Drift, Misread, articles, cites, quotes};

use crate::checkup::{Checkup, Finding, FindingKind, Sources};
use crate::error::{BUILD_AGAIN, Error, Reason, Result};
use crate::index::{ArticlePlace, FileEntry, Held, Inside, examine};
use crate::source::{
    Limits, PackedFolder, ReadOptions, Reopen, Reread, hash_of, open, packed_above, reopener, requote, reread,
    respelled,
};

/// How far a check has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckProgress {
    /// Articles of the index.
    pub articles: u64,
    /// Articles of the index that were read.
    pub articles_done: u64,
    /// Bytes of the sources, as the manifest has them, each twice.
    pub bytes: u64,
    /// Bytes of the sources that were read.
    pub bytes_done: u64,
}

/// Checks the archive in `dir`: checksums, the manifest against the index, and, with `sources`, every citation against
/// its file. Each file is read twice, from its beginning to its end, a record at a time: for its bytes and lines, and by the
/// reader that indexed it, for the text that is shown.
///
/// # Errors
/// Where there is no archive, or one of another version. Damage is no error: it is what was found.
pub fn check(dir: &Path, sources: bool, progress: &dyn Fn(CheckProgress)) -> Result<Checkup> {
    let examined = examine(dir)?;
    let mut checkup = Checkup { index_files: examined.files, findings: examined.findings, ..Checkup::default() };
    checkup.unused = examined.unused;
    if let Some(inside) = &examined.inside {
        let bytes = inside.manifest.files().filter(|file| !file.is_stream()).map(|file| file.size).sum();
        let bytes: u64 = if sources { bytes } else { 0 };
        let so_far = CheckProgress { articles: inside.articles(), bytes: 2 * bytes, ..CheckProgress::default() };
        let mut check = Check { dir, inside, checkup: &mut checkup, progress, so_far };
        check.run(sources);
    }
    checkup.well = checkup.findings.is_empty();
    Ok(checkup)
}

/// An error that two hear of.
fn again_as(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// A check of an index whose files are as they were written.
struct Check<'a> {
    dir: &'a Path,
    inside: &'a Inside,
    checkup: &'a mut Checkup,
    progress: &'a dyn Fn(CheckProgress),
    so_far: CheckProgress,
}

impl Check<'_> {
    fn run(&mut self, sources: bool) {
        self.checkup.articles = Some(self.inside.articles());
        self.checkup.failed = Some(self.inside.manifest.files().filter(|file| file.failed).count() as u64);
        let (so_far, progress) = (&mut self.so_far, self.progress);
        let survey = self.inside.survey(&mut || {
            so_far.articles_done += 1;
            if so_far.articles_done.is_multiple_of(1000) {
                progress(*so_far);
            }
        });
        match survey {
            Ok((held, twice)) => {
                self.manifest(&held, &twice);
                if sources {
                    self.sources(&held);
                }
            }
            Err(error) => self.failed(&error),
        }
    }

    /// An article of the index that cannot be read.
    fn failed(&mut self, error: &Error) {
        match error {
            Error::Damaged { what, .. } => {
                self.find(FindingKind::Damaged, None, what.clone(), BUILD_AGAIN.to_owned());
            }
            other => {
                let (what, way_out) = other.parted();
                self.find(FindingKind::Unreadable, None, what, way_out);
            }
        }
    }

    fn find(&mut self, kind: FindingKind, path: Option<&str>, what: String, way_out: String) {
        let path = path.map_or_else(|| self.dir.display().to_string(), str::to_owned);
        self.checkup.findings.push(Finding { kind, path, what, way_out });
    }

    /// The manifest and the index tell of the same articles.
    fn manifest(&mut self, held: &Held, twice: &[String]) {
        let inside = self.inside;
        let again = || BUILD_AGAIN.to_owned();
        for file in inside.manifest.files() {
            let (told, found) = (file.articles as usize, held.get(&file.number).map_or(0, Vec::len));
            if told != found {
                let what = format!("the index holds {found} of its articles, its list of files says {told}");
                self.find(FindingKind::Manifest, Some(&file.path), what, again());
            }
        }
        let unknown = |number: &&u64| inside.manifest.file_by_number(**number).is_none();
        let orphans: usize = held.keys().filter(unknown).map(|number| held[number].len()).sum();
        if orphans > 0 {
            let what = format!("{orphans} articles are of files that its list of files does not know");
            self.find(FindingKind::Manifest, None, what, again());
        }
        for id in twice {
            self.find(FindingKind::Manifest, None, format!("two articles have the id {id}"), again());
        }
    }

    /// Every file that the manifest has, by path.
    fn sources(&mut self, held: &Held) {
        let mut files: Vec<FileEntry<'_>> = self.inside.manifest.files().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut sources = Sources { files: files.len() as u64, ..Sources::default() };
        let mut rest = &files[..];
        while let [file, behind @ ..] = rest {
            rest = behind;
            if file.is_stream() {
                sources.streams += 1;
            } else if let Some(folder) = packed_above(&file.path) {
                let is_in_it = |file: &FileEntry<'_>| packed_above(&file.path) == Some(folder);
                let more = behind.iter().take_while(|file| is_in_it(file)).count();
                let entries = std::iter::once(file).chain(&behind[..more]).collect();
                rest = &behind[more..];
                self.packed(folder, entries, held, &mut sources);
            } else {
                self.source(file, reopener(&respelled(&file.path)), held, &mut sources);
            }
        }
        self.checkup.sources = Some(sources);
    }

    /// The entries of one packed folder, in one pass.
    fn packed(&mut self, folder: &str, entries: Vec<&FileEntry<'_>>, held: &Held, sources: &mut Sources) {
        let mut waiting: BTreeMap<&str, &FileEntry<'_>> =
            entries.into_iter().map(|file| (&file.path[folder.len() + 1..], file)).collect();
        let names: HashSet<&str> = waiting.keys().copied().collect();
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        let read = PackedFolder::at(&respelled(folder)).map(|packed| {
            packed.map(|packed| {
                packed.each(&|name| names.contains(name), &mut |name, opened| {
                    if let Some(file) = waiting.remove(name) {
                        self.source(file, opened.map_err(|_| gone()), held, sources);
                    }
                    ControlFlow::Continue(())
                })
            })
        });
        let broken = match read {
            Ok(Some(Err(error))) | Err(error) => Some(error.parted().0),
            _ => None,
        };
        for file in waiting.into_values() {
            let damaged = |what: &String| io::Error::new(io::ErrorKind::InvalidData, what.clone());
            let is_there = respelled(folder).exists();
            let error = broken.as_ref().filter(|_| is_there).map_or_else(gone, damaged);
            self.source(file, Err(error), held, sources);
        }
    }

    /// Holds the articles of one file against it.
    fn source(&mut self, file: &FileEntry<'_>, opened: io::Result<Reopen>, held: &Held, sources: &mut Sources) {
        let places: &[(u64, ArticlePlace)] = held.get(&file.number).map_or(&[][..], Vec::as_slice);
        let (inside, progress, so_far) = (self.inside, self.progress, &mut self.so_far);
        let mut drift = Drift::default();
        let mut unread = None;
        let mut rest = places.iter();
        let mut next = || {
            let article = inside.outline(rest.next()?.1).map_err(|e| unread = Some(e)).ok()?;
            Some(cites(article))
        };
        let is_folder = file.reason == Some(Reason::PackedFolder);
        let read = opened.as_ref().map_err(again_as).and_then(|opened| {
            // where nothing is cited, the file's own bytes are all that can differ
            if is_folder || places.is_empty() {
                return Ok(Reread { hash: hash_of(opened)?, is_damaged: false });
            }
            reread(opened, &mut next, &mut |cites, verdict| drift.take(cites, verdict), &mut |n| {
                so_far.bytes_done += n;
                progress(*so_far);
            })
        });
        if let Some(error) = unread {
            self.failed(&error);
        }
        if let Ok(opened) = opened
            && read.as_ref().is_ok_and(|read| !read.is_damaged || read.hash == file.hash)
            && !places.is_empty()
        {
            self.quotes((file, &opened), places, &drift);
        }
        self.so_far.bytes_done += file.size;
        let again = way_out(&self.inside.manifest, file, "");
        match read {
            Ok(Reread { hash, is_damaged }) => {
                sources.articles += places.len() as u64;
                sources.drifted += drift.count;
                if let Some((what, way_out)) = short_of_memory(file).filter(|_| hash == file.hash && drift.count == 0) {
                    sources.changed += 1;
                    return self.find(FindingKind::Changed, Some(&file.path), what, way_out);
                }
                // an issue is read by every run, whether a page of it changed or not
                if file.stale
                    && !open(Path::new(&*file.path), &ReadOptions::default()).is_ok_and(|file| file.reads_others())
                {
                    sources.changed += 1;
                    let why = match file.superseded() {
                        0 => "it was moved, or what it gives depends on a file that changed",
                        _ => "it was moved, or a newer snapshot of its feed left or changed",
                    };
                    return self.find(
                        FindingKind::Changed,
                        Some(&file.path),
                        format!("to be read again: {why}"),
                        again,
                    );
                }
                if hash == file.hash && drift.count == 0 {
                    sources.same += 1;
                    return;
                }
                sources.changed += 1;
                let (what, way_out) = changed(&drift, places.len(), is_damaged && hash != file.hash, again);
                self.find(FindingKind::Changed, Some(&file.path), what, way_out);
            }
            // such a path was kept as it is shown, and may be any that looks so
            Err(_) if file.path.contains(char::REPLACEMENT_CHARACTER) => {
                sources.unreadable += 1;
                let way_out = "rename the file or its folder, and index it again".to_owned();
                self.find(FindingKind::Unreadable, Some(&file.path), "its path is not in UTF-8".to_owned(), way_out);
            }
            Err(e) if is_gone(&e) => {
                sources.gone += 1;
                let what = format!("gone, with {} cited", articles(places.len()));
                let way_out = lost_root(&self.inside.manifest, file).unwrap_or(format!("put it back, or {again}"));
                self.find(FindingKind::Gone, Some(&file.path), what, way_out);
            }
            Err(e) => {
                sources.unreadable += 1;
                let (what, way_out) = Error::read(Path::new(&*file.path), e).parted();
                self.find(FindingKind::Unreadable, Some(&file.path), what, way_out);
            }
        }
    }
}

impl Check<'_> {
    /// Reads the file once more, by the reader that indexed it: what is shown of it is what stands in it. Articles whose bytes
    /// or lines drifted are told already.
    fn quotes(&mut self, (file, opened): (&FileEntry<'_>, &Reopen), places: &[(u64, ArticlePlace)], drift: &Drift) {
        let inside = self.inside;
        let mut rest = places.iter();
        let mut unread = None;
        let mut next = || {
            loop {
                let article = inside.article(rest.next()?.1).map_err(|e| unread = Some(e)).ok()?;
                if !drift.is_of(&article.id.0) {
                    return Some(quotes(article));
                }
            }
        };
        let mut misread = Misread::default();
        // where nothing failed no record was too long
        let max_record = if file.max_record > 0 { file.max_record } else { u64::MAX };
        let limits = Limits { max_record, ..Limits::default() };
        let options = ReadOptions { limits, fields: file.fields.parse().unwrap_or_default() };
        let path = respelled(&file.path);
        let read =
            || requote((&path, opened), &options, &mut next, &mut |quotes, passage| misread.take(&quotes, passage));
        let read = catch_unwind(AssertUnwindSafe(read));
        let read = read.unwrap_or_else(|panic| Err(Error::panic(&*file.path, &*panic)));
        if let Some(error) = unread {
            self.failed(&error);
        }
        let way_out = way_out(&inside.manifest, file, " --reread");
        if let Err(error) = read {
            let (what, way_out) = error.parted();
            self.find(FindingKind::Unreadable, Some(&file.path), what, way_out);
        } else if let Some(what) = misread.told(places.len()) {
            self.find(FindingKind::Damaged, Some(&file.path), what, way_out);
        }
    }
}
