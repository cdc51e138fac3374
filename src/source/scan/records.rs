//! The records of a file of scanned print: its pages, or the articles of an issue.

use super::file::ScanFile;
use super::kind::ScanKind;
use super::page::ScanPage;
use super::text::{ScanText, Stand};
use super::{articles, didl, mets, readers};
use crate::error::Result;
use crate::source::chunk::Chunk;
use crate::source::{Given, RawRecord};

/// The records of a chunk that is a whole file.
pub(in crate::source) fn records(chunk: &Chunk, kind: ScanKind) -> Vec<Result<RawRecord<'_>>> {
    if let Err(error) = chunk.admit(chunk.first_line, chunk.first_record, &chunk.bytes) {
        return vec![Err(error)];
    }
    let file = ScanFile::of(chunk);
    let tree = match readers::tree(kind, &file.text) {
        Ok(tree) => tree,
        Err(what) => return vec![Err(file.fault(0, chunk.first_record, &what))],
    };
    match kind {
        ScanKind::Mets => return articles::records(&file, mets::issue(&tree)),
        ScanKind::Didl => return articles::records(&file, didl::issue(&tree)),
        _ => {}
    }
    let pages = readers::pages(kind, &tree);
    if pages.is_empty() {
        return vec![Err(file.fault(0, chunk.first_record, "no page stands in it"))];
    }
    let is_alone = pages.len() == 1;
    let numbered = pages.into_iter().zip(chunk.first_record..);
    numbered.map(|(page, number)| record(&file, page, number, is_alone)).collect()
}

fn record<'c>(file: &ScanFile<'c>, mut page: ScanPage, number: u32, is_alone: bool) -> Result<RawRecord<'c>> {
    page.find_heading();
    let mut text = ScanText::default();
    let line = |at: usize| file.line(at);
    page.blocks.iter().for_each(|block| text.push(block, block.kind.printed(), &Stand::Words(&line)));
    let given = Given { page: page.number, ..Given::default() };
    file.record(text, page.span, number, is_alone, given)
}
