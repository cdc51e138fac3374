//! The articles of an issue: what its file states of each, and the words that files beside it have.

use std::path::PathBuf;

use rustc_hash::FxHashMap;

use super::file::ScanFile;
use super::issue::{Issue, IssueArticle, IssuePart, PartUse};
use super::page::ScanBlock;
use super::text::{ScanText, Stand};
use super::{neighbours, readers};
use crate::error::Result;
use crate::source::{RawRecord, html};

/// The records of an issue. A file beside it is read once, when the first article asks for it, and its blocks are kept as text.
pub(super) fn records<'c>(file: &ScanFile<'c>, issue: Issue) -> Vec<Result<RawRecord<'c>>> {
    let first = file.chunk.first_record;
    if issue.articles.is_empty() {
        return vec![Err(file.fault(0, first, "it states neither an article nor a page with words"))];
    }
    let mut beside: Vec<Option<BesideFile>> = issue.files.iter().map(|_| None).collect();
    let mut reader = IssueReader { file, files: &issue.files, beside: &mut beside, room: file.longest() };
    issue.articles.into_iter().zip(first..).map(|(article, number)| reader.article(article, number)).collect()
}

/// The blocks of a file beside the issue, or why it cannot be read.
type BesideFile = std::result::Result<Blocks, String>;

/// Why words of an article are not read.
enum Unread {
    /// A file beside the issue cannot be read.
    Page(String),
    /// The issue itself is too long.
    Issue(crate::Error),
}

#[derive(Default)]
struct Blocks {
    all: Vec<ScanBlock>,
    /// Which have an id, or stand in what has it.
    by_id: FxHashMap<String, Vec<usize>>,
}

struct IssueReader<'r, 'c> {
    file: &'r ScanFile<'c>,
    files: &'r [std::result::Result<PathBuf, String>],
    beside: &'r mut [Option<BesideFile>],
    /// Bytes of text that the articles may still have: an issue that names its pages again and again would have no end.
    room: u64,
}

impl<'c> IssueReader<'_, 'c> {
    fn article(&mut self, article: IssueArticle, number: u32) -> Result<RawRecord<'c>> {
        let file = self.file;
        let (mut text, mut given, mut overlines) = (ScanText::default(), article.given, String::new());
        // of a page that is not there the other pages' words are read all the same
        let mut missing: Vec<String> = Vec::new();
        for part in &article.parts {
            match self.add(part, number, &mut text, &mut overlines) {
                Ok(()) => {}
                Err(Unread::Page(what)) if missing.contains(&what) => {}
                Err(Unread::Page(what)) => missing.push(what),
                Err(Unread::Issue(error)) => return Err(error),
            }
        }
        if let Some(what) = missing.first().filter(|_| text.text.is_empty()) {
            return Err(file.fault(article.span.start, number, what));
        }
        if text.text.is_empty() {
            let what = "none of the blocks that it names stands in the files beside it";
            return Err(file.fault(article.span.start, number, what));
        }
        self.room = self.room.saturating_sub(text.text.len() as u64);
        if given.headline.is_none() {
            let is_above = |title: &&String| article.titles.len() > 1 && overlines.contains(&letters(title));
            let titles: Vec<&str> =
                article.titles.iter().filter(|title| !is_above(title)).map(String::as_str).collect();
            given.headline = Some(titles.join(" ")).filter(|title| !title.is_empty());
        }
        let mut record = file.record(text, article.span, number, false, given)?;
        record.warnings.extend(missing);
        Ok(record)
    }

    fn add(
        &mut self,
        part: &IssuePart,
        number: u32,
        text: &mut ScanText,
        overlines: &mut String,
    ) -> std::result::Result<(), Unread> {
        let (file, room) = (self.file, self.room);
        let at = part.tag.start;
        let blocks = self
            .blocks(part.file)
            .map_err(|(name, why)| Unread::Page(format!("cannot read {name}, which has words of it: {why}")))?;
        let named: Vec<&ScanBlock> = match &part.block {
            Some(id) => blocks.by_id.get(id).into_iter().flatten().map(|at| &blocks.all[*at]).collect(),
            None => blocks.all.iter().collect(),
        };
        let stand = Stand::Named(file.line(at));
        for (nth, block) in named.into_iter().enumerate() {
            let said = if part.said == PartUse::Own { block.kind.printed() } else { part.said.printed() };
            if part.said == PartUse::Overline {
                overlines.push_str(&letters(&block.plain()));
            }
            match part.goes_on && nth == 0 {
                true => text.push_on(block, said, &stand),
                false => text.push(block, said, &stand),
            }
            if text.text.len() as u64 > room {
                let what = "the articles of the issue are longer than a record may be";
                return Err(Unread::Issue(file.fault(at, number, what)));
            }
        }
        Ok(())
    }

    /// The blocks of a file; its name and why not, where it cannot be read.
    fn blocks(&mut self, nth: usize) -> std::result::Result<&Blocks, (String, String)> {
        let (file, name) = (self.file, &self.files[nth]);
        match self.beside[nth].get_or_insert_with(|| read(file, name)) {
            Ok(blocks) => Ok(blocks),
            Err(why) => {
                let name = name.as_ref().map_or_else(Clone::clone, |path| path.display().to_string());
                Err((name, why.clone()))
            }
        }
    }
}

fn read(file: &ScanFile<'_>, name: &std::result::Result<PathBuf, String>) -> BesideFile {
    let path = name.as_ref().map_err(|_| "it does not lie below the folder of the issue".to_owned())?;
    let bytes = neighbours::read(&file.chunk.facts.path, path, file.longest())?;
    let (charset, mark, _) = html::charset_of(&bytes, None);
    let text = charset.decode(&bytes[mark..]).text;
    let kind = readers::scan_kind(&text).ok_or("it is no page of ALTO, PAGE XML or hOCR")?;
    let mut blocks = Blocks::default();
    for mut block in readers::pages(kind, &readers::tree(kind, &text)?).into_iter().flat_map(|page| page.blocks) {
        for id in &block.ids {
            blocks.by_id.entry(id.clone()).or_default().push(blocks.all.len());
        }
        block.ids.truncate(1);
        if block.picture.image.is_empty() {
            block.picture.image = path.display().to_string();
        }
        blocks.all.push(block);
    }
    Ok(blocks)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
