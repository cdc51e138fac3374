//! Office documents: DOCX, ODT, RTF, XLSX, EPUB and PDF -> their text, and where articles stand in it.
//!
//! What a document unpacks to is its content, as that of a compressed file is: a paragraph is a line of it, a row of a sheet is
//! one, and chapters of a book are pages. Nothing leads from a character of it to bytes of the file.

mod articles;
mod docx;
mod epub;
mod imprint;
mod layout;
mod odt;
mod package;
mod paragraphs;
mod parts;
mod pdf;
mod press_review;
mod records;
mod rtf;
#[cfg(test)]
mod tests;
mod unreadable;
mod workbook;

pub(super) use layout::{OfficeLayout, Sheet};
pub(super) use records::{of_pages, of_paragraphs, of_rows, records};
pub(super) use unreadable::Unreadable;

use layout::Unpacked;
use package::Package;
use parts::{XmlPiece, attribute, walk};

/// How a ZIP archive begins.
const ZIP: &[u8] = b"PK\x03\x04";
/// Names of parts, one of which stands near the beginning of every document.
const PARTS: &[&[u8]] = &[b"[Content_Types].xml", b"_rels/.rels", b"mimetype", b"word/", b"xl/", b"META-INF/"];

/// Whether a document may begin with these bytes, be they four.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(ZIP) || (head.len() >= 4 && [rtf::MARK, pdf::MARK].iter().any(|mark| mark.starts_with(&head[..4])))
}

/// Whether a file may be a document, by its first bytes.
pub(super) fn may_be(head: &[u8]) -> bool {
    head.starts_with(rtf::MARK)
        || head.starts_with(pdf::MARK)
        || (head.starts_with(ZIP) && PARTS.iter().any(|part| memchr::memmem::find(head, part).is_some()))
}

/// What the document of these bytes unpacks to, at most so many bytes; none where it is none.
pub(super) fn unpack(bytes: &[u8], most: u64) -> Result<Option<Unpacked>, Unreadable> {
    if bytes.starts_with(rtf::MARK) {
        return rtf::read(bytes, most).map(articles::unpacked).map(Some);
    }
    if bytes.starts_with(pdf::MARK) {
        return pdf::read(bytes, most).map(Some);
    }
    let mut package = Package::open(bytes, most)?;
    let mimetype = package.part("mimetype")?.unwrap_or_default();
    match mimetype.trim() {
        "application/vnd.oasis.opendocument.text" => return odt::read(&mut package).map(articles::unpacked).map(Some),
        "application/epub+zip" => return epub::read(&mut package).map(Some),
        _ => {}
    }
    if package.has("META-INF/container.xml") && mimetype.is_empty() {
        return epub::read(&mut package).map(Some);
    }
    let Some(types) = package.part("[Content_Types].xml")? else { return Ok(None) };
    let Some((kind, part)) = main_part(&types)? else { return Ok(None) };
    match kind {
        MainPart::Text => docx::read(&mut package, &part).map(articles::unpacked).map(Some),
        MainPart::Workbook => workbook::read(&mut package, &part, most).map(Some),
    }
}

#[derive(Clone, Copy)]
enum MainPart {
    Text,
    Workbook,
}

/// The part that holds the document's content.
fn main_part(types: &str) -> Result<Option<(MainPart, String)>, Unreadable> {
    let mut found = None;
    walk("[Content_Types].xml", types, |piece| {
        let XmlPiece::Open(_, tag) = piece else { return Ok(()) };
        let (Some(part), Some(kind)) = (attribute(tag, "PartName"), attribute(tag, "ContentType")) else {
            return Ok(());
        };
        let is_main = |format: &str| kind.contains(format) && kind.contains("main+xml");
        let kind = match () {
            () if is_main("wordprocessingml.document") || is_main("wordprocessingml.template") => MainPart::Text,
            () if is_main("ms-word.document") || is_main("ms-word.template") => MainPart::Text,
            () if is_main("spreadsheetml.sheet") || is_main("ms-excel.sheet") => MainPart::Workbook,
            () => return Ok(()),
        };
        found = found.take().or(Some((kind, part.trim_start_matches('/').to_owned())));
        Ok(())
    })?;
    Ok(found)
}
