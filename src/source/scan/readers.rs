//! What a file of scanned print is, and who reads it.

use super::kind::ScanKind;
use super::page::ScanPage;
use super::tree::ScanTree;
use super::{alto, didl, hocr, page_xml};
use crate::source::xml::{TOO_EARLY, TagKind, TagScan};

/// What a file is, by its beginning; none where it is no scanned print.
pub(in crate::source) fn scan_kind(head: &str) -> Option<ScanKind> {
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let root = TagScan::default().next(head.as_bytes()).filter(|root| root.kind == TagKind::Start)?;
    if !head.starts_with('<') {
        return None;
    }
    match root.name.as_str() {
        "alto" => Some(ScanKind::Alto),
        "pcgts" => Some(ScanKind::PageXml),
        "mets" => Some(ScanKind::Mets),
        "didl" => Some(ScanKind::Didl),
        "text" if head.contains("<p>") && head.contains("<title") => Some(ScanKind::DidlText),
        "html" if hocr::is(head) => Some(ScanKind::Hocr),
        _ => None,
    }
}

/// The elements of a file; says what is wrong where it ends too early, which a page of HTML may.
pub(super) fn tree(kind: ScanKind, text: &str) -> Result<ScanTree<'_>, String> {
    let tree = ScanTree::read(text)?;
    if tree.is_cut_off && kind != ScanKind::Hocr { Err(TOO_EARLY.to_owned()) } else { Ok(tree) }
}

/// The pages of a file; none of an issue.
pub(super) fn pages(kind: ScanKind, tree: &ScanTree<'_>) -> Vec<ScanPage> {
    let mut pages = match kind {
        ScanKind::Alto => alto::pages(tree),
        ScanKind::PageXml => page_xml::pages(tree),
        ScanKind::Hocr => hocr::pages(tree),
        ScanKind::DidlText => didl::text(tree),
        ScanKind::Mets | ScanKind::Didl => Vec::new(),
    };
    pages.iter_mut().for_each(ScanPage::sign);
    pages
}
