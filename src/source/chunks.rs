//! Opening a file: what it is, by its first bytes; then its chunks.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::charset::Charset;
use super::chunk::{Chunk, Facts, Fault};
use super::csv::CsvTable;
use super::export;
use super::form::Form;
use super::frame::{Again, Beginnings, Documents, Framer, Items, LineFramer, Opened, Rows, Values, Warc, WholeFramer};
use super::lines::LineEnd;
use super::office::OfficeLayout;
use super::packed::{self, PackedFolder, entry_path};
use super::reopener::reopener;
use super::scan::{IssuePages, ScanKind, scan_kind};
use super::siblings::Siblings;
use super::sniff;
use super::unpack::{Bytes, Packing, Reopen};
use super::window::{STEP, Window};
use super::{FIELD_FLAG, ReadOptions, STDIN, kind_of, warc};
use crate::error::{Error, Result};
use crate::lexicon::DateOrder;

/// Columns that a message names.
const NAMED_COLUMNS: usize = 10;

/// The chunks of a file, first to last. An error ends them: it is the file's; a record's own errors are told by
/// [`Chunk::records`].
pub struct Chunks {
    file: Opened,
    framer: Box<dyn Framer>,
    done: bool,
}

/// Opens a file (`-` is standard input), tells its form by its content, and refuses what is empty or no text.
///
/// # Errors
/// Where the file cannot be read, and where it is no article and holds none.
pub fn open(path: &Path, options: &ReadOptions) -> Result<Chunks> {
    if path == Path::new(STDIN) {
        return Chunks::from_reader(path, Box::new(std::io::stdin()), options);
    }
    if packed::parted(path).is_none() && kind_of(path, "inspect")?.is_dir() {
        return Err(Error::input(path.display().to_string(), "a folder, not a file", "name a file in it"));
    }
    let again = reopener(path).map_err(|e| packed::told(path, e))?;
    Chunks::reopened(path, again, options)
}

/// Opens a file, or, of a packed folder, the files in it one after the other, until `take` breaks; each goes by its own
/// path. Returns what is to be told of the folder beside.
///
/// # Errors
/// Where a packed folder cannot be read.
pub fn open_each(
    path: &Path,
    options: &ReadOptions,
    take: &mut dyn FnMut(&Path, Result<Chunks>) -> ControlFlow<()>,
) -> Result<Vec<String>> {
    let folder = if path == Path::new(STDIN) || !path.is_file() { None } else { PackedFolder::at(path)? };
    let Some(folder) = folder else {
        let _ = take(path, open(path, options));
        return Ok(Vec::new());
    };
    let listing = folder.list()?;
    let beside = listing.told(path);
    for (name, error) in listing.problems {
        if take(&entry_path(path, &name), Err(error)).is_break() {
            return Ok(beside);
        }
    }
    folder.each(&|_| true, &mut |name, opened| {
        let path = entry_path(path, name);
        take(&path, opened.and_then(|again| Chunks::reopened(&path, again, options)))
    })?;
    if let Some(error) = listing.broken {
        let _ = take(path, Err(error));
    }
    Ok(beside)
}

impl Chunks {
    /// The chunks of what `reader` gives; `path` is its name in messages and records. What a feed of more than a megabyte says of
    /// itself behind its items is left out, since it cannot be read twice.
    ///
    /// # Errors
    /// As [`open`].
    pub fn from_reader(path: &Path, reader: Bytes, options: &ReadOptions) -> Result<Self> {
        Self::of(path, reader, None, options)
    }

    /// The chunks of what can be opened as often as wanted.
    ///
    /// # Errors
    /// As [`open`].
    pub(crate) fn reopened(path: &Path, again: Reopen, options: &ReadOptions) -> Result<Self> {
        let bytes = again().map_err(|e| packed::told(path, e))?;
        Self::of(path, bytes, Some(again), options)
    }

    /// The same of what `again` opens once more, where that can be done.
    pub(crate) fn of(path: &Path, reader: Bytes, again: Again, options: &ReadOptions) -> Result<Self> {
        let mut facts = Facts::new(path, options);
        let mut window = Window::new(path, reader, options.limits)?;
        window.fill(path, STEP)?;
        let again = again.or_else(|| held(&window));
        if let Some(again) = again.clone() {
            let (path, options) = (path.to_path_buf(), options.clone());
            facts.siblings = Siblings::new(move || date_order(&path, &again, &options));
        }
        let framer = begin(&mut facts, &mut window, again)?;
        Ok(Self { file: Opened { facts: Arc::new(facts), window }, framer, done: false })
    }

    /// How the file holds its articles.
    pub fn form(&self) -> Form {
        self.file.facts.form
    }

    /// Whether its articles have their words in files beside it, as those of an issue have: then it may say something else though
    /// its bytes are the same.
    pub fn reads_others(&self) -> bool {
        self.file.facts.scan.is_some_and(ScanKind::is_issue)
    }

    /// Whether it is a page, or a text, of an issue whose own file (METS, DIDL) lies near it, but not above `root`.
    pub fn is_of_an_issue(&self, root: &Path, issues: &IssuePages) -> bool {
        let facts = &self.file.facts;
        facts.scan.is_some_and(|kind| !kind.is_issue()) && issues.has(&facts.path, root)
    }

    /// The same, where the file is compressed if its name says so.
    ///
    /// # Errors
    /// Where it is not.
    pub fn as_named(self) -> Result<Self> {
        let facts = &self.file.facts;
        match Packing::of_name(&facts.path).filter(|_| !self.is_packed()) {
            Some(packing) => Err(Fault::of_beginning(facts, packing.name())),
            None => Ok(self),
        }
    }

    /// Whether the file is compressed.
    pub fn is_packed(&self) -> bool {
        self.file.window.is_packed()
    }

    /// What is to be told of the file once the chunks have been read to their end: bytes behind its last member.
    pub fn warning(&self) -> Option<String> {
        let bytes = self.file.window.passed_over();
        let noun = if bytes == 1 { "byte" } else { "bytes" };
        (bytes > 0).then(|| format!("{bytes} {noun} behind its last member were passed over"))
    }

    /// BLAKE3 of the whole file as it lies on the disk, once the chunks have been read to their end.
    pub fn hash(&self) -> blake3::Hash {
        self.file.window.hash()
    }

    /// Bytes of the file as it lies on the disk that were read so far; its size at the end.
    pub fn size(&self) -> u64 {
        self.file.window.size()
    }

    /// The end of the file: what is left of it counts for its hash, and where it breaks off a last record is told.
    fn end(&mut self) -> Result<Option<Chunk>> {
        self.done = true;
        self.file.window.drain(&self.file.facts.path)?;
        let broken = self.file.window.broken.take();
        Ok(broken.map(|how| {
            let what = format!("{how}: what follows is lost");
            let fault = Fault::damage(&self.file.facts, self.file.window.line, self.file.window.record, what);
            self.file.fault(fault)
        }))
    }
}

/// What came whole with the first bytes, to be read once more.
fn held(window: &Window) -> Again {
    let bytes: Arc<[u8]> = window.buffer().into();
    (window.ended && window.broken.is_none()).then_some(())?;
    Some(Arc::new(move || Ok(Box::new(Cursor::new(Arc::clone(&bytes))) as Bytes)))
}

/// The order of the dates that the records of a file state, as far as all tell one; what cannot be read tells none.
fn date_order(path: &Path, again: &Reopen, options: &ReadOptions) -> Option<DateOrder> {
    let chunks = Chunks::of(path, again().ok()?, Some(Arc::clone(again)), options).ok()?;
    let mut order = None;
    for chunk in chunks.map_while(Result::ok) {
        for date in chunk.records().flatten().filter_map(|record| record.given.date) {
            match (order, DateOrder::told_by(&date)) {
                (Some(known), Some(told)) if known != told => return None,
                (_, told) => order = order.or(told),
            }
        }
    }
    order
}

/// Looks at the first bytes: is it text, in which character set, in which form? Says how to cut it into chunks.
fn begin(facts: &mut Facts, window: &mut Window, again: Again) -> Result<Box<dyn Framer>> {
    let extension = facts.path.extension().and_then(|e| e.to_str()).map(str::to_owned);
    if let Some(how) = window.broken.as_deref().filter(|_| window.buffer().is_empty()) {
        return Err(Fault::of_file(facts, how));
    }
    if let Some(packing) = misnamed(facts, window) {
        return Err(Fault::of_beginning(facts, packing.name()));
    }
    if let Some(layout) = window.layout() {
        return document(facts, window, layout.clone());
    }
    // the first record of a crawl may be damaged, so that its second one tells what it is
    let begins = window.gap().unwrap_or(0);
    if window.buffer()[begins..].starts_with(warc::MARK) {
        facts.form = Form::Warc;
        return Ok(Box::new(Warc::default()));
    }
    if let Some(thing) = sniff::not_text(window.buffer()) {
        return Err(match thing.reason {
            Some(reason) => facts.nothing(thing.what, thing.way_out, reason),
            None => facts.error(thing.what, thing.way_out),
        });
    }
    let mark = Charset::from_mark(window.buffer());
    let head = &window.buffer()[..window.buffer().len().min(STEP) & !1];
    facts.charset = mark.map(|(charset, _)| charset).or_else(|| Charset::utf16_by_nuls(head));
    let mark = window.consume(mark.map_or(0, |(_, length)| length));
    facts.line_end = LineEnd::of(facts.charset, window.buffer());
    if window.ended && facts.line_end.is_blank(window.buffer()) {
        return Err(facts.empty());
    }
    let cut = facts.charset.unwrap_or(Charset::Utf8).decode(window.buffer());
    facts.form = sniff::form(&cut.text, extension.as_deref());
    if matches!(facts.form, Form::Xml | Form::Html | Form::Text)
        && let Some(kind) = scan_kind(&cut.text)
    {
        (facts.form, facts.scan) = (Form::Scan, Some(kind));
        return Ok(Box::new(WholeFramer::of_scan(mark, kind)));
    }
    if facts.form == Form::Text
        && let Some(database) = export::database(&cut.text)
    {
        facts.form = Form::Export;
        return Ok(match is_utf8(window.buffer(), facts.charset) {
            true => Box::new(Beginnings::OfArticles(database)),
            false => Box::new(WholeFramer::of_export(mark, database)),
        });
    }
    if facts.form == Form::Text
        && let Some(table) = table(facts, &cut.text, extension.as_deref())?
    {
        facts.form = Form::Csv;
        // one character set for all rows: many a row is too short to tell its own
        let guess = || Charset::detect(window.buffer()).0;
        facts.charset = facts.charset.or_else(|| Some(guess()).filter(|found| *found != Charset::Utf8));
        return Ok(Box::new(Rows::of(table)));
    }
    Ok(match facts.form {
        Form::JsonLines => Box::new(LineFramer),
        // in other character sets a bracket may be half of a letter
        Form::Json if is_utf8(window.buffer(), facts.charset) => Box::new(Values::default()),
        Form::Mail if window.buffer().starts_with(b"From ") => Box::new(Beginnings::OfMessages),
        Form::Xml => Box::new(Items::new(mark, again)),
        _ => Box::new(WholeFramer::new(mark)),
    })
}

/// How to cut what a document was unpacked to. A text may be the export of a database.
fn document(facts: &mut Facts, window: &Window, layout: OfficeLayout) -> Result<Box<dyn Framer>> {
    facts.charset = Some(Charset::Utf8);
    facts.form = match layout {
        OfficeLayout::Sheets(_) => Form::Workbook,
        OfficeLayout::Book(_) => Form::Book,
        OfficeLayout::Print(_) => Form::Print,
        OfficeLayout::Whole(_) | OfficeLayout::Pieces(_) => Form::Document,
    };
    if let OfficeLayout::Print(pages) = &layout {
        facts.pages.clone_from(&pages.starts);
        // an export of a database: its own reader finds its articles
        facts.form = if pages.articles.is_empty() { Form::Document } else { Form::Print };
    }
    if facts.form != Form::Workbook && window.ended && facts.line_end.is_blank(window.buffer()) {
        return Err(facts.empty());
    }
    let head = String::from_utf8_lossy(window.buffer());
    Ok(match export::database(&head).filter(|_| facts.form == Form::Document) {
        Some(database) => Box::new(Beginnings::OfArticles(database)),
        None => Box::new(Documents::of(layout)),
    })
}

/// What a file is called as, and cannot be: it is shorter, or no text of another beginning. What is empty is told as that.
fn misnamed(facts: &Facts, window: &Window) -> Option<Packing> {
    let packing = Packing::of_name(&facts.path).filter(|_| !window.is_packed())?;
    let head = window.buffer();
    let is_short = window.ended && !head.is_empty() && head.len() < packing.shortest();
    (is_short || sniff::not_text(head).is_some()).then_some(packing)
}

/// Whether the first bytes of a file are UTF-8, but for a character that they may end in.
fn is_utf8(head: &[u8], told: Option<Charset>) -> bool {
    let cut_off = |error: std::str::Utf8Error| error.error_len().is_none();
    matches!(told, None | Some(Charset::Utf8)) && std::str::from_utf8(head).map_or_else(cut_off, |_| true)
}

/// The columns of a file of rows; none where it is plain text.
fn table(facts: &Facts, head: &str, extension: Option<&str>) -> Result<Option<CsvTable>> {
    let named = extension.is_some_and(|e| ["csv", "tsv", "tab"].iter().any(|name| e.eq_ignore_ascii_case(name)));
    let Some(table) = CsvTable::of(head, named, &facts.options.fields, facts.line_end) else { return Ok(None) };
    if table.has_article() {
        return Ok(Some(table));
    }
    let more = table.columns.len().saturating_sub(NAMED_COLUMNS);
    let columns = table.columns[..table.columns.len() - more].join(", ");
    // of a longer header only its beginning was read
    let least = if head.contains(['\n', '\r']) { "" } else { "at least " };
    let more = if more > 0 { format!(" and {least}{more} more") } else { String::new() };
    let what = format!("no column is known as headline or body among {columns}{more}");
    Err(facts.error(what, format!("name it with {FIELD_FLAG} body=NAME")))
}

impl Iterator for Chunks {
    type Item = Result<Chunk>;

    fn next(&mut self) -> Option<Result<Chunk>> {
        if self.done {
            return None;
        }
        let next = match self.framer.next(&mut self.file) {
            Ok(None) => self.end(),
            other => other,
        };
        self.done |= next.is_err();
        next.transpose()
    }
}
