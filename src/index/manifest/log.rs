//! The log of the list of files: how it is read, written, and held against the commit that names it.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use super::Manifest;
use super::line::{Change, LineRef, LogMark};
use crate::error::{Error, Result};
use crate::index::failure::{NOT_AS_WRITTEN, damaged};

/// Bytes of the log that are written at once.
const STEP: usize = 64 * 1024;

impl Manifest {
    /// The name of the log that a commit's payload names; none where there is no payload.
    ///
    /// # Errors
    /// Where the payload is not what it should be.
    pub(in crate::index) fn log_of(dir: &Path, payload: Option<&str>) -> Result<Option<String>> {
        Ok(payload.map(|payload| LogMark::parse(dir, payload)).transpose()?.map(|mark| mark.manifest))
    }

    /// How many bytes of that log count; 0 without a payload.
    ///
    /// # Errors
    /// Where it cannot be told.
    pub(in crate::index) fn length_of(dir: &Path, payload: Option<&str>) -> Result<u64> {
        Ok(payload.map(|payload| LogMark::parse(dir, payload)).transpose()?.map_or(0, |mark| mark.bytes))
    }

    /// Reads the log that a commit's payload names, as far as it counts; no payload is an empty manifest.
    ///
    /// # Errors
    /// Where the log is missing, short or not what it should be.
    pub(in crate::index) fn open(dir: &Path, payload: Option<&str>) -> Result<Self> {
        let Some(log) = Self::log_of(dir, payload)? else { return Ok(Self::default()) };
        let path = dir.join(&log);
        match File::open(&path) {
            Ok(file) => Self::load(dir, payload, BufReader::new(file)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(damaged(dir, &format!("{log} is missing"))),
            Err(e) => Err(Error::read(&path, e)),
        }
    }

    /// What a commit would say of these bytes, were they a log.
    #[cfg(fuzzing)]
    pub(in crate::index) fn payload_for(bytes: &[u8]) -> Option<String> {
        serde_json::to_string(&LogMark { manifest: next_name(""), bytes: bytes.len() as u64, ..LogMark::default() })
            .ok()
    }

    /// The same from what reads the log.
    pub(in crate::index) fn load(dir: &Path, payload: Option<&str>, log: impl BufRead) -> Result<Self> {
        let mut manifest = Self::default();
        let Some(payload) = payload else { return Ok(manifest) };
        manifest.mark = LogMark::parse(dir, payload)?;
        let path = dir.join(&manifest.mark.manifest);
        let mut log = log.take(manifest.mark.bytes);
        let mut text = Vec::new();
        let mut read = 0;
        loop {
            text.clear();
            let bytes = log.read_until(b'\n', &mut text).map_err(|e| Error::read(&path, e))?;
            if bytes == 0 {
                break;
            }
            read += bytes as u64;
            manifest.hasher.update(&text);
            manifest.lines_in_log += 1;
            let damaged_line =
                || format!("{}: line {}: {NOT_AS_WRITTEN}", manifest.mark.manifest, manifest.lines_in_log);
            let line = serde_json::from_slice(&text).map_err(|_| damaged(dir, &damaged_line()))?;
            manifest.apply(line);
        }
        if read != manifest.mark.bytes {
            return Err(damaged(dir, &format!("{} is shorter than the commit says", manifest.mark.manifest)));
        }
        if manifest.mark.hash.as_ref().is_some_and(|hash| *hash != manifest.hash()) {
            return Err(damaged(dir, &format!("{} is not as it was written", manifest.mark.manifest)));
        }
        Ok(manifest)
    }

    /// Reads a log that was kept elsewhere: JSON lines, as [`take_log`](Self::take_log) gave them.
    ///
    /// # Errors
    /// What is wrong with the line that is none.
    pub(crate) fn read_log(log: &str) -> std::result::Result<Self, String> {
        let mut manifest = Self::default();
        for text in log.lines() {
            manifest.lines_in_log += 1;
            let damaged_line = |_| format!("line {}: {NOT_AS_WRITTEN}", manifest.lines_in_log);
            let line = serde_json::from_str(text).map_err(damaged_line)?;
            manifest.apply(line);
        }
        Ok(manifest)
    }

    /// What was changed since the log was taken last, as JSON lines to be put behind it; or the whole log anew, told by
    /// `true`, where it has become much longer than what it says. None where nothing was changed.
    ///
    /// # Errors
    /// Where a line cannot be written.
    pub(crate) fn take_log(&mut self) -> std::io::Result<Option<(bool, Vec<String>)>> {
        if self.pending.is_empty() {
            return Ok(None);
        }
        let fresh = self.lines_in_log == 0 || self.is_long();
        if fresh {
            self.pending = self.whole();
            self.lines_in_log = 0;
        }
        let lines = self.pending.iter().filter_map(|change| self.line(change));
        let lines = lines.map(|line| serde_json::to_string(&line)).collect::<std::result::Result<Vec<_>, _>>()?;
        self.lines_in_log += lines.len();
        self.pending.clear();
        Ok(Some((fresh, lines)))
    }

    /// Whether the log would say so much that is over that it is better written anew.
    fn is_long(&self) -> bool {
        let live = self.files.len() + self.roots.len();
        self.lines_in_log + self.pending.len() > 2 * live + 1000
    }

    fn whole(&self) -> Vec<Change> {
        let roots = self.roots.keys().cloned().map(Change::Root);
        roots.chain(self.files.numbers().map(Change::File)).collect()
    }

    /// Writes the log up to now and returns the payload for the commit that makes it count.
    ///
    /// `opstamp` is the commit's number.
    pub(in crate::index) fn write(&mut self, dir: &Path, opstamp: u64) -> Result<String> {
        let fresh = self.mark.manifest.is_empty() || self.is_long();
        if fresh {
            self.pending = self.whole();
            self.mark = LogMark { manifest: next_name(&self.mark.manifest), ..LogMark::default() };
            self.hasher = blake3::Hasher::new();
            self.lines_in_log = 0;
        }
        let path = dir.join(&self.mark.manifest);
        let before = (self.mark.clone(), self.hasher.clone(), self.lines_in_log);
        let pending = std::mem::take(&mut self.pending);
        if let Err(e) = self.append(&path, &pending) {
            // as if nothing had been tried
            (self.mark, self.hasher, self.lines_in_log) = before;
            self.pending = pending;
            return Err(Error::write(&path, e));
        }
        // a log that an earlier version began was hashed when it was read
        self.mark = LogMark { hash: Some(self.hash()), opstamp: Some(opstamp), ..std::mem::take(&mut self.mark) };
        serde_json::to_string(&self.mark).map_err(|e| Error::write(&path, e.into()))
    }

    /// Appends changes behind the bytes that count, cutting off what stands there.
    fn append(&mut self, path: &Path, changes: &[Change]) -> std::io::Result<()> {
        let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(path)?;
        file.set_len(self.mark.bytes)?;
        std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(self.mark.bytes))?;
        let mut bytes = Vec::with_capacity(2 * STEP);
        for change in changes {
            let Some(line) = self.line(change) else { continue };
            serde_json::to_writer(&mut bytes, &line)?;
            bytes.push(b'\n');
            self.lines_in_log += 1;
            if bytes.len() >= STEP {
                self.flush(&mut file, &mut bytes)?;
            }
        }
        self.flush(&mut file, &mut bytes)?;
        file.sync_data()
    }

    fn flush(&mut self, file: &mut File, bytes: &mut Vec<u8>) -> std::io::Result<()> {
        file.write_all(bytes)?;
        self.mark.bytes += bytes.len() as u64;
        self.hasher.update(bytes);
        bytes.clear();
        Ok(())
    }

    /// A change as a line of the log; none where a later one undid it.
    fn line<'m>(&'m self, change: &'m Change) -> Option<LineRef<'m>> {
        Some(match change {
            Change::File(number) => LineRef::File(Box::new(self.files.get(*number)?)),
            Change::Gone(number) => LineRef::Gone(*number),
            Change::Root(path) => LineRef::Root(self.roots.get(path)?),
            Change::RootGone(path) => LineRef::RootGone(path),
        })
    }

    /// Removes logs that no commit names any more.
    pub(in crate::index) fn sweep(&self, dir: &Path) {
        let stale = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            number_of(&name).is_some() && name != self.mark.manifest
        };
        let names = fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path());
        // a log that cannot be removed now is removed after the next commit
        names.filter(stale).for_each(|path| drop(fs::remove_file(path)));
    }

    fn hash(&self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }

    /// What of a commit's payload and number does not belong together; the log itself was read.
    pub(in crate::index) fn discord(&self, payload: Option<&str>, opstamp: u64) -> Option<&'static str> {
        let Some(payload) = payload else { return (opstamp > 0).then_some("the commit names no list of files") };
        if serde_json::to_string(&self.mark).ok().as_deref() != Some(payload) {
            return Some("what the commit says of the list of files is not as it was written");
        }
        self.mark.opstamp.is_some_and(|told| told != opstamp).then_some("the number of the commit is another")
    }
}

/// The number in the name of a log.
fn number_of(name: &str) -> Option<u64> {
    name.strip_prefix("manifest-")?.strip_suffix(".jsonl")?.parse().ok()
}

fn next_name(name: &str) -> String {
    format!("manifest-{}.jsonl", number_of(name).unwrap_or(0) + 1)
}
