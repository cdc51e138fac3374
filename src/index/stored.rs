//! What the index stores of an article: one compact record, of which only the passages that are shown are read.
//!
//! Two stored fields: the id and the head (fields and the passages' outlines) in postcard's format, and the passages'
//! texts end to end as a string, which tantivy reads in one piece (bytes it reads one by one). Whatever is shown is held against
//! a checksum (CRC-32, IEEE 802.3) that was made when the article was: the head ends in its own, and has one of each passage.
//! tantivy's own are of whole files, which no query reads to their end, and a merge writes new ones.

use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use tantivy::directory::OwnedBytes;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, Searcher, TantivyError};

use super::failure::NOT_AS_WRITTEN;
use crate::analysis::Language;
use crate::article::{Article, ArticleId, BodyDoubt, Field, Lines, NewsDate, PrintedArticle, Span};
use crate::hit::{Record, StoredArticle, StoredPassage};
use crate::passage::Passage;

/// Where an article comes from.
#[derive(Clone, Debug)]
pub struct Provenance<'a> {
    /// The file as it can be opened.
    pub path: &'a str,
    /// The folder that a relative path counts from; none where the path is whole.
    pub root: Option<&'a str>,
    /// The record in a file of several.
    pub record: Option<Record>,
    /// Hash of the file or record.
    pub hash: [u8; 32],
    /// The article's address.
    pub url: Option<String>,
    /// The language of the archive, whose sentence ends part its passages.
    pub language: Language,
}

#[derive(Serialize, Deserialize)]
struct Head {
    headline: Option<Field<String>>,
    outlet: Option<Field<String>>,
    date: Option<Field<NewsDate>>,
    byline: Option<Field<String>>,
    dateline_place: Option<Field<String>>,
    credit: Vec<String>,
    url: Option<String>,
    path: String,
    root: Option<String>,
    record: Option<Record>,
    hash: [u8; 32],
    passages: Vec<Outline>,
}

/// What heads had not from the start, and most articles lack: nothing stands behind a head then. All of it is optional, in the order in
/// which it came, so that one with fewer of it can be read (see [`NONE`]).
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Late {
    standfirst: Option<Field<u32>>,
    doubt: Option<BodyDoubt>,
    section: Option<Field<String>>,
    page: Option<Field<String>>,
    printed: Option<PrintedArticle>,
}

/// What stands for fields of [`Late`] that came after a head was written: each is none, which is a zero.
const NONE: [u8; 5] = [0; 5];

#[derive(Serialize, Deserialize)]
struct Outline {
    bytes: u32,
    /// Of its text.
    checksum: u32,
    continues: bool,
    subheads: Vec<u32>,
    lines: Option<Lines>,
    pieces: Vec<Span>,
}

/// The head as bytes, before which the id goes when it is known, and the texts. The pieces are already bytes of the file.
/// What came late to
/// the format stands behind the head, where there is any of it.
pub(crate) fn encode(
    article: Article,
    from: Provenance<'_>,
    passages: &[Passage],
    printed: Option<PrintedArticle>,
) -> (Vec<u8>, String) {
    let outlines = passages.iter().map(|p| Outline {
        bytes: p.text.len() as u32,
        checksum: crc32fast::hash(p.text.as_bytes()),
        continues: p.continues,
        subheads: p.subheads.clone(),
        lines: p.lines,
        pieces: p.pieces.clone(),
    });
    let late = Late {
        standfirst: article.standfirst_lines(),
        doubt: article.doubt,
        section: article.section,
        page: article.page,
        printed,
    };
    let head = Head {
        headline: article.headline,
        outlet: article.outlet,
        date: article.date,
        byline: article.byline,
        dateline_place: article.dateline_place,
        credit: article.credit,
        url: from.url,
        path: from.path.to_owned(),
        root: from.root.map(str::to_owned),
        record: from.record,
        hash: from.hash,
        passages: outlines.collect(),
    };
    // writing postcard to a Vec fails on nothing that a Head can hold
    let mut bytes = postcard::to_extend(&head, Vec::with_capacity(1024)).unwrap_or_default();
    if late != Late::default() {
        bytes = postcard::to_extend(&late, bytes).unwrap_or_default();
    }
    (bytes, passages.iter().map(|p| p.text.as_str()).collect())
}

/// Bytes of the checksum behind a head, little-endian.
const CHECKSUM: usize = 4;

/// Puts the id before what [`encode`] gave, and the checksum of both behind it.
pub(crate) fn with_id(id: &ArticleId, encoded: &[u8]) -> Vec<u8> {
    let bytes = Vec::with_capacity(encoded.len() + id.0.len() + 5 + CHECKSUM);
    let mut bytes = postcard::to_extend(id, bytes).unwrap_or_default();
    bytes.extend_from_slice(encoded);
    sealed(bytes)
}

/// Bytes with their checksum behind them.
pub(super) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

/// What the store has of an article: stretches of its document's bytes.
pub(crate) struct StoredFields {
    bytes: OwnedBytes,
    head: Range<usize>,
    texts: Range<usize>,
}

/// Codes of values in a stored document, as tantivy writes them.
const TEXT: u8 = 0;
const BYTES: u8 = 4;
/// The last byte of a number of varying length has this bit; each has seven bits of it, the lowest first.
const LAST: u8 = 0x80;

impl StoredFields {
    /// Reads a document. tantivy's own reader asks for as much memory as a damaged length says.
    pub fn read(store: &StoreReader, doc: DocId) -> tantivy::Result<Self> {
        let bytes = guarded(|| store.get_document_bytes(doc))?;
        Self::of(bytes).ok_or_else(|| damaged(NOT_AS_WRITTEN))
    }

    /// Reads a document's bytes; none where they are none.
    pub(super) fn of(bytes: OwnedBytes) -> Option<Self> {
        let (head, texts) = Self::parse(&bytes)?;
        Some(Self { bytes, head, texts })
    }

    /// Where the head and the texts stand: a number of fields, then for each its number, a code, a length and the value.
    pub(super) fn parse(bytes: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
        let (mut head, mut texts) = (0..0, 0..0);
        let (count, mut at) = number(bytes, 0)?;
        for _ in 0..count {
            let code = *bytes.get(at + size_of::<u32>())?;
            let (length, start) = number(bytes, at + size_of::<u32>() + 1)?;
            at = start.checked_add(length).filter(|end| *end <= bytes.len())?;
            match code {
                TEXT => texts = start..at,
                BYTES => head = start..at,
                _ => return None,
            }
        }
        Some((head, texts))
    }

    /// The article; of its passages only those whose 0-based number `wanted` names carry their text.
    ///
    /// # Errors
    /// Where the head, or a passage that is wanted, is not as it was written.
    pub fn article(&self, wanted: impl Fn(usize) -> bool) -> tantivy::Result<StoredArticle> {
        let article = self.readable(wanted)?;
        match article.lost_passages().first() {
            None => Ok(article),
            Some(n) => Err(damaged(&format!("passage {n} of {} is not as it was written", article.id))),
        }
    }

    /// The same; a passage that is wanted and is not as it was written is marked as lost.
    ///
    /// # Errors
    /// Where the head is not as it was written.
    pub fn readable(&self, wanted: impl Fn(usize) -> bool) -> tantivy::Result<StoredArticle> {
        let (head, texts) = (&self.bytes[self.head.clone()], &self.bytes[self.texts.clone()]);
        decode(head, texts, wanted).map_err(|what| damaged(&what))
    }
}

fn damaged(what: &str) -> TantivyError {
    TantivyError::InternalError(format!("a stored article: {what}"))
}

/// tantivy trusts the bytes that it reads, and may panic where they are not its own.
///
/// # Errors
/// What reading met, a panic too.
pub(super) fn guarded<T, E: From<io::Error>>(
    read: impl FnOnce() -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let panicked = |_| Err(io::Error::other(NOT_AS_WRITTEN).into());
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(panicked)
}

/// A number of varying length at a place, and where it ends.
fn number(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut number = 0_usize;
    for (place, byte) in bytes.get(at..)?.iter().take(5).enumerate() {
        number |= usize::from(byte & !LAST) << (7 * place);
        if byte & LAST != 0 {
            return Some((number, at + place + 1));
        }
    }
    None
}

/// The stores of a commit's segments, each opened when it is read first.
pub(crate) struct Stores {
    searcher: Searcher,
    readers: Vec<OnceLock<StoreReader>>,
}

impl Stores {
    /// Unpacked blocks that are kept.
    const KEPT: usize = 16;

    /// Of these segments.
    pub fn of(searcher: &Searcher) -> Self {
        let readers = searcher.segment_readers().iter().map(|_| OnceLock::new()).collect();
        Self { searcher: searcher.clone(), readers }
    }

    /// What is stored of an article.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(&self, address: DocAddress) -> tantivy::Result<StoredFields> {
        let slot = &self.readers[address.segment_ord as usize];
        let store = match slot.get() {
            Some(store) => store,
            None => {
                let segment = self.searcher.segment_reader(address.segment_ord);
                let opened = guarded(|| Ok::<_, TantivyError>(segment.get_store_reader(Self::KEPT)?))?;
                slot.get_or_init(|| opened)
            }
        };
        StoredFields::read(store, address.doc_id)
    }
}

/// Reads a stored article; of its passages only those whose 0-based number `wanted` names carry their text, and are held
/// against their checksums: those that do not match are lost.
pub(super) fn decode(bytes: &[u8], texts: &[u8], wanted: impl Fn(usize) -> bool) -> Result<StoredArticle, String> {
    let (bytes, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or("its head is cut off")?;
    if crc32fast::hash(bytes) != u32::from_le_bytes(*checksum) {
        return Err("its head is not as it was written".to_owned());
    }
    let (id, rest) = postcard::take_from_bytes::<ArticleId>(bytes).map_err(|e| e.to_string())?;
    let (head, rest) = postcard::take_from_bytes::<Head>(rest).map_err(|e| e.to_string())?;
    let late: Late = match rest {
        [] => Late::default(),
        rest => postcard::take_from_bytes(&[rest, &NONE].concat()).map_err(|e| e.to_string())?.0,
    };
    let mut start = 0_usize;
    let mut passages = Vec::with_capacity(head.passages.len());
    for (n, outline) in head.passages.into_iter().enumerate() {
        let end = start.saturating_add(outline.bytes as usize);
        let is_wanted = wanted(n);
        let bytes = texts.get(start..end).filter(|bytes| is_wanted && crc32fast::hash(bytes) == outline.checksum);
        let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
        start = end;
        passages.push(StoredPassage {
            lost: is_wanted && text.is_none(),
            text: text.unwrap_or_default().to_owned(),
            continues: outline.continues,
            subheads: outline.subheads,
            lines: outline.lines,
            pieces: outline.pieces,
        });
    }
    Ok(StoredArticle {
        id,
        headline: head.headline,
        outlet: head.outlet,
        date: head.date,
        byline: head.byline,
        dateline_place: head.dateline_place,
        section: late.section,
        page: late.page,
        printed: late.printed,
        credit: head.credit,
        standfirst: late.standfirst,
        doubt: late.doubt,
        url: head.url,
        path: head.path,
        root: head.root,
        record: head.record,
        hash: format!("blake3:{}", blake3::Hash::from(head.hash)),
        passages,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_document_is_read_and_a_damaged_length_is_none() {
        let field = |code: u8, length: &[u8], value: &[u8]| [&[7, 0, 0, 0, code][..], length, value].concat();
        let long = vec![b'x'; 300];
        let whole = [&[0x82][..], &field(BYTES, &[0x83], b"abc"), &field(TEXT, &[0x2c, 0x82], &long)].concat();
        let (head, texts) = StoredFields::parse(&whole).expect("a document");
        assert_eq!((&whole[head], texts.len()), (&b"abc"[..], 300));
        for (what, bytes) in [
            ("longer than it is", [&[0x81][..], &field(BYTES, &[0x7f, 0x7f, 0x7f, 0x7f, 0x8f], b"abc")].concat()),
            ("a length without an end", [&[0x81][..], &field(BYTES, &[0x7f; 9], b"abc")].concat()),
            ("more fields than there are", [&[0x83][..], &field(BYTES, &[0x83], b"abc")].concat()),
            ("a value of another kind", [&[0x81][..], &field(2, &[0x83], b"abc")].concat()),
            ("nothing", Vec::new()),
        ] {
            assert_eq!(StoredFields::parse(&bytes), None, "{what}");
        }
    }
}
